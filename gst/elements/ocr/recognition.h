/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Recognition: one run of the element, from READY to READY.  Owns the engine
 * and the poster, keeps the newest result for frames to carry, counts, and
 * turns what goes wrong into messages.  Knows no pad.
 */
#pragma once

#include "ocr/boxmotion.h"
#include "ocr/carriedresult.h"
#include "engine.h"
#include "ocr/framehistory.h"
#include "ocr/settings.h"

G_BEGIN_DECLS

typedef struct _KocrRecognition KocrRecognition;

typedef struct
{
  /* A request was published; from an engine's thread. */
  void (*settled) (gpointer user_data);
  /* A result, in the order of the samples; from the poster's thread. */
  void (*deliver) (KocrRequest * request, gpointer user_data);
} KocrRecognitionCallbacks;

/* NULL with a KOCR_ERROR about the configuration. */
KocrRecognition *kocr_recognition_new (GstElement * element,
    const KocrOcrSettings * settings,
    const KocrRecognitionCallbacks * callbacks, gpointer user_data,
    GError ** error);
/* Not under the stream lock, nor from a callback. */
void kocr_recognition_free (KocrRecognition * self);
/* Once, before the first sample; AUTO until then. */
void kocr_recognition_set_timing (
    KocrRecognition *self, KocrTiming timing);
KocrTiming kocr_recognition_get_timing (KocrRecognition * self);

/* Another epoch: results of samples before it are not carried, and their texts
 * do not go on. */
void kocr_recognition_forget (KocrRecognition * self);
/* Another frame of reference: results are not carried, but texts go on. */
void kocr_recognition_forget_places (KocrRecognition * self);

void kocr_recognition_count_frame (KocrRecognition * self);
void kocr_recognition_count_skipped (KocrRecognition * self);
void kocr_recognition_count_late (KocrRecognition * self);

/* Where and when a sampled frame was, and why it is one. */
typedef struct
{
  const GstVideoInfo *info;
  GstClockTime stream_time, running_time;
  GstClockTime moment;          /* on the time line of its texts */
  gboolean forced;              /* it is sent, whatever it is like */
  guint turn;                   /* GstVideoOrientationMethod: how it is shown */
} KocrSampleContext;

/* Takes @buffer as a sample if there is a slot; a lossless run waits for one.
 * @request: (out) (transfer full), for KOCR_DENIAL_NONE. */
KocrDenial kocr_recognition_sample (KocrRecognition *self,
    GstBuffer *buffer, const KocrSampleContext *context,
    const KocrFrameSettings *settings, KocrRequest **request);

/* The newest result, for frames to carry. (transfer none) */
KocrCarriedResult *kocr_recognition_get_carried (KocrRecognition * self);
/* Of samples after @seen, those whose results have come and that belong to what
 * is seen now, in order. (transfer container): KocrRequest, of latest. */
GPtrArray *kocr_recognition_list_unseen (KocrRecognition * self, guint64 seen);
/* What moves their boxes, in a run where no frame waits. (transfer none) */
KocrBoxMotion *kocr_recognition_get_follower (KocrRecognition * self);

/* What was seen of the frames between samples. (transfer none) */
KocrFrameHistory *kocr_recognition_get_history (KocrRecognition * self);

/* Whether @request ended in a way that a lossless run cannot go on from. */
gboolean kocr_recognition_is_fatal (const KocrRequest * request);
/* The same as ERROR, with the PTS of @request to resume from. */
void kocr_recognition_post_fatal (
    KocrRecognition *self, const KocrRequest *request);
/* A frame that is due cannot even be tried: one WARNING for the run; when it is
 * lossless a sample that has failed, in @request (transfer full), so that the
 * run ends when its turn comes and not before those that still wait. */
void kocr_recognition_take_unreadable (KocrRecognition * self, GstClockTime pts,
    const gchar * message, KocrRequest ** request);
/* A WARNING about the run itself. */
void kocr_recognition_post_warning (
    KocrRecognition *self, const gchar *message);

/* A frame carries the result of @request, which is its own, or in latest that
 * of sample @serial, the first after @seen that any does. */
void kocr_recognition_note_own (
    KocrRecognition *self, const KocrRequest *request);
void kocr_recognition_note_carried (KocrRecognition * self, guint64 seen,
    guint64 serial);
/* All that was read is delivered, and EOS comes. */
void kocr_recognition_tell_end (KocrRecognition * self);

/* The engine's waits, for pads. */
void kocr_recognition_set_flushing (KocrRecognition * self, gboolean flushing);
/* The same as TRUE; besides, no result of before is delivered any more. */
void kocr_recognition_flush (KocrRecognition * self);
void kocr_recognition_release_buffers (KocrRecognition * self);
/* So many of upstream's buffers may be held at once, until they are encoded. */
guint kocr_recognition_get_most_buffers (KocrRecognition * self);
/* Waits until all results are in and delivered, or @deadline (monotonic, us),
 * or flushing. */
void kocr_recognition_drain (KocrRecognition * self, gint64 deadline);

GstStructure *kocr_recognition_get_stats (KocrRecognition * self);

G_END_DECLS
