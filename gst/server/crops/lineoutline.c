/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crops/lineoutline.h"

#include <string.h>

#include "quantile.h"
#include "crops/outlinepart.h"

/* The constants were found on captions burned into moving photographs at 360p
 * and 720p, of other seeds than those that docs/recognition.md has figures of.
 */

/* What is beside a stroke, by the text's height, bounds it. */
#define BESIDE 0.1
/* An outline that differs less from its letters keeps nothing apart. */
#define MIN_CONTRAST 40
/* A pixel is of a letter from this share of the way between them on. */
#define LETTER_SHARE 0.5
/* Less ground than this share of the crop is no reason to take it away. */
#define MIN_GROUND 0.03
/* Letters have ink in this share of the line's columns; the eyes of plain
 * letters, which are enclosed too, are in fewer. */
#define MIN_COLUMNS 0.5
/* Where strokes in so many columns on end, by the text's height, are of no
 * letter, one has run out into the ground, or the line is none of letters. */
#define MAX_LOST 0.6
/* Ground that outlines enclose between two letters is told by its brightness:
 * the mean of a letter is this share of the way from the outline, ... */
#define MIN_BRIGHTNESS 0.66
/* ... and where letters differ by so much from the ground around them, this
 * share of one is nearer to letters than to that. */
#define MIN_DIFFERENCE 20
#define MIN_BRIGHT 0.2
/* A dash, of which the outline may leave a pixel, is not as bright as letters then,
 * and not of their colour, which video has for four pixels at once. By the text's
 * height it is so high at most and so wide at least, stands so far from
 * its top and bottom, and has nothing but the ground above and below. */
#define DASH_HEIGHT 0.1
#define DASH_WIDTH 0.25
#define DASH_MARGIN 0.3
/* Pixels from one to the next that the ground's colour is taken from. */
#define GROUND_STEP 3
/* Video has one pixel of colour for four of luma: less of the picture has that of
 * what is around it. */
#define MIN_COLOURED 8

typedef enum
{
  OUTLINE,  /* or as dark as one */
  ENCLOSED, /* as bright as a letter */
  GROUND,   /* the same, and goes on beyond the crop */
  LETTER,
  OUTSIDE, /* as dark as an outline, and enclosed by no letter */
} Kind;

typedef struct
{
  const guint8 *pixels; /* as if letters were light */
  gint width, height;
  gint text_height;
  guint8 *kinds;
  const guint8 *strokes;
  gboolean strokes_are_letters; /* or their outline */
  gint letter, outline;         /* brightness */
  const LineCrop *crop;
  const GrayPicture *picture;
  guint *queue;                 /* room for each pixel */
} Fill;

/* Turns @from into @to from pixel @start on, sideways, up and down: a line one
 * pixel wide that runs aslant is tight. Its pixels are the first of the queue. */
static OutlinePart
fill_from (Fill *self, guint start, Kind from, Kind to)
{
  OutlinePart part
      = { .first = start, .x0 = self->width, .y0 = self->height };
  guint at = 0, i;

  self->queue[part.n++] = start;
  self->kinds[start] = to;
  while (at < part.n) {
    static const gint steps[4][2]
        = { { -1, 0 }, { 1, 0 }, { 0, -1 }, { 0, 1 } };
    gint x = self->queue[at] % self->width, y = self->queue[at] / self->width;

    at++;
    part.x0 = MIN (part.x0, x);
    part.x1 = MAX (part.x1, x + 1);
    part.y0 = MIN (part.y0, y);
    part.y1 = MAX (part.y1, y + 1);
    for (i = 0; i < G_N_ELEMENTS (steps); i++) {
      gint u = x + steps[i][0], v = y + steps[i][1];
      guint next = v * self->width + u;

      if (u < 0 || v < 0 || u >= self->width || v >= self->height)
        continue;
      part.is_outer |= self->kinds[next] == OUTSIDE;
      if (self->kinds[next] == from) {
        self->kinds[next] = to;
        self->queue[part.n++] = next;
      }
    }
  }
  return part;
}

/* Is a pixel of @kind the one at @x and @y, or one around it? */
static gboolean
is_beside (const Fill *self, gint x, gint y, Kind kind)
{
  gint u, v;

  for (v = MAX (y - 1, 0); v <= MIN (y + 1, self->height - 1); v++)
    for (u = MAX (x - 1, 0); u <= MIN (x + 1, self->width - 1); u++)
      if (self->kinds[v * self->width + u] == kind)
        return TRUE;
  return FALSE;
}

