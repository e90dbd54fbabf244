/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text gate: captions over a ground that moves, of which it is known whether
 * they have changed.
 */
#include "change/textgate.h"

#include <string.h>
#include <cairo.h>

#define WIDTH 1280
#define HEIGHT 720
#define SIZE 40
#define BASELINE 640
#define N_SAMPLES 6
/* A pan by so much leaves nothing of what was there. */
#define CUT 1000
/* Of a patch of ground. */
#define LIGHT 0.75
#define DARK 0.02
/* Of no length that a row has. */
#define N_NOISE 10007

typedef struct
{
  const gchar *text; /* NULL: none */
  gint x;
  gdouble strength;
} Caption;

typedef struct
{
  const gchar *name;
  Caption first, last; /* of the sample that was sent; of later ones */
  gint pan;            /* of the ground, pixels a sample */
  gint noise;
  gboolean ends_new, ends_gone;
  gboolean darkens; /* the ground of some letters of the last one */
} Row;

static const Row rows[] = { { "a_ground_that_pans_is_no_change", { NULL },
                                { NULL }, 30, 3 },
  { "a_ground_that_stands_is_no_change", { NULL }, { NULL }, 0, 6 },
  { "a_caption_over_a_pan_is_no_change", { "Where have you been?", 300, 1 },
      { "Where have you been?", 300, 1 }, 30, 3 },
  { "a_caption_that_moves_is_no_change", { "Where have you been?", 300, 1 },
      { "Where have you been?", 420, 1 }, 10, 3 },
  { "a_caption_that_comes_is_one", { NULL }, { "Where have you been?", 300, 1 },
      30, 3, .ends_new = TRUE },
  { "a_caption_that_comes_where_nothing_moves_is_one", { NULL },
      { "Where have you been?", 300, 1 }, 0, 3, .ends_new = TRUE },
  { "a_caption_that_goes_is_one", { "Where have you been?", 300, 1 }, { NULL },
      30, 3, .ends_gone = TRUE },
  { "another_caption_is_one", { "Where have you been?", 300, 1 },
      { "There was nobody here", 300, 1 }, 30, 3, .ends_gone = TRUE },
  { "another_digit_is_one", { "He came at 3 o'clock", 300, 1 },
      { "He came at 8 o'clock", 300, 1 }, 30, 3, .ends_gone = TRUE },
  { "a_caption_that_fades_is_one", { "Where have you been?", 300, 1 },
      { "Where have you been?", 300, 0.15 }, 30, 3, .ends_gone = TRUE },
  { "outlines_that_do_not_show_on_a_dark_ground_are_no_change",
      { "Where have you been?", 300, 1 }, { "Where have you been?", 300, 1 },
      30, 3, .darkens = TRUE } };

/* Smooth hills and edges, without strokes as letters have them. */
static cairo_surface_t *
create_ground (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  cairo_surface_t *ground
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 2 * WIDTH, 2 * HEIGHT);
  cairo_t *cairo = cairo_create (ground);

  for (guint i = 0; i < 400; i++) {
    gdouble level = g_rand_double_range (random, 0.2, 0.7);

    cairo_set_source_rgb (cairo, level, level, level);
    cairo_arc (cairo, g_rand_double_range (random, 0, 2 * WIDTH),
        g_rand_double_range (random, 0, 2 * HEIGHT),
        g_rand_double_range (random, 40, 200), 0, 2 * G_PI);
    cairo_fill (cairo);
  }
  cairo_destroy (cairo);
  return ground;
}

