/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The tick of ㅊ is seen where it is, in the fonts of video, and nowhere else;
 * wherever the engine says that the letters are.
 */
#include "reading/jamotick.h"

#include <math.h>
#include <string.h>

#include "../../testrows.h"
#include "drawnpicture.h"

#define TESTS "/reading/jamotick/"

#define WIDTH 400
#define HEIGHT 72
#define TEXT 40

static const gchar *const fonts[] = {
  "Noto Sans CJK KR 38px", "Noto Sans CJK KR Bold 38px",
  "Noto Serif CJK KR 38px", "NanumGothic 38px", "NanumBarunGothic Bold 38px"
};

/* What a line says, and what was read of it. */
static const struct
{
  const gchar *name, *shown, *read;
} rows[] = {
  { "a_tick_is_seen", "5초", "5조" },
  { "over_any_vowel_below", "초추츠", "조주즈" },
  { "over_a_final_consonant", "충출총", "중줄종" },
  { "where_there_is_none", "조주즈", "조주즈" },
  { "over_a_final_consonant_either", "중줄종", "중줄종" },
  { "beside_a_vowel_there_is_none", "자저지정", "자저지정" },
  { "what_was_read_with_it_keeps_it", "초등", "초등" },
  { "other_letters_are_let_be", "호오고", "호오고" },
};

/* Letters of one width, each @shift of it further to the right. */
static LineReading *
make_reading (const gchar *text, gdouble left, gdouble right, gdouble shift)
{
  LineReading *self = g_new0 (LineReading, 1);
  ReadWord *word = g_new0 (ReadWord, 1);
  gdouble width;

  word->text = g_strdup (text);
  word->n_characters = g_utf8_strlen (text, -1);
  word->left = left;
  word->right = right;
  word->letters = g_array_new (FALSE, FALSE, sizeof (ReadLetter));
  width = (right - left) / word->n_characters;
  for (guint i = 0; i < word->n_characters; i++) {
    const gchar *at = g_utf8_offset_to_pointer (text, i);
    const ReadLetter letter = { g_utf8_next_char (at) - at, 95,
      left + (i + shift) * width, left + (i + 1) * width };

    g_array_append_val (word->letters, letter);
  }
  self->words
      = g_ptr_array_new_with_free_func ((GDestroyNotify)read_word_free);
  g_ptr_array_add (self->words, word);
  return self;
}

static gchar *
restore (const gchar *shown, const gchar *read, const gchar *font,
    gdouble shift)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (WIDTH, HEIGHT, 255);
  LineCrop crop = { .width = WIDTH,
    .height = HEIGHT,
    .text_top = (HEIGHT - TEXT) / 2,
    .text_bottom = (HEIGHT + TEXT) / 2 };
  g_autoptr (LineReading) reading = NULL;
  gdouble width, height;

  drawn_picture_add_text (
      picture, shown, font, WIDTH / 2, HEIGHT / 2, 0, 0, &width, &height);
  crop.pixels = g_malloc (WIDTH * HEIGHT);
  for (gint y = 0; y < HEIGHT; y++)
    memcpy (crop.pixels + y * WIDTH, picture->pixels + y * picture->stride,
        WIDTH);
  reading = make_reading (
      read, (WIDTH - width) / 2, (WIDTH + width) / 2, shift);
  jamo_ticks_restore (reading, &crop);
  g_free (crop.pixels);
  return g_strdup (
      ((ReadWord *)g_ptr_array_index (reading->words, 0))->text);
}

static void
read_as_in_row (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);

  for (guint i = 0; i < G_N_ELEMENTS (fonts); i++) {
    for (gdouble shift = 0; shift < 0.6; shift += 0.25) {
      g_autofree gchar *text
          = restore (rows[row].shown, rows[row].read, fonts[i], shift);

      if (strcmp (text, rows[row].shown) != 0)
        g_error ("%s: %s", fonts[i], text);
    }
  }
}

/* What was renamed has none. */
static void
letters_that_are_not_known_are_let_be (void)
{
  g_autoptr (LineReading) reading = make_reading ("조", 0, 40, 0);
  ReadWord *word = g_ptr_array_index (reading->words, 0);
  guint8 pixels[4] = { 0, };
  const LineCrop crop = { .width = 2, .height = 2, .pixels = pixels,
    .text_bottom = 2 };

  g_clear_pointer (&word->letters, g_array_unref);
  jamo_ticks_restore (reading, &crop);
  g_assert_cmpstr (word->text, ==, "조");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    ADD_ROW (read_as_in_row, rows[i].name, GUINT_TO_POINTER (i));
  ADD (letters_that_are_not_known_are_let_be);
  return g_test_run ();
}
