/* SPDX-License-Identifier: LGPL-2.1-or-later */

/**
 * SECTION:element-kakaoocrenc
 * @title: kakaoocrenc
 * @short_description: recognised text as NDJSON
 *
 * Turns the text that #kakaoocr recognised into a stream of its own. Frames
 * come in and are only looked at, never mapped or passed on; out goes one
 * buffer for each *new* result, however many frames carry it.
 *
 * `application/x-ndjson` is one line of JSON a result, as
 * gst_kakao_ocr_result_to_json_full() describes it: when and where each text
 * was seen, with the boxes as they are on the frame that brought the result.
 * #kakaoocrenc:source names the video in each line, and with
 * #kakaoocrenc:absolute-time each line has the time of day: that of the
 * camera, where the frame has a #GstReferenceTimestampMeta
 * (`timestamp/x-unix`, `timestamp/x-ntp`), else this machine's, by the
 * pipeline's clock.
 *
 * A buffer's PTS is that of the frame that was recognised, which with
 * `kakaoocr timing=latest` lies a little behind the video; its duration is
 * unknown. Between buffers GAP events follow the video, and the stream is
 * flagged sparse, so that no muxer and no preroll waits for text that may not
 * come. A video without any text makes an empty file.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 videotestsrc num-buffers=90 ! textoverlay text="Hello 42" font-desc="Sans 48" ! kakaoocr ! kakaoocrenc source=test ! filesink location=text.jsonl
 * ]| Recognises the text of a test picture and writes it into a file.
 */

#include "elements.h"
#include "gstkakaoocrenc.h"
#include "resulthistory.h"

#include <gst/video/video.h>
#include <string.h>

GST_DEBUG_CATEGORY_STATIC (kakaoocrenc_debug);
#define GST_CAT_DEFAULT kakaoocrenc_debug

/* From 1900-01-01, where NTP counts from, to 1970-01-01. */
#define NTP_TO_UNIX (G_GUINT64_CONSTANT (2208988800) * GST_SECOND)

enum
{
  PROP_SOURCE = 1,
  PROP_ABSOLUTE_TIME,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

typedef struct
{
  gchar *source;
  gboolean absolute_time;
} Settings;

struct _GstKakaoOcrEnc
{
  GstElement parent;

  GstPad *sinkpad;
  GstPad *srcpad;

  /* object lock */
  Settings settings;

  /* stream lock */
  GstSegment segment;           /* upstream's, whatever its format */
  gboolean follows_segment;     /* that had frames, with no flush between */
  GstClockTime first_pts;       /* of a frame in segment; NONE until then */
  gboolean discont;             /* of the next buffer */
  ResultHistory *history;
};

/* *INDENT-OFF* */
static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink",
    GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS ("video/x-raw(ANY)"));
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS ("application/x-ndjson"));
/* *INDENT-ON* */

G_DEFINE_FINAL_TYPE (GstKakaoOcrEnc, gst_kakao_ocr_enc, GST_TYPE_ELEMENT);
GST_ELEMENT_REGISTER_DEFINE_WITH_CODE (kakaoocrenc, "kakaoocrenc",
    GST_RANK_NONE, GST_TYPE_KAKAO_OCR_ENC,
    GST_DEBUG_CATEGORY_INIT (kakaoocrenc_debug, "kakaoocrenc", 0,
        "recognised text as a stream"));

/* --- Times --- */

static GstClockTime
reference_time (GstBuffer * buffer, const gchar * media_type)
{
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple (media_type);
  GstReferenceTimestampMeta *meta =
      gst_buffer_get_reference_timestamp_meta (buffer, caps);

  return meta ? meta->timestamp : GST_CLOCK_TIME_NONE;
}

/* When buffer's frame was taken, by the one who took it; since 1970. */
static GstClockTime
camera_time (GstBuffer * buffer)
{
  GstClockTime time = reference_time (buffer, "timestamp/x-unix");

  if (GST_CLOCK_TIME_IS_VALID (time))
    return time;
  time = reference_time (buffer, "timestamp/x-ntp");
  if (GST_CLOCK_TIME_IS_VALID (time) && time >= NTP_TO_UNIX)
    return time - NTP_TO_UNIX;
  return GST_CLOCK_TIME_NONE;
}

/* When the pipeline's clock is, or was, at running_time; since 1970. Unknown
 * while no clock runs, as during preroll. */
