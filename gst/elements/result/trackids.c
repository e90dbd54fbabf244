/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "result/trackids.h"

#include <math.h>

#include "geometry/polygon.h"
#include "result/sample.h"
#include "result/textchanges.h"

/* Of its height: where what is still the same text is now matters to its track. */
#define LEAST_MOVE 0.3

/* A sample that is not published yet. */
typedef struct
{
  KocrRequest *request;
  guint epoch;
} Entry;

struct _KocrTrackIds
{
  gchar *producer;
  KocrTrackIdsFunc published;
  gpointer user_data;
  KocrFrameHistory *history;        /* (nullable) not owned */

  /* Held while a result is tracked, which takes some milliseconds when it has
   * hundreds of lines, and told, since what renews a result must not be told
   * before it; taken before the other lock, and never where samples are added:
   * a live picture does not wait for it. */
  GMutex tracking;

  /* tracking */
  guint tracked_epoch;          /* of the tracker's open tracks */
  GstKakaoOcrTextTracker *tracker;
  GstKakaoOcrResult *read;      /* the result that was tracked last, before */
  GstKakaoOcrResult *tracked;   /* and after */
  GstKakaoOcrResult *earlier;   /* what was tracked before it, and what stayed
                                 * since without being read */
  guint64 read_serial;          /* of the newest sample that showed it */

  GMutex lock;

  /* lock */
  gboolean ordered;
  GQueue entries;               /* of Entry, in the order of the samples */
  guint epoch;                  /* of samples that are added */
};

KocrTrackIds *
kocr_track_ids_new (const gchar * producer, KocrTrackIdsFunc published,
    gpointer user_data)
{
  KocrTrackIds *self = g_new0 (KocrTrackIds, 1);

  self->producer = g_strdup (producer);
  self->published = published;
  self->user_data = user_data;
  self->tracker = gst_kakao_ocr_text_tracker_new ();
  g_mutex_init (&self->tracking);
  g_mutex_init (&self->lock);
  g_queue_init (&self->entries);
  return self;
}

static void
entry_free (Entry * entry)
{
  kocr_request_unref (entry->request);
  g_free (entry);
}

static void
clear_last (KocrTrackIds * self)
{
  g_clear_pointer (&self->read, gst_kakao_ocr_result_unref);
  g_clear_pointer (&self->tracked, gst_kakao_ocr_result_unref);
  g_clear_pointer (&self->earlier, gst_kakao_ocr_result_unref);
}

