/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/blockpool.h"

/* Times what is asked for: a larger block would be a waste. */
#define MOST_SLACK 2

/* Refcounted: by its owner and by each block that is out. */
struct _KocrBlockPool
{
  GMutex lock;

  /* lock */
  GArray *idle;                 /* of KocrBlock, the last used at the end */
  guint n_out;
  guint most_out;               /* since the last trim */
  guint most_before;            /* from the one before to it */
  gboolean freed;               /* keeps nothing any more */
};

typedef struct
{
  KocrBlockPool *pool;
  KocrBlock block;
} Loan;

static void
clear_block (gpointer block)
{
  g_free (((KocrBlock *) block)->data);
}

KocrBlockPool *
kocr_block_pool_new (void)
{
  KocrBlockPool *self = g_atomic_rc_box_new0 (KocrBlockPool);

  g_mutex_init (&self->lock);
  self->idle = g_array_new (FALSE, FALSE, sizeof (KocrBlock));
  g_array_set_clear_func (self->idle, clear_block);
  return self;
}

static void
kocr_block_pool_clear (KocrBlockPool * self)
{
  g_array_unref (self->idle);
  g_mutex_clear (&self->lock);
}

static void
unref (KocrBlockPool * self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) kocr_block_pool_clear);
}

void
kocr_block_pool_free (KocrBlockPool * self)
{
  g_mutex_lock (&self->lock);
  self->freed = TRUE;
  g_array_set_size (self->idle, 0);
  g_mutex_unlock (&self->lock);
  unref (self);
}

/* What was used longest ago goes first. */
static void
drop_excess (KocrBlockPool * self, guint most)
{
  guint n = self->idle->len + self->n_out;

  if (n > most)
    g_array_remove_range (self->idle, 0, n - most);
}

void
kocr_block_pool_trim (KocrBlockPool * self)
{
  g_mutex_lock (&self->lock);
  drop_excess (self, self->most_out);
  self->most_before = self->most_out;
  self->most_out = self->n_out;
  g_mutex_unlock (&self->lock);
}

void
kocr_block_pool_drop_idle (KocrBlockPool * self)
{
  g_mutex_lock (&self->lock);
  g_array_set_size (self->idle, 0);
  self->most_out = self->most_before = self->n_out;
  g_mutex_unlock (&self->lock);
}

guint
kocr_block_pool_get_n_idle (KocrBlockPool * self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->idle->len;
  g_mutex_unlock (&self->lock);
  return n;
}

gboolean
kocr_block_fits (const KocrBlock * block, gsize least)
{
  return block->data && block->size >= least
      && block->size / MOST_SLACK <= least;
}

/* The idle one that fits and was used last, or none. */
static void
find_idle (KocrBlockPool * self, gsize least, KocrBlock * block)
{
  *block = (KocrBlock) {
  NULL, 0};
  for (guint i = self->idle->len; i > 0 && !block->data; i--) {
    KocrBlock *idle = &g_array_index (self->idle, KocrBlock, i - 1);

    if (kocr_block_fits (idle, least)) {
      *block = *idle;
      idle->data = NULL;
      g_array_remove_index (self->idle, i - 1);
    }
  }
}

gboolean
kocr_block_pool_take (KocrBlockPool * self, gsize least, gsize size,
    KocrBlock * block)
{
  g_mutex_lock (&self->lock);
  find_idle (self, least, block);
  self->n_out++;
  self->most_out = MAX (self->most_out, self->n_out);
  drop_excess (self, MAX (self->most_out, self->most_before));
  g_mutex_unlock (&self->lock);

  g_atomic_rc_box_acquire (self);
  if (!block->data)
    *block = (KocrBlock) {
    g_try_malloc (size), size};
  if (!block->data)
    kocr_block_pool_give (self, block);
  return block->data != NULL;
}

void
kocr_block_pool_give (KocrBlockPool * self, KocrBlock * block)
{
  g_mutex_lock (&self->lock);
  self->n_out--;
  if (block->data && !self->freed) {
    g_array_append_val (self->idle, *block);
    block->data = NULL;
  }
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&block->data, g_free);
  unref (self);
}

gpointer
kocr_block_pool_lend (KocrBlockPool * self, KocrBlock * block)
{
  Loan *loan = g_new (Loan, 1);

  *loan = (Loan) {
  self, *block};
  block->data = NULL;
  return loan;
}

void
kocr_block_pool_end_loan (gpointer data)
{
  Loan *loan = data;

  kocr_block_pool_give (loan->pool, &loan->block);
  g_free (loan);
}