static gboolean
is_at_border (const Fill *self, gint x, gint y)
{
  return x == 0 || y == 0 || x == self->width - 1 || y == self->height - 1;
}

/* Returns how many pixels it has. A letter that is cut off by the picture's
 * edge is none of it. */
static guint
find_ground (Fill *self)
{
  guint n = 0;
  gint x, y;

  for (y = 0; y < self->height; y++)
    for (x = 0; x < self->width; x++) {
      guint at = y * self->width + x;

      if (self->kinds[at] == ENCLOSED && is_at_border (self, x, y)
          && !(self->strokes_are_letters && self->strokes[at]))
        n += fill_from (self, at, ENCLOSED, GROUND).n;
    }
  return n;
}

static void
find_outside (Fill *self)
{
  gint x, y;

  for (y = 0; y < self->height; y++)
    for (x = 0; x < self->width; x++)
      if (self->kinds[y * self->width + x] == OUTLINE
          && (is_at_border (self, x, y) || is_beside (self, x, y, GROUND)))
        fill_from (self, y * self->width + x, OUTLINE, OUTSIDE);
}

static void
find_levels (Fill *self)
{
  guint on[256] = { 0 }, beside[256] = { 0 };
  gint reach = MAX (BESIDE * self->text_height, 1), u, v;

  for (v = 0; v < self->height; v++) {
    const guint8 *strokes = self->strokes + (gsize)v * self->width;
    const guint8 *pixels = self->pixels + (gsize)v * self->width;
    gint before = -reach - 1, after = 0;

    for (u = 0; u < self->width; u++) {
      for (after = MAX (after, u); after < self->width && !strokes[after];)
        after++;
      if (strokes[u]) {
        on[pixels[u]]++;
        before = u;
      } else if (u - before <= reach
                 || (after < self->width && after - u <= reach)) {
        beside[pixels[u]]++;
      }
    }
  }
  if (self->strokes_are_letters) {
    self->letter = kocr_histogram_quantile (on, 0.6);
    self->outline = kocr_histogram_quantile (beside, 0.15);
  } else {
    self->letter = kocr_histogram_quantile (beside, 0.7);
    self->outline = kocr_histogram_quantile (on, 0.3);
  }
}

/* Of what is enclosed most is letters: what was beside an outline was ground as
 * well. */
static void
refine_letter_level (Fill *self)
{
  guint histogram[256] = { 0 }, n = self->width * self->height, i;

  for (i = 0; i < n; i++)
    if (self->kinds[i] == ENCLOSED)
      histogram[self->pixels[i]]++;
  self->letter = MAX (self->letter, kocr_histogram_quantile (histogram, 0.6));
}

/* Returns (transfer full) for each column the mean brightness of the ground
 * around it, or 0 where there is none: of as many columns on both sides as the
 * text is high. */
static gint *
measure_ground (const Fill *self)
{
  g_autofree guint64 *sum = g_new0 (guint64, self->width + 1);
  g_autofree guint *n = g_new0 (guint, self->width + 1);
  gint *ground = g_new0 (gint, self->width), x, y;

  for (x = 0; x < self->width; x++) {
    for (y = 0; y < self->height; y++)
      if (self->kinds[y * self->width + x] == GROUND) {
        sum[x + 1] += self->pixels[y * self->width + x];
        n[x + 1]++;
      }
    sum[x + 1] += sum[x];
    n[x + 1] += n[x];
  }
  for (x = 0; x < self->width; x++) {
    gint left = MAX (x - self->text_height, 0);
    gint right = MIN (x + self->text_height + 1, self->width);

    if (n[right] > n[left])
      ground[x] = (sum[right] - sum[left]) / (n[right] - n[left]);
  }
  return ground;
}

static gboolean
is_bright (const Fill *self, const OutlinePart *part, gint ground)
{
  guint64 sum = 0;
  guint n = 0, i;

  for (i = 0; i < part->n; i++) {
    guint8 value = self->pixels[self->queue[i]];

    sum += value;
    n += value > (self->letter + ground) / 2;
  }
  return (gdouble)sum / part->n - self->outline
             >= MIN_BRIGHTNESS * (self->letter - self->outline)
         && (self->letter - ground < MIN_DIFFERENCE
             || n >= MIN_BRIGHT * part->n);
}