static void
set_font (cairo_t *cairo)
{
  cairo_select_font_face (
      cairo, "Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cairo, SIZE);
}

static void
write_caption (cairo_t *cairo, const Caption *caption)
{
  if (!caption->text)
    return;
  set_font (cairo);
  cairo_move_to (cairo, caption->x, BASELINE);
  cairo_text_path (cairo, caption->text);
  cairo_set_line_width (cairo, 4);
  cairo_set_source_rgba (cairo, 0, 0, 0, caption->strength);
  cairo_stroke_preserve (cairo);
  cairo_set_source_rgba (cairo, 1, 1, 1, caption->strength);
  cairo_fill (cairo);
}

/* Of one level behind some letters; 0: none. */
static void
paint_patch (cairo_t *cairo, gdouble level)
{
  if (level == 0)
    return;
  cairo_set_source_rgb (cairo, level, level, level);
  cairo_rectangle (cairo, 380, BASELINE - 80, 90, 160);
  cairo_fill (cairo);
}

static void
paint (guint8 *pixels, cairo_surface_t *ground, gint pan, gdouble patch,
    const Caption *caption, gint noise, GRand *random)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cairo = cairo_create (surface);
  gint8 levels[N_NOISE];
  const guint8 *data;

  cairo_set_source_surface (cairo, ground, -200 - pan, -200 - pan / 2);
  cairo_paint (cairo);
  paint_patch (cairo, patch);
  write_caption (cairo, caption);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (guint i = 0; i < N_NOISE; i++)
    levels[i] = g_rand_int_range (random, -noise, noise + 1);
  for (gint i = 0; i < WIDTH * HEIGHT; i++) {
    gint level = data[4 * i + 1] + levels[i % N_NOISE];

    pixels[i] = CLAMP (level, 0, 255);
  }
  cairo_surface_destroy (surface);
}

/* Where its words are, as a service reads them. */
static GArray *
read_words (const Caption *caption)
{
  GArray *texts = g_array_new (FALSE, FALSE, sizeof (KocrPlaneArea));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cairo = cairo_create (surface);
  g_auto (GStrv) words
      = g_strsplit (caption->text ? caption->text : "", " ", -1);
  gdouble x = caption->x;

  set_font (cairo);
  for (guint i = 0; caption->text && words[i]; i++) {
    g_autofree gchar *with_blank = g_strconcat (words[i], " ", NULL);
    cairo_text_extents_t word, advance;
    KocrPlaneArea area;

    cairo_text_extents (cairo, words[i], &word);
    cairo_text_extents (cairo, with_blank, &advance);
    area = (KocrPlaneArea){ x + word.x_bearing, BASELINE + word.y_bearing,
      word.width, word.height };
    g_array_append_val (texts, area);
    x += advance.x_advance;
  }
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  return texts;
}

static void
decides (const Row *row, gboolean is_read)
{
  KocrTextGate *gate = kocr_text_gate_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (9);
  g_autoptr (GArray) words = is_read ? read_words (&row->first) : NULL;
  g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT);
  const KocrLumaPlane sample = { pixels, WIDTH, WIDTH, HEIGHT };
  cairo_surface_t *ground = create_ground ();

  paint (pixels, ground, 0, row->darkens ? LIGHT : 0, &row->first, row->noise,
      random);
  g_assert_cmpint (kocr_text_gate_look (gate, &sample, FALSE, NULL), ==,
      KOCR_TEXT_GATE_UNKNOWN);
  kocr_text_gate_keep (gate);
  for (gint i = 1; i < N_SAMPLES; i++) {
    gboolean last = i == N_SAMPLES - 1;
    KocrTextGateOutcome change;

    paint (pixels, ground, i * row->pan,
        !row->darkens ? 0
        : last        ? DARK
                      : LIGHT,
        last ? &row->last : &row->first, row->noise, random);
    change = kocr_text_gate_look (gate, &sample, FALSE, words);
    g_assert_cmpint (change, ==,
        last && row->ends_new    ? KOCR_TEXT_GATE_NEW
        : last && row->ends_gone ? KOCR_TEXT_GATE_GONE
                                 : KOCR_TEXT_GATE_SAME);
  }
  kocr_text_gate_forget (gate);
  g_assert_cmpint (kocr_text_gate_look (gate, &sample, FALSE, words), ==,
      KOCR_TEXT_GATE_UNKNOWN);
  cairo_surface_destroy (ground);
  kocr_text_gate_free (gate);
}

