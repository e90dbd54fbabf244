/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lumareader.h"

#include <time.h>

/* Whether memory is slow shows on the rows at the top. */
#define TRIAL_BYTES (64 * 1024)
#define TRIALS 3
/* Mapping included. Cached memory takes 10 to 30 us, uncached memory of a
 * device 400 us and more; a busy machine is seldom in between three times. */
#define SLOW (200 * 1000)

/* Smaller pictures hold no text, and no windows of it. */
#define MIN_SIDE 32

void
kocr_luma_reader_set_up (KocrLumaReader * self, const GstVideoInfo * info,
    gboolean readable)
{
  self->info = *info;
  self->usable = readable && kocr_luma_pyramid_can_read (info->finfo)
      && info->width >= MIN_SIDE && info->height >= MIN_SIDE;
  self->trials = 0;
  self->fastest = G_MAXINT64;
}

static gboolean
is_system_memory (GstBuffer * buffer)
{
  for (guint i = 0; i < gst_buffer_n_memory (buffer); i++) {
    if (!gst_memory_is_type (gst_buffer_peek_memory (buffer, i),
            GST_ALLOCATOR_SYSMEM))
      return FALSE;
  }
  return TRUE;
}

static gint64
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return time.tv_sec * GST_SECOND + time.tv_nsec;
}

static void
touch_rows (const GstVideoFrame * frame)
{
  const guint8 *data = GST_VIDEO_FRAME_PLANE_DATA (frame, 0);
  gsize size = (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0)
      * GST_VIDEO_FRAME_HEIGHT (frame);
  guint8 bytes[TRIAL_BYTES / 16];
  volatile guint8 sink;

  for (gsize at = 0; at + sizeof bytes <= MIN (size, TRIAL_BYTES);
      at += sizeof bytes) {
    memcpy (bytes, data + at, sizeof bytes);
    sink = bytes[at / sizeof bytes];
  }
  (void) sink;
}

static gboolean
is_fast (KocrLumaReader * self, const GstVideoFrame * frame, gint64 start)
{
  touch_rows (frame);
  self->fastest = MIN (self->fastest, now () - start);
  self->trials++;
  if (self->trials == TRIALS && self->fastest > SLOW)
    self->usable = FALSE;
  return self->fastest <= SLOW;
}

KocrLumaPyramid *
kocr_luma_reader_read (KocrLumaReader * self, GstBuffer * buffer)
{
  KocrLumaPyramid *picture = NULL;
  gboolean known;
  GstVideoFrame frame;
  gint64 start;

  if (!self->usable)
    return NULL;
  known = self->trials >= TRIALS || is_system_memory (buffer);
  start = known ? 0 : now ();
  if (!gst_video_frame_map (&frame, &self->info, buffer,
          GST_MAP_READ | GST_VIDEO_FRAME_MAP_FLAG_NO_REF)) {
    self->usable = FALSE;
    return NULL;
  }
  if (GST_VIDEO_FRAME_WIDTH (&frame) == self->info.width
      && GST_VIDEO_FRAME_HEIGHT (&frame) == self->info.height
      && (known || is_fast (self, &frame, start))) {
    picture = kocr_luma_pyramid_new (self->info.width, self->info.height);
    kocr_luma_pyramid_fill (picture, &frame);
  }
  gst_video_frame_unmap (&frame);
  return picture;
}