static gboolean
is_dash (const Fill *self, const OutlinePart *part)
{
  gdouble margin = DASH_MARGIN * self->text_height;
  gint x, y;

  if (part->y1 - part->y0 > MAX (DASH_HEIGHT * self->text_height, 1)
      || part->x1 - part->x0 < DASH_WIDTH * self->text_height
      || part->y0 < self->crop->text_top + margin
      || part->y1 > self->crop->text_bottom - margin)
    return FALSE;
  for (y = 0; y < self->height; y++)
    for (x = part->x0; (y < part->y0 || y >= part->y1) && x < part->x1; x++) {
      Kind kind = self->kinds[y * self->width + x];

      if (kind == ENCLOSED || kind == LETTER)
        return FALSE;
    }
  return TRUE;
}

/* The mean Cb and Cr of the first @n pixels of the queue. FALSE: there are none,
 * or the picture has no colour. */
static gboolean
measure_colour (const Fill *self, guint n, gdouble colour[2])
{
  const GrayPicture *picture = self->picture;
  const gdouble *m = self->crop->to_picture;
  guint sum[2] = { 0, 0 }, i;

  if (!picture->chroma[0] || n == 0)
    return FALSE;
  for (i = 0; i < n; i++) {
    gdouble u = self->queue[i] % self->width + 0.5;
    gdouble v = self->queue[i] / self->width + 0.5;
    gint x = CLAMP (m[0] * u + m[1] * v + m[2], 0, picture->width - 1);
    gint y = CLAMP (m[3] * u + m[4] * v + m[5], 0, picture->height - 1);
    gsize at = y * picture->stride + x;

    sum[0] += picture->chroma[0][at];
    sum[1] += picture->chroma[1][at];
  }
  colour[0] = (gdouble)sum[0] / n;
  colour[1] = (gdouble)sum[1] / n;
  return TRUE;
}

/* The same of the ground around a part. */
static gboolean
measure_ground_colour (
    const Fill *self, const OutlinePart *part, gdouble colour[2])
{
  gint left = MAX (part->x0 - self->text_height, 0);
  gint right = MIN (part->x1 + self->text_height, self->width), x, y;
  guint n = 0;

  for (y = 0; y < self->height; y += GROUND_STEP)
    for (x = left; x < right; x += GROUND_STEP)
      if (self->kinds[y * self->width + x] == GROUND)
        self->queue[n++] = y * self->width + x;
  return measure_colour (self, n, colour);
}

/* Takes the ground out of the parts that are as light as letters. */
static void
drop_ground (Fill *self, const GArray *parts)
{
  OutlinePart letters = outline_parts_median (parts);
  const gdouble *m = self->crop->to_picture;
  gdouble area = m[0] * m[4] - m[1] * m[3];
  guint i;

  for (i = 0; i < parts->len; i++) {
    const OutlinePart *part = &g_array_index (parts, OutlinePart, i);
    gdouble colour[2];
    gboolean has_colour = part->n * area >= MIN_COLOURED
                          && measure_ground_colour (self, part, colour);

    if (outline_part_is_ground (
            part, &letters, has_colour ? colour : NULL, self->text_height)
        && !is_dash (self, part))
      fill_from (self, part->first, LETTER, OUTLINE);
  }
}

/* Of what is enclosed: neither what a letter encloses, nor ground between two of
 * them. */
static void
find_letters (Fill *self)
{
  g_autofree gint *ground = measure_ground (self);
  g_autofree guint8 *depths = outline_part_depths (
      self->kinds, ENCLOSED, self->width, self->height);
  g_autoptr (GArray) parts = g_array_new (FALSE, TRUE, sizeof (OutlinePart));
  guint n = self->width * self->height, i, j;

  find_outside (self);
  for (i = 0; i < n; i++) {
    OutlinePart part;

    if (self->kinds[i] != ENCLOSED)
      continue;
    part = fill_from (self, i, ENCLOSED, LETTER);
    if (!part.is_outer
        || !(is_bright (self, &part, ground[(part.x0 + part.x1) / 2])
             || is_dash (self, &part))) {
      for (j = 0; j < part.n; j++)
        self->kinds[self->queue[j]] = OUTLINE;
      continue;
    }
    for (j = 0; j < part.n; j++)
      part.depth = MAX (part.depth, depths[self->queue[j]]);
    measure_colour (self, part.n, part.colour);
    g_array_append_val (parts, part);
  }
  drop_ground (self, parts);
}