static void
as_read (gconstpointer row)
{
  decides (row, TRUE);
}

static void
unanswered (gconstpointer row)
{
  decides (row, FALSE);
}

/* A few letters are hardly more than texture has. */
static void
a_find_that_is_unlikely_has_to_stand_in_what_is_routine (void)
{
  static const Caption none = { NULL }, few = { "No", 300, 1 };

  for (gint is_routine = 0; is_routine < 2; is_routine++) {
    KocrTextGate *gate = kocr_text_gate_new ();
    g_autoptr (GRand) random = g_rand_new_with_seed (9);
    g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT);
    const KocrLumaPlane sample = { pixels, WIDTH, WIDTH, HEIGHT };
    cairo_surface_t *ground = create_ground ();
    gint opened = 0;

    paint (pixels, ground, 0, 0, &none, 3, random);
    kocr_text_gate_look (gate, &sample, is_routine, NULL);
    kocr_text_gate_keep (gate);
    for (gint i = 1; i < N_SAMPLES && !opened; i++) {
      paint (pixels, ground, i * 30, 0, i < 2 ? &none : &few, 3, random);
      if (kocr_text_gate_look (gate, &sample, is_routine, NULL)
          == KOCR_TEXT_GATE_NEW)
        opened = i;
    }
    g_assert_cmpint (opened, ==, is_routine ? 3 : 2);
    cairo_surface_destroy (ground);
    kocr_text_gate_free (gate);
  }
}

/* All of the ground is new then, and what it has likewise; what is likely is
 * believed at once. */
static void
a_find_that_is_unlikely_has_to_stand_where_the_picture_is_cut (void)
{
  static const Caption none = { NULL }, few = { "No", 300, 1 },
                       line = { "Where have you been?", 300, 1 };
  static const struct
  {
    const Caption *caption;
    gint pan; /* of the sample that shows it first */
    guint opened;
  } rows[] = { { &few, 0, 1 }, { &few, CUT, 2 }, { &line, CUT, 1 } };

  for (guint row = 0; row < G_N_ELEMENTS (rows); row++) {
    KocrTextGate *gate = kocr_text_gate_new ();
    g_autoptr (GRand) random = g_rand_new_with_seed (9);
    g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT);
    const KocrLumaPlane sample = { pixels, WIDTH, WIDTH, HEIGHT };
    cairo_surface_t *ground = create_ground ();
    guint opened = 0;

    paint (pixels, ground, 0, 0, &none, 3, random);
    kocr_text_gate_look (gate, &sample, FALSE, NULL);
    kocr_text_gate_keep (gate);
    for (guint i = 1; i < N_SAMPLES && !opened; i++) {
      paint (pixels, ground, rows[row].pan, 0, rows[row].caption, 3, random);
      if (kocr_text_gate_look (gate, &sample, FALSE, NULL)
          == KOCR_TEXT_GATE_NEW)
        opened = i;
    }
    g_assert_cmpuint (opened, ==, rows[row].opened);
    cairo_surface_destroy (ground);
    kocr_text_gate_free (gate);
  }
}

/* The answer may come after the next sample. */
static void
a_find_that_is_unlikely_may_go_before_it_is_read (void)
{
  static const Caption none = { NULL }, few = { "No", 300, 1 };
  KocrTextGate *gate = kocr_text_gate_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (9);
  g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT);
  const KocrLumaPlane sample = { pixels, WIDTH, WIDTH, HEIGHT };
  cairo_surface_t *ground = create_ground ();

  for (gint i = 0; i < 4; i++) {
    static const KocrTextGateOutcome expected[] = { KOCR_TEXT_GATE_UNKNOWN,
      KOCR_TEXT_GATE_SAME, KOCR_TEXT_GATE_NEW, KOCR_TEXT_GATE_GONE };

    paint (pixels, ground, i * 30, 0, i == 2 ? &few : &none, 3, random);
    g_assert_cmpint (
        kocr_text_gate_look (gate, &sample, FALSE, NULL), ==, expected[i]);
    if (i == 0 || i == 2)
      kocr_text_gate_keep (gate);
  }
  cairo_surface_destroy (ground);
  kocr_text_gate_free (gate);
}

