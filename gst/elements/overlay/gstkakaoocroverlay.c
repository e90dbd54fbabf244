/* SPDX-License-Identifier: LGPL-2.1-or-later */

/**
 * SECTION:element-kakaoocroverlay
 * @title: kakaoocroverlay
 * @short_description: recognised text drawn on the frames
 *
 * Draws what #kakaoocr recognised: a box around each region and, for each line
 * of text, a label that says what was read. A label stands above its line;
 * where that would cover another text or leave the frame, it goes below or
 * beside it, gets smaller, or lies on the line itself. Tilted text has tilted
 * boxes and labels.
 *
 * The colours tell text tracks apart. As long as a text has no track it has a
 * colour of its own that stays while the text does, and that its neighbours do
 * not have.
 *
 * Sizes follow the frame's: the size of #kakaoocroverlay:font-desc is meant for
 * 480 lines, so that 14 is 14 pixels at 480p, 31 at 1080p and 63 at 4K. Of a
 * frame that stands upright the width counts, and anamorphic video gets letters
 * that look right on the screen. Text smaller than that has a smaller label.
 *
 * Where downstream draws compositions itself (many video sinks do), frames are
 * passed as they are and carry a #GstVideoOverlayCompositionMeta; else the
 * drawing is blended into them. It is made once for a result, not once for a
 * frame. Frames without a #GstKakaoOcrMeta are not touched, and the meta stays
 * on the others, for whatever follows.
 *
 * With #kakaoocroverlay:fill the text itself is changed: highlighted (`tint`),
 * or made unreadable (`redact`, `blur`). The pixels are then gone from the
 * frame, and no label says what they were; the #GstKakaoOcrMeta still does.
 * What is not recognised cannot be hidden: each frame has to be read before it
 * passes, which takes `timing=exact interval=0 change-threshold=0` of
 * #kakaoocr. Anything weaker gives a WARNING that says why, and frames without
 * a result of their own are blanked (#kakaoocroverlay:fail-closed). A text is
 * hidden for some time before and after the frames that it was read in
 * (#kakaoocroverlay:hold), which delays them.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 videotestsrc num-buffers=90 ! textoverlay text="Hello 42" !
 * kakaoocr ! kakaoocroverlay ! videoconvert ! autovideosink
 * ]| Recognises the text of a test picture and shows it with its box.
 */

#include "elements.h"
#include "overlay/gstkakaoocroverlay.h"
#include "common/category.h"
#include "mask/filter.h"
#include "overlay/renderer.h"
#include "overlay/settings.h"

#define GST_CAT_DEFAULT KOCR_CATEGORY_OVERLAY

struct _GstKakaoOcrOverlay
{
  GstBin parent;

  KocrMaskFilter *mask;             /* before the composer */
  /* NULL when the plugin that has it is not there. */
  GstElement *composer;

  /* object lock */
  KocrOverlaySettings settings;
  gboolean style_changed;       /* since the renderer got it */

  /* stream lock */
  KocrOverlayRenderer *renderer;
};

/* What overlaycomposition takes, which is DMA_DRM too from 1.24 on. */
#ifdef GST_VIDEO_FORMATS_ANY
#define FORMATS GST_VIDEO_FORMATS_ANY
#else
#define FORMATS GST_VIDEO_FORMATS_ALL
#endif
#define CAPS GST_VIDEO_CAPS_MAKE (GST_VIDEO_OVERLAY_COMPOSITION_BLEND_FORMATS) \
    "; " GST_VIDEO_CAPS_MAKE_WITH_FEATURES ("ANY", FORMATS)

/* *INDENT-OFF* */
static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink",
    GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (CAPS));
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (CAPS));
/* *INDENT-ON* */

