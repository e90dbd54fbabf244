/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "index/videoreader.h"

#include <gst/app/app.h>
#include <gst/kakaoocr/kakaoocr.h>
#include <string.h>

#include "media/mediapipeline.h"

#define READER "videoconvert name=video ! videoflip video-direction=auto ! " \
    "kakaoocr name=ocr timing=exact interval=500 post-messages=false ! "
#define TRACKS "queue ! kakaoocrenc granularity=track ! " \
    "application/x-ndjson ! appsink name=tracks async=false sync=false"
#define CROPS "queue ! kakaoocrcrop ! videoconvert ! jpegenc quality=80 ! " \
    "appsink name=crops async=false sync=false"

/* How often it is looked whether it was stopped. */
#define LOOK (200 * GST_MSECOND)
/* A file that ends so much before the end that it tells of was cut off. */
#define MISSING_PART 0.1
#define MISSING_LEAST GST_SECOND
/* Frames of one time after which nobody waits for the next: GStreamer's GIF
 * decoder repeats an animation for ever, all of it at 0. */
#define STANDSTILL 1000
/* A pipeline that tells nothing and does not move for longer than the element
 * waits for its service is one that hangs. */
#define PATIENCE (420 * G_TIME_SPAN_SECOND)

typedef struct
{
  VideoRecord *video;
  GstElement *pipeline;
  GstClockTime last;            /* streaming thread */
  guint n_same;                 /* streaming thread: frames of that time */
  GstKakaoOcrResult *result;    /* streaming thread: of the frame before */
  gint stands;                  /* atomic: its time does not go on */
  GMutex lock;
  guint n_ended;                /* lock: sinks that have it all */
  guint n_sinks;
  GstClockTime reached; /* lock */
} Reader;

static GstFlowReturn
on_track (GstAppSink * sink, gpointer data)
{
  Reader *self = data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstMapInfo map;

  if (sample && gst_buffer_map (gst_sample_get_buffer (sample), &map,
          GST_MAP_READ)) {
    g_mutex_lock (&self->lock);
    video_record_add_track_line (self->video, (const gchar *) map.data,
        map.size);
    g_mutex_unlock (&self->lock);
    gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
  }
  return GST_FLOW_OK;
}

static GstFlowReturn
on_crop (GstAppSink * sink, gpointer data)
{
  Reader *self = data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstBuffer *buffer = sample ? gst_sample_get_buffer (sample) : NULL;
  GstKakaoOcrMeta *meta = buffer ? gst_buffer_get_kakao_ocr_meta (buffer) :
      NULL;
  GstMapInfo map;

  if (meta && gst_buffer_map (buffer, &map, GST_MAP_READ)) {
    g_autoptr (GBytes) crop = g_bytes_new (map.data, map.size);

    g_mutex_lock (&self->lock);
    video_record_add_crop (self->video,
        gst_kakao_ocr_meta_get_track (meta, 0), crop);
    g_mutex_unlock (&self->lock);
    gst_buffer_unmap (buffer, &map);
  }
  return GST_FLOW_OK;
}

/* The end is counted where it arrives: a pipeline whose file ends while it
 * still changes its state does not always tell of it. */
static void
on_eos (GstAppSink * sink, gpointer data)
{
  Reader *self = data;
  GstStructure *done = gst_structure_new_empty ("kakaoocr-index-end");
  gboolean last;

  g_mutex_lock (&self->lock);
  last = ++self->n_ended == self->n_sinks;
  g_mutex_unlock (&self->lock);
  if (last)
    gst_element_post_message (self->pipeline,
        gst_message_new_application (GST_OBJECT (self->pipeline), done));
  else
    gst_structure_free (done);
}

static void
listen (Reader * self, const gchar * name,
    GstFlowReturn (*on_sample) (GstAppSink * sink, gpointer data))
{
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (self->pipeline),
      name);
  GstAppSinkCallbacks callbacks = { .eos = on_eos, .new_sample = on_sample };

  if (!sink)
    return;
  self->n_sinks++;
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, self, NULL);
}

