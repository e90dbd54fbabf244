/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Recognition: from a sample to its result, which is published with the tracks
 * of its texts: the engine, and who numbers the tracks.
 */
#pragma once

#include "engine.h"
#include "ocr/failures.h"
#include "result/framehistory.h"
#include "result/sample.h"
#include "ocr/settings.h"

typedef struct _KocrRecognition KocrRecognition;

/* @request is published; from any thread, one at a time. */
typedef void (*KocrRecognitionFunc) (KocrRequest * request,
    gpointer user_data);

/* Of which it makes use; none is owned. */
typedef struct
{
  KocrFrameHistory *history;    /* knows when texts came and went */
  KocrFailures *failures;
  KocrDelivery *delivery;
  KocrRunStats *stats;
} KocrRecognitionParts;

/* @producer: whose results they are. NULL with a KOCR_ERROR about the
 * configuration. */
KocrRecognition *kocr_recognition_new (const gchar * producer,
    const KocrOcrSettings * settings, const KocrRecognitionParts * parts,
    KocrRecognitionFunc published, gpointer user_data, GError ** error);
/* Not under the stream lock, nor from a callback: none comes any more. */
void kocr_recognition_free (KocrRecognition * self);
/* Samples wait for a slot, and are published in their order. Before the first
 * one; FALSE until then. */
void kocr_recognition_set_lossless (KocrRecognition * self, gboolean lossless);

/* Streaming thread. */

/* A slot for a sample, or why there is none; a lossless run waits for one. */
KocrDenial kocr_recognition_reserve (KocrRecognition * self);
/* The next sample, which has its turn from now on; to be submitted, or to fail.
 * @asked: its serial is given here. @times: (nullable). (transfer full) */
KocrRequest *kocr_recognition_add (KocrRecognition * self,
    const KocrAsked * asked, const KocrSampleTimes * times);
/* The number of the one that was added last. */
guint64 kocr_recognition_get_serial (KocrRecognition * self);
void kocr_recognition_submit (KocrRecognition * self, KocrRequest * sample,
    GstBuffer * buffer);
/* It cannot even be tried. */
void kocr_recognition_fail (KocrRecognition * self, KocrRequest * sample,
    const gchar * message);
/* What comes has nothing to do with what was. */
void kocr_recognition_begin_epoch (KocrRecognition * self);

/* The engine's waits: kocr_engine_set_flushing() and so on. */
void kocr_recognition_set_flushing (KocrRecognition * self, gboolean flushing);
void kocr_recognition_release_buffers (KocrRecognition * self);
guint kocr_recognition_get_most_buffers (KocrRecognition * self);
void kocr_recognition_drain (KocrRecognition * self, gint64 deadline);
void kocr_recognition_get_stats (KocrRecognition * self,
    KocrEngineStats * stats);
