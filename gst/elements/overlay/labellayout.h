/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Label layout: where labels go. Pure: boxes and sizes in, places out.
 *
 * A label stands right above its line; where it does not fit, or would cover
 * another text, it goes below, beside, gets smaller, or lies on its own line,
 * of which it says the same. Of all these the least bad is taken, and the same
 * lines get the same places again.
 */
#pragma once

#include "geometry/orientedbox.h"

/* Sizes that a label may have, from the full one down. Few and fixed, since
 * every size of a font costs the drawing of its letters anew. */
#define KOCR_LABEL_LAYOUT_N_SIZES 3
extern const gdouble kocr_label_layout_sizes[KOCR_LABEL_LAYOUT_N_SIZES];

typedef struct
{
  /* Given. */
  KocrOrientedBox line;             /* around the text and its outlines */
  gdouble width, height;        /* of the label at its full size */
  guint largest;                /* index of the first size to try */
  guint smallest;               /* and of the last */
  guint first_region, n_regions;        /* its own among the regions */

  /* Found. */
  KocrOrientedBox place;            /* at least as large as the label */
  guint size;                   /* index in kocr_label_layout_sizes */
} KocrLabelSlot;

/* Fills in the places of @slots, in their order. @regions are all pieces of
 * text on the frame of @width × @height. */
void kocr_label_layout_place (KocrLabelSlot * slots, guint n_slots,
    const KocrOrientedBox * regions, guint n_regions, gdouble width,
    gdouble height);
