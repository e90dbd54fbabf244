/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text passage: pages that roll and rows that run, of which it is known when
 * each line is out of the picture.
 */
#include "motion/textpassage.h"

#include <math.h>
#include <string.h>
#include "../../graypicture.h"
#include "../../testrows.h"
#include "movingworld.h"

#define TESTS "/textpassage/"

#define WIDTH 640
#define HEIGHT 360
#define N 25
#define N_LINES 7
#define PITCH 50
#define TOP 14
#define SIZE 24
#define NOISE 2
/* It stands for so many pictures before it goes. */
#define STANDS 4

/* Lines below each other, on a ground of their own, or (@ground < 0) of which
 * nothing but the letters can be followed. */
typedef struct
{
  gint x, ground, n;
  const gchar *texts[N_LINES];
} Lines;

/* As many as fill the picture. */
static const Lines full = { 40, 30, N_LINES,
  { "the harbour was quiet", "nobody told me about it", "leave before sunrise",
      "where is the umbrella", "twelve boats returned",
      "never liked that piano", "turn left at the bridge" } };
/* Nobody is beside it that could be followed longer. */
static const Lines at_edge = { 12, -1, 1, { "Nob" } };

typedef struct
{
  const Lines *lines;
  KocrBlockPool *pool;
  MovingWorld *world;
  KocrLumaPyramid *all[N];
  gdouble boxes[8 * N_LINES]; /* in the first picture */
} Page;

static void
add_lines (MovingWorld *world, const Lines *lines)
{
  for (gint i = 0; i < lines->n; i++)
    moving_world_add_sign (
        world, lines->x, TOP + i * PITCH, lines->texts[i], SIZE, lines->ground);
}

/* How far it has gone in picture @i, at @pace pixels a picture. */
static gdouble
find_way (guint i, gdouble pace)
{
  return i > STANDS ? (i - STANDS) * pace : 0;
}

/* It goes by @dx, @dy a picture; nothing can be followed from picture @lost on.
 */
static void
page_init (Page *self, const Lines *lines, gdouble dx, gdouble dy, guint lost)
{
  g_autofree guint8 *pixels = NULL;
  const KocrSimilarity first = KOCR_SIMILARITY_IDENTITY;
  WorldGround ground = lines->ground < 0 ? WORLD_FLAT : WORLD_BLOBS;
  MovingWorld *empty = moving_world_new (2 * WIDTH, 2 * HEIGHT, ground, 5);

  self->lines = lines;
  self->pool = kocr_block_pool_new ();
  self->world = moving_world_new (2 * WIDTH, 2 * HEIGHT, ground, 5);
  add_lines (self->world, lines);
  for (gint i = 0; i < lines->n; i++)
    moving_world_get_box (self->world, &first, i, self->boxes + 8 * i);
  for (guint i = 0; i < N; i++) {
    const KocrSimilarity camera = { 1, 0, find_way (i, dx), find_way (i, dy) };

    pixels = g_malloc (WIDTH * HEIGHT);
    moving_world_render (i >= lost ? empty : self->world, &camera, NOISE, i,
        pixels, WIDTH, HEIGHT, WIDTH);
    self->all[i] = gray_picture_fill (
        kocr_luma_pyramid_new_coarse (self->pool, WIDTH, HEIGHT),
        g_steal_pointer (&pixels), WIDTH, HEIGHT);
  }
  moving_world_free (empty);
}

static void
page_clear (Page *self)
{
  for (guint i = 0; i < N; i++)
    kocr_luma_pyramid_unref (self->all[i]);
  moving_world_free (self->world);
  kocr_block_pool_free (self->pool);
}

/* The first picture that has the middle of line @i, or its right end, at 0 or
 * less. */
static guint
find_out (const Page *self, guint i, gdouble dx, gdouble dy)
{
  const gdouble *box = self->boxes + 8 * i;
  gdouble left = dx < 0 ? box[2] : (box[1] + box[5]) / 2;

  return STANDS + ceil (left / (dx < 0 ? -dx : -dy));
}

