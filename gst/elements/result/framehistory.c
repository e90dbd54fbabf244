/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "result/framehistory.h"

#include "change/watch.h"

/* 32 MB with what the allocator needs. */
#define MAX_BYTES (31 * 1024 * 1024)
/* What lies longer before a sample is no part of a fade that goes on in it. */
#define LOOK_BACK (2 * GST_SECOND)
/* Of samples without a picture, where none is answered. */
#define MAX_ENTRIES 512

typedef struct
{
  KocrLumaPyramid *picture;     /* nullable: it was not looked at */
  GstClockTime pts;
  guint64 frame;                /* its number */
  guint64 serial;               /* of a sample; 0: it is none */
} Entry;

struct _KocrFrameHistory
{
  /* Streaming thread. */
  KocrLumaReader reader;
  KocrBlockPool *pool;          /* for any thread */
  KocrChangeWatch *watch;
  Entry present;

  GMutex lock;

  /* lock */
  GArray *entries;              /* of Entry, oldest first */
  guint64 released;             /* the last sample that nobody asks for what was
                                 * between it and those before */
};

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->picture, kocr_luma_pyramid_unref);
}

KocrFrameHistory *
kocr_frame_history_new (void)
{
  KocrFrameHistory *self = g_new0 (KocrFrameHistory, 1);

  g_mutex_init (&self->lock);
  self->watch = kocr_change_watch_new ();
  self->pool = kocr_block_pool_new ();
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
  return self;
}

void
kocr_frame_history_free (KocrFrameHistory * self)
{
  entry_clear (&self->present);
  kocr_change_watch_free (self->watch);
  g_array_unref (self->entries);
  kocr_block_pool_free (self->pool);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
kocr_frame_history_set_up (KocrFrameHistory * self, const GstVideoInfo * info,
    gboolean readable)
{
  kocr_luma_reader_set_up (&self->reader, info, readable);
  self->reader.coarse = TRUE;
}

static Entry *
get (KocrFrameHistory * self, guint i)
{
  return &g_array_index (self->entries, Entry, i);
}

/* With the lock held: when samples were is all that stays. */
static void
drop_pictures (KocrFrameHistory *self)
{
  for (guint i = self->entries->len; i-- > 0;) {
    if (get (self, i)->serial == 0)
      g_array_remove_index (self->entries, i);
    else
      entry_clear (get (self, i));
  }
}

void
kocr_frame_history_forget (KocrFrameHistory *self, gboolean all)
{
  kocr_change_watch_forget (self->watch);
  g_mutex_lock (&self->lock);
  if (all) {
    g_array_set_size (self->entries, 0);
    self->released = 0;
  } else {
    drop_pictures (self);
  }
  kocr_block_pool_trim (self->pool);
  g_mutex_unlock (&self->lock);
}

void
kocr_frame_history_begin_frame (KocrFrameHistory * self, GstBuffer * buffer,
    gboolean look)
{
  entry_clear (&self->present);
  self->present.pts = GST_BUFFER_PTS (buffer);
  self->present.serial = 0;
  self->present.frame++;
  if (look)
    self->present.picture = kocr_luma_reader_read (&self->reader, self->pool,
        buffer);
}

gboolean
kocr_frame_history_watch (KocrFrameHistory * self)
{
  kocr_change_watch_look (self->watch, self->present.picture);
  return kocr_change_watch_has_changed (self->watch, KOCR_CHANGE_STANDING);
}

gboolean
kocr_frame_history_is_new (KocrFrameHistory * self, gboolean moving)
{
  return kocr_change_watch_has_changed (self->watch,
      moving ? KOCR_CHANGE_ANY : KOCR_CHANGE_NEWEST);
}

/* With the lock held. */
static gint
find (KocrFrameHistory * self, guint64 serial)
{
  for (guint i = 0; i < self->entries->len; i++) {
    if (get (self, i)->serial == serial)
      return i;
  }
  return -1;
}

/* With the lock held. Drops the oldest frame of those that only led to a sample,
 * else that between whose neighbours the least time lies, as long as there is one
 * that is no sample. */
static void
thin_out (KocrFrameHistory * self)
{
  guint64 least = G_MAXUINT64;
  guint dropped = 0;

  if (self->released > 0 && get (self, 0)->serial != self->released) {
    g_array_remove_index (self->entries, 0);
    return;
  }
  for (guint i = 1; i + 1 < self->entries->len; i++) {
    guint64 gap = get (self, i + 1)->frame - get (self, i - 1)->frame;

    if (get (self, i)->serial == 0 && gap < least) {
      least = gap;
      dropped = i;
    }
  }
  g_array_remove_index (self->entries, dropped);
}

static void
keep (KocrFrameHistory * self)
{
  Entry entry = self->present;
  guint most = entry.picture ? MAX (MAX_BYTES / entry.picture->size, 2)
      : MAX_ENTRIES;

  if (entry.picture)
    kocr_luma_pyramid_ref (entry.picture);
  g_mutex_lock (&self->lock);
  while (self->entries->len >= MIN (most, MAX_ENTRIES))
    thin_out (self);
  g_array_append_val (self->entries, entry);
  g_mutex_unlock (&self->lock);
}

void
kocr_frame_history_mark (KocrFrameHistory * self, guint64 serial)
{
  self->present.serial = serial;
  kocr_change_watch_take (self->watch);
  keep (self);
}

gboolean
kocr_frame_history_end_frame (KocrFrameHistory * self)
{
  gboolean looked = self->present.picture != NULL;

  if (looked && self->present.serial == 0)
    keep (self);
  return looked;
}

/* With the lock held: the frames from one sample to the other, and those that led
 * to the first. */
static KocrFrameStretch *
make_stretch (KocrFrameHistory *self, guint first, guint last)
{
  KocrFrameStretch *stretch
      = kocr_frame_stretch_new (get (self, first)->pts, get (self, last)->pts,
          get (self, last)->frame == get (self, first)->frame + 1);

  if (!get (self, first)->picture || !get (self, last)->picture)
    return stretch;
  for (guint i = 0; i <= last; i++) {
    const Entry *entry = get (self, i);

    if (entry->picture)
      kocr_frame_stretch_add (
          stretch, entry->picture, entry->pts, i == first);
  }
  return stretch;
}

KocrFrameStretch *
kocr_frame_history_take (KocrFrameHistory *self, guint64 from, guint64 to)
{
  KocrFrameStretch *stretch = NULL;
  gint first, last;

  g_mutex_lock (&self->lock);
  first = find (self, from);
  last = find (self, to);
  if (first >= 0 && last > first)
    stretch = make_stretch (self, first, last);
  g_mutex_unlock (&self->lock);
  return stretch;
}

/* With the lock held: whether entry @i is too long before entry @of. */
static gboolean
is_past (KocrFrameHistory * self, guint i, guint of)
{
  GstClockTime pts = get (self, i)->pts, then = get (self, of)->pts;

  return !GST_CLOCK_TIME_IS_VALID (pts) || !GST_CLOCK_TIME_IS_VALID (then)
         || pts + LOOK_BACK < then;
}

void
kocr_frame_history_release (KocrFrameHistory * self, guint64 serial)
{
  gint i;
  guint n = 0;

  g_mutex_lock (&self->lock);
  i = find (self, serial);
  if (i >= 0) {
    self->released = serial;
    while ((gint) n < i && is_past (self, n, i))
      n++;
    g_array_remove_range (self->entries, 0, n);
  }
  g_mutex_unlock (&self->lock);
}
