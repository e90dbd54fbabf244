/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analytics.h"

#ifdef HAVE_ANALYTICS

#include <math.h>
#include <string.h>
#include <gst/analytics/analytics.h>

#include "meta-private.h"
#include "geometry/polygon.h"
#include "geometry/quad.h"

/* The text stands in the relation meta's own memory, NUL-terminated: a copy of
 * the buffer takes it along, and no recognised text becomes a quark, which is
 * never freed. */
static const GstAnalyticsMtdImpl text_impl = {
  .name = "kakaoocr-text",
};

/* The service gives no confidence; it tells of what it is sure enough of. */
#define CONFIDENCE 1.0f

typedef struct
{
  gint x, y, width, height;     /* before it is turned about its middle */
  gfloat angle;                 /* clockwise, from 0 to 2π */
} OrientedBox;

/* A box may be any quadrilateral: its sides are taken as means of two edges,
 * its angle is that of the text. */
#if GST_CHECK_VERSION (1, 26, 0)
static void
oriented_box_init (OrientedBox * oriented, const gdouble b[8])
{
  gdouble right[2], down[2], width, height;
  gdouble middle_x = (b[0] + b[2] + b[4] + b[6]) / 4.0;
  gdouble middle_y = (b[1] + b[3] + b[5] + b[7]) / 4.0;
  gdouble angle = kocr_quad_get_angle (b);

  kocr_quad_get_sides (b, right, down);
  width = hypot (right[0], right[1]);
  height = hypot (down[0], down[1]);
  oriented->x = lround (middle_x - width / 2.0);
  oriented->y = lround (middle_y - height / 2.0);
  oriented->width = MAX (1, lround (width));
  oriented->height = MAX (1, lround (height));
  oriented->angle = angle < 0.0 ? angle + 2.0 * G_PI : angle;
}
#else
static void
oriented_box_init (OrientedBox * oriented, const gdouble b[8])
{
  gdouble left, top, right, bottom;

  kocr_polygon_get_bounds (b, 4, &left, &top, &right, &bottom);
  oriented->x = floor (left);
  oriented->y = floor (top);
  oriented->width = MAX (1, ceil (right) - floor (left));
  oriented->height = MAX (1, ceil (bottom) - floor (top));
  oriented->angle = 0.0f;
}
#endif

static gboolean
add_detection (GstAnalyticsRelationMeta * relations, GQuark label,
    const OrientedBox * box, GstAnalyticsODMtd * detection)
{
#if GST_CHECK_VERSION (1, 26, 0)
  return gst_analytics_relation_meta_add_oriented_od_mtd (relations, label,
      box->x, box->y, box->width, box->height, box->angle, CONFIDENCE,
      detection);
#else
  return gst_analytics_relation_meta_add_od_mtd (relations, label, box->x,
      box->y, box->width, box->height, CONFIDENCE, detection);
#endif
}

/* Is @point within the box of @object? Other elements' boxes stand upright. */
static gboolean
is_on_object (const GstAnalyticsMtd *object, const gdouble point[2])
{
  gint x, y, width, height;
  gfloat confidence;

  return gst_analytics_od_mtd_get_location (
             object, &x, &y, &width, &height, &confidence)
         && point[0] >= x && point[0] <= x + width && point[1] >= y
         && point[1] <= y + height;
}

/* Relates @detection, whose middle is at @point, to what others have found
 * around it. */
static gboolean
relate_to_objects (GstAnalyticsRelationMeta *relations, GQuark label,
    guint detection, const gdouble point[2])
{
  gpointer state = NULL;
  GstAnalyticsMtd object;

  while (gst_analytics_relation_meta_iterate (
      relations, &state, gst_analytics_od_mtd_get_mtd_type (), &object))
    if (gst_analytics_od_mtd_get_obj_type (&object) != label
        && is_on_object (&object, point)
        && !gst_analytics_relation_meta_set_relation (relations,
            GST_ANALYTICS_REL_TYPE_RELATE_TO, detection, object.id))
      return FALSE;
  return TRUE;
}

