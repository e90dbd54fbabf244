/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crop/selection.h"

/* Tracks in a generation: what is still to be seen moves on to the next one,
 * and what two of them did not see is forgotten. More lines than any picture
 * has, and few enough to be kept for days. */
#define GENERATION 4096

/* What one producer showed. */
typedef struct
{
  GstKakaoOcrTextTracker *tracker;
  GHashTable *seen;             /* of guint64: tracks */
  GHashTable *seen_before;
  GstClockTime last_seen;       /* of the newest result; NONE: never told */
} Producer;

struct _KocrCropSelection
{
  GHashTable *producers;        /* number → Producer */
};

static GHashTable *
track_set_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static Producer *
producer_new (void)
{
  Producer *producer = g_new0 (Producer, 1);

  producer->tracker = gst_kakao_ocr_text_tracker_new ();
  producer->seen = track_set_new ();
  producer->seen_before = track_set_new ();
  producer->last_seen = GST_CLOCK_TIME_NONE;
  return producer;
}

static void
producer_free (gpointer data)
{
  Producer *producer = data;

  g_object_unref (producer->tracker);
  g_hash_table_unref (producer->seen);
  g_hash_table_unref (producer->seen_before);
  g_free (producer);
}

/* Whether track is seen for the first time. */
static gboolean
producer_see (Producer * self, guint64 track)
{
  if (g_hash_table_contains (self->seen, &track))
    return FALSE;
  if (g_hash_table_size (self->seen) >= GENERATION) {
    g_hash_table_unref (self->seen_before);
    self->seen_before = self->seen;
    self->seen = track_set_new ();
  }
  g_hash_table_add (self->seen, g_memdup2 (&track, sizeof track));
  return !g_hash_table_contains (self->seen_before, &track);
}

KocrCropSelection *
kocr_crop_selection_new (void)
{
  KocrCropSelection *self = g_new0 (KocrCropSelection, 1);

  self->producers = g_hash_table_new_full (NULL, NULL, NULL, producer_free);
  return self;
}

void
kocr_crop_selection_free (KocrCropSelection * self)
{
  g_hash_table_unref (self->producers);
  g_free (self);
}

void
kocr_crop_selection_clear (KocrCropSelection * self)
{
  g_hash_table_remove_all (self->producers);
}

/* Nobody takes the tracks themselves. */
static void
drop_tracks (GstKakaoOcrTextTracker * tracker)
{
  GstKakaoOcrTextTrack *track;

  while ((track = gst_kakao_ocr_text_tracker_pop (tracker)))
    gst_kakao_ocr_text_track_free (track);
}

void
kocr_crop_selection_break (KocrCropSelection * self)
{
  GHashTableIter iter;
  gpointer producer;

  g_hash_table_iter_init (&iter, self->producers);
  while (g_hash_table_iter_next (&iter, NULL, &producer)) {
    gst_kakao_ocr_text_tracker_finish (((Producer *) producer)->tracker,
        GST_CLOCK_TIME_NONE);
    drop_tracks (((Producer *) producer)->tracker);
  }
}

static Producer *
find_producer (KocrCropSelection * self, const GstKakaoOcrMeta * meta)
{
  gpointer number = GUINT_TO_POINTER (gst_kakao_ocr_meta_get_producer (meta));
  Producer *producer = g_hash_table_lookup (self->producers, number);

  if (!producer) {
    producer = producer_new ();
    g_hash_table_insert (self->producers, number, producer);
  }
  return producer;
}

static const GstKakaoOcrRegion *
get_region (const GstKakaoOcrResult * result, guint i)
{
  return gst_kakao_ocr_result_get_region (result, i);
}

gboolean
kocr_crop_selection_is_renewed (
    KocrCropSelection *self, const GstKakaoOcrMeta *meta)
{
  Producer *producer = find_producer (self, meta);
  GstClockTime last_seen = gst_kakao_ocr_meta_get_last_seen (meta);
  gboolean renewed = last_seen != producer->last_seen;

  producer->last_seen = last_seen;
  return renewed;
}

/* No text is news for a tracker, too, but has no tracks to be known by. */
static gboolean
has_tracks (const GstKakaoOcrResult * result, gboolean renewed)
{
  guint n = gst_kakao_ocr_result_get_n_regions (result), i = 0;

  while (i < n && get_region (result, i)->track > 0)
    i++;
  return i == n && (n > 0 || renewed);
}

/* (transfer full) (nullable): the result of meta with a track for each
 * region. */
static GstKakaoOcrResult *
follow (Producer * producer, const GstKakaoOcrMeta * meta, gboolean renewed)
{
  g_autoptr (GstKakaoOcrResult) result = gst_kakao_ocr_meta_dup_result (meta);
  GstKakaoOcrResult *tracked;

  if (has_tracks (result, renewed))
    return g_steal_pointer (&result);
  if (renewed)
    return NULL;
  tracked = gst_kakao_ocr_text_tracker_push (producer->tracker, result,
      gst_kakao_ocr_result_get_pts (result));
  drop_tracks (producer->tracker);
  return tracked;
}

/* (transfer full): the regions from first on that are of its track, or with
 * alone only that one. */
static GstKakaoOcrResult *
take_regions (const GstKakaoOcrResult * result, guint first, gboolean alone)
{
  g_autoptr (GArray) regions = g_array_new (FALSE, FALSE,
      sizeof (GstKakaoOcrRegion));
  guint n = gst_kakao_ocr_result_get_n_regions (result), i;
  guint64 track = get_region (result, first)->track;

  for (i = first; i < (alone ? first + 1 : n); i++) {
    if (get_region (result, i)->track == track)
      g_array_append_vals (regions, get_region (result, i), 1);
  }
  return gst_kakao_ocr_result_copy_with (result,
      (GstKakaoOcrRegion *) regions->data, regions->len);
}

static void
piece_free (gpointer data)
{
  KocrCropPiece *piece = data;

  gst_kakao_ocr_result_unref (piece->result);
  g_free (piece);
}

/* Whether a region before the i-th is of the same line. */
static gboolean
is_taken (const GstKakaoOcrResult * result, guint i)
{
  guint64 track = get_region (result, i)->track;

  while (i-- > 0)
    if (get_region (result, i)->track == track)
      return TRUE;
  return FALSE;
}

GPtrArray *
kocr_crop_selection_take (KocrCropSelection *self, const GstKakaoOcrMeta *meta,
    gboolean every, gboolean renewed)
{
  Producer *producer = find_producer (self, meta);
  g_autoptr (GstKakaoOcrResult) result = follow (producer, meta, renewed);
  GPtrArray *pieces;
  guint n, i;

  if (!result)
    return NULL;
  pieces = g_ptr_array_new_with_free_func (piece_free);
  n = gst_kakao_ocr_result_get_n_regions (result);
  for (i = 0; i < n; i++) {
    KocrCropPiece *piece;

    if (!every && is_taken (result, i))
      continue;
    piece = g_new (KocrCropPiece, 1);
    piece->track = get_region (result, i)->track;
    piece->is_new = producer_see (producer, piece->track);
    piece->result = take_regions (result, i, every);
    g_ptr_array_add (pieces, piece);
  }
  return pieces;
}
