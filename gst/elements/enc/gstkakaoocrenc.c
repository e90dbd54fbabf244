/* SPDX-License-Identifier: LGPL-2.1-or-later */

/**
 * SECTION:element-kakaoocrenc
 * @title: kakaoocrenc
 * @short_description: recognised text as NDJSON and subtitles
 *
 * Turns the text that #kakaoocr recognised into a stream of its own. Frames
 * come in and are only looked at, never mapped or passed on. What comes out is
 * what downstream takes first of these:
 *
 * - `application/x-ndjson`: lines of JSON. With
 *   #kakaoocrenc:granularity `result` one for each *new* result, however many
 *   frames carry it, as gst_kakao_ocr_result_to_json_full() describes it: when
 *   and where each text was seen, with the boxes as they are on the frame that
 *   brought the result. With `track` one for each line of text when it is gone,
 *   with the time from its appearing to its going, as
 *   gst_kakao_ocr_text_track_to_json() describes it. #kakaoocrenc:source names
 *   the video in each line, and with #kakaoocrenc:absolute-time each result has
 *   the time of day: that of the camera, where the frame has a
 *   #GstReferenceTimestampMeta (`timestamp/x-unix`, `timestamp/x-ntp`), else
 *   this machine's, by the pipeline's clock.
 * - `application/x-subtitle-vtt`: a WebVTT file. Each cue is placed where its
 *   text was, unless #kakaoocrenc:cue-positions is off.
 * - `application/x-subtitle`: a SubRip (SRT) file. Text in the upper third is
 *   marked `{\an8}`, unless #kakaoocrenc:cue-positions is off.
 * - `application/x-ass`: an ASS file, each cue placed where its text was.
 * - `text/x-raw,format=utf8`: plain text with time and duration, which muxers
 *   take as a subtitle track: a buffer from each change of what stands to the
 *   next, with all lines, none over another.
 *
 * In subtitles, lines that come and go together are one cue. Text that was
 * there for less than #kakaoocrenc:min-duration is left out. A text that stays
 * longer than #kakaoocrenc:max-duration becomes several cues, one right after
 * the other, of at most 30 s; files made of a file, which nobody reads along,
 * keep it in one.
 *
 * Times are running times, which go on from clip to clip, or with
 * #kakaoocrenc:time `stream` those of the clip.
 *
 * Whatever a picture says is shown and never obeyed: WebVTT gets entities; in
 * SubRip and plain text, which know no escape but are often taken for markup,
 * U+2060 stands after `<`, `{` and `\` and breaks the arrow `-->`; ASS has
 * braces after a backslash. Control
 * characters, and those that turn the direction of text, are left out of
 * subtitles and escaped in JSON.
 *
 * Tracks and subtitles leave out what #kakaoocrenc:exclude-static,
 * #kakaoocrenc:exclude-moving, #kakaoocrenc:include, #kakaoocrenc:exclude and
 * #kakaoocrenc:min-height say, and a text that nearly is one of
 * #kakaoocrenc:vocabulary becomes it.
 *
 * The stream is flagged sparse, a first GAP event and the header of a file go
 * out with the first frame, whatever it shows, and GAPs follow the video up to
 * the start of the oldest text that still stands, so that no muxer and no
 * preroll waits for text that may not come. While a text stands, a muxer keeps back the video, so
 * that text and video lie side by side in the file: let the queues of the video
 * hold max-duration and the recognition's time. Where they cannot, and the
 * video stands still for it, GAPs go on, and the text comes a little late in
 * the file, with its times right.
 *
 * Backwards, with a rate below 0, there are no tracks and no subtitles.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 videotestsrc num-buffers=90 ! textoverlay text="Hello 42"
 * font-desc="Sans 48" ! kakaoocr ! kakaoocrenc source=test ! filesink
 * location=text.jsonl
 * ]| Recognises the text of a test picture and writes it into a file.
 * |[
 * gst-launch-1.0 videotestsrc num-buffers=90 ! textoverlay text="Hello 42"
 * font-desc="Sans 48" ! kakaoocr ! kakaoocrenc ! application/x-subtitle-vtt !
 * filesink location=text.vtt
 * ]| The same as subtitles.
 */

#include "elements.h"
#include "enc/gstkakaoocrenc.h"

#include "common/category.h"
#include "common/lateresult.h"
#include "common/liveness.h"
#include "enc/videogaps.h"
#include "enc/warnings.h"
#include "subtitles/format.h"

#define GST_CAT_DEFAULT KOCR_CATEGORY_ENC

struct _GstKakaoOcrEnc
{
  GstElement parent;

  GstPad *sinkpad;
  GstPad *srcpad;

  /* object lock */
  KocrEncSettings settings;

