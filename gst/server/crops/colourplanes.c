/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crops/colourplanes.h"

#include "strokemap.h"

/* What colour adds to luma must stand out by this much of 255 to be a stroke
 * that luma hides, ... */
#define MIN_STROKE 40
/* ... which is looked for where the picture is at most this large, ... */
#define LOOK_MAX_SIDE 960
/* ... on so many levels, ... */
#define LOOK_LEVELS 3
/* ... and in so many pixels: a letter has more. */
#define MIN_PIXELS 24
/* Around them, by this many pixels of their level, is the rest of the line. */
#define MARGIN 16
/* A find in colour must stand out by this much more than the one in luma. */
#define MIN_GAIN 1.3

/* The extreme of red, green and blue; and how far it is from luma. */
static void
fill_plane (const GrayPicture * picture, guint plane, guint8 * pixels,
    guint8 * gain)
{
  gint x, y;

  for (y = 0; y < picture->height; y++) {
    gsize at = y * picture->stride;
    const guint8 *luma = picture->pixels + at;
    const guint8 *cb = picture->chroma[0] + at, *cr = picture->chroma[1] + at;
    guint8 *out = pixels + (gsize) y * picture->width;
    guint8 *more = gain + (gsize) y * picture->width;

    for (x = 0; x < picture->width; x++) {
      gint b = cb[x] - 128, r = cr[x] - 128;
      /* In 1/128: what is added to luma for each of the three. */
      gint red = 179 * r, blue = 227 * b, green = -44 * b - 91 * r;
      gint most = MAX (MAX (red, blue), green) / 128;
      gint least = MIN (MIN (red, blue), green) / 128;
      gint value = luma[x] + (plane == PLANE_LIGHTEST ? most : least);

      value = CLAMP (value, 0, 255);
      out[x] = value;
      more[x] = plane == PLANE_LIGHTEST ? value - MIN (luma[x], value)
          : luma[x] - MIN (luma[x], value);
    }
  }
}

static void
add_strokes (const PyramidLevel *level, StrokeMap *strokes, ColourPart *part)
{
  gint x, y, n = 0;
  ColourPart found = { G_MAXINT, G_MAXINT, 0, 0 };

  kocr_stroke_map_fill (strokes, level, TRUE);
  for (y = 0; y < level->height; y++) {
    const guint8 *row = strokes->strength + (gsize)y * level->width;

    for (x = 0; x < level->width; x++)
      if (row[x] >= MIN_STROKE) {
        found = (ColourPart) {
        MIN (found.x0, x), MIN (found.y0, y), MAX (found.x1, x + 1),
              MAX (found.y1, y + 1)};
        n++;
      }
  }
  if (n < MIN_PIXELS)
    return;
  part->x0 = MIN (part->x0, (found.x0 - MARGIN) * level->scale);
  part->y0 = MIN (part->y0, (found.y0 - MARGIN) * level->scale);
  part->x1 = MAX (part->x1, (found.x1 + MARGIN) * level->scale);
  part->y1 = MAX (part->y1, (found.y1 + MARGIN) * level->scale);
}

/* Where the strokes are that luma hides. FALSE: there are none. */
static gboolean
find_part (const Pyramid * gain, ColourPart * part)
{
  g_auto (StrokeMap) strokes = { 0 };
  guint i, n = 0;

  *part = (ColourPart) {
  G_MAXINT, G_MAXINT, 0, 0};
  for (i = 0; i < gain->n_levels && n < LOOK_LEVELS; i++)
    if (MAX (gain->levels[i].width, gain->levels[i].height) <= LOOK_MAX_SIDE) {
      add_strokes (&gain->levels[i], &strokes, part);
      n++;
    }
  part->x0 = MAX (part->x0, 0) / PYRAMID_PART_STEP * PYRAMID_PART_STEP;
  part->y0 = MAX (part->y0, 0) / PYRAMID_PART_STEP * PYRAMID_PART_STEP;
  return part->x1 > 0;
}

static gboolean
has_colour (const GrayPicture * picture)
{
  gsize n = picture->stride * picture->height, i;
  guint n_coloured = 0;

  if (!picture->chroma[0])
    return FALSE;
  for (i = 0; i < n && n_coloured < MIN_PIXELS; i++)
    n_coloured += (guint8) (picture->chroma[0][i] - 128 + 24) > 48
        || (guint8) (picture->chroma[1][i] - 128 + 24) > 48;
  return n_coloured >= MIN_PIXELS;
}

