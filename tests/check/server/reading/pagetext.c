/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pagetext.h"

gchar *
page_text_read (Recognizer *recognizer, const GrayPicture *picture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) words
      = recognizer_read (recognizer, picture, 0, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (text, "%s%s", i ? " " : "",
        ((KocrAnswerWord *)g_ptr_array_index (words, i))->text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