/* Whether @at is that picture, or the next to it. */
static void
assert_near (guint at, guint expected)
{
  g_test_message ("%u for %u", at, expected);
  g_assert_cmpuint (at + 1, >=, expected);
  g_assert_cmpuint (at, <=, expected + 1);
}

static void
leaves (const Lines *lines, gdouble dx, gdouble dy, guint from, guint lost)
{
  KocrTextPassage passages[N_LINES];
  Page page;
  gint n_out = 0;

  page_init (&page, lines, dx, dy, lost);
  kocr_text_passage_find_exits (
      &(KocrTextPictures){ page.all, N, from }, page.boxes, lines->n, passages);
  for (gint i = 0; i < lines->n; i++) {
    guint out = find_out (&page, i, dx, dy);

    if (out > N + 1) {
      g_assert_cmpuint (passages[i].at, ==, 0);
      g_assert_true (passages[i].stays);
    } else if (out < N) {
      assert_near (passages[i].at, out);
      g_assert_false (passages[i].stays);
      n_out++;
    }
  }
  g_assert_cmpint (n_out, >=, MIN (lines->n, 2));
  page_clear (&page);
}

static void
lines_that_roll_out_are_out_when_their_middle_is (void)
{
  leaves (&full, 0, -8, 0, N);
  leaves (&full, 0, -5, 0, N);
}

static void
rows_that_run_out_are_out_when_all_of_them_is (void)
{
  leaves (&full, -20, 0, 0, N);
}

static void
a_row_that_is_lost_where_it_touches_the_edge_goes_on_as_it_went (void)
{
  leaves (&at_edge, -4, 0, STANDS, STANDS + 3);
  leaves (&at_edge, -5, 0, STANDS, STANDS + 3);
}

/* The same pictures the other way round. */
static void
lines_that_roll_in_come_when_their_middle_does (void)
{
  const gdouble dy = -8;
  KocrLumaPyramid *back[N];
  KocrTextPassage passages[N_LINES];
  Page page;

  page_init (&page, &full, 0, dy, N);
  for (guint i = 0; i < N; i++)
    back[i] = page.all[N - 1 - i];
  /* Be it before the sample. */
  for (guint from = 0; from < N - 1; from += 12) {
    kocr_text_passage_find_entries (
        &(KocrTextPictures){ back, N, from }, page.boxes, N_LINES, passages);
    for (guint i = 0; i < N_LINES; i++) {
      guint out = find_out (&page, i, 0, dy);

      if (out < N)
        assert_near (passages[i].at, N - out);
      else
        g_assert_cmpuint (passages[i].at, ==, 0);
    }
  }
  page_clear (&page);
}

/* Also of a line at the edge. */
static void
what_stands_or_vanishes_passes_no_edge (void)
{
  for (guint vanishes = 0; vanishes < 2; vanishes++) {
    KocrTextPassage passages[N_LINES];
    Page page;

    page_init (&page, &full, 0, 0, vanishes ? STANDS + 1 : N);
    kocr_text_passage_find_exits (
        &(KocrTextPictures){ page.all, N, 0 }, page.boxes, N_LINES, passages);
    for (guint i = 0; i < N_LINES; i++) {
      g_assert_cmpuint (passages[i].at, ==, 0);
      g_assert_false (passages[i].stays);
    }
    page_clear (&page);
  }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (lines_that_roll_out_are_out_when_their_middle_is);
  ADD (rows_that_run_out_are_out_when_all_of_them_is);
  ADD (a_row_that_is_lost_where_it_touches_the_edge_goes_on_as_it_went);
  ADD (lines_that_roll_in_come_when_their_middle_does);
  ADD (what_stands_or_vanishes_passes_no_edge);
  return g_test_run ();
}
