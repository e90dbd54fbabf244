/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a service sees of a frame's colours: every matrix, range and format
 * against a reference in floating point.
 */
#include <math.h>
#include <string.h>
#include "decodedpicture.h"

#include "../../testrows.h"

#define TESTS "/picture/"

#define QUALITY 95
/* dB; the interface's promise for BT.601 and BT.709. */
#define FAITHFUL 34.0

typedef struct
{
  const gchar *name;
  GstVideoColorMatrix matrix;
  GstVideoColorRange range;
} Colour;

static const Colour colours[] = {
  {"601-limited", GST_VIDEO_COLOR_MATRIX_BT601, GST_VIDEO_COLOR_RANGE_16_235},
  {"601-full", GST_VIDEO_COLOR_MATRIX_BT601, GST_VIDEO_COLOR_RANGE_0_255},
  {"709-limited", GST_VIDEO_COLOR_MATRIX_BT709, GST_VIDEO_COLOR_RANGE_16_235},
  {"709-full", GST_VIDEO_COLOR_MATRIX_BT709, GST_VIDEO_COLOR_RANGE_0_255},
  {"2020-limited", GST_VIDEO_COLOR_MATRIX_BT2020, GST_VIDEO_COLOR_RANGE_16_235},
  {"2020-full", GST_VIDEO_COLOR_MATRIX_BT2020, GST_VIDEO_COLOR_RANGE_0_255},
  {"240m-limited", GST_VIDEO_COLOR_MATRIX_SMPTE240M,
      GST_VIDEO_COLOR_RANGE_16_235},
};

static const GstVideoFormat direct[] = {
  GST_VIDEO_FORMAT_I420, GST_VIDEO_FORMAT_YV12, GST_VIDEO_FORMAT_Y42B,
  GST_VIDEO_FORMAT_Y444, GST_VIDEO_FORMAT_NV12, GST_VIDEO_FORMAT_NV21,
  GST_VIDEO_FORMAT_NV16, GST_VIDEO_FORMAT_NV61, GST_VIDEO_FORMAT_YUY2,
  GST_VIDEO_FORMAT_YVYU, GST_VIDEO_FORMAT_UYVY, GST_VIDEO_FORMAT_A420
};

/* The scene, in 0 - 1: smooth, and it reaches the corners of what video can
 * show without leaving it. */
static void
scene (gdouble x, gdouble y, gdouble rgb[3])
{
  for (guint c = 0; c < 3; c++)
    rgb[c] = 0.5 + 0.45 * sin (x * (0.021 + 0.013 * c) + c * 2.1)
        * cos (y * (0.034 - 0.011 * c) + c);
}

/* The scene at the pixel whose corner is (@x, @y), as video stores it; chroma
 * is averaged over the pixels it stands for. */
static gdouble
stored (const Colour * colour, guint component, gint x, gint y, gint nx,
    gint ny)
{
  gboolean full = colour->range == GST_VIDEO_COLOR_RANGE_0_255;
  gdouble kr, kb, sum = 0;

  g_assert_true (gst_video_color_matrix_get_Kr_Kb (colour->matrix, &kr, &kb));
  for (gint i = 0; i < nx * ny; i++) {
    gdouble rgb[3], luma;

    scene (x + i % nx + 0.5, y + i / nx + 0.5, rgb);
    luma = kr * rgb[0] + (1 - kr - kb) * rgb[1] + kb * rgb[2];
    sum += component == 0 ? luma : component == 1 ?
        (rgb[2] - luma) / (2 * (1 - kb)) : (rgb[0] - luma) / (2 * (1 - kr));
  }
  sum /= nx * ny;
  if (component == 0)
    return full ? sum * 255 : 16 + sum * 219;
  return 128 + sum * (full ? 255 : 224);
}

/* Fills any format of 8 bits a component. */
static void
paint (GstVideoFrame * frame, const Colour * colour)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;

  frame->info.colorimetry.matrix = colour->matrix;
  frame->info.colorimetry.range = colour->range;
  for (guint c = 0; c < MIN (3, GST_VIDEO_FRAME_N_COMPONENTS (frame)); c++) {
    gint nx = 1 << GST_VIDEO_FORMAT_INFO_W_SUB (finfo, c);
    gint ny = 1 << GST_VIDEO_FORMAT_INFO_H_SUB (finfo, c);

    for (gint y = 0; y < GST_VIDEO_FRAME_COMP_HEIGHT (frame, c); y++) {
      guint8 *row = (guint8 *) GST_VIDEO_FRAME_COMP_DATA (frame, c)
          + y * GST_VIDEO_FRAME_COMP_STRIDE (frame, c);

      for (gint x = 0; x < GST_VIDEO_FRAME_COMP_WIDTH (frame, c); x++)
        row[x * GST_VIDEO_FRAME_COMP_PSTRIDE (frame, c)] =
            floor (stored (colour, c, x * nx, y * ny, nx, ny) + 0.5);
    }
  }
}

