/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "result-private.h"

#include "layout/lines.h"
#include "region-private.h"

typedef struct
{
  gint x, y, width, height;
} Rectangle;

typedef struct
{
  guint64 track;
  GstKakaoOcrTextEdge edge;
  GstClockTime pts;
} Edge;

struct _GstKakaoOcrResult
{
  GstMiniObject mini_object;

  GstClockTime pts;
  gint width;
  gint height;
  gchar *producer;              /* NULL: unknown */
  GstVideoOrientationMethod orientation;
  gboolean truncated;
  GstClockTime latency;
  GstKakaoOcrRegion *regions;
  guint n_regions;
  guint n_dropped;
  GArray *unread;               /* of Rectangle; NULL: none */
  GArray *edges;                /* of Edge; NULL: none */

  /* Made at first use: atomic pointers that are set once. */
  KocrLines *lines;
  gchar *text;
  GstStructure **roi_params;    /* NULL-terminated, one a region */
};

GST_DEFINE_MINI_OBJECT_TYPE (GstKakaoOcrResult, gst_kakao_ocr_result);

static gboolean
regions_are_valid (const GstKakaoOcrRegion * regions, guint n_regions)
{
  guint i;

  for (i = 0; i < n_regions; i++) {
    if (!kocr_region_is_valid (&regions[i]))
      return FALSE;
  }
  return TRUE;
}

static void
roi_params_free (GstStructure ** params)
{
  guint i;

  for (i = 0; params[i]; i++)
    gst_structure_free (params[i]);
  g_free (params);
}

static void
result_free (GstKakaoOcrResult * result)
{
  guint i;

  for (i = 0; i < result->n_regions; i++)
    kocr_region_clear (&result->regions[i]);
  g_free (result->regions);
  g_free (result->producer);
  g_clear_pointer (&result->unread, g_array_unref);
  g_clear_pointer (&result->edges, g_array_unref);
  g_clear_pointer (&result->lines, kocr_lines_free);
  g_free (result->text);
  g_clear_pointer (&result->roi_params, roi_params_free);
  g_free (result);
}

GstKakaoOcrResult *
gst_kakao_ocr_result_new (GstClockTime pts, gint width, gint height,
    const GstKakaoOcrRegion * regions, guint n_regions, gboolean truncated,
    GstClockTime latency)
{
  GstKakaoOcrResult *result;
  guint i;

  g_return_val_if_fail (width > 0 && height > 0, NULL);
  g_return_val_if_fail (regions != NULL || n_regions == 0, NULL);
  g_return_val_if_fail (regions_are_valid (regions, n_regions), NULL);

  result = g_new0 (GstKakaoOcrResult, 1);
  gst_mini_object_init (GST_MINI_OBJECT_CAST (result), 0,
      GST_TYPE_KAKAO_OCR_RESULT, NULL, NULL,
      (GstMiniObjectFreeFunction) result_free);
  result->pts = pts;
  result->width = width;
  result->height = height;
  result->truncated = truncated != FALSE;
  result->latency = latency;
  result->regions = g_new (GstKakaoOcrRegion, n_regions);
  result->n_regions = n_regions;
  for (i = 0; i < n_regions; i++)
    kocr_region_init_copy (&result->regions[i], &regions[i]);
  return result;
}

GstKakaoOcrResult *
gst_kakao_ocr_result_ref (GstKakaoOcrResult * result)
{
  g_return_val_if_fail (result != NULL, NULL);

  return (GstKakaoOcrResult *)
      gst_mini_object_ref (GST_MINI_OBJECT_CAST (result));
}

void
gst_kakao_ocr_result_unref (GstKakaoOcrResult * result)
{
  g_return_if_fail (result != NULL);

  gst_mini_object_unref (GST_MINI_OBJECT_CAST (result));
}

GstClockTime
gst_kakao_ocr_result_get_pts (const GstKakaoOcrResult * result)
{
  g_return_val_if_fail (result != NULL, GST_CLOCK_TIME_NONE);

  return result->pts;
}

gint
gst_kakao_ocr_result_get_width (const GstKakaoOcrResult * result)
{
  g_return_val_if_fail (result != NULL, 0);

  return result->width;
}

gint
gst_kakao_ocr_result_get_height (const GstKakaoOcrResult * result)
{
  g_return_val_if_fail (result != NULL, 0);

  return result->height;
}

gboolean
gst_kakao_ocr_result_get_truncated (const GstKakaoOcrResult * result)
{
  g_return_val_if_fail (result != NULL, FALSE);

  return result->truncated;
}

