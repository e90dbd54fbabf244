/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/settings.h"

#include <math.h>
#include <string.h>

#include "ocr/properties.h"

void
kocr_ocr_settings_init (KocrOcrSettings * self)
{
  *self = (KocrOcrSettings) { 0, };
  kocr_property_table_init (&kocr_ocr_properties, self);
}

void
kocr_ocr_settings_clear (KocrOcrSettings * self)
{
  kocr_property_table_clear (&kocr_ocr_properties, self);
}

/* Rectangles: arrays of four numbers, x, y, width and height, in pixels when
 * all of them are integers, else in parts of the picture's size. */

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

/* An array of no number (all of the picture) or of four. FALSE: it is neither,
 * or no rectangle; @area is all 0. */
static gboolean
read_area (KocrArea *area, const GValue *value)
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

/* FALSE: one is no rectangle, or there are too many. */
static gboolean
read_masks (KocrViewSettings *settings, const GValue *value)
{
  guint n = gst_value_array_get_size (value);

  settings->n_masks = 0;
  if (n > KOCR_MAX_MASKS)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    const GValue *item = gst_value_array_get_value (value, i);

    if (!GST_VALUE_HOLDS_ARRAY (item) || gst_value_array_get_size (item) != 4
        || !read_area (&settings->masks[i], item))
      return FALSE;
  }
  settings->n_masks = n;
  return TRUE;
}

/* What is set wrongly stays as it is set, and is told of when frames come: the
 * whole frame is not what was asked for. */
static void
read_view (KocrOcrSettings * self)
{
  KocrFrameSettings *frame = &self->frame;

  frame->view_problem = NULL;
  if (!read_area (&frame->view.region, &self->region))
    frame->view_problem =
        "region is not usable: it takes no value or four, "
        "<x,y,width,height>, in pixels (integers) or in parts of the frame "
        "(0.0 to 1.0), with a width and a height above 0.";
  if (!read_masks (&frame->view, &self->mask))
    frame->view_problem =
        "mask is not usable: it takes rectangles, at most "
        G_STRINGIFY (KOCR_MAX_MASKS) ", <<x,y,width,height>,...>, in pixels "
        "(integers) or in parts of the frame (0.0 to 1.0).";
}

gboolean
kocr_ocr_settings_set (KocrOcrSettings * self, guint id, const GValue * value)
{
  gboolean known = kocr_property_table_set (&kocr_ocr_properties, self, id,
      value);

  if (known && GST_VALUE_HOLDS_ARRAY (value))
    read_view (self);
  return known;
}

gboolean
kocr_ocr_settings_get (const KocrOcrSettings * self, guint id, GValue * value)
{
  return kocr_property_table_get (&kocr_ocr_properties, self, id, value);
}
