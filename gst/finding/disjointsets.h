/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Things numbered from 0 that are found, pair by pair, to belong together.
 * A zeroed one is empty.
 */
#pragma once

#include <glib.h>

typedef struct
{
  guint *parents;
  guint length, allocated;
} DisjointSets;

/* Adds things, each a set of its own, until there are @length. */
void kocr_disjoint_sets_grow (DisjointSets * self, guint length);
void kocr_disjoint_sets_clear (DisjointSets * self);

/* The lowest number in the set of @i. */
static inline guint
kocr_disjoint_sets_find (DisjointSets * self, guint i)
{
  while (self->parents[i] != i) {
    self->parents[i] = self->parents[self->parents[i]];
    i = self->parents[i];
  }
  return i;
}

static inline void
kocr_disjoint_sets_unite (DisjointSets * self, guint i, guint j)
{
  i = kocr_disjoint_sets_find (self, i);
  j = kocr_disjoint_sets_find (self, j);
  self->parents[MAX (i, j)] = MIN (i, j);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DisjointSets, kocr_disjoint_sets_clear)
