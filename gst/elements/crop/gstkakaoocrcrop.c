/* SPDX-License-Identifier: LGPL-2.1-or-later */

/**
 * SECTION:element-kakaoocrcrop
 * @title: kakaoocrcrop
 * @short_description: a picture of each recognised text
 *
 * Cuts the texts that #kakaoocr recognised out of the video: one small picture
 * for each text track that is new, or with #kakaoocrcrop:every for each region
 * of each result. The video itself ends here.
 *
 * A picture is cut from a frame at its full resolution, where the frame's
 * #GstKakaoOcrMeta says that the text is. With `kakaoocr timing=exact` or
 * `aligned` that is a frame that was recognised; with `latest` it is a later
 * one, as much as recognition took. A line of several regions (words) makes one
 * picture: the sharpest of those whose text was read as most of them are, once
 * the text is gone, or #kakaoocrcrop:max-wait after it came. Without
 * #kakaoocrcrop:best-shot it is the first one, at once.
 *
 * With #kakaoocrcrop:rectify, the default, text at an angle or in perspective
 * becomes upright, whatever the angle: the four corners of the region become
 * those of the picture. Without it a picture is the upright rectangle around
 * the region. What lies outside the frame is left away; a text that is wholly
 * outside makes no picture.
 *
 * Each picture has caps of its own, as large as its text. It carries a
 * #GstKakaoOcrMeta with the text and its regions in the picture's pixels; PTS
 * and duration are the frame's, which is why they may go back from picture to
 * picture. Between pictures GAP events follow the video, and the stream is
 * flagged sparse, so that no muxer and no preroll waits for text that may not
 * come.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 videotestsrc num-buffers=90 ! textoverlay text="Hello 42"
 * font-desc="Sans 48" ! kakaoocr ! kakaoocrcrop ! pngenc ! multifilesink
 * location=crop-%05d.png
 * ]| Writes what it reads in a test picture as PNG files, one a text. Beside
 * other branches of a `tee` the sink is to have `async=false`: encoders keep
 * all back until their first picture, and no branch would start before a text
 * came.
 */

#include "elements.h"
#include "crop/gstkakaoocrcrop.h"

#include <gst/video/video.h>

#include "common/category.h"
#include "common/sourcecheck.h"
#include "common/sparsestream.h"
#include "crop/cropper.h"
#include "crop/settings.h"

struct _GstKakaoOcrCrop
{
  GstElement parent;

  GstPad *sinkpad;
  GstPad *srcpad;

  /* object lock */
  KocrCropSettings settings;

  /* stream lock */
  GstVideoInfo info;            /* of frames */
  KocrSparseStream out;
  KocrCropper *cropper;
  KocrSourceCheck source;
};

/* *INDENT-OFF* */
static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink",
    GST_PAD_SINK, GST_PAD_ALWAYS,
    GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE (GST_VIDEO_FORMATS_ALL)));
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS,
    GST_STATIC_CAPS ("video/x-raw,format=RGB,width=[1,max],height=[1,max],"
        "framerate=0/1"));
/* *INDENT-ON* */

G_DEFINE_FINAL_TYPE (GstKakaoOcrCrop, gst_kakao_ocr_crop, GST_TYPE_ELEMENT);
GST_ELEMENT_REGISTER_DEFINE_WITH_CODE (kakaoocrcrop, "kakaoocrcrop",
    GST_RANK_NONE, GST_TYPE_KAKAO_OCR_CROP,
    kocr_category_get_crop ());

static GstFlowReturn
gst_kakao_ocr_crop_chain (GstPad * pad, GstObject * parent, GstBuffer * frame)
{
  GstKakaoOcrCrop *self = GST_KAKAO_OCR_CROP (parent);
  KocrCropSettings settings;
  GstFlowReturn flow;

  if (!gst_pad_has_current_caps (pad)) {
    gst_buffer_unref (frame);
    return GST_FLOW_NOT_NEGOTIATED;
  }
  GST_OBJECT_LOCK (self);
  settings = self->settings;
  GST_OBJECT_UNLOCK (self);
  kocr_source_check_note_frame (
      &self->source, frame, (gint64) GST_BUFFER_PTS (frame));
  flow = kocr_cropper_take (self->cropper, frame, &settings);
  if (flow == GST_FLOW_OK)
    kocr_sparse_stream_follow (&self->out, GST_BUFFER_PTS (frame),
        GST_CLOCK_TIME_NONE);
  gst_buffer_unref (frame);
  return flow;
}

/* --- Events --- */

static void
reset (GstKakaoOcrCrop * self)
{
  kocr_sparse_stream_reset (&self->out);
  kocr_cropper_clear (self->cropper);
}

/* The first caps must be there before the segment, and the segment before the
 * first picture is: so they are as if a whole frame were one, as far as
 * downstream takes that. Those of the pictures follow. */
static void
announce_caps (GstKakaoOcrCrop * self)
{
  g_autoptr (GstCaps) caps = NULL;
  GstStructure *first;

  if (gst_pad_has_current_caps (self->srcpad))
    return;
  caps = kocr_sparse_stream_dup_choice (&self->out);
  if (!caps)
    return;
  caps = gst_caps_truncate (gst_caps_make_writable (caps));
  first = gst_caps_get_structure (caps, 0);
  gst_structure_fixate_field_nearest_int (first, "width", self->info.width);
  gst_structure_fixate_field_nearest_int (first, "height", self->info.height);
  caps = gst_caps_fixate (caps);
  gst_pad_set_caps (self->srcpad, caps);
}

