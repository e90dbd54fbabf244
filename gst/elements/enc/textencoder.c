/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "enc/textencoder.h"

#include <string.h>

#include "common/category.h"
#include "common/resulthistory.h"
#include "enc/textfilter.h"
#include "enc/trackcollector.h"
#include "enc/wallclock.h"
#include "subtitles/format.h"
#include "subtitles/timeline.h"

#define GST_CAT_DEFAULT KOCR_CATEGORY_ENC

/* A muxer that did not wait for a text writes it up to its length late, and
 * matroska counts a block's time from that of its cluster in 16 bits of
 * milliseconds: 32.7 s. */
#define MAX_STREAM_CUE (30 * GST_SECOND)

/* A file is written in the order of its texts' starts, so one that never goes
 * would keep back all after it. Where nobody reads along that may take long. */
#define MAX_FILE_CUE (3600 * GST_SECOND)

/* Places in a file are told in pixels of some picture. */
#define DEFAULT_WIDTH 1280
#define DEFAULT_HEIGHT 720

struct _KocrTextEncoder
{
  GstElement *element;
  KocrSparseStream *out;
  const KocrFrameTimes *times;

  gboolean live;
  gint width, height;           /* of frames */
  const KocrSubtitleFormat *format; /* NULL: NDJSON */
  gboolean begun;               /* the header is out */
  guint n_cues;                 /* written since then */

  KocrResultHistory *history;
  KocrTrackCollector *collector;
  KocrCueTimeline *timeline;
};

KocrTextEncoder *
kocr_text_encoder_new (GstElement * element, KocrSparseStream * out,
    const KocrFrameTimes * times)
{
  KocrTextEncoder *self = g_new0 (KocrTextEncoder, 1);

  self->element = element;
  self->out = out;
  self->times = times;
  self->history = kocr_result_history_new ();
  self->collector = kocr_track_collector_new ();
  self->timeline = kocr_cue_timeline_new ();
  return self;
}

void
kocr_text_encoder_free (KocrTextEncoder * self)
{
  kocr_result_history_free (self->history);
  kocr_track_collector_free (self->collector);
  kocr_cue_timeline_free (self->timeline);
  g_free (self);
}

void
kocr_text_encoder_clear (KocrTextEncoder * self)
{
  kocr_result_history_clear (self->history);
  kocr_track_collector_clear (self->collector);
  kocr_cue_timeline_clear (self->timeline);
  self->begun = FALSE;
  self->n_cues = 0;
}

void
kocr_text_encoder_set_live (KocrTextEncoder * self, gboolean live)
{
  self->live = live;
}

gboolean
kocr_text_encoder_is_live (const KocrTextEncoder * self)
{
  return self->live;
}

static gboolean
writes_results (const KocrTextEncoder * self, const KocrEncSettings * settings)
{
  return !self->format && settings->granularity == KOCR_ENC_GRANULARITY_RESULT;
}

gboolean
kocr_text_encoder_writes_results (const KocrTextEncoder * self,
    const KocrEncSettings * settings)
{
  return writes_results (self, settings);
}

void
kocr_text_encoder_set_frame_size (
    KocrTextEncoder *self, gint width, gint height)
{
  self->width = width > 0 ? width : DEFAULT_WIDTH;
  self->height = height > 0 ? height : DEFAULT_HEIGHT;
}

void
kocr_text_encoder_set_media_type (
    KocrTextEncoder *self, const gchar *media_type)
{
  GST_DEBUG_OBJECT (self->element, "writes %s", media_type);
  self->format = kocr_subtitle_format_find (media_type);
  kocr_track_collector_set_upright (self->collector, self->format != NULL);
  self->begun = FALSE;
  self->n_cues = 0;
}

static GstBuffer *
wrap (gchar * text)
{
  return gst_buffer_new_wrapped (text, strlen (text));
}

/* Writes what stands before all text, once, when the stream has a segment. */
static GstFlowReturn
begin (KocrTextEncoder * self)
{
  GstBuffer *header;
  gchar *text;

  if (self->begun || !kocr_sparse_stream_has_segment (self->out))
    return GST_FLOW_OK;
  self->begun = TRUE;
  text = self->format ? kocr_subtitle_format_write_header (self->format,
      self->width, self->height) : NULL;
  if (!text)
    return GST_FLOW_OK;
  header = wrap (text);
  GST_BUFFER_FLAG_SET (header, GST_BUFFER_FLAG_HEADER);
  GST_BUFFER_DURATION (header) = 0;
  return kocr_sparse_stream_push (self->out, header);
}

/* --- Results --- */

