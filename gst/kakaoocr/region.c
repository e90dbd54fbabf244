/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "region-private.h"

#include <math.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (GstKakaoOcrRegion, gst_kakao_ocr_region,
    gst_kakao_ocr_region_copy, gst_kakao_ocr_region_free);

void
kocr_region_init_copy (GstKakaoOcrRegion * region,
    const GstKakaoOcrRegion * from)
{
  *region = *from;
  region->text = g_strdup (from->text);
  region->words = from->words ? g_strdupv (from->words) : g_new0 (gchar *, 1);
}

void
kocr_region_clear (GstKakaoOcrRegion * region)
{
  g_clear_pointer (&region->text, g_free);
  g_clear_pointer (&region->words, g_strfreev);
}

GstKakaoOcrRegion *
gst_kakao_ocr_region_new (const gchar * text, const gchar * const *words,
    const gdouble * box, guint page, guint64 track)
{
  GstKakaoOcrRegion region = { (gchar *) text, (gchar **) words };

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (box != NULL, NULL);

  memcpy (region.box, box, sizeof region.box);
  region.page = page;
  region.track = track;
  return gst_kakao_ocr_region_copy (&region);
}

GstKakaoOcrRegion *
gst_kakao_ocr_region_copy (const GstKakaoOcrRegion * region)
{
  GstKakaoOcrRegion *copy;

  g_return_val_if_fail (region != NULL, NULL);

  copy = g_new (GstKakaoOcrRegion, 1);
  kocr_region_init_copy (copy, region);
  return copy;
}

void
gst_kakao_ocr_region_free (GstKakaoOcrRegion * region)
{
  g_return_if_fail (region != NULL);

  kocr_region_clear (region);
  g_free (region);
}

gboolean
kocr_box_is_valid (const gdouble box[GST_KAKAO_OCR_BOX_LEN])
{
  guint i;

  for (i = 0; i < GST_KAKAO_OCR_BOX_LEN; i++) {
    if (!(fabs (box[i]) <= GST_KAKAO_OCR_MAX_COORDINATE))
      return FALSE;
  }
  return TRUE;
}

gboolean
kocr_region_is_valid (const GstKakaoOcrRegion * region)
{
  guint i;

  if (region->text == NULL || !g_utf8_validate (region->text, -1, NULL))
    return FALSE;
  for (i = 0; region->words && region->words[i]; i++) {
    if (!g_utf8_validate (region->words[i], -1, NULL))
      return FALSE;
  }
  return kocr_box_is_valid (region->box);
}
