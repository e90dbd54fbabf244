/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Luma pool: the memory of small pictures, used again from frame to frame.
 *
 * While an answer is out, a picture of each frame is kept.  Memory that is new
 * to the process costs a page fault every 4 kB, which is several times what
 * making the picture in it does.  A pool is trimmed with every answer, so that
 * its size follows how long answers take.
 */
#pragma once

#include "lumapyramid.h"

G_BEGIN_DECLS

typedef struct _KocrLumaPool KocrLumaPool;

KocrLumaPool *kocr_luma_pool_new (void);
/* Pictures may outlive it. */
void kocr_luma_pool_free (KocrLumaPool * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrLumaPool, kocr_luma_pool_free)
/* Frees what was not in use at any time since the last call. */
void kocr_luma_pool_trim (KocrLumaPool * self);
guint kocr_luma_pool_get_n_idle (KocrLumaPool * self);
/* (transfer full): a picture for frames of @width x @height, whose pixels are
 * undefined. From any thread; its last reference may be dropped in any. */
KocrLumaPyramid *kocr_luma_pool_take (KocrLumaPool * self, gint width,
    gint height);

G_END_DECLS
