/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/pyramidhistory.h"

/* 90 pictures of 1080p frames, three seconds of them, and 24 of 4K ones. */
#define MAX_BYTES (16 * 1024 * 1024)
/* Of a picture: in any case. */
#define MIN_PICTURES 16

typedef struct
{
  KocrLumaPyramid *picture;
  guint64 frame;
  guint64 serial;               /* of a sample without an answer; 0: none */
} Entry;

struct _KocrPyramidHistory
{
  GArray *entries;              /* of Entry, oldest first */
};

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  kocr_luma_pyramid_unref (entry->picture);
}

KocrPyramidHistory *
kocr_pyramid_history_new (void)
{
  KocrPyramidHistory *self = g_new0 (KocrPyramidHistory, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
  return self;
}

void
kocr_pyramid_history_free (KocrPyramidHistory * self)
{
  g_array_unref (self->entries);
  g_free (self);
}

static Entry *
get (const KocrPyramidHistory * self, guint i)
{
  return &g_array_index (self->entries, Entry, i);
}

static guint
max_pictures (const KocrPyramidHistory * self)
{
  return MAX (MAX_BYTES / get (self, 0)->picture->size, MIN_PICTURES);
}

/* Drops the picture between whose neighbours the least time lies; where each is
 * of a sample, the newest: samples come faster than they are answered, and that
 * one is not waited for. */
static void
thin_out (KocrPyramidHistory * self)
{
  guint64 least = G_MAXUINT64;
  guint dropped = self->entries->len - 1;

  for (guint i = 1; i + 1 < self->entries->len; i++) {
    guint64 gap = get (self, i + 1)->frame - get (self, i - 1)->frame;

    if (get (self, i)->serial == 0 && gap < least) {
      least = gap;
      dropped = i;
    }
  }
  g_array_remove_index (self->entries, dropped);
}

void
kocr_pyramid_history_add (KocrPyramidHistory * self, KocrLumaPyramid * picture,
    guint64 frame, guint64 serial)
{
  Entry entry = { kocr_luma_pyramid_ref (picture), frame, serial };

  if (self->entries->len == 0 && serial == 0) {
    entry_clear (&entry);
    return;
  }
  g_array_append_val (self->entries, entry);
  if (self->entries->len > max_pictures (self))
    thin_out (self);
}

gboolean
kocr_pyramid_history_is_open (const KocrPyramidHistory * self)
{
  return self->entries->len > 0;
}

void
kocr_pyramid_history_release (KocrPyramidHistory * self, guint64 serial)
{
  guint oldest = 0;

  for (guint i = 0; i < self->entries->len; i++) {
    if (get (self, i)->serial == serial)
      get (self, i)->serial = 0;
  }
  while (oldest < self->entries->len && get (self, oldest)->serial == 0)
    oldest++;
  if (oldest > 0)
    g_array_remove_range (self->entries, 0, oldest);
}

void
kocr_pyramid_history_clear (KocrPyramidHistory * self)
{
  g_array_set_size (self->entries, 0);
}

static const Entry *
find_sample (const KocrPyramidHistory * self, guint64 serial)
{
  for (guint i = 0; i < self->entries->len; i++) {
    if (get (self, i)->serial == serial)
      return get (self, i);
  }
  return NULL;
}

gboolean
kocr_pyramid_history_has_sample (const KocrPyramidHistory *self, guint64 serial)
{
  return find_sample (self, serial) != NULL;
}

KocrLumaPyramid *
kocr_pyramid_history_get_sample (
    const KocrPyramidHistory *self, guint64 serial, guint64 *frame)
{
  const Entry *entry = find_sample (self, serial);

  if (!entry)
    return NULL;
  *frame = entry->frame;
  return kocr_luma_pyramid_ref (entry->picture);
}

KocrLumaPyramid *
kocr_pyramid_history_get_next (const KocrPyramidHistory * self, guint most,
    guint64 * frame)
{
  const Entry *next = NULL;

  for (guint i = 0; i < self->entries->len; i++) {
    const Entry *entry = get (self, i);

    if (entry->frame > *frame && (!next || entry->frame <= *frame + most))
      next = entry;
  }
  if (!next)
    return NULL;
  *frame = next->frame;
  return kocr_luma_pyramid_ref (next->picture);
}