  /* stream lock */
  KocrFrameTimes times;
  KocrSparseStream out;
  KocrTextEncoder *encoder;
  KocrVideoGaps *gaps;
  KocrEncWarnings warnings;
  gboolean asked;               /* upstream, whether it is live */
};

/* *INDENT-OFF* */
static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink",
    GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS ("video/x-raw(ANY)"));
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS,
    GST_STATIC_CAPS ("application/x-ndjson; " KOCR_SUBTITLE_CAPS));
/* *INDENT-ON* */

G_DEFINE_FINAL_TYPE (GstKakaoOcrEnc, gst_kakao_ocr_enc, GST_TYPE_ELEMENT);
GST_ELEMENT_REGISTER_DEFINE_WITH_CODE (kakaoocrenc, "kakaoocrenc",
    GST_RANK_NONE, GST_TYPE_KAKAO_OCR_ENC,
    kocr_category_get_enc ());

static void
copy_settings (GstKakaoOcrEnc * self, KocrEncSettings * settings)
{
  GST_OBJECT_LOCK (self);
  kocr_enc_settings_copy (&self->settings, settings);
  GST_OBJECT_UNLOCK (self);
}

/* --- Data --- */

/* Once a run, with the first frame or gap: by then all is linked. */
static void
ask_upstream (GstKakaoOcrEnc * self)
{
  gboolean live;

  if (self->asked)
    return;
  self->asked = TRUE;
  live = kocr_liveness_find (self->sinkpad) == KOCR_LIVENESS_LIVE;
  kocr_video_gaps_set_live (self->gaps, live);
  kocr_text_encoder_set_live (self->encoder, live);
}

/* Takes the first form of those that downstream takes. */
static gboolean
negotiate (GstKakaoOcrEnc * self)
{
  g_autoptr (GstCaps) current = gst_pad_get_current_caps (self->srcpad);
  g_autoptr (GstCaps) caps = kocr_sparse_stream_dup_choice (&self->out);

  if (!caps)
    return FALSE;
  caps = gst_caps_fixate (g_steal_pointer (&caps));
  if (current && gst_caps_is_equal (caps, current))
    return TRUE;
  if (!gst_pad_set_caps (self->srcpad, caps))
    return FALSE;
  kocr_text_encoder_set_media_type (self->encoder,
      gst_structure_get_name (gst_caps_get_structure (caps, 0)));
  return TRUE;
}

/* What failed is tried again with the next frame. */
static gboolean
renegotiate (GstKakaoOcrEnc *self)
{
  if (negotiate (self))
    return TRUE;
  gst_pad_mark_reconfigure (self->srcpad);
  return FALSE;
}

/* Then no caps can be set, and that is no fault of theirs: a stop or a flush has
 * reached the source pad and not yet the sink pad. */
static gboolean
is_flushing (GstKakaoOcrEnc *self)
{
  return GST_PAD_IS_FLUSHING (self->srcpad);
}

/* What is left goes out before what ends it. @end: see
 * kocr_text_encoder_finish(). */
static void
finish (GstKakaoOcrEnc * self, GstClockTime end)
{
  g_auto (KocrEncSettings) settings = { 0 };

  copy_settings (self, &settings);
  kocr_text_encoder_finish (self->encoder, end, &settings);
  kocr_video_gaps_stop (self->gaps);
}

/* Follows the times of what comes next, to which @outcome belongs. FALSE: they are
 * nowhere, and nothing is to be told of it. */
static gboolean
follow_times (GstKakaoOcrEnc * self, GstClockTime pts,
    KocrContinuityOutcome outcome)
{
  switch (outcome) {
    case KOCR_CONTINUITY_ASTRAY:
      GST_INFO_OBJECT (self, "astray at %" GST_TIME_FORMAT,
          GST_TIME_ARGS (pts));
      return FALSE;
    case KOCR_CONTINUITY_BROKEN:
      GST_INFO_OBJECT (self, "times go on at %" GST_TIME_FORMAT,
          GST_TIME_ARGS (pts));
      finish (self, GST_CLOCK_TIME_NONE);
      kocr_text_encoder_break (self->encoder);
      kocr_sparse_stream_jump (&self->out, pts);
      return TRUE;
    default:
      return TRUE;
  }
}

/* Follows the video with GAPs, up to what the encoder still has. */
static void
follow_video (GstKakaoOcrEnc *self, GstClockTime pts)
{
  kocr_video_gaps_follow (
      self->gaps, pts, kocr_text_encoder_get_pending (self->encoder));
}

/* A frame that nobody stamped (a file of raw pictures, an appsrc) follows the
 * one before. Takes @frame. */
