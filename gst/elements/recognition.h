/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Recognition: one run of the element, from READY to READY.  Owns the engine
 * and the poster, keeps the newest result for frames to carry, counts, and
 * turns what goes wrong into messages.  Knows no pad.
 */
#pragma once

#include "boxfollower.h"
#include "carriedresult.h"
#include "engine.h"
#include "framehistory.h"
#include "ocrsettings.h"

G_BEGIN_DECLS

typedef struct _Recognition Recognition;

typedef struct
{
  /* A request was published; from an engine's thread. */
  void (*settled) (gpointer user_data);
  /* A result, in the order of the samples; from the poster's thread. */
  void (*deliver) (KocrRequest * request, gpointer user_data);
} RecognitionCallbacks;

/* NULL with a KOCR_ERROR about the configuration. */
Recognition *recognition_new (GstElement * element,
    const GstKakaoOcrSettings * settings,
    const RecognitionCallbacks * callbacks, gpointer user_data,
    GError ** error);
/* Not under the stream lock, nor from a callback. */
void recognition_free (Recognition * self);
/* Once, before the first sample; AUTO until then. */
void recognition_set_timing (Recognition * self, GstKakaoOcrTiming timing);
GstKakaoOcrTiming recognition_get_timing (Recognition * self);

/* Another scene: results of samples before it are not carried, and their texts
 * do not go on. */
void recognition_forget (Recognition * self);
/* Another frame of reference: results are not carried, but texts go on. */
void recognition_forget_places (Recognition * self);

void recognition_count_frame (Recognition * self);
void recognition_count_skipped (Recognition * self);
void recognition_count_late (Recognition * self);

/* Where and when a sampled frame was, and why it is one. */
typedef struct
{
  const GstVideoInfo *info;
  GstClockTime stream_time, running_time;
  GstClockTime moment;          /* on the time line of its texts */
  gboolean forced;              /* it is sent, whatever it is like */
  guint turn;                   /* GstVideoOrientationMethod: how it is shown */
} SampleContext;

/* Takes @buffer as a sample if there is a slot; a lossless run waits for one.
 * @request: (out) (transfer full), for KOCR_RESERVED. */
KocrReserveResult recognition_sample (Recognition * self, GstBuffer * buffer,
    const SampleContext * context, const GstKakaoOcrFrameSettings * settings,
    KocrRequest ** request);

/* The newest result, for frames to carry. (transfer none) */
CarriedResult *recognition_get_carried (Recognition * self);
/* Of samples after @seen, those whose results have come and that belong to what
 * is seen now, in order. (transfer container): KocrRequest, of latest. */
GPtrArray *recognition_list_unseen (Recognition * self, guint64 seen);
/* What moves their boxes, in a run where no frame waits. (transfer none) */
BoxFollower *recognition_get_follower (Recognition * self);

/* What was seen of the frames between samples. (transfer none) */
FrameHistory *recognition_get_history (Recognition * self);

/* Whether @request ended in a way that a lossless run cannot go on from. */
gboolean recognition_is_fatal (const KocrRequest * request);
/* The same as ERROR, with the PTS of @request to resume from. */
void recognition_post_fatal (Recognition * self, const KocrRequest * request);
/* A frame that is due cannot even be tried: one WARNING for the run; when it is
 * lossless a sample that has failed, in @request (transfer full), so that the
 * run ends when its turn comes and not before those that still wait. */
void recognition_take_unreadable (Recognition * self, GstClockTime pts,
    const gchar * message, KocrRequest ** request);
/* A WARNING about the run itself. */
void recognition_post_warning (Recognition * self, const gchar * message);

/* A frame carries the result of @request, which is its own, or in latest that of
 * sample @serial, the first after @seen that any does. */
void recognition_note_own (Recognition * self, const KocrRequest * request);
void recognition_note_carried (Recognition * self, guint64 seen,
    guint64 serial);
/* All that was read is delivered, and EOS comes. */
void recognition_tell_end (Recognition * self);

/* The engine's waits, for pads. */
void recognition_set_flushing (Recognition * self, gboolean flushing);
/* The same as TRUE; besides, no result of before is delivered any more. */
void recognition_flush (Recognition * self);
void recognition_release_buffers (Recognition * self);
/* So many of upstream's buffers may be held at once, until they are encoded. */
guint recognition_get_most_buffers (Recognition * self);
/* Waits until all results are in and delivered, or @deadline (monotonic, us),
 * or flushing. */
void recognition_drain (Recognition * self, gint64 deadline);

GstStructure *recognition_get_stats (Recognition * self);

G_END_DECLS
