/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/textchanges.h"

#include <string.h>

/* Searches for one result: a page of text that changes as a whole does not
 * take long, and texts that come with it come when the others do. */
#define MOST_SEARCHES 64

/* All that a result shows of one track. */
typedef struct
{
  guint64 track;
  GString *text;
  gdouble left, top, right, bottom;
} Shown;

static void
shown_clear (gpointer data)
{
  Shown *shown = data;

  if (shown->text)
    g_string_free (shown->text, TRUE);
}

static Shown *
find (GArray * all, guint64 track)
{
  for (guint i = 0; i < all->len; i++) {
    Shown *shown = &g_array_index (all, Shown, i);

    if (shown->track == track)
      return shown;
  }
  return NULL;
}

static void
add_region (GArray * all, const GstKakaoOcrRegion * region)
{
  Shown *shown = find (all, region->track);

  if (!shown) {
    const Shown fresh = { region->track, g_string_new (NULL), region->box[0],
      region->box[1], region->box[0], region->box[1]
    };

    g_array_append_val (all, fresh);
    shown = &g_array_index (all, Shown, all->len - 1);
  }
  g_string_append (shown->text, region->text);
  for (guint k = 0; k < GST_KAKAO_OCR_BOX_LEN; k += 2) {
    shown->left = MIN (shown->left, region->box[k]);
    shown->right = MAX (shown->right, region->box[k]);
    shown->top = MIN (shown->top, region->box[k + 1]);
    shown->bottom = MAX (shown->bottom, region->box[k + 1]);
  }
}

static GArray *
list_shown (const GstKakaoOcrResult * result)
{
  guint n = gst_kakao_ocr_result_get_n_regions (result);
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Shown));

  g_array_set_clear_func (all, shown_clear);
  for (guint i = 0; i < n; i++) {
    const GstKakaoOcrRegion *region =
        gst_kakao_ocr_result_get_region (result, i);

    if (region->track)
      add_region (all, region);
  }
  return all;
}

/* Appends to @all what @result shows of tracks that are not in it. */
static void
add_missed (GArray * all, const GstKakaoOcrResult * result)
{
  g_autoptr (GArray) shown = list_shown (result);

  for (guint i = 0; i < shown->len; i++) {
    Shown *text = &g_array_index (shown, Shown, i);

    if (!find (all, text->track)) {
      g_array_append_vals (all, text, 1);
      text->text = NULL;
    }
  }
}

/* One that nobody else has. */
static GstKakaoOcrResult *
make_own (GstKakaoOcrResult * result)
{
  GstKakaoOcrResult *own;

  if (GST_MINI_OBJECT_REFCOUNT_VALUE (result) == 1)
    return result;
  own = gst_kakao_ocr_result_copy (result);
  gst_kakao_ocr_result_unref (result);
  return own;
}

typedef struct
{
  GstKakaoOcrResult *result;
  const KocrTextInterval *interval;
  const GArray *told;
  guint n_searches;
} Search;

static gboolean
has_stayed (const GArray * told, guint64 track)
{
  for (guint i = 0; i < told->len; i++) {
    const KocrTextEdge *edge = &g_array_index (told, KocrTextEdge, i);

    if (edge->track == track && !GST_CLOCK_TIME_IS_VALID (edge->pts))
      return TRUE;
  }
  return FALSE;
}

/* Corners of all that is shown of one track, and of @other: (nullable), which a
 * text that lost its end is part of. */
static void
get_box (const Shown * shown, const Shown * other, gdouble box[8])
{
  const Shown *second = other ? other : shown;

  box[0] = box[6] = MIN (shown->left, second->left);
  box[1] = box[3] = MIN (shown->top, second->top);
  box[2] = box[4] = MAX (shown->right, second->right);
  box[5] = box[7] = MAX (shown->bottom, second->bottom);
}

/* Whether nothing of @others stands where @shown begins. */
static gboolean
begins_alone (const Shown * shown, GArray * others)
{
  gdouble end = shown->left + (shown->bottom - shown->top);

  for (guint i = 0; i < others->len; i++) {
    const Shown *other = &g_array_index (others, Shown, i);

    if (other->left < end && other->right > shown->left
        && other->top < shown->bottom && other->bottom > shown->top)
      return FALSE;
  }
  return TRUE;
}

static gboolean
find_edge (const Search * self, const gdouble box[8], KocrFrameEdge edge,
    GstClockTime * pts)
{
  const KocrTextInterval *interval = self->interval;

  return kocr_frame_history_find_edge (interval->history, interval->from,
      interval->to, box, edge, pts);
}

static void
add_edge (Search * self, guint64 track, GstClockTime pts)
{
  self->result = make_own (self->result);
  gst_kakao_ocr_result_add_edge (self->result, track, pts);
}

/* Both results show the track. What stayed may still have been coming: by the box
 * of the first, since it may be longer by now. */
