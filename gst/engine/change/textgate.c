/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "change/textgate.h"

#include "change/groundmotion.h"
#include "change/knowntexts.h"
#include "change/textstrokes.h"
#include "textfinder.h"

#define MOST_SIDE 960
#define LEVELS 3
/* Log odds of a line.  From LEAST_NEW on it counts as one: of captions over
 * photographs 95 % do, and two finds in a photograph that are none.  As long as
 * nobody has read the picture, and where a ground comes in, it has to be
 * likely, as one such find in twenty is. */
#define LEAST_NEW -3.5
#define LEAST_LIKELY 0.0
/* Less is rather unlikely: one of 800 looks at captions of
 * tests/recognition/episode finds one so, and three of four finds where the
 * picture was cut, so that all in it is new. */
#define RATHER_UNLIKELY -1.0
/* A text that moved has a size that differs by less than this part. */
#define SIZE_DIFFERENCE 0.25
/* To what ground is compared in, from the reduced picture. */
#define HALVINGS 2
/* Pixels there that a part of the ground may be away from where its block
 * leads. */
#define REACH 2

/* One picture. */
typedef struct
{
  KocrLumaPlane reduced, tiny; /* no data: there is none */
  KocrLumaStore reduced_store, tiny_store;
  GArray *lines; /* (nullable): of KocrFoundLine */
  GArray *fresh; /* (nullable): of gboolean, which of them were new in it */
} Look;

struct _KocrTextGate
{
  Look sent, before, present;
  GArray *texts;  /* of KocrKnownText */
  GArray *fading; /* of KocrPlaneArea: what sent still shows of texts that had
                   * faded when it was */
  gboolean texts_are_read;
  gdouble scale;       /* from the sample to reduced */
  gboolean is_routine; /* present */
  /* Of present, from before and from sent. */
  gboolean motion_is_known[2];
  KocrGroundMotion motions[2];
  KocrLumaStore stores[2]; /* on the way to a smaller picture */
};

KocrTextGate *
kocr_text_gate_new (void)
{
  KocrTextGate *self = g_new0 (KocrTextGate, 1);

  self->texts = g_array_new (FALSE, FALSE, sizeof (KocrKnownText));
  self->fading = g_array_new (FALSE, FALSE, sizeof (KocrPlaneArea));
  return self;
}

static void
look_clear (Look *self)
{
  kocr_luma_store_clear (&self->reduced_store);
  kocr_luma_store_clear (&self->tiny_store);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->fresh, g_array_unref);
}

void
kocr_text_gate_free (KocrTextGate *self)
{
  look_clear (&self->sent);
  look_clear (&self->before);
  look_clear (&self->present);
  kocr_luma_store_clear (&self->stores[0]);
  kocr_luma_store_clear (&self->stores[1]);
  g_array_unref (self->texts);
  g_array_unref (self->fading);
  g_free (self);
}

void
kocr_text_gate_forget (KocrTextGate *self)
{
  self->sent.reduced.data = self->before.reduced.data = NULL;
}

/* @plane halved until @n times, and its side is at most @side. */
static gboolean
reduce (KocrTextGate *self, const KocrLumaPlane *plane, guint n, gint side,
    KocrLumaPlane *out, KocrLumaStore *store)
{
  KocrLumaPlane last = *plane;

  for (guint i = 0; i < n || MAX (last.width, last.height) > side; i++) {
    KocrLumaPlane larger = last;

    if (!kocr_luma_plane_halve (&last, &larger, &self->stores[i % 2]))
      return FALSE;
  }
  return kocr_luma_plane_copy (out, &last, store);
}

/* Whether there is memory for it. */
static gboolean
look (KocrTextGate *self, const KocrLumaPlane *sample)
{
  const KocrFindingOptions options
      = { .levels = LEVELS, .max_side = MOST_SIDE, .min_score = LEAST_NEW };
  Look *look = &self->present;

  g_clear_pointer (&look->lines, g_array_unref);
  g_clear_pointer (&look->fresh, g_array_unref);
  if (!reduce (self, sample, 0, MOST_SIDE, &look->reduced, &look->reduced_store)
      || !reduce (self, &look->reduced, HALVINGS, G_MAXINT, &look->tiny,
          &look->tiny_store)) {
    look->reduced.data = NULL;
    return FALSE;
  }
  look->lines = kocr_text_finder_find (look->reduced.data, look->reduced.width,
      look->reduced.height, look->reduced.stride, &options);
  return TRUE;
}