static GstClockTime
clock_time (GstKakaoOcrEnc * self, GstClockTime running_time)
{
  g_autoptr (GstClock) clock = gst_element_get_clock (GST_ELEMENT (self));
  GstClockTime base_time = gst_element_get_base_time (GST_ELEMENT (self));
  GstClockTime now = (GstClockTime) g_get_real_time () * GST_USECOND;

  if (!clock || !GST_CLOCK_TIME_IS_VALID (base_time)
      || !GST_CLOCK_TIME_IS_VALID (running_time))
    return GST_CLOCK_TIME_NONE;
  return now + (base_time + running_time) - gst_clock_get_time (clock);
}

static GstClockTime
utc_time (GstKakaoOcrEnc * self, GstBuffer * buffer, GstClockTime pts,
    GstClockTime running_time)
{
  GstClockTime frame_time = camera_time (buffer);

  /* The frame's time, taken back to that of the frame that was recognised. */
  if (GST_CLOCK_TIME_IS_VALID (frame_time)
      && GST_BUFFER_PTS_IS_VALID (buffer))
    return frame_time + pts - GST_BUFFER_PTS (buffer);
  return clock_time (self, running_time);
}

/* Whether pts belongs to the segment that buffer is in. After a segment that
 * followed another without a flush a result may still stem from the one
 * before: then it lies outside what was seen of this one. */
static gboolean
is_of_segment (GstKakaoOcrEnc * self, GstBuffer * buffer, GstClockTime pts)
{
  GstClockTime now = GST_BUFFER_PTS (buffer);

  if (self->segment.format != GST_FORMAT_TIME || !GST_CLOCK_TIME_IS_VALID (pts))
    return FALSE;
  if (!self->follows_segment)
    return TRUE;
  return GST_CLOCK_TIME_IS_VALID (now)
      && pts >= MIN (self->first_pts, now)
      && pts <= MAX (self->first_pts, now);
}

/* --- Data --- */

static GstBuffer *
encode_result (GstKakaoOcrEnc * self, const GstKakaoOcrMeta * meta,
    GstBuffer * frame, const Settings * settings)
{
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_meta_dup_result (meta);
  GstClockTime pts = gst_kakao_ocr_result_get_pts (result);
  GstClockTime stream_time = GST_CLOCK_TIME_NONE;
  GstClockTime running_time = GST_CLOCK_TIME_NONE;
  GstClockTime utc = GST_CLOCK_TIME_NONE;
  g_autofree gchar *json = NULL;
  GstBuffer *buffer;
  gchar *line;

  if (is_of_segment (self, frame, pts)) {
    stream_time = gst_segment_to_stream_time (&self->segment, GST_FORMAT_TIME,
        pts);
    running_time = gst_segment_to_running_time (&self->segment,
        GST_FORMAT_TIME, pts);
  }
  if (settings->absolute_time)
    utc = utc_time (self, frame, pts, running_time);
  json = gst_kakao_ocr_result_to_json_full (result, settings->source,
      stream_time, running_time, utc);
  line = g_strconcat (json, "\n", NULL);
  buffer = gst_buffer_new_wrapped (line, strlen (line));
  GST_BUFFER_PTS (buffer) = GST_CLOCK_TIME_IS_VALID (running_time) ? pts :
      GST_BUFFER_PTS (frame);
  if (self->discont) {
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
    self->discont = FALSE;
  }
  return buffer;
}

static GstFlowReturn
push_results (GstKakaoOcrEnc * self, GstBuffer * frame)
{
  g_autoptr (GPtrArray) metas = NULL;
  GstFlowReturn flow = GST_FLOW_OK;
  Settings settings;

  metas = result_history_take_new (self->history, frame);
  if (!metas)
    return GST_FLOW_OK;
  GST_OBJECT_LOCK (self);
  settings = self->settings;
  settings.source = g_strdup (settings.source);
  GST_OBJECT_UNLOCK (self);
  for (guint i = 0; i < metas->len && flow == GST_FLOW_OK; i++)
    flow = gst_pad_push (self->srcpad,
        encode_result (self, g_ptr_array_index (metas, i), frame, &settings));
  g_free (settings.source);
  return flow;
}

/* Takes the first form of those that downstream takes. */
static gboolean
negotiate (GstKakaoOcrEnc * self)
{
  g_autoptr (GstCaps) current = gst_pad_get_current_caps (self->srcpad);
  g_autoptr (GstCaps) caps = gst_pad_get_allowed_caps (self->srcpad);

  if (!caps)
    caps = gst_pad_get_pad_template_caps (self->srcpad);
  if (gst_caps_is_empty (caps))
    return FALSE;
  caps = gst_caps_fixate (g_steal_pointer (&caps));
  if (current && gst_caps_is_equal (caps, current))
    return TRUE;
  return gst_pad_set_caps (self->srcpad, caps);
}