static KocrPicture *
encode (const GstVideoFrame * frame, KocrImageFormat format,
    guint max_dimension, gint x, gint y, gint width, gint height)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  g_autoptr (KocrPictureEncoder) encoder = kocr_picture_encoder_new (pool);
  g_autoptr (GError) error = NULL;
  KocrPictureSettings settings = { .region = { x, y, width, height },
    .max_dimension = max_dimension,
    .format = format,
    .quality = QUALITY };
  KocrPicture *picture = kocr_picture_encoder_encode (encoder, frame,
      &settings, &error);

  g_assert_no_error (error);
  return picture;
}

/* dB between the picture and the scene where the picture says it is. */
static gdouble
faithfulness (const KocrPicture * picture)
{
  g_autoptr (DecodedPicture) decoded = decoded_picture_new (picture);
  gdouble sum = 0;

  for (gint y = 0; y < decoded->height; y++) {
    for (gint x = 0; x < decoded->width; x++) {
      const guint8 *pixel = decoded->rgb + (y * decoded->width + x) * 3;
      gdouble rgb[3];

      scene (picture->to_frame.offset_x + (x + 0.5) * picture->to_frame.scale_x,
          picture->to_frame.offset_y + (y + 0.5) * picture->to_frame.scale_y,
          rgb);
      if (decoded->gray)
        rgb[0] = rgb[1] = rgb[2] =
            0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
      for (guint c = 0; c < 3; c++)
        sum += pow (pixel[c] - rgb[c] * 255, 2);
    }
  }
  return 10 * log10 (255.0 * 255.0 * decoded->width * decoded->height * 3
      / MAX (sum, 1e-9));
}

static void
assert_faithful (const GstVideoFrame * frame, const gchar * what,
    KocrImageFormat format, guint max_dimension, const gint region[4],
    gdouble least)
{
  g_autoptr (KocrPicture) picture = encode (frame, format, max_dimension,
      region[0], region[1], region[2], region[3]);
  gdouble db = faithfulness (picture);

  g_test_message ("%s %s %s to %dx%d: %.1f dB", what,
      gst_video_format_to_string (GST_VIDEO_FRAME_FORMAT (frame)),
      format == KOCR_IMAGE_JPEG ? "JPEG" : "PNG", picture->width,
      picture->height, db);
  g_assert_cmpfloat (db, >=, least);
}

static const gint whole[4] = { 0, 0, 0, 0 };
static const gint part[4] = { 31, 17, 101, 75 };

static void
colours_are_true (gconstpointer data)
{
  const Colour *colour = data;

  for (guint i = 0; i < G_N_ELEMENTS (direct); i++) {
    /* Odd, so that ends are padded; past a multiple of 16 and before one. */
    g_autoptr (GuardedFrame) guarded =
        guarded_frame_new (direct[i], 161, 123, 0);
    g_autoptr (GuardedFrame) even = guarded_frame_new (direct[i], 160, 128, 7);

    paint (&guarded->frame, colour);
    paint (&even->frame, colour);
    assert_faithful (&guarded->frame, colour->name, KOCR_IMAGE_JPEG, 4096,
        whole, FAITHFUL);
    assert_faithful (&even->frame, colour->name, KOCR_IMAGE_JPEG, 4096, whole,
        FAITHFUL);
    assert_faithful (&even->frame, colour->name, KOCR_IMAGE_JPEG, 4096, part,
        FAITHFUL);
    assert_faithful (&even->frame, colour->name, KOCR_IMAGE_PNG, 4096, part,
        FAITHFUL);
  }
}

