/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "change/picturecache.h"

#include "base/log.h"
#include "change/gate.h"
#include "change/chromaplanes.h"
#include "change/lumaplane.h"
#include "change/textgate.h"
#include "geometry/polygon.h"
#include "picture/geometry.h"

#define GST_CAT_DEFAULT KOCR_LOG_GATE

/* Nothing is known of the noise in a picture. */
#define NO_FLOOR G_MAXUINT

/* After so long what has the same text is sent again, for the text that the
 * finder cannot see, unless a refresh interval was set. */
#define TEXT_REFRESH (10 * GST_SECOND)

/* One that was sent. */
typedef struct
{
  KocrRequest *request;         /* that showed it last, but for those that it
                                 * was unchanged in; in flight or answered */
  GstClockTime stream_time;     /* of when it was sent */
  gint64 taken;
  guint floor;                  /* noise in it at its full size; NO_FLOOR */
  KocrChromaPlanes chroma;
  KocrChromaStore chroma_store;
  KocrLumaPlane half, thumbnail;        /* none while nothing is to be
                                         * remembered */
  KocrLumaStore half_store, thumbnail_store;
} Picture;

struct _KocrPictureCache
{
  KocrChangeGate *gate;
  KocrTextGate *text_gate;      /* of the first of pictures, if
                                 * has_reference */
  GQueue pictures;              /* of Picture, the newest first */

  /* What the first of pictures looked like, if has_reference. */
  gboolean has_reference;
  KocrLumaPlane reference;
  KocrLumaStore reference_store;

  /* Of the frame looked at last; no data: there is none to be kept. */
  KocrLumaPlane sample, half, thumbnail;
  KocrLumaStore sample_store, half_store, shrinking_stores[2];
  const GstVideoFrame *frame;   /* (nullable): it; mapped until it is kept */
  gint area[4];                 /* of the frame: x, y, width, height */
  gboolean has_chroma;
  KocrChromaPlanes chroma;
  KocrChromaStore chroma_store;
  guint floor;                  /* between it and the reference; NO_FLOOR */

  GArray *texts;                /* of KocrPlaneArea: of one comparison */

  /* What all of pictures have in common. A frame may be larger than its caps
   * say, by a GstVideoMeta. */
  GstVideoInfo info;
  gint width, height;
  KocrPictureSettings settings;
  guint epoch;
};

static void
picture_free (Picture * picture)
{
  kocr_request_unref (picture->request);
  kocr_chroma_store_clear (&picture->chroma_store);
  kocr_luma_store_clear (&picture->half_store);
  kocr_luma_store_clear (&picture->thumbnail_store);
  g_free (picture);
}

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
  g_queue_clear_full (&self->pictures, (GDestroyNotify) picture_free);
  self->has_reference = FALSE;
}

void
kocr_picture_cache_free (KocrPictureCache * self)
{
  forget_all (self);
  kocr_luma_store_clear (&self->reference_store);
  kocr_luma_store_clear (&self->sample_store);
  kocr_chroma_store_clear (&self->chroma_store);
  kocr_luma_store_clear (&self->half_store);
  kocr_luma_store_clear (&self->shrinking_stores[0]);
  kocr_luma_store_clear (&self->shrinking_stores[1]);
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
  picture_free (link->data);
  g_queue_delete_link (&self->pictures, link);
}

/* What brought no result, or may bring none: a flush, which ends a epoch,
 * cancels what is in flight. */
