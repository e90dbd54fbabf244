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
/* Where in the ground the first picture is, to the right and below. */
#define GROUND 200
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
  gboolean is_boxed; /* on black */
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
  { "another_digit_that_has_the_strokes_of_the_first_is_one",
      { "Round 5 of 9", 300, 1 }, { "Round 6 of 9", 300, 1 }, 30, 3,
      .ends_gone = TRUE },
  { "another_digit_in_a_box_is_one", { "Round 9 of 9", 300, 1, TRUE },
      { "Round 8 of 9", 300, 1, TRUE }, 30, 3, .ends_gone = TRUE },
  { "a_caption_that_fades_is_one", { "Where have you been?", 300, 1 },
      { "Where have you been?", 300, 0.15 }, 30, 3, .ends_gone = TRUE },
  { "a_dash_where_the_ground_changes_is_no_change",
      { "- Where have you been?", 390, 1 },
      { "- Where have you been?", 390, 1 }, 30, 3, .darkens = TRUE },
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
make_plain (cairo_surface_t *ground)
{
  cairo_t *cairo = cairo_create (ground);

  cairo_set_source_rgb (cairo, 0.1, 0.1, 0.1);
  cairo_paint (cairo);
  cairo_destroy (cairo);
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
  if (caption->is_boxed) {
    cairo_set_source_rgb (cairo, 0, 0, 0);
    cairo_rectangle (
        cairo, caption->x - SIZE, BASELINE - 1.4 * SIZE, 12 * SIZE, 2 * SIZE);
    cairo_fill (cairo);
  }
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

  cairo_set_source_surface (cairo, ground, -GROUND - pan, -GROUND - pan / 2);
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

/* Where its words are, as a service reads them: as high as their line. */
static GArray *
read_words (const Caption *caption)
{
  GArray *texts = g_array_new (FALSE, FALSE, sizeof (KocrPlaneArea));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cairo = cairo_create (surface);
  g_auto (GStrv) words
      = g_strsplit (caption->text ? caption->text : "", " ", -1);
  gdouble x = caption->x;
  cairo_text_extents_t line;

  set_font (cairo);
  if (caption->text)
    cairo_text_extents (cairo, caption->text, &line);
  for (guint i = 0; caption->text && words[i]; i++) {
    g_autofree gchar *with_blank = g_strconcat (words[i], " ", NULL);
    cairo_text_extents_t word, advance;
    KocrPlaneArea area;

    cairo_text_extents (cairo, words[i], &word);
    cairo_text_extents (cairo, with_blank, &advance);
    area = (KocrPlaneArea){ x + word.x_bearing, BASELINE + line.y_bearing,
      word.width, line.height };
    g_array_append_val (texts, area);
    x += advance.x_advance;
  }
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  return texts;
}

typedef struct
{
  KocrTextGate *gate;
  GRand *random;
  guint8 *pixels;
  KocrLumaPlane sample; /* of pixels */
  cairo_surface_t *ground;
} Fixture;

static void
set_up (Fixture *self, gconstpointer row)
{
  self->gate = kocr_text_gate_new ();
  self->random = g_rand_new_with_seed (9);
  self->pixels = g_malloc (WIDTH * HEIGHT);
  self->sample = (KocrLumaPlane){ self->pixels, WIDTH, WIDTH, HEIGHT };
  self->ground = create_ground ();
}

static void
tear_down (Fixture *self, gconstpointer row)
{
  cairo_surface_destroy (self->ground);
  g_free (self->pixels);
  g_rand_free (self->random);
  kocr_text_gate_free (self->gate);
}

static void
paint_sample (
    Fixture *self, gint pan, gdouble patch, const Caption *caption, gint noise)
{
  paint (self->pixels, self->ground, pan, patch, caption, noise, self->random);
}

/* As far as the caption, to the pixels of the reduced picture: @n_words, if they
 * were read, or what was guessed. */
static void
assert_moved (const Fixture *self, const Row *row, guint n_words)
{
  KocrTextMove move;
  guint i;

  for (i = 0; kocr_text_gate_get_move (self->gate, i, &move); i++) {
    g_assert_cmpfloat_with_epsilon (move.dx, row->last.x - row->first.x, 3);
    g_assert_cmpfloat_with_epsilon (move.dy, 0, 3);
    g_assert_cmpfloat (move.x, >=, row->first.x - SIZE);
    g_assert_cmpfloat (move.y, <, BASELINE);
    g_assert_cmpfloat (move.y + move.height, >=, BASELINE - 3);
  }
  g_assert_cmpuint (i, >=, n_words);
}

static void
decides (Fixture *self, const Row *row, gboolean is_read)
{
  g_autoptr (GArray) words = is_read ? read_words (&row->first) : NULL;

  paint_sample (self, 0, row->darkens ? LIGHT : 0, &row->first, row->noise);
  g_assert_cmpint (kocr_text_gate_look (self->gate, &self->sample, FALSE, NULL),
      ==, KOCR_TEXT_GATE_UNKNOWN);
  kocr_text_gate_keep (self->gate);
  for (gint i = 1; i < N_SAMPLES; i++) {
    gboolean last = i == N_SAMPLES - 1;
    KocrTextGateOutcome change;

    paint_sample (self, i * row->pan,
        !row->darkens ? 0
        : last        ? DARK
                      : LIGHT,
        last ? &row->last : &row->first, row->noise);
    change = kocr_text_gate_look (self->gate, &self->sample, FALSE, words);
    g_assert_cmpint (change, ==,
        last && row->ends_new    ? KOCR_TEXT_GATE_NEW
        : last && row->ends_gone ? KOCR_TEXT_GATE_GONE
                                 : KOCR_TEXT_GATE_SAME);
    if (last && change == KOCR_TEXT_GATE_SAME)
      assert_moved (self, row, words ? words->len : 0);
  }
  kocr_text_gate_forget (self->gate);
  g_assert_cmpint (
      kocr_text_gate_look (self->gate, &self->sample, FALSE, words), ==,
      KOCR_TEXT_GATE_UNKNOWN);
}

static void
as_read (Fixture *self, gconstpointer row)
{
  decides (self, row, TRUE);
}

static void
unanswered (Fixture *self, gconstpointer row)
{
  decides (self, row, FALSE);
}

/* A caption that comes, and with which sample it is believed. A few letters are
 * hardly more than texture has; where the picture is cut all of the ground is
 * new, and what it has likewise. */
typedef struct
{
  const gchar *name;
  Caption caption;
  gint from; /* sample */
  gint pan;  /* a sample */
  gint cut;  /* and once, with the caption */
  gboolean is_routine;
  gint believed;      /* 0: it never is */
  const gchar *begun; /* nullable: what of it is there before */
  gboolean is_plain;  /* the ground */
} Coming;

static const Coming comings[] = {
  { "a_find_that_is_unlikely_is_believed_where_it_came", { "No", 300, 1 }, 2,
      30, 0, FALSE, 2 },
  { "a_find_that_is_unlikely_has_to_stand_in_what_is_routine", { "No", 300, 1 },
      2, 30, 0, TRUE, 3 },
  { "a_find_that_is_most_unlikely_is_believed_where_it_came",
      { "No", 300, 0.5 }, 2, 30, 0, FALSE, 2 },
  { "a_find_that_is_most_unlikely_has_to_stand_in_what_is_routine",
      { "No", 300, 0.5 }, 2, 30, 0, TRUE, 3 },
  { "a_find_that_is_unlikely_is_believed_where_the_picture_stands",
      { "No", 300, 1 }, 1, 0, 0, FALSE, 1 },
  { "a_find_that_is_unlikely_has_to_stand_where_the_picture_is_cut",
      { "No", 300, 1 }, 1, 0, CUT, FALSE, 2 },
  { "a_find_that_is_likely_is_believed_where_the_picture_is_cut",
      { "Where have you been?", 300, 1 }, 1, 0, CUT, FALSE, 1 },
  { "words_that_a_line_grows_by_are_believed_where_they_came",
      { "Where have you been?", 560, 1 }, 2, 0, 0, FALSE, 2, "Where", TRUE },
  { "a_word_that_a_long_line_grows_by_has_to_stand",
      { "Where have you been?", 300, 1 }, 2, 30, 0, FALSE, 3, "Where have you" }
};

static void
is_believed (Fixture *self, gconstpointer data)
{
  const Coming *row = data;
  const Caption begun = { row->begun, row->caption.x, 1 };
  gint believed = 0;

  if (row->is_plain)
    make_plain (self->ground);
  paint_sample (self, 0, 0, &begun, 3);
  kocr_text_gate_look (self->gate, &self->sample, row->is_routine, NULL);
  kocr_text_gate_keep (self->gate);
  for (gint i = 1; i < N_SAMPLES && !believed; i++) {
    gboolean is_there = i >= row->from;

    paint_sample (self, i * row->pan + (is_there ? row->cut : 0), 0,
        is_there ? &row->caption : &begun, 3);
    if (kocr_text_gate_look (self->gate, &self->sample, row->is_routine, NULL)
        == KOCR_TEXT_GATE_NEW)
      believed = i;
  }
  g_assert_cmpint (believed, ==, row->believed);
}

/* What four samples are decided to be, of which the first and the third are
 * sent and not yet answered.  A text may be read while it is hardly there, and
 * the answer come later than it has gone. */
typedef struct
{
  const gchar *name;
  const gchar *text;
  gdouble strengths[4]; /* 0: it is not there */
  gint pan, noise;
  KocrTextGateOutcome expected[4];
} Waiting;

static const Waiting waitings[]
    = { { "a_find_that_is_unlikely_may_go_before_it_is_read", "No",
            { 0, 0, 1, 0 }, 30, 3,
            { KOCR_TEXT_GATE_UNKNOWN, KOCR_TEXT_GATE_SAME, KOCR_TEXT_GATE_NEW,
                KOCR_TEXT_GATE_GONE } },
        { "a_text_that_fades_may_go_before_it_is_read", "Where have you been?",
            { 1, 1, 0.2, 0 }, 0, 2,
            { KOCR_TEXT_GATE_UNKNOWN, KOCR_TEXT_GATE_SAME, KOCR_TEXT_GATE_GONE,
                KOCR_TEXT_GATE_GONE } },
        { "a_text_that_has_gone_stays_so", "Where have you been?",
            { 1, 1, 0, 0 }, 0, 2,
            { KOCR_TEXT_GATE_UNKNOWN, KOCR_TEXT_GATE_SAME, KOCR_TEXT_GATE_GONE,
                KOCR_TEXT_GATE_SAME } },
        { "a_text_that_has_faded_may_stay_so", "Where have you been?",
            { 1, 1, 0.2, 0.2 }, 0, 2,
            { KOCR_TEXT_GATE_UNKNOWN, KOCR_TEXT_GATE_SAME, KOCR_TEXT_GATE_GONE,
                KOCR_TEXT_GATE_SAME } } };

static void
is_watched (Fixture *self, gconstpointer data)
{
  const Waiting *row = data;

  for (gint i = 0; i < 4; i++) {
    const Caption caption
        = { row->strengths[i] > 0 ? row->text : NULL, 300, row->strengths[i] };

    paint_sample (self, i * row->pan, 0, &caption, row->noise);
    g_test_message ("sample %d", i);
    g_assert_cmpint (
        kocr_text_gate_look (self->gate, &self->sample, FALSE, NULL), ==,
        row->expected[i]);
    if (i == 0 || i == 2)
      kocr_text_gate_keep (self->gate);
  }
}

/* All that moves on plain ground is the text itself. */
static void
the_rest_of_a_number_may_move (Fixture *self, gconstpointer row)
{
  const Caption first = { "10 minutes left", 300, 1 };
  const Caption last = { "9 minutes left", 312, 1 };

  make_plain (self->ground);
  paint_sample (self, 0, 0, &first, 2);
  kocr_text_gate_look (self->gate, &self->sample, FALSE, NULL);
  kocr_text_gate_keep (self->gate);
  paint_sample (self, 0, 0, &last, 2);
  g_assert_cmpint (kocr_text_gate_look (self->gate, &self->sample, FALSE, NULL),
      !=, KOCR_TEXT_GATE_SAME);
}

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

static void
add (const gchar *name, gconstpointer row,
    void (*test) (Fixture *, gconstpointer))
{
  g_autofree gchar *path = g_strconcat ("/textgate/", name, NULL);

  g_test_add (path, Fixture, row, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *not_read
        = g_strconcat (rows[i].name, "_unanswered", NULL);

    add (rows[i].name, &rows[i], as_read);
    add (not_read, &rows[i], unanswered);
  }
  for (guint i = 0; i < G_N_ELEMENTS (comings); i++)
    add (comings[i].name, &comings[i], is_believed);
  for (guint i = 0; i < G_N_ELEMENTS (waitings); i++)
    add (waitings[i].name, &waitings[i], is_watched);
  add ("the_rest_of_a_number_may_move", NULL, the_rest_of_a_number_may_move);
  g_test_add_func (
      "/textgate/small_pictures_have_no_text", small_pictures_have_no_text);
  return g_test_run ();
}
