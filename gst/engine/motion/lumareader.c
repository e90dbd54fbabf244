/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/lumareader.h"

#include <time.h>

#include "frame/framereader.h"

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
  self->coarse = FALSE;
  self->usable = readable && kocr_luma_pyramid_can_read (info->finfo)
      && info->width >= MIN_SIDE && info->height >= MIN_SIDE;
  self->width = self->height = 0;
  self->trials = 0;
  self->fastest = G_MAXINT64;
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
  gssize stride = GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);
  gint height = GST_VIDEO_FRAME_HEIGHT (frame);
  /* The first row is the last in memory when a frame is upside down. */
  const guint8 *data = (const guint8 *) GST_VIDEO_FRAME_PLANE_DATA (frame, 0)
      + MIN (0, stride * (height - 1));
  gsize size = (gsize) ABS (stride) * height;
  guint8 bytes[TRIAL_BYTES / 16];
  volatile guint8 sink;

  for (gsize at = 0; at + sizeof bytes <= MIN (size, TRIAL_BYTES);
      at += sizeof bytes) {
    memcpy (bytes, data + at, sizeof bytes);
    sink = bytes[at / sizeof bytes];
  }
  (void) sink;
}

/* Frames may be larger than their caps, by a GstVideoMeta. What is compared has
 * the size of the first one. */
static gboolean
has_same_size (KocrLumaReader * self, const GstVideoFrame * frame)
{
  if (self->width == 0) {
    self->width = GST_VIDEO_FRAME_WIDTH (frame);
    self->height = GST_VIDEO_FRAME_HEIGHT (frame);
  }
  return GST_VIDEO_FRAME_WIDTH (frame) == self->width
      && GST_VIDEO_FRAME_HEIGHT (frame) == self->height;
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
kocr_luma_reader_read (KocrLumaReader * self, KocrBlockPool * pool,
    GstBuffer * buffer)
{
  KocrLumaPyramid *picture = NULL;
  gboolean known;
  GstVideoFrame frame;
  gint64 start;

  if (!self->usable || !kocr_frame_is_of_caps (&self->info, buffer))
    return NULL;
  known = self->trials >= TRIALS || kocr_frame_is_in_system_memory (buffer);
  start = known ? 0 : now ();
  if (!gst_video_frame_map (&frame, &self->info, buffer,
          GST_MAP_READ | GST_VIDEO_FRAME_MAP_FLAG_NO_REF)) {
    self->usable = FALSE;
    return NULL;
  }
  if (!has_same_size (self, &frame)) {
    self->usable = FALSE;
  } else if (known || is_fast (self, &frame, start)) {
    picture = self->coarse ?
        kocr_luma_pyramid_new_coarse (pool, self->width, self->height) :
        kocr_luma_pyramid_new (pool, self->width, self->height);
    if (picture)
      kocr_luma_pyramid_fill (picture, &frame);
  }
  gst_video_frame_unmap (&frame);
  return picture;
}