static void
note_end (Reader *self, GstBuffer *buffer)
{
  GstClockTime end = GST_BUFFER_PTS (buffer);

  if (!GST_CLOCK_TIME_IS_VALID (end))
    return;
  if (GST_BUFFER_DURATION_IS_VALID (buffer))
    end += GST_BUFFER_DURATION (buffer);
  g_mutex_lock (&self->lock);
  self->reached = MAX (self->reached, end);
  g_mutex_unlock (&self->lock);
}

static GstPadProbeReturn
note_frame (GstPad * pad, GstPadProbeInfo * info, gpointer data)
{
  Reader *self = data;
  GstBuffer *frame = GST_PAD_PROBE_INFO_BUFFER (info);
  GstClockTime time = GST_BUFFER_PTS (frame);

  self->n_same = time == self->last ? self->n_same + 1 : 0;
  self->last = time;
  if (self->n_same >= STANDSTILL)
    g_atomic_int_set (&self->stands, TRUE);
  note_end (self, frame);
  return GST_PAD_PROBE_OK;
}

/* Where texts are, as long as it is not known which of them move. */

static GstClockTime
get_running_time (GstPad *pad, GstBuffer *frame)
{
  g_autoptr (GstEvent) event
      = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment;

  if (!event)
    return GST_CLOCK_TIME_NONE;
  gst_event_parse_segment (event, &segment);
  return gst_segment_to_running_time (
      segment, GST_FORMAT_TIME, GST_BUFFER_PTS (frame));
}

/* A line is read as words, the first of which has its left side and the last
 * its right one. */
static void
note_regions (
    VideoRecord *video, const GstKakaoOcrMeta *meta, GstClockTime time)
{
  guint n = gst_kakao_ocr_result_get_n_regions (meta->result);

  for (guint i = 0; i < n;) {
    guint64 track = gst_kakao_ocr_meta_get_track (meta, i);
    gdouble box[GST_KAKAO_OCR_BOX_LEN], last[GST_KAKAO_OCR_BOX_LEN];
    gboolean seen = gst_kakao_ocr_meta_get_box (meta, i, box);

    for (i++; i < n && gst_kakao_ocr_meta_get_track (meta, i) == track; i++) {
      seen = gst_kakao_ocr_meta_get_box (meta, i, last) && seen;
      memcpy (box + 2, last + 2, 4 * sizeof (gdouble));
    }
    if (seen && track > 0)
      video_record_add_place (video, track, time, box);
  }
}

static GstPadProbeReturn
note_places (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Reader *self = data;
  GstBuffer *frame = GST_PAD_PROBE_INFO_BUFFER (info);
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (frame);
  GstClockTime time;

  /* Frames in between have the boxes of those that were read. */
  if (!meta || meta->result == self->result
      || gst_kakao_ocr_result_get_pts (meta->result) != GST_BUFFER_PTS (frame))
    return GST_PAD_PROBE_OK;
  g_clear_pointer (&self->result, gst_kakao_ocr_result_unref);
  self->result = gst_kakao_ocr_result_ref (meta->result);
  time = get_running_time (pad, frame);
  if (!GST_CLOCK_TIME_IS_VALID (time))
    return GST_PAD_PROBE_OK;
  g_mutex_lock (&self->lock);
  note_regions (self->video, meta, time);
  g_mutex_unlock (&self->lock);
  return GST_PAD_PROBE_OK;
}

/* Key frames alone: what needs others is not given to the decoder.  The file is
 * whole all the same when it goes on to its end without one. */

static GstPadProbeReturn
drop_delta (GstPad * pad, GstPadProbeInfo * info, gpointer data)
{
  GstBuffer *frame = GST_PAD_PROBE_INFO_BUFFER (info);

  note_end (data, frame);
  return GST_BUFFER_FLAG_IS_SET (frame, GST_BUFFER_FLAG_DELTA_UNIT)
             ? GST_PAD_PROBE_DROP
             : GST_PAD_PROBE_OK;
}

