/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "enc/vocabulary.h"

#include <string.h>

#define MAX_BYTES (1024 * 1024)
#define MAX_LETTERS 512

/* Of the letters of a text so many may differ. */
#define TOLERANCE 5

/* Texts that were looked up; some hundreds stand at a time. */
#define MAX_REMEMBERED 2048

typedef struct
{
  gunichar *letters;
  guint n_letters;
} Letters;

typedef struct
{
  gchar *text;
  Letters letters;
} Entry;

struct _KocrVocabulary
{
  GArray *entries;              /* of Entry, the shortest first */
  GHashTable *remembered;       /* text → what it is */
};

static void
letters_clear (Letters * letters)
{
  g_clear_pointer (&letters->letters, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Letters, letters_clear)

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_free (entry->text);
  letters_clear (&entry->letters);
}

/* @n_bytes: of text; it is valid UTF-8. */
static void
letters_init (Letters * self, const gchar * text, gssize n_bytes)
{
  g_autofree gchar *folded = g_utf8_casefold (text, n_bytes);
  g_autofree gchar *apart = g_utf8_normalize (folded, -1, G_NORMALIZE_NFKD);
  glong n_chars = g_utf8_strlen (apart, -1);

  self->letters = g_new (gunichar, n_chars + 1);
  self->n_letters = 0;
  for (const gchar * p = apart; *p; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!g_unichar_isspace (c) && !g_unichar_iscntrl (c))
      self->letters[self->n_letters++] = c;
  }
}

/* --- The file --- */

static gint
compare_lengths (gconstpointer a, gconstpointer b)
{
  guint m = ((const Entry *) a)->letters.n_letters;
  guint n = ((const Entry *) b)->letters.n_letters;

  return m < n ? -1 : m > n;
}

static void
add_line (KocrVocabulary * self, gchar * line)
{
  Entry entry = { g_strdup (g_strstrip (line)) };

  letters_init (&entry.letters, entry.text, -1);
  if (entry.letters.n_letters > 0 && entry.letters.n_letters <= MAX_LETTERS)
    g_array_append_val (self->entries, entry);
  else
    entry_clear (&entry);
}

static gchar *
read_file (const gchar * path, GError ** error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree gchar *contents = NULL;
  gsize size;

  if (!stream)
    return NULL;
  contents = g_malloc (MAX_BYTES + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), contents,
          MAX_BYTES + 1, &size, NULL, error))
    return NULL;
  if (size > MAX_BYTES) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
        "%s is larger than 1 MiB", path);
    return NULL;
  }
  contents[size] = '\0';
  if (!g_utf8_validate (contents, size, NULL)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
        "%s is not text in UTF-8", path);
    return NULL;
  }
  return g_steal_pointer (&contents);
}

KocrVocabulary *
kocr_vocabulary_load (const gchar * path, GError ** error)
{
  g_autofree gchar *contents = read_file (path, error);
  g_auto (GStrv) lines = NULL;
  KocrVocabulary *self;

  if (!contents)
    return NULL;
  self = g_atomic_rc_box_new0 (KocrVocabulary);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
  self->remembered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
      g_free);
  lines = g_strsplit (g_str_has_prefix (contents, "\xef\xbb\xbf") ?
      contents + 3 : contents, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    add_line (self, lines[i]);
  g_array_sort (self->entries, compare_lengths);
  return self;
}

KocrVocabulary *
kocr_vocabulary_ref (KocrVocabulary * self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  KocrVocabulary *self = data;

  g_array_unref (self->entries);
  g_hash_table_unref (self->remembered);
}

void
kocr_vocabulary_unref (KocrVocabulary * self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* --- The nearest --- */

/* How many letters are other, too many or missing; more than @limit for all
 * that are more. Only the @limit places to either side of a letter can matter.
 */
static guint
count_edits (const Letters * a, const Letters * b, guint limit)
{
  guint row[MAX_LETTERS + 1];

  for (guint j = 0; j <= b->n_letters; j++)
    row[j] = j;
  for (guint i = 1; i <= a->n_letters; i++) {
    guint from = i > limit ? i - limit : 1;
    guint to = MIN (b->n_letters, i + limit);
    guint diagonal = row[from - 1], least;

    row[from - 1] = from == 1 ? i : limit + 1;
    least = row[from - 1];
    for (guint j = from; j <= to; j++) {
      guint above = j < i + limit ? row[j] : limit + 1;
      guint same = diagonal + (a->letters[i - 1] != b->letters[j - 1]);

      diagonal = row[j];
      row[j] = MIN (same, MIN (above, row[j - 1]) + 1);
      least = MIN (least, row[j]);
    }
    if (least > limit)
      return least;
  }
  return row[b->n_letters];
}

/* NULL: none is near, or none is nearest. */
static const gchar *
find_nearest (const KocrVocabulary * self, const gchar * text, gssize n_bytes)
{
  const gchar *nearest = NULL;
  g_auto (Letters) letters = { NULL };
  gboolean alone = TRUE;
  guint best;

  letters_init (&letters, text, n_bytes);
  if (letters.n_letters == 0 || letters.n_letters > MAX_LETTERS)
    return NULL;
  best = letters.n_letters / TOLERANCE;
  for (guint i = 0; i < self->entries->len; i++) {
    const Entry *entry = &g_array_index (self->entries, Entry, i);
    guint edits;

    if (entry->letters.n_letters > letters.n_letters + best)
      break;
    if (entry->letters.n_letters + best < letters.n_letters)
      continue;
    edits = count_edits (&letters, &entry->letters, best);
    if (edits > best)
      continue;
    alone = !nearest || edits < best || g_str_equal (nearest, entry->text);
    best = edits;
    nearest = entry->text;
  }
  return alone ? nearest : NULL;
}

static gboolean
is_mark (const gchar * p)
{
  return g_unichar_ispunct (g_utf8_get_char (p));
}

/* Marks around a word are none of it. */
static void
append_word (const KocrVocabulary * self, GString * out, const gchar * word)
{
  const gchar *start = word, *end = word + strlen (word);
  const gchar *known;

  while (start < end && is_mark (start))
    start = g_utf8_next_char (start);
  while (end > start && is_mark (g_utf8_prev_char (end)))
    end = g_utf8_prev_char (end);
  known = find_nearest (self, start, end - start);
  if (!known) {
    g_string_append (out, word);
    return;
  }
  g_string_append_len (out, word, start - word);
  g_string_append (out, known);
  g_string_append (out, end);
}

static gchar *
correct (const KocrVocabulary * self, const gchar * text)
{
  const gchar *known = find_nearest (self, text, -1);
  g_auto (GStrv) words = NULL;
  GString *out;

  if (known)
    return g_strdup (known);
  words = g_strsplit (text, " ", -1);
  out = g_string_new (NULL);
  for (guint i = 0; words[i]; i++) {
    if (i > 0)
      g_string_append_c (out, ' ');
    append_word (self, out, words[i]);
  }
  return g_string_free (out, FALSE);
}

gchar *
kocr_vocabulary_correct (KocrVocabulary * self, const gchar * text)
{
  const gchar *found = g_hash_table_lookup (self->remembered, text);
  gchar *corrected;

  if (found)
    return g_strdup (found);
  corrected = correct (self, text);
  if (g_hash_table_size (self->remembered) >= MAX_REMEMBERED)
    g_hash_table_remove_all (self->remembered);
  g_hash_table_insert (self->remembered, g_strdup (text),
      g_strdup (corrected));
  return corrected;
}
