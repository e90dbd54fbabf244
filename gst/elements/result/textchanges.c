/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "result/textchanges.h"

#include <string.h>

#include "result/showntexts.h"

/* Searches for one result: a page of text that changes as a whole does not
 * take long, and texts that come with it come when the others do. */
#define MOST_SEARCHES 64

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
  const KocrFrameStretch *stretch;
  const GArray *fates;
} Search;

static const KocrTextFate *
find_known (const GArray * fates, guint64 track)
{
  for (guint i = 0; i < fates->len; i++) {
    const KocrTextFate *fate = &g_array_index (fates, KocrTextFate, i);

    if (fate->track == track)
      return fate;
  }
  return NULL;
}

static gboolean
has_stayed (const KocrTextFate *fate)
{
  return fate && fate->look == KOCR_TEXT_LOOK_SAME;
}

/* How the first @n of @all pass the edge of the picture: (transfer full)
 * (element-type KocrFramePassage). What stayed, by @fates, is not followed: it does
 * not lead its neighbours either. */
static GArray *
find_passages (GArray *all, guint n, const GArray *fates, gboolean come,
    const KocrFrameStretch *stretch)
{
  GArray *passages = g_array_new (FALSE, FALSE, sizeof (KocrFramePassage));
  g_autofree gdouble *boxes = g_new (gdouble, n * GST_KAKAO_OCR_BOX_LEN);
  g_autofree KocrFramePassage *found = g_new (KocrFramePassage, n);
  guint n_followed = 0, k = 0;

  for (guint i = 0; i < n; i++) {
    const KocrShownText *shown = &g_array_index (all, KocrShownText, i);

    if (!has_stayed (find_known (fates, shown->track)))
      kocr_shown_text_get_box (
          shown, NULL, boxes + n_followed++ * GST_KAKAO_OCR_BOX_LEN);
  }
  kocr_frame_stretch_find_passages (stretch, boxes, n_followed, come, found);
  for (guint i = 0; i < n; i++) {
    const KocrShownText *shown = &g_array_index (all, KocrShownText, i);
    KocrFramePassage none
        = { GST_CLOCK_TIME_NONE, FALSE, GST_CLOCK_TIME_NONE };

    g_array_append_vals (passages,
        has_stayed (find_known (fates, shown->track)) ? &none : &found[k++], 1);
  }
  return passages;
}

static void
add_edge (Search *self, guint64 track, GstKakaoOcrTextEdge edge,
    GstClockTime pts)
{
  self->result = make_own (self->result);
  gst_kakao_ocr_result_add_edge (self->result, track, edge, pts);
}

/* Of one that has no time. */
static void
add_look (Search *self, guint64 track, GstKakaoOcrTextEdge edge)
{
  add_edge (self, track, edge, GST_CLOCK_TIME_NONE);
}

/* Of one that has, if that is known. */
static void
add_moment (Search *self, guint64 track, GstKakaoOcrTextEdge edge,
    GstClockTime pts)
{
  if (GST_CLOCK_TIME_IS_VALID (pts))
    add_edge (self, track, edge, pts);
}

static gboolean
is_unclear (const KocrTextFate *fate)
{
  return fate && fate->look == KOCR_TEXT_LOOK_UNCLEAR;
}

/* Both results show the track. What stayed may still have been coming: by the box
 * of the first, since it may be longer by now. What is unclear and read otherwise
 * may have been misread. */
static void
search_both (Search * self, const KocrShownText * shown,
    const KocrShownText * before)
{
  const KocrTextFate *fate = find_known (self->fates, shown->track);
  gdouble box[8];

  if (has_stayed (fate)) {
    kocr_shown_text_get_box (before, NULL, box);
    add_moment (self, shown->track, GST_KAKAO_OCR_TEXT_EDGE_CAME,
        kocr_frame_stretch_find_edge (
            self->stretch, box, KOCR_FRAME_EDGE_ROSE));
  } else if (!is_unclear (fate)
             && strcmp (shown->text->str, before->text->str) != 0) {
    kocr_shown_text_get_box (shown, before, box);
    add_moment (self, shown->track, GST_KAKAO_OCR_TEXT_EDGE_CHANGED,
        kocr_frame_stretch_find_edge (
            self->stretch, box, KOCR_FRAME_EDGE_CHANGED));
  }
}

