/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture/jpegstrips.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <jpeglib.h>
#include "base/error.h"
#include "frame/jfifcolour.h"
#include "picture/source.h"
#include "frame/yuvrows.h"

#define STRIP_ROWS 16
#define PAIRS (STRIP_ROWS / 2)
/* Keeps rows of one strip from sharing cache sets at widths of 2^n. */
#define STRIP_STAGGER 64

struct _KocrJpegStrips
{
  struct jpeg_compress_struct jpeg;     /* first: libjpeg hands it back */
  struct jpeg_error_mgr errors;
  struct jpeg_destination_mgr destination;
  jmp_buf failed;
  KocrMultipart *body;

  /* Of the picture at hand. */
  const GstVideoFrame *frame;
  KocrLayout layout;
  KocrJfifColour colour;
  gboolean as_is;               /* the colour is JFIF's already */
  gint width, height, chroma_width, stride, chroma_stride;

  /* One allocation for all rows; sized for the widest picture so far. */
  guint8 *memory;
  gsize memory_size;
  guint8 *luma, *cb, *cr;       /* a strip each */
  KocrYuvScratch scratch;       /* rows in the frame's colour */
  gint16 *share;
};

static void
on_error (j_common_ptr jpeg)
{
  KocrJpegStrips *self = (KocrJpegStrips *) jpeg;

  longjmp (self->failed, 1);
}

static void
on_message (j_common_ptr jpeg, int level)
{
}

static void
on_output (j_common_ptr jpeg)
{
}

/* libjpeg asks for more as soon as no byte is left, even after its last one,
 * so it is shown one more than may be used, of the room for the tail. */
static void
point_behind_body (KocrJpegStrips * self)
{
  KocrMultipart *body = self->body;

  self->destination.next_output_byte = body->block.data + body->length;
  self->destination.free_in_buffer = body->capacity + 1 - body->length;
}

static void
destination_init (j_compress_ptr jpeg)
{
  point_behind_body ((KocrJpegStrips *) jpeg);
}

static boolean
destination_empty (j_compress_ptr jpeg)
{
  KocrJpegStrips *self = (KocrJpegStrips *) jpeg;

  self->body->length = self->body->capacity + 1;
  if (!kocr_multipart_grow (self->body))
    longjmp (self->failed, 1);
  point_behind_body (self);
  return TRUE;
}

static void
destination_term (j_compress_ptr jpeg)
{
  KocrJpegStrips *self = (KocrJpegStrips *) jpeg;

  self->body->length =
      self->body->capacity + 1 - self->destination.free_in_buffer;
}

KocrJpegStrips *
kocr_jpeg_strips_new (void)
{
  KocrJpegStrips *self = g_new0 (KocrJpegStrips, 1);

  self->jpeg.err = jpeg_std_error (&self->errors);
  self->errors.error_exit = on_error;
  self->errors.emit_message = on_message;
  self->errors.output_message = on_output;
  self->destination.init_destination = destination_init;
  self->destination.empty_output_buffer = destination_empty;
  self->destination.term_destination = destination_term;
  if (setjmp (self->failed))
    g_error ("libjpeg refuses to start: wrong version or no memory");
  jpeg_create_compress (&self->jpeg);
  self->jpeg.dest = &self->destination;
  return self;
}

void
kocr_jpeg_strips_free (KocrJpegStrips * self)
{
  jpeg_destroy_compress (&self->jpeg);
  g_free (self->memory);
  g_free (self);
}

static gboolean
reserve_rows (KocrJpegStrips * self)
{
  gsize luma, chroma, size;
  guint8 *at;

  self->stride = GST_ROUND_UP_16 (self->width) + STRIP_STAGGER;
  self->chroma_stride = GST_ROUND_UP_16 (self->chroma_width) + STRIP_STAGGER;
  luma = self->stride;
  chroma = self->chroma_stride;
  size = luma * (STRIP_ROWS + 2 + 4) + chroma * (2 * PAIRS + 2)
      + chroma * 3 * sizeof *self->share;
  if (self->memory_size < size) {
    g_free (self->memory);
    self->memory = g_try_malloc (size);
    self->memory_size = self->memory ? size : 0;
  }
  if (self->memory == NULL)
    return FALSE;
  at = self->memory;
  self->share = (gint16 *) at;
  at += chroma * 3 * sizeof *self->share;
  self->luma = at;
  at += luma * STRIP_ROWS;
  for (guint i = 0; i < 2; i++, at += luma)
    self->scratch.y[i] = at;
  for (guint i = 0; i < 2; i++, at += 2 * luma)
    self->scratch.raw[i] = at;
  self->cb = at;
  self->cr = self->cb + chroma * PAIRS;
  self->scratch.u = self->cr + chroma * PAIRS;
  self->scratch.v = self->scratch.u + chroma;
  return TRUE;
}