static gboolean
add_region (GstAnalyticsRelationMeta * relations, GQuark label,
    const OrientedBox * box, const gchar * text)
{
  const gdouble middle[] = { box->x + box->width / 2.0,
    box->y + box->height / 2.0 };
  GstAnalyticsODMtd detection;
  GstAnalyticsMtd text_mtd;
  gsize size = strlen (text) + 1;
  gpointer memory;

  memory = gst_analytics_relation_meta_add_mtd (relations, &text_impl, size,
      &text_mtd);
  if (memory == NULL)
    return FALSE;
  memcpy (memory, text, size);
  return add_detection (relations, label, box, &detection) &&
      gst_analytics_relation_meta_set_relation (relations,
      GST_ANALYTICS_REL_TYPE_CONTAIN, detection.id, text_mtd.id)
      && relate_to_objects (relations, label, detection.id, middle);
}

gboolean
gst_kakao_ocr_meta_add_analytics (GstKakaoOcrMeta * meta)
{
  GstAnalyticsRelationMeta *relations;
  const GstVideoCropMeta *crop;
  GQuark label = g_quark_from_static_string ("text");
  guint i, n;

  g_return_val_if_fail (meta != NULL, FALSE);
  g_return_val_if_fail (gst_buffer_is_writable (meta->buffer), FALSE);

  relations = gst_buffer_get_analytics_relation_meta (meta->buffer);
  if (relations == NULL)
    relations = gst_buffer_add_analytics_relation_meta (meta->buffer);
  crop = kocr_meta_get_crop (meta);
  n = gst_kakao_ocr_result_get_n_regions (meta->result);
  for (i = 0; i < n; i++) {
    gdouble corners[GST_KAKAO_OCR_BOX_LEN];
    OrientedBox box;

    if (!kocr_meta_read_box (meta, i, crop, corners))
      continue;
    oriented_box_init (&box, corners);
    if (!add_region (relations, label, &box,
            gst_kakao_ocr_result_get_region (meta->result, i)->text))
      return FALSE;
  }
  return TRUE;
}

guintptr
gst_kakao_ocr_text_mtd_get_mtd_type (void)
{
  return (GstAnalyticsMtdType) & text_impl;
}

const gchar *
gst_kakao_ocr_text_mtd_get_text (const GstAnalyticsMtd * mtd)
{
  GstAnalyticsMtd copy;

  g_return_val_if_fail (mtd != NULL, NULL);

  copy = *mtd;
  if (gst_analytics_mtd_get_mtd_type (&copy) !=
      gst_kakao_ocr_text_mtd_get_mtd_type ())
    return NULL;
  return gst_analytics_relation_meta_get_mtd_data (copy.meta, copy.id);
}

const gchar *
gst_buffer_get_kakao_ocr_text (GstBuffer *buffer, guint detection)
{
  GstAnalyticsRelationMeta *relations;
  gpointer state = NULL;
  GstAnalyticsMtd mtd;

  g_return_val_if_fail (GST_IS_BUFFER (buffer), NULL);

  relations = gst_buffer_get_analytics_relation_meta (buffer);
  if (!relations
      || !gst_analytics_relation_meta_get_direct_related (relations, detection,
          GST_ANALYTICS_REL_TYPE_CONTAIN,
          gst_kakao_ocr_text_mtd_get_mtd_type (), &state, &mtd))
    return NULL;
  return gst_kakao_ocr_text_mtd_get_text (&mtd);
}

#else

const gchar *
gst_buffer_get_kakao_ocr_text (GstBuffer *buffer, guint detection)
{
  return NULL;
}

gboolean
gst_kakao_ocr_meta_add_analytics (GstKakaoOcrMeta * meta)
{
  g_return_val_if_fail (meta != NULL, FALSE);

  return FALSE;
}

guintptr
gst_kakao_ocr_text_mtd_get_mtd_type (void)
{
  return 0;
}

const gchar *
gst_kakao_ocr_text_mtd_get_text (const struct _GstAnalyticsMtd *mtd)
{
  return NULL;
}

#endif
