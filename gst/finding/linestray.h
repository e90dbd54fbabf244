/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A letter or a dash that stands by itself, too far from its line for the
 * grouping of neighbours: in a title whose letters are set apart, the first
 * digit of a row, the dash between two columns. */
#pragma once

#include "linefit.h"

/* Adds what of the @n glyphs numbered in @strays, each of which is a group by
 * itself, belongs to one of @lines, from @first on. It is G_MAXUINT then. */
void kocr_line_strays_join (const LineFit *self, guint *strays, guint n,
    GPtrArray *lines, guint first);
