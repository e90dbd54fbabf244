/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "maskfilter.h"

#include "framecaps.h"
#include "ownresult.h"
#include "samplingquery.h"

struct _MaskFilter
{
  GstElement parent;

  GstPad *sinkpad, *srcpad;

  /* object lock */
  MaskSettings settings;

  /* stream lock */
  GstVideoInfo info;
  gboolean maskable;            /* frames of info */
  gboolean asked;               /* how upstream samples, in this run */
  gboolean warned;              /* that frames are not read, in this run */
  gboolean blanked;
};

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE ("sink",
    GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE ("src",
    GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

G_DEFINE_FINAL_TYPE (MaskFilter, mask_filter, GST_TYPE_ELEMENT);

static void
mask_settings_clear (MaskSettings * settings)
{
  g_clear_pointer (&settings->pattern, text_pattern_unref);
}

static void
mask_settings_copy (MaskSettings * to, const MaskSettings * from)
{
  *to = *from;
  if (to->pattern)
    text_pattern_ref (to->pattern);
}

void
mask_filter_configure (MaskFilter * self, const MaskSettings * settings)
{
  MaskSettings old;

  GST_OBJECT_LOCK (self);
  old = self->settings;
  mask_settings_copy (&self->settings, settings);
  GST_OBJECT_UNLOCK (self);
  mask_settings_clear (&old);
}

gboolean
mask_filter_is_blanked (MaskFilter * self)
{
  return self->blanked;
}

/* --- A frame --- */

/* One a run: who reads it once knows. */
static void
warn (MaskFilter * self, const MaskSettings * settings, const gchar * reason)
{
  if (self->warned)
    return;
  self->warned = TRUE;
  GST_ELEMENT_WARNING (self, STREAM, FAILED,
      ("Text may stay readable, or whole frames be hidden: %s.", reason),
      ("To hide text for certain takes kakaoocr timing=exact interval=0 "
          "change-threshold=0 before this, and nothing between that changes "
          "time stamps. A frame without a result of its own is %s.",
          settings->fail_closed ? "blanked (fail-closed=true)" :
          "hidden only where older results have text (fail-closed=false)"));
}

static void
ask_upstream (MaskFilter * self, const MaskSettings * settings)
{
  g_autofree gchar *unread = NULL;

  if (self->asked)
    return;
  self->asked = TRUE;
  unread = sampling_query_ask (self->sinkpad);
  if (unread)
    warn (self, settings, unread);
}

/* The boxes of all that is to be masked, in pixels of the mapped frame: a
 * region that was lost may still be where it was last. */
static GArray *
gather_boxes (GstBuffer * buffer, TextPattern * pattern)
{
  const GstVideoCropMeta *crop = gst_buffer_get_video_crop_meta (buffer);
  GArray *boxes = g_array_new (FALSE, FALSE,
      GST_KAKAO_OCR_BOX_LEN * sizeof (gdouble));
  gpointer state = NULL;
  GstMeta *each;

  while ((each = gst_buffer_iterate_meta_filtered (buffer, &state,
              GST_KAKAO_OCR_META_API_TYPE))) {
    GstKakaoOcrMeta *meta = (GstKakaoOcrMeta *) each;
    const gboolean *meant = pattern ?
        text_pattern_match (pattern, meta->result) : NULL;
    guint i, j;

    for (i = 0; i < gst_kakao_ocr_result_get_n_regions (meta->result); i++) {
      gdouble box[GST_KAKAO_OCR_BOX_LEN];

      if (meant && !meant[i])
        continue;
      gst_kakao_ocr_meta_get_box (meta, i, box);
      for (j = 0; crop && crop->width > 0 && j < 4; j++) {
        box[2 * j] += crop->x;
        box[2 * j + 1] += crop->y;
      }
      g_array_append_val (boxes, box);
    }
  }
  return boxes;
}

/* Takes @buffer. NULL when its pixels cannot be changed. */
static GstBuffer *
mask (MaskFilter * self, GstBuffer * buffer, TextMaskKind kind, GArray * boxes)
{
  GstVideoFrame frame;

  buffer = gst_buffer_make_writable (buffer);
  if (!self->maskable ||
      !gst_video_frame_map (&frame, &self->info, buffer, GST_MAP_READWRITE)) {
    gst_buffer_unref (buffer);
    return NULL;
  }
  if (self->blanked)
    text_mask_blank (&frame);
  else
    text_mask_fill (&frame, kind, (const gdouble *) boxes->data, boxes->len);
  gst_video_frame_unmap (&frame);
  return buffer;
}

/* Takes @buffer, gives one to be passed on. */
static GstBuffer *
process (MaskFilter * self, GstBuffer * buffer, const MaskSettings * settings)
{
  g_autoptr (GArray) boxes = NULL;
  const gchar *reason;
  gboolean own = own_result_check (buffer, &reason);

  ask_upstream (self, settings);
  if (reason)
    warn (self, settings, reason);

  self->blanked = !own && settings->fail_closed;
  boxes = gather_boxes (buffer, settings->pattern);
  return boxes->len > 0 || self->blanked ?
      mask (self, buffer, settings->kind, boxes) : buffer;
}

static GstFlowReturn
chain (GstPad * pad, GstObject * parent, GstBuffer * buffer)
{
  MaskFilter *self = MASK_FILTER (parent);
  MaskSettings settings;

  GST_OBJECT_LOCK (self);
  mask_settings_copy (&settings, &self->settings);
  GST_OBJECT_UNLOCK (self);

  self->blanked = FALSE;
  if (settings.active)
    buffer = process (self, buffer, &settings);
  mask_settings_clear (&settings);
  if (!buffer) {
    GST_ELEMENT_ERROR (self, STREAM, FORMAT,
        ("The text of these frames cannot be made unreadable: their pixels "
            "cannot be changed here."),
        ("Put a converter before kakaoocroverlay, for example: videoconvert ! "
            "video/x-raw,format=I420"));
    return GST_FLOW_ERROR;
  }
  return gst_pad_push (self->srcpad, buffer);
}

/* --- --- */

static void
set_caps (MaskFilter * self, const GstCaps * caps)
{
  const gchar *reason;

  /* Without a reason it is that fields alternate, which matters not here. */
  self->maskable = (frame_caps_to_video_info (caps, &self->info, &reason) ||
      !reason) && text_mask_supports (&self->info);
}

static gboolean
sink_event (GstPad * pad, GstObject * parent, GstEvent * event)
{
  MaskFilter *self = MASK_FILTER (parent);
  GstCaps *caps;

  if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS) {
    gst_event_parse_caps (event, &caps);
    set_caps (self, caps);
  }
  return gst_pad_event_default (pad, parent, event);
}

static GstStateChangeReturn
mask_filter_change_state (GstElement * element, GstStateChange transition)
{
  MaskFilter *self = MASK_FILTER (element);

  if (transition == GST_STATE_CHANGE_READY_TO_PAUSED) {
    self->maskable = FALSE;
    self->asked = self->warned = FALSE;
  }
  return GST_ELEMENT_CLASS (mask_filter_parent_class)->change_state (element,
      transition);
}

static void
mask_filter_finalize (GObject * object)
{
  mask_settings_clear (&MASK_FILTER (object)->settings);
  G_OBJECT_CLASS (mask_filter_parent_class)->finalize (object);
}

static GstPad *
add_pad (MaskFilter * self, GstStaticPadTemplate * template)
{
  GstPad *pad = gst_pad_new_from_static_template (template,
      template->name_template);

  GST_PAD_SET_PROXY_CAPS (pad);
  GST_PAD_SET_PROXY_ALLOCATION (pad);
  GST_PAD_SET_PROXY_SCHEDULING (pad);
  gst_element_add_pad (GST_ELEMENT (self), pad);
  return pad;
}

static void
mask_filter_init (MaskFilter * self)
{
  self->sinkpad = add_pad (self, &sink_template);
  gst_pad_set_chain_function (self->sinkpad, chain);
  gst_pad_set_event_function (self->sinkpad, sink_event);
  self->srcpad = add_pad (self, &src_template);
}

static void
mask_filter_class_init (MaskFilterClass * klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mask_filter_finalize;
  element_class->change_state = mask_filter_change_state;
  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class, "Text mask",
      "Filter/Editor/Video", "Makes recognised text unreadable",
      "gst-kakaoocr");
}
