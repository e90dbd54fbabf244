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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <jpeglib.h>
#include <gst/video/video.h>
#include "measure.h"
#include "painting.h"
#include "picture/encoder.h"

#define QUALITY 90
#define ROUNDS 15

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
  {"360p I420", 640, 360, GST_VIDEO_FORMAT_I420, "bt709",
      KOCR_IMAGE_JPEG, FALSE, 0},
  {"720p I420", 1280, 720, GST_VIDEO_FORMAT_I420, "bt709",
      KOCR_IMAGE_JPEG, FALSE, 0},
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
  g_assert_nonnull (sent);
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
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  g_autoptr (KocrPictureEncoder) encoder = kocr_picture_encoder_new (pool);
  g_autoptr (GByteArray) memory = g_byte_array_new ();
  Encoding encoding = {
    .encoder = encoder,
    .settings = { .max_dimension = 4096,
        .format = c->image,
        .quality = QUALITY,
        .keep_source = c->keep },
    .frame
    = painting_frame_new (c->format, c->width, c->height, c->colorimetry),
    .ready = ready,
    .memory = memory,
  };
  MeasureRow row = { .group = "encode",
    .name = c->name,
    .unit = "ms",
    .peer = "libjpeg-turbo, planes ready",
    .limit = c->limit,
    .held = c->limit > 0 ? MEASURE_RATIO : MEASURE_UNHELD };

  g_byte_array_set_size (memory, c->width * c->height);
  painting_convert (picture, &encoding.frame);
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
  GstVideoFrame rgb =
      painting_frame_new (GST_VIDEO_FORMAT_RGB, width, height, "sRGB");
  FILE *file = fopen (path, "wb");

  if (!file)
    g_error ("cannot write %s", path);
  painting_convert (picture, &rgb);
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
      picture =
          painting_frame_new (GST_VIDEO_FORMAT_I420, c->width, c->height,
          "bt709");
      painting_paint (&picture);
      ready = painting_frame_new (GST_VIDEO_FORMAT_I420, MIN (c->width, 4096),
          MIN (c->width, 4096) * c->height / c->width, "1:4:0:0");
      painting_convert (&picture, &ready);
    }
    run (c, &picture, &ready);
  }
  if (path && width)
    write_picture (path, &picture);
  unmap (&picture);
  unmap (&ready);
  return measure_finish ();
}
