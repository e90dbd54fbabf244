/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How often the engine is asked. Tesseract's own functions are stood in for: one
 * counts, the other says how sure it is.
 */
#include "pagereader.h"

#include <dlfcn.h>
#include <glib/gstdio.h>
#include <tesseract/capi.h>

#include "../../testrows.h"
#include "drawnpicture.h"

#define TESTS "/reading/attempts/"

/* As many lines in a row that were none, and a picture has no more. */
#define MAX_FAILURES 24

/* Of the model of the script, which is asked first, and of the other one. */
static TessBaseAPI *first;
static guint n_first, n_second;
/* 0: as sure as it is. */
static gfloat confidence;

float
TessResultIteratorConfidence (
    const TessResultIterator *self, TessPageIteratorLevel level)
{
  float (*real) (const TessResultIterator *, TessPageIteratorLevel)
      = (float (*) (const TessResultIterator *, TessPageIteratorLevel))dlsym (
          RTLD_NEXT, "TessResultIteratorConfidence");

  return confidence > 0 ? confidence : real (self, level);
}

int
TessBaseAPIRecognize (TessBaseAPI *engine, ETEXT_DESC *monitor)
{
  int (*real) (TessBaseAPI *, ETEXT_DESC *)
      = (int (*) (TessBaseAPI *, ETEXT_DESC *))dlsym (
          RTLD_NEXT, "TessBaseAPIRecognize");

  if (!first)
    first = engine;
  if (engine == first)
    n_first++;
  else
    n_second++;
  return real (engine, monitor);
}

static void
assert_reads (const GrayPicture *picture, const gchar *expected)
{
  g_autofree gchar *text = NULL;

  n_first = n_second = 0;
  text = page_reader_read_text (picture);
  g_test_message ("%s: %u, %u", text, n_first, n_second);
  g_assert_cmpstr (text, ==, expected);
}

static void
draw_and_read (const gchar *text, gfloat told_confidence)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (1280, 720, 20);

  drawn_picture_add_text (picture, text, "DejaVu Sans 28px", 640, 400, 0, 235,
      NULL, NULL);
  confidence = told_confidence;
  assert_reads (picture, text);
  confidence = 0;
}

static void
a_line_that_two_crops_read_alike_is_read_no_third_time (void)
{
  draw_and_read ("Where are you going", 89);
  g_assert_cmpuint (n_first, ==, 2);
}

static void
a_sure_word_that_is_in_no_dictionary_is_read_once (void)
{
  draw_and_read ("Please fasten your belt", 95);
  g_assert_cmpuint (n_first, ==, 1);
}

static void
texture_is_given_up_for_all_of_the_picture (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (1280, 720, 128);

  drawn_picture_add_noise (picture, 20, 2);
  assert_reads (picture, "");
  g_assert_cmpuint (n_first, ==, MAX_FAILURES);
}

/* The first round ends with it. */
static void
texture_beside_text_leaves_the_other_finds_of_the_text (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (1280, 720, 128);

  drawn_picture_add_noise (picture, 20, 2);
  drawn_picture_add_text (picture, "Where are you going", "DejaVu Sans 48px",
      640, 400, 0, 255, NULL, NULL);
  assert_reads (picture, "Where are you going");
  g_assert_cmpuint (n_first, >, 1 + MAX_FAILURES);
}

static void
texture_is_hardly_read_by_the_other_model (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (1280, 720, 128);

  drawn_picture_add_noise (picture, 20, 2);
  assert_reads (picture, "");
  g_assert_cmpuint (n_second, <, n_first / 4);
}

/* Of the words of the first test. */
static void
write_dictionary (const gchar *affixes, const gchar *words)
{
  g_assert_true (g_file_set_contents (affixes, "SET UTF-8\n", -1, NULL));
  g_assert_true (g_file_set_contents (words, "2\nWhere\ngoing\n", -1, NULL));
}

int
main (int argc, char **argv)
{
  g_autofree gchar *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree gchar *affixes = g_build_filename (folder, "en_US.aff", NULL);
  g_autofree gchar *words = g_build_filename (folder, "en_US.dic", NULL);
  gint result;

  write_dictionary (affixes, words);
  g_setenv ("DICPATH", folder, TRUE);
  page_reader_init (&argc, &argv);
  ADD (a_line_that_two_crops_read_alike_is_read_no_third_time);
  ADD (a_sure_word_that_is_in_no_dictionary_is_read_once);
  ADD (texture_is_given_up_for_all_of_the_picture);
  ADD (texture_beside_text_leaves_the_other_finds_of_the_text);
  ADD (texture_is_hardly_read_by_the_other_model);
  result = page_reader_run ();
  g_unlink (affixes);
  g_unlink (words);
  g_rmdir (folder);
  return result;
}
