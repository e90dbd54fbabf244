/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crops/lineplates.h"

#include <string.h>

#include "component.h"

/* Plates that differ less from the ground are none that a line stands on. */
#define MIN_CONTRAST 40
/* All by the text's height, and found on boards, buttons and selections drawn
 * in six fonts. A letter within a plate is so high at least; the eye of a
 * letter is lower, ... */
#define LETTER_MIN 0.4
/* ... or covers more of its box, unless it is as narrow as a 1. */
#define MAX_FILL 0.76
#define NARROW 0.4
#define MIN_AREA 6 /* pixels */
/* What is higher is the ground. */
#define MAX_LETTER 1.1
/* More are those of texture. */
#define MAX_HOLES 400
/* The plate goes on beyond its letters by so much, where a letter's own strokes
 * end. */
#define RIM 0.07
/* Letters beside the plate are lower than it by so much at its top and foot,
 * ... */
#define LEDGE 0.06
/* ... but for this share of them: a comma, the edge of something else. */
#define MAX_OUTREACH 0.12
/* Share of a plate's edge that is plate, and of it all that is letters. */
#define MIN_EDGE 0.97
#define MAX_LETTERS 0.6
/* Pixels of a plate's edge that the crop has blurred. */
#define BLUR 2

typedef struct
{
  gint x0, y0, x1, y1; /* x1 and y1 not included */
} Box;

typedef struct
{
  const LineCrop *crop;
  gdouble height; /* of the text */
  gint rim;
  guint8 *is_ink;   /* for each pixel: as the strokes, not as their ground */
  gint ink, ground; /* brightness */
  gint left, right; /* columns between which the line's strokes are */
  GArray *holes;    /* of Component: where no ink is */
  GArray *plates;   /* of Box */
} Search;

/* FALSE where nothing stands out. */
static gboolean
find_ink (Search *self, const guint8 *strokes)
{
  gint width = self->crop->width, middle = (self->ink + self->ground) / 2;
  gsize n = (gsize)width * self->crop->height, i;

  if (ABS (self->ink - self->ground) < MIN_CONTRAST)
    return FALSE;
  self->left = width;
  for (i = 0; i < n; i++) {
    self->is_ink[i]
        = (self->crop->pixels[i] > middle) == (self->ink > self->ground);
    if (strokes[i]) {
      self->left = MIN (self->left, (gint)(i % width));
      self->right = MAX (self->right, (gint)(i % width) + 1);
    }
  }
  return TRUE;
}

static gboolean
is_inked (const Search *self, gint x, gint y)
{
  return self->is_ink[(gsize)y * self->crop->width + x];
}

/* The share of ink from @x0 and @y0 to before @x1 and @y1. */
static gdouble
ink_share (const Search *self, gint x0, gint y0, gint x1, gint y1)
{
  guint n = 0;
  gint x, y;

  for (y = y0; y < y1; y++)
    for (x = x0; x < x1; x++)
      n += is_inked (self, x, y);
  return x1 > x0 && y1 > y0 ? (gdouble)n / ((x1 - x0) * (y1 - y0)) : 0;
}

static gboolean
is_eye (const Search *self, const Component *hole)
{
  gint width = hole->x1 - hole->x0, height = hole->y1 - hole->y0;

  return height >= LETTER_MIN * self->height && width > NARROW * height
         && hole->area > MAX_FILL * width * height;
}

static gboolean
is_ground (const Search *self, const Component *hole)
{
  return hole->x0 == 0 || hole->x1 == self->crop->width || hole->y0 == 0
         || hole->y1 == self->crop->height
         || hole->y1 - hole->y0 > MAX_LETTER * self->height;
}

static gboolean
is_letter (const Search *self, const Component *hole)
{
  return !is_ground (self, hole) && !is_eye (self, hole);
}

/* Grows @box to hold each letter of which something lies between two of its
 * corners. Returns whether there was one. */
static gboolean
take_letters (const Search *self, gint x0, gint y0, gint x1, gint y1, Box *box)
{
  Box before = *box;
  guint i;

  for (i = 0; i < self->holes->len; i++) {
    const Component *hole = &g_array_index (self->holes, Component, i);

    if (hole->x0 < x1 && hole->x1 > x0 && hole->y0 < y1 && hole->y1 > y0
        && is_letter (self, hole))
      *box = (Box){ MIN (box->x0, hole->x0), MIN (box->y0, hole->y0),
        MAX (box->x1, hole->x1), MAX (box->y1, hole->y1) };
  }
  return memcmp (&before, box, sizeof before) != 0;
}

/* How many columns the plate goes on to a side, from @x on by @step, above and
 * below what is from @top to before @foot. */
static gint
walk (const Search *self, gint x, gint step, gint top, gint foot)
{
  gint n = 0;

  while (x >= 0 && x < self->crop->width && is_inked (self, x, top)
         && is_inked (self, x, foot - 1)) {
    x += step;
    n++;
  }
  return n;
}

/* The plate around a hole, as far to both sides as it goes on above and below
 * the letters, those that stand in the way among them. */