static KocrPlaneArea
area_of (const KocrFoundLine *line)
{
  gint x = (gint)line->x0, y = (gint)line->y0;

  return (
      KocrPlaneArea){ x, y, (gint)line->x1 - x + 1, (gint)line->y1 - y + 1 };
}

static const KocrFoundLine *
line_at (const Look *look, guint i)
{
  return &g_array_index (look->lines, KocrFoundLine, i);
}

static KocrPlaneArea
tiny_area (const KocrPlaneArea *area)
{
  return (KocrPlaneArea){ area->x >> HALVINGS, area->y >> HALVINGS,
    MAX (area->width >> HALVINGS, 1), MAX (area->height >> HALVINGS, 1) };
}

static void
add_text (KocrTextGate *self, const KocrPlaneArea *area)
{
  KocrKnownText text = { .area = *area };

  g_array_append_val (self->texts, text);
}

static gboolean
is_fresh (const Look *look, guint i)
{
  return look->fresh && g_array_index (look->fresh, gboolean, i);
}

/* Lines that are likely; those that it was sent for, however that is; and what
 * is hardly there any more, which may be read still. */
static void
guess_texts (KocrTextGate *self)
{
  for (guint i = 0; i < self->sent.lines->len; i++) {
    const KocrFoundLine *line = line_at (&self->sent, i);
    KocrPlaneArea area = area_of (line);

    if (line->score >= LEAST_LIKELY || is_fresh (&self->sent, i))
      add_text (self, &area);
  }
  for (guint i = 0; i < self->fading->len; i++)
    add_text (self, &g_array_index (self->fading, KocrPlaneArea, i));
}

/* The texts of what was sent. */
static void
know_texts (KocrTextGate *self, const GArray *read)
{
  if (self->texts_are_read && read)
    return;
  self->texts_are_read = read != NULL;
  g_array_set_size (self->texts, 0);
  for (guint i = 0; read && i < read->len; i++) {
    KocrPlaneArea area = g_array_index (read, KocrPlaneArea, i);

    area.x *= self->scale;
    area.y *= self->scale;
    area.width = area.width * self->scale + 1;
    area.height = area.height * self->scale + 1;
    add_text (self, &area);
  }
  if (!read)
    guess_texts (self);
}

static gboolean
is_like (gint a, gint b)
{
  return ABS (a - b) <= SIZE_DIFFERENCE * MAX (a, b) + 1;
}

/* Whether @text, which is in @line of what was sent, stands where a line of
 * that one's size is now. */
static gboolean
text_moved (KocrTextGate *self, KocrKnownText *text, const KocrPlaneArea *line)
{
  for (guint i = 0; i < self->present.lines->len; i++) {
    KocrPlaneArea area = area_of (line_at (&self->present, i));

    text->x = area.x - line->x;
    text->y = area.y - line->y;
    if (is_like (area.width, line->width) && is_like (area.height, line->height)
        && kocr_text_strokes_stand (&self->sent.reduced, &text->area,
            &self->present.reduced, &text->x, &text->y))
      return TRUE;
  }
  return FALSE;
}

/* From present to @other. */
static const KocrGroundMotion *
get_motion (KocrTextGate *self, const Look *other)
{
  KocrGroundMotion *motion = &self->motions[other == &self->sent];
  gboolean *is_known = &self->motion_is_known[other == &self->sent];

  if (!*is_known)
    kocr_ground_motion_find (motion, &self->present.tiny, &other->tiny);
  *is_known = TRUE;
  return motion;
}

/* The block of the ground at @area, to where it was in @other. */
static const KocrGroundBlock *
ground_at (KocrTextGate *self, const KocrPlaneArea *area, const Look *other)
{
  return kocr_ground_motion_near (get_motion (self, other),
      area->x + area->width / 2, area->y + area->height / 2);
}