static GstBuffer *
encode_result (KocrTextEncoder * self, const GstKakaoOcrMeta * meta,
    GstBuffer * frame, const KocrEncSettings * settings)
{
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_meta_dup_result (meta);
  GstClockTime pts = gst_kakao_ocr_result_get_pts (result);
  GstClockTime stream_time, running_time, utc = GST_CLOCK_TIME_NONE;
  g_autofree gchar *json = NULL;
  GstBuffer *buffer;

  if (!GST_CLOCK_TIME_IS_VALID (pts))
    pts = GST_BUFFER_PTS (frame);
  kocr_frame_times_tell (self->times, GST_BUFFER_PTS (frame), pts, &stream_time,
      &running_time);
  if (settings->absolute_time)
    utc = kocr_wall_clock_time (self->live ? self->element : NULL, frame, pts,
        running_time);
  json = gst_kakao_ocr_result_to_json_full (result, settings->source,
      stream_time, running_time, utc);
  buffer = wrap (g_strconcat (json, "\n", NULL));
  GST_BUFFER_PTS (buffer) = kocr_frame_times_to_pts (self->times,
      kocr_frame_times_find (self->times, GST_BUFFER_PTS (frame), pts));
  if (!GST_BUFFER_PTS_IS_VALID (buffer))
    GST_BUFFER_PTS (buffer) = GST_BUFFER_PTS (frame);
  GST_DEBUG_OBJECT (self->element,
      "%" GST_TIME_FORMAT ": result written, %u regions", GST_TIME_ARGS (pts),
      gst_kakao_ocr_result_get_n_regions (result));
  return buffer;
}

static GstFlowReturn
push_results (KocrTextEncoder * self, GstBuffer * frame,
    const KocrEncSettings * settings)
{
  g_autoptr (GPtrArray) metas
      = kocr_result_history_take_new (self->history, frame);
  GstFlowReturn flow = GST_FLOW_OK;

  for (guint i = 0; metas && i < metas->len && flow == GST_FLOW_OK; i++)
    flow = kocr_sparse_stream_push (self->out,
        encode_result (self, g_ptr_array_index (metas, i), frame, settings));
  return flow;
}

/* --- Tracks --- */

typedef struct
{
  KocrTextEncoder *encoder;
  const KocrEncSettings *settings;
  GstFlowReturn flow;
} TrackPush;

/* Whether @track is to be written. What an open one comes to is said when it is
 * over. */
static gboolean
admit (const KocrTextEncoder *self, GstKakaoOcrTextTrack *track,
    const KocrEncSettings *settings)
{
  const gchar *reason = kocr_text_filter_apply (settings, track);
  const gchar *said = reason;

  if (!said && self->format
      && kocr_cue_track_is_short (track, settings->min_duration))
    said = "it is shorter than min-duration";
  if (track->state != GST_KAKAO_OCR_TEXT_TRACK_OPEN)
    GST_DEBUG_OBJECT (self->element,
        "track %" G_GUINT64_FORMAT ", %" GST_TIME_FORMAT " to %" GST_TIME_FORMAT
        ": %s%s",
        track->id, GST_TIME_ARGS (track->start), GST_TIME_ARGS (track->end),
        said ? "left out: " : "written", said ? said : "");
  return !reason;
}

/* The time stamps of what is from start to end on the time line. */
static void
set_times (const KocrTextEncoder * self, GstBuffer * buffer, GstClockTime start,
    GstClockTime end)
{
  if (!GST_CLOCK_TIME_IS_VALID (start))
    return;
  GST_BUFFER_PTS (buffer) = kocr_frame_times_to_pts (self->times, start);
  GST_BUFFER_DURATION (buffer) = kocr_frame_times_to_pts (self->times, end)
      - GST_BUFFER_PTS (buffer);
}

static void
push_track (guint producer, GstKakaoOcrTextTrack * taken, gpointer data)
{
  g_autoptr (GstKakaoOcrTextTrack) track = taken;
  TrackPush *push = data;
  KocrTextEncoder *self = push->encoder;
  g_autofree gchar *json = NULL;
  GstBuffer *buffer;

  if (push->flow != GST_FLOW_OK || !admit (self, track, push->settings))
    return;
  json = gst_kakao_ocr_text_track_to_json (track, push->settings->source);
  buffer = wrap (g_strconcat (json, "\n", NULL));
  set_times (self, buffer, track->start, track->end);
  push->flow = kocr_sparse_stream_push (self->out, buffer);
}

static GstFlowReturn
push_tracks (KocrTextEncoder * self, const KocrEncSettings * settings)
{
  TrackPush push = { self, settings, GST_FLOW_OK };

  kocr_track_collector_take_finished (self->collector, push_track, &push);
  return push.flow;
}

/* --- Cues --- */