const gchar *
gst_kakao_ocr_result_get_producer (const GstKakaoOcrResult * result)
{
  g_return_val_if_fail (result != NULL, NULL);

  return result->producer;
}

void
gst_kakao_ocr_result_set_producer (GstKakaoOcrResult * result,
    const gchar * producer)
{
  g_return_if_fail (result != NULL);
  g_return_if_fail (GST_MINI_OBJECT_REFCOUNT_VALUE (result) == 1);
  g_return_if_fail (producer == NULL || g_utf8_validate (producer, -1, NULL));

  g_free (result->producer);
  result->producer = g_strdup (producer);
}

GstVideoOrientationMethod
gst_kakao_ocr_result_get_orientation (const GstKakaoOcrResult *result)
{
  g_return_val_if_fail (result != NULL, GST_VIDEO_ORIENTATION_IDENTITY);

  return result->orientation;
}

void
gst_kakao_ocr_result_set_orientation (
    GstKakaoOcrResult *result, GstVideoOrientationMethod orientation)
{
  g_return_if_fail (result != NULL);
  g_return_if_fail (GST_MINI_OBJECT_REFCOUNT_VALUE (result) == 1);
  g_return_if_fail (orientation <= GST_VIDEO_ORIENTATION_UR_LL);

  result->orientation = orientation;
}

guint
gst_kakao_ocr_result_get_regions_dropped (const GstKakaoOcrResult * result)
{
  g_return_val_if_fail (result != NULL, 0);

  return result->n_dropped;
}

void
gst_kakao_ocr_result_set_regions_dropped (GstKakaoOcrResult * result, guint n)
{
  g_return_if_fail (result != NULL);
  g_return_if_fail (GST_MINI_OBJECT_REFCOUNT_VALUE (result) == 1);

  result->n_dropped = n;
}

guint
gst_kakao_ocr_result_get_n_unread (const GstKakaoOcrResult * result)
{
  g_return_val_if_fail (result != NULL, 0);

  return result->unread ? result->unread->len : 0;
}

void
gst_kakao_ocr_result_get_unread (const GstKakaoOcrResult * result, guint i,
    gint * x, gint * y, gint * width, gint * height)
{
  const Rectangle *rectangle;

  g_return_if_fail (i < gst_kakao_ocr_result_get_n_unread (result));
  g_return_if_fail (x && y && width && height);

  rectangle = &g_array_index (result->unread, Rectangle, i);
  *x = rectangle->x;
  *y = rectangle->y;
  *width = rectangle->width;
  *height = rectangle->height;
}

void
gst_kakao_ocr_result_add_unread (GstKakaoOcrResult * result, gint x, gint y,
    gint width, gint height)
{
  const Rectangle rectangle = { x, y, width, height };

  g_return_if_fail (result != NULL);
  g_return_if_fail (GST_MINI_OBJECT_REFCOUNT_VALUE (result) == 1);

  if (width <= 0 || height <= 0)
    return;
  if (result->unread == NULL)
    result->unread = g_array_new (FALSE, FALSE, sizeof (Rectangle));
  g_array_append_val (result->unread, rectangle);
}

guint
gst_kakao_ocr_result_get_n_edges (const GstKakaoOcrResult * result)
{
  g_return_val_if_fail (result != NULL, 0);

  return result->edges ? result->edges->len : 0;
}

GstKakaoOcrTextEdge
gst_kakao_ocr_result_get_edge (const GstKakaoOcrResult *result, guint i,
    guint64 *track, GstClockTime *pts)
{
  const Edge *edge;

  g_return_val_if_fail (i < gst_kakao_ocr_result_get_n_edges (result),
      GST_KAKAO_OCR_TEXT_EDGE_UNCLEAR);
  g_return_val_if_fail (track && pts, GST_KAKAO_OCR_TEXT_EDGE_UNCLEAR);

  edge = &g_array_index (result->edges, Edge, i);
  *track = edge->track;
  *pts = edge->pts;
  return edge->edge;
}

void
gst_kakao_ocr_result_add_edge (GstKakaoOcrResult *result, guint64 track,
    GstKakaoOcrTextEdge edge, GstClockTime pts)
{
  const Edge added = { track, edge, pts };

  g_return_if_fail (result != NULL);
  g_return_if_fail (GST_MINI_OBJECT_REFCOUNT_VALUE (result) == 1);

  if (result->edges == NULL)
    result->edges = g_array_new (FALSE, FALSE, sizeof (Edge));
  g_array_append_val (result->edges, added);
}

