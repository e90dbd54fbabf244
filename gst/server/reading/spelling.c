/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/spelling.h"

#ifdef HAVE_HUNSPELL
#include <hunspell/hunspell.h>

#include "reading/baretext.h"

/* What is shorter is a word by chance. */
#define MIN_SYLLABLES 2
#define MIN_LETTERS 4

/* Where Hunspell's programs look, but for $DICPATH. */
#define FOLDERS "/usr/share/hunspell:/usr/share/myspell/dicts"

typedef struct
{
  const gchar *names[4];
  gboolean looked_for;
  Hunhandle *handle;
} Dictionary;

/* One for each script, loaded when the first word of it is in doubt; that of
 * Korean takes half a second. Hunspell may be asked by one thread at a time. */
static GMutex lock;
static Dictionary korean = { .names = { "ko", "ko_KR" } };
static Dictionary english = { .names = { "en_US", "en_GB" } };

static gboolean
open_in (Dictionary *self, const gchar *folder)
{
  guint i;

  for (i = 0; self->names[i] && !self->handle; i++) {
    g_autofree gchar *affixes
        = g_strdup_printf ("%s/%s.aff", folder, self->names[i]);
    g_autofree gchar *words
        = g_strdup_printf ("%s/%s.dic", folder, self->names[i]);

    if (g_file_test (affixes, G_FILE_TEST_EXISTS)
        && g_file_test (words, G_FILE_TEST_EXISTS))
      self->handle = Hunspell_create (affixes, words);
  }
  return self->handle != NULL;
}

static void
open_once (Dictionary *self)
{
  const gchar *own = g_getenv ("DICPATH");
  g_auto (GStrv) folders = NULL;
  guint i;

  if (self->looked_for)
    return;
  self->looked_for = TRUE;
  folders = g_strsplit (own ? own : FOLDERS, ":", -1);
  for (i = 0; folders[i] && !open_in (self, folders[i]); i++)
    ;
}

/* Returns (transfer full) a word without the marks at both its ends. */
static gchar *
bare (const gchar *text)
{
  gsize n_bytes;
  const gchar *start = bare_text_find (text, &n_bytes);

  return g_strndup (start, n_bytes);
}

/* The script of all its letters, or that of none where they are of several or no
 * letters; a name in capitals is in no dictionary. */
static GUnicodeScript
script_of (const gchar *text)
{
  GUnicodeScript script = G_UNICODE_SCRIPT_UNKNOWN;
  gboolean has_lower = FALSE;
  const gchar *at;

  for (at = text; *at; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (!g_unichar_isalpha (c)
        || (at > text && g_unichar_get_script (c) != script))
      return G_UNICODE_SCRIPT_UNKNOWN;
    script = g_unichar_get_script (c);
    has_lower |= !g_unichar_isupper (c);
  }
  return has_lower ? script : G_UNICODE_SCRIPT_UNKNOWN;
}

/* The one that knows words of @script of @length letters, or NULL. */
static Dictionary *
find_dictionary (GUnicodeScript script, glong length)
{
  if (script == G_UNICODE_SCRIPT_HANGUL && length >= MIN_SYLLABLES)
    return &korean;
  if (script == G_UNICODE_SCRIPT_LATIN && length >= MIN_LETTERS)
    return &english;
  return NULL;
}

/* Does @self not have @text, but @other? (nullable: any) */
static gboolean
decide (Dictionary *self, const gchar *text, const gchar *other)
{
  gboolean decides;

  g_mutex_lock (&lock);
  open_once (self);
  decides = self->handle && !Hunspell_spell (self->handle, text)
            && (!other || Hunspell_spell (self->handle, other));
  g_mutex_unlock (&lock);
  return decides;
}

gboolean
spelling_prefers (const gchar *other, const gchar *text)
{
  g_autofree gchar *word = bare (text), *rival = bare (other);
  glong length = g_utf8_strlen (word, -1);
  GUnicodeScript script = script_of (word);
  Dictionary *dictionary = find_dictionary (script, length);

  return dictionary && g_utf8_strlen (rival, -1) == length
         && script_of (rival) == script && !g_str_equal (word, rival)
         && decide (dictionary, word, rival);
}

gboolean
spelling_rejects (const gchar *text)
{
  g_autofree gchar *word = bare (text);
  Dictionary *dictionary
      = find_dictionary (script_of (word), g_utf8_strlen (word, -1));

  return dictionary && decide (dictionary, word, NULL);
}

#else

gboolean
spelling_prefers (const gchar *other, const gchar *text)
{
  return FALSE;
}

gboolean
spelling_rejects (const gchar *text)
{
  return FALSE;
}

#endif
