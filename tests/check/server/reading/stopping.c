/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Readings that end early: Tesseract fails, nobody waits any more, or there
 * are more words than are wanted. Tesseract's own function is stood in for, so
 * that each happens at a line of the test's choice.
 */
#include "pagereader.h"

#include <dlfcn.h>
#include <tesseract/capi.h>

#include "../../testrows.h"
#include "drawnpicture.h"

#define TESTS "/reading/stopping/"

#define N_LINES 12
#define WORDS_A_LINE 4

static guint n_calls, fail_at, cancel_at;
static GCancellable *cancellable;

int
TessBaseAPIRecognize (TessBaseAPI * engine, ETEXT_DESC * monitor)
{
  int (*real) (TessBaseAPI *, ETEXT_DESC *) =
      (int (*)(TessBaseAPI *, ETEXT_DESC *)) dlsym (RTLD_NEXT,
      "TessBaseAPIRecognize");

  n_calls++;
  if (n_calls == fail_at)
    return -1;
  if (n_calls == cancel_at)
    g_cancellable_cancel (cancellable);
  return real (engine, monitor);
}

static GPtrArray *
read_page (guint max_words, GError ** error)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (1280, 720, 235);
  guint i;

  for (i = 0; i < N_LINES; i++)
    drawn_picture_add_text (picture, "Where are you going",
        "DejaVu Sans 28px", 640, 40 + 56 * i, 0, 20, NULL, NULL);
  n_calls = 0;
  return recognizer_read (page_reader, picture, max_words, cancellable, error);
}

static void
a_failure_of_tesseract_is_an_error (void)
{
  g_autoptr (GError) error = NULL;

  fail_at = 3;
  g_assert_null (read_page (0, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpuint (n_calls, ==, 3);
  fail_at = 0;
}

static void
a_cancelled_reading_reads_no_further_line (void)
{
  g_autoptr (GError) error = NULL;

  cancellable = g_cancellable_new ();
  cancel_at = 3;
  g_assert_null (read_page (0, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (n_calls, ==, 3);
  cancel_at = 0;
  g_clear_object (&cancellable);
}

static void
a_reading_that_is_cancelled_before_finds_nothing (void)
{
  g_autoptr (GError) error = NULL;

  cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  g_assert_null (read_page (0, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (n_calls, ==, 0);
  g_clear_object (&cancellable);
}

static void
too_many_words_are_noticed_while_it_reads (void)
{
  g_autoptr (GPtrArray) all = read_page (0, NULL), some = NULL;
  guint calls_for_all = n_calls;

  g_assert_cmpuint (all->len, ==, N_LINES * WORDS_A_LINE);
  some = read_page (2 * WORDS_A_LINE, NULL);
  g_assert_cmpuint (some->len, >, 2 * WORDS_A_LINE);
  g_assert_cmpuint (n_calls, <, calls_for_all / 2);
}

int
main (int argc, char **argv)
{
  page_reader_init (&argc, &argv);
  ADD (a_failure_of_tesseract_is_an_error);
  ADD (a_cancelled_reading_reads_no_further_line);
  ADD (a_reading_that_is_cancelled_before_finds_nothing);
  ADD (too_many_words_are_noticed_while_it_reads);
  return page_reader_run ();
}
