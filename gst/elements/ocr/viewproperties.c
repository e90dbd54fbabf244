/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/viewproperties.h"

#include <gst/video/video.h>
#include <math.h>
#include <string.h>

/* The number in @value. @whole: (inout): FALSE when it is no integer. */
static gboolean
number_from_value (const GValue *value, gdouble *number, gboolean *whole)
{
  GValue real = G_VALUE_INIT;

  if (G_VALUE_TYPE (value) == G_TYPE_BOOLEAN
      || !g_value_type_transformable (G_VALUE_TYPE (value), G_TYPE_DOUBLE))
    return FALSE;
  g_value_init (&real, G_TYPE_DOUBLE);
  g_value_transform (value, &real);
  *number = g_value_get_double (&real);
  if (G_VALUE_HOLDS_DOUBLE (value) || G_VALUE_HOLDS_FLOAT (value)
      || GST_VALUE_HOLDS_FRACTION (value))
    *whole = FALSE;
  return isfinite (*number);
}

/* Whether there is something of a picture in it. */
static gboolean
is_rectangle (const KocrArea *area)
{
  gdouble most = area->relative ? 1.0 : G_MAXINT;

  for (guint i = 0; i < 4; i++) {
    if (area->at[i] < 0 || area->at[i] > most)
      return FALSE;
  }
  return area->at[2] > 0 && area->at[3] > 0
         && (!area->relative || (area->at[0] < 1 && area->at[1] < 1));
}

gboolean
kocr_view_area_from_value (KocrArea *area, const GValue *value)
{
  guint n = gst_value_array_get_size (value);
  KocrArea found = { {
                         0,
                     },
    FALSE };
  gboolean whole = TRUE;

  memset (area, 0, sizeof *area);
  if (n == 0)
    return TRUE;
  if (n != 4)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    if (!number_from_value (
            gst_value_array_get_value (value, i), &found.at[i], &whole))
      return FALSE;
  }
  found.relative = !whole;
  if (!is_rectangle (&found))
    return FALSE;
  *area = found;
  return TRUE;
}

gboolean
kocr_view_masks_from_value (KocrViewSettings *settings, const GValue *value)
{
  guint n = gst_value_array_get_size (value);

  settings->n_masks = 0;
  if (n > KOCR_MAX_MASKS)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    const GValue *item = gst_value_array_get_value (value, i);

    if (!GST_VALUE_HOLDS_ARRAY (item) || gst_value_array_get_size (item) != 4
        || !kocr_view_area_from_value (&settings->masks[i], item))
      return FALSE;
  }
  settings->n_masks = n;
  return TRUE;
}

gboolean
kocr_view_turn_from_tags (const GstTagList *tags, guint *turn)
{
  GstVideoOrientationMethod method;

  if (!gst_video_orientation_from_tag ((GstTagList *)tags, &method))
    return FALSE;
  *turn = method;
  return TRUE;
}