G_DEFINE_FINAL_TYPE (GstKakaoOcrOverlay, gst_kakao_ocr_overlay, GST_TYPE_BIN);
GST_ELEMENT_REGISTER_DEFINE_WITH_CODE (kakaoocroverlay, "kakaoocroverlay",
    GST_RANK_NONE, GST_TYPE_KAKAO_OCR_OVERLAY, kocr_category_get_overlay ());

static void
update_style (GstKakaoOcrOverlay * self)
{
  KocrOverlayStyle style;

  GST_OBJECT_LOCK (self);
  if (!self->style_changed) {
    GST_OBJECT_UNLOCK (self);
    return;
  }
  kocr_overlay_settings_get_style (&self->settings, &style);
  self->style_changed = FALSE;
  GST_OBJECT_UNLOCK (self);

  kocr_overlay_renderer_set_style (self->renderer, &style);
  kocr_overlay_style_clear (&style);
}

/* The composer has sent its caps when it tells of them: they say whether it
 * blends or hands on what is drawn. */
static gboolean
composer_blends (GstKakaoOcrOverlay * self)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (self->composer, "src");
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);

  return !caps || gst_caps_is_empty (caps) ||
      !gst_caps_features_contains (gst_caps_get_features (caps, 0),
      GST_CAPS_FEATURE_META_GST_VIDEO_OVERLAY_COMPOSITION);
}

static void
on_caps_changed (GstElement * composer, GstCaps * caps, guint window_width,
    guint window_height, GstKakaoOcrOverlay * self)
{
  gboolean blends = composer_blends (self);
  GstVideoInfo info;

  if (!gst_video_info_from_caps (&info, caps))
    return;
  GST_DEBUG_OBJECT (self, "%s on %" GST_PTR_FORMAT,
      blends ? "blended" : "composition meta", caps);
  update_style (self);
  kocr_overlay_renderer_set_frame (self->renderer, &info, blends);
}

static GstVideoOverlayComposition *
on_draw (GstElement * composer, GstSample * sample, GstKakaoOcrOverlay * self)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstVideoOverlayComposition *composition = NULL;

  update_style (self);
  if (!kocr_mask_filter_is_blanked (self->mask))
    composition = kocr_overlay_renderer_render (self->renderer, buffer);
  GST_LOG_OBJECT (self, "%" GST_TIME_FORMAT ": drawn: %u rectangles",
      GST_TIME_ARGS (GST_BUFFER_PTS (buffer)),
      composition ? gst_video_overlay_composition_n_rectangles (composition)
                  : 0);
  return composition;
}

static void
configure_mask (GstKakaoOcrOverlay * self)
{
  KocrMaskSettings settings;

  GST_OBJECT_LOCK (self);
  kocr_overlay_settings_get_mask (&self->settings, &settings);
  GST_OBJECT_UNLOCK (self);
  kocr_mask_filter_configure (self->mask, &settings);
  kocr_mask_settings_clear (&settings);
}

static GstStateChangeReturn
gst_kakao_ocr_overlay_change_state (GstElement * element,
    GstStateChange transition)
{
  GstKakaoOcrOverlay *self = GST_KAKAO_OCR_OVERLAY (element);
  GstStateChangeReturn ret;

  if (transition == GST_STATE_CHANGE_NULL_TO_READY && !self->composer) {
    GST_ELEMENT_ERROR (self, CORE, MISSING_PLUGIN,
        ("The element overlaycomposition is missing."),
        ("Install the GStreamer base plugins."));
    return GST_STATE_CHANGE_FAILURE;
  }

  ret = GST_ELEMENT_CLASS (gst_kakao_ocr_overlay_parent_class)->change_state
      (element, transition);
  /* Streaming has stopped. */
  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY)
    kocr_overlay_renderer_reset (self->renderer);
  return ret;
}

