/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "change/picturecache.h"

#include "base/log.h"
#include "change/sentpicture.h"
#include "change/textgate.h"
#include "geometry/polygon.h"

#define GST_CAT_DEFAULT KOCR_LOG_GATE

struct _KocrPictureCache
{
  KocrChangeGate *gate;
  KocrTextGate *text_gate;      /* of the first of pictures, if
                                 * has_reference */
  GQueue pictures;              /* of KocrSentPicture, the newest first */

  /* What the first of pictures looked like, if has_reference. */
  gboolean has_reference;
  KocrLumaPlane reference;
  KocrLumaStore reference_store;

  KocrSeenSample seen; /* looked at last; no luma: there is none to
                        * be kept */
  guint floor;         /* between it and the reference; KOCR_NO_FLOOR */

  GArray *texts; /* of KocrPlaneArea: of one comparison */

  /* What all of pictures have in common. A frame may be larger than its caps
   * say, by a GstVideoMeta. */
  GstVideoInfo info;
  gint width, height;
  KocrPictureSettings settings;
  guint epoch;
};

KocrPictureCache *
kocr_picture_cache_new (void)
{
  KocrPictureCache *self = g_new0 (KocrPictureCache, 1);

  self->gate = kocr_change_gate_new ();
  self->text_gate = kocr_text_gate_new ();
  self->texts = g_array_new (FALSE, FALSE, sizeof (KocrPlaneArea));
  gst_video_info_init (&self->info);
  g_queue_init (&self->pictures);
  return self;
}

static void
forget_all (KocrPictureCache * self)
{
  g_queue_clear_full (&self->pictures, (GDestroyNotify) kocr_sent_picture_free);
  self->has_reference = FALSE;
}

void
kocr_picture_cache_free (KocrPictureCache * self)
{
  forget_all (self);
  kocr_luma_store_clear (&self->reference_store);
  kocr_seen_sample_clear (&self->seen);
  kocr_change_gate_free (self->gate);
  kocr_text_gate_free (self->text_gate);
  g_array_unref (self->texts);
  g_free (self);
}

static void
forget (KocrPictureCache * self, GList * link)
{
  if (link == self->pictures.head)
    self->has_reference = FALSE;
  kocr_sent_picture_free (link->data);
  g_queue_delete_link (&self->pictures, link);
}

/* What brought no result, or may bring none: a flush, which ends an epoch,
 * cancels what is in flight. */
static void
forget_unanswered (KocrPictureCache * self, guint epoch)
{
  GList *next;

  for (GList * l = self->pictures.head; l; l = next) {
    KocrRequest *request = ((KocrSentPicture *) l->data)->request;

    next = l->next;
    if (kocr_request_is_settled (request) ? !request->outcome.result
        : request->epoch != epoch)
      forget (self, l);
  }
}

/* Whether a frame of @a can be compared with one of @b, pixel by pixel. How
 * fast they come, or what their colours are said to be, does not matter. */
static gboolean
same_pixels (const GstVideoInfo * a, const GstVideoInfo * b)
{
  return a->finfo == b->finfo && a->width == b->width
      && a->height == b->height && a->interlace_mode == b->interlace_mode
      && (gint64) a->par_n * b->par_d == (gint64) b->par_n * a->par_d;
}

/* Forgets what cannot be compared with @request's picture. */
static void
forget_others (KocrPictureCache * self, const KocrRequest * request,
    const GstVideoFrame * frame)
{
  gint width = GST_VIDEO_FRAME_WIDTH (frame);
  gint height = GST_VIDEO_FRAME_HEIGHT (frame);

  if (request->asked.gate.threshold == 0
      || width != self->width || height != self->height
      || !same_pixels (&request->asked.info, &self->info)
      || !kocr_picture_settings_match (
          &request->transfer.settings, &self->settings))
    forget_all (self);
  if (request->epoch != self->epoch)
    self->has_reference = FALSE;
  self->info = request->asked.info;
  self->width = width;
  self->height = height;
  self->settings = request->transfer.settings;
  self->epoch = request->epoch;
  forget_unanswered (self, request->epoch);
}

