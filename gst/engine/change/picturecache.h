/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Picture cache: the pictures that were sent, so that none is sent twice.
 *
 * The newest one is kept as luma, and what follows is compared with it by the
 * change gate; it stays the reference until another picture is sent or comes
 * back, so that a slow fade cannot creep past.  The newest so many are kept as
 * luma of half the size, in which the strokes of small text still show, and
 * compared in the same way with half the threshold.  Halving hides only what
 * moves inside 2x2 pixels.  When the gate tells a picture from the one before
 * it and their halves do not, the new one takes the other's place, so that what
 * is in memory can be told apart by what is kept of it.  Colour is kept of each
 * and compared likewise, since a text need not differ from its ground in
 * brightness.  The result of a picture that was answered says where its text
 * is, and there less is a change (change/gate.h).
 *
 * A picture is remembered from when it is sent: who comes while it is in flight
 * waits for the same answer.  One whose request failed is forgotten, and what
 * follows is compared with none.  A change of the frames' format or of what is
 * sent of them forgets all.
 *
 * Bytes: at 1920x1080, 2 MB and 0.8 MB a picture.  Serves one thread at a time.
 */
#pragma once

#include "request.h"

typedef struct _KocrPictureCache KocrPictureCache;

KocrPictureCache *kocr_picture_cache_new (void);
void kocr_picture_cache_free (KocrPictureCache * self);

/* What @frame, of @request, is like; to be called in the order of the samples.
 * @original: (out) (transfer full) (nullable): the request that it is like,
 * which is in flight or was answered; NULL: KOCR_PICTURE_NEW.  What follows an
 * unchanged sample is still like the sample before it; a remembered one brings
 * a result of its own, so what follows is like that. */
KocrMatch kocr_picture_cache_look (KocrPictureCache * self,
    KocrRequest * request, const GstVideoFrame * frame,
    KocrRequest ** original);
/* @request, which was looked at last, is sent. Its frame is still mapped. */
void kocr_picture_cache_keep (KocrPictureCache * self, KocrRequest * request);
