/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "drawncomposition.h"

const KocrOverlayStyle drawing_default = { TRUE, TRUE, 0, 0.0, FONT };
const KocrOverlayStyle drawing_boxes = { TRUE, FALSE, GREEN, 0.0, FONT };
const KocrOverlayStyle drawing_text = { FALSE, TRUE, GREEN, 0.0, FONT };

GstKakaoOcrRegion
drawing_region_at (const gchar * text, gdouble left, gdouble top, gdouble right,
    gdouble bottom)
{
  GstKakaoOcrRegion region = { (gchar *) text, NULL,
    BOX (left, top, right, bottom), 1, 0
  };

  return region;
}

GstBuffer *
drawing_buffer_new (const GstKakaoOcrRegion * regions, guint n_regions,
    gint width, gint height)
{
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_result_new (0, width,
      height, regions, n_regions, FALSE, 0);
  GstBuffer *buffer = gst_buffer_new ();

  gst_buffer_add_kakao_ocr_meta (buffer, result);
  return buffer;
}

KocrOverlayRenderer *
drawing_renderer_new (const KocrOverlayStyle * style, gint width, gint height)
{
  KocrOverlayRenderer *renderer = kocr_overlay_renderer_new ();
  GstVideoInfo info;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_BGRx, width, height);
  kocr_overlay_renderer_set_style (renderer, style);
  kocr_overlay_renderer_set_frame (renderer, &info, TRUE);
  return renderer;
}

GstVideoOverlayComposition *
drawing_render (const KocrOverlayStyle *style, const GstKakaoOcrRegion *regions,
    guint n_regions, gint width, gint height)
{
  g_autoptr (KocrOverlayRenderer) renderer =
      drawing_renderer_new (style, width, height);
  g_autoptr (GstBuffer) buffer =
      drawing_buffer_new (regions, n_regions, width, height);

  return kocr_overlay_renderer_render (renderer, buffer);
}

guint32 *
drawing_paint (GstVideoOverlayComposition * composition, gint width,
    gint height)
{
  guint32 *picture = g_new0 (guint32, (gsize) width * height);
  guint i, n = composition ?
      gst_video_overlay_composition_n_rectangles (composition) : 0;

  for (i = 0; i < n; i++) {
    GstVideoOverlayRectangle *rectangle =
        gst_video_overlay_composition_get_rectangle (composition, i);
    GstBuffer *pixels = gst_video_overlay_rectangle_get_pixels_unscaled_argb
        (rectangle, GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA);
    GstMapInfo map;
    gint left, top, x, y;
    guint w, h;

    gst_video_overlay_rectangle_get_render_rectangle (rectangle, &left, &top,
        &w, &h);
    g_assert_cmpint (left, >=, 0);
    g_assert_cmpint (top, >=, 0);
    g_assert_cmpint (left + (gint) w, <=, width);
    g_assert_cmpint (top + (gint) h, <=, height);
    g_assert_true (gst_buffer_map (pixels, &map, GST_MAP_READ));
    g_assert_cmpuint (map.size, ==, 4 * w * h);
    for (y = 0; y < (gint) h; y++) {
      for (x = 0; x < (gint) w; x++) {
        guint32 over = ((guint32 *) map.data)[y * w + x];
        guint32 *under = &picture[(top + y) * width + left + x];
        guint rest = 255 - (over >> 24), shift;

        for (shift = 0; shift < 32; shift += 8)
          g_assert_cmpuint (over >> shift & 0xff, <=, over >> 24);
        over += ((*under >> 24) * rest / 255) << 24 |
            ((*under >> 16 & 0xff) * rest / 255) << 16 |
            ((*under >> 8 & 0xff) * rest / 255) << 8 |
            (*under & 0xff) * rest / 255;
        *under = over;
      }
    }
    gst_buffer_unmap (pixels, &map);
  }
  return picture;
}

guint
drawing_count_pixels (const guint32 * picture, gint width, gint height,
    guint32 at_least)
{
  guint n = 0;
  gint i, shift;

  for (i = 0; i < width * height; i++) {
    for (shift = 0; shift < 32; shift += 8) {
      if ((picture[i] >> shift & 0xff) < (at_least >> shift & 0xff))
        break;
    }
    n += shift == 32;
  }
  return n;
}
