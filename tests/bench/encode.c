/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What encoding costs, beside libjpeg-turbo alone on planes that are ready for
 * it: the same picture, size and quality, in JFIF's colour already.
 *
 *     bench-encode [--picture FILE.ppm] [NAME]
 *
 * NAME: only this case; --picture leaves the last case's
 * picture for others to encode.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <jpeglib.h>
#include <gst/video/video.h>
#include "measure.h"
#include "pictureencoder.h"

#define QUALITY 90
#define ROUNDS 15
/* Film grain as it is after a decoder, standard deviation in levels. */
#define GRAIN 2
#define OCTAVES 7

typedef struct
{
  const gchar *name;
  gint width, height;
  GstVideoFormat format;
  const gchar *colorimetry;
  KocrImageFormat image;
  gboolean keep;
  gdouble limit;                /* times the reference; 0: none is set */
} Case;

static const Case cases[] = {
  {"1080p I420", 1920, 1080, GST_VIDEO_FORMAT_I420, "bt709",
      KOCR_IMAGE_JPEG, FALSE, 1.3},
  {"1080p I420, pixels kept", 1920, 1080, GST_VIDEO_FORMAT_I420, "bt709",
      KOCR_IMAGE_JPEG, TRUE, 0},
  {"1080p I420, 601", 1920, 1080, GST_VIDEO_FORMAT_I420, "bt601",
      KOCR_IMAGE_JPEG, FALSE, 1.3},
  {"1080p NV12", 1920, 1080, GST_VIDEO_FORMAT_NV12, "bt709",
      KOCR_IMAGE_JPEG, FALSE, 1.3},
  {"1080p YUY2", 1920, 1080, GST_VIDEO_FORMAT_YUY2, "bt709",
      KOCR_IMAGE_JPEG, FALSE, 1.5},
  {"1080p BGRx", 1920, 1080, GST_VIDEO_FORMAT_BGRx, "sRGB",
      KOCR_IMAGE_JPEG, FALSE, 1.5},
  {"1080p RGB", 1920, 1080, GST_VIDEO_FORMAT_RGB, "sRGB",
      KOCR_IMAGE_JPEG, FALSE, 1.5},
  {"1080p Y42B", 1920, 1080, GST_VIDEO_FORMAT_Y42B, "bt709",
      KOCR_IMAGE_JPEG, FALSE, 0},
  {"1080p Y444", 1920, 1080, GST_VIDEO_FORMAT_Y444, "bt709",
      KOCR_IMAGE_JPEG, FALSE, 0},
  {"1080p I420_10LE", 1920, 1080, GST_VIDEO_FORMAT_I420_10LE, "bt709",
      KOCR_IMAGE_JPEG, FALSE, 0},
  {"1080p P010_10LE", 1920, 1080, GST_VIDEO_FORMAT_P010_10LE, "bt709",
      KOCR_IMAGE_JPEG, FALSE, 0},
  {"1080p I420 to PNG", 1920, 1080, GST_VIDEO_FORMAT_I420, "bt709",
      KOCR_IMAGE_PNG, FALSE, 0},
  {"4K I420", 3840, 2160, GST_VIDEO_FORMAT_I420, "bt709",
      KOCR_IMAGE_JPEG, FALSE, 1.3},
  {"4K NV12", 3840, 2160, GST_VIDEO_FORMAT_NV12, "bt709",
      KOCR_IMAGE_JPEG, FALSE, 1.3},
  {"4K BGRx", 3840, 2160, GST_VIDEO_FORMAT_BGRx, "sRGB",
      KOCR_IMAGE_JPEG, FALSE, 1.5},
  {"8K to 4096 I420", 7680, 4320, GST_VIDEO_FORMAT_I420, "bt709",
      KOCR_IMAGE_JPEG, FALSE, 2.5},
  {"8K to 4096 NV12", 7680, 4320, GST_VIDEO_FORMAT_NV12, "bt709",
      KOCR_IMAGE_JPEG, FALSE, 2.5},
  {"8K to 4096 YUY2", 7680, 4320, GST_VIDEO_FORMAT_YUY2, "bt709",
      KOCR_IMAGE_JPEG, FALSE, 2.5},
  {"8K to 4096 BGRx", 7680, 4320, GST_VIDEO_FORMAT_BGRx, "sRGB",
      KOCR_IMAGE_JPEG, FALSE, 2.5},
};

static GstVideoFrame
frame_new (GstVideoFormat format, gint width, gint height,
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

/* Scaled as the encoder does it, so that both have the same picture. */
static void
convert (const GstVideoFrame * in, GstVideoFrame * out)
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

static void
paint_frame (GstVideoFrame * frame)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (8);

  for (guint c = 0; c < 3; c++)
    paint (GST_VIDEO_FRAME_COMP_DATA (frame, c),
        GST_VIDEO_FRAME_COMP_STRIDE (frame, c),
        GST_VIDEO_FRAME_COMP_WIDTH (frame, c),
        GST_VIDEO_FRAME_COMP_HEIGHT (frame, c), c ? 30 : 70, c == 0, random);
}

/* libjpeg-turbo on rows as they lie there, into memory that is large enough
 * and was used before; the width is a multiple of 16. */
