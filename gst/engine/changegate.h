/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Change gate: has a picture changed since another one?  Pure: planes of luma
 * in, yes or no out.
 *
 * In blocks of 8x8 pixels (4x4 where the planes are halved): the mean absolute
 * difference, once a global drift of luma (lumadrift.h) is taken out of the
 * reference.  The picture has changed when some block differs by more than the
 * noise floor plus the threshold.  The floor is the median over the blocks, at
 * most 8 levels: what moves in more than half of the picture is no noise.
 *
 * Blocks overlap by half, for a glyph lies where it likes.  Of all changes of a
 * digit into another in black 12-pixel text on white, in six fonts and at every
 * place, the least makes 22 levels in some block; in blocks side by side it
 * makes 9, which noise hides.  Noise with a standard deviation of 3 makes 5 at
 * most.  On halved planes the least is 13.
 *
 * Every block is looked at, since the median needs them all; but every eighth
 * row of blocks comes first: a picture that is quite another one shows there.
 */
#pragma once

#include "lumaplane.h"

G_BEGIN_DECLS

/* Noise up to a standard deviation of about 7 levels. */
#define KOCR_GATE_MOST_NOISE 8

/* Blocks of 2x2 cells: their sizes on planes as they are, and on halved ones. */
typedef enum
{
  KOCR_GATE_FULL = 4,
  KOCR_GATE_HALF = 2
} KocrGateCell;

/* A word that differs moves the mean of 32x32 pixels by dozens of levels. */
#define KOCR_THUMBNAIL_HALVINGS 5

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
/* Whether @sample differs from @reference, a plane of the same size, by more
 * than @threshold levels. */
gboolean kocr_change_gate_differs (KocrChangeGate * self,
    const KocrLumaPlane * reference, const KocrLumaPlane * sample,
    KocrGateCell cell, guint threshold);

G_END_DECLS