static void
pad (guint8 * row, gint width)
{
  gint past = width % DCTSIZE;

  if (past)
    memset (row + width, row[width - 1], DCTSIZE - past);
}

/* A row that libjpeg can read: @row itself, or with a padded end in @strip,
 * where it may be already. */
static JSAMPROW
readable (const guint8 * row, guint8 * strip, gint width)
{
  if (width % DCTSIZE == 0)
    return (JSAMPROW) row;
  if (row != strip)
    memcpy (strip, row, width);
  pad (strip, width);
  return strip;
}

static guint8 *
luma_strip (KocrJpegStrips * self, gsize row)
{
  return self->luma + row * self->stride;
}

static void
luma_row (KocrJpegStrips * self, const guint8 * in, gsize row, JSAMPROW * out)
{
  guint8 *strip = luma_strip (self, row);

  if (!self->as_is) {
    kocr_jfif_colour_luma (&self->colour, strip, in, self->share, self->width);
    in = strip;
  }
  out[row] = readable (in, strip, self->width);
}

static void
chroma_rows (KocrJpegStrips * self, const KocrYuvRows * in, gsize row,
    JSAMPROW * cb, JSAMPROW * cr)
{
  guint8 *cb_strip = self->cb + row * self->chroma_stride;
  guint8 *cr_strip = self->cr + row * self->chroma_stride;
  const guint8 *u = in->u, *v = in->v;

  if (!self->as_is) {
    kocr_jfif_colour_chroma (&self->colour, cb_strip, cr_strip, self->share,
        u, v, self->chroma_width);
    u = cb_strip;
    v = cr_strip;
  }
  cb[row] = readable (u, cb_strip, self->chroma_width);
  cr[row] = readable (v, cr_strip, self->chroma_width);
}

/* Lets what is unpacked land where libjpeg reads it. */
static void
aim_at_strip (KocrJpegStrips * self, gsize row)
{
  self->scratch.y[0] = luma_strip (self, 2 * row);
  self->scratch.y[1] = luma_strip (self, 2 * row + 1);
  self->scratch.u = self->cb + row * self->chroma_stride;
  self->scratch.v = self->cr + row * self->chroma_stride;
}

static void
write_yuv (KocrJpegStrips * self)
{
  JSAMPROW y[STRIP_ROWS], cb[PAIRS], cr[PAIRS];
  JSAMPARRAY strip[] = { y, cb, cr };

  for (gint start = 0; start < self->height; start += STRIP_ROWS) {
    gint n = MIN (PAIRS, (self->height - start + 1) / 2);

    for (gint i = 0; i < n; i++) {
      KocrYuvRows rows;

      if (self->as_is)
        aim_at_strip (self, i);
      kocr_yuv_rows_fetch (&rows, self->frame, start / 2 + i, &self->scratch);
      chroma_rows (self, &rows, i, cb, cr);
      luma_row (self, rows.y[0], 2 * i, y);
      luma_row (self, rows.y[1], 2 * i + 1, y);
    }
    for (gint i = n; i < PAIRS; i++) {
      y[2 * i] = y[2 * i + 1] = y[2 * n - 1];
      cb[i] = cb[n - 1];
      cr[i] = cr[n - 1];
    }
    jpeg_write_raw_data (&self->jpeg, strip, STRIP_ROWS);
  }
}

static void
write_gray (KocrJpegStrips * self)
{
  JSAMPROW y[DCTSIZE];
  JSAMPARRAY strip[] = { y };

  for (gint start = 0; start < self->height; start += DCTSIZE) {
    for (gint i = 0; i < DCTSIZE; i++) {
      if (start + i < self->height)
        luma_row (self, kocr_component_row (self->frame, 0, start + i), i, y);
      else
        y[i] = y[i - 1];
    }
    jpeg_write_raw_data (&self->jpeg, strip, DCTSIZE);
  }
}

