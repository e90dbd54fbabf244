/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * JPEG straight to gray: libjpeg leaves the chroma undecoded.
 */
#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>
#include <jerror.h>

#include "bounds.h"
#include "picture.h"

typedef struct
{
  struct jpeg_error_mgr errors; /* first: libjpeg hands back its address */
  jmp_buf failed;
} Errors;

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
  if (((j_decompress_ptr) info)->input_scan_number > LIMIT_JPEG_SCANS)
    on_error (info);
}

/* Reads the header and checks it; FALSE with *@refusal. May jump. */
static gboolean
start (j_decompress_ptr info, guint max_side, Refusal * refusal)
{
  jpeg_read_header (info, TRUE);
  if (info->image_width > max_side || info->image_height > max_side) {
    *refusal = REFUSAL_MAX_LEN;
    return FALSE;
  }
  if (info->num_components == 4) {
    *refusal = REFUSAL_FORMAT;
    return FALSE;
  }
  info->out_color_space = JCS_GRAYSCALE;
  jpeg_start_decompress (info);
  return TRUE;
}

GrayPicture *
picture_decode_jpeg (GBytes * bytes, guint max_side, Refusal * refusal)
{
  struct jpeg_decompress_struct info;
  struct jpeg_progress_mgr progress = {.progress_monitor = on_progress };
  Errors errors;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  GrayPicture *volatile picture = NULL;
  volatile gboolean complete = FALSE;

  *refusal = REFUSAL_NO_IMAGE;
  info.err = jpeg_std_error (&errors.errors);
  errors.errors.error_exit = on_error;
  errors.errors.emit_message = on_message;
  errors.errors.output_message = on_output;
  jpeg_create_decompress (&info);
  info.progress = &progress;

  if (setjmp (errors.failed) == 0) {
    jpeg_mem_src (&info, (guchar *) data, size);
    if (start (&info, max_side, refusal)) {
      picture = picture_new (info.output_width, info.output_height);
      while (picture != NULL && info.output_scanline < info.output_height) {
        JSAMPROW row = picture->pixels + info.output_scanline * picture->stride;

        jpeg_read_scanlines (&info, &row, 1);
      }
      complete = picture != NULL;
    }
  }
  jpeg_destroy_decompress (&info);
  if (!complete)
    g_clear_pointer (&picture, picture_free);
  return picture;
}
