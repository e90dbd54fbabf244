/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Drawn lines: the crop of one, and what an engine would have read of it.
 */
#pragma once

#include "reading/linereading.h"

typedef struct
{
  LineCrop crop;
  gdouble left, right; /* columns that the ink takes */
} DrawnLine;

/* Black on white. */
DrawnLine *drawn_line_new (const gchar *text, const gchar *font);
void drawn_line_free (DrawnLine *self);

/* Words parted by blanks, of letters of one width, each @shift of it further to
 * the right. */
LineReading *drawn_line_read (
    const DrawnLine *self, const gchar *text, gdouble shift);

/* What mends letters of a reading by their ink. */
typedef void (*LetterMender) (LineReading *reading, const LineCrop *crop,
    const GArray *letters, const GArray *edges);

/* Has @reading, which is of the line, mended. */
void drawn_line_mend (
    const DrawnLine *self, LineReading *reading, LetterMender mend);

/* Its words, with blanks between. */
gchar *drawn_line_text (const LineReading *reading);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawnLine, drawn_line_free)