static gboolean
take_caps (GstKakaoOcrCrop * self, GstEvent * event)
{
  GstVideoInfo info;
  GstCaps *caps;

  gst_event_parse_caps (event, &caps);
  if (!gst_video_info_from_caps (&info, caps)) {
    gst_event_unref (event);
    return FALSE;
  }
  self->info = info;
  gst_event_unref (event);
  announce_caps (self);
  return TRUE;
}

/* Tags of the stream tell of the video: its codec, its bitrate. How it is to be
 * turned concerns pictures that were not turned yet. */
static gboolean
forward_tags (GstKakaoOcrCrop * self, GstEvent * event)
{
  g_autofree gchar *orientation = NULL;
  g_autoptr (GstTagList) out = NULL;
  GstTagList *tags;
  gboolean rectify;

  GST_OBJECT_LOCK (self);
  rectify = self->settings.rectify;
  GST_OBJECT_UNLOCK (self);
  gst_event_parse_tag (event, &tags);
  gst_tag_list_get_string (tags, GST_TAG_IMAGE_ORIENTATION, &orientation);
  if (gst_tag_list_get_scope (tags) == GST_TAG_SCOPE_STREAM) {
    out = gst_tag_list_new_empty ();
    if (orientation && !rectify)
      gst_tag_list_add (out, GST_TAG_MERGE_APPEND, GST_TAG_IMAGE_ORIENTATION,
          orientation, NULL);
  } else {
    out = gst_tag_list_copy (tags);
    if (rectify)
      gst_tag_list_remove_tag (out, GST_TAG_IMAGE_ORIENTATION);
  }
  gst_event_unref (event);
  if (gst_tag_list_is_empty (out))
    return TRUE;
  return gst_pad_push_event (self->srcpad,
      gst_event_new_tag (g_steal_pointer (&out)));
}

static gboolean
gst_kakao_ocr_crop_sink_event (GstPad * pad, GstObject * parent,
    GstEvent * event)
{
  GstKakaoOcrCrop *self = GST_KAKAO_OCR_CROP (parent);

  switch (GST_EVENT_TYPE (event)) {
    case GST_EVENT_STREAM_START:
      return kocr_sparse_stream_start (
          &self->out, event, GST_STREAM_TYPE_VIDEO);
    case GST_EVENT_CAPS:
      return take_caps (self, event);
    case GST_EVENT_SEGMENT:
      kocr_cropper_finish (self->cropper);
      return kocr_sparse_stream_set_segment (&self->out, event);
    case GST_EVENT_EOS:
      kocr_source_check_note_end (&self->source);
      kocr_cropper_finish (self->cropper);
      break;
    case GST_EVENT_SEGMENT_DONE:
      kocr_cropper_finish (self->cropper);
      break;
    case GST_EVENT_FLUSH_STOP:
      GST_DEBUG_OBJECT (self, "flushed: sights that wait are dropped");
      reset (self);
      break;
    case GST_EVENT_TAG:
      return forward_tags (self, event);
    default:
      break;
  }
  return gst_pad_event_default (pad, parent, event);
}

static GstStateChangeReturn
gst_kakao_ocr_crop_change_state (GstElement * element,
    GstStateChange transition)
{
  GstKakaoOcrCrop *self = GST_KAKAO_OCR_CROP (element);
  GstStateChangeReturn ret;

  ret = GST_ELEMENT_CLASS (gst_kakao_ocr_crop_parent_class)->change_state
      (element, transition);
  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY) {
    reset (self);
    kocr_source_check_reset (&self->source);
  }
  return ret;
}

/* --- The object --- */

static void
gst_kakao_ocr_crop_finalize (GObject * object)
{
  GstKakaoOcrCrop *self = GST_KAKAO_OCR_CROP (object);

  kocr_cropper_free (self->cropper);
  G_OBJECT_CLASS (gst_kakao_ocr_crop_parent_class)->finalize (object);
}

static void
gst_kakao_ocr_crop_class_init (GstKakaoOcrCropClass * klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  object_class->finalize = gst_kakao_ocr_crop_finalize;
  kocr_property_table_install (&kocr_crop_properties, object_class,
      G_STRUCT_OFFSET (GstKakaoOcrCrop, settings));

  element_class->change_state = gst_kakao_ocr_crop_change_state;
  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class,
      "Pictures of recognised text", "Filter/Converter/Video",
      "Cuts the texts that kakaoocr recognised out of the video, upright",
      "gst-kakaoocr");
}

static void
gst_kakao_ocr_crop_init (GstKakaoOcrCrop * self)
{
  kocr_property_table_init (&kocr_crop_properties, &self->settings);
  gst_video_info_init (&self->info);

  self->sinkpad = gst_pad_new_from_static_template (&sink_template, "sink");
  gst_pad_set_chain_function (self->sinkpad, gst_kakao_ocr_crop_chain);
  gst_pad_set_event_function (self->sinkpad, gst_kakao_ocr_crop_sink_event);
  gst_element_add_pad (GST_ELEMENT (self), self->sinkpad);

  self->srcpad = gst_pad_new_from_static_template (&src_template, "src");
  gst_element_add_pad (GST_ELEMENT (self), self->srcpad);

  self->source.element = GST_ELEMENT (self);
  self->source.name = "kakaoocrcrop";
  self->source.sinkpad = self->sinkpad;
  self->cropper
      = kocr_cropper_new (GST_ELEMENT (self), &self->out, &self->info);
  kocr_sparse_stream_init (&self->out, self->sinkpad, self->srcpad);
  reset (self);
}
