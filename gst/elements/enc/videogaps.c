/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "enc/videogaps.h"

#include "common/category.h"
#include "enc/stallwatch.h"

#define GST_CAT_DEFAULT KOCR_CATEGORY_ENC

/* How long no frame may come, while a text stands, before the video may be
 * waiting for it. A live source brings several frames in it; without one the
 * service may be slow, and to wait in vain costs little once. Each time that
 * it was not the video it grows twofold, as a service stays slow. */
#define LIVE_PATIENCE (250 * GST_MSECOND)
#define FILE_PATIENCE (2 * GST_SECOND)
#define MAX_PATIENCE (60 * GST_SECOND)

/* A video that did wait goes on within this: it only has to be muxed. */
#define RELIEF (100 * G_TIME_SPAN_MILLISECOND)

struct _KocrVideoGaps
{
  GstElement *element;
  GstPad *sinkpad;
  KocrSparseStream *out;
  const KocrFrameTimes *times;

  /* stream lock */
  GstClockTime patience;
  GstClockTime max_hold; /* how far GAPs stay behind the video */
  GstClockTime given_up; /* by how much they did when there was a stall */
  gint64 given_up_at;    /* monotonic, in us; 0: there was none */

  KocrStallWatch *watch; /* has its own lock, within the stream's */
  gint playing;          /* atomic */
};

/* No frame came for a while although a text stands and the pipeline plays.
 * Maybe the video is kept back for that text by a muxer, its queues are full,
 * and so nothing comes here either. Lets the muxer go on. */
static void
end_stall (gpointer data)
{
  KocrVideoGaps *self = data;

  GST_PAD_STREAM_LOCK (self->sinkpad);
  if (kocr_stall_watch_is_over (self->watch)
      && g_atomic_int_get (&self->playing)
      && GST_CLOCK_TIME_IS_VALID (self->times->last_pts)) {
    self->given_up
        = kocr_sparse_stream_advance (self->out, self->times->last_pts);
    self->given_up_at = self->given_up > 0 ? g_get_monotonic_time () : 0;
    GST_DEBUG_OBJECT (self->element,
        "no frame came for %" GST_TIME_FORMAT
        " while a text stands: GAPs go on by %" GST_TIME_FORMAT,
        GST_TIME_ARGS (self->patience), GST_TIME_ARGS (self->given_up));
  }
  GST_PAD_STREAM_UNLOCK (self->sinkpad);
}

static void
begin_run (KocrVideoGaps *self)
{
  self->watch = kocr_stall_watch_new (end_stall, self);
  self->patience = FILE_PATIENCE;
  self->max_hold = GST_CLOCK_TIME_NONE;
  self->given_up_at = 0;
}

KocrVideoGaps *
kocr_video_gaps_new (GstElement *element, GstPad *sinkpad,
    KocrSparseStream *out, const KocrFrameTimes *times)
{
  KocrVideoGaps *self = g_new0 (KocrVideoGaps, 1);

  self->element = element;
  self->sinkpad = sinkpad;
  self->out = out;
  self->times = times;
  begin_run (self);
  return self;
}

void
kocr_video_gaps_free (KocrVideoGaps *self)
{
  kocr_stall_watch_free (self->watch);
  g_free (self);
}

void
kocr_video_gaps_reset (KocrVideoGaps *self)
{
  kocr_stall_watch_free (self->watch);
  begin_run (self);
}

void
kocr_video_gaps_set_live (KocrVideoGaps *self, gboolean live)
{
  self->patience = live ? LIVE_PATIENCE : FILE_PATIENCE;
}

void
kocr_video_gaps_set_playing (KocrVideoGaps *self, gboolean playing)
{
  if (g_atomic_int_compare_and_exchange (&self->playing, !playing, playing)
      && playing)
    kocr_stall_watch_restart (self->watch);
}

/* After a stall: if that was what the video waited for, so much is what its
 * queues hold, and from now on GAPs stay behind by half of it only. If not, it
 * takes longer here for frames to come. */
void
kocr_video_gaps_note_frame (KocrVideoGaps *self)
{
  if (self->given_up_at == 0)
    return;
  if (g_get_monotonic_time () - self->given_up_at < RELIEF) {
    self->max_hold = MIN (self->max_hold, self->given_up / 2);
    GST_WARNING_OBJECT (self->element,
        "the video stood still for a text of %" GST_TIME_FORMAT
        " or more; let its queues hold max-duration",
        GST_TIME_ARGS (self->given_up));
  } else {
    self->patience = MIN (2 * self->patience, MAX_PATIENCE);
    GST_DEBUG_OBJECT (self->element,
        "it was not the video that waited: the next stall is one after "
        "%" GST_TIME_FORMAT,
        GST_TIME_ARGS (self->patience));
  }
  self->given_up_at = 0;
}

void
kocr_video_gaps_follow (
    KocrVideoGaps *self, GstClockTime pts, GstClockTime pending)
{
  GstClockTime limit = kocr_frame_times_to_pts (self->times, pending);

  if (!GST_CLOCK_TIME_IS_VALID (limit)) {
    kocr_stall_watch_stop (self->watch);
  } else {
    kocr_stall_watch_start (self->watch, self->patience);
    /* With the first frame past it, a muxer begins its file: nobody's preroll
     * waits for a text. */
    limit = MAX (limit, self->times->first_end);
    if (self->times->last_pts > self->max_hold)
      limit = MAX (limit, self->times->last_pts - self->max_hold);
  }
  kocr_sparse_stream_follow (self->out, pts, limit);
}

void
kocr_video_gaps_stop (KocrVideoGaps *self)
{
  kocr_stall_watch_stop (self->watch);
}
