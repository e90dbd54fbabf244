/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/framesampler.h"

#include <math.h>

#include "common/continuity.h"
#include "common/framecaps.h"
#include "common/orientation.h"
#include "frame/framereader.h"
#include "result/samplelog.h"
#include "sampler.h"

#define FIELDS "Fields that come one by one (interlace-mode=alternate) are passed " \
    "on unread: nothing is recognised. Let the source give whole frames " \
    "(interlace-mode=interleaved or progressive)."

/* Where something new stands in each frame, as in a drawing that is made. */
#define LEAST_CHANGE_INTERVAL (160 * GST_MSECOND)

struct _KocrFrameSampler
{
  GstObject *owner;
  KocrRecognition *recognition;
  KocrFailures *failures;
  KocrRunStats *stats;
  gint forced;                  /* atomic: the next frame is due by all means */
  GstSegment segment;
  GstVideoInfo info;            /* of the frames, if readable */
  gboolean readable;            /* frames of these caps can be sampled */
  const gchar *unreadable;      /* why not, if the user should know */
  guint tagged_turn;            /* GstVideoOrientationMethod, of the stream */
  gboolean was_active;
  KocrSampler sampler;
  KocrContinuity continuity;    /* of running times */
  gboolean warned_break;

  /* The frame that was looked at last. */
  gboolean shown;               /* the segment does not leave it out */
  KocrContinuityOutcome outcome;
  GstClockTime stream_time, running_time;       /* NONE: it has none */
  GstClockTime moment;
  gint64 arrival;               /* monotonic, us */
};

KocrFrameSampler *
kocr_frame_sampler_new (GstObject * owner, KocrRecognition * recognition,
    KocrFailures * failures, KocrRunStats * stats)
{
  KocrFrameSampler *self = g_new0 (KocrFrameSampler, 1);

  self->owner = owner;
  self->recognition = recognition;
  self->failures = failures;
  self->stats = stats;
  kocr_frame_sampler_flush (self);
  return self;
}