static gboolean
text_stands (KocrTextGate *self, KocrKnownText *text)
{
  gint x = text->x, y = text->y;

  if (kocr_text_strokes_stand (&self->sent.reduced, &text->area,
          &self->present.reduced, &text->x, &text->y))
    return TRUE;
  for (guint i = 0; i < self->sent.lines->len; i++) {
    KocrPlaneArea line = area_of (line_at (&self->sent, i));

    if (kocr_known_text_is_in (text, &line) && text_moved (self, text, &line))
      return TRUE;
  }
  text->x = x;
  text->y = y;
  return FALSE;
}

/* Whether @area is in @other, where the ground was, as far as that is known in
 * tiny pixels.  Fine texture is only there at the full size. */
static gboolean
is_ground_of (const Look *self, const KocrPlaneArea *area, const Look *other,
    const KocrGroundBlock *block, gint reach)
{
  KocrPlaneArea tiny = tiny_area (area);

  return kocr_ground_is_in (
             &self->tiny, &tiny, &other->tiny, block->dx, block->dy, reach)
         || kocr_ground_is_in (&self->reduced, area, &other->reduced,
             block->dx * (1 << HALVINGS), block->dy * (1 << HALVINGS),
             reach << HALVINGS);
}

/* Whether what is at @area came in at an edge with the ground. */
static gboolean
came_in (const Look *self, const KocrPlaneArea *area, gint dx, gint dy)
{
  return area->x + dx < REACH || area->y + dy < REACH
         || area->x + dx + area->width > self->tiny.width - REACH
         || area->y + dy + area->height > self->tiny.height - REACH;
}

/* A text that fades in was in the sample before, fainter; but it did not move
 * with the ground. */
static gboolean
moved_with_ground (
    KocrTextGate *self, const KocrPlaneArea *area, const KocrGroundBlock *block)
{
  gint way = MAX (ABS (block->dx), ABS (block->dy));

  return way > 1
         && is_ground_of (
             &self->present, area, &self->before, block, MIN (way - 1, REACH));
}

/* Whether it stood in the sample before already. */
static gboolean
has_stood (KocrTextGate *self, const KocrPlaneArea *area)
{
  gint x = 0, y = 0;

  return kocr_text_strokes_stand (
      &self->present.reduced, area, &self->before.reduced, &x, &y);
}

static gboolean
is_cut (KocrTextGate *self)
{
  return kocr_ground_motion_is_cut (get_motion (self, &self->before));
}

/* Whether it counts only if it stood in the sample before. */
static gboolean
has_to_stand (KocrTextGate *self, const KocrFoundLine *line)
{
  if (self->is_routine)
    return line->score < LEAST_LIKELY;
  return line->score < RATHER_UNLIKELY && is_cut (self);
}

/* Of a line with more beside the known text than it is high that is looked at
 * alone: with it a few words on plain ground are hardly more
 * unlike that than ground is.  Mostly known, it has grown once that has stood:
 * texture beside a text is found with it. */
static gboolean
is_old (KocrTextGate *self, const KocrFoundLine *line)
{
  KocrPlaneArea area = area_of (line), tiny;
  KocrPlaneArea rest = kocr_known_texts_get_rest (self->texts, &area);
  gboolean has_rest = rest.width > area.height;
  const KocrGroundBlock *block;
  gint x = 0, y = 0;

  if (kocr_known_texts_cover (self->texts, &area)
      && !(has_rest && has_stood (self, &rest)))
    return TRUE;
  if (has_rest)
    area = rest;
  tiny = tiny_area (&area);
  if (kocr_text_strokes_stand (
          &self->present.reduced, &area, &self->sent.reduced, &x, &y))
    return TRUE;
  block = ground_at (self, &tiny, &self->sent);
  if (block && is_ground_of (&self->present, &area, &self->sent, block, REACH))
    return TRUE;
  block = ground_at (self, &tiny, &self->before);
  if (block
      && (moved_with_ground (self, &area, block)
          || (line->score < LEAST_LIKELY && (block->dx || block->dy)
              && came_in (&self->present, &tiny, block->dx, block->dy))))
    return TRUE;
  return has_to_stand (self, line) && !has_stood (self, &area);
}

