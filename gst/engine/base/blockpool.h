/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Block pool: memory that is used again from frame to frame.
 *
 * Memory that is new to the process costs a page fault every 4 kB, and malloc()
 * gives large blocks back to the system: on a virtual machine the faults of a
 * small picture take several times as long as making it, those of a request's
 * body a quarter of the encoding.
 *
 * Blocks may outlive their pool, and be given back in any thread.
 */
#pragma once

#include <glib.h>

typedef struct _KocrBlockPool KocrBlockPool;

typedef struct
{
  guint8 *data;                 /* from g_malloc(), and may be reallocated */
  gsize size;
} KocrBlock;

KocrBlockPool *kocr_block_pool_new (void);
void kocr_block_pool_free (KocrBlockPool * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrBlockPool, kocr_block_pool_free)
/* Whether @block has @least bytes, and not many times as many. */
gboolean kocr_block_fits (const KocrBlock * block, gsize least);
/* One that fits, or a new one of @size; its bytes are undefined.  There are
 * never more blocks than were out at once since the last trim but one: those
 * used longest ago make room.  FALSE: no memory. */
gboolean kocr_block_pool_take (KocrBlockPool * self, gsize least, gsize size,
    KocrBlock * block);
void kocr_block_pool_give (KocrBlockPool * self, KocrBlock * block);
/* Frees as many as were not in use at any time since the last call, first those
 * that were used longest ago. */
void kocr_block_pool_trim (KocrBlockPool * self);
/* Frees all that are not in use: none may be wanted for long. */
void kocr_block_pool_drop_idle (KocrBlockPool * self);
guint kocr_block_pool_get_n_idle (KocrBlockPool * self);

/* (transfer full): @block as the user data of what is made of it; the last one
 * of its users calls the other. */
gpointer kocr_block_pool_lend (KocrBlockPool * self, KocrBlock * block);
void kocr_block_pool_end_loan (gpointer loan);