/* It may be read while it is hardly there, and the answer comes later than it
 * has gone. */
static void
a_text_is_watched_while_it_fades (void)
{
  static const gdouble strengths[][4]
      = { { 1, 1, 0.2, 0 }, { 1, 1, 0, 0 }, { 1, 1, 0.2, 0.2 } };
  static const KocrTextGateOutcome last[]
      = { KOCR_TEXT_GATE_GONE, KOCR_TEXT_GATE_SAME, KOCR_TEXT_GATE_SAME };

  for (guint row = 0; row < G_N_ELEMENTS (strengths); row++) {
    KocrTextGate *gate = kocr_text_gate_new ();
    g_autoptr (GRand) random = g_rand_new_with_seed (9);
    g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT);
    const KocrLumaPlane sample = { pixels, WIDTH, WIDTH, HEIGHT };
    cairo_surface_t *ground = create_ground ();

    for (gint i = 0; i < 4; i++) {
      const KocrTextGateOutcome expected[] = { KOCR_TEXT_GATE_UNKNOWN,
        KOCR_TEXT_GATE_SAME, KOCR_TEXT_GATE_GONE, last[row] };
      const Caption caption
          = { "Where have you been?", 300, strengths[row][i] };

      paint (pixels, ground, 0, 0, &caption, 2, random);
      g_test_message ("row %u, sample %d", row, i);
      g_assert_cmpint (
          kocr_text_gate_look (gate, &sample, FALSE, NULL), ==, expected[i]);
      if (i == 0 || i == 2)
        kocr_text_gate_keep (gate);
    }
    cairo_surface_destroy (ground);
    kocr_text_gate_free (gate);
  }
}

/* Nothing is found in what is smaller than a letter, and nothing breaks. */
static void
small_pictures_have_no_text (void)
{
  static const gint sides[] = { 1, 2, 7, 13, 40 };
  guint8 pixels[40 * 40];

  memset (pixels, 90, sizeof pixels);
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (sides); j++) {
      const KocrLumaPlane sample = { pixels, 40, sides[i], sides[j] };
      KocrTextGate *gate = kocr_text_gate_new ();

      kocr_text_gate_look (gate, &sample, FALSE, NULL);
      kocr_text_gate_keep (gate);
      g_assert_cmpint (kocr_text_gate_look (gate, &sample, FALSE, NULL), ==,
          KOCR_TEXT_GATE_SAME);
      kocr_text_gate_free (gate);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *read = g_strconcat ("/textgate/", rows[i].name, NULL);
    g_autofree gchar *not_read = g_strconcat (read, "_unanswered", NULL);

    g_test_add_data_func (read, &rows[i], as_read);
    g_test_add_data_func (not_read, &rows[i], unanswered);
  }
  g_test_add_func (
      "/textgate/a_find_that_is_unlikely_has_to_stand_in_what_is_routine",
      a_find_that_is_unlikely_has_to_stand_in_what_is_routine);
  g_test_add_func (
      "/textgate/a_find_that_is_unlikely_has_to_stand_where_the_picture_is_cut",
      a_find_that_is_unlikely_has_to_stand_where_the_picture_is_cut);
  g_test_add_func ("/textgate/a_find_that_is_unlikely_may_go_before_it_is_read",
      a_find_that_is_unlikely_may_go_before_it_is_read);
  g_test_add_func ("/textgate/a_text_is_watched_while_it_fades",
      a_text_is_watched_while_it_fades);
  g_test_add_func (
      "/textgate/small_pictures_have_no_text", small_pictures_have_no_text);
  return g_test_run ();
}
