/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture/pngwriter.h"

#include <png.h>
#include <zlib.h>
#include "base/error.h"
#include "frame/jfifcolour.h"
#include "frame/rgbrows.h"
#include "frame/yuvrows.h"

#define COMPRESSION_LEVEL 1
/* zlib's output in one chunk: as large as does not show in the memory used. */
#define CHUNK_BYTES 65536

typedef struct
{
  const GstVideoFrame *frame;
  KocrMultipart *body;
  KocrJfifColour colour;        /* of gray and RGB */
  KocrRgbRows rgb;              /* of YUV */
  guint8 *row;                  /* converted; NULL: none has to be */
  gint y;
  gchar message[96];
} Writer;

static void
on_error (png_structp png, png_const_charp message)
{
  Writer *self = png_get_error_ptr (png);

  g_strlcpy (self->message, message, sizeof self->message);
  png_longjmp (png, 1);
}

static void
on_warning (png_structp png, png_const_charp message)
{
}

static void
on_write (png_structp png, png_bytep bytes, png_size_t n)
{
  Writer *self = png_get_io_ptr (png);

  if (!kocr_multipart_append (self->body, bytes, n))
    png_error (png, "the body is full");
}

static void
on_flush (png_structp png)
{
}

static void
describe (png_structp png, png_infop info, const GstVideoInfo * video)
{
  gboolean gray = GST_VIDEO_INFO_IS_GRAY (video);
  gint red = GST_VIDEO_INFO_COMP_POFFSET (video, GST_VIDEO_COMP_R);
  gint green = GST_VIDEO_INFO_COMP_POFFSET (video, GST_VIDEO_COMP_G);

  png_set_IHDR (png, info, video->width, video->height, 8,
      gray ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB,
      PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
      PNG_FILTER_TYPE_DEFAULT);
  png_set_compression_level (png, COMPRESSION_LEVEL);
  png_set_compression_strategy (png, Z_RLE);
  png_set_compression_buffer_size (png, CHUNK_BYTES);
  png_set_filter (png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);
  png_write_info (png, info);
  if (gray || GST_VIDEO_INFO_IS_YUV (video))
    return;
  if (red > green)
    png_set_bgr (png);
  if (GST_VIDEO_INFO_COMP_PSTRIDE (video, GST_VIDEO_COMP_R) == 4)
    png_set_filler (png, 0, green == 2 ? PNG_FILLER_BEFORE : PNG_FILLER_AFTER);
}

static const guint8 *
next_row (Writer * self)
{
  const GstVideoFrame *frame = self->frame;
  const guint8 *row = kocr_plane_row (frame, 0, self->y);

  if (self->row == NULL)
    return row;
  if (GST_VIDEO_INFO_IS_YUV (&frame->info))
    kocr_rgb_rows_fetch (&self->rgb, self->row, frame, self->y);
  else
    kocr_jfif_colour_range (&self->colour, self->row, row,
        GST_VIDEO_FRAME_WIDTH (frame) * GST_VIDEO_FRAME_COMP_PSTRIDE (frame,
            0));
  return self->row;
}

/* May leave by longjmp at any call into libpng. */
static void
write_rows (Writer * self, png_structp png, png_infop info)
{
  describe (png, info, &self->frame->info);
  for (self->y = 0; self->y < GST_VIDEO_FRAME_HEIGHT (self->frame); self->y++)
    png_write_row (png, next_row (self));
  png_write_end (png, NULL);
}

gboolean
kocr_png_write (const GstVideoFrame * frame, KocrMultipart * body,
    gdouble * part, GError ** error)
{
  Writer self = { .frame = frame, .body = body };
  png_structp png = NULL;
  png_infop info = NULL;
  gboolean converts;
  volatile gboolean done = FALSE;

  kocr_jfif_colour_init (&self.colour, &frame->info);
  kocr_rgb_rows_init (&self.rgb, &frame->info);
  converts = self.colour.convert_luma || GST_VIDEO_INFO_IS_YUV (&frame->info);
  if (converts)
    self.row = g_try_malloc_n (GST_VIDEO_FRAME_WIDTH (frame), 4);
  if (!converts || self.row)
    png = png_create_write_struct (PNG_LIBPNG_VER_STRING, &self, on_error,
        on_warning);
  if (png)
    info = png_create_info_struct (png);
  if (info && setjmp (png_jmpbuf (png)) == 0) {
    png_set_write_fn (png, &self, on_write, on_flush);
    write_rows (&self, png, info);
    done = TRUE;
  }
  if (!done && body->state == KOCR_MULTIPART_FITS)
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE, "libpng: %s",
        info ? self.message : "no memory");
  *part = (gdouble) self.y / GST_VIDEO_FRAME_HEIGHT (frame);
  if (png)
    png_destroy_write_struct (&png, &info);
  g_free (self.row);
  return done;
}