/* Whether it is as much of @whole as was read once. */
static gboolean
is_most_of (const KocrShownText *self, const KocrShownText *whole)
{
  return kocr_shown_text_is_part_of (self, whole)
         && self->right - self->left >= (whole->right - whole->left) / 2;
}

/* The text that went, and that stood where @shown does: one that @shown was part of,
 * or most of it. NULL: none did, or it is not known when it went. */
static const KocrTextFate *
find_predecessor (
    const Search *self, const KocrShownText *shown, GArray *before)
{
  for (guint i = 0; i < before->len; i++) {
    const KocrShownText *other = &g_array_index (before, KocrShownText, i);
    const KocrTextFate *fate = find_known (self->fates, other->track);

    if (fate && !has_stayed (fate) && GST_CLOCK_TIME_IS_VALID (fate->went)
        && (kocr_shown_text_is_part_of (shown, other)
            || is_most_of (other, shown)))
      return fate;
  }
  return NULL;
}

/* One that moved in came then. Strokes that the first sample had already were
 * there without being read, or as strokes of another text, which this one is since
 * what differs of that went. */
static void
search_new (Search * self, const KocrShownText * shown, GArray * before,
    const KocrFramePassage * passage)
{
  gboolean alone = kocr_shown_text_begins_alone (shown, before);
  const KocrTextFate *old = find_predecessor (self, shown, before);
  GstClockTime came;
  gdouble box[8];

  if (GST_CLOCK_TIME_IS_VALID (passage->time)) {
    add_moment (self, shown->track, GST_KAKAO_OCR_TEXT_EDGE_CAME, passage->time);
    return;
  }
  kocr_shown_text_get_box (shown, NULL, box);
  came = kocr_frame_stretch_find_edge (self->stretch, box,
      alone ? KOCR_FRAME_EDGE_BEGAN : KOCR_FRAME_EDGE_CAME);
  if (old && (old->look == KOCR_TEXT_LOOK_OTHER_IN_PART
          || !GST_CLOCK_TIME_IS_VALID (came)
          || came <= kocr_frame_stretch_get_from (self->stretch)))
    came = GST_CLOCK_TIME_IS_VALID (old->became) ? old->became : old->went;
  add_moment (self, shown->track, GST_KAKAO_OCR_TEXT_EDGE_CAME, came);
}

static void
search_shown (Search * self, GArray * all, GArray * before)
{
  guint n = MIN (all->len, MOST_SEARCHES);
  g_autoptr (GArray) passages = NULL;

  for (guint i = 0; i < n; i++) {
    const KocrShownText *shown = &g_array_index (all, KocrShownText, i);
    const KocrShownText *other = kocr_shown_texts_find (before, shown->track);

    if (other) {
      search_both (self, shown, other);
      continue;
    }
    if (!passages)
      passages = find_passages (all, n, self->fates, TRUE, self->stretch);
    search_new (self, shown, before,
        &g_array_index (passages, KocrFramePassage, i));
  }
}

/* What is known of the texts that were there before; when they went, of those
 * that @all has no more. */
static void
add_fates (Search * self, GArray * all)
{
  for (guint i = 0; i < self->fates->len; i++) {
    const KocrTextFate *fate = &g_array_index (self->fates, KocrTextFate, i);

    if (has_stayed (fate))
      add_look (self, fate->track, GST_KAKAO_OCR_TEXT_EDGE_STAYED);
    if (is_unclear (fate))
      add_look (self, fate->track, GST_KAKAO_OCR_TEXT_EDGE_UNCLEAR);
    if (fate->passed)
      add_look (self, fate->track, GST_KAKAO_OCR_TEXT_EDGE_PASSED);
    if (!kocr_shown_texts_find (all, fate->track))
      add_moment (self, fate->track, GST_KAKAO_OCR_TEXT_EDGE_CHANGED,
          GST_CLOCK_TIME_IS_VALID (fate->went) ? fate->went : fate->leapt);
  }
}

