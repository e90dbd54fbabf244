/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mask/framemask.h"

#include "mask/maskedtext.h"
#include "mask/unread.h"

#define UNREAD "a part of the frames is not read (region, mask or " \
    "max-dimension of kakaoocr)"

void
kocr_mask_settings_copy (KocrMaskSettings * to, const KocrMaskSettings * from)
{
  *to = *from;
  if (to->pattern)
    kocr_text_pattern_ref (to->pattern);
}

void
kocr_mask_settings_clear (KocrMaskSettings * self)
{
  g_clear_pointer (&self->pattern, kocr_text_pattern_unref);
}

void
kocr_frame_mask_init (KocrFrameMask *self, GstBuffer *buffer,
    const GstVideoInfo *info, const KocrMaskSettings *settings)
{
  gboolean is_read = kocr_unread_check (buffer, &self->doubt);

  self->fill = settings->fill;
  self->blank = !is_read && settings->fail_closed;
  self->texts = kocr_masked_texts_gather (buffer, settings->pattern);
  self->unread = kocr_unread_gather_parts (buffer, info);
  if (self->unread->len > 0 && !self->doubt)
    self->doubt = UNREAD;
  if (!settings->fail_closed)
    g_array_set_size (self->unread, 0);
}

void
kocr_frame_mask_clear (KocrFrameMask * self)
{
  g_clear_pointer (&self->texts, g_array_unref);
  g_clear_pointer (&self->unread, g_array_unref);
}

static gboolean
blend_attached (GstBuffer * buffer, GstVideoFrame * frame)
{
  gpointer state = NULL;
  GstMeta *each;

  while ((each = gst_buffer_iterate_meta_filtered (buffer, &state,
              GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE))) {
    if (!gst_video_overlay_composition_blend
        (((GstVideoOverlayCompositionMeta *) each)->overlay, frame))
      return FALSE;
  }
  return TRUE;
}

/* Who shows the frame would draw it over what is hidden. */
static void
drop_attached (GstBuffer * buffer)
{
  GstVideoOverlayCompositionMeta *meta;

  while ((meta = gst_buffer_get_video_overlay_composition_meta (buffer)))
    gst_buffer_remove_video_overlay_composition_meta (buffer, meta);
}

static void
hide (const KocrFrameMask * self, GstVideoFrame * frame, const GArray * held)
{
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE,
      GST_KAKAO_OCR_BOX_LEN * sizeof (gdouble));
  guint i;

  for (i = 0; i < self->texts->len; i++)
    g_array_append_val (
        boxes, g_array_index (self->texts, KocrMaskedText, i).box);
  if (held)
    g_array_append_vals (boxes, held->data, held->len);
  kocr_mask_fill_boxes (
      frame, self->fill, (const gdouble *)boxes->data, boxes->len);
  kocr_mask_fill_boxes (frame, KOCR_MASK_FILL_BLANK,
      (const gdouble *)self->unread->data, self->unread->len);
}

GstBuffer *
kocr_frame_mask_apply (const KocrFrameMask * self, GstBuffer * buffer,
    const GstVideoInfo * info, const GArray * held)
{
  GstVideoFrame frame;
  gboolean done = TRUE;

  if (!self->blank && self->texts->len == 0 && self->unread->len == 0 &&
      (!held || held->len == 0))
    return buffer;

  buffer = gst_buffer_make_writable (buffer);
  if (!kocr_mask_fill_supports (info)
      || !gst_video_frame_map (&frame, info, buffer, GST_MAP_READWRITE)) {
    gst_buffer_unref (buffer);
    return NULL;
  }
  if (self->blank) {
    kocr_mask_fill_frame (&frame);
  } else {
    done = blend_attached (buffer, &frame);
    hide (self, &frame, held);
  }
  gst_video_frame_unmap (&frame);
  drop_attached (buffer);
  if (!done)
    gst_clear_buffer (&buffer);
  return buffer;
}