static void
add_plane (ColourPlanes * self, const GrayPicture * picture, guint plane)
{
  gsize size = (gsize) picture->width * picture->height;
  g_autofree guint8 *gain_pixels = g_malloc (size);
  g_autofree guint8 *pixels = g_malloc (size);
  GrayPicture gray = { picture->width, picture->height, picture->width,
    gain_pixels
  };
  g_auto (Pyramid) gain = { 0 };

  fill_plane (picture, plane, pixels, gain_pixels);
  kocr_pyramid_init (&gain, &gray);
  if (!find_part (&gain, &self->parts[plane]))
    return;
  gray.pixels = self->own_pixels[plane] = g_steal_pointer (&pixels);
  kocr_pyramid_init (&self->pyramids[plane], &gray);
}

void
colour_planes_init (ColourPlanes * self, const GrayPicture * picture)
{
  *self = (ColourPlanes) {
  .picture = picture};
  kocr_pyramid_init (&self->pyramids[PLANE_LUMA], picture);
  if (!has_colour (picture))
    return;
  add_plane (self, picture, PLANE_LIGHTEST);
  add_plane (self, picture, PLANE_DARKEST);
}

void
colour_planes_clear (ColourPlanes * self)
{
  guint i;

  for (i = 0; i < N_PLANES; i++) {
    kocr_pyramid_clear (&self->pyramids[i]);
    g_clear_pointer (&self->own_pixels[i], g_free);
  }
}

/* Light text stands out in what is lightest, dark text in what is darkest. */
static GPtrArray *
find_in_plane (const ColourPlanes * self, const LineSearch * search,
    guint plane)
{
  const ColourPart *part = &self->parts[plane];
  g_auto (Pyramid) pyramid = { 0 };
  LineSearch one = *search;
  GPtrArray *lines;
  guint i;

  /* It is turned in luma alone, where what colour alone shows is not read; nor does
   * a row speak for a single letter of colour alone. */
  one.standing = NULL;
  one.figures = NULL;
  one.skip_dark = plane == PLANE_LIGHTEST;
  one.skip_light = plane == PLANE_DARKEST;
  kocr_pyramid_init_part (&pyramid, &self->pyramids[plane], part->x0, part->y0,
      part->x1 - part->x0, part->y1 - part->y0);
  lines = kocr_line_finder_find (&pyramid, &one);
  for (i = 0; lines && i < lines->len; i++) {
    TextLine *line = g_ptr_array_index (lines, i);

    line->plane = plane;
    kocr_text_line_move (line, part->x0, part->y0);
  }
  return lines;
}

/* Does the line of another plane show no less than @line? */
static gboolean
is_found (const GPtrArray * lines, const TextLine * line)
{
  guint i;

  for (i = 0; i < lines->len; i++) {
    const TextLine *other = g_ptr_array_index (lines, i);

    if (other->light == line->light
        && kocr_text_line_overlap (other, line) > 0.5
        && other->width > 0.9 * line->width
        && other->contrast * MIN_GAIN > line->contrast)
      return TRUE;
  }
  return FALSE;
}

static gint
compare_likelihood (gconstpointer a, gconstpointer b)
{
  const TextLine *left = *(TextLine * const *) a;
  const TextLine *right = *(TextLine * const *) b;

  return (left->logit < right->logit) - (left->logit > right->logit);
}

GPtrArray *
colour_planes_find (const ColourPlanes * self, const LineSearch * search)
{
  g_autoptr (GPtrArray) lines =
      kocr_line_finder_find (&self->pyramids[PLANE_LUMA], search);
  guint plane, n = lines ? lines->len : 0;

  for (plane = PLANE_LIGHTEST; lines && plane < N_PLANES; plane++) {
    g_autoptr (GPtrArray) more = NULL;

    if (self->pyramids[plane].n_levels == 0)
      continue;
    more = find_in_plane (self, search, plane);
    if (!more)
      return NULL;
    while (more->len > 0) {
      g_autoptr (TextLine) line = g_ptr_array_steal_index (more, more->len - 1);

      if (!is_found (lines, line))
        g_ptr_array_add (lines, g_steal_pointer (&line));
    }
  }
  if (lines && lines->len > n)
    g_ptr_array_sort (lines, compare_likelihood);
  return g_steal_pointer (&lines);
}
