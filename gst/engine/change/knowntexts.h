/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Known texts: where a picture that was sent has text, and how far each of them
 * has moved since; by which it is told what of a line that is found is known.
 * Pure.
 */
#pragma once

#include "change/textcontrast.h"
#include "request.h"

typedef struct
{
  KocrPlaneArea area; /* in what was sent */
  gint x, y;          /* how far it had moved in the sample before */
} KocrKnownText;

/* Whether its middle is in @line of what was sent. */
gboolean kocr_known_text_is_in (
    const KocrKnownText *self, const KocrPlaneArea *line);
/* In pixels of which one is @scale pixels of its own. */
KocrTextMove kocr_known_text_get_move (
    const KocrKnownText *self, gdouble scale);

/* Whether @line is what @texts: (element-type KocrKnownText) are, by at least
 * its half. Words of one line each have a part of it. */
gboolean kocr_known_texts_cover (
    const GArray *texts, const KocrPlaneArea *line);
/* What of @line lies beside them, at its longer end; all of it, if none is in
 * it. */
KocrPlaneArea kocr_known_texts_get_rest (
    const GArray *texts, const KocrPlaneArea *line);
