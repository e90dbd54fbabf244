/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text passage: with which of the frames around a sample a text left the picture
 * that moves out of it, or was the first time in one that it moved in to. Pure.
 *
 * What moves comes and goes nowhere in its box, and a line that rolls is followed
 * by another one at its place: no picture between two samples tells by what is
 * there that it went.  So texts are followed (motion/motion.h), those that cannot
 * be along with their neighbours.  At the edge what is left of one is lost; from
 * there on it goes on as it went.  It is out when all of a row is that runs
 * sideways, and the middle of one that rolls.
 */
#pragma once

#include "motion/textedge.h"

typedef struct
{
  guint at;                     /* the first picture that it is out of, or that it
                                 * is in; 0: it did not pass an edge, or that is not
                                 * known */
  gboolean stays;               /* it is elsewhere in the last one, or was in the
                                 * oldest one */
  guint leapt;                  /* of an exit: the picture with which it went all
                                 * of the way there, as another text at its place
                                 * seems to; 0: there is none */
} KocrTextPassage;

/* How the texts that the first sample shows in @boxes (array length=8*n), corners
 * in pixels of the frame, leave the picture by the last one. */
void kocr_text_passage_find_exits (const KocrTextPictures *pictures,
    const gdouble *boxes, guint n, KocrTextPassage *passages);
/* The same of those that the last one shows: how they came into the picture, be it
 * before the first sample. */
void kocr_text_passage_find_entries (const KocrTextPictures *pictures,
    const gdouble *boxes, guint n, KocrTextPassage *passages);