/* How much what was found looks like outlined letters, 0 for not at all: they
 * are in most columns of the line, in most where it has strokes, and there is
 * more of them than of what they enclose. */
static gdouble
rate (const Fill *self)
{
  gint left = self->width, right = 0, n_columns = 0, lost = 0, most_lost = 0;
  guint n_letter = 0, n_inner = 0;
  gint x, y;

  for (x = 0; x < self->width; x++) {
    gboolean has_stroke = FALSE, has_letter = FALSE;

    for (y = 0; y < self->height; y++) {
      gsize at = (gsize)y * self->width + x;

      has_stroke |= self->strokes[at];
      has_letter |= self->kinds[at] == LETTER;
      n_letter += self->kinds[at] == LETTER;
      n_inner += self->kinds[at] == OUTLINE;
    }
    if (has_stroke) {
      left = MIN (left, x);
      right = x + 1;
    }
    n_columns += has_letter;
    lost = has_letter ? 0 : lost + has_stroke;
    most_lost = MAX (most_lost, lost);
  }
  if (n_columns == 0 || n_columns < MIN_COLUMNS * (right - left)
      || most_lost > MAX_LOST * self->text_height)
    return 0;
  return (gdouble)n_columns / (right - left) - (gdouble)n_inner / n_letter;
}

/* Returns (transfer full) the crop with the letters alone. */
static guint8 *
draw (const Fill *self, guint8 ink, guint8 paper)
{
  guint8 *pixels = g_malloc ((gsize)self->width * self->height);
  gint x, y;

  for (y = 0; y < self->height; y++)
    for (x = 0; x < self->width; x++) {
      gsize at = (gsize)y * self->width + x;
      gint value = paper;

      /* The edge of a letter is half of its outline. */
      if (self->kinds[at] == LETTER
          || (self->kinds[at] != GROUND && is_beside (self, x, y, LETTER)))
        value = ink
                + (self->letter - self->pixels[at]) * (paper - ink)
                      / (self->letter - self->outline);
      pixels[at] = CLAMP (value, 0, paper);
    }
  return pixels;
}

/* Leaves what the letters are worth in @rating, and returns (transfer full) the
 * crop with them alone, or NULL where there are none. */
static guint8 *
clear (Fill *self, guint8 ink, guint8 paper, gdouble *rating)
{
  gsize n = (gsize)self->width * self->height, i;
  gint least;

  find_levels (self);
  if (self->letter - self->outline < MIN_CONTRAST)
    return NULL;
  least = self->outline + LETTER_SHARE * (self->letter - self->outline);
  for (i = 0; i < n; i++)
    self->kinds[i] = self->pixels[i] > least ? ENCLOSED : OUTLINE;
  if (find_ground (self) < MIN_GROUND * n)
    return NULL;
  refine_letter_level (self);
  find_letters (self);
  *rating = rate (self);
  return *rating > 0 ? draw (self, ink, paper) : NULL;
}

gboolean
line_outline_clear (LineCrop *crop, const GrayPicture *picture,
    const guint8 *strokes, gboolean light, guint8 ink, guint8 paper)
{
  gsize n = (gsize)crop->width * crop->height, i;
  g_autofree guint8 *negative = g_malloc (n), *kinds = g_malloc (n);
  g_autofree guint8 *best = NULL;
  g_autofree guint *queue = g_new (guint, n);
  Fill fill = { .width = crop->width,
    .height = crop->height,
    .text_height = crop->text_bottom - crop->text_top,
    .kinds = kinds,
    .strokes = strokes,
    .queue = queue,
    .crop = crop,
    .picture = picture };
  gdouble rating, best_rating = 0;
  guint way;

  for (i = 0; i < n; i++)
    negative[i] = 255 - crop->pixels[i];
  for (way = 0; way < 2; way++) {
    g_autofree guint8 *pixels = NULL;

    fill.strokes_are_letters = way == 0;
    fill.pixels = fill.strokes_are_letters == light ? crop->pixels : negative;
    pixels = clear (&fill, ink, paper, &rating);
    if (pixels && rating > best_rating) {
      g_free (best);
      best = g_steal_pointer (&pixels);
      best_rating = rating;
    }
  }
  if (best)
    memcpy (crop->pixels, best, n);
  return best != NULL;
}