static gulong
compress_ready (const GstVideoFrame * frame, GByteArray * memory)
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  unsigned char *data = memory->data;
  gulong size = memory->len;
  gint height = GST_VIDEO_FRAME_HEIGHT (frame);

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &data, &size);
  jpeg.image_width = GST_VIDEO_FRAME_WIDTH (frame);
  jpeg.image_height = height;
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_YCbCr;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, QUALITY, TRUE);
  jpeg.raw_data_in = TRUE;
  jpeg_start_compress (&jpeg, TRUE);
  for (gint y = 0; y < height; y += 16) {
    JSAMPROW rows[3][16];
    JSAMPARRAY strip[] = { rows[0], rows[1], rows[2] };

    for (guint c = 0; c < 3; c++)
      for (gint i = 0; i < (c ? 8 : 16); i++)
        rows[c][i] = (guint8 *) GST_VIDEO_FRAME_COMP_DATA (frame, c)
            + (gsize) MIN ((c ? y / 2 : y) + i,
            GST_VIDEO_FRAME_COMP_HEIGHT (frame, c) - 1)
            * GST_VIDEO_FRAME_COMP_STRIDE (frame, c);
    jpeg_write_raw_data (&jpeg, strip, 16);
  }
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  g_assert_true (data == memory->data);
  return size;
}

typedef struct
{
  KocrPictureEncoder *encoder;
  KocrPictureSettings settings;
  GstVideoFrame frame;
  const GstVideoFrame *ready;   /* the same picture at the size it is sent */
  GByteArray *memory;
} Encoding;

static void
encode (gpointer data)
{
  Encoding *e = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KocrPicture) sent =
      kocr_picture_encoder_encode (e->encoder, &e->frame, &e->settings, &error);

  g_assert_no_error (error);
}

static void
encode_ready (gpointer data)
{
  Encoding *e = data;

  compress_ready (e->ready, e->memory);
}

static void
run (const Case * c, const GstVideoFrame * picture, const GstVideoFrame * ready)
{
  g_autoptr (KocrPictureEncoder) encoder = kocr_picture_encoder_new ();
  g_autoptr (GByteArray) memory = g_byte_array_new ();
  Encoding encoding = {
    .encoder = encoder,
    .settings = {.max_dimension = 4096,.format = c->image,.quality = QUALITY,
        .keep_source = c->keep},
    .frame = frame_new (c->format, c->width, c->height, c->colorimetry),
    .ready = ready,
    .memory = memory,
  };
  MeasureRow row = {.group = "encode",.name = c->name,.unit = "ms",
    .peer = "libjpeg-turbo, planes ready",.limit = c->limit,
    .held = c->limit > 0 ? MEASURE_RATIO : MEASURE_UNHELD
  };

  g_byte_array_set_size (memory, c->width * c->height);
  convert (picture, &encoding.frame);
  measure_pair (encode, encode_ready, &encoding, ROUNDS, &row.value,
      &row.peer_value);
  gst_video_frame_unmap (&encoding.frame);
  measure_report (&row);
}

/* What a program loads that takes pictures from files. */
static void
write_picture (const gchar * path, const GstVideoFrame * picture)
{
  gint width = GST_VIDEO_FRAME_WIDTH (picture);
  gint height = GST_VIDEO_FRAME_HEIGHT (picture);
  GstVideoFrame rgb = frame_new (GST_VIDEO_FORMAT_RGB, width, height, "sRGB");
  FILE *file = fopen (path, "wb");

  if (!file)
    g_error ("cannot write %s", path);
  convert (picture, &rgb);
  fprintf (file, "P6\n%d %d\n255\n", width, height);
  for (gint y = 0; y < height; y++)
    fwrite ((guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&rgb, 0)
        + (gsize) y * GST_VIDEO_FRAME_PLANE_STRIDE (&rgb, 0), 3, width, file);
  fclose (file);
  gst_video_frame_unmap (&rgb);
}

static void
unmap (GstVideoFrame * frame)
{
  if (frame->buffer)
    gst_video_frame_unmap (frame);
}

int
main (int argc, char **argv)
{
  g_autofree gchar *path = NULL;
  const GOptionEntry entries[] = {
    {"picture", 0, 0, G_OPTION_ARG_FILENAME, &path, "Leave it there", "FILE"},
    {NULL}
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  GstVideoFrame picture = { 0 }, ready = { 0 };
  gint width = 0;

  gst_init (&argc, &argv);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL))
    return 2;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Case *c = &cases[i];

    if (argc > 1 && strcmp (c->name, argv[1]) != 0)
      continue;
    if (c->width != width) {
      unmap (&picture);
      unmap (&ready);
      width = c->width;
      picture = frame_new (GST_VIDEO_FORMAT_I420, c->width, c->height, "bt709");
      paint_frame (&picture);
      ready = frame_new (GST_VIDEO_FORMAT_I420, MIN (c->width, 4096),
          MIN (c->width, 4096) * c->height / c->width, "1:4:0:0");
      convert (&picture, &ready);
    }
    run (c, &picture, &ready);
  }
  if (path && width)
    write_picture (path, &picture);
  unmap (&picture);
  unmap (&ready);
  return measure_finish ();
}
