/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/liveresults.h"

#include "result/boxmotion.h"
#include "result/sample.h"
#include "result/samplelog.h"

/* Kept in case that no frame carries them: more than may be in flight at
 * once. */
#define MAX_SAMPLES 64

struct _KocrLiveResults
{
  GstObject *owner;
  KocrRunStats *stats;
  guint producer;
  KocrCarriedResult *carried;
  KocrBoxMotion *motion;

  /* Streaming thread. */
  guint64 seen;                 /* the newest sample that a frame told of */
  guint64 forgotten;            /* samples up to it are of another epoch */
  guint n_lost;                 /* regions of what is carried, as logged */

  GMutex lock;

  /* lock */
  GQueue published;             /* of KocrRequest that have a result, in the
                                 * order of the samples */
};

/* Any thread. */

static void
count_late (KocrLiveResults * self, const KocrRequest * request)
{
  KOCR_SAMPLE_DEBUG (self->owner, request->asked.serial,
      "late: a newer result came before it");
  kocr_run_stats_add (self->stats, KOCR_COUNT_LATE);
}

static void
arrived (KocrRequest * request, KocrMotion * motion, gpointer user_data)
{
  KocrLiveResults *self = user_data;
  GstKakaoOcrResult *tracked = kocr_sample_of (request)->tracked;

  if (!tracked)
    return;
  if (motion && kocr_motion_has_moved (motion))
    KOCR_SAMPLE_DEBUG (self->owner, request->asked.serial,
        "moved: its boxes are where they are by now");
  if (request->outcome.match == KOCR_PICTURE_UNCHANGED)
    kocr_carried_result_renew (self->carried, request->outcome.duplicate_of,
        request->asked.serial, tracked, request->asked.pts, motion);
  else if (!kocr_carried_result_offer (self->carried, request->asked.serial,
          tracked, motion))
    count_late (self, request);
}

static void
overtaken (KocrRequest * request, gpointer user_data)
{
  if (request->outcome.match != KOCR_PICTURE_UNCHANGED)
    count_late (user_data, request);
}

static void
keep_published (KocrLiveResults * self, KocrRequest * request)
{
  KocrRequest *oldest = NULL;
  GList *link;

  g_mutex_lock (&self->lock);
  link = self->published.tail;
  while (
      link && ((KocrRequest *)link->data)->asked.serial > request->asked.serial)
    link = link->prev;
  g_queue_insert_after (&self->published, link, kocr_request_ref (request));
  if (self->published.length > MAX_SAMPLES)
    oldest = g_queue_pop_head (&self->published);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&oldest, kocr_request_unref);
}

void
kocr_live_results_take (KocrLiveResults * self, KocrRequest * request)
{
  if (kocr_sample_of (request)->tracked)
    keep_published (self, request);
  kocr_box_motion_offer (self->motion, request);
}

void
kocr_live_results_wait (KocrLiveResults * self, const KocrRequest * request)
{
  kocr_box_motion_wait (self->motion, request);
}

/* Streaming thread. */

KocrLiveResults *
kocr_live_results_new (GstObject * owner, KocrRunStats * stats, guint producer)
{
  static const KocrBoxMotionCallbacks callbacks = { arrived, overtaken };
  KocrLiveResults *self = g_new0 (KocrLiveResults, 1);

  self->owner = owner;
  self->stats = stats;
  self->producer = producer;
  g_mutex_init (&self->lock);
  g_queue_init (&self->published);
  self->carried = kocr_carried_result_new ();
  self->motion = kocr_box_motion_new (&callbacks, self);
  return self;
}

