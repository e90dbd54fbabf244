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
#include "mask/filter.h"
#include "overlay/renderer.h"

GST_DEBUG_CATEGORY_STATIC (kakaoocroverlay_debug);
#define GST_CAT_DEFAULT kakaoocroverlay_debug

#define DEFAULT_SHOW_BOXES TRUE
#define DEFAULT_SHOW_TEXT TRUE
#define DEFAULT_COLOR 0
#define DEFAULT_LINE_WIDTH 0.0
#define MAX_LINE_WIDTH 100.0
#define DEFAULT_FONT_DESC "Noto Sans CJK KR 14"
#define DEFAULT_FILL GST_KAKAO_OCR_FILL_NONE
#define DEFAULT_FAIL_CLOSED TRUE
#define DEFAULT_HOLD 500
#define MAX_HOLD (24 * 60 * 60 * 1000)

#define OPAQUE 0xff000000u

enum
{
  PROP_SHOW_BOXES = 1,
  PROP_SHOW_TEXT,
  PROP_COLOR,
  PROP_LINE_WIDTH,
  PROP_FONT_DESC,
  PROP_FILL,
  PROP_TEXT_PATTERN,
  PROP_FAIL_CLOSED,
  PROP_HOLD,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

struct _GstKakaoOcrOverlay
{
  GstBin parent;

  KocrMaskFilter *mask;             /* before the composer */
  /* NULL when the plugin that has it is not there. */
  GstElement *composer;

  /* object lock */
  KocrOverlayStyle style;
  gboolean style_changed;       /* since the renderer got it */
  GstKakaoOcrFill fill;
  gboolean fail_closed;
  guint hold;                   /* ms */
  gchar *text_pattern;          /* that of the style, as it was set */

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
    GST_RANK_NONE,
    GST_TYPE_KAKAO_OCR_OVERLAY,
    GST_DEBUG_CATEGORY_INIT
    (kakaoocroverlay_debug,
        "kakaoocroverlay", 0, "recognised text drawn on the frames"));

static GType
fill_get_type (void)
{
  static const GEnumValue values[] = {
    {GST_KAKAO_OCR_FILL_NONE, "The text is left as it is", "none"},
    {GST_KAKAO_OCR_FILL_TINT, "Highlighted in the box's color", "tint"},
    {GST_KAKAO_OCR_FILL_REDACT, "Made unreadable: black", "redact"},
    {GST_KAKAO_OCR_FILL_BLUR, "Made unreadable: a mosaic of cells of the "
          "text's height", "blur"},
    {0, NULL, NULL}
  };
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("GstKakaoOcrFill",
            values));
  return type;
}

/* Object lock. */
static gboolean
hides_text (GstKakaoOcrOverlay * self)
{
  return self->fill == GST_KAKAO_OCR_FILL_REDACT ||
      self->fill == GST_KAKAO_OCR_FILL_BLUR;
}

static void
update_style (GstKakaoOcrOverlay * self)
{
  KocrOverlayStyle style;

  GST_OBJECT_LOCK (self);
  if (!self->style_changed) {
    GST_OBJECT_UNLOCK (self);
    return;
  }
  kocr_overlay_style_copy (&style, &self->style);
  style.tint = self->fill == GST_KAKAO_OCR_FILL_TINT;
  style.secret = hides_text (self);
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
  update_style (self);
  if (kocr_mask_filter_is_blanked (self->mask))
    return NULL;
  return kocr_overlay_renderer_render (self->renderer,
      gst_sample_get_buffer (sample));
}