static void
search_both (Search * self, const Shown * shown, const Shown * before)
{
  gdouble box[8];
  GstClockTime pts;

  if (has_stayed (self->told, shown->track)) {
    get_box (before, NULL, box);
    if (find_edge (self, box, KOCR_FRAME_EDGE_ROSE, &pts))
      add_edge (self, shown->track, pts);
  } else if (strcmp (shown->text->str, before->text->str) != 0) {
    get_box (shown, before, box);
    if (find_edge (self, box, KOCR_FRAME_EDGE_CHANGED, &pts))
      add_edge (self, shown->track, pts);
  }
}

static void
search_new (Search * self, const Shown * shown, GArray * before)
{
  gboolean alone = begins_alone (shown, before);
  gdouble box[8];
  GstClockTime pts;

  get_box (shown, NULL, box);
  if (find_edge (self, box,
          alone ? KOCR_FRAME_EDGE_BEGAN : KOCR_FRAME_EDGE_CAME, &pts))
    add_edge (self, shown->track, pts);
}

static void
search_shown (Search * self, GArray * all, GArray * before)
{
  for (guint i = 0; i < all->len && self->n_searches < MOST_SEARCHES; i++) {
    const Shown *shown = &g_array_index (all, Shown, i);
    const Shown *other = find (before, shown->track);

    self->n_searches++;
    if (other)
      search_both (self, shown, other);
    else
      search_new (self, shown, before);
  }
}

static void
search_gone (Search * self, GArray * before, GArray * all)
{
  for (guint i = 0; i < before->len && self->n_searches < MOST_SEARCHES; i++) {
    const Shown *shown = &g_array_index (before, Shown, i);
    gdouble box[8];
    GstClockTime pts;

    if (has_stayed (self->told, shown->track) || find (all, shown->track))
      continue;
    self->n_searches++;
    get_box (shown, NULL, box);
    if (find_edge (self, box, KOCR_FRAME_EDGE_WENT, &pts))
      add_edge (self, shown->track, pts);
  }
}

GstKakaoOcrResult *
kocr_text_changes_add (GstKakaoOcrResult * result,
    const GstKakaoOcrResult * before, const GArray * told,
    const KocrTextInterval * interval)
{
  g_autoptr (GArray) shown = list_shown (result);
  g_autoptr (GArray) shown_before = list_shown (before);
  Search both = { result, interval, told, 0 };

  for (guint i = 0; i < told->len; i++) {
    const KocrTextEdge *edge = &g_array_index (told, KocrTextEdge, i);

    add_edge (&both, edge->track, edge->pts);
  }
  search_shown (&both, shown, shown_before);
  search_gone (&both, shown_before, shown);
  return both.result;
}

typedef struct
{
  GstKakaoOcrTextTracker *tracker;
  const KocrTextInterval *interval;
  GArray *told;
} Telling;

static void
tell_edge (Telling * self, const Shown * text, GstClockTime pts)
{
  gst_kakao_ocr_text_tracker_tell_edge (self->tracker, text->track,
      GST_CLOCK_TIME_IS_VALID (pts) ? pts + self->interval->to_moment : pts);
}

/* The same, for who comes after the tracker as well. */
static void
tell_all (Telling * self, const Shown * text, GstClockTime pts)
{
  const KocrTextEdge edge = { text->track, pts };

  tell_edge (self, text, pts);
  g_array_append_val (self->told, edge);
}

/* @is_last: whether sample from shows it. */
static void
tell (Telling * self, const Shown * text, gboolean is_last)
{
  const KocrTextInterval *interval = self->interval;
  KocrTextLook look;
  GstClockTime pts;
  gdouble box[8];

  get_box (text, NULL, box);
  look = kocr_frame_history_compare (interval->history, interval->from,
      interval->to, box);
  if (look == KOCR_TEXT_LOOK_SAME) {
    tell_all (self, text, GST_CLOCK_TIME_NONE);
    return;
  }
  if (is_last && kocr_frame_history_has_passed (interval->history,
          interval->from, interval->to, box, &pts))
    tell_all (self, text, pts);
  if (look != KOCR_TEXT_LOOK_UNCLEAR
      && kocr_frame_history_find_edge (interval->history, interval->from,
          interval->to, box, KOCR_FRAME_EDGE_WENT, &pts))
    tell_edge (self, text, pts);
}

GArray *
kocr_text_changes_tell (GstKakaoOcrTextTracker * tracker,
    const GstKakaoOcrResult * before, const GstKakaoOcrResult * earlier,
    const KocrTextInterval * interval)
{
  g_autoptr (GArray) shown = list_shown (before);
  guint n_last = shown->len;
  Telling telling = { tracker, interval,
    g_array_new (FALSE, FALSE, sizeof (KocrTextEdge))
  };

  if (earlier)
    add_missed (shown, earlier);
  for (guint i = 0; i < MIN (shown->len, MOST_SEARCHES); i++)
    tell (&telling, &g_array_index (shown, Shown, i), i < n_last);
  return telling.told;
}