static void
on_element_added (GstBin * bin, GstBin * parent, GstElement * element,
    gpointer data)
{
  GstElementFactory *factory = gst_element_get_factory (element);
  g_autoptr (GstPad) pad = NULL;

  if (!factory || !gst_element_factory_list_is_type (factory,
          GST_ELEMENT_FACTORY_TYPE_DECODER |
          GST_ELEMENT_FACTORY_TYPE_MEDIA_VIDEO))
    return;
  pad = gst_element_get_static_pad (element, "sink");
  if (pad)
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, drop_delta, data, NULL);
}

/* The pipeline. */

static gboolean
create (Reader * self, const VideoReaderSettings * settings, GError ** error)
{
  g_autoptr (GstElement) ocr = NULL;
  g_autoptr (GstElement) streams = NULL;
  g_autoptr (GstPad) pad = NULL;
  g_autoptr (GstCaps) caps = gst_caps_from_string ("video/x-raw(ANY)");

  self->pipeline = media_pipeline_new (self->video->path, settings->crops ?
      READER "tee name=t t. ! " TRACKS " t. ! " CROPS : READER TRACKS,
      MEDIA_DECODED, error);
  if (!self->pipeline)
    return FALSE;
  /* Sound is not decoded for nothing. */
  streams = gst_bin_get_by_name (GST_BIN (self->pipeline), "streams");
  g_object_set (streams, "caps", caps, "expose-all-streams", FALSE, NULL);
  if (settings->keyframes)
    g_signal_connect (self->pipeline, "deep-element-added",
        G_CALLBACK (on_element_added), self);
  ocr = gst_bin_get_by_name (GST_BIN (self->pipeline), "ocr");
  if (!ocr_options_apply (settings->options, ocr, error))
    return FALSE;
  pad = gst_element_get_static_pad (ocr, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, note_frame, self, NULL);
  gst_object_unref (pad);
  pad = gst_element_get_static_pad (ocr, "src");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, note_places, self, NULL);
  listen (self, "tracks", on_track);
  listen (self, "crops", on_crop);
  return TRUE;
}

static void
note_orientation (VideoRecord * video, GstMessage * message)
{
  GstTagList *tags;
  gchar *orientation;

  gst_message_parse_tag (message, &tags);
  if (gst_tag_list_get_string (tags, GST_TAG_IMAGE_ORIENTATION, &orientation)) {
    g_free (video->orientation);
    video->orientation = orientation;
  }
  gst_tag_list_unref (tags);
}

static void
note_shape (Reader * self)
{
  g_autoptr (GstElement) ocr = gst_bin_get_by_name (GST_BIN (self->pipeline),
      "ocr");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (ocr, "src");
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  gint64 duration;

  if (caps) {
    const GstStructure *structure = gst_caps_get_structure (caps, 0);

    gst_structure_get_int (structure, "width", &self->video->width);
    gst_structure_get_int (structure, "height", &self->video->height);
  }
  if (gst_element_query_duration (self->pipeline, GST_FORMAT_TIME, &duration)
      && duration >= 0)
    self->video->duration = duration;
}

static void
note_cost (Reader * self, ReadingCost * cost)
{
  g_autoptr (GstElement) ocr = gst_bin_get_by_name (GST_BIN (self->pipeline),
      "ocr");
  GstStructure *stats;

  g_object_get (ocr, "stats", &stats, NULL);
  *cost = (ReadingCost) { 0 };
  gst_structure_get (stats, "sampled", G_TYPE_UINT64, &cost->samples,
      "submitted", G_TYPE_UINT64, &cost->requests,
      "bytes-sent", G_TYPE_UINT64, &cost->bytes, NULL);
  gst_structure_free (stats);
}

/* Demuxers end a file that was cut off as one that ends. */
static void
check_end (Reader * self)
{
  VideoRecord *video = self->video;

  if (video->state != VIDEO_INDEXED
      || !GST_CLOCK_TIME_IS_VALID (video->duration)
      || video->duration <= self->reached + MISSING_LEAST
      || video->duration * (1.0 - MISSING_PART) <= self->reached)
    return;
  video->state = VIDEO_BROKEN;
  video->error = g_strdup_printf ("its picture ends after %.1f of %.1f s",
      self->reached / 1e9, video->duration / 1e9);
}

