/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Change gate: generated screens of which it is known whether their text has
 * changed.
 */
#include "change/gate.h"
#include "change/cellrow.h"

#include <math.h>
#include <string.h>
#include <cairo.h>

#include "../../testrows.h"

#define TESTS "/changegate/"

#define THRESHOLD 12
#define WIDTH 448
#define HEIGHT 256
#define PHASES 8

typedef struct
{
  cairo_surface_t *surface;
  cairo_t *cairo;
} Screen;

static Screen
screen_new (gint width, gint height, gdouble ground)
{
  Screen screen;

  screen.surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width,
      height);
  screen.cairo = cairo_create (screen.surface);
  cairo_set_source_rgb (screen.cairo, ground, ground, ground);
  cairo_paint (screen.cairo);
  return screen;
}

static void
screen_write (Screen * self, gint x, gint y, gdouble size, gdouble ink,
    const gchar * text)
{
  cairo_select_font_face (self->cairo, "Sans", CAIRO_FONT_SLANT_NORMAL,
      CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (self->cairo, size);
  cairo_set_source_rgb (self->cairo, ink, ink, ink);
  cairo_move_to (self->cairo, x, y);
  cairo_show_text (self->cairo, text);
}

static void
screen_fill (Screen * self, gint x, gint y, gint width, gint height,
    gdouble ink)
{
  cairo_set_source_rgb (self->cairo, ink, ink, ink);
  cairo_rectangle (self->cairo, x, y, width, height);
  cairo_fill (self->cairo);
}

/* A page of text, dark on light or the other way round. */
static void
screen_write_page (Screen * self, gdouble ink, const gchar * first)
{
  static const gchar *lines[] = {
    "Meeting room 4, every Tuesday at 10:30", "Bring the printed report",
    "Questions: extension 2715", "Coffee is served on the third floor"
  };

  screen_write (self, 20, 40, 28, ink, first);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    screen_write (self, 20, 80 + 40 * i, 12 + 2 * i, ink, lines[i]);
}

/* Its luma, as a video would have it. */
static KocrLumaPlane
screen_take (Screen * self)
{
  gint width = cairo_image_surface_get_width (self->surface);
  gint height = cairo_image_surface_get_height (self->surface);
  gint stride = GST_ROUND_UP_4 (width);
  guint8 *data = g_malloc (stride * height);
  const guint8 *from;

  cairo_surface_flush (self->surface);
  from = cairo_image_surface_get_data (self->surface);
  for (gint y = 0; y < height; y++)
    for (gint x = 0; x < width; x++)
      data[y * stride + x] =
          from[y * cairo_image_surface_get_stride (self->surface) + 4 * x + 1];
  cairo_destroy (self->cairo);
  cairo_surface_destroy (self->surface);
  return (KocrLumaPlane) {
  data, stride, width, height};
}

static void
plane_free (KocrLumaPlane * plane)
{
  g_free ((gpointer) plane->data);
}

#define N_NORMALS 65536

/* Of a normal distribution: a sensor's noise. */
static const gfloat *
get_normals (void)
{
  static gfloat normals[N_NORMALS];
  GRand *rand;

  if (normals[0] != 0)
    return normals;
  rand = g_rand_new_with_seed (1);
  for (guint i = 0; i < N_NORMALS; i++)
    normals[i] = sqrt (-2 * log (1 - g_rand_double (rand)))
        * cos (2 * G_PI * g_rand_double (rand));
  g_rand_free (rand);
  return normals;
}

static KocrLumaPlane
with_noise (const KocrLumaPlane * from, gdouble gain, gdouble offset,
    gdouble sigma, guint32 seed)
{
  const gfloat *normals = get_normals ();
  KocrLumaPlane plane = *from;
  guint32 at = seed * 40503;
  guint8 *data = g_malloc (plane.stride * plane.height);

  for (gint y = 0; y < plane.height; y++) {
    for (gint x = 0; x < plane.width; x++) {
      gdouble value = from->data[y * plane.stride + x] * gain + offset
          + sigma * normals[at++ % N_NORMALS];

      data[y * plane.stride + x] = CLAMP (value + 0.5, 0, 255);
    }
  }
  plane.data = data;
  return plane;
}

static gboolean
differs (const KocrLumaPlane * a, const KocrLumaPlane * b, guint threshold)
{
  KocrChangeGate *gate = kocr_change_gate_new ();
  const KocrGateTerms terms = {.cell = KOCR_GATE_FULL,
    .threshold = threshold,
    .most_noise = KOCR_GATE_MOST_NOISE,
    .text_is_known = TRUE
  };
  gboolean result = kocr_change_gate_differs (gate, a, b, &terms, NULL);

  kocr_change_gate_free (gate);
  return result;
}

static gboolean
halves_differ (const KocrLumaPlane * a, const KocrLumaPlane * b,
    guint threshold)
{
  KocrLumaStore stores[2] = { {NULL}, };
  KocrLumaPlane halves[2];
  KocrChangeGate *gate = kocr_change_gate_new ();
  const KocrGateTerms terms = {.cell = KOCR_GATE_HALF,
    .threshold = threshold,
    .most_noise = KOCR_GATE_MOST_NOISE,
    .text_is_known = TRUE
  };
  gboolean result;

  g_assert_true (kocr_luma_plane_halve (&halves[0], a, &stores[0]));
  g_assert_true (kocr_luma_plane_halve (&halves[1], b, &stores[1]));
  result
      = kocr_change_gate_differs (gate, &halves[0], &halves[1], &terms, NULL);
  kocr_luma_store_clear (&stores[0]);
  kocr_luma_store_clear (&stores[1]);
  kocr_change_gate_free (gate);
  return result;
}

static KocrLumaPlane
page (gdouble ground, gdouble ink, const gchar * first)
{
  Screen screen = screen_new (WIDTH, HEIGHT, ground);

  screen_write_page (&screen, ink, first);
  return screen_take (&screen);
}

/* Cameras: the same picture again, noisy and brighter or darker. */
static const struct
{
  const gchar *name;
  gdouble ground, ink, gain, offset, sigma;
} cameras[] = {
  {"as_it_is", 0.9, 0.1, 1, 0, 0},
  {"in_little_noise", 0.9, 0.1, 1, 0, 1},
  {"in_noise", 0.9, 0.1, 1, 0, 3},
  {"in_much_noise", 0.9, 0.1, 1, 0, 8},
  {"as_the_exposure_goes_up", 0.6, 0.1, 1.2, 5, 3},
  {"as_the_exposure_goes_down", 0.9, 0.1, 0.82, -4, 3},
  {"as_black_is_lifted", 0.6, 0.1, 1, 15, 0},
  {"light_on_dark_in_much_noise", 0.1, 0.9, 0.9, 8, 8},
  {"of_little_contrast_in_drift", 0.45, 0.55, 1.1, -10, 2},
};

static void
a_still_picture_is_no_change (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  KocrLumaPlane clean = page (cameras[row].ground, cameras[row].ink, "Agenda");
  KocrLumaPlane before = with_noise (&clean, 1, 0, cameras[row].sigma, 1);

  for (guint32 seed = 2; seed < 12; seed++) {
    KocrLumaPlane after = with_noise (&clean, cameras[row].gain,
        cameras[row].offset, cameras[row].sigma, seed);

    g_assert_false (differs (&before, &after, THRESHOLD));
    g_assert_false (halves_differ (&before, &after, THRESHOLD / 2));
    plane_free (&after);
  }
  plane_free (&before);
  plane_free (&clean);
}

static KocrLumaPlane
clock_face (gdouble ground, gdouble ink, gint x, gint y, gint digit)
{
  Screen screen = screen_new (WIDTH, HEIGHT, ground);
  gchar text[] = { '1', '7', ':', '0' + digit, '5', 0 };

  screen_write_page (&screen, ink, "Agenda");
  screen_write (&screen, x, y, 12, ink, text);
  return screen_take (&screen);
}

/* Wherever it stands, and whichever digit it becomes. */
static void
a_changed_digit_is_a_change (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  GRand *rand = g_rand_new_with_seed (7);
  gdouble contrast = fabs (cameras[row].ground - cameras[row].ink);

  for (guint i = 0; i < PHASES * PHASES; i++) {
    gint x = 380 + i % PHASES, y = 240 + i / PHASES % PHASES;
    gint digit = g_rand_int_range (rand, 0, 10);
    gint other = (digit + g_rand_int_range (rand, 1, 10)) % 10;
    KocrLumaPlane clean[2], noisy[2];

    clean[0] = clock_face (cameras[row].ground, cameras[row].ink, x, y, digit);
    clean[1] = clock_face (cameras[row].ground, cameras[row].ink, x, y, other);
    noisy[0] = with_noise (&clean[0], 1, 0, cameras[row].sigma, 2 * i);
    noisy[1] = with_noise (&clean[1], cameras[row].gain, cameras[row].offset,
        cameras[row].sigma, 2 * i + 1);
    if (contrast > 0.4) {
      g_assert_true (differs (&noisy[0], &noisy[1], THRESHOLD));
      g_assert_true (halves_differ (&noisy[0], &noisy[1], THRESHOLD / 2));
    }
    for (guint j = 0; j < 2; j++) {
      plane_free (&clean[j]);
      plane_free (&noisy[j]);
    }
  }
  g_rand_free (rand);
}

typedef void (*Draw) (Screen * screen, gboolean after);

static void
draw_cursor (Screen * screen, gboolean after)
{
  screen_write_page (screen, 0.1, "Agenda");
  screen_fill (screen, after ? 300 : 200, 100, 10, 16, 0);
}

static void
draw_scrolling (Screen * screen, gboolean after)
{
  cairo_translate (screen->cairo, 0, after ? -3 : 0);
  screen_write_page (screen, 0.1, "Agenda");
}

static void
draw_slide (Screen * screen, gboolean after)
{
  screen_fill (screen, 0, 0, WIDTH, HEIGHT, after ? 0.95 : 0.05);
  screen_write_page (screen, after ? 0.05 : 0.95, "Agenda");
}

static void
draw_empty_slide (Screen * screen, gboolean after)
{
  screen_fill (screen, 0, 0, WIDTH, HEIGHT, after ? 0.9 : 0.1);
}

static void
draw_next_line (Screen * screen, gboolean after)
{
  screen_write_page (screen, 0.1, "Agenda");
  if (after)
    screen_write (screen, 40, 250, 12, 0.1, "and one thing more");
}

/* Most of a page changes: the drift must not follow it. */
static void
draw_other_page (Screen * screen, gboolean after)
{
  screen_fill (screen, 40, 40, WIDTH - 80, HEIGHT - 80, after ? 0.75 : 0.9);
  screen_write_page (screen, 0.1, after ? "Budget" : "Agenda");
}

static void
draw_little_window (Screen * screen, gboolean after)
{
  screen_write_page (screen, 0.1, "Agenda");
  if (after)
    screen_fill (screen, WIDTH - 4, HEIGHT - 8, 4, 8, 0.1);
}

static const struct
{
  const gchar *name;
  Draw draw;
} changes[] = {
  {"a_pointer_that_moves", draw_cursor},
  {"scrolling", draw_scrolling},
  {"a_dark_slide_that_turns_light", draw_slide},
  {"an_empty_slide_that_turns_light", draw_empty_slide},
  {"a_line_that_appears", draw_next_line},
  {"another_page", draw_other_page},
  {"a_few_pixels_that_appear", draw_little_window},
};

static void
is_a_change (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  KocrLumaPlane planes[2];

  for (guint i = 0; i < 2; i++) {
    Screen screen = screen_new (WIDTH, HEIGHT, 0.9);

    changes[row].draw (&screen, i);
    planes[i] = screen_take (&screen);
  }
  g_assert_true (differs (&planes[0], &planes[1], THRESHOLD));
  g_assert_true (differs (&planes[1], &planes[0], THRESHOLD));
  g_assert_true (halves_differ (&planes[0], &planes[1], THRESHOLD / 2));
  plane_free (&planes[0]);
  plane_free (&planes[1]);
}

/* Every pixel of every size is looked at: a stroke anywhere opens. */
static void
a_stroke_at_any_edge_is_a_change (void)
{
  static const gint sizes[][2] = {
    {1, 1}, {3, 2}, {4, 40}, {40, 4}, {5, 5}, {7, 9}, {8, 8}, {9, 7}, {12, 12},
    {13, 21}, {16, 16}, {31, 33}, {65, 18}, {130, 67}
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    gint width = sizes[i][0], height = sizes[i][1];

    for (gint y = 0; y < height; y += MAX (1, height / 13)) {
      for (gint x = 0; x < width; x += MAX (1, width / 13)) {
        Screen screen = screen_new (width, height, 0.5);
        KocrLumaPlane before = screen_take (&screen), after;

        screen = screen_new (width, height, 0.5);
        screen_fill (&screen, MAX (0, MIN (x, width - 3)),
            MAX (0, MIN (y, height - 5)), 3, 5, 1);
        after = screen_take (&screen);
        g_assert_false (differs (&before, &before, 0));
        g_assert_true (differs (&before, &after, THRESHOLD));
        g_assert_true (halves_differ (&before, &after, THRESHOLD / 2));
        plane_free (&before);
        plane_free (&after);
      }
    }
  }
}

/* From one page to another: sent at least once before the text has changed for
 * the reader, and at the end. */
static void
a_slow_fade_does_not_creep (void)
{
  KocrLumaPlane from = page (0.9, 0.1, "Agenda");
  KocrLumaPlane to = page (0.9, 0.1, "Budget");
  KocrLumaPlane reference = with_noise (&from, 1, 0, 0, 0);
  guint n_sent = 0;

  for (guint step = 1; step <= 200; step++) {
    KocrLumaPlane now = with_noise (&from, 1, 0, 0, 0);

    for (gint i = 0; i < now.stride * now.height; i++)
      ((guint8 *) now.data)[i] = (from.data[i] * (200 - step)
          + to.data[i] * step) / 200;
    if (differs (&reference, &now, THRESHOLD)) {
      plane_free (&reference);
      reference = now;
      n_sent++;
    } else {
      plane_free (&now);
    }
  }
  g_assert_cmpuint (n_sent, >=, 2);
  g_assert_cmpuint (n_sent, <, 30);
  g_assert_false (differs (&reference, &to, THRESHOLD));
  plane_free (&reference);
  plane_free (&from);
  plane_free (&to);
}

static void
the_threshold_counts_above_the_noise (void)
{
  Screen screen = screen_new (64, 64, 0.5);
  KocrLumaPlane before = screen_take (&screen), after;

  screen = screen_new (64, 64, 0.5);
  screen_fill (&screen, 16, 16, 8, 8, 0.5 + 20 / 255.);
  after = screen_take (&screen);
  g_assert_true (differs (&before, &after, 18));
  g_assert_false (differs (&before, &after, 21));
  plane_free (&after);
  plane_free (&before);
}

static void
add_row (const gchar * test, const gchar * name, guint row,
    GTestDataFunc function)
{
  g_autofree gchar *path = g_strconcat ("/changegate/", test, name, NULL);

  g_test_add_data_func (path, GUINT_TO_POINTER (row), function);
}

static void
cells_are_summed_alike_by_both_ways (void)
{
  enum
  { MOST = 37, STRIDE = KOCR_CELL_SIDE * MOST + 4, ROWS = 2 * KOCR_CELL_SIDE };
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  guint8 a[ROWS * STRIDE], b[ROWS * STRIDE];

  for (guint i = 0; i < sizeof a; i++) {
    /* All that a pixel can differ by is among them. */
    a[i] = i % 5 ? g_rand_int (random) : 255;
    b[i] = i % 5 ? g_rand_int (random) : 0;
  }
  for (guint n = 0; n <= MOST; n++) {
    guint16 sums[MOST + 1] = { 0, }, same[MOST + 1] = { 0, };
    guint16 spare[4 * MOST];
    guint shift = n % 2 * 4;

    sums[n] = same[n] = 0xbeef;
    kocr_cell_row_differ (sums, a + shift, STRIDE, b, STRIDE, n, n % 3, spare);
    kocr_cell_row_differ_portable (same, a + shift, STRIDE, b, STRIDE, n,
        n % 3, spare);
    g_assert_cmpmem (sums, sizeof sums, same, sizeof same);
  }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cameras); i++) {
    add_row ("a_still_picture_is_no_change_", cameras[i].name, i,
        a_still_picture_is_no_change);
    add_row ("a_changed_digit_is_a_change_", cameras[i].name, i,
        a_changed_digit_is_a_change);
  }
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    add_row ("a_change_is_", changes[i].name, i, is_a_change);
  ADD (a_stroke_at_any_edge_is_a_change);
  ADD (a_slow_fade_does_not_creep);
  ADD (the_threshold_counts_above_the_noise);
  ADD (cells_are_summed_alike_by_both_ways);
  return g_test_run ();
}