void
kocr_live_results_free (KocrLiveResults * self)
{
  kocr_box_motion_free (self->motion);
  kocr_carried_result_free (self->carried);
  g_queue_clear_full (&self->published, (GDestroyNotify) kocr_request_unref);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
kocr_live_results_set_up (KocrLiveResults * self, const GstVideoInfo * info,
    gboolean readable)
{
  kocr_box_motion_set_up (self->motion, info, readable);
}

void
kocr_live_results_forget (KocrLiveResults * self, guint64 serial,
    gboolean epoch)
{
  if (epoch)
    self->forgotten = serial;
  kocr_carried_result_forget (self->carried, serial);
  kocr_box_motion_forget (self->motion);
}

void
kocr_live_results_begin_frame (KocrLiveResults * self, GstBuffer * buffer,
    gboolean follow)
{
  kocr_box_motion_begin_frame (self->motion, buffer, follow);
}

void
kocr_live_results_expect (KocrLiveResults * self, guint64 serial)
{
  kocr_box_motion_expect (self->motion, serial);
}

/* Of samples after @serial, those whose results have come, in order. (transfer
 * full) */
static GPtrArray *
list_after (KocrLiveResults * self, guint64 serial)
{
  GPtrArray *list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kocr_request_unref);

  g_mutex_lock (&self->lock);
  for (GList * l = self->published.head; l; l = l->next) {
    KocrRequest *request = l->data;

    if (request->asked.serial > serial)
      g_ptr_array_add (list, kocr_request_ref (request));
  }
  g_mutex_unlock (&self->lock);
  return list;
}

/* A frame carries the result of sample @serial, the first to do so. */
static void
note_carried (KocrLiveResults * self, guint64 serial)
{
  g_autoptr (GPtrArray) requests = list_after (self, self->seen);

  KOCR_SAMPLE_DEBUG (self->owner, serial, "carried from here on");
  for (guint i = 0; i < requests->len; i++) {
    const KocrRequest *request = g_ptr_array_index (requests, i);

    if (request->asked.serial == serial)
      kocr_run_stats_note_carried (self->stats, request);
  }
  self->seen = serial;
}

static void
log_lost (KocrLiveResults * self, const KocrCarried * carried)
{
  guint n = gst_kakao_ocr_result_get_n_regions (carried->result);
  const gboolean *lost = kocr_motion_get_lost (carried->motion);
  guint n_lost = 0;

  for (guint i = 0; i < n; i++)
    n_lost += lost[i] != FALSE;
  if (n_lost != self->n_lost)
    KOCR_SAMPLE_DEBUG (self->owner, carried->serial, "lost: %u of its %u boxes "
        "are not found on the picture", n_lost, n);
  self->n_lost = n_lost;
}

/* Until the next sample and one more, should that fail: else boxes blink, and
 * texts end, where samples are far apart. */
static GstClockTime
get_lifetime (const KocrFrameSettings * settings)
{
  return settings->result_lifetime == 0 ? 0 :
      MAX (settings->result_lifetime, 2 * settings->interval);
}

GstBuffer *
kocr_live_results_attach (KocrLiveResults * self, GstBuffer * buffer,
    GstClockTime running_time, const KocrFrameSettings * settings)
{
  KocrCarried carried = { NULL, };

  if (settings->active)
    kocr_carried_result_get (self->carried, running_time,
        get_lifetime (settings), &carried);
  if (carried.serial > self->seen)
    note_carried (self, carried.serial);
  if (!settings->track_motion)
    g_clear_pointer (&carried.motion, kocr_motion_unref);
  kocr_box_motion_follow (self->motion, carried.motion);
  if (carried.motion && KOCR_SAMPLE_LOG_IS_ON ())
    log_lost (self, &carried);
  buffer = kocr_carried_attach (&carried, buffer, settings->attach,
      self->producer);
  kocr_carried_clear (&carried);
  return buffer;
}

void
kocr_live_results_push_unseen (KocrLiveResults * self, GstPad * srcpad,
    const KocrFrameSettings * settings)
{
  g_autoptr (GPtrArray) requests =
      list_after (self, MAX (self->seen, self->forgotten));

  if (!settings->active || !(settings->attach & KOCR_ATTACH_OCR))
    return;
  for (guint i = 0; i < requests->len; i++) {
    const KocrRequest *request = g_ptr_array_index (requests, i);
    const KocrCarried carried = { .result = kocr_sample_of (request)->tracked,
      .last_seen = request->asked.pts };

    KOCR_SAMPLE_DEBUG (self->owner, request->asked.serial,
        "carried by an event: its result comes after the last frame");
    gst_pad_push_event (
        srcpad, kocr_carried_to_event (&carried,
                    kocr_sample_of (request)->times.duration, self->producer));
    self->seen = request->asked.serial;
  }
}