static GstFlowReturn
gst_kakao_ocr_enc_chain (GstPad * pad, GstObject * parent, GstBuffer * frame)
{
  GstKakaoOcrEnc *self = GST_KAKAO_OCR_ENC (parent);
  GstFlowReturn flow;

  if (!gst_pad_has_current_caps (pad)
      || (gst_pad_check_reconfigure (self->srcpad) && !negotiate (self))) {
    gst_buffer_unref (frame);
    return GST_FLOW_NOT_NEGOTIATED;
  }
  if (!GST_CLOCK_TIME_IS_VALID (self->first_pts))
    self->first_pts = GST_BUFFER_PTS (frame);
  flow = push_results (self, frame);
  if (flow == GST_FLOW_OK && GST_BUFFER_PTS_IS_VALID (frame))
    gst_pad_push_event (self->srcpad,
        gst_event_new_gap (GST_BUFFER_PTS (frame),
            GST_BUFFER_DURATION (frame)));
  gst_buffer_unref (frame);
  return flow;
}

/* --- Events and queries --- */

static void
reset (GstKakaoOcrEnc * self)
{
  gst_segment_init (&self->segment, GST_FORMAT_UNDEFINED);
  self->follows_segment = FALSE;
  self->first_pts = GST_CLOCK_TIME_NONE;
  self->discont = TRUE;
  result_history_clear (self->history);
}

static gboolean
forward_stream_start (GstKakaoOcrEnc * self, GstEvent * event)
{
  g_autoptr (GstStream) stream = NULL;
  const gchar *id;

  gst_event_parse_stream_start (event, &id);
  stream = gst_stream_new (id, NULL, GST_STREAM_TYPE_TEXT,
      GST_STREAM_FLAG_SPARSE);
  event = gst_event_make_writable (event);
  gst_event_set_stream (event, stream);
  gst_event_set_stream_flags (event, GST_STREAM_FLAG_SPARSE);
  return gst_pad_push_event (self->srcpad, event);
}

/* Goes out with a first GAP, so that a sink prerolls at once. */
static gboolean
forward_segment (GstKakaoOcrEnc * self, GstEvent * event)
{
  GstClockTime start;
  GstSegment segment;
  GstEvent *out;

  gst_event_copy_segment (event, &self->segment);
  self->follows_segment |= GST_CLOCK_TIME_IS_VALID (self->first_pts);
  self->first_pts = GST_CLOCK_TIME_NONE;
  segment = self->segment;
  /* Frames that are not in time still make lines; they only have no times. */
  if (segment.format != GST_FORMAT_TIME)
    gst_segment_init (&segment, GST_FORMAT_TIME);
  start = segment.start;
  out = gst_event_new_segment (&segment);
  gst_event_set_seqnum (out, gst_event_get_seqnum (event));
  gst_event_unref (event);
  if (!gst_pad_push_event (self->srcpad, out))
    return FALSE;
  if (segment.rate < 0 && GST_CLOCK_TIME_IS_VALID (segment.stop))
    start = segment.stop;
  gst_pad_push_event (self->srcpad, gst_event_new_gap (start, 0));
  return TRUE;
}

static gboolean
gst_kakao_ocr_enc_sink_event (GstPad * pad, GstObject * parent,
    GstEvent * event)
{
  GstKakaoOcrEnc *self = GST_KAKAO_OCR_ENC (parent);
  GstTagList *tags;

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_STREAM_START:
      return forward_stream_start (self, event);
    case GST_EVENT_CAPS:
      gst_event_unref (event);
      return negotiate (self);
    case GST_EVENT_SEGMENT:
      return forward_segment (self, event);
    case GST_EVENT_FLUSH_STOP:
      reset (self);
      break;
    case GST_EVENT_TAG:
      /* Those of the stream tell of the video: its codec, its bitrate. */
      gst_event_parse_tag (event, &tags);
      if (gst_tag_list_get_scope (tags) == GST_TAG_SCOPE_STREAM) {
        gst_event_unref (event);
        return TRUE;
      }
      break;
    default:
      break;
  }
  return gst_pad_event_default (pad, parent, event);
}

static gboolean
gst_kakao_ocr_enc_src_event (GstPad * pad, GstObject * parent, GstEvent * event)
{
  /* Concerns the form of the text, not the video. */
  if (GST_EVENT_TYPE (event) == GST_EVENT_RECONFIGURE) {
    gst_event_unref (event);
    return TRUE;
  }
  return gst_pad_event_default (pad, parent, event);
}

