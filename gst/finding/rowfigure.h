/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Row figures: single letters that stand in the row of a line, far from it: the
 * figures in a table's cells, the numbers of pieces on a receipt, the goals on
 * a board, which are as often lighter than their ground where the names are
 * darker.  Alone they are no more than any mark; their row speaks for them. */
#pragma once

#include "linefit.h"

/* Appends those of the @n glyphs numbered in @strays (G_MAXUINT: none) that may
 * be a figure to @figures, each as a line (TextLine, transfer full). */
void kocr_row_figures_collect (
    const LineFit *self, const guint *strays, guint n, GPtrArray *figures);

/* Moves those of @figures that stand in the row of one of @rows, lines that are
 * text, and not in the place of one, to @lines. */
void kocr_row_figures_join (
    GPtrArray *figures, const GPtrArray *rows, GPtrArray *lines);
