/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/framesampler.h"

#include <math.h>

#include "common/framecaps.h"
#include "ocr/orientation.h"

GST_DEBUG_CATEGORY_EXTERN (gst_kakao_ocr_debug);
#define GST_CAT_DEFAULT gst_kakao_ocr_debug

void
kocr_frame_sampler_init (KocrFrameSampler * self, GstObject * owner)
{
  *self = (KocrFrameSampler) {
  .owner = owner,};
  kocr_frame_sampler_flush (self);
}

void
kocr_frame_sampler_begin (KocrFrameSampler * self)
{
  kocr_sampler_reset (&self->sampler);
}

void
kocr_frame_sampler_flush (KocrFrameSampler * self)
{
  gst_segment_init (&self->segment, GST_FORMAT_UNDEFINED);
  kocr_continuity_reset (&self->continuity);
  self->moment = GST_CLOCK_TIME_NONE;
  kocr_frame_sampler_begin (self);
}

void
kocr_frame_sampler_set_segment (
    KocrFrameSampler *self, const GstSegment *segment)
{
  gst_segment_copy_into (segment, &self->segment);
  kocr_continuity_announce (&self->continuity);
  kocr_frame_sampler_begin (self);
}

gboolean
kocr_frame_sampler_set_caps (KocrFrameSampler * self, const GstCaps * caps)
{
  gint width = self->readable ? GST_VIDEO_INFO_WIDTH (&self->info) : 0;
  gint height = self->readable ? GST_VIDEO_INFO_HEIGHT (&self->info) : 0;

  self->readable
      = kocr_frame_caps_to_video_info (caps, &self->info, &self->unreadable);
  if (self->readable && width == GST_VIDEO_INFO_WIDTH (&self->info)
      && height == GST_VIDEO_INFO_HEIGHT (&self->info))
    return FALSE;
  kocr_frame_sampler_begin (self);
  return TRUE;
}

/* Where something new stands in each frame, as in a drawing that is made. */
#define LEAST_CHANGE_INTERVAL (160 * GST_MSECOND)

/* Looking. */

static GstClockTime
frame_duration (KocrFrameSampler * self)
{
  if (!self->readable || GST_VIDEO_INFO_FPS_N (&self->info) == 0)
    return GST_CLOCK_TIME_NONE;
  return gst_util_uint64_scale (GST_SECOND, GST_VIDEO_INFO_FPS_D (&self->info),
      GST_VIDEO_INFO_FPS_N (&self->info));
}

void
kocr_frame_sampler_set_tags (KocrFrameSampler * self, const GstTagList * tags)
{
  kocr_orientation_from_tags (tags, &self->tagged_turn);
}

void
kocr_frame_sampler_begin_stream (KocrFrameSampler * self)
{
  self->tagged_turn = GST_VIDEO_ORIENTATION_IDENTITY;
}

/* Where @buffer is in time; FALSE when the segment leaves it out. */
static gboolean
locate (KocrFrameSampler * self, GstBuffer * buffer)
{
  GstClockTime pts = GST_BUFFER_PTS (buffer);
  GstClockTime end = GST_CLOCK_TIME_NONE;
  guint64 start;

  self->stream_time = self->running_time = GST_CLOCK_TIME_NONE;
  if (!GST_CLOCK_TIME_IS_VALID (pts) || self->segment.format != GST_FORMAT_TIME)
    return TRUE;

  if (GST_BUFFER_DURATION_IS_VALID (buffer))
    end = pts + GST_BUFFER_DURATION (buffer);
  if (!gst_segment_clip (&self->segment, GST_FORMAT_TIME, pts, end, &start,
          NULL))
    return FALSE;
  self->stream_time
      = gst_segment_to_stream_time (&self->segment, GST_FORMAT_TIME, start);
  self->running_time
      = gst_segment_to_running_time (&self->segment, GST_FORMAT_TIME, start);
  return TRUE;
}

/* In running time. */
static GstClockTime
as_it_runs (KocrFrameSampler * self, GstClockTime duration)
{
  return GST_CLOCK_TIME_IS_VALID (duration)
      ? (GstClockTime) (duration / fabs (self->segment.rate))
      : duration;
}

static void
warn_of_break (KocrFrameSampler * self, KocrRecognition * run)
{
  g_autofree gchar *message = NULL;

  GST_DEBUG_OBJECT (self->owner,
      "time jumps from %" GST_TIME_FORMAT " to %" GST_TIME_FORMAT,
      GST_TIME_ARGS (self->continuity.last),
      GST_TIME_ARGS (self->running_time));
  if (self->warned_break)
    return;
  self->warned_break = TRUE;
  message = g_strdup_printf ("The time stamps of the frames jump (at running "
      "time %" GST_TIME_FORMAT "): a frame that is astray is passed over, and "
      "where the time line goes on elsewhere, texts end.",
      GST_TIME_ARGS (self->continuity.last));
  kocr_recognition_post_warning (run, message);
}

/* Where a frame without a time is, which follows the one before. */
static GstClockTime
count_moment (KocrFrameSampler * self, gint64 now)
{
  GstClockTime duration = as_it_runs (self, frame_duration (self));

  if (!GST_CLOCK_TIME_IS_VALID (self->moment))
    return 0;
  if (!GST_CLOCK_TIME_IS_VALID (duration))
    duration = (now - self->arrival) * GST_USECOND;
  return self->moment + duration;
}