static gboolean
gst_kakao_ocr_enc_sink_query (GstPad * pad, GstObject * parent,
    GstQuery * query)
{
  if (GST_QUERY_TYPE (query) == GST_QUERY_ALLOCATION) {
    /* Frames are not mapped: any layout and any crop will do. */
    gst_query_add_allocation_meta (query, GST_VIDEO_META_API_TYPE, NULL);
    gst_query_add_allocation_meta (query, GST_VIDEO_CROP_META_API_TYPE, NULL);
    return TRUE;
  }
  return gst_pad_query_default (pad, parent, query);
}

static GstStateChangeReturn
gst_kakao_ocr_enc_change_state (GstElement * element, GstStateChange transition)
{
  GstKakaoOcrEnc *self = GST_KAKAO_OCR_ENC (element);
  GstStateChangeReturn ret;

  ret = GST_ELEMENT_CLASS (gst_kakao_ocr_enc_parent_class)->change_state
      (element, transition);
  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY)
    reset (self);
  return ret;
}

/* --- The object --- */

static void
gst_kakao_ocr_enc_set_property (GObject * object, guint id,
    const GValue * value, GParamSpec * pspec)
{
  GstKakaoOcrEnc *self = GST_KAKAO_OCR_ENC (object);

  GST_OBJECT_LOCK (self);
  switch (id) {
    case PROP_SOURCE:
      g_free (self->settings.source);
      self->settings.source = g_value_dup_string (value);
      break;
    case PROP_ABSOLUTE_TIME:
      self->settings.absolute_time = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (self);
}

static void
gst_kakao_ocr_enc_get_property (GObject * object, guint id, GValue * value,
    GParamSpec * pspec)
{
  GstKakaoOcrEnc *self = GST_KAKAO_OCR_ENC (object);

  GST_OBJECT_LOCK (self);
  switch (id) {
    case PROP_SOURCE:
      g_value_set_string (value, self->settings.source);
      break;
    case PROP_ABSOLUTE_TIME:
      g_value_set_boolean (value, self->settings.absolute_time);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
  }
  GST_OBJECT_UNLOCK (self);
}

static void
gst_kakao_ocr_enc_finalize (GObject * object)
{
  GstKakaoOcrEnc *self = GST_KAKAO_OCR_ENC (object);

  g_free (self->settings.source);
  result_history_free (self->history);
  G_OBJECT_CLASS (gst_kakao_ocr_enc_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass * klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
      | GST_PARAM_MUTABLE_PLAYING;

  props[PROP_SOURCE] = g_param_spec_string ("source", "Source",
      "Name of the video, written into each line; NULL: null. "
      "May change at any time", NULL, flags);
  props[PROP_ABSOLUTE_TIME] = g_param_spec_boolean ("absolute-time",
      "Absolute time", "Write the time of day (UTC) into each line: the "
      "frame's reference timestamp, else the pipeline clock's. "
      "May change at any time", FALSE, flags);
  g_object_class_install_properties (klass, N_PROPS, props);
}

static void
gst_kakao_ocr_enc_class_init (GstKakaoOcrEncClass * klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  object_class->set_property = gst_kakao_ocr_enc_set_property;
  object_class->get_property = gst_kakao_ocr_enc_get_property;
  object_class->finalize = gst_kakao_ocr_enc_finalize;
  install_properties (object_class);

  element_class->change_state = gst_kakao_ocr_enc_change_state;
  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class,
      "Recognised text as a stream", "Codec/Encoder/Subtitle",
      "Writes the text that kakaoocr recognised as lines of JSON",
      "gst-kakaoocr");
}

static void
gst_kakao_ocr_enc_init (GstKakaoOcrEnc * self)
{
  self->history = result_history_new ();
  reset (self);

  self->sinkpad = gst_pad_new_from_static_template (&sink_template, "sink");
  gst_pad_set_chain_function (self->sinkpad, gst_kakao_ocr_enc_chain);
  gst_pad_set_event_function (self->sinkpad, gst_kakao_ocr_enc_sink_event);
  gst_pad_set_query_function (self->sinkpad, gst_kakao_ocr_enc_sink_query);
  gst_element_add_pad (GST_ELEMENT (self), self->sinkpad);

  self->srcpad = gst_pad_new_from_static_template (&src_template, "src");
  gst_pad_set_event_function (self->srcpad, gst_kakao_ocr_enc_src_event);
  gst_element_add_pad (GST_ELEMENT (self), self->srcpad);
}
