/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "painting.h"

/* Film grain as it is after a decoder, standard deviation in levels. */
#define GRAIN 2
#define OCTAVES 7

GstVideoFrame
painting_frame_new (GstVideoFormat format, gint width, gint height,
    const gchar * colorimetry)
{
  GstVideoFrame frame;
  GstVideoInfo info;
  GstBuffer *buffer;

  gst_video_info_set_format (&info, format, width, height);
  gst_video_colorimetry_from_string (&info.colorimetry, colorimetry);
  buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
  if (!gst_video_frame_map (&frame, &info, buffer, GST_MAP_READWRITE))
    g_error ("cannot map a frame");
  gst_buffer_unref (buffer);
  return frame;
}

void
painting_convert (const GstVideoFrame * in, GstVideoFrame * out)
{
  GstVideoConverter *converter = gst_video_converter_new (
      (GstVideoInfo *) & in->info, &out->info,
      gst_structure_new ("options", GST_VIDEO_CONVERTER_OPT_RESAMPLER_METHOD,
          GST_TYPE_VIDEO_RESAMPLER_METHOD, GST_VIDEO_RESAMPLER_METHOD_LINEAR,
          GST_VIDEO_CONVERTER_OPT_RESAMPLER_TAPS, G_TYPE_UINT, 2, NULL));

  gst_video_converter_frame (converter, in, out);
  gst_video_converter_free (converter);
}

/* One plane of smooth noise over octaves, as natural pictures have it, with
 * letters' hard edges here and there, and grain. */
static void
paint (guint8 * plane, gint stride, gint width, gint height, gdouble contrast,
    gboolean letters, GRand * random)
{
  g_autofree gfloat *row = g_new (gfloat, width);
  gfloat lattice[OCTAVES][64][64];

  for (guint i = 0; i < sizeof lattice / sizeof (gfloat); i++)
    (&lattice[0][0][0])[i] = g_rand_double_range (random, -1, 1);
  for (gint y = 0; y < height; y++) {
    for (gint x = 0; x < width; x++)
      row[x] = 128;
    for (gint o = 0; o < OCTAVES; o++) {
      gfloat step = MAX (width, height) / (gfloat) (2 << o);
      gfloat weight = contrast / (1 << o);
      gfloat v = y / step;
      gint j = v;

      v -= j;
      for (gint x = 0; x < width; x++) {
        gfloat u = x / step;
        gint i = u;
        gfloat *a = lattice[o][j & 63], *b = lattice[o][(j + 1) & 63];
        gfloat top, bottom;

        u -= i;
        top = a[i & 63] * (1 - u) + a[(i + 1) & 63] * u;
        bottom = b[i & 63] * (1 - u) + b[(i + 1) & 63] * u;
        row[x] += weight * (top * (1 - v) + bottom * v);
      }
    }
    for (gint x = 0; x < width; x++) {
      gfloat grain = 0;

      if (letters && y / 32 % 5 == 0 && x / 256 % 3 == 0
          && ((x / 6) * 7 + (y / 6) * 5) % 11 < 4)
        row[x] = 220;
      for (guint i = 0; i < 4; i++)
        grain += g_rand_double (random);
      row[x] += (grain - 2) * 1.732f * (letters ? GRAIN : GRAIN / 2.0);
      plane[(gsize) y * stride + x] = CLAMP (row[x], 16, 235);
    }
  }
}

void
painting_paint (GstVideoFrame * frame)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (8);

  for (guint c = 0; c < 3; c++)
    paint (GST_VIDEO_FRAME_COMP_DATA (frame, c),
        GST_VIDEO_FRAME_COMP_STRIDE (frame, c),
        GST_VIDEO_FRAME_COMP_WIDTH (frame, c),
        GST_VIDEO_FRAME_COMP_HEIGHT (frame, c), c ? 30 : 70, c == 0, random);
}

GstMemory *
painting_memory_new (gint width, gint height, GstVideoInfo * info)
{
  GstVideoFrame frame = painting_frame_new (GST_VIDEO_FORMAT_I420, width,
      height, "bt709");
  GstMemory *memory;

  painting_paint (&frame);
  *info = frame.info;
  info->fps_n = 30;
  memory = gst_buffer_get_memory (frame.buffer, 0);
  gst_video_frame_unmap (&frame);
  return memory;
}