void
kocr_frame_sampler_free (KocrFrameSampler * self)
{
  g_free (self);
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

static void
set_segment (
    KocrFrameSampler *self, const GstSegment *segment)
{
  gst_segment_copy_into (segment, &self->segment);
  kocr_continuity_announce (&self->continuity);
  kocr_frame_sampler_begin (self);
}

/* Whether frames of @caps are of another size. */
static gboolean
have_another_size (const KocrFrameSampler *self, const GstCaps *caps)
{
  const gchar *reason;
  GstVideoInfo info;

  return !self->readable
         || !kocr_frame_caps_to_video_info (caps, &info, &reason)
         || GST_VIDEO_INFO_WIDTH (&info) != GST_VIDEO_INFO_WIDTH (&self->info)
         || GST_VIDEO_INFO_HEIGHT (&info)
                != GST_VIDEO_INFO_HEIGHT (&self->info);
}

gboolean
kocr_frame_sampler_is_ended_by (const KocrFrameSampler *self, GstEvent *event)
{
  GstCaps *caps;

  switch (GST_EVENT_TYPE (event)) {
  case GST_EVENT_CAPS:
    gst_event_parse_caps (event, &caps);
    return have_another_size (self, caps);
  case GST_EVENT_STREAM_START:
  case GST_EVENT_SEGMENT:
  case GST_EVENT_SEGMENT_DONE:
    return TRUE;
  default:
    return FALSE;
  }
}

gboolean
kocr_frame_sampler_set_caps (KocrFrameSampler * self, const GstCaps * caps)
{
  gboolean differs = have_another_size (self, caps);

  self->readable
      = kocr_frame_caps_to_video_info (caps, &self->info, &self->unreadable);
  if (!differs)
    return FALSE;
  kocr_frame_sampler_begin (self);
  return TRUE;
}

gboolean
kocr_frame_sampler_is_readable (const KocrFrameSampler * self)
{
  return self->readable;
}

const GstVideoInfo *
kocr_frame_sampler_get_info (const KocrFrameSampler * self)
{
  return &self->info;
}

GstClockTime
kocr_frame_sampler_get_moment (const KocrFrameSampler * self)
{
  return self->moment;
}

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
kocr_frame_sampler_take_event (
    KocrFrameSampler *self, GstEvent *event, GstPad *sinkpad)
{
  const GstSegment *segment;
  GstTagList *tags;

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_STREAM_START:
      self->tagged_turn = GST_VIDEO_ORIENTATION_IDENTITY;
      break;
    case GST_EVENT_TAG:
      gst_event_parse_tag (event, &tags);
      if (!kocr_orientation_is_followed (sinkpad))
        kocr_orientation_from_tags (tags, &self->tagged_turn);
      break;
    case GST_EVENT_SEGMENT:
      gst_event_parse_segment (event, &segment);
      set_segment (self, segment);
      break;
    default:
      break;
  }
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
warn_of_break (KocrFrameSampler * self)
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
  kocr_failures_post_warning (self->failures, message);
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

/* Whether the time line is broken. */
static gboolean
find_on_time_line (KocrFrameSampler * self, GstBuffer * buffer)
{
  gboolean announced = self->continuity.announced;

  self->outcome = kocr_continuity_check (&self->continuity,
      self->running_time, as_it_runs (self, GST_BUFFER_DURATION (buffer)),
      as_it_runs (self, frame_duration (self)));
  if (self->outcome == KOCR_CONTINUITY_ASTRAY)
    warn_of_break (self);
  else
    self->moment = self->running_time;
  if (self->outcome != KOCR_CONTINUITY_BROKEN)
    return FALSE;
  GST_DEBUG_OBJECT (self->owner, "a new time line begins at %" GST_TIME_FORMAT
      "%s", GST_TIME_ARGS (self->running_time),
      announced ? ", with a segment" : "");
  kocr_frame_sampler_begin (self);
  return TRUE;
}

gboolean
kocr_frame_sampler_look (KocrFrameSampler * self, GstBuffer * buffer,
    const KocrFrameSettings * settings)
{
  gint64 now = g_get_monotonic_time ();
  gboolean ended = self->was_active && !settings->active;
  gboolean broken = FALSE;

  self->outcome = KOCR_CONTINUITY_KEPT;
  self->shown = locate (self, buffer);
  if (GST_CLOCK_TIME_IS_VALID (self->running_time))
    broken = find_on_time_line (self, buffer);
  else
    self->moment = count_moment (self, now);
  self->arrival = now;

  if (!self->was_active)
    kocr_frame_sampler_begin (self);
  self->was_active = settings->active;
  return broken || ended;
}

/* Sampling. */

/* A frame that is astray has no place between two samples; where every frame is
 * one it is, too. */
static gboolean
is_due (
    KocrFrameSampler *self, const KocrFrameSettings *settings, KocrNews news)
{
  GstClockTime interval = settings->interval;

  if (!self->shown || !settings->active)
    return FALSE;
  if (self->outcome == KOCR_CONTINUITY_ASTRAY)
    return settings->interval == 0;
  if (news == KOCR_NEWS_LAST)
    return TRUE;
  if (news == KOCR_NEWS_STAND)
    interval = MIN (interval, LEAST_CHANGE_INTERVAL);
  return kocr_sampler_is_due (
      &self->sampler, self->stream_time, frame_duration (self), interval);
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

static void
log_passed (KocrFrameSampler * self, const gchar * reason)
{
  GST_LOG_OBJECT (self->owner, "%" GST_TIME_FORMAT ": not sampled: %s",
      GST_TIME_ARGS (self->stream_time), reason);
}

/* Why it is to be a sample; NULL: it is not to be one. */
static const gchar *
find_cause (KocrFrameSampler *self, GstBuffer *buffer,
    const KocrFrameSettings *settings, gboolean forced, KocrNews news)
{
  gboolean due = is_due (self, settings, news);

  if (!due && !(forced && self->shown && settings->active)) {
    log_passed (self, !settings->active ? "inactive"
        : !self->shown ? "outside the segment"
        : self->outcome == KOCR_CONTINUITY_ASTRAY ? "its time is astray"
        : "not due yet");
    return NULL;
  }
  if (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_CORRUPTED)) {
    log_passed (self, "due, but corrupted; the next clean one is");
    return NULL;
  }
  if (self->readable && !kocr_frame_is_of_caps (&self->info, buffer)) {
    log_passed (self, "due, but not what its caps say; the next one is");
    return NULL;
  }
  return news == KOCR_NEWS_LAST    ? "something new is in the last one"
         : news == KOCR_NEWS_STAND ? "something new stands"
         : due                     ? "due"
                                   : "asked for";
}

/* Where nothing may be lost it is a sample that has failed, so that the run
 * ends when its turn comes and not before those that still wait. */
static KocrRequest *
take_unreadable (KocrFrameSampler * self, GstBuffer * buffer,
    const gchar * obstacle)
{
  const KocrAsked asked = {.pts = GST_BUFFER_PTS (buffer) };
  KocrRequest *sample;

  log_passed (self, obstacle);
  if (!kocr_failures_is_lossless (self->failures)) {
    kocr_failures_post_unreadable (self->failures, obstacle);
    return NULL;
  }
  sample = kocr_recognition_add (self->recognition, &asked, NULL);
  kocr_recognition_fail (self->recognition, sample, obstacle);
  return sample;
}

static KocrRequest *
take (KocrFrameSampler * self, GstBuffer * buffer,
    const KocrFrameSettings * settings, gboolean forced, KocrNews news,
    const gchar * cause)
{
  const KocrSampleTimes times = {
    GST_BUFFER_DURATION (buffer), self->running_time, self->moment
  };
  KocrAsked asked = {
    .pts = GST_BUFFER_PTS (buffer),
    .stream_time = self->stream_time,
    .info = self->info,
    .settings = settings->picture,
    .view = settings->view,
    .gate = settings->gate,
    .forced = forced,
    .is_routine = news == KOCR_NEWS_NONE,
  };
  KocrRequest *sample;

  if (asked.view.turn == KOCR_TURN_AUTO)
    asked.view.turn = self->tagged_turn;
  sample = kocr_recognition_add (self->recognition, &asked, &times);
  GST_DEBUG_OBJECT (self->owner, "%" GST_TIME_FORMAT ": sample %"
      G_GUINT64_FORMAT ": %s", GST_TIME_ARGS (self->stream_time),
      sample->asked.serial, cause);
  if (self->outcome != KOCR_CONTINUITY_ASTRAY)
    kocr_sampler_take (&self->sampler);
  return sample;
}

static void
miss (KocrFrameSampler * self, const KocrFrameSettings * settings,
    KocrDenial denial)
{
  GST_DEBUG_OBJECT (self->owner, "%" GST_TIME_FORMAT ": not sampled: due, but "
      "no request may go out: %s; the next one is due",
      GST_TIME_ARGS (self->stream_time), kocr_denial_get_name (denial));
  if (kocr_sampler_miss (&self->sampler, settings->interval))
    kocr_run_stats_add (self->stats, KOCR_COUNT_SKIPPED);
}

GstFlowReturn
kocr_frame_sampler_sample (KocrFrameSampler *self, GstBuffer *buffer,
    const KocrFrameSettings *settings, KocrNews news, KocrRequest **sample)
{
  gboolean forced = g_atomic_int_get (&self->forced);
  const gchar *cause = find_cause (self, buffer, settings, forced, news);
  const gchar *obstacle = cause ? find_obstacle (self, settings) : NULL;
  KocrDenial denial;

  if (!cause)
    return GST_FLOW_OK;
  if (obstacle) {
    *sample = take_unreadable (self, buffer, obstacle);
  } else if (!self->readable) {
    log_passed (self, "alternating fields");
    kocr_failures_post_unreadable (self->failures, FIELDS);
  } else {
    denial = kocr_recognition_reserve (self->recognition);
    if (denial == KOCR_DENIAL_FLUSHING)
      return GST_FLOW_FLUSHING;
    if (denial == KOCR_DENIAL_NONE)
      *sample = take (self, buffer, settings, forced, news, cause);
    else
      miss (self, settings, denial);
  }
  if (forced && *sample)
    g_atomic_int_set (&self->forced, FALSE);
  return GST_FLOW_OK;
}

void
kocr_frame_sampler_force (KocrFrameSampler * self)
{
  g_atomic_int_set (&self->forced, TRUE);
}
