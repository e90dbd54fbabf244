/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which of two readings dictionaries prefer.
 */
#include "reading/spelling.h"

#include <glib/gstdio.h>

#include "../../testrows.h"

#define TESTS "/reading/spelling/"

static const struct
{
  const gchar *name, *content;
} files[] = {
  { "en_US.aff", "SET UTF-8\n" },
  { "en_US.dic", "4\ndescribed\nareas\nSeoul\nkeys\n" },
  { "ko.aff", "SET UTF-8\n" },
  { "ko.dic", "2\n선생님이\n안전모를\n" },
};

static void
word_that_is_written_is_preferred (void)
{
  static const struct
  {
    const gchar *other, *text;
    gboolean preferred;
  } rows[] = {
    { "described", "deseribed", TRUE },
    { "areas.", "oreas.", TRUE },
    { "안전모를", "안친모를", TRUE },
    /* Both are words, or neither is. */
    { "areas", "keys", FALSE },
    { "oreas", "areas", FALSE },
    { "oreas", "orees", FALSE },
    /* A letter is missing: that is no misreading of one. */
    { "described", "deseribe", FALSE },
    /* Names in capitals, numbers and what is short are in no dictionary. */
    { "KEYS", "KEVS", FALSE },
    { "keys", "k3ys", FALSE },
    { "선생님이", "areas", FALSE },
    { "", "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s, %s", rows[i].other, rows[i].text);
    g_assert_cmpint (spelling_prefers (rows[i].other, rows[i].text), ==,
        rows[i].preferred);
  }
}

static void
word_that_is_in_no_dictionary_is_rejected (void)
{
  static const struct
  {
    const gchar *text;
    gboolean rejected;
  } rows[] = {
    { "deseribed", TRUE },
    { "described,", FALSE },
    { "안선모를", TRUE },
    { "안전모를?", FALSE },
    { "Seoul", FALSE },
    /* Nobody knows. */
    { "SEOU1", FALSE },
    { "KEVS", FALSE },
    { "안", FALSE },
    { "oft", FALSE },
    { "東京都", FALSE },
    { "안전모를-", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].text);
    g_assert_cmpint (spelling_rejects (rows[i].text), ==, rows[i].rejected);
  }
}

int
main (int argc, char **argv)
{
  g_autofree gchar *folder = NULL;
  gint result;

  g_test_init (&argc, &argv, NULL);
#ifndef HAVE_HUNSPELL
  g_print ("1..0 # SKIP built without Hunspell\n");
  return 0;
#endif
  folder = g_dir_make_tmp (NULL, NULL);
  g_setenv ("DICPATH", folder, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree gchar *path = g_build_filename (folder, files[i].name, NULL);

    g_assert_true (g_file_set_contents (path, files[i].content, -1, NULL));
  }
  ADD (word_that_is_written_is_preferred);
  ADD (word_that_is_in_no_dictionary_is_rejected);
  result = g_test_run ();
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree gchar *path = g_build_filename (folder, files[i].name, NULL);

    g_unlink (path);
  }
  g_rmdir (folder);
  return result;
}