/* Whether another try may find it otherwise: what is missing on this machine,
 * what may not be opened. */
static gboolean
may_pass (const GError * error)
{
  return error->domain == GST_RESOURCE_ERROR || error->domain == GST_CORE_ERROR
      || g_error_matches (error, GST_STREAM_ERROR,
      GST_STREAM_ERROR_CODEC_NOT_FOUND);
}

static ReadingResult
take_error (Reader * self, GstMessage * message)
{
  g_autoptr (GError) error = NULL;
  const gchar *type = G_OBJECT_TYPE_NAME (GST_MESSAGE_SRC (message));
  gboolean lasting;

  gst_message_parse_error (message, &error, NULL);
  g_free (self->video->error);
  self->video->error =
      media_pipeline_describe_error (self->pipeline, error, &lasting);
  self->video->state = may_pass (error) && !lasting ? VIDEO_FAILED :
      VIDEO_BROKEN;
  if (!g_str_equal (type, "GstKakaoOcr"))
    return READING_DONE;
  self->video->state = VIDEO_FAILED;
  return READING_NO_SERVICE;
}

static gboolean
has_hung (Reader * self, gint64 * position, gint64 * moved)
{
  gint64 now = g_get_monotonic_time (), at;

  if (gst_element_query_position (self->pipeline, GST_FORMAT_TIME, &at)
      && at != *position) {
    *position = at;
    *moved = now;
  }
  return now - *moved > PATIENCE;
}

static ReadingResult
wait_for_end (Reader * self, GCancellable * cancellable)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  gint64 position = -1, moved = g_get_monotonic_time ();

  while (!g_cancellable_is_cancelled (cancellable)) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus, LOOK,
        GST_MESSAGE_APPLICATION | GST_MESSAGE_ERROR | GST_MESSAGE_TAG);

    if (g_atomic_int_get (&self->stands)) {
      self->video->state = VIDEO_BROKEN;
      self->video->error = g_strdup ("its pictures have no times: put it into "
          "another container, as `ffmpeg -i FILE out.mkv` does");
      return READING_DONE;
    }
    if (!message && has_hung (self, &position, &moved)) {
      self->video->state = VIDEO_FAILED;
      self->video->error = g_strdup ("nothing came of it any more");
      return READING_DONE;
    }
    if (!message)
      continue;
    if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_TAG)
      note_orientation (self->video, message);
    else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
      return take_error (self, message);
    else
      return READING_DONE;
  }
  return READING_STOPPED;
}

ReadingResult
video_reader_read (const VideoReaderSettings * settings, VideoRecord * video,
    ReadingCost * cost, GCancellable * cancellable)
{
  Reader self = { .video = video, .last = GST_CLOCK_TIME_NONE - 1 };
  g_autoptr (GError) error = NULL;
  ReadingResult result = READING_DONE;

  g_mutex_init (&self.lock);
  video->state = VIDEO_INDEXED;
  if (create (&self, settings, &error)) {
    gst_element_set_state (self.pipeline, GST_STATE_PLAYING);
    result = wait_for_end (&self, cancellable);
    note_shape (&self);
    if (cost)
      note_cost (&self, cost);
    gst_element_set_state (self.pipeline, GST_STATE_NULL);
    if (result == READING_DONE)
      check_end (&self);
  } else {
    video->state = VIDEO_FAILED;
    video->error = g_strdup (error->message);
  }
  gst_clear_object (&self.pipeline);
  g_clear_pointer (&self.result, gst_kakao_ocr_result_unref);
  g_mutex_clear (&self.lock);
  video_record_finish (video);
  video->indexed = g_get_real_time () * 1000;
  return result;
}

gboolean
video_reader_check (const VideoReaderSettings * settings, GError ** error)
{
  g_autoptr (GstElement) ocr = gst_element_factory_make ("kakaoocr", NULL);

  if (!ocr) {
    g_set_error_literal (error, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN,
        "GStreamer finds no element kakaoocr: is its plugin installed, or "
        "GST_PLUGIN_PATH set?");
    return FALSE;
  }
  return ocr_options_apply (settings->options, ocr, error);
}