/* What is seen becomes the first picture's reference. */
static void
refer (KocrPictureCache *self)
{
  KocrLumaStore spare = self->reference_store;

  if (self->seen.luma.data == self->seen.luma_store.data) {
    self->reference_store = self->seen.luma_store;
    self->seen.luma_store = spare;
    self->reference = self->seen.luma;
    self->has_reference = TRUE;
  } else {
    self->has_reference = kocr_luma_plane_copy (
        &self->reference, &self->seen.luma, &self->reference_store);
  }
}

/* Where @picture is known to hold text, in planes of a @reduction-th of its
 * size. */
static void
find_texts (KocrPictureCache *self, const KocrSentPicture *picture,
    gint reduction, KocrGateTerms *terms)
{
  const KocrRequest *request = picture->request;
  const GstKakaoOcrResult *result
      = kocr_request_is_settled (request) ? request->outcome.result : NULL;
  guint n = result ? gst_kakao_ocr_result_get_n_regions (result) : 0;

  g_array_set_size (self->texts, n);
  for (guint i = 0; i < n; i++) {
    const gdouble *box = gst_kakao_ocr_result_get_region (result, i)->box;
    gdouble left, top, right, bottom;

    kocr_polygon_get_bounds (box, 4, &left, &top, &right, &bottom);
    left = CLAMP (left - self->seen.area[0], 0, self->seen.area[2]);
    right = CLAMP (right - self->seen.area[0], left, self->seen.area[2]);
    top = CLAMP (top - self->seen.area[1], 0, self->seen.area[3]);
    bottom = CLAMP (bottom - self->seen.area[1], top, self->seen.area[3]);
    g_array_index (self->texts, KocrPlaneArea, i)
        = (KocrPlaneArea){ left / reduction, top / reduction,
            (right - left) / reduction, (bottom - top) / reduction };
  }
  terms->text_is_known = result != NULL;
  terms->texts = (const KocrPlaneArea *) (gpointer) self->texts->data;
  terms->n_texts = n;
}

/* Colour lies at half its size, where noise is less and what differs is
 * blurred: half the threshold. */