void
kocr_track_ids_free (KocrTrackIds * self)
{
  g_queue_clear_full (&self->entries, (GDestroyNotify) entry_free);
  clear_last (self);
  g_object_unref (self->tracker);
  g_free (self->producer);
  g_mutex_clear (&self->tracking);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
kocr_track_ids_set_ordered (KocrTrackIds * self, gboolean ordered)
{
  g_mutex_lock (&self->lock);
  self->ordered = ordered;
  g_mutex_unlock (&self->lock);
}

void
kocr_track_ids_set_history (KocrTrackIds * self, KocrFrameHistory * history)
{
  self->history = history;
}

void
kocr_track_ids_add (KocrTrackIds * self, KocrRequest * request)
{
  Entry *entry = g_new (Entry, 1);

  entry->request = kocr_request_ref (request);
  g_mutex_lock (&self->lock);
  entry->epoch = self->epoch;
  g_queue_push_tail (&self->entries, entry);
  g_mutex_unlock (&self->lock);
}

void
kocr_track_ids_forget (KocrTrackIds * self)
{
  g_mutex_lock (&self->lock);
  self->epoch++;
  g_mutex_unlock (&self->lock);
}

/* Only the numbers are of use here, not the tracks themselves. */
static void
drop_finished (KocrTrackIds * self)
{
  GstKakaoOcrTextTrack *track;

  while ((track = gst_kakao_ocr_text_tracker_pop (self->tracker)))
    gst_kakao_ocr_text_track_free (track);
}

/* Takes @result, which @request's is. */
static GstKakaoOcrResult *
sign (KocrTrackIds *self, GstKakaoOcrResult *result, const KocrRequest *request)
{
  result = gst_kakao_ocr_result_of_producer (result, self->producer);
  gst_kakao_ocr_result_set_orientation (result, request->asked.view.turn);
  return result;
}

/* The regions of @result with the tracks that @tracked, which is @result
 * turned, has for them. (transfer full) */
static GstKakaoOcrResult *
take_tracks (const GstKakaoOcrResult *result, const GstKakaoOcrResult *tracked)
{
  guint n = gst_kakao_ocr_result_get_n_regions (result);
  g_autofree GstKakaoOcrRegion *regions = g_new (GstKakaoOcrRegion, n);

  for (guint i = 0; i < n; i++) {
    regions[i] = *gst_kakao_ocr_result_get_region (result, i);
    regions[i].track = gst_kakao_ocr_result_get_region (tracked, i)->track;
  }
  return gst_kakao_ocr_result_copy_with (result, regions, n);
}

/* While tracking. Texts go on where they are shown, also when frames come that
 * are turned otherwise. (transfer full) */
static GstKakaoOcrResult *
push (KocrTrackIds *self, const KocrRequest *request,
    GstKakaoOcrResult *result)
{
  GstClockTime moment = kocr_sample_of (request)->times.moment;
  g_autoptr (GstKakaoOcrResult) own = NULL, turned = NULL, tracked = NULL;

  if (request->asked.view.turn == GST_VIDEO_ORIENTATION_IDENTITY)
    return gst_kakao_ocr_text_tracker_push (self->tracker, result, moment);
  own = sign (self, gst_kakao_ocr_result_ref (result), request);
  turned = gst_kakao_ocr_result_turn (own);
  tracked = gst_kakao_ocr_text_tracker_push (self->tracker, turned, moment);
  return gst_kakao_ocr_result_get_n_regions (own)
                 == gst_kakao_ocr_result_get_n_regions (tracked)
             ? take_tracks (own, tracked)
             : g_steal_pointer (&own);
}

/* While tracking. What was between the sample that was tracked last and that of
 * @request, a later one: (transfer full). NULL: it is not known. */
static KocrFrameStretch *
take_stretch (KocrTrackIds * self, const KocrRequest * request)
{
  if (!self->history || !self->tracked
      || request->asked.serial <= self->read_serial
      || !GST_CLOCK_TIME_IS_VALID (request->asked.pts)
      || !GST_CLOCK_TIME_IS_VALID (kocr_sample_of (request)->times.moment))
    return NULL;
  return kocr_frame_history_take (self->history, self->read_serial,
      request->asked.serial);
}

/* While tracking. What a newer sample showed stays the last: the next one
 * may be unchanged from that. @result: of @request, as its sample shows it. */
static GstKakaoOcrResult *
read_result (KocrTrackIds *self, const KocrRequest *request,
    GstKakaoOcrResult *result)
{
  GstClockTime moment = kocr_sample_of (request)->times.moment;
  g_autoptr (KocrFrameStretch) stretch = take_stretch (self, request);
  g_autoptr (GArray) fates = NULL;
  GstKakaoOcrResult *tracked;

  if (stretch)
    fates = kocr_text_changes_tell (self->tracker, self->tracked,
        self->earlier, stretch, GST_CLOCK_DIFF (request->asked.pts, moment));
  tracked = push (self, request, result);
  tracked = sign (self, tracked, request);
  if (stretch)
    tracked = kocr_text_changes_add (tracked, self->tracked, fates, stretch);
  if (!self->read || request->asked.serial > self->read_serial) {
    GstKakaoOcrResult *earlier = self->tracked
        ? kocr_text_changes_keep (self->tracked, self->earlier, fates) : NULL;

    clear_last (self);
    self->earlier = earlier;
    self->read = gst_kakao_ocr_result_ref (request->outcome.result);
    self->tracked = gst_kakao_ocr_result_ref (tracked);
    self->read_serial = request->asked.serial;
    if (self->history)
      kocr_frame_history_release (self->history, request->asked.serial);
  }
  return tracked;
}

/* Of a region, by its middle. */
static KocrTextMove
find_move (const GArray *moves, const GstKakaoOcrRegion *region)
{
  gdouble left, top, right, bottom, x, y;

  kocr_polygon_get_bounds (region->box, 4, &left, &top, &right, &bottom);
  x = (left + right) / 2;
  y = (top + bottom) / 2;
  for (guint i = 0; moves && i < moves->len; i++) {
    const KocrTextMove *move = &g_array_index (moves, KocrTextMove, i);

    if (x >= move->x && x < move->x + move->width && y >= move->y
        && y < move->y + move->height)
      return *move;
  }
  return (KocrTextMove){ 0 };
}

static gint
compare_ways (gconstpointer a, gconstpointer b)
{
  const KocrTextMove *p = a, *q = b;
  gdouble way = hypot (p->dx, p->dy), other = hypot (q->dx, q->dy);

  return way < other ? -1 : way > other;
}

/* Moves @regions, which are @n of one line, by the median of their moves: too
 * little of a dash or a full stop is seen to tell where it went. */
static void
move_line (const GArray *moves, GstKakaoOcrRegion *regions, guint n)
{
  g_autofree KocrTextMove *all = g_new (KocrTextMove, n);
  KocrTextMove move;

  for (guint i = 0; i < n; i++)
    all[i] = find_move (moves, &regions[i]);
  qsort (all, n, sizeof *all, compare_ways);
  move = all[n / 2];
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < GST_KAKAO_OCR_BOX_LEN; j += 2) {
      regions[i].box[j] += move.dx;
      regions[i].box[j + 1] += move.dy;
    }
}

