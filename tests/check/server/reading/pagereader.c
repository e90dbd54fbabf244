/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pagereader.h"

#include "reading/tesseract.h"

Recognizer *page_reader;

void
page_reader_init (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  g_test_init (argc, argv, NULL);
  page_reader = tesseract_recognizer_new ("kor+eng", NULL, &error);
  g_assert_no_error (error);
}

int
page_reader_run (void)
{
  int status = g_test_run ();

  g_clear_pointer (&page_reader, recognizer_free);
  return status;
}

GPtrArray *
page_reader_read_words (const GrayPicture *picture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *words = recognizer_read (page_reader, picture, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (words);
  return words;
}

gchar *
page_reader_read_text (const GrayPicture *picture)
{
  g_autoptr (GPtrArray) words = page_reader_read_words (picture);

  return page_text (words);
}

gchar *
page_text (const GPtrArray *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (text, "%s%s", i ? " " : "",
        ((KocrAnswerWord *)g_ptr_array_index (words, i))->text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
