/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "framesampler.h"

#include "framecaps.h"

void
frame_sampler_init (FrameSampler * self)
{
  *self = (FrameSampler) {
  .readable = FALSE,};
  gst_segment_init (&self->segment, GST_FORMAT_UNDEFINED);
  kocr_sampler_reset (&self->sampler);
}

void
frame_sampler_begin (FrameSampler * self)
{
  kocr_sampler_reset (&self->sampler);
}

void
frame_sampler_set_segment (FrameSampler * self, const GstSegment * segment)
{
  gst_segment_copy_into (segment, &self->segment);
  kocr_sampler_reset (&self->sampler);
}

void
frame_sampler_set_caps (FrameSampler * self, const GstCaps * caps)
{
  self->readable = frame_caps_to_video_info (caps, &self->info,
      &self->unreadable);
  kocr_sampler_reset (&self->sampler);
}

/* Where @buffer is in time; FALSE when the segment leaves it out. */
static gboolean
locate (FrameSampler * self, GstBuffer * buffer, SampleContext * context)
{
  GstClockTime pts = GST_BUFFER_PTS (buffer);
  GstClockTime end = GST_CLOCK_TIME_NONE;
  guint64 start;

  context->info = &self->info;
  context->stream_time = context->running_time = GST_CLOCK_TIME_NONE;
  if (!GST_CLOCK_TIME_IS_VALID (pts)
      || self->segment.format != GST_FORMAT_TIME)
    return TRUE;

  if (GST_BUFFER_DURATION_IS_VALID (buffer))
    end = pts + GST_BUFFER_DURATION (buffer);
  if (!gst_segment_clip (&self->segment, GST_FORMAT_TIME, pts, end, &start,
          NULL))
    return FALSE;
  context->stream_time = gst_segment_to_stream_time (&self->segment,
      GST_FORMAT_TIME, start);
  context->running_time = gst_segment_to_running_time (&self->segment,
      GST_FORMAT_TIME, start);
  return TRUE;
}

static GstClockTime
frame_duration (FrameSampler * self)
{
  if (!self->readable || GST_VIDEO_INFO_FPS_N (&self->info) == 0)
    return GST_CLOCK_TIME_NONE;
  return gst_util_uint64_scale (GST_SECOND,
      GST_VIDEO_INFO_FPS_D (&self->info), GST_VIDEO_INFO_FPS_N (&self->info));
}

static gboolean
is_due (FrameSampler * self, GstBuffer * buffer,
    const SampleContext * context, const GstKakaoOcrFrameSettings * settings)
{
  if (GST_BUFFER_IS_DISCONT (buffer) || !self->was_active)
    kocr_sampler_reset (&self->sampler);
  self->was_active = settings->active;
  return settings->active && kocr_sampler_is_due (&self->sampler,
      context->stream_time, frame_duration (self), settings->interval);
}

/* Why a frame that is due cannot be sampled; NULL: it can. */
static const gchar *
find_obstacle (FrameSampler * self, const GstKakaoOcrFrameSettings * settings)
{
  const gint *region = settings->picture.region;

  if (!self->readable)
    return self->unreadable;
  if (region[2] > 0 && (region[0] >= GST_VIDEO_INFO_WIDTH (&self->info)
          || region[1] >= GST_VIDEO_INFO_HEIGHT (&self->info)))
    return "The region lies outside the frame: nothing is recognised. Set "
        "region to a part of the frame.";
  return NULL;
}

GstFlowReturn
frame_sampler_sample (FrameSampler * self, Recognition * run,
    GstBuffer * buffer,
    const GstKakaoOcrFrameSettings * settings,
    gboolean forced, GstClockTime * running_time, KocrRequest ** request)
{
  SampleContext context;
  gboolean shown = locate (self, buffer, &context);
  gboolean due = shown && is_due (self, buffer, &context, settings);
  const gchar *obstacle;

  context.forced = forced;
  *running_time = context.running_time;
  if (!due && !(forced && shown && settings->active))
    return GST_FLOW_OK;

  obstacle = find_obstacle (self, settings);
  if (obstacle)
    recognition_take_unreadable (run, GST_BUFFER_PTS (buffer), obstacle,
        request);
  if (obstacle || !self->readable)
    return GST_FLOW_OK;

  switch (recognition_sample (run, buffer, &context, settings, request)) {
    case KOCR_FLUSHING:
      return GST_FLOW_FLUSHING;
    case KOCR_BUSY:
      if (kocr_sampler_miss (&self->sampler, settings->interval))
        recognition_count_skipped (run);
      break;
    case KOCR_RESERVED:
      kocr_sampler_take (&self->sampler);
      break;
  }
  return GST_FLOW_OK;
}
