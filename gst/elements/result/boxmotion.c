/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "result/boxmotion.h"

#include "motion/pyramidhistory.h"
#include "result/sample.h"

/* Frames from picture to picture, where motion is not known yet and then: so
 * that 100 pixels a frame are still found again. */
#define FIRST_STEP 1
#define LAST_STEP 4
/* After so many pictures, which are more than a trail has of frames with text,
 * a result goes as far as it has come, and the streaming thread takes it on
 * from there: where frames come faster than they are followed it never would
 * arrive.
 */
#define MAX_PICTURES 256

struct _KocrBoxMotion
{
  KocrBoxMotionCallbacks callbacks;
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
  KocrPyramidHistory *trail;
  GQueue waiting;               /* of KocrRequest: to be brought to the present;
                                 * none that a later one makes needless */
  gboolean travelling;          /* one job is with the pool: so results arrive
                                 * in the order in which they were offered */
  guint epoch;                  /* journeys of others are given up */
};

static void travel (gpointer motion, gpointer unused);

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

KocrBoxMotion *
kocr_box_motion_new (
    const KocrBoxMotionCallbacks *callbacks, gpointer user_data)
{
  KocrBoxMotion *self = g_new0 (KocrBoxMotion, 1);

  self->callbacks = *callbacks;
  self->user_data = user_data;
  self->pool = kocr_block_pool_new ();
  self->trail = kocr_pyramid_history_new ();
  g_queue_init (&self->waiting);
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  return self;
}

void
kocr_box_motion_free (KocrBoxMotion * self)
{
  kocr_box_motion_forget (self);
  g_mutex_lock (&self->lock);
  while (self->travelling)
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);

  kocr_pyramid_history_free (self->trail);
  kocr_block_pool_free (self->pool);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Streaming thread. */

void
kocr_box_motion_set_up (KocrBoxMotion * self, const GstVideoInfo * info,
    gboolean readable)
{
  kocr_luma_reader_set_up (&self->reader, info, readable);
}

void
kocr_box_motion_forget (KocrBoxMotion * self)
{
  g_mutex_lock (&self->lock);
  self->epoch++;
  kocr_pyramid_history_clear (self->trail);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&self->picture, kocr_luma_pyramid_unref);
}

static void
drop_memory (KocrBoxMotion * self)
{
  g_mutex_lock (&self->lock);
  kocr_block_pool_free (self->pool);
  self->pool = kocr_block_pool_new ();
  g_mutex_unlock (&self->lock);
}

void
kocr_box_motion_begin_frame (KocrBoxMotion * self, GstBuffer * buffer,
    gboolean enabled)
{
  if (self->enabled && !enabled) {
    kocr_box_motion_forget (self);
    drop_memory (self);
  }
  self->enabled = enabled;
  self->frame++;
  self->buffer = buffer;
  g_clear_pointer (&self->picture, kocr_luma_pyramid_unref);
}

static void
look (KocrBoxMotion * self, guint64 serial)
{
  if (self->picture)
    return;
  self->picture = kocr_luma_reader_read (&self->reader, self->pool,
      self->buffer);
  if (!self->picture)
    return;
  g_mutex_lock (&self->lock);
  kocr_pyramid_history_add (self->trail, self->picture, self->frame, serial);
  g_mutex_unlock (&self->lock);
}

void
kocr_box_motion_expect (KocrBoxMotion * self, guint64 serial)
{
  if (self->enabled)
    look (self, serial);
}

static gboolean
is_awaiting (KocrBoxMotion * self)
{
  gboolean awaiting;

  g_mutex_lock (&self->lock);
  awaiting = kocr_pyramid_history_is_open (self->trail);
  g_mutex_unlock (&self->lock);
  return awaiting;
}

void
kocr_box_motion_follow (KocrBoxMotion * self, KocrMotion * motion)
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

/* The picture of @request to begin with (@step 0), or the next one after
 * @frame; NULL at the end or when the journey is given up. */
