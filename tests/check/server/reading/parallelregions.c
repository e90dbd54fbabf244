/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What Tesseract's threads are: the one that reads, whatever OpenMP it asks for
 * more of.
 */
#include "reading/tesseract.h"

#include <dlfcn.h>

#include "../../testrows.h"

#define TESTS "/reading/parallelregions/"

#define N_SECTIONS 4

static guint (*next_section) (void);
static GString *done;
static GThread *reader;

static void
work (gpointer data)
{
  const gchar *name = data;

  g_assert_true (g_thread_self () == reader);
  g_string_append (done, name);
}

/* As the compiler has it. */
static void
work_on_sections (gpointer data)
{
  void (*parallel) (void (*) (gpointer), gpointer, guint, guint)
      = (void (*) (void (*) (gpointer), gpointer, guint, guint))dlsym (
          RTLD_DEFAULT, "GOMP_parallel");
  guint section;

  while ((section = next_section ()) != 0) {
    g_autofree gchar *name = g_strdup_printf ("%u", section);

    parallel (work, name, N_SECTIONS, 0);
  }
}

static void
sections_are_run_once_each_by_the_thread_that_asks (void)
{
  void (*parallel_sections) (void (*) (gpointer), gpointer, guint, guint, guint)
      = (void (*) (void (*) (gpointer), gpointer, guint, guint, guint))dlsym (
          RTLD_DEFAULT, "GOMP_parallel_sections");

  if (!parallel_sections) {
    g_test_skip ("Tesseract was built without GCC's OpenMP");
    return;
  }
  next_section
      = (guint (*) (void))dlsym (RTLD_DEFAULT, "GOMP_sections_next");
  reader = g_thread_self ();
  done = g_string_new (NULL);
  parallel_sections (work_on_sections, NULL, N_SECTIONS, N_SECTIONS, 0);
  g_assert_cmpstr (done->str, ==, "1234");
  g_assert_cmpuint (next_section (), ==, 0);
  g_string_free (done, TRUE);
}

int
main (int argc, char **argv)
{
  g_autoptr (Recognizer) recognizer
      = tesseract_recognizer_new ("kor+eng", NULL, NULL);

  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (recognizer);
  ADD (sections_are_run_once_each_by_the_thread_that_asks);
  return g_test_run ();
}