void
gst_kakao_ocr_result_set_times (GstKakaoOcrResult * result, GstClockTime pts,
    GstClockTime latency)
{
  g_return_if_fail (result != NULL);
  g_return_if_fail (GST_MINI_OBJECT_REFCOUNT_VALUE (result) == 1);

  result->pts = pts;
  result->latency = latency;
}

void
kocr_result_set_truncated (GstKakaoOcrResult * result, gboolean truncated)
{
  result->truncated = truncated;
}

GstClockTime
gst_kakao_ocr_result_get_latency (const GstKakaoOcrResult * result)
{
  g_return_val_if_fail (result != NULL, GST_CLOCK_TIME_NONE);

  return result->latency;
}

guint
gst_kakao_ocr_result_get_n_regions (const GstKakaoOcrResult * result)
{
  g_return_val_if_fail (result != NULL, 0);

  return result->n_regions;
}

const GstKakaoOcrRegion *
gst_kakao_ocr_result_get_region (const GstKakaoOcrResult * result, guint i)
{
  g_return_val_if_fail (result != NULL, NULL);
  g_return_val_if_fail (i < result->n_regions, NULL);

  return &result->regions[i];
}

/* The lines, made at first use. Two threads may both make them; one wins. */
static const KocrLines *
result_peek_lines (GstKakaoOcrResult * result)
{
  KocrLines *lines = g_atomic_pointer_get (&result->lines);

  if (lines == NULL) {
    lines = kocr_lines_new (result->regions, result->n_regions);
    if (!g_atomic_pointer_compare_and_exchange (&result->lines, NULL, lines)) {
      kocr_lines_free (lines);
      lines = g_atomic_pointer_get (&result->lines);
    }
  }
  return lines;
}

guint
gst_kakao_ocr_result_get_n_lines (GstKakaoOcrResult * result)
{
  g_return_val_if_fail (result != NULL, 0);

  return result_peek_lines (result)->n_lines;
}

const guint *
gst_kakao_ocr_result_get_line_regions (GstKakaoOcrResult * result, guint i,
    guint * n_regions)
{
  const KocrLines *lines;

  g_return_val_if_fail (result != NULL, NULL);
  g_return_val_if_fail (n_regions != NULL, NULL);

  lines = result_peek_lines (result);
  g_return_val_if_fail (i < lines->n_lines, NULL);

  return kocr_lines_get (lines, i, n_regions);
}

gchar **
gst_kakao_ocr_result_get_lines (GstKakaoOcrResult * result)
{
  const KocrLines *lines;
  gchar **texts;
  guint i;

  g_return_val_if_fail (result != NULL, NULL);

  lines = result_peek_lines (result);
  texts = g_new0 (gchar *, lines->n_lines + 1);
  for (i = 0; i < lines->n_lines; i++)
    texts[i] = kocr_lines_get_text (lines, i, result->regions);
  return texts;
}

const gchar *
gst_kakao_ocr_result_get_text (GstKakaoOcrResult * result)
{
  gchar *text;

  g_return_val_if_fail (result != NULL, NULL);

  text = g_atomic_pointer_get (&result->text);
  if (text == NULL) {
    g_auto (GStrv) lines = gst_kakao_ocr_result_get_lines (result);

    text = g_strjoinv ("\n", lines);
    if (!g_atomic_pointer_compare_and_exchange (&result->text, NULL, text)) {
      g_free (text);
      text = g_atomic_pointer_get (&result->text);
    }
  }
  return text;
}

static GstStructure **
roi_params_new (const GstKakaoOcrRegion * regions, guint n_regions)
{
  GstStructure **params = g_new (GstStructure *, n_regions + 1);
  guint i;

  for (i = 0; i < n_regions; i++) {
    params[i] = gst_structure_new ("text", "text", G_TYPE_STRING,
        regions[i].text, NULL);
  }
  params[n_regions] = NULL;
  return params;
}

const GstStructure *
kocr_result_get_roi_params (GstKakaoOcrResult * result, guint i)
{
  GstStructure **params = g_atomic_pointer_get (&result->roi_params);

  if (params == NULL) {
    params = roi_params_new (result->regions, result->n_regions);
    if (!g_atomic_pointer_compare_and_exchange (&result->roi_params, NULL,
            params)) {
      roi_params_free (params);
      params = g_atomic_pointer_get (&result->roi_params);
    }
  }
  return params[i];
}