static gboolean
find_plate (const Search *self, const Component *hole, Box *plate)
{
  Box letters = { hole->x0, hole->y0, hole->x1, hole->y1 };
  gint rim = self->rim, left, right, top, foot;

  do {
    top = letters.y0 - rim;
    foot = letters.y1 + rim;
    if (top < 0 || foot > self->crop->height)
      return FALSE;
    left = letters.x0 - walk (self, letters.x0 - 1, -1, top, foot);
    right = letters.x1 + walk (self, letters.x1, 1, top, foot);
  } while (take_letters (self, left - 1, top, right + 1, foot, &letters));
  if (letters.y1 - letters.y0 < LETTER_MIN * self->height
      || letters.x0 - left < rim || right - letters.x1 < rim)
    return FALSE;
  while (top > 0
         && ink_share (self, left + 1, top - 1, right - 1, top) >= MIN_EDGE)
    top--;
  while (foot < self->crop->height
         && ink_share (self, left + 1, foot, right - 1, foot + 1) >= MIN_EDGE)
    foot++;
  *plate = (Box){ left, top, right, foot };
  return ink_share (self, left + 1, top, left + rim, foot) >= MIN_EDGE
         && ink_share (self, right - rim, top, right - 1, foot) >= MIN_EDGE
         && ink_share (self, left + 1, top + 1, right - 1, top + rim)
                >= MIN_EDGE
         && ink_share (self, left + 1, foot - rim, right - 1, foot - 1)
                >= MIN_EDGE
         && ink_share (self, left, top, right, foot) >= 1 - MAX_LETTERS;
}

/* Do columns @x0 to before @x1 lie in a plate? */
static gboolean
is_within (const Search *self, gint x0, gint x1)
{
  guint i;

  for (i = 0; i < self->plates->len; i++) {
    const Box *plate = &g_array_index (self->plates, Box, i);

    if (x0 >= plate->x0 && x1 <= plate->x1)
      return TRUE;
  }
  return FALSE;
}

/* Is what stands beside the plates clear of row @y? */
static gboolean
is_clear (const Search *self, gint y)
{
  guint n = 0, n_inked = 0;
  gint x;

  if (y < 0 || y >= self->crop->height)
    return FALSE;
  for (x = self->left; x < self->right; x++)
    if (!is_within (self, x, x + 1)) {
      n++;
      n_inked += is_inked (self, x, y);
    }
  return n > 0 && n_inked <= MAX_OUTREACH * n;
}

/* Is one of the rows clear that are one, two and three steps from @y on? The
 * edge of a board that lies aslant cuts through one or two. */
static gboolean
is_clear_from (const Search *self, gint y, gint step)
{
  return is_clear (self, y + step) || is_clear (self, y + 2 * step)
         || is_clear (self, y + 3 * step);
}

/* Is what stands beside the plates lower than this one? Else it is a letter as
 * the others. One that goes on beyond the crop is higher than the text, or as
 * high as all of it. */
static gboolean
is_higher (const Search *self, const Box *plate)
{
  const LineCrop *crop = self->crop;
  gint ledge = MAX (LEDGE * self->height, 1);
  gint top = crop->text_top, foot = crop->text_bottom;

  return (plate->y0 > 0 ? is_clear (self, plate->y0 + ledge)
                        : is_clear (self, top - ledge)
                              || is_clear_from (self, top, ledge))
         && (plate->y1 < crop->height
                 ? is_clear (self, plate->y1 - 1 - ledge)
                 : is_clear (self, foot + ledge)
                       || is_clear_from (self, foot, -ledge));
}

static void
turn (const Search *self, const Box *plate, LineCrop *crop, guint8 *strokes)
{
  gint x, y;

  for (y = MAX (plate->y0 - BLUR, 0); y < MIN (plate->y1 + BLUR, crop->height);
       y++)
    for (x = MAX (plate->x0 - BLUR, 0); x < MIN (plate->x1 + BLUR, crop->width);
         x++) {
      gsize at = (gsize)y * crop->width + x;
      gboolean is_edge = x < plate->x0 + BLUR || x >= plate->x1 - BLUR
                         || y < plate->y0 + BLUR || y >= plate->y1 - BLUR;

      strokes[at] = !is_edge && !self->is_ink[at];
      crop->pixels[at]
          = is_edge
                ? self->ground
                : CLAMP (self->ink + self->ground - crop->pixels[at], 0, 255);
    }
}

void
line_plates_turn (LineCrop *crop, guint8 *strokes, gint ink, gint ground)
{
  const PyramidLevel level
      = { crop->width, crop->height, crop->width, crop->pixels, NULL, 1 };
  gsize size = (gsize)crop->width * crop->height, i;
  g_autofree guint8 *is_ink = g_malloc (size), *is_hole = g_malloc (size);
  g_autoptr (GArray) plates = g_array_new (FALSE, FALSE, sizeof (Box));
  g_auto (ComponentSet) holes = { 0 };
  Search search = { .crop = crop,
    .height = crop->text_bottom - crop->text_top,
    .rim = MAX (RIM * (crop->text_bottom - crop->text_top) + 0.5, 2),
    .ink = ink,
    .ground = ground,
    .is_ink = is_ink,
    .plates = plates };

  if (!find_ink (&search, strokes))
    return;
  for (i = 0; i < size; i++)
    is_hole[i] = !is_ink[i];
  kocr_component_set_init (&holes, &level, is_hole, MIN_AREA, level.height);
  search.holes = holes.components;
  if (search.holes->len > MAX_HOLES)
    return;
  for (i = 0; i < holes.components->len; i++) {
    const Component *hole = &g_array_index (holes.components, Component, i);
    Box plate;

    if (is_letter (&search, hole) && !is_within (&search, hole->x0, hole->x1)
        && find_plate (&search, hole, &plate))
      g_array_append_val (plates, plate);
  }
  for (i = 0; i < plates->len;)
    if (is_higher (&search, &g_array_index (plates, Box, i)))
      i++;
    else
      g_array_remove_index (plates, i);
  for (i = 0; i < plates->len; i++)
    turn (&search, &g_array_index (plates, Box, i), crop, strokes);
}