static void
forget_unanswered (KocrPictureCache * self, guint epoch)
{
  GList *next;

  for (GList * l = self->pictures.head; l; l = next) {
    KocrRequest *request = ((Picture *) l->data)->request;

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

static gboolean
same_settings (const KocrPictureSettings * a, const KocrPictureSettings * b)
{
  for (guint i = 0; i < G_N_ELEMENTS (a->region); i++) {
    if (a->region[i] != b->region[i])
      return FALSE;
  }
  return a->max_dimension == b->max_dimension && a->format == b->format
      && a->quality == b->quality && a->turn == b->turn;
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
      || !same_settings (&request->transfer.settings, &self->settings))
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

/* Luma of what is sent of @frame, into sample. */
static gboolean
see (KocrPictureCache * self, const KocrRequest * request,
    const GstVideoFrame * frame)
{
  KocrFrameShape shape = {
    .width = GST_VIDEO_INFO_WIDTH (&frame->info),
    .height = GST_VIDEO_INFO_HEIGHT (&frame->info),
    .row_step = GST_VIDEO_INFO_INTERLACE_MODE (&frame->info)
        == GST_VIDEO_INTERLACE_MODE_ALTERNATE ? 2 : 1,
    .align_x = 1,.align_y = 1,
  };
  KocrPictureGeometry taken;

  if (!kocr_picture_geometry_take (&taken, &shape,
          request->transfer.settings.region))
    return FALSE;
  self->area[0] = taken.x;
  self->area[1] = taken.y;
  self->area[2] = taken.width;
  self->area[3] = taken.height;
  self->frame = frame;
  return kocr_luma_plane_of_frame (&self->sample, frame, self->area,
      &self->sample_store);
}

/* What is seen, into half and thumbnail, if that is not done. */
static gboolean
shrink (KocrPictureCache * self)
{
  if (self->half.data)
    return TRUE;
  if (!kocr_luma_plane_halve (&self->half, &self->sample, &self->half_store))
    return FALSE;
  self->thumbnail = self->half;
  for (guint i = 1; i < KOCR_THUMBNAIL_HALVINGS; i++) {
    KocrLumaPlane larger = self->thumbnail;

    if (!kocr_luma_plane_halve (&self->thumbnail, &larger,
            &self->shrinking_stores[i % 2])) {
      self->half.data = NULL;
      return FALSE;
    }
  }
  return TRUE;
}

/* What is seen becomes the first picture's reference. */
static void
refer (KocrPictureCache * self)
{
  KocrLumaStore spare = self->reference_store;

  if (self->sample.data == self->sample_store.data) {
    self->reference_store = self->sample_store;
    self->sample_store = spare;
    self->reference = self->sample;
    self->has_reference = TRUE;
  } else {
    self->has_reference = kocr_luma_plane_copy (&self->reference,
        &self->sample, &self->reference_store);
  }
}

static GstClockTime
distance (GstClockTime a, GstClockTime b)
{
  return a > b ? a - b : b - a;
}

/* Whether @picture, which @request's is like, is to be sent again.
 * Where frames have no time it is counted as it passes. */
static gboolean
is_stale (const Picture * picture, const KocrRequest * request)
{
  GstClockTime age = (request->taken - picture->taken) * GST_USECOND;
  GstClockTime interval = request->asked.gate.refresh_interval;

  if (interval == 0 && request->outcome.text_alone)
    interval = TEXT_REFRESH;

  if (GST_CLOCK_TIME_IS_VALID (request->asked.stream_time)
      && GST_CLOCK_TIME_IS_VALID (picture->stream_time))
    age = distance (request->asked.stream_time, picture->stream_time);
  return interval > 0 && age >= interval;
}

/* Its colour, into chroma, if that is not done. Without memory for it there is
 * none. */
static void
see_colour (KocrPictureCache * self)
{
  if (!self->has_chroma)
    kocr_chroma_planes_of_frame (&self->chroma, self->frame, self->area,
        &self->chroma_store);
  self->has_chroma = TRUE;
}

/* Where @picture is known to hold text, in planes of a @reduction-th of its
 * size. */
static void
find_texts (KocrPictureCache * self, const Picture * picture, gint reduction,
    KocrGateTerms * terms)
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
    left = CLAMP (left - self->area[0], 0, self->area[2]);
    right = CLAMP (right - self->area[0], left, self->area[2]);
    top = CLAMP (top - self->area[1], 0, self->area[3]);
    bottom = CLAMP (bottom - self->area[1], top, self->area[3]);
    g_array_index (self->texts, KocrPlaneArea, i)
        = (KocrPlaneArea) {
    left / reduction, top / reduction,
          (right - left) / reduction, (bottom - top) / reduction};
  }
  terms->text_is_known = result != NULL;
  terms->texts = (const KocrPlaneArea *) (gpointer) self->texts->data;
  terms->n_texts = n;
}

/* Colour lies at half its size, where noise is less and what differs is
 * blurred: half the threshold. */