GstKakaoOcrResult *
kocr_text_changes_add (GstKakaoOcrResult * result,
    const GstKakaoOcrResult * before, const GArray * fates,
    const KocrFrameStretch * stretch)
{
  g_autoptr (GArray) shown = kocr_shown_texts_list (result);
  g_autoptr (GArray) shown_before = kocr_shown_texts_list (before);
  Search both = { result, stretch, fates };

  add_fates (&both, shown);
  search_shown (&both, shown, shown_before);
  return both.result;
}

static gboolean
is_other (KocrTextLook look)
{
  return look == KOCR_TEXT_LOOK_OTHER || look == KOCR_TEXT_LOOK_OTHER_IN_PART;
}

/* Whether all that changed of a line are words that go with the ground: that was
 * read as words. */
static gboolean
has_lost_ground (const KocrShownText *text, const KocrFrameStretch *stretch)
{
  guint n_lost = 0;

  for (guint i = 0; i < text->words->len; i++) {
    const gdouble *box = g_array_index (text->words, KocrWordBox, i).corners;

    if (!is_other (kocr_frame_stretch_compare (stretch, box)))
      continue;
    if (!kocr_frame_stretch_has_passed (stretch, box))
      return FALSE;
    n_lost++;
  }
  return n_lost > 0 && n_lost < text->words->len;
}

/* @passage: (nullable): how one that the first sample shows passes the edge of the
 * picture. */
static void
find_went (KocrTextFate *fate, const KocrShownText *text,
    const KocrFramePassage *passage, const KocrFrameStretch *stretch)
{
  gdouble box[8];

  kocr_shown_text_get_box (text, NULL, box);
  if (passage) {
    if (fate->look == KOCR_TEXT_LOOK_OTHER_IN_PART
        && has_lost_ground (text, stretch))
      fate->look = KOCR_TEXT_LOOK_UNCLEAR;
    fate->passed = kocr_frame_stretch_has_passed (stretch, box);
  }
  if (passage && (passage->stays || GST_CLOCK_TIME_IS_VALID (passage->time))) {
    fate->went = passage->time;
    fate->leapt = passage->leapt;
  } else {
    fate->went
        = kocr_frame_stretch_find_edge (stretch, box, KOCR_FRAME_EDGE_WENT);
  }
}

/* How it looks, and when it went if it can be told from that alone. */
static void
look_at (KocrTextFate *fate, const gdouble box[8],
    const KocrFrameStretch *stretch)
{
  fate->look = kocr_frame_stretch_compare (stretch, box);
  fate->went = fate->look == KOCR_TEXT_LOOK_OTHER
                   ? GST_CLOCK_TIME_NONE
                   : kocr_frame_stretch_find_edge (
                       stretch, box, KOCR_FRAME_EDGE_JUMPED);
  if (GST_CLOCK_TIME_IS_VALID (fate->went)) {
    fate->look = KOCR_TEXT_LOOK_OTHER_IN_PART;
    fate->became = kocr_frame_stretch_find_edge (
        stretch, box, KOCR_FRAME_EDGE_JUMPED_LAST);
  } else if (has_stayed (fate))
    fate->went
        = kocr_frame_stretch_find_edge (stretch, box, KOCR_FRAME_EDGE_FELL);
}

static GArray *
list_fates (GArray *shown, const KocrFrameStretch *stretch)
{
  GArray *fates = g_array_new (FALSE, FALSE, sizeof (KocrTextFate));

  for (guint i = 0; i < MIN (shown->len, MOST_SEARCHES); i++) {
    const KocrShownText *text = &g_array_index (shown, KocrShownText, i);
    KocrTextFate fate
        = { .track = text->track, .became = GST_CLOCK_TIME_NONE,
            .leapt = GST_CLOCK_TIME_NONE };
    gdouble box[8];

    kocr_shown_text_get_box (text, NULL, box);
    look_at (&fate, box, stretch);
    g_array_append_val (fates, fate);
  }
  return fates;
}