static void
configure_mask (GstKakaoOcrOverlay * self)
{
  KocrMaskSettings settings;

  GST_OBJECT_LOCK (self);
  settings.active = hides_text (self);
  settings.kind = self->fill == GST_KAKAO_OCR_FILL_BLUR ?
      KOCR_TEXT_MASK_BLUR : KOCR_TEXT_MASK_REDACT;
  settings.fail_closed = self->fail_closed;
  settings.hold = self->hold * GST_MSECOND;
  settings.pattern = self->style.pattern;
  if (settings.pattern)
    kocr_text_pattern_ref (settings.pattern);
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

/* A pattern that is wrong is refused: none would mean all texts. */
static void
set_text_pattern (GstKakaoOcrOverlay * self, const gchar * text)
{
  g_autoptr (GError) error = NULL;
  KocrTextPattern *pattern = NULL;

  if (text && *text)
    pattern = kocr_text_pattern_new (text, &error);
  if (error) {
    g_warning ("text-pattern refused, the one before it stays: %s",
        error->message);
    return;
  }
  g_clear_pointer (&self->style.pattern, kocr_text_pattern_unref);
  self->style.pattern = pattern;
  g_free (self->text_pattern);
  self->text_pattern = pattern ? g_strdup (text) : NULL;
}

/* Nobody means a color that is not seen by 0xff0000. */
static guint32
with_opacity (guint32 color)
{
  return color != 0 && (color & OPAQUE) == 0 ? color | OPAQUE : color;
}

static void
gst_kakao_ocr_overlay_set_property (GObject * object, guint id,
    const GValue * value, GParamSpec * pspec)
{
  GstKakaoOcrOverlay *self = GST_KAKAO_OCR_OVERLAY (object);

  GST_OBJECT_LOCK (self);
  switch (id) {
    case PROP_SHOW_BOXES:
      self->style.show_boxes = g_value_get_boolean (value);
      break;
    case PROP_SHOW_TEXT:
      self->style.show_text = g_value_get_boolean (value);
      break;
    case PROP_COLOR:
      self->style.color = with_opacity (g_value_get_uint (value));
      break;
    case PROP_LINE_WIDTH:
      self->style.line_width = g_value_get_double (value);
      break;
    case PROP_FONT_DESC:
      g_free (self->style.font_desc);
      self->style.font_desc = g_value_get_string (value) ?
          g_value_dup_string (value) : g_strdup (DEFAULT_FONT_DESC);
      break;
    case PROP_FILL:
      self->fill = g_value_get_enum (value);
      break;
    case PROP_TEXT_PATTERN:
      set_text_pattern (self, g_value_get_string (value));
      break;
    case PROP_FAIL_CLOSED:
      self->fail_closed = g_value_get_boolean (value);
      break;
    case PROP_HOLD:
      self->hold = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
  self->style_changed = TRUE;
  GST_OBJECT_UNLOCK (self);
  configure_mask (self);
}

static void
gst_kakao_ocr_overlay_get_property (GObject * object, guint id,
    GValue * value, GParamSpec * pspec)
{
  GstKakaoOcrOverlay *self = GST_KAKAO_OCR_OVERLAY (object);

  GST_OBJECT_LOCK (self);
  switch (id) {
    case PROP_SHOW_BOXES:
      g_value_set_boolean (value, self->style.show_boxes);
      break;
    case PROP_SHOW_TEXT:
      g_value_set_boolean (value, self->style.show_text);
      break;
    case PROP_COLOR:
      g_value_set_uint (value, self->style.color);
      break;
    case PROP_LINE_WIDTH:
      g_value_set_double (value, self->style.line_width);
      break;
    case PROP_FONT_DESC:
      g_value_set_string (value, self->style.font_desc);
      break;
    case PROP_FILL:
      g_value_set_enum (value, self->fill);
      break;
    case PROP_TEXT_PATTERN:
      g_value_set_string (value, self->text_pattern);
      break;
    case PROP_FAIL_CLOSED:
      g_value_set_boolean (value, self->fail_closed);
      break;
    case PROP_HOLD:
      g_value_set_uint (value, self->hold);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
  GST_OBJECT_UNLOCK (self);
}

static void
gst_kakao_ocr_overlay_finalize (GObject * object)
{
  GstKakaoOcrOverlay *self = GST_KAKAO_OCR_OVERLAY (object);

  kocr_overlay_renderer_free (self->renderer);
  kocr_overlay_style_clear (&self->style);
  g_free (self->text_pattern);
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
  self->style.show_boxes = DEFAULT_SHOW_BOXES;
  self->style.show_text = DEFAULT_SHOW_TEXT;
  self->style.color = DEFAULT_COLOR;
  self->style.line_width = DEFAULT_LINE_WIDTH;
  self->style.font_desc = g_strdup (DEFAULT_FONT_DESC);
  self->style_changed = TRUE;
  self->fill = DEFAULT_FILL;
  self->fail_closed = DEFAULT_FAIL_CLOSED;
  self->hold = DEFAULT_HOLD;
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
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
      GST_PARAM_MUTABLE_PLAYING;

  object_class->set_property = gst_kakao_ocr_overlay_set_property;
  object_class->get_property = gst_kakao_ocr_overlay_get_property;
  object_class->finalize = gst_kakao_ocr_overlay_finalize;
  element_class->change_state = gst_kakao_ocr_overlay_change_state;
  GST_BIN_CLASS (klass)->handle_message =
      gst_kakao_ocr_overlay_handle_message;

  props[PROP_SHOW_BOXES] = g_param_spec_boolean ("show-boxes", "Show boxes",
      "Draw a box around each recognised region "
      "(may be changed at any time)", DEFAULT_SHOW_BOXES, flags);
  props[PROP_SHOW_TEXT] =
      g_param_spec_boolean ("show-text", "Show text",
      "Draw the recognised text of each line "
      "(may be changed at any time)", DEFAULT_SHOW_TEXT, flags);
  props[PROP_COLOR] =
      g_param_spec_uint ("color", "Color",
      "Color of boxes and labels' edges as ARGB (0xff00ff00 is an opaque "
      "green, and so is 0x00ff00); 0 = one for each text track (may be changed "
      "at any time)",
      0, G_MAXUINT32, DEFAULT_COLOR, flags);
  props[PROP_LINE_WIDTH] =
      g_param_spec_double ("line-width", "Line width",
      "Width of the boxes' lines in pixels of the frame; 0 = by the frame's "
      "size (may be changed at any time)", 0.0,
      MAX_LINE_WIDTH, DEFAULT_LINE_WIDTH, flags);
  props[PROP_FONT_DESC] =
      g_param_spec_string ("font-desc", "Font",
      "Pango description of the labels' font. Its size is meant for a frame "
      "of 480 lines and scaled to the frame's; a size with \"px\" is taken as "
      "it is (may be changed at any time)", DEFAULT_FONT_DESC, flags);
  props[PROP_FILL] =
      g_param_spec_enum ("fill", "Fill",
      "What is done to the text itself; redact and blur change the frame's "
      "pixels and leave labels out (may be changed at any time)",
      fill_get_type (), DEFAULT_FILL, flags);
  props[PROP_TEXT_PATTERN] =
      g_param_spec_string ("text-pattern", "Text pattern",
      "Regular expression (PCRE): boxes, labels and fill for texts that match "
      "it alone; NULL = all (may be changed at any time)", NULL, flags);
  props[PROP_FAIL_CLOSED] =
      g_param_spec_boolean ("fail-closed", "Fail closed",
      "With fill redact or blur, blank frames that have no result of their "
      "own, and what was not read of the others (may be changed at any time)",
      DEFAULT_FAIL_CLOSED, flags);
  props[PROP_HOLD] =
      g_param_spec_uint ("hold", "Hold",
      "With fill redact or blur, hide a text that long before and after the "
      "frames that have it, so that a reading that missed it shows nothing; "
      "frames are delayed by it (ms) (may be changed at any time)",
      0, MAX_HOLD, DEFAULT_HOLD, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class,
      "Recognised text on video",
      "Filter/Editor/Video",
      "Draws the boxes and texts that kakaoocr recognised", "gst-kakaoocr");
}
