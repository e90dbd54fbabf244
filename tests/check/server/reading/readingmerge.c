/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the readings of several crops of one line come to.
 */
#include "reading/readingmerge.h"

#include <stdlib.h>
#include <string.h>

/* "text:confidence@left-right ..." */
static LineReading *
make_reading (const gchar *what)
{
  LineReading *self = g_new0 (LineReading, 1);
  g_auto (GStrv) words = g_strsplit (what, " ", -1);
  guint i;

  self->words = g_ptr_array_new_with_free_func ((GDestroyNotify)read_word_free);
  for (i = 0; words[i]; i++) {
    g_auto (GStrv) parts = g_strsplit_set (words[i], ":@-", 4);
    ReadWord *word = g_new0 (ReadWord, 1);
    gdouble left = atof (parts[2]), right = atof (parts[3]);
    gdouble box[8] = { left, 0, right, 0, right, 20, left, 20 };

    word->text = g_strdup (parts[0]);
    word->confidence = atof (parts[1]);
    word->n_characters = g_utf8_strlen (parts[0], -1);
    memcpy (word->box, box, sizeof box);
    g_ptr_array_add (self->words, word);
  }
  return self;
}

static gchar *
text_of (const LineReading *self)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  guint i;

  for (i = 0; i < self->words->len; i++)
    g_ptr_array_add (
        texts, ((ReadWord *)g_ptr_array_index (self->words, i))->text);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (" ", (gchar **)texts->pdata);
}

static void
words_come_from_the_crop_that_shows_them (void)
{
  static const struct
  {
    const gchar *best, *other, *both;
  } rows[] = {
    /* one left out, at the end, within, at the start */
    { "nobody:90@0-60 opened:90@70-130",
        "nobody:60@0-60 opened:60@70-130 market:93@140-200",
        "nobody opened market" },
    { "nobody:90@0-60 market:93@140-200", "opened:90@70-130",
        "nobody opened market" },
    { "opened:90@70-130", "nobody:92@2-60", "nobody opened" },
    /* one that the other crop guessed */
    { "nobody:90@0-60", "nobody:60@0-60 prigas:25@70-130", "nobody" },
    /* one misread */
    { "nobody:90@0-60 openel:50@70-130", "nobody:60@0-60 opened:90@71-129",
        "nobody opened" },
    { "nobody:90@0-60 opened:85@70-130", "openel:90@71-129", "nobody opened" },
    /* a part of one */
    { "market:70@60-130", "etp:95@95-130", "market" },
    /* one that is two in the other crop */
    { "nobody:60@0-60", "no:96@0-28 body:96@32-60", "nobody" },
    { "no:60@0-28 body:60@32-60", "nobody:96@0-60", "no body" },
    /* one that the other crop puts elsewhere */
    { "to:90@0-20 talk:90@60-100", "to:95@22-40", "to talk" },
    { "to:90@20-0 talk:90@60-100", "to:95@2-21", "to talk" },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LineReading) best = make_reading (rows[i].best);
    g_autoptr (LineReading) other = make_reading (rows[i].other);
    g_autofree gchar *text = NULL;

    reading_merge (best, other, 0);
    text = text_of (best);
    g_assert_cmpstr (text, ==, rows[i].both);
  }
}

static void
marks_come_from_the_crop_that_shows_them (void)
{
  static const struct
  {
    const gchar *best, *other, *both;
  } rows[] = {
    { "at:95@0-20 192:95@30-60 168:95@65-95", "at:90@0-20 192.168:60@30-95",
        "at 192.168" },
    { "src:95@0-30 main:95@35-75 c:95@80-90", "src/main.c:60@0-90",
        "src/main.c" },
    { "so:95@0-25 late:95@30-70", "so'late:60@0-70", "so late" },
    { "우리:95@0-25 집:95@30-70", "우리.집:60@0-70", "우리 집" },
    { "(10:95@0-25 30):95@30-55", "1030:90@0-55", "(10 30)" },
    { "(10:95@0-25 30):95@30-55", "10.30.:60@0-58", "(10.30)" },
    /* other letters */
    { "10:95@0-20 30:95@30-50", "10.80:60@0-50", "10 30" },
    /* a mark beyond its end */
    { "real:95@0-40 3s:95@50-70", "real.:60@0-42 3s.:60@50-72", "real 3s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LineReading) best = make_reading (rows[i].best);
    g_autoptr (LineReading) other = make_reading (rows[i].other);
    g_autofree gchar *text = NULL;

    reading_take_marks (best, other, 0);
    text = text_of (best);
    g_assert_cmpstr (text, ==, rows[i].both);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reading/readingmerge/"
                   "words_come_from_the_crop_that_shows_them",
      words_come_from_the_crop_that_shows_them);
  g_test_add_func ("/reading/readingmerge/"
                   "marks_come_from_the_crop_that_shows_them",
      marks_come_from_the_crop_that_shows_them);
  return g_test_run ();
}
