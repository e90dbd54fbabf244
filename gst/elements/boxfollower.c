/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "boxfollower.h"

#include "picturetrail.h"

/* Frames from picture to picture, where motion is not known yet and then: so
 * that 100 pixels a frame are still found again. */
#define FIRST_STEP 1
#define LAST_STEP 4

/* A result on its way to the present. */
typedef struct
{
  BoxFollower *follower;
  KocrRequest *request;
  guint scene;
} Journey;

struct _BoxFollower
{
  BoxFollowerFunc arrived;
  gpointer user_data;

  /* Streaming thread. */
  KocrLumaReader reader;
  gboolean enabled;
  guint64 frame;                /* number of the present one */
  GstBuffer *buffer;            /* the present one, not owned */
  KocrLumaPyramid *picture;     /* of it, once it was looked at */

  GMutex lock;
  GCond cond;

  /* lock */
  KocrPictureTrail *trail;
  guint journeys;               /* that are not over */
  guint scene;                  /* journeys of others are given up */
};

static void travel (gpointer journey, gpointer unused);

/* One pool for the process, as a result's journey takes a core for about a
 * thousandth of the time until the next one. */
static GThreadPool *
travel_pool (void)
{
  static gsize pool;

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, (gsize) g_thread_pool_new (travel, NULL,
            (gint) g_get_num_processors (), FALSE, NULL));
  return (GThreadPool *) pool;
}

BoxFollower *
box_follower_new (BoxFollowerFunc arrived, gpointer user_data)
{
  BoxFollower *self = g_new0 (BoxFollower, 1);

  self->arrived = arrived;
  self->user_data = user_data;
  self->trail = kocr_picture_trail_new ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  return self;
}

void
box_follower_free (BoxFollower * self)
{
  box_follower_forget (self);
  g_mutex_lock (&self->lock);
  while (self->journeys > 0)
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);

  kocr_picture_trail_free (self->trail);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Streaming thread. */

void
box_follower_set_up (BoxFollower * self, const GstVideoInfo * info,
    gboolean readable)
{
  kocr_luma_reader_set_up (&self->reader, info, readable);
}

void
box_follower_forget (BoxFollower * self)
{
  g_mutex_lock (&self->lock);
  self->scene++;
  kocr_picture_trail_clear (self->trail);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&self->picture, kocr_luma_pyramid_unref);
}

void
box_follower_begin_frame (BoxFollower * self, GstBuffer * buffer,
    gboolean enabled)
{
  if (self->enabled && !enabled)
    box_follower_forget (self);
  self->enabled = enabled;
  self->frame++;
  self->buffer = buffer;
  g_clear_pointer (&self->picture, kocr_luma_pyramid_unref);
}

static void
look (BoxFollower * self, guint64 serial)
{
  if (self->picture)
    return;
  self->picture = kocr_luma_reader_read (&self->reader, self->buffer);
  if (!self->picture)
    return;
  g_mutex_lock (&self->lock);
  kocr_picture_trail_add (self->trail, self->picture, self->frame, serial);
  g_mutex_unlock (&self->lock);
}

void
box_follower_expect (BoxFollower * self, guint64 serial)
{
  if (self->enabled)
    look (self, serial);
}

static gboolean
is_awaiting (BoxFollower * self)
{
  gboolean awaiting;

  g_mutex_lock (&self->lock);
  awaiting = kocr_picture_trail_is_open (self->trail);
  g_mutex_unlock (&self->lock);
  return awaiting;
}

void
box_follower_follow (BoxFollower * self, KocrMotion * motion)
{
  gboolean going = motion && !kocr_motion_is_over (motion);

  if (!self->enabled)
    return;
  if (going || is_awaiting (self))
    look (self, 0);
  if (going && self->picture)
    kocr_motion_follow (motion, self->picture, self->frame);
}

/* Any thread. */

static KocrMotion *
start_motion (KocrLumaPyramid * picture, guint64 frame,
    const GstKakaoOcrResult * result)
{
  guint n = gst_kakao_ocr_result_get_n_regions (result);
  g_autofree gdouble *boxes = g_new (gdouble, GST_KAKAO_OCR_BOX_LEN * n);

  for (guint i = 0; i < n; i++)
    memcpy (boxes + GST_KAKAO_OCR_BOX_LEN * i,
        gst_kakao_ocr_result_get_region (result, i)->box,
        GST_KAKAO_OCR_BOX_LEN * sizeof *boxes);
  return kocr_motion_new (picture, frame, boxes, n);
}

/* The picture to begin with, or the next one after @frame; NULL at the end or
 * when the journey is given up. */
static KocrLumaPyramid *
next_picture (Journey * journey, guint step, guint64 * frame)
{
  BoxFollower *self = journey->follower;
  KocrLumaPyramid *picture = NULL;

  g_mutex_lock (&self->lock);
  if (journey->scene != self->scene)
    picture = NULL;
  else if (step == 0)
    picture = kocr_picture_trail_get_sample (self->trail,
        journey->request->serial, frame);
  else
    picture = kocr_picture_trail_get_next (self->trail, step, frame);
  g_mutex_unlock (&self->lock);
  return picture;
}

/* The sample is released last: until then frames go on to be looked at, and its
 * motion has no gap. */
static void
arrive (BoxFollower * self, KocrRequest * request, KocrMotion * motion)
{
  self->arrived (request, motion, self->user_data);
  g_mutex_lock (&self->lock);
  kocr_picture_trail_release (self->trail, request->serial);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

static void
end_journey (Journey * journey)
{
  BoxFollower *self = journey->follower;

  kocr_request_unref (journey->request);
  g_free (journey);
  g_mutex_lock (&self->lock);
  self->journeys--;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

static void
travel (gpointer data, gpointer unused)
{
  Journey *journey = data;
  g_autoptr (KocrMotion) motion = NULL;
  KocrLumaPyramid *picture;
  guint64 frame;
  guint step = 0;

  while ((picture = next_picture (journey, step, &frame))) {
    if (!motion)
      motion = start_motion (picture, frame, journey->request->tracked);
    else
      kocr_motion_follow (motion, picture, frame);
    kocr_luma_pyramid_unref (picture);
    step = step == 0 ? FIRST_STEP : MIN (2 * step, LAST_STEP);
  }
  arrive (journey->follower, journey->request, motion);
  end_journey (journey);
}

static gboolean
has_regions (const KocrRequest * request)
{
  return request->tracked
      && gst_kakao_ocr_result_get_n_regions (request->tracked) > 0;
}

void
box_follower_offer (BoxFollower * self, KocrRequest * request)
{
  Journey *journey = NULL;

  g_mutex_lock (&self->lock);
  if (has_regions (request)
      && kocr_picture_trail_has_sample (self->trail, request->serial)) {
    journey = g_new (Journey, 1);
    *journey = (Journey) {
    self, kocr_request_ref (request), self->scene};
    self->journeys++;
  }
  g_mutex_unlock (&self->lock);

  if (journey)
    g_thread_pool_push (travel_pool (), journey, NULL);
  else
    arrive (self, request, NULL);
}

void
box_follower_wait (BoxFollower * self, const KocrRequest * request)
{
  g_mutex_lock (&self->lock);
  while (kocr_picture_trail_has_sample (self->trail, request->serial))
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);
}