/* Whether they are at other places, as far as matters. */
static gboolean
is_elsewhere (const GstKakaoOcrRegion *a, const GstKakaoOcrRegion *b)
{
  gdouble left, top, right, bottom;

  kocr_polygon_get_bounds (a->box, 4, &left, &top, &right, &bottom);
  return hypot (a->box[0] - b->box[0], a->box[1] - b->box[1])
         > LEAST_MOVE * MIN (right - left, bottom - top);
}

/* While tracking. What @request's sample, in which what was read last is still
 * the same text, shows of it, where that is elsewhere than it was tracked last;
 * NULL: nothing is. Its texts have the tracks that they had. (transfer full) */
static GstKakaoOcrResult *
move_result (KocrTrackIds *self, const KocrRequest *request)
{
  const GstKakaoOcrResult *result = request->outcome.result;
  guint n = gst_kakao_ocr_result_get_n_regions (result), first = 0;
  g_autofree GstKakaoOcrRegion *regions = g_new (GstKakaoOcrRegion, n);
  gboolean any = FALSE;
  GstKakaoOcrResult *moved;

  if (gst_kakao_ocr_result_get_n_regions (self->tracked) != n)
    return NULL;
  for (guint i = 0; i < n; i++) {
    regions[i] = *gst_kakao_ocr_result_get_region (result, i);
    regions[i].track
        = gst_kakao_ocr_result_get_region (self->tracked, i)->track;
  }
  for (guint i = 1; i <= n; i++)
    if (i == n || regions[i].track != regions[first].track) {
      move_line (request->outcome.moves, regions + first, i - first);
      first = i;
    }
  for (guint i = 0; i < n; i++)
    any |= is_elsewhere (
        &regions[i], gst_kakao_ocr_result_get_region (self->tracked, i));
  if (!any)
    return NULL;
  moved = gst_kakao_ocr_result_copy_with (result, regions, n);
  gst_kakao_ocr_result_set_times (moved, request->asked.pts,
      (request->outcome.completed - request->taken) * GST_USECOND);
  return moved;
}

/* While tracking. The picture was the same as that of the last result. */
static GstKakaoOcrResult *
see_again (KocrTrackIds * self, const KocrRequest * request)
{
  gst_kakao_ocr_text_tracker_extend (
      self->tracker, kocr_sample_of (request)->times.moment);
  self->read_serial = MAX (self->read_serial, request->asked.serial);
  if (self->history)
    kocr_frame_history_release (self->history, self->read_serial);
  return gst_kakao_ocr_result_ref (self->tracked);
}

/* While tracking. A result that comes after those of a new epoch has no
 * tracks to be of. */
static GstKakaoOcrResult *
track (KocrTrackIds * self, const Entry * entry)
{
  const KocrRequest *request = entry->request;
  GstKakaoOcrResult *tracked;

  if (entry->epoch < self->tracked_epoch)
    return sign (
        self, gst_kakao_ocr_result_ref (request->outcome.result), request);
  if (entry->epoch > self->tracked_epoch) {
    gst_kakao_ocr_text_tracker_finish (self->tracker, GST_CLOCK_TIME_NONE);
    clear_last (self);
    self->tracked_epoch = entry->epoch;
  }
  if (request->outcome.result == self->read) {
    g_autoptr (GstKakaoOcrResult) moved = move_result (self, request);

    tracked = moved ? read_result (self, request, moved)
                    : see_again (self, request);
  } else {
    tracked = read_result (self, request, request->outcome.result);
  }
  drop_finished (self);
  return tracked;
}

static gboolean
is_settled (gconstpointer entry)
{
  return kocr_request_is_settled (((const Entry *) entry)->request);
}

/* The next one to be published, or NULL. */
static Entry *
pop_settled (KocrTrackIds * self)
{
  Entry *entry = NULL;
  GList *link;

  g_mutex_lock (&self->lock);
  link = self->entries.head;
  while (link && !is_settled (link->data))
    link = self->ordered ? NULL : link->next;
  if (link) {
    entry = link->data;
    g_queue_delete_link (&self->entries, link);
  }
  g_mutex_unlock (&self->lock);
  return entry;
}

void
kocr_track_ids_update (KocrTrackIds * self)
{
  Entry *entry;

  g_mutex_lock (&self->tracking);
  while ((entry = pop_settled (self))) {
    KocrRequest *request = entry->request;

    kocr_sample_publish (request,
        request->outcome.result ? track (self, entry) : NULL);
    self->published (request, self->user_data);
    entry_free (entry);
  }
  g_mutex_unlock (&self->tracking);
}