static GstBuffer *
count_time (GstKakaoOcrEnc * self, GstBuffer * frame,
    const KocrEncSettings * settings)
{
  GstClockTime duration = GST_BUFFER_DURATION (frame);
  GstClockTime pts;

  if (GST_BUFFER_PTS_IS_VALID (frame))
    return frame;
  pts = kocr_frame_times_count (&self->times, &duration);
  if (GST_CLOCK_TIME_IS_VALID (pts)) {
    frame = gst_buffer_make_writable (frame);
    GST_BUFFER_PTS (frame) = pts;
    GST_BUFFER_DURATION (frame) = duration;
    return frame;
  }
  kocr_enc_warnings_note_untimed (&self->warnings, self->encoder, settings);
  return frame;
}

static GstFlowReturn
gst_kakao_ocr_enc_chain (GstPad * pad, GstObject * parent, GstBuffer * frame)
{
  GstKakaoOcrEnc *self = GST_KAKAO_OCR_ENC (parent);
  g_auto (KocrEncSettings) settings = { 0 };
  GstFlowReturn flow = GST_FLOW_OK;

  if (!gst_pad_has_current_caps (pad)) {
    gst_buffer_unref (frame);
    return GST_FLOW_NOT_NEGOTIATED;
  }
  if (gst_pad_check_reconfigure (self->srcpad) && !renegotiate (self)) {
    gst_buffer_unref (frame);
    return is_flushing (self) ? GST_FLOW_FLUSHING : GST_FLOW_NOT_NEGOTIATED;
  }
  copy_settings (self, &settings);
  kocr_source_check_note_frame (
      &self->warnings.source, frame, (gint64) GST_BUFFER_PTS (frame));
  kocr_video_gaps_note_frame (self->gaps);
  frame = count_time (self, frame, &settings);
  ask_upstream (self);
  if (follow_times (self, GST_BUFFER_PTS (frame), kocr_frame_times_note (
              &self->times, GST_BUFFER_PTS (frame),
              GST_BUFFER_DURATION (frame)))) {
    kocr_enc_warnings_note_frame (
        &self->warnings, frame, self->encoder, &settings);
    flow = kocr_text_encoder_take (self->encoder, frame, &settings);
    if (flow == GST_FLOW_OK)
      follow_video (self, GST_BUFFER_PTS (frame));
  }
  gst_buffer_unref (frame);
  return flow;
}

/* --- Events --- */

static void
reset (GstKakaoOcrEnc * self)
{
  kocr_video_gaps_stop (self->gaps);
  kocr_text_encoder_clear (self->encoder);
  kocr_frame_times_reset (&self->times);
  kocr_sparse_stream_reset (&self->out);
}

static gboolean
take_caps (GstKakaoOcrEnc * self, GstEvent * event)
{
  GstClockTime duration = 0;
  gint n = 0, d = 1, width = 0, height = 0;
  const GstStructure *video;
  GstCaps *caps;

  gst_event_parse_caps (event, &caps);
  video = gst_caps_get_structure (caps, 0);
  gst_structure_get_fraction (video, "framerate", &n, &d);
  gst_structure_get_int (video, "width", &width);
  gst_structure_get_int (video, "height", &height);
  kocr_text_encoder_set_frame_size (self->encoder, width, height);
  if (n > 0)
    duration = gst_util_uint64_scale_int (GST_SECOND, d, n);
  kocr_frame_times_set_frame_duration (&self->times, duration);
  gst_event_unref (event);
  return renegotiate (self) || is_flushing (self);
}

static gboolean
take_segment (GstKakaoOcrEnc * self, GstEvent * event)
{
  g_auto (KocrEncSettings) settings = { 0 };
  const GstSegment *segment;

  copy_settings (self, &settings);
  kocr_text_encoder_end_segment (self->encoder, &settings);
  gst_event_parse_segment (event, &segment);
  kocr_frame_times_set_segment (&self->times, segment);
  return kocr_sparse_stream_set_segment (&self->out, event);
}

/* A result that came when the video was over. */
static void
take_late_result (GstKakaoOcrEnc * self, GstBuffer * frame)
{
  g_auto (KocrEncSettings) settings = { 0 };
  g_autoptr (GstBuffer) timed = gst_buffer_ref (frame);

  copy_settings (self, &settings);
  if (!GST_BUFFER_PTS_IS_VALID (timed)) {
    timed = gst_buffer_make_writable (timed);
    GST_BUFFER_PTS (timed) = self->times.last_pts;
  }
  kocr_text_encoder_take (self->encoder, timed, &settings);
}