static void
write_rgb (KocrJpegStrips * self)
{
  gsize bytes = self->width * self->jpeg.input_components;
  /* A strip of luma has room for a quarter as many rows of four bytes. */
  gint step = self->as_is ? STRIP_ROWS : STRIP_ROWS / 4;

  for (gint start = 0; start < self->height; start += step) {
    gint n = MIN (step, self->height - start);
    JSAMPROW rows[STRIP_ROWS];

    for (gint i = 0; i < n; i++) {
      const guint8 *row = kocr_plane_row (self->frame, 0, start + i);

      rows[i] = (JSAMPROW) row;
      if (!self->as_is) {
        rows[i] = self->luma + i * bytes;
        kocr_jfif_colour_range (&self->colour, rows[i], row, bytes);
      }
    }
    jpeg_write_scanlines (&self->jpeg, rows, n);
  }
}

static J_COLOR_SPACE
colour_space_of (GstVideoFormat format)
{
  switch (format) {
    case GST_VIDEO_FORMAT_RGB:
      return JCS_EXT_RGB;
    case GST_VIDEO_FORMAT_BGR:
      return JCS_EXT_BGR;
    case GST_VIDEO_FORMAT_RGBx:
      return JCS_EXT_RGBX;
    case GST_VIDEO_FORMAT_BGRx:
      return JCS_EXT_BGRX;
    case GST_VIDEO_FORMAT_xRGB:
      return JCS_EXT_XRGB;
    case GST_VIDEO_FORMAT_xBGR:
      return JCS_EXT_XBGR;
    case GST_VIDEO_FORMAT_GRAY8:
      return JCS_GRAYSCALE;
    default:
      return JCS_YCbCr;
  }
}

/* May leave by longjmp at any call into libjpeg. */
static void
compress (KocrJpegStrips * self, guint quality)
{
  j_compress_ptr jpeg = &self->jpeg;
  const GstVideoInfo *info = &self->frame->info;

  jpeg->image_width = self->width;
  jpeg->image_height = self->height;
  jpeg->in_color_space = colour_space_of (GST_VIDEO_INFO_FORMAT (info));
  jpeg->input_components = self->layout == KOCR_LAYOUT_RGB ?
      GST_VIDEO_INFO_COMP_PSTRIDE (info, 0) :
      (gint) GST_VIDEO_INFO_N_COMPONENTS (info);
  jpeg_set_defaults (jpeg);
  jpeg_set_quality (jpeg, CLAMP (quality, 1, 100), TRUE);
  jpeg->dct_method = JDCT_ISLOW;
  jpeg->raw_data_in = self->layout != KOCR_LAYOUT_RGB;
  jpeg_start_compress (jpeg, TRUE);
  if (self->layout == KOCR_LAYOUT_RGB)
    write_rgb (self);
  else if (self->layout == KOCR_LAYOUT_GRAY)
    write_gray (self);
  else
    write_yuv (self);
  jpeg_finish_compress (jpeg);
}

gboolean
kocr_jpeg_strips_write (KocrJpegStrips * self, const GstVideoFrame * frame,
    guint quality, KocrMultipart * body, gdouble * part, GError ** error)
{
  gchar message[JMSG_LENGTH_MAX];

  self->frame = frame;
  self->body = body;
  self->layout = kocr_layout_of (GST_VIDEO_FRAME_FORMAT (frame));
  self->width = GST_VIDEO_FRAME_WIDTH (frame);
  self->height = GST_VIDEO_FRAME_HEIGHT (frame);
  self->chroma_width = (self->width + 1) / 2;
  kocr_jfif_colour_init (&self->colour, &frame->info);
  self->as_is = !self->colour.convert_luma && !self->colour.mix;
  if (!reserve_rows (self)) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE,
        "no memory for a picture %d pixels wide", self->width);
    return FALSE;
  }
  if (setjmp (self->failed) == 0) {
    compress (self, quality);
    return TRUE;
  }
  *part = (gdouble) self->jpeg.next_scanline / self->height;
  if (body->state == KOCR_MULTIPART_FITS) {
    self->errors.format_message ((j_common_ptr) & self->jpeg, message);
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE, "libjpeg: %s", message);
  }
  jpeg_abort_compress (&self->jpeg);
  return FALSE;
}
