/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * From a group of glyphs to lines: its tilt is found, several lines that hang
 * together are taken apart, and each is measured.
 */
#pragma once

#include "textline.h"

typedef struct
{
  const PyramidLevel *level;
  const ComponentSet *set;
  const GArray *glyphs;         /* of Glyph */
  gboolean light;
} LineFit;

/* Appends the lines (TextLine, transfer full) among the @n glyphs numbered in
 * @members to @lines. May reorder @members. */
void kocr_line_fit_group (const LineFit * self, guint * members, guint n,
    GPtrArray * lines);

/* Appends a line of the glyph @member alone, which has no tilt. */
void kocr_line_fit_single (
    const LineFit *self, guint member, GPtrArray *lines);

/* Appends the runs (LineRun) of a glyph. */
void kocr_line_fit_add_runs (const LineFit *self, guint member, GArray *runs);
