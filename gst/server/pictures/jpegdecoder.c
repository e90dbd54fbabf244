/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * JPEG to gray and chroma, as they are stored.
 *
 * A file of several scans (a progressive one) is kept whole as coefficients
 * until the last scan is there, chroma included: a few bytes that ask for a
 * large picture would take six bytes a pixel. That is bounded beforehand.
 */
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

#include "bounds.h"
#include "pictures/orientation.h"
#include "pictures/picture.h"

/* The start of each APP1 segment: the orientation is in the first directory. */
#define EXIF_BYTES 4096

typedef struct
{
  struct jpeg_error_mgr errors; /* first: libjpeg hands back its address */
  jmp_buf failed;
} Errors;

typedef struct
{
  struct jpeg_progress_mgr manager;     /* first, like the errors */
  GCancellable *cancellable;
} Progress;

static void
on_error (j_common_ptr info)
{
  longjmp (((Errors *) info->err)->failed, 1);
}

/* Cameras leave stray bytes between markers, which is harmless; a file that
 * ends early is not the picture that was to be read. */
static void
on_message (j_common_ptr info, int level)
{
  if (level < 0 && info->err->msg_code == JWRN_JPEG_EOF)
    on_error (info);
}

static void
on_output (j_common_ptr info)
{
}

static void
on_progress (j_common_ptr info)
{
  Progress *progress = (Progress *) info->progress;

  if (((j_decompress_ptr) info)->input_scan_number > LIMIT_JPEG_SCANS
      || g_cancellable_is_cancelled (progress->cancellable))
    on_error (info);
}

static guint64
count_coefficient_bytes (j_decompress_ptr info)
{
  guint64 n_blocks = 0;
  gint i;

  for (i = 0; i < info->num_components; i++)
    n_blocks += (guint64) info->comp_info[i].width_in_blocks
        * info->comp_info[i].height_in_blocks;
  return n_blocks * DCTSIZE2 * sizeof (JCOEF);
}

/* A large picture of several scans is read in gray. */
static gboolean
has_room_for_chroma (j_decompress_ptr info, guint64 max_bytes)
{
  guint64 chroma = 2 * (guint64) info->image_width * info->image_height;

  return !jpeg_has_multiple_scans (info)
      || count_coefficient_bytes (info) + chroma <= max_bytes;
}

/* Reads the header and checks it; FALSE with *@problem. May jump. */
static gboolean
start (j_decompress_ptr info, const PictureLimits * limits,
    PictureProblem * problem)
{
  guint64 max_bytes = limits->max_pixels * LIMIT_DECODE_BYTES_A_PIXEL;

  jpeg_read_header (info, TRUE);
  if (!picture_check_size (limits, info->image_width, info->image_height,
          problem))
    return FALSE;
  if (info->num_components == 4) {
    *problem = PICTURE_UNSUPPORTED;
    return FALSE;
  }
  if (jpeg_has_multiple_scans (info)
      && count_coefficient_bytes (info) > max_bytes) {
    *problem = PICTURE_TOO_LARGE;
    return FALSE;
  }
  info->out_color_space = info->jpeg_color_space == JCS_YCbCr
      && has_room_for_chroma (info, max_bytes) ? JCS_YCbCr : JCS_GRAYSCALE;
  jpeg_start_decompress (info);
  return TRUE;
}

static Orientation
find_orientation (j_decompress_ptr info)
{
  jpeg_saved_marker_ptr marker;
  Orientation orientation = ORIENTATION_UPRIGHT;

  for (marker = info->marker_list; marker != NULL
      && orientation == ORIENTATION_UPRIGHT; marker = marker->next)
    orientation = orientation_parse (marker->data, marker->data_length);
  return orientation;
}

/* Of @n pixels, each of a byte of luma and two of chroma. */
static void
part_channels (const guint8 *restrict row, gint n, guint8 *restrict luma,
    guint8 *restrict blue, guint8 *restrict red)
{
  gint x;

  for (x = 0; x < n; x++) {
    luma[x] = row[3 * x];
    blue[x] = row[3 * x + 1];
    red[x] = row[3 * x + 2];
  }
}

/* May jump; the row is of the decoder's own memory. */
static void
read_rows (j_decompress_ptr info, GrayPicture * picture)
{
  JSAMPARRAY row = info->mem->alloc_sarray ((j_common_ptr) info, JPOOL_IMAGE,
      picture->width * info->output_components, 1);

  while (info->output_scanline < info->output_height) {
    gsize at = info->output_scanline * picture->stride;

    jpeg_read_scanlines (info, row, 1);
    if (picture->chroma[0] == NULL)
      memcpy (picture->pixels + at, row[0], picture->width);
    else
      part_channels (row[0], picture->width, picture->pixels + at,
          picture->chroma[0] + at, picture->chroma[1] + at);
  }
}

GrayPicture *
picture_decode_jpeg (GBytes * bytes, const PictureLimits * limits,
    gboolean * is_turned, PictureProblem * problem)
{
  struct jpeg_decompress_struct info;
  Progress progress = {.manager = {.progress_monitor = on_progress},
    .cancellable = limits->cancellable
  };
  Errors errors;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  GrayPicture *volatile picture = NULL;
  volatile Orientation orientation = ORIENTATION_UPRIGHT;
  volatile gboolean complete = FALSE;

  *problem = PICTURE_BROKEN;
  info.err = jpeg_std_error (&errors.errors);
  errors.errors.error_exit = on_error;
  errors.errors.emit_message = on_message;
  errors.errors.output_message = on_output;
  jpeg_create_decompress (&info);
  info.progress = &progress.manager;

  if (setjmp (errors.failed) == 0) {
    jpeg_mem_src (&info, (guchar *) data, size);
    jpeg_save_markers (&info, JPEG_APP0 + 1, EXIF_BYTES);
    if (start (&info, limits, problem)) {
      picture = picture_new (info.output_width, info.output_height);
      if (picture != NULL && info.output_components == 3
          && !picture_add_chroma (picture))
        g_clear_pointer (&picture, picture_free);
      if (picture != NULL)
        read_rows (&info, picture);
      orientation = find_orientation (&info);
      complete = picture != NULL;
    }
  }
  /* Before it is turned, which takes memory as well. */
  jpeg_destroy_decompress (&info);
  if (is_turned != NULL)
    *is_turned = orientation != ORIENTATION_UPRIGHT;
  if (!complete || !orientation_apply (orientation, picture))
    g_clear_pointer (&picture, picture_free);
  return picture;
}
