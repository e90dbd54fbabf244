/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "textspans.h"

#include <string.h>

/* Two readings of one line differ in at most this share of their letters. On
 * the sample clip misreadings differ in up to a fifth, different lines of like
 * length in more than half. */
#define MAX_DIFFERENCE 0.25

/* Letters that are compared; a longer line differs early enough. */
#define MAX_LETTERS 256

typedef struct
{
  gchar *text;
  guint count;
} Reading;

typedef struct
{
  GArray *readings;             /* of Reading */
  guint64 start;
  guint64 end;                  /* of the first picture without it */
  guint last_picture;           /* that showed it */
} Span;

struct _TextSpans
{
  GPtrArray *spans;             /* of Span, by start */
  guint n_pictures;
};

static void
reading_clear (gpointer data)
{
  g_free (((Reading *) data)->text);
}

static void
span_free (gpointer data)
{
  Span *span = data;

  g_array_unref (span->readings);
  g_free (span);
}

TextSpans *
text_spans_new (void)
{
  TextSpans *spans = g_new0 (TextSpans, 1);

  spans->spans = g_ptr_array_new_with_free_func (span_free);
  return spans;
}

void
text_spans_free (TextSpans * spans)
{
  g_ptr_array_unref (spans->spans);
  g_free (spans);
}

/* Copies the letters and digits of text, blanks and marks left out: those are
 * what recognition is least sure of. */
static guint
get_letters (const gchar * text, gunichar * letters)
{
  guint n = 0;

  for (; *text && n < MAX_LETTERS; text = g_utf8_next_char (text)) {
    gunichar letter = g_utf8_get_char (text);

    if (g_unichar_isalnum (letter))
      letters[n++] = g_unichar_tolower (letter);
  }
  return n;
}

/* Levenshtein's distance, row by row. */
static guint
edit_distance (const gunichar * a, guint n_a, const gunichar * b, guint n_b)
{
  guint row[MAX_LETTERS + 1];

  for (guint j = 0; j <= n_b; j++)
    row[j] = j;
  for (guint i = 0; i < n_a; i++) {
    guint diagonal = row[0];

    row[0] = i + 1;
    for (guint j = 0; j < n_b; j++) {
      guint above = row[j + 1];
      guint change = diagonal + (a[i] != b[j]);

      row[j + 1] = MIN (change, MIN (above, row[j]) + 1);
      diagonal = above;
    }
  }
  return row[n_b];
}

static gboolean
is_same_text (const gchar * a, const gchar * b)
{
  gunichar letters_a[MAX_LETTERS], letters_b[MAX_LETTERS];
  guint n_a = get_letters (a, letters_a);
  guint n_b = get_letters (b, letters_b);

  if (n_a == 0 && n_b == 0)
    return strcmp (a, b) == 0;
  return edit_distance (letters_a, n_a, letters_b, n_b)
      <= MAX_DIFFERENCE * MAX (n_a, n_b);
}

static void
add_reading (Span * span, const gchar * text)
{
  Reading reading = { NULL, 1 };

  for (guint i = 0; i < span->readings->len; i++) {
    Reading *known = &g_array_index (span->readings, Reading, i);

    if (strcmp (known->text, text) == 0) {
      known->count++;
      return;
    }
  }
  reading.text = g_strdup (text);
  g_array_append_val (span->readings, reading);
}

static const gchar *
best_reading (const Span * span)
{
  const Reading *best = &g_array_index (span->readings, Reading, 0);

  for (guint i = 1; i < span->readings->len; i++) {
    const Reading *reading = &g_array_index (span->readings, Reading, i);

    if (reading->count > best->count)
      best = reading;
  }
  return best->text;
}

/* The text that line continues: one that was seen in the last picture or the
 * one before, and not yet in this one. */
static Span *
find_span (TextSpans * spans, const gchar * line)
{
  for (guint i = spans->spans->len; i-- > 0;) {
    Span *span = g_ptr_array_index (spans->spans, i);

    if (span->last_picture < spans->n_pictures
        && span->last_picture + 2 >= spans->n_pictures
        && is_same_text (best_reading (span), line))
      return span;
  }
  return NULL;
}

void
text_spans_add (TextSpans * spans, guint64 time, const gchar * const *lines)
{
  spans->n_pictures++;
  for (; *lines; lines++) {
    Span *span = find_span (spans, *lines);

    if (!span) {
      span = g_new0 (Span, 1);
      span->readings = g_array_new (FALSE, FALSE, sizeof (Reading));
      g_array_set_clear_func (span->readings, reading_clear);
      span->start = time;
      g_ptr_array_add (spans->spans, span);
    }
    add_reading (span, *lines);
    span->last_picture = spans->n_pictures;
  }
  for (guint i = 0; i < spans->spans->len; i++) {
    Span *span = g_ptr_array_index (spans->spans, i);

    if (span->last_picture == spans->n_pictures)
      span->end = G_MAXUINT64;
    else if (span->end == G_MAXUINT64)
      span->end = time;
  }
}

void
text_spans_foreach (TextSpans * spans, guint64 end, TextSpanFunc func,
    gpointer data)
{
  for (guint i = 0; i < spans->spans->len; i++) {
    const Span *span = g_ptr_array_index (spans->spans, i);

    func (best_reading (span), span->start, MIN (span->end, end), data);
  }
}
