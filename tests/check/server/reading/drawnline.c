/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "drawnline.h"

#include <string.h>

#include "drawnpicture.h"
#include "reading/wordedges.h"

#define WIDTH 400
#define HEIGHT 72

DrawnLine *
drawn_line_new (const gchar *text, const gchar *font)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (WIDTH, HEIGHT, 255);
  DrawnLine *self = g_new0 (DrawnLine, 1);
  gdouble width, height;

  drawn_picture_add_text (
      picture, text, font, WIDTH / 2, HEIGHT / 2, 0, 0, &width, &height);
  self->left = (WIDTH - width) / 2;
  self->right = (WIDTH + width) / 2;
  self->crop = (LineCrop){ .width = WIDTH,
    .height = HEIGHT,
    .text_top = (HEIGHT - height) / 2,
    .text_bottom = (HEIGHT + height) / 2,
    .pixels = g_malloc (WIDTH * HEIGHT) };
  for (gint y = 0; y < HEIGHT; y++)
    memcpy (self->crop.pixels + y * WIDTH,
        picture->pixels + y * picture->stride, WIDTH);
  return self;
}

void
drawn_line_free (DrawnLine *self)
{
  line_crop_clear (&self->crop);
  g_free (self);
}

static ReadWord *
read_word (const gchar *text, gdouble left, gdouble width, gdouble shift)
{
  ReadWord *word = g_new0 (ReadWord, 1);

  word->text = g_strdup (text);
  word->confidence = 95;
  word->n_characters = g_utf8_strlen (text, -1);
  word->left = left;
  word->right = left + word->n_characters * width;
  word->letters = g_array_new (FALSE, FALSE, sizeof (ReadLetter));
  for (guint i = 0; i < word->n_characters; i++) {
    const gchar *at = g_utf8_offset_to_pointer (text, i);
    const ReadLetter letter = { g_utf8_next_char (at) - at, 95,
      left + (i + shift) * width, left + (i + 1) * width };

    g_array_append_val (word->letters, letter);
  }
  return word;
}

LineReading *
drawn_line_read (const DrawnLine *self, const gchar *text, gdouble shift)
{
  LineReading *reading = g_new0 (LineReading, 1);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint n = g_utf8_strlen (text, -1) + 1 - g_strv_length (words), i, first = 0;
  gdouble width = (self->right - self->left) / n;

  reading->n_characters = n;
  reading->words
      = g_ptr_array_new_with_free_func ((GDestroyNotify)read_word_free);
  for (i = 0; words[i]; i++) {
    g_ptr_array_add (reading->words,
        read_word (words[i], self->left + first * width, width, shift));
    first += g_utf8_strlen (words[i], -1);
  }
  return reading;
}

void
drawn_line_mend (
    const DrawnLine *self, LineReading *reading, LetterMender mend)
{
  g_autoptr (GArray) letters = g_array_new (FALSE, FALSE, sizeof (LetterPlace));
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (WordEdges));

  word_edges_find_letters (reading, &self->crop, letters, edges);
  mend (reading, &self->crop, letters, edges);
}

gchar *
drawn_line_text (const LineReading *reading)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < reading->words->len; i++)
    g_string_append_printf (text, "%s%s", i ? " " : "",
        ((ReadWord *)g_ptr_array_index (reading->words, i))->text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