static GstFlowReturn
push_cue (KocrTextEncoder *self, const KocrSubtitleCue *cue,
    const KocrEncSettings *settings)
{
  const KocrSubtitleSetting setting = { self->n_cues + 1,
    settings->cue_positions, self->width, self->height };
  GstBuffer *buffer;
  gchar *text;

  text = kocr_subtitle_format_write (self->format, cue, &setting);
  if (!text)
    return GST_FLOW_OK;
  self->n_cues++;
  GST_DEBUG_OBJECT (self->element,
      "cue %u, %" GST_TIME_FORMAT " to %" GST_TIME_FORMAT ": written, %u lines",
      self->n_cues, GST_TIME_ARGS (cue->start), GST_TIME_ARGS (cue->end),
      g_strv_length (cue->lines));
  buffer = wrap (text);
  set_times (self, buffer, cue->start, cue->end);
  return kocr_sparse_stream_push (self->out, buffer);
}

static GstClockTime
get_max_duration (const KocrTextEncoder *self, const KocrEncSettings *settings)
{
  if (self->format->is_file && !self->live)
    return MAX_FILE_CUE;
  if (settings->max_duration == 0)
    return MAX_STREAM_CUE;
  return MIN (settings->max_duration, MAX_STREAM_CUE);
}

typedef struct
{
  KocrTextEncoder *encoder;
  const KocrEncSettings *settings;
} CueIntake;

static KocrSubtitleCue *
pop_cue (KocrTextEncoder * self, const KocrEncSettings * settings)
{
  const KocrCueLimits limits = { settings->min_duration,
    get_max_duration (self, settings), settings->exclude_static
  };

  return self->format->is_file ? kocr_cue_timeline_pop (self->timeline, &limits)
      : kocr_cue_timeline_pop_screen (self->timeline, &limits);
}

/* What is left out after it was on the timeline goes from there as a misreading
 * does. */
static void
put_on_timeline (guint producer, GstKakaoOcrTextTrack * track, gpointer data)
{
  const CueIntake *intake = data;

  if (admit (intake->encoder, track, intake->settings))
    kocr_cue_timeline_take (intake->encoder->timeline, producer, track);
  else
    gst_kakao_ocr_text_track_free (track);
}

static GstFlowReturn
push_cues (KocrTextEncoder * self, const KocrEncSettings * settings)
{
  CueIntake intake = { self, settings };
  GstFlowReturn flow = GST_FLOW_OK;

  kocr_track_collector_take_finished (self->collector, put_on_timeline, &intake);
  kocr_track_collector_foreach_open (self->collector, put_on_timeline, &intake);
  kocr_cue_timeline_drop_stale (self->timeline);
  while (flow == GST_FLOW_OK) {
    g_autoptr (KocrSubtitleCue) cue = pop_cue (self, settings);

    if (!cue)
      break;
    flow = push_cue (self, cue, settings);
  }
  return flow;
}

/* --- Frames --- */

static GstFlowReturn
push_what_is_known (KocrTextEncoder * self, const KocrEncSettings * settings)
{
  return self->format ? push_cues (self, settings)
      : push_tracks (self, settings);
}

GstFlowReturn
kocr_text_encoder_take (KocrTextEncoder * self, GstBuffer * frame,
    const KocrEncSettings * settings)
{
  GstFlowReturn flow = begin (self);

  if (flow != GST_FLOW_OK)
    return flow;
  if (writes_results (self, settings))
    return push_results (self, frame, settings);
  /* Backwards nothing comes or goes as it does when it is seen. */
  if (kocr_frame_times_get_segment (self->times)->rate < 0
      || !kocr_track_collector_look (self->collector, frame, self->times))
    return GST_FLOW_OK;
  return push_what_is_known (self, settings);
}

GstFlowReturn
kocr_text_encoder_end_segment (
    KocrTextEncoder *self, const KocrEncSettings *settings)
{
  if (self->format && !self->format->is_file)
    return kocr_text_encoder_finish (self, self->times->end, settings);
  kocr_track_collector_pause (self->collector, self->times->end);
  return GST_FLOW_OK;
}

GstFlowReturn
kocr_text_encoder_finish (KocrTextEncoder * self, GstClockTime end,
    const KocrEncSettings * settings)
{
  GstFlowReturn flow = begin (self);

  if (flow != GST_FLOW_OK || writes_results (self, settings))
    return flow;
  kocr_track_collector_finish (self->collector, end);
  return push_what_is_known (self, settings);
}

void
kocr_text_encoder_break (KocrTextEncoder * self)
{
  kocr_track_collector_break (self->collector);
  kocr_cue_timeline_clear (self->timeline);
}

GstClockTime
kocr_text_encoder_get_pending (const KocrTextEncoder * self)
{
  return kocr_cue_timeline_get_start (self->timeline);
}
