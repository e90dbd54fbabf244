/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * From results over time to texts with the time span in which each was seen.
 *
 * A line that was read a little differently from one picture to the next is
 * one text; the reading that came most often stands for it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TextSpans TextSpans;

/* Called for each text; times in nanoseconds. */
typedef void (*TextSpanFunc) (const gchar * text, guint64 start, guint64 end,
    gpointer data);

TextSpans *text_spans_new (void);
void text_spans_free (TextSpans * spans);

/* The lines that were seen at time; times only grow. */
void text_spans_add (TextSpans * spans, guint64 time,
    const gchar * const *lines);

/* Tells of all texts in the order of their start. A text ends with the first
 * picture that no longer showed it, at the latest at end. */
void text_spans_foreach (TextSpans * spans, guint64 end, TextSpanFunc func,
    gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TextSpans, text_spans_free)

G_END_DECLS
