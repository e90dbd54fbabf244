/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Change gate: has a picture changed since another one?  Pure: planes of luma
 * in, yes or no out.
 *
 * In blocks of 8x8 pixels (4x4 where the planes are halved), the last column
 * and row of blocks ending at the picture's edge: the mean absolute difference,
 * once a global drift of luma (lumadrift.h) is taken out of the reference.  The
 * picture has changed when some block differs by more than the noise floor plus
 * the threshold.  The floor is the median over all blocks, at most 8 levels:
 * what moves in more than half of the picture is no noise.
 *
 * Of noise with a standard deviation of 3, blocks of 8x8 differ by 5 levels at
 * most where a digit of 12-pixel text that changes makes 48; on blocks of 16x16
 * those are 4 and 20.  Every block is looked at, since the median needs them
 * all; but every eighth row of blocks comes first, for the drift, and a picture
 * that is quite another one shows there.
 */
#pragma once

#include "lumaplane.h"

G_BEGIN_DECLS

/* Noise up to a standard deviation of about 7 levels. */
#define KOCR_GATE_MOST_NOISE 8

/* The blocks' size on planes as they are, and on halved ones. */
#define KOCR_GATE_BLOCK 8
#define KOCR_GATE_HALF_BLOCK 4

/* Its memory; serves one thread at a time. */
typedef struct _KocrChangeGate KocrChangeGate;

KocrChangeGate *kocr_change_gate_new (void);
void kocr_change_gate_free (KocrChangeGate * self);
/* Whether @sample differs from @reference; both of one size, rows of the
 * reference padded to a multiple of 4.  @block: KOCR_GATE_BLOCK or
 * KOCR_GATE_HALF_BLOCK.  @threshold: levels. */
gboolean kocr_change_gate_differs (KocrChangeGate * self,
    const KocrLumaPlane * reference, const KocrLumaPlane * sample,
    guint block, guint threshold);

G_END_DECLS
