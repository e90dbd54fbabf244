/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Luma plane: the luma of every raw format there is, of any part of a frame.
 */
#include "change/lumaplane.h"

#include <stdlib.h>

#define WIDTH 62
#define HEIGHT 34
/* Range and rounding between formats; RGB's weights are BT.601's. */
#define TOLERANCE 3

/* Luma in video range that tells each pixel of a small area from the others. */
static guint8
level (gint x, gint y)
{
  return 40 + (x * 5 + y * 11) % 160;
}

static GstBuffer *
frame_new (GstVideoFormat format, GstVideoInfo * info)
{
  GstVideoInfo gray;
  GstVideoFrame in, out;
  GstVideoConverter *converter;
  GstBuffer *from, *buffer;

  gst_video_info_set_format (&gray, GST_VIDEO_FORMAT_AYUV, WIDTH, HEIGHT);
  gst_video_info_set_format (info, format, WIDTH, HEIGHT);
  gst_video_colorimetry_from_string (&gray.colorimetry, "bt601");
  if (GST_VIDEO_INFO_IS_YUV (info))
    gst_video_colorimetry_from_string (&info->colorimetry, "bt601");
  from = gst_buffer_new_allocate (NULL, gray.size, NULL);
  buffer = gst_buffer_new_allocate (NULL, info->size, NULL);
  gst_video_frame_map (&in, &gray, from, GST_MAP_WRITE);
  for (gint y = 0; y < HEIGHT; y++) {
    guint8 *row = (guint8 *) in.data[0] + y * in.info.stride[0];

    for (gint x = 0; x < WIDTH; x++) {
      row[4 * x] = 255;
      row[4 * x + 1] = level (x, y);
      row[4 * x + 2] = row[4 * x + 3] = 128;
    }
  }
  gst_video_frame_map (&out, info, buffer, GST_MAP_WRITE);
  converter = gst_video_converter_new (&gray, info, NULL);
  gst_video_converter_frame (converter, &in, &out);
  gst_video_converter_free (converter);
  gst_video_frame_unmap (&in);
  gst_video_frame_unmap (&out);
  gst_buffer_unref (from);
  return buffer;
}

/* What a converter made of level(), in the range of the format. */
static gint
expected (const GstVideoInfo * info, gint x, gint y)
{
  gint luma = level (x, y);

  /* Gray is taken over as it is. */
  if (info->colorimetry.range == GST_VIDEO_COLOR_RANGE_16_235
      || GST_VIDEO_INFO_IS_GRAY (info))
    return luma;
  return (luma - 16) * 255 / 219;
}

static void
luma_is_found (gconstpointer data)
{
  static const gint areas[][4] = {
    {0, 0, WIDTH, HEIGHT}, {3, 5, 21, 17}, {61, 33, 1, 1}, {1, 0, 61, 3},
  };
  GstVideoFormat format = GPOINTER_TO_INT (data);
  KocrLumaStore store = { NULL };
  GstVideoInfo info;
  GstBuffer *buffer = frame_new (format, &info);
  GstVideoFrame frame;

  g_assert_true (gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ));
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++) {
    const gint *area = areas[i];
    KocrLumaPlane plane;

    g_assert_true (kocr_luma_plane_of_frame (&plane, &frame, area, &store));
    g_assert_cmpint (plane.width, ==, area[2]);
    g_assert_cmpint (plane.height, ==, area[3]);
    g_assert_cmpuint (GPOINTER_TO_SIZE (plane.data) % 4, ==, 0);
    g_assert_cmpint (plane.stride % 4, ==, 0);
    for (gint y = 0; y < area[3]; y++) {
      for (gint x = 0; x < area[2]; x++) {
        gint luma = plane.data[y * plane.stride + x];
        gint wanted = expected (&info, area[0] + x, area[1] + y);

        if (ABS (luma - wanted) > TOLERANCE)
          g_error ("%d is not %d at %d,%d of area %u", luma, wanted, x, y, i);
      }
    }
  }
  gst_video_frame_unmap (&frame);
  gst_buffer_unref (buffer);
  kocr_luma_store_clear (&store);
}

static void
half_a_plane_is_the_mean_of_four (void)
{
  static const guint8 pixels[3][8] = {
    {0, 4, 10, 11, 200}, {8, 12, 10, 10, 100}, {7, 9, 1, 2, 50}
  };
  KocrLumaPlane plane = { pixels[0], 8, 5, 3 }, half;
  KocrLumaStore store = { NULL };

  g_assert_true (kocr_luma_plane_halve (&half, &plane, &store));
  g_assert_cmpint (half.width, ==, 3);
  g_assert_cmpint (half.height, ==, 2);
  g_assert_cmpuint (half.data[0], ==, 6);
  g_assert_cmpuint (half.data[1], ==, 10);
  g_assert_cmpuint (half.data[2], ==, 150);
  g_assert_cmpuint (half.data[half.stride], ==, 8);
  g_assert_cmpuint (half.data[half.stride + 1], ==, 2);
  g_assert_cmpuint (half.data[half.stride + 2], ==, 50);
  kocr_luma_store_clear (&store);
}

/* Formats that hold no gray levels, or none that a converter writes; of MT2110R
 * and MT2110T GStreamer 1.26 does not read back itself what it wrote. */
static gboolean
is_left_out (const GstVideoFormatInfo * finfo)
{
  return !finfo->unpack_func || !finfo->pack_func
      || GST_VIDEO_FORMAT_INFO_HAS_PALETTE (finfo)
      || g_str_has_prefix (finfo->name, "MT2110")
      || GST_VIDEO_FORMAT_INFO_DEPTH (finfo, 0) < 8;
}

int
main (int argc, char **argv)
{
  guint n;
  const GstVideoFormat *formats;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  formats = gst_video_formats_raw (&n);
  for (guint i = 0; i < n; i++) {
    g_autofree gchar *path = g_strconcat ("/lumaplane/luma_is_found_in_",
        gst_video_format_to_string (formats[i]), NULL);

    if (!is_left_out (gst_video_format_get_info (formats[i])))
      g_test_add_data_func (path, GINT_TO_POINTER (formats[i]), luma_is_found);
  }
  g_test_add_func ("/lumaplane/half_a_plane_is_the_mean_of_four",
      half_a_plane_is_the_mean_of_four);
  return g_test_run ();
}
