/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "disjointsets.h"

void
kocr_disjoint_sets_grow (DisjointSets * self, guint length)
{
  if (length > self->allocated) {
    self->allocated = MAX (length, self->allocated * 2);
    self->parents = g_renew (guint, self->parents, self->allocated);
  }
  for (; self->length < length; self->length++)
    self->parents[self->length] = self->length;
}

void
kocr_disjoint_sets_clear (DisjointSets * self)
{
  g_clear_pointer (&self->parents, g_free);
  self->length = self->allocated = 0;
}
