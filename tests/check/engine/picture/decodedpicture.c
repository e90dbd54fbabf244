/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "decodedpicture.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <jpeglib.h>
#include <png.h>

static void
decode_jpeg (DecodedPicture * self, const guint8 * data, gsize size)
{
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_decompress (&jpeg);
  jpeg_mem_src (&jpeg, data, size);
  jpeg_read_header (&jpeg, TRUE);
  self->gray = jpeg.num_components == 1;
  jpeg.out_color_space = JCS_RGB;
  jpeg_start_decompress (&jpeg);
  self->width = jpeg.output_width;
  self->height = jpeg.output_height;
  self->rgb = g_malloc ((gsize) self->width * self->height * 3);
  while (jpeg.output_scanline < jpeg.output_height) {
    JSAMPROW row = self->rgb + (gsize) jpeg.output_scanline * self->width * 3;

    jpeg_read_scanlines (&jpeg, &row, 1);
  }
  jpeg_finish_decompress (&jpeg);
  g_assert_cmpint (errors.num_warnings, ==, 0);
  jpeg_destroy_decompress (&jpeg);
}

static void
decode_png (DecodedPicture * self, const guint8 * data, gsize size)
{
  png_image image = {.version = PNG_IMAGE_VERSION };

  g_assert_true (png_image_begin_read_from_memory (&image, data, size));
  self->gray = (image.format & PNG_FORMAT_FLAG_COLOR) == 0;
  image.format = PNG_FORMAT_RGB;
  self->width = image.width;
  self->height = image.height;
  self->rgb = g_malloc (PNG_IMAGE_SIZE (image));
  g_assert_true (png_image_finish_read (&image, NULL, self->rgb, 0, NULL));
}

DecodedPicture *
decoded_picture_new (const KocrPicture * picture)
{
  gboolean jpeg = picture->format == KOCR_IMAGE_JPEG;
  DecodedPicture *self = g_new0 (DecodedPicture, 1);
  g_autofree gchar *head = NULL, *tail = NULL;
  const gchar *boundary = strstr (picture->content_type, "boundary=");
  gsize size;
  const guint8 *body = g_bytes_get_data (picture->body, &size);

  g_assert_true (g_str_has_prefix (picture->content_type,
          "multipart/form-data; "));
  g_assert_nonnull (boundary);
  boundary += strlen ("boundary=");
  g_assert_cmpuint (strlen (boundary), >=, 32);
  head = g_strdup_printf ("--%s\r\nContent-Disposition: form-data; "
      "name=\"image\"; filename=\"frame.%s\"\r\nContent-Type: image/%s\r\n\r\n",
      boundary, jpeg ? "jpg" : "png", jpeg ? "jpeg" : "png");
  tail = g_strdup_printf ("\r\n--%s--\r\n", boundary);
  g_assert_cmpuint (size, >, strlen (head) + strlen (tail));
  g_assert_cmpmem (body, strlen (head), head, strlen (head));
  g_assert_cmpmem (body + size - strlen (tail), strlen (tail), tail,
      strlen (tail));
  size -= strlen (head) + strlen (tail);
  body += strlen (head);
  if (jpeg) {
    g_assert_cmphex (body[0] << 8 | body[1], ==, 0xffd8);
    g_assert_cmphex (body[size - 2] << 8 | body[size - 1], ==, 0xffd9);
    decode_jpeg (self, body, size);
  } else {
    decode_png (self, body, size);
  }
  g_assert_cmpint (self->width, ==, picture->width);
  g_assert_cmpint (self->height, ==, picture->height);
  return self;
}

void
decoded_picture_free (DecodedPicture * self)
{
  g_free (self->rgb);
  g_free (self);
}

static gboolean
has_own_arrangement (const GstVideoFormatInfo * finfo)
{
  return GST_VIDEO_FORMAT_INFO_IS_COMPLEX (finfo)
      || GST_VIDEO_FORMAT_INFO_IS_TILED (finfo)
      || GST_VIDEO_FORMAT_INFO_HAS_PALETTE (finfo)
      || GST_VIDEO_FORMAT_INFO_PSTRIDE (finfo, 0) == 0;
}

/* What plane @p holds at the least: @row bytes, whole 4:2:2 pairs included,
 * in @rows rows. */
static void
measure_plane (const GstVideoInfo * info, guint p, gint * row, gint * rows)
{
  *row = *rows = 0;
  for (guint c = 0; c < GST_VIDEO_INFO_N_COMPONENTS (info); c++) {
    if (GST_VIDEO_FORMAT_INFO_PLANE (info->finfo, c) != p)
      continue;
    *row = MAX (*row, GST_VIDEO_INFO_COMP_WIDTH (info, c)
        * GST_VIDEO_INFO_COMP_PSTRIDE (info, c));
    *rows = MAX (*rows, GST_VIDEO_INFO_COMP_HEIGHT (info, c));
  }
}

GuardedFrame *
guarded_frame_new (GstVideoFormat format, gint width, gint height, gint slack)
{
  GuardedFrame *self = g_new0 (GuardedFrame, 1);
  GstVideoInfo *info = &self->frame.info;
  gsize page = sysconf (_SC_PAGESIZE);

  g_assert_true (gst_video_info_set_format (info, format, width, height));
  g_assert_false (has_own_arrangement (info->finfo));
  for (guint p = 0; p < GST_VIDEO_INFO_N_PLANES (info); p++) {
    gint row, rows;
    gsize size, pages;
    guint8 *base;

    measure_plane (info, p, &row, &rows);
    info->stride[p] = row + slack;
    size = (gsize) (rows - 1) * info->stride[p] + row;
    pages = (size + page - 1) / page * page + page;
    base = mmap (NULL, pages, PROT_READ | PROT_WRITE,
        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    g_assert_true (base != MAP_FAILED);
    g_assert_cmpint (mprotect (base + pages - page, page, PROT_NONE), ==, 0);
    self->frame.data[p] = base + pages - page - size;
    self->maps[p].base = base;
    self->maps[p].size = pages;
  }
  return self;
}

void
guarded_frame_fill_with_noise (GuardedFrame * self)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  GstVideoFrame *frame = &self->frame;

  for (guint c = 0; c < GST_VIDEO_FRAME_N_COMPONENTS (frame); c++)
    for (gint y = 0; y < GST_VIDEO_FRAME_COMP_HEIGHT (frame, c); y++)
      for (gint x = 0; x < GST_VIDEO_FRAME_COMP_WIDTH (frame, c); x++)
        ((guint8 *) GST_VIDEO_FRAME_COMP_DATA (frame, c))[y
            * GST_VIDEO_FRAME_COMP_STRIDE (frame, c)
            + x * GST_VIDEO_FRAME_COMP_PSTRIDE (frame, c)] =
            g_rand_int (random);
}

void
guarded_frame_free (GuardedFrame * self)
{
  for (guint p = 0; p < GST_VIDEO_MAX_PLANES; p++)
    if (self->maps[p].base)
      munmap (self->maps[p].base, self->maps[p].size);
  g_free (self);
}
