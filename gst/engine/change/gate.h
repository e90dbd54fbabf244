/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Change gate: has a picture changed since another one?  Pure: planes of luma
 * in, yes or no out.
 *
 * In blocks of 8x8 pixels (4x4 where the planes are halved): the mean absolute
 * difference, once a global drift of luma (change/brightnessfit.h) is taken out
 * of the reference.  The picture has changed when some block differs by more
 * than the noise floor plus the threshold.  The floor is the median over the
 * blocks, at most 8 levels: what moves in more than half of the picture is no
 * noise.
 *
 * Blocks overlap by half, for a glyph lies where it likes.  Of all changes of a
 * digit into another in black 12-pixel text on white, in six fonts and at every
 * place, the least makes 22 levels in some block; in blocks side by side it
 * makes 9, which noise hides.  Noise with a standard deviation of 3 makes 5 at
 * most.  On halved planes the least is 13.
 *
 * Every block is looked at, since the median needs them all; but every eighth
 * row of blocks comes first: a picture that is quite another one shows there.
 *
 * Where there is text the threshold is no more than an eighth of its contrast,
 * or a text that fades away would stay: when it goes from its last faint sight
 * the densest of its blocks differs by a third of its contrast or more.  Where
 * nobody knows yet whether there is text, all that stands off its surroundings
 * counts as some.
 */
#pragma once

#include "change/textcontrast.h"

/* Noise up to a standard deviation of about 7 levels. */
#define KOCR_GATE_MOST_NOISE 8
/* What noise leaves above the floor, in levels: less is no change. */
#define KOCR_GATE_LEAST_CHANGE 2

/* Blocks of 2x2 cells: their sizes on planes as they are, and on halved ones.
 */
typedef enum
{
  KOCR_GATE_FULL = 4,
  KOCR_GATE_HALF = 2
} KocrGateCell;

/* A word that differs moves the mean of 32x32 pixels by dozens of levels. */
#define KOCR_THUMBNAIL_HALVINGS 5

/* What a comparison is to find. */
typedef struct
{
  KocrGateCell cell;
  guint threshold;              /* levels above the noise that are a change */
  guint most_noise;             /* KOCR_GATE_MOST_NOISE, or less where the noise
                                 * is known better */
  gint pivot;                   /* the level that a gain leaves as it is */
  gboolean text_is_known;
  const KocrPlaneArea *texts;   /* (array length=n_texts): where it is, if so */
  guint n_texts;
} KocrGateTerms;

/* Its memory; serves one thread at a time. */
typedef struct _KocrChangeGate KocrChangeGate;

KocrChangeGate *kocr_change_gate_new (void);
void kocr_change_gate_free (KocrChangeGate * self);
/* Whether two thumbnails, KOCR_THUMBNAIL_HALVINGS smaller than their pictures,
 * already show that those differ by more than @threshold levels.  FALSE says
 * nothing. */
gboolean kocr_change_gate_thumbnails_differ (KocrChangeGate * self,
    const KocrLumaPlane * reference, const KocrLumaPlane * sample,
    guint threshold);
/* Whether @sample differs from @reference, a plane of the same size. @floor:
 * (out) (optional): the noise that was found, where all was looked at. */
gboolean kocr_change_gate_differs (KocrChangeGate * self,
    const KocrLumaPlane * reference, const KocrLumaPlane * sample,
    const KocrGateTerms * terms, guint * floor);