static void
range_of_gray_and_rgb_is_expanded (void)
{
  static const GstVideoFormat formats[] = { GST_VIDEO_FORMAT_GRAY8,
    GST_VIDEO_FORMAT_RGB, GST_VIDEO_FORMAT_BGR, GST_VIDEO_FORMAT_RGBx,
    GST_VIDEO_FORMAT_BGRx, GST_VIDEO_FORMAT_xRGB, GST_VIDEO_FORMAT_xBGR,
    GST_VIDEO_FORMAT_RGBA, GST_VIDEO_FORMAT_BGRA, GST_VIDEO_FORMAT_ARGB,
    GST_VIDEO_FORMAT_ABGR
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (formats); i++) {
    g_autoptr (GuardedFrame) guarded =
        guarded_frame_new (formats[i / 2], 161, 123, i % 3);
    GstVideoFrame *frame = &guarded->frame;
    gboolean limited = i % 2;

    frame->info.colorimetry.range = limited ?
        GST_VIDEO_COLOR_RANGE_16_235 : GST_VIDEO_COLOR_RANGE_0_255;
    for (gint n = 0; n < 161 * 123; n++) {
      gdouble rgb[3];

      scene (n % 161 + 0.5, n / 161 + 0.5, rgb);
      if (formats[i / 2] == GST_VIDEO_FORMAT_GRAY8)
        rgb[0] = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
      for (guint c = 0; c < MIN (3, GST_VIDEO_FRAME_N_COMPONENTS (frame)); c++)
        ((guint8 *) GST_VIDEO_FRAME_COMP_DATA (frame, c))[n / 161
            * GST_VIDEO_FRAME_COMP_STRIDE (frame, c)
            + n % 161 * GST_VIDEO_FRAME_COMP_PSTRIDE (frame, c)] =
            floor (0.5 + (limited ? 16 + 219 * rgb[c] : 255 * rgb[c]));
    }
    for (guint f = 0; f < 2; f++) {
      const gchar *what = limited ? "limited" : "full";

      assert_faithful (frame, what, f, 4096, whole, FAITHFUL);
      assert_faithful (frame, what, f, 4096, part, FAITHFUL);
      assert_faithful (frame, what, f, 64, whole, 30.0);
    }
  }
}

/* dB that a format itself can hold of the scene: none, if its own packing is
 * not known here. */
static gdouble
least_for (const GstVideoFormatInfo * finfo)
{
  if (GST_VIDEO_FORMAT_INFO_HAS_PALETTE (finfo)
      || GST_VIDEO_FORMAT_INFO_DEPTH (finfo, 0) < 5)
    return 20.0;
  if (GST_VIDEO_FORMAT_INFO_DEPTH (finfo, 0) < 8)
    return 28.0;
  return 32.0;
}

/* Every format that GStreamer can convert, whole, cut and scaled. */
static void
every_format_is_read (void)
{
  g_autoptr (GuardedFrame) rgb =
      guarded_frame_new (GST_VIDEO_FORMAT_BGRx, 181, 131, 0);
  const GstVideoFormat *formats;
  guint n_formats, n = 0;

  formats = gst_video_formats_raw (&n_formats);
  for (gint i = 0; i < 181 * 131; i++) {
    gdouble truth[3];

    scene (i % 181 + 0.5, i / 181 + 0.5, truth);
    /* Opaque, for what reads x as alpha. */
    ((guint8 *) rgb->frame.data[0])[i * 4 + 3] = 0xff;
    for (guint c = 0; c < 3; c++)
      ((guint8 *) rgb->frame.data[0])[i * 4 + 2 - c] =
          floor (truth[c] * 255 + 0.5);
  }
  for (guint f = 0; f < n_formats; f++) {
    const GstVideoFormatInfo *finfo = gst_video_format_get_info (formats[f]);
    GstVideoConverter *converter;
    GstVideoInfo info;
    GstVideoFrame frame;
    GstBuffer *buffer;

    /* What GStreamer 1.26 itself reads back of these is 5 dB further from what
     * it wrote than of P010: there is no truth to compare with. */
    if (g_str_has_prefix (finfo->name, "MT2110"))
      continue;
    if (!gst_video_info_set_format (&info, formats[f], 181, 131)
        || !(converter =
            gst_video_converter_new (&rgb->frame.info, &info, NULL)))
      continue;
    buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
    g_assert_true (gst_video_frame_map (&frame, &info, buffer,
            GST_MAP_READWRITE));
    gst_video_converter_frame (converter, &rgb->frame, &frame);
    for (guint image = 0; image < 2; image++) {
      assert_faithful (&frame, "whole", image, 4096, whole, least_for (finfo));
      assert_faithful (&frame, "part", image, 4096, part, least_for (finfo));
      assert_faithful (&frame, "scaled", image, 97, whole,
          least_for (finfo) - 2);
      assert_faithful (&frame, "part, scaled", image, 51, part,
          least_for (finfo) - 2);
    }
    gst_video_frame_unmap (&frame);
    gst_buffer_unref (buffer);
    gst_video_converter_free (converter);
    n++;
  }
  g_assert_cmpuint (n, >, 90);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  ADD_ROWS (colours_are_true, colours);
  ADD (range_of_gray_and_rgb_is_expanded);
  ADD (every_format_is_read);
  return g_test_run ();
}
