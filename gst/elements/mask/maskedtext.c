/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mask/maskedtext.h"

#include <math.h>
#include <string.h>

#include "geometry/framecrop.h"
#include "geometry/orientedbox.h"
#include "geometry/quad.h"
#include "mask/fill.h"

/* How far a text may be from where the frame before had it, in its heights: a
 * title at 25 frames a second rolls by a tenth, a quick pan moves by one. */
#define MAX_STEP 3.0

/* Of its area; what is less shows a letter. The masks' margins make up for
 * boxes that tremble. */
#define COVERED 0.9

static void
masked_text_clear (gpointer data)
{
  KocrMaskedText *self = data;

  g_free (self->text);
}

GArray *
kocr_masked_texts_new (void)
{
  GArray *texts = g_array_new (FALSE, FALSE, sizeof (KocrMaskedText));

  g_array_set_clear_func (texts, masked_text_clear);
  return texts;
}

/* @crop: (nullable) */
static void
append (GArray * texts, const gdouble * box, const gchar * text,
    const GstVideoCropMeta * crop)
{
  KocrMaskedText masked = { {0.0,}, g_strdup (text) };
  guint i;

  memcpy (masked.box, box, sizeof (masked.box));
  for (i = 0; crop && i < 4; i++) {
    masked.box[2 * i] += crop->x;
    masked.box[2 * i + 1] += crop->y;
  }
  g_array_append_val (texts, masked);
}

GArray *
kocr_masked_texts_gather (GstBuffer * buffer, KocrTextPattern * pattern)
{
  const GstVideoCropMeta *crop = kocr_frame_crop_get (buffer);
  GArray *texts = kocr_masked_texts_new ();
  gpointer state = NULL;
  GstMeta *each;

  while ((each = gst_buffer_iterate_meta_filtered (buffer, &state,
              GST_KAKAO_OCR_META_API_TYPE))) {
    GstKakaoOcrMeta *meta = (GstKakaoOcrMeta *) each;
    const gboolean *matching
        = pattern ? kocr_text_pattern_match (pattern, meta->result) : NULL;
    guint i;

    for (i = 0; i < gst_kakao_ocr_result_get_n_regions (meta->result); i++) {
      const GstKakaoOcrRegion *region =
          gst_kakao_ocr_result_get_region (meta->result, i);
      gdouble box[GST_KAKAO_OCR_BOX_LEN];

      if (matching && !matching[i])
        continue;
      /* As it was read it counts in the mapped frame. */
      if (!gst_kakao_ocr_meta_get_box (meta, i, box))
        append (texts, region->box, region->text, NULL);
      append (texts, box, region->text, crop);
    }
  }
  return texts;
}

/* --- From frame to frame --- */

static void
get_center (const KocrMaskedText * text, gdouble center[2])
{
  guint i;

  center[0] = center[1] = 0.0;
  for (i = 0; i < GST_KAKAO_OCR_BOX_LEN; i++)
    center[i % 2] += text->box[i] / 4.0;
}

/* In heights of @a. */
static gdouble
get_distance (const KocrMaskedText * a, const KocrMaskedText * b)
{
  gdouble height = hypot (a->box[6] - a->box[0], a->box[7] - a->box[1]);
  gdouble from[2], to[2];

  get_center (a, from);
  get_center (b, to);
  return hypot (to[0] - from[0], to[1] - from[1]) / MAX (height, 1.0);
}

/* The nearest that says the same, nearer than @least, and nobody's yet;
 * others->len: none. */
static guint
find_nearest (const KocrMaskedText * text, const GArray * others,
    const gboolean * taken, gdouble least)
{
  guint nearest = others->len, j;

  for (j = 0; j < others->len; j++) {
    const KocrMaskedText *other = &g_array_index (others, KocrMaskedText, j);
    gdouble distance;

    if (taken[j] || strcmp (text->text, other->text) != 0)
      continue;
    distance = get_distance (text, other);
    if (distance < least) {
      least = distance;
      nearest = j;
    }
  }
  return nearest;
}

/* Of two that say the same each finds another one: those that stay first. */
static void
find_same (const GArray * texts, const GArray * others, gboolean * found,
    gboolean * taken)
{
  static const gdouble steps[] = { MAX_STEP / 12.0, MAX_STEP / 3.0, MAX_STEP };
  guint step, i;

  for (step = 0; step < G_N_ELEMENTS (steps); step++) {
    for (i = 0; i < texts->len; i++) {
      guint nearest
          = found[i] ? others->len
                     : find_nearest (&g_array_index (texts, KocrMaskedText, i),
                         others, taken, steps[step]);

      if (nearest == others->len)
        continue;
      found[i] = taken[nearest] = TRUE;
    }
  }
}

static void
get_box (const KocrMaskedText * text, gdouble margin, KocrOrientedBox * box)
{
  kocr_oriented_box_init (
      box, kocr_quad_get_angle (text->box), text->box, 4);
  kocr_oriented_box_grow (
      box, margin * kocr_mask_fill_get_margin (box->height));
}

gboolean *
kocr_masked_texts_find (const GArray * texts, const GArray * others)
{
  gboolean *found = g_new0 (gboolean, texts->len);
  g_autofree gboolean *taken = g_new0 (gboolean, others->len);
  g_autofree KocrOrientedBox *masks = g_new (KocrOrientedBox, others->len);
  guint i, j;

  find_same (texts, others, found, taken);
  for (j = 0; j < others->len; j++)
    get_box (&g_array_index (others, KocrMaskedText, j), 1.0, &masks[j]);
  for (i = 0; i < texts->len; i++) {
    KocrOrientedBox box;
    gdouble covered = 0.0;

    if (found[i])
      continue;
    get_box (&g_array_index (texts, KocrMaskedText, i), 0.0, &box);
    /* One that is another text found again moved away from here. */
    for (j = 0; j < others->len; j++) {
      if (!taken[j])
        covered += kocr_oriented_box_overlap (&box, &masks[j]);
    }
    found[i] = covered >= COVERED * box.width * box.height;
  }
  return found;
}
