/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Run: one run of the element, from READY to READY.  One way in for a frame,
 * kocr_run_push_frame(), and one for a result, take_result() in ocr/run.c.  It
 * owns all that stands between the pads: who samples frames, what recognises
 * them, what frames carry, who delivers results and counts, and the task that
 * pushes frames that wait.  None of them knows the run or reads another's
 * fields.
 */
#pragma once

#include "ocr/settings.h"

typedef struct _KocrRun KocrRun;

typedef struct
{
  GstElement *element;
  GstPad *sinkpad, *srcpad;
  guint producer;               /* tells our metas from others' */
} KocrRunPlace;

/* A result, (transfer none), of @request, in the order of the samples; from a
 * thread of the run's with no lock held. */
typedef void (*KocrRunFunc) (KocrRequest * request, gpointer user_data);

/* NULL with a KOCR_ERROR about the configuration. What @place names outlives
 * the run. */
KocrRun *kocr_run_new (const KocrRunPlace * place,
    const KocrOcrSettings * settings, KocrRunFunc deliver, gpointer user_data,
    GError ** error);
/* The pads are inactive. Not under the stream lock, nor from deliver(). */
void kocr_run_free (KocrRun * self);

/* Any thread. */

/* AUTO until the first caps. */
KocrTiming kocr_run_get_timing (KocrRun * self);
/* Whether frames wait for results. */
gboolean kocr_run_holds_frames (KocrRun * self);
/* The next frame is a sample by all means. */
void kocr_run_force_sample (KocrRun * self);
/* (transfer full) */
GstStructure *kocr_run_get_stats (KocrRun * self);

/* With the pads; ends their waits before they are inactive. */
void kocr_run_set_receiving (KocrRun * self, gboolean receiving);
gboolean kocr_run_set_sending (KocrRun * self, gboolean sending);
/* After downstream has FLUSH_START, and before the task is paused. */
void kocr_run_start_flush (KocrRun * self);

/* Streaming thread. */

/* After downstream has FLUSH_STOP. */
void kocr_run_stop_flush (KocrRun * self);
/* Takes @buffer. */
GstFlowReturn kocr_run_push_frame (KocrRun * self, GstBuffer * buffer,
    const KocrFrameSettings * settings);
/* @event is serialized and no flush. FALSE: it is the caller's to pass on; else
 * it is taken, and @passed says whether it went on. */
gboolean kocr_run_take_event (KocrRun * self, GstEvent * event,
    const KocrFrameSettings * settings, gboolean * passed);
/* What the last frame that was held met with downstream. */
GstFlowReturn kocr_run_get_flow (KocrRun * self);
/* A serialized query, where frames are held. */
gboolean kocr_run_push_query (KocrRun * self, GstQuery * query,
    const KocrFrameSettings * settings);

/* Waits until no buffer of upstream's is held to be encoded. @ends: no frame
 * follows those that came. */
void kocr_run_release_buffers (
    KocrRun *self, gboolean ends, const KocrFrameSettings *settings);
/* So many may be at once, each of @size bytes (0: not known). */
guint kocr_run_get_most_buffers (KocrRun * self, gsize * size);