/* Of @shown; the first sample shows the first @n_last. */
static GArray *
find_fates (GArray *shown, guint n_last, const KocrFrameStretch *stretch)
{
  GArray *fates = list_fates (shown, stretch);
  g_autoptr (GArray) passages = NULL;

  for (guint i = 0; i < fates->len; i++) {
    KocrTextFate *fate = &g_array_index (fates, KocrTextFate, i);

    if (has_stayed (fate) || GST_CLOCK_TIME_IS_VALID (fate->went))
      continue;
    if (!passages)
      passages = find_passages (
          shown, MIN (n_last, fates->len), fates, FALSE, stretch);
    find_went (fate, &g_array_index (shown, KocrShownText, i),
        i < passages->len ? &g_array_index (passages, KocrFramePassage, i)
                          : NULL,
        stretch);
  }
  return fates;
}

typedef struct
{
  GstKakaoOcrTextTracker *tracker;
  GstClockTimeDiff to_moment;
} Telling;

static void
tell_look (const Telling *self, guint64 track, GstKakaoOcrTextEdge edge)
{
  gst_kakao_ocr_text_tracker_tell_edge (
      self->tracker, track, edge, GST_CLOCK_TIME_NONE);
}

static gboolean
has_changed (const KocrTextFate *fate)
{
  return is_other (fate->look) && GST_CLOCK_TIME_IS_VALID (fate->went);
}

static void
tell (const Telling *self, const KocrTextFate *fate)
{
  if (fate->passed)
    tell_look (self, fate->track, GST_KAKAO_OCR_TEXT_EDGE_PASSED);
  if (has_stayed (fate))
    tell_look (self, fate->track, GST_KAKAO_OCR_TEXT_EDGE_STAYED);
  if (is_unclear (fate))
    tell_look (self, fate->track, GST_KAKAO_OCR_TEXT_EDGE_UNCLEAR);
  if (has_changed (fate))
    gst_kakao_ocr_text_tracker_tell_edge (self->tracker, fate->track,
        GST_KAKAO_OCR_TEXT_EDGE_CHANGED, fate->went + self->to_moment);
}

GArray *
kocr_text_changes_tell (GstKakaoOcrTextTracker * tracker,
    const GstKakaoOcrResult * before, const GstKakaoOcrResult * earlier,
    const KocrFrameStretch * stretch, GstClockTimeDiff to_moment)
{
  g_autoptr (GArray) shown = kocr_shown_texts_list (before);
  const Telling telling = { tracker, to_moment };
  guint n_last = shown->len;
  GArray *fates;

  if (earlier)
    kocr_shown_texts_add_missed (shown, earlier);
  fates = find_fates (shown, n_last, stretch);
  for (guint i = 0; i < fates->len; i++)
    tell (&telling, &g_array_index (fates, KocrTextFate, i));
  return fates;
}

GstKakaoOcrResult *
kocr_text_changes_keep (const GstKakaoOcrResult *before,
    const GstKakaoOcrResult *earlier, const GArray *fates)
{
  g_autoptr (GArray) shown = kocr_shown_texts_list (before);
  g_autoptr (GArray) kept
      = g_array_new (FALSE, FALSE, sizeof (GstKakaoOcrRegion));
  guint n = gst_kakao_ocr_result_get_n_regions (before);
  guint n_earlier
      = earlier && fates ? gst_kakao_ocr_result_get_n_regions (earlier) : 0;

  for (guint i = 0; i < n; i++)
    g_array_append_vals (kept, gst_kakao_ocr_result_get_region (before, i), 1);
  for (guint i = 0; i < n_earlier; i++) {
    const GstKakaoOcrRegion *region
        = gst_kakao_ocr_result_get_region (earlier, i);

    if (!kocr_shown_texts_find (shown, region->track)
        && has_stayed (find_known (fates, region->track)))
      g_array_append_vals (kept, region, 1);
  }
  return gst_kakao_ocr_result_copy_with (
      before, (const GstKakaoOcrRegion *)kept->data, kept->len);
}
