/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The connected marks of a stroke mask: what may be letters or parts of them.
 */
#pragma once

#include "pyramid.h"

/* Pixels x0 up to, not including, x1 of row y. */
typedef struct
{
  gint y, x0, x1;
} Run;

typedef struct
{
  gint x0, y0, x1, y1;          /* x1 and y1 not included */
  gint area;                    /* pixels */
  guint first_run, n_runs;      /* in ComponentSet.runs */
  gdouble stroke;               /* mean stroke width */
  gdouble brightness;           /* mean of its pixels */
  gdouble contrast;             /* mean step at the left and right edges */
} Component;

typedef struct
{
  GArray *components;           /* of Component */
  GArray *runs;                 /* of Run, those of one component together */
} ComponentSet;

/* The 8-connected components of @mask, width x height bytes of 0 or 1 for the
 * pixels of @level. Components of less than @min_area pixels or more than
 * @max_height rows are left out. */
void kocr_component_set_init (ComponentSet *self, const PyramidLevel *level,
    const guint8 *mask, gint min_area, gint max_height);
void kocr_component_set_clear (ComponentSet * self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ComponentSet, kocr_component_set_clear)