/* Who reads of a problem knows this element, not what it is made of. */
static void
gst_kakao_ocr_overlay_handle_message (GstBin * bin, GstMessage * message)
{
  switch (GST_MESSAGE_TYPE (message)) {
    case GST_MESSAGE_ERROR:
    case GST_MESSAGE_WARNING:
    case GST_MESSAGE_INFO:
      message = gst_message_make_writable (message);
      gst_object_replace (&GST_MESSAGE_SRC (message), GST_OBJECT (bin));
      break;
    default:
      break;
  }
  GST_BIN_CLASS (gst_kakao_ocr_overlay_parent_class)->handle_message (bin,
      message);
}

static void
gst_kakao_ocr_overlay_set_property (GObject * object, guint id,
    const GValue * value, GParamSpec * pspec)
{
  GstKakaoOcrOverlay *self = GST_KAKAO_OCR_OVERLAY (object);

  GST_OBJECT_LOCK (self);
  if (!kocr_overlay_settings_set (&self->settings, id, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  self->style_changed = TRUE;
  GST_OBJECT_UNLOCK (self);
  configure_mask (self);
}

static void
gst_kakao_ocr_overlay_finalize (GObject * object)
{
  GstKakaoOcrOverlay *self = GST_KAKAO_OCR_OVERLAY (object);

  kocr_overlay_renderer_free (self->renderer);
  kocr_overlay_settings_clear (&self->settings);
  G_OBJECT_CLASS (gst_kakao_ocr_overlay_parent_class)->finalize (object);
}

/* That of @element, nullable. */
static void
add_ghost_pad (GstKakaoOcrOverlay * self, GstElement * element,
    GstStaticPadTemplate * static_template)
{
  g_autoptr (GstPadTemplate) template =
      gst_static_pad_template_get (static_template);
  g_autoptr (GstPad) target = element ? gst_element_get_static_pad
      (element, template->name_template) : NULL;

  gst_element_add_pad (GST_ELEMENT (self), target ?
      gst_ghost_pad_new_from_template (template->name_template, target,
          template) :
      gst_ghost_pad_new_no_target_from_template (template->name_template,
          template));
}

static void
gst_kakao_ocr_overlay_init (GstKakaoOcrOverlay * self)
{
  kocr_overlay_settings_init (&self->settings);
  self->style_changed = TRUE;
  self->renderer = kocr_overlay_renderer_new ();

  self->mask = g_object_new (KOCR_TYPE_MASK_FILTER, "name", "mask", NULL);
  gst_bin_add (GST_BIN (self), GST_ELEMENT (self->mask));
  self->composer = gst_element_factory_make ("overlaycomposition", NULL);
  if (self->composer) {
    gst_bin_add (GST_BIN (self), self->composer);
    gst_element_link (GST_ELEMENT (self->mask), self->composer);
    g_signal_connect_object (self->composer, "caps-changed",
        G_CALLBACK (on_caps_changed), self, 0);
    g_signal_connect_object (self->composer, "draw", G_CALLBACK (on_draw),
        self, 0);
  }
  add_ghost_pad (self, GST_ELEMENT (self->mask), &sink_template);
  add_ghost_pad (self, self->composer, &src_template);
}

static void
gst_kakao_ocr_overlay_class_init (GstKakaoOcrOverlayClass * klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  /* Editors and applications ask all that is in a pipeline for its factory. */
  gst_element_register (NULL, "kakaoocrmask", GST_RANK_NONE,
      KOCR_TYPE_MASK_FILTER);
  kocr_property_table_install (&kocr_overlay_properties, object_class,
      G_STRUCT_OFFSET (GstKakaoOcrOverlay, settings));
  object_class->set_property = gst_kakao_ocr_overlay_set_property;
  object_class->finalize = gst_kakao_ocr_overlay_finalize;
  element_class->change_state = gst_kakao_ocr_overlay_change_state;
  GST_BIN_CLASS (klass)->handle_message =
      gst_kakao_ocr_overlay_handle_message;

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class,
      "Recognised text on video",
      "Filter/Editor/Video",
      "Draws the boxes and texts that kakaoocr recognised", "gst-kakaoocr");
}