/* Notes which lines of present are new; whether there is one. */
static gboolean
find_fresh (KocrTextGate *self)
{
  Look *present = &self->present;
  gboolean any = FALSE;

  present->fresh = g_array_new (FALSE, FALSE, sizeof (gboolean));
  for (guint i = 0; i < present->lines->len; i++) {
    gboolean is_new = !is_old (self, line_at (present, i));

    g_array_append_val (present->fresh, is_new);
    any |= is_new;
  }
  return any;
}

static KocrTextGateOutcome
find_change (KocrTextGate *self)
{
  self->motion_is_known[0] = self->motion_is_known[1] = FALSE;
  for (guint i = 0; i < self->texts->len; i++) {
    if (!text_stands (self, &g_array_index (self->texts, KocrKnownText, i)))
      return KOCR_TEXT_GATE_GONE;
  }
  return find_fresh (self) ? KOCR_TEXT_GATE_NEW : KOCR_TEXT_GATE_SAME;
}

static void
swap (Look *a, Look *b)
{
  Look spare = *a;

  *a = *b;
  *b = spare;
}

/* Whether there are two pictures to be compared. */
static gboolean
have_one_size (const Look *a, const Look *b)
{
  return a->reduced.data && b->reduced.data
         && a->reduced.width == b->reduced.width
         && a->reduced.height == b->reduced.height;
}

KocrTextGateOutcome
kocr_text_gate_look (KocrTextGate *self, const KocrLumaPlane *sample,
    gboolean is_routine, const GArray *texts)
{
  self->is_routine = is_routine;
  swap (&self->before, &self->present);
  if (!look (self, sample) || !have_one_size (&self->sent, &self->present)
      || !have_one_size (&self->before, &self->present))
    return KOCR_TEXT_GATE_UNKNOWN;
  self->scale = (gdouble)self->present.reduced.width / sample->width;
  know_texts (self, texts);
  return find_change (self);
}

gboolean
kocr_text_gate_get_move (const KocrTextGate *self, guint i, KocrTextMove *move)
{
  if (i >= self->texts->len)
    return FALSE;
  *move = kocr_known_text_get_move (
      &g_array_index (self->texts, KocrKnownText, i), self->scale);
  return TRUE;
}

/* Of the texts of what was sent, as present shows them that is sent now. */
static void
find_fading (KocrTextGate *self)
{
  g_array_set_size (self->fading, 0);
  if (!have_one_size (&self->sent, &self->present))
    return;
  for (guint i = 0; i < self->texts->len; i++) {
    const KocrKnownText *text = &g_array_index (self->texts, KocrKnownText, i);
    KocrPlaneArea area = text->area;
    gint x = text->x, y = text->y;

    area.x += x;
    area.y += y;
    if (!kocr_text_strokes_stand (
            &self->sent.reduced, &text->area, &self->present.reduced, &x, &y)
        && kocr_text_strokes_are_left (&self->sent.reduced, &text->area,
            &self->present.reduced, text->x, text->y))
      g_array_append_val (self->fading, area);
  }
}

void
kocr_text_gate_keep (KocrTextGate *self)
{
  Look *sent = &self->sent, *present = &self->present;

  find_fading (self);
  self->texts_are_read = FALSE;
  g_array_set_size (self->texts, 0);
  g_clear_pointer (&sent->lines, g_array_unref);
  g_clear_pointer (&sent->fresh, g_array_unref);
  sent->reduced.data = NULL;
  if (!present->reduced.data
      || !kocr_luma_plane_copy (
          &sent->reduced, &present->reduced, &sent->reduced_store)
      || !kocr_luma_plane_copy (
          &sent->tiny, &present->tiny, &sent->tiny_store)) {
    sent->reduced.data = NULL;
    return;
  }
  sent->lines = g_array_ref (present->lines);
  if (present->fresh)
    sent->fresh = g_array_ref (present->fresh);
}
