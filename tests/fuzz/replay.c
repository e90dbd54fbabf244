/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Replay: gives each file of a corpus to a fuzz target, and its head and its
 * bytes a little changed. It stands where libFuzzer's main does, so that the
 * ordinary test run, with any compiler, knows that the targets and the corpus
 * are well.
 *
 * Usage: TARGET FOLDER
 */
#include <glib.h>

#include "target.h"

#define MAX_CUTS 64
#define MAX_FLIPS 64

static void
run (const guint8 * data, gsize size)
{
  /* Of its own, so that a sanitizer sees what is read beyond the end. */
  g_autofree guint8 *copy = g_memdup2 (data, size);

  LLVMFuzzerTestOneInput (copy, size);
}

static void
input_is_survived (gconstpointer path)
{
  g_autofree gchar *contents = NULL;
  gsize length, i;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  run ((const guint8 *) contents, length);
  for (i = 0; i < MIN (length, MAX_CUTS); i++)
    run ((const guint8 *) contents, length * i / MIN (length, MAX_CUTS));
  for (i = 0; i < MIN (length, MAX_FLIPS); i++) {
    gsize at = length * i / MIN (length, MAX_FLIPS);

    contents[at] ^= 1 << i % 8;
    run ((const guint8 *) contents, length);
    contents[at] ^= 1 << i % 8;
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (GDir) folder = NULL;
  const gchar *name;
  guint n = 0;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  folder = g_dir_open (argv[1], 0, NULL);
  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder))) {
    g_autofree gchar *test = g_strconcat ("/fuzz/", FUZZ_TARGET, "/", name,
        NULL);

    g_test_add_data_func_full (test, g_build_filename (argv[1], name, NULL),
        input_is_survived, g_free);
    n++;
  }
  g_assert_cmpuint (n, >, 0);
  return g_test_run ();
}
