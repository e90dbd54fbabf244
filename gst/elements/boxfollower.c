/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "boxfollower.h"

#include "picturetrail.h"

/* Frames from picture to picture, where motion is not known yet and then: so
 * that 100 pixels a frame are still found again. */
#define FIRST_STEP 1
#define LAST_STEP 4
/* After so many pictures, which are more than a trail has of frames with text, a
 * result goes as far as it has come, and the streaming thread takes it on from
 * there: where frames come faster than they are followed it never would arrive.
 */
#define MAX_PICTURES 256

struct _BoxFollower
{
  BoxFollowerCallbacks callbacks;
  gpointer user_data;

  /* Streaming thread. */
  KocrLumaReader reader;
  KocrBlockPool *pool;          /* changes under the lock, too */
  gboolean enabled;
  guint64 frame;                /* number of the present one */
  GstBuffer *buffer;            /* the present one, not owned */
  KocrLumaPyramid *picture;     /* of it, once it was looked at */

  GMutex lock;
  GCond cond;

  /* lock */
  KocrPictureTrail *trail;
  GQueue waiting;               /* of KocrRequest: to be brought to the present;
                                 * none that a later one makes needless */
  gboolean travelling;          /* one job is with the pool: so results arrive
                                 * in the order in which they were offered */
  guint scene;                  /* journeys of others are given up */
};

static void travel (gpointer follower, gpointer unused);

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
box_follower_new (const BoxFollowerCallbacks * callbacks, gpointer user_data)
{
  BoxFollower *self = g_new0 (BoxFollower, 1);

  self->callbacks = *callbacks;
  self->user_data = user_data;
  self->pool = kocr_block_pool_new ();
  self->trail = kocr_picture_trail_new ();
  g_queue_init (&self->waiting);
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  return self;
}

void
box_follower_free (BoxFollower * self)
{
  box_follower_forget (self);
  g_mutex_lock (&self->lock);
  while (self->travelling)
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);

  kocr_picture_trail_free (self->trail);
  kocr_block_pool_free (self->pool);
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

static void
drop_memory (BoxFollower * self)
{
  g_mutex_lock (&self->lock);
  kocr_block_pool_free (self->pool);
  self->pool = kocr_block_pool_new ();
  g_mutex_unlock (&self->lock);
}

void
box_follower_begin_frame (BoxFollower * self, GstBuffer * buffer,
    gboolean enabled)
{
  if (self->enabled && !enabled) {
    box_follower_forget (self);
    drop_memory (self);
  }
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
  self->picture = kocr_luma_reader_read (&self->reader, self->pool,
      self->buffer);
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

/* The picture of @request to begin with (@step 0), or the next one after @frame;
 * NULL at the end or when the journey is given up. */
static KocrLumaPyramid *
next_picture (BoxFollower * self, const KocrRequest * request, guint scene,
    guint step, guint64 * frame)
{
  KocrLumaPyramid *picture = NULL;

  g_mutex_lock (&self->lock);
  if (scene != self->scene)
    picture = NULL;
  else if (step == 0)
    picture = kocr_picture_trail_get_sample (self->trail, request->serial,
        frame);
  else
    picture = kocr_picture_trail_get_next (self->trail, step, frame);
  g_mutex_unlock (&self->lock);
  return picture;
}

static void
release_sample (BoxFollower * self, const KocrRequest * request)
{
  g_mutex_lock (&self->lock);
  kocr_picture_trail_release (self->trail, request->serial);
  if (!kocr_picture_trail_is_open (self->trail))
    kocr_block_pool_trim (self->pool);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

/* The sample is released last: until then frames go on to be looked at, and its
 * motion has no gap. */
static void
arrive (BoxFollower * self, KocrRequest * request, KocrMotion * motion)
{
  self->callbacks.arrived (request, motion, self->user_data);
  release_sample (self, request);
}

static gboolean
has_regions (const KocrRequest * request)
{
  return request->tracked
      && gst_kakao_ocr_result_get_n_regions (request->tracked) > 0;
}

static void
bring_to_present (BoxFollower * self, KocrRequest * request, guint scene)
{
  g_autoptr (KocrMotion) motion = NULL;
  KocrLumaPyramid *picture;
  guint64 frame;
  guint step = 0, n = 0;

  while (has_regions (request) && n++ < MAX_PICTURES
      && (picture = next_picture (self, request, scene, step, &frame))) {
    if (!motion)
      motion = start_motion (picture, frame, request->tracked);
    else
      kocr_motion_follow (motion, picture, frame);
    kocr_luma_pyramid_unref (picture);
    step = step == 0 ? FIRST_STEP : MIN (2 * step, LAST_STEP);
  }
  arrive (self, request, motion);
}

/* One of those that wait; then it is another follower's turn. */
static void
travel (gpointer follower, gpointer unused)
{
  BoxFollower *self = follower;
  g_autoptr (KocrRequest) request = NULL;
  guint scene;

  g_mutex_lock (&self->lock);
  request = g_queue_pop_head (&self->waiting);
  scene = self->scene;
  g_mutex_unlock (&self->lock);

  bring_to_present (self, request, scene);

  g_mutex_lock (&self->lock);
  self->travelling = !g_queue_is_empty (&self->waiting);
  if (self->travelling)
    g_thread_pool_push (travel_pool (), self, NULL);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

/* Whether @other has no use once @request is there: a newer result, or the same
 * one seen again later. */
static gboolean
overtakes (const KocrRequest * request, const KocrRequest * other)
{
  return request->serial > other->serial
      && (request->likeness != KOCR_PICTURE_UNCHANGED
      || (other->likeness == KOCR_PICTURE_UNCHANGED
          && other->like == request->like));
}

/* With the lock held. Where samples come faster than workers bring them to the
 * present, few wait, and the newest is among them. @overtaken: (out) takes those
 * that do not wait any more, or not at all. */
static void
queue (BoxFollower * self, KocrRequest * request, GQueue * overtaken)
{
  GList *l, *next;

  for (l = self->waiting.head; l; l = next) {
    next = l->next;
    if (overtakes (l->data, request)) {
      g_queue_push_tail (overtaken, kocr_request_ref (request));
      return;
    }
    if (overtakes (request, l->data)) {
      g_queue_unlink (&self->waiting, l);
      g_queue_push_tail_link (overtaken, l);
    }
  }
  g_queue_push_tail (&self->waiting, kocr_request_ref (request));
  if (!self->travelling)
    g_thread_pool_push (travel_pool (), self, NULL);
  self->travelling = TRUE;
}

void
box_follower_offer (BoxFollower * self, KocrRequest * request)
{
  GQueue overtaken = G_QUEUE_INIT;
  KocrRequest *other;
  gboolean queued;

  g_mutex_lock (&self->lock);
  queued = request->tracked && (self->travelling || (has_regions (request)
          && kocr_picture_trail_has_sample (self->trail, request->serial)));
  if (queued)
    queue (self, request, &overtaken);
  g_mutex_unlock (&self->lock);

  if (!queued)
    arrive (self, request, NULL);
  while ((other = g_queue_pop_head (&overtaken))) {
    self->callbacks.overtaken (other, self->user_data);
    release_sample (self, other);
    kocr_request_unref (other);
  }
}

void
box_follower_wait (BoxFollower * self, const KocrRequest * request)
{
  g_mutex_lock (&self->lock);
  while (kocr_picture_trail_has_sample (self->trail, request->serial))
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);
}