static KocrLumaPyramid *
next_picture (KocrBoxMotion * self, const KocrRequest * request, guint epoch,
    guint step, guint64 * frame)
{
  KocrLumaPyramid *picture = NULL;

  g_mutex_lock (&self->lock);
  if (epoch != self->epoch)
    picture = NULL;
  else if (step == 0)
    picture = kocr_pyramid_history_get_sample (
        self->trail, request->asked.serial, frame);
  else
    picture = kocr_pyramid_history_get_next (self->trail, step, frame);
  g_mutex_unlock (&self->lock);
  return picture;
}

static void
release_sample (KocrBoxMotion * self, const KocrRequest * request)
{
  g_mutex_lock (&self->lock);
  kocr_pyramid_history_release (self->trail, request->asked.serial);
  if (!kocr_pyramid_history_is_open (self->trail))
    kocr_block_pool_trim (self->pool);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

/* The sample is released last: until then frames go on to be looked at, and its
 * motion has no gap. */
static void
arrive (KocrBoxMotion * self, KocrRequest * request, KocrMotion * motion)
{
  self->callbacks.arrived (request, motion, self->user_data);
  release_sample (self, request);
}

static gboolean
has_regions (const KocrRequest * request)
{
  GstKakaoOcrResult *tracked = kocr_sample_of (request)->tracked;

  return tracked && gst_kakao_ocr_result_get_n_regions (tracked) > 0;
}

static void
bring_to_present (KocrBoxMotion * self, KocrRequest * request, guint epoch)
{
  g_autoptr (KocrMotion) motion = NULL;
  KocrLumaPyramid *picture;
  guint64 frame;
  guint step = 0, n = 0;

  while (has_regions (request) && n++ < MAX_PICTURES
      && (picture = next_picture (self, request, epoch, step, &frame))) {
    if (!motion)
      motion = start_motion (picture, frame, kocr_sample_of (request)->tracked);
    else
      kocr_motion_follow (motion, picture, frame);
    kocr_luma_pyramid_unref (picture);
    step = step == 0 ? FIRST_STEP : MIN (2 * step, LAST_STEP);
  }
  arrive (self, request, motion);
}

/* One of those that wait; then it is another stream's turn. */
static void
travel (gpointer motion, gpointer unused)
{
  KocrBoxMotion *self = motion;
  KocrRequest *request;
  guint epoch;

  g_mutex_lock (&self->lock);
  request = g_queue_pop_head (&self->waiting);
  epoch = self->epoch;
  g_mutex_unlock (&self->lock);

  bring_to_present (self, request, epoch);
  /* Before the lock tells that this is over: whoever frees this object would
   * go on while the frame is still held here. */
  kocr_request_unref (request);

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
  return request->asked.serial > other->asked.serial
      && (request->outcome.match != KOCR_PICTURE_UNCHANGED
      || (other->outcome.match == KOCR_PICTURE_UNCHANGED
          && other->outcome.duplicate_of == request->outcome.duplicate_of));
}

/* With the lock held. Where samples come faster than workers bring them to the
 * present, few wait, and the newest is among them. @overtaken: (out) takes
 * those that do not wait any more, or not at all. */
static void
queue (KocrBoxMotion * self, KocrRequest * request, GQueue * overtaken)
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
kocr_box_motion_offer (KocrBoxMotion * self, KocrRequest * request)
{
  GQueue overtaken = G_QUEUE_INIT;
  KocrRequest *other;
  gboolean queued;

  g_mutex_lock (&self->lock);
  queued = kocr_sample_of (request)->tracked && (self->travelling
      || (has_regions (request)
          && kocr_pyramid_history_has_sample (self->trail,
              request->asked.serial)));
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
kocr_box_motion_wait (KocrBoxMotion * self, const KocrRequest * request)
{
  g_mutex_lock (&self->lock);
  while (kocr_pyramid_history_has_sample (self->trail, request->asked.serial))
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);
}
