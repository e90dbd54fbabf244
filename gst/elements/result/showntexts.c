/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "result/showntexts.h"

static void
shown_clear (gpointer data)
{
  KocrShownText *shown = data;

  if (!shown->text)
    return;
  g_string_free (shown->text, TRUE);
  g_array_unref (shown->words);
}

KocrShownText *
kocr_shown_texts_find (GArray *all, guint64 track)
{
  for (guint i = 0; i < all->len; i++) {
    KocrShownText *shown = &g_array_index (all, KocrShownText, i);

    if (shown->track == track)
      return shown;
  }
  return NULL;
}

static void
add_region (GArray *all, const GstKakaoOcrRegion *region)
{
  KocrShownText *shown = kocr_shown_texts_find (all, region->track);

  if (!shown) {
    const KocrShownText fresh = { region->track, g_string_new (NULL),
      g_array_new (FALSE, FALSE, sizeof (KocrWordBox)), region->box[0],
      region->box[1], region->box[0], region->box[1] };

    g_array_append_val (all, fresh);
    shown = &g_array_index (all, KocrShownText, all->len - 1);
  }
  g_string_append (shown->text, region->text);
  g_array_append_vals (shown->words, region->box, 1);
  for (guint k = 0; k < GST_KAKAO_OCR_BOX_LEN; k += 2) {
    shown->left = MIN (shown->left, region->box[k]);
    shown->right = MAX (shown->right, region->box[k]);
    shown->top = MIN (shown->top, region->box[k + 1]);
    shown->bottom = MAX (shown->bottom, region->box[k + 1]);
  }
}

GArray *
kocr_shown_texts_list (const GstKakaoOcrResult *result)
{
  guint n = gst_kakao_ocr_result_get_n_regions (result);
  GArray *all = g_array_new (FALSE, FALSE, sizeof (KocrShownText));

  g_array_set_clear_func (all, shown_clear);
  for (guint i = 0; i < n; i++) {
    const GstKakaoOcrRegion *region
        = gst_kakao_ocr_result_get_region (result, i);

    if (region->track)
      add_region (all, region);
  }
  return all;
}

void
kocr_shown_texts_add_missed (GArray *all, const GstKakaoOcrResult *result)
{
  g_autoptr (GArray) shown = kocr_shown_texts_list (result);

  for (guint i = 0; i < shown->len; i++) {
    KocrShownText *text = &g_array_index (shown, KocrShownText, i);

    if (!kocr_shown_texts_find (all, text->track)) {
      g_array_append_vals (all, text, 1);
      text->text = NULL;
    }
  }
}

void
kocr_shown_text_get_box (
    const KocrShownText *self, const KocrShownText *other, gdouble box[8])
{
  const KocrShownText *second = other ? other : self;

  box[0] = box[6] = MIN (self->left, second->left);
  box[1] = box[3] = MIN (self->top, second->top);
  box[2] = box[4] = MAX (self->right, second->right);
  box[5] = box[7] = MAX (self->bottom, second->bottom);
}

gboolean
kocr_shown_text_begins_alone (const KocrShownText *self, GArray *others)
{
  gdouble end = self->left + (self->bottom - self->top);

  for (guint i = 0; i < others->len; i++) {
    const KocrShownText *other = &g_array_index (others, KocrShownText, i);

    if (other->left < end && other->right > self->left
        && other->top < self->bottom && other->bottom > self->top)
      return FALSE;
  }
  return TRUE;
}

gboolean
kocr_shown_text_is_part_of (
    const KocrShownText *self, const KocrShownText *whole)
{
  gdouble height = self->bottom - self->top, middle = self->top + height / 2;

  return middle > whole->top && middle < whole->bottom
         && whole->left <= self->left + height / 2
         && whole->right >= self->right - height / 2;
}