static gboolean
colour_differs (KocrPictureCache * self, const KocrSentPicture * picture,
    guint threshold, guint most_noise)
{
  KocrGateTerms terms = { .cell = KOCR_GATE_HALF,
    .threshold = threshold / 2,
    .most_noise = most_noise,
    .pivot = KOCR_CHROMA_MIDDLE };

  if (kocr_seen_sample_is_near (&self->seen, &picture->chroma,
          MIN (terms.threshold, KOCR_GATE_LEAST_CHANGE)))
    return FALSE;
  kocr_seen_sample_see_colour (&self->seen);
  find_texts (self, picture, KOCR_CHROMA_REDUCTION, &terms);
  for (guint i = 0; i < 2 && self->seen.chroma.planes[i].data; i++) {
    if (!picture->chroma.planes[i].data
        || kocr_change_gate_differs (self->gate, &picture->chroma.planes[i],
            &self->seen.chroma.planes[i], &terms, NULL))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_unchanged (KocrPictureCache * self, guint threshold)
{
  KocrSentPicture *picture = g_queue_peek_head (&self->pictures);
  KocrGateTerms terms = {.cell = KOCR_GATE_FULL,
    .threshold = threshold,
    .most_noise = KOCR_GATE_MOST_NOISE
  };

  self->floor = KOCR_NO_FLOOR;
  if (!self->has_reference)
    return FALSE;
  find_texts (self, picture, 1, &terms);
  if (kocr_change_gate_differs (
          self->gate, &self->reference, &self->seen.luma, &terms, &self->floor)
      || colour_differs (self, picture, threshold, KOCR_GATE_MOST_NOISE))
    return FALSE;
  picture->floor = MIN (picture->floor, self->floor);
  return TRUE;
}

/* Whether @picture cannot be told from what is seen by what is kept of it.
 * Where a video codec has coded both anew, their noise is alike over several
 * pixels and grows as the size is halved, as a change that is small does not:
 * it counts for no more than it was at full size. */
static gboolean
is_alike (KocrPictureCache *self, const KocrSentPicture *picture,
    guint threshold)
{
  guint floor = picture->floor == KOCR_NO_FLOOR ? 0 : picture->floor;
  KocrGateTerms terms = {
    .cell = KOCR_GATE_HALF, .threshold = threshold / 2, .most_noise = floor
  };

  if (!picture->half.data
      || kocr_change_gate_thumbnails_differ (self->gate, &picture->thumbnail,
          &self->seen.thumbnail, threshold / 2))
    return FALSE;
  find_texts (self, picture, 2, &terms);
  return !kocr_change_gate_differs (
             self->gate, &picture->half, &self->seen.half, &terms, NULL)
         && !colour_differs (self, picture, threshold, floor);
}

/* The picture that is like what is seen; NULL: none. The reference is known not
 * to be. */
static GList *
find_remembered (KocrPictureCache * self, guint threshold)
{
  GList *l = self->pictures.head;

  if (self->has_reference && l)
    l = l->next;
  while (l && !is_alike (self, l->data, threshold))
    l = l->next;
  return l;
}

static KocrMatch
find_match (KocrPictureCache * self, const KocrRequest * request,
    GList ** link)
{
  guint threshold = request->asked.gate.threshold;

  *link = self->pictures.head;
  if (!request->asked.forced && is_unchanged (self, threshold))
    return KOCR_PICTURE_UNCHANGED;
  *link = NULL;
  if (request->asked.gate.memory > 0 && !request->asked.forced
      && kocr_seen_sample_shrink (&self->seen))
    *link = find_remembered (self, threshold);
  return *link ? KOCR_PICTURE_REMEMBERED : KOCR_PICTURE_NEW;
}

static gboolean
is_gated_by_text (const KocrRequest * request)
{
  return request->asked.gate.mode == KOCR_GATE_TEXT;
}

/* Whether only what is no text has changed. */
static gboolean
has_same_text (KocrPictureCache *self, const KocrRequest *request)
{
  static const gchar *const changes[]
      = { [KOCR_TEXT_GATE_SAME] = "the same text",
          [KOCR_TEXT_GATE_GONE] = "a text went or is another",
          [KOCR_TEXT_GATE_NEW] = "a line of text is new",
          [KOCR_TEXT_GATE_UNKNOWN] = "no picture to compare its text with" };
  KocrTextGateOutcome change;
  KocrGateTerms terms = { 0 };

  if (!self->has_reference)
    kocr_text_gate_forget (self->text_gate);
  else
    find_texts (self, g_queue_peek_head (&self->pictures), 1, &terms);
  change = kocr_text_gate_look (self->text_gate, &self->seen.luma,
      request->asked.is_routine, terms.text_is_known ? self->texts : NULL);
  GST_DEBUG ("sample %" G_GUINT64_FORMAT ": %s", request->asked.serial,
      changes[change]);
  return change == KOCR_TEXT_GATE_SAME && !request->asked.forced;
}

/* (transfer full) (element-type KocrTextMove) */
static GArray *
find_moves (const KocrPictureCache *self)
{
  GArray *moves = g_array_new (FALSE, FALSE, sizeof (KocrTextMove));
  KocrTextMove move;

  while (kocr_text_gate_get_move (self->text_gate, moves->len, &move)) {
    move.x += self->seen.area[0];
    move.y += self->seen.area[1];
    g_array_append_val (moves, move);
  }
  return moves;
}

/* What was seen is the first picture now. */
static void
keep_text (KocrPictureCache * self, const KocrRequest * request)
{
  if (is_gated_by_text (request))
    kocr_text_gate_keep (self->text_gate);
  else
    kocr_text_gate_forget (self->text_gate);
}

KocrMatch
kocr_picture_cache_look (KocrPictureCache *self, KocrRequest *request,
    const GstVideoFrame *frame, KocrRequest **original)
{
  KocrMatch match;
  KocrSentPicture *picture;
  GList *link;

  *original = NULL;
  kocr_seen_sample_begin (&self->seen);
  self->floor = KOCR_NO_FLOOR;
  forget_others (self, request, frame);
  if (request->asked.gate.threshold == 0
      || !kocr_seen_sample_look (
          &self->seen, frame, &request->transfer.settings)) {
    GST_DEBUG (
        "sample %" G_GUINT64_FORMAT ": is not compared", request->asked.serial);
    return KOCR_PICTURE_NEW;
  }
  match = find_match (self, request, &link);
  if (is_gated_by_text (request) && match != KOCR_PICTURE_UNCHANGED
      && has_same_text (self, request) && match == KOCR_PICTURE_NEW) {
    match = KOCR_PICTURE_UNCHANGED;
    request->outcome.text_alone = TRUE;
    request->outcome.moves = find_moves (self);
    link = self->pictures.head;
  }
  if (match == KOCR_PICTURE_NEW) {
    GST_DEBUG ("sample %" G_GUINT64_FORMAT ": %s", request->asked.serial,
        request->asked.forced ? "new: it was asked for" : "new");
    return KOCR_PICTURE_NEW;
  }

  picture = link->data;
  if (kocr_sent_picture_is_stale (picture, request)) {
    GST_DEBUG ("sample %" G_GUINT64_FORMAT ": new: refresh-interval has passed "
        "since sample %" G_GUINT64_FORMAT, request->asked.serial,
        picture->request->asked.serial);
    kocr_outcome_is_of_its_own (&request->outcome);
    forget (self, link);
    return KOCR_PICTURE_NEW;
  }
  GST_DEBUG ("sample %" G_GUINT64_FORMAT ": %s as sample %" G_GUINT64_FORMAT,
      request->asked.serial,
      match == KOCR_PICTURE_UNCHANGED ? "unchanged" : "remembered",
      picture->request->asked.serial);
  *original = kocr_request_ref (picture->request);
  if (match == KOCR_PICTURE_REMEMBERED) {
    kocr_request_unref (picture->request);
    picture->request = kocr_request_ref (request);
    g_queue_unlink (&self->pictures, link);
    g_queue_push_head_link (&self->pictures, link);
    kocr_sent_picture_keep_colour (picture, &self->seen);
    refer (self);
    keep_text (self, request);
  }
  return match;
}

/* A new first one of at most @n, in the place of the oldest. */
static KocrSentPicture *
make_room (KocrPictureCache * self, guint n)
{
  KocrSentPicture *picture = NULL;

  while (self->pictures.length >= MAX (n, 1)) {
    g_clear_pointer (&picture, kocr_sent_picture_free);
    picture = g_queue_pop_tail (&self->pictures);
  }
  if (picture)
    kocr_request_unref (picture->request);
  else
    picture = g_new0 (KocrSentPicture, 1);
  g_queue_push_head (&self->pictures, picture);
  return picture;
}

void
kocr_picture_cache_keep (KocrPictureCache * self, KocrRequest * request)
{
  GList *newest = self->pictures.head;
  KocrSentPicture *picture;
  gboolean small;

  if (!self->seen.luma.data)
    return;
  small
      = request->asked.gate.memory > 0 && kocr_seen_sample_shrink (&self->seen);
  if (newest && small
      && is_alike (self, newest->data, request->asked.gate.threshold))
    forget (self, newest);

  picture = make_room (self, request->asked.gate.memory);
  picture->request = kocr_request_ref (request);
  picture->stream_time = request->asked.stream_time;
  picture->taken = request->taken;
  picture->floor = self->floor;
  picture->half.data = NULL;
  if (small)
    kocr_sent_picture_keep_small (picture, &self->seen);
  kocr_sent_picture_keep_colour (picture, &self->seen);
  refer (self);
  keep_text (self, request);
}
