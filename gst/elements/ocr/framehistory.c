/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/framehistory.h"

#include "change/watch.h"

#define MAX_BYTES (32 * 1024 * 1024)
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

void
kocr_frame_history_forget (KocrFrameHistory * self)
{
  kocr_change_watch_forget (self->watch);
  g_mutex_lock (&self->lock);
  g_array_set_size (self->entries, 0);
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

static Entry *
get (KocrFrameHistory * self, guint i)
{
  return &g_array_index (self->entries, Entry, i);
}

/* With the lock held. Drops the frame between whose neighbours the least time
 * lies, as long as there is one that is no sample. */
static void
thin_out (KocrFrameHistory * self)
{
  guint64 least = G_MAXUINT64;
  guint dropped = 0;

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

void
kocr_frame_history_end_frame (KocrFrameHistory * self)
{
  if (self->present.picture && self->present.serial == 0)
    keep (self);
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

/* With the lock held: what was looked at from one sample to the other.  NULL:
 * one of them was not. */
static GPtrArray *
list_pictures (KocrFrameHistory * self, gint first, gint last, GArray * times)
{
  GPtrArray *pictures;

  if (!get (self, first)->picture || !get (self, last)->picture)
    return NULL;
  pictures = g_ptr_array_new_with_free_func ((GDestroyNotify)
      kocr_luma_pyramid_unref);
  for (gint i = first; i <= last; i++) {
    if (!get (self, i)->picture)
      continue;
    g_ptr_array_add (pictures, kocr_luma_pyramid_ref (get (self, i)->picture));
    g_array_append_val (times, get (self, i)->pts);
  }
  return pictures;
}

gboolean
kocr_frame_history_find_edge (KocrFrameHistory * self, guint64 from, guint64 to,
    const gdouble box[8], KocrTextChange change,
    GstClockTime * pts)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (GstClockTime));
  g_autoptr (GPtrArray) pictures = NULL;
  gint first, last;
  guint edge = 0;

  *pts = GST_CLOCK_TIME_NONE;
  g_mutex_lock (&self->lock);
  first = find (self, from);
  last = find (self, to);
  if (first >= 0 && last > first) {
    /* Nothing was in between. */
    if (get (self, last)->frame == get (self, first)->frame + 1)
      *pts = get (self, last)->pts;
    else
      pictures = list_pictures (self, first, last, times);
  }
  g_mutex_unlock (&self->lock);

  if (pictures)
    edge = kocr_text_edge_find ((KocrLumaPyramid * const *) pictures->pdata,
        pictures->len, box, change);
  if (edge > 0)
    *pts = g_array_index (times, GstClockTime, edge);
  return GST_CLOCK_TIME_IS_VALID (*pts);
}

KocrTextLook
kocr_frame_history_compare (KocrFrameHistory * self, guint64 from, guint64 to,
    const gdouble box[8])
{
  g_autoptr (KocrLumaPyramid) before = NULL, after = NULL;
  gint first, last;

  g_mutex_lock (&self->lock);
  first = find (self, from);
  last = find (self, to);
  if (first >= 0 && last > first && get (self, first)->picture
      && get (self, last)->picture) {
    before = kocr_luma_pyramid_ref (get (self, first)->picture);
    after = kocr_luma_pyramid_ref (get (self, last)->picture);
  }
  g_mutex_unlock (&self->lock);
  return before ? kocr_text_look_compare (before, after, box)
      : KOCR_TEXT_LOOK_UNCLEAR;
}

void
kocr_frame_history_release (KocrFrameHistory * self, guint64 serial)
{
  gint i;

  g_mutex_lock (&self->lock);
  i = find (self, serial);
  if (i > 0)
    g_array_remove_range (self->entries, 0, i);
  g_mutex_unlock (&self->lock);
}