/* The video's GAPs, where it leaves out frames, say nothing of the text. */
static gboolean
take_gap (GstKakaoOcrEnc * self, GstEvent * event)
{
  GstClockTime start, duration;

  gst_event_parse_gap (event, &start, &duration);
  gst_event_unref (event);
  ask_upstream (self);
  if (follow_times (self, start, kocr_frame_times_note_gap (&self->times, start,
              duration)))
    follow_video (self, start);
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
      return kocr_sparse_stream_start (&self->out, event, GST_STREAM_TYPE_TEXT);
    case GST_EVENT_CAPS:
      return take_caps (self, event);
    case GST_EVENT_SEGMENT:
      return take_segment (self, event);
    case GST_EVENT_GAP:
      return take_gap (self, event);
    case GST_EVENT_EOS:
      kocr_source_check_note_end (&self->warnings.source);
      finish (self, self->times.end);
      break;
    case GST_EVENT_SEGMENT_DONE:
      finish (self, self->times.end);
      break;
    case GST_EVENT_CUSTOM_DOWNSTREAM:
      if (kocr_late_result_event_get_frame (event))
        take_late_result (self, kocr_late_result_event_get_frame (event));
      break;
    case GST_EVENT_FLUSH_STOP:
      GST_DEBUG_OBJECT (self, "flushed: what is not written is dropped");
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

/* What cannot change any more. */
static gboolean
prepare (GstKakaoOcrEnc * self)
{
  g_autoptr (GError) error = NULL;
  gboolean loaded;

  GST_OBJECT_LOCK (self);
  kocr_frame_times_set_kind (&self->times, self->settings.time);
  loaded = kocr_enc_settings_load (&self->settings, &error);
  GST_OBJECT_UNLOCK (self);
  if (!loaded)
    GST_ELEMENT_ERROR (self, RESOURCE, OPEN_READ, ("The vocabulary cannot be "
            "read: %s", error->message), (NULL));
  return loaded;
}

static GstStateChangeReturn
gst_kakao_ocr_enc_change_state (GstElement * element, GstStateChange transition)
{
  GstKakaoOcrEnc *self = GST_KAKAO_OCR_ENC (element);
  GstStateChangeReturn ret;

  kocr_video_gaps_set_playing (self->gaps,
      GST_STATE_TRANSITION_NEXT (transition) == GST_STATE_PLAYING);
  if (transition == GST_STATE_CHANGE_READY_TO_PAUSED && !prepare (self))
    return GST_STATE_CHANGE_FAILURE;
  ret = GST_ELEMENT_CLASS (gst_kakao_ocr_enc_parent_class)->change_state
      (element, transition);
  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY) {
    kocr_video_gaps_reset (self->gaps);
    reset (self);
    self->asked = FALSE;
    kocr_enc_warnings_reset (&self->warnings);
  }
  return ret;
}

/* --- The object --- */

static void
gst_kakao_ocr_enc_finalize (GObject * object)
{
  GstKakaoOcrEnc *self = GST_KAKAO_OCR_ENC (object);

  kocr_video_gaps_free (self->gaps);
  kocr_text_encoder_free (self->encoder);
  kocr_enc_settings_clear (&self->settings);
  G_OBJECT_CLASS (gst_kakao_ocr_enc_parent_class)->finalize (object);
}

static void
gst_kakao_ocr_enc_class_init (GstKakaoOcrEncClass * klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  object_class->finalize = gst_kakao_ocr_enc_finalize;
  kocr_property_table_install (&kocr_enc_properties, object_class,
      G_STRUCT_OFFSET (GstKakaoOcrEnc, settings));

  element_class->change_state = gst_kakao_ocr_enc_change_state;
  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class,
      "Recognised text as a stream", "Codec/Encoder/Subtitle",
      "Writes the text that kakaoocr recognised as lines of JSON, WebVTT, "
      "SubRip or plain text for a subtitle track", "gst-kakaoocr");
}

static void
gst_kakao_ocr_enc_init (GstKakaoOcrEnc * self)
{
  kocr_property_table_init (&kocr_enc_properties, &self->settings);

  self->sinkpad = gst_pad_new_from_static_template (&sink_template, "sink");
  gst_pad_set_chain_function (self->sinkpad, gst_kakao_ocr_enc_chain);
  gst_pad_set_event_function (self->sinkpad, gst_kakao_ocr_enc_sink_event);
  gst_element_add_pad (GST_ELEMENT (self), self->sinkpad);

  self->srcpad = gst_pad_new_from_static_template (&src_template, "src");
  gst_element_add_pad (GST_ELEMENT (self), self->srcpad);

  self->warnings.source.element = GST_ELEMENT (self);
  self->warnings.source.name = "kakaoocrenc";
  self->warnings.source.sinkpad = self->sinkpad;
  self->encoder = kocr_text_encoder_new (GST_ELEMENT (self), &self->out,
      &self->times);
  self->gaps = kocr_video_gaps_new (
      GST_ELEMENT (self), self->sinkpad, &self->out, &self->times);
  kocr_sparse_stream_init (&self->out, self->sinkpad, self->srcpad);
  kocr_frame_times_reset (&self->times);
}