static gboolean
colour_differs (KocrPictureCache * self, const Picture * picture,
    guint threshold, guint most_noise)
{
  KocrGateTerms terms = {.cell = KOCR_GATE_HALF,
    .threshold = threshold / 2,
    .most_noise = most_noise,
    .pivot = KOCR_CHROMA_MIDDLE
  };

  if (!self->has_chroma
      && kocr_chroma_planes_are_near (&picture->chroma, self->frame, self->area,
          &self->chroma_store, MIN (terms.threshold, KOCR_GATE_LEAST_CHANGE)))
    return FALSE;
  see_colour (self);
  find_texts (self, picture, KOCR_CHROMA_REDUCTION, &terms);
  for (guint i = 0; i < 2 && self->chroma.planes[i].data; i++) {
    if (!picture->chroma.planes[i].data
        || kocr_change_gate_differs (self->gate, &picture->chroma.planes[i],
            &self->chroma.planes[i], &terms, NULL))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_unchanged (KocrPictureCache * self, guint threshold)
{
  Picture *picture = g_queue_peek_head (&self->pictures);
  KocrGateTerms terms = {.cell = KOCR_GATE_FULL,
    .threshold = threshold,
    .most_noise = KOCR_GATE_MOST_NOISE
  };

  self->floor = NO_FLOOR;
  if (!self->has_reference)
    return FALSE;
  find_texts (self, picture, 1, &terms);
  if (kocr_change_gate_differs (self->gate, &self->reference, &self->sample,
          &terms, &self->floor)
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
is_alike (KocrPictureCache * self, const Picture * picture, guint threshold)
{
  guint floor = picture->floor == NO_FLOOR ? 0 : picture->floor;
  KocrGateTerms terms = {
    .cell = KOCR_GATE_HALF,.threshold = threshold / 2,.most_noise = floor
  };

  if (!picture->half.data
      || kocr_change_gate_thumbnails_differ (self->gate, &picture->thumbnail,
          &self->thumbnail, threshold / 2))
    return FALSE;
  find_texts (self, picture, 2, &terms);
  return !kocr_change_gate_differs (self->gate, &picture->half, &self->half,
      &terms, NULL)
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
  if (request->asked.gate.memory > 0 && !request->asked.forced && shrink (self))
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
has_same_text (KocrPictureCache * self, const KocrRequest * request)
{
  static const gchar *const changes[] = {
    [KOCR_TEXT_SAME] = "the same text",
    [KOCR_TEXT_GONE] = "a text went or is another",
    [KOCR_TEXT_NEW] = "a line of text is new",
    [KOCR_TEXT_UNKNOWN] = "no picture to compare its text with"
  };
  KocrTextChange change;
  KocrGateTerms terms = { 0 };

  if (!self->has_reference)
    kocr_text_gate_forget (self->text_gate);
  else
    find_texts (self, g_queue_peek_head (&self->pictures), 1, &terms);
  change = kocr_text_gate_look (self->text_gate, &self->sample,
      terms.text_is_known ? self->texts : NULL);
  GST_DEBUG ("sample %" G_GUINT64_FORMAT ": %s", request->asked.serial,
      changes[change]);
  return change == KOCR_TEXT_SAME && !request->asked.forced;
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

static void
keep_colour (KocrPictureCache * self, Picture * picture)
{
  KocrChromaStore spare = picture->chroma_store;

  see_colour (self);
  picture->chroma_store = self->chroma_store;
  picture->chroma = self->chroma;
  self->chroma_store = spare;
  self->has_chroma = FALSE;
}

KocrMatch
kocr_picture_cache_look (KocrPictureCache * self,
    KocrRequest * request, const GstVideoFrame * frame, KocrRequest ** original)
{
  KocrMatch match;
  Picture *picture;
  GList *link;

  *original = NULL;
  self->sample.data = self->half.data = NULL;
  self->has_chroma = FALSE;
  self->floor = NO_FLOOR;
  forget_others (self, request, frame);
  if (request->asked.gate.threshold == 0 || !see (self, request, frame)) {
    GST_DEBUG ("sample %" G_GUINT64_FORMAT ": is not compared",
        request->asked.serial);
    return KOCR_PICTURE_NEW;
  }
  match = find_match (self, request, &link);
  if (is_gated_by_text (request) && match != KOCR_PICTURE_UNCHANGED
      && has_same_text (self, request) && match == KOCR_PICTURE_NEW) {
    match = KOCR_PICTURE_UNCHANGED;
    request->outcome.text_alone = TRUE;
    link = self->pictures.head;
  }
  if (match == KOCR_PICTURE_NEW) {
    GST_DEBUG ("sample %" G_GUINT64_FORMAT ": %s", request->asked.serial,
        request->asked.forced ? "new: it was asked for" : "new");
    return KOCR_PICTURE_NEW;
  }

  picture = link->data;
  if (is_stale (picture, request)) {
    GST_DEBUG ("sample %" G_GUINT64_FORMAT ": new: refresh-interval has passed "
        "since sample %" G_GUINT64_FORMAT, request->asked.serial,
        picture->request->asked.serial);
    request->outcome.text_alone = FALSE;
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
    keep_colour (self, picture);
    refer (self);
    keep_text (self, request);
  }
  return match;
}

/* A new first one of at most @n, in the place of the oldest. */
static Picture *
make_room (KocrPictureCache * self, guint n)
{
  Picture *picture = NULL;

  while (self->pictures.length >= MAX (n, 1)) {
    g_clear_pointer (&picture, picture_free);
    picture = g_queue_pop_tail (&self->pictures);
  }
  if (picture)
    kocr_request_unref (picture->request);
  else
    picture = g_new0 (Picture, 1);
  g_queue_push_head (&self->pictures, picture);
  return picture;
}

/* Takes half, and what is kept of the thumbnail. */
static void
keep_small (KocrPictureCache * self, Picture * picture)
{
  KocrLumaStore spare = picture->half_store;

  picture->half_store = self->half_store;
  picture->half = self->half;
  self->half_store = spare;
  self->half.data = NULL;
  if (!kocr_luma_plane_copy (&picture->thumbnail, &self->thumbnail,
          &picture->thumbnail_store))
    picture->half.data = NULL;
}

void
kocr_picture_cache_keep (KocrPictureCache * self, KocrRequest * request)
{
  GList *newest = self->pictures.head;
  Picture *picture;
  gboolean small;

  if (!self->sample.data)
    return;
  small = request->asked.gate.memory > 0 && shrink (self);
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
    keep_small (self, picture);
  keep_colour (self, picture);
  refer (self);
  keep_text (self, request);
}