gboolean
kocr_frame_sampler_look (
    KocrFrameSampler *self, KocrRecognition *run, GstBuffer *buffer)
{
  gint64 now = g_get_monotonic_time ();

  self->outcome = KOCR_CONTINUITY_KEPT;
  self->shown = locate (self, buffer);
  if (!GST_CLOCK_TIME_IS_VALID (self->running_time)) {
    self->moment = count_moment (self, now);
  } else {
    gboolean announced = self->continuity.announced;

    self->outcome = kocr_continuity_check (&self->continuity,
        self->running_time, as_it_runs (self, GST_BUFFER_DURATION (buffer)),
        as_it_runs (self, frame_duration (self)));
    if (self->outcome == KOCR_CONTINUITY_ASTRAY)
      warn_of_break (self, run);
    else
      self->moment = self->running_time;
    if (self->outcome == KOCR_CONTINUITY_BROKEN) {
      GST_DEBUG_OBJECT (self->owner,
          "a new time line begins at %" GST_TIME_FORMAT "%s",
          GST_TIME_ARGS (self->running_time),
          announced ? ", with a segment" : "");
      kocr_frame_sampler_begin (self);
    }
  }
  self->arrival = now;
  return self->outcome == KOCR_CONTINUITY_BROKEN;
}

/* Sampling. */

/* A frame that is astray has no place between two samples; where every frame is
 * one it is, too. */
static gboolean
is_due (KocrFrameSampler * self, const KocrFrameSettings * settings,
    gboolean changed)
{
  if (!self->was_active)
    kocr_frame_sampler_begin (self);
  self->was_active = settings->active;
  if (!self->shown || !settings->active)
    return FALSE;
  if (self->outcome == KOCR_CONTINUITY_ASTRAY)
    return settings->interval == 0;
  return kocr_sampler_is_due (&self->sampler, self->stream_time,
      frame_duration (self), changed ?
      MIN (settings->interval, LEAST_CHANGE_INTERVAL) : settings->interval);
}

/* Why a frame that is due cannot be sampled; NULL: it can. */
static const gchar *
find_obstacle (KocrFrameSampler *self, const KocrFrameSettings *settings)
{
  gint frame[4] = { 0, 0, GST_VIDEO_INFO_WIDTH (&self->info),
    GST_VIDEO_INFO_HEIGHT (&self->info)
  };
  gint rectangle[4];

  if (!self->readable)
    return self->unreadable;
  if (settings->view_problem)
    return settings->view_problem;
  if (!kocr_area_resolve (&settings->view.region, frame, rectangle))
    return "The region lies outside the frame: nothing is recognised. Set "
        "region to a part of the frame.";
  return NULL;
}

GstFlowReturn
kocr_frame_sampler_sample (KocrFrameSampler * self, KocrRecognition * run,
    GstBuffer * buffer, const KocrFrameSettings * settings,
    gboolean forced, gboolean changed, KocrRequest ** request)
{
  const KocrSampleContext context = {
    .info = &self->info,
    .stream_time = self->stream_time,
    .running_time = self->running_time,
    .moment = self->moment,
    .forced = forced,
    .turn = settings->view.turn == KOCR_TURN_AUTO ?
        self->tagged_turn : settings->view.turn,
  };
  gboolean due = is_due (self, settings, changed);
  const gchar *obstacle;
  KocrDenial denial;

  if (!due && !(forced && self->shown && settings->active)) {
    GST_LOG_OBJECT (self->owner, "%" GST_TIME_FORMAT ": not sampled: %s",
        GST_TIME_ARGS (self->stream_time),
        !settings->active ? "inactive"
        : !self->shown ? "outside the segment"
        : self->outcome == KOCR_CONTINUITY_ASTRAY ? "its time is astray"
        : "not due yet");
    return GST_FLOW_OK;
  }
  if (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_CORRUPTED)) {
    GST_DEBUG_OBJECT (self->owner,
        "%" GST_TIME_FORMAT ": not sampled: "
        "corrupted; the next clean one is due",
        GST_TIME_ARGS (self->stream_time));
    return GST_FLOW_OK;
  }

  obstacle = find_obstacle (self, settings);
  if (obstacle)
    kocr_recognition_take_unreadable (run, GST_BUFFER_PTS (buffer), obstacle,
        request);
  if (obstacle || !self->readable) {
    GST_DEBUG_OBJECT (self->owner, "%" GST_TIME_FORMAT ": not sampled: %s",
        GST_TIME_ARGS (self->stream_time),
        obstacle ? obstacle : "alternating fields");
    return GST_FLOW_OK;
  }

  denial = kocr_recognition_sample (run, buffer, &context, settings, request);
  if (denial == KOCR_DENIAL_FLUSHING)
    return GST_FLOW_FLUSHING;
  if (denial != KOCR_DENIAL_NONE) {
    GST_DEBUG_OBJECT (self->owner,
        "%" GST_TIME_FORMAT ": not sampled: %s; the next one is due",
        GST_TIME_ARGS (self->stream_time), kocr_denial_get_name (denial));
    if (kocr_sampler_miss (&self->sampler, settings->interval))
      kocr_recognition_count_skipped (run);
    return GST_FLOW_OK;
  }

  GST_DEBUG_OBJECT (self->owner,
      "%" GST_TIME_FORMAT ": sample %" G_GUINT64_FORMAT ": %s",
      GST_TIME_ARGS (self->stream_time), (*request)->serial,
      changed ? "something new stands" : due ? "due" : "asked for");
  if (self->outcome != KOCR_CONTINUITY_ASTRAY)
    kocr_sampler_take (&self->sampler);
  return GST_FLOW_OK;
}
