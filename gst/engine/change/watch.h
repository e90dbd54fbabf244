/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Change watch: whether something new stands in the picture since the last
 * sample, by the small pictures of the frames.  Pure.
 *
 * What stands is edges as letters have them: pixels that stand off the next
 * one, are both as they were some frames before, and were not so in the sample.
 * The edges of a ground that moves are not where they were, so a pan, a zoom or
 * a film's grain opens nothing, and a caption over it does; nor do they while a
 * text fades in or moves.  Two frames are enough where the picture is at rest,
 * whose older edges are where they were.  Where it is not, it may creep by a
 * fraction of a small pixel a frame, and what stands has to do so for eight.
 *
 * What went away is looked for likewise, in the sample's edges: where the
 * picture is at rest in all of them, else in those that had stood there.  It
 * has to be away until what comes in its place would stand, captions following
 * each other with up to three frames between them: a pause is no picture of its
 * own.
 */
#pragma once

#include "frame/lumapyramid.h"

typedef struct _KocrChangeWatch KocrChangeWatch;

/* What counts as there. */
typedef enum
{
  KOCR_CHANGE_STANDING,         /* what has stood for some frames */
  KOCR_CHANGE_NEWEST,           /* also what the newest picture brought */
  KOCR_CHANGE_ANY               /* all, also what moves */
} KocrChangeScope;

KocrChangeWatch *kocr_change_watch_new (void);
void kocr_change_watch_free (KocrChangeWatch * self);
/* There was no picture yet. */
void kocr_change_watch_forget (KocrChangeWatch * self);

/* Goes on to @picture: (nullable), of the next frame. */
void kocr_change_watch_look (KocrChangeWatch * self,
    KocrLumaPyramid * picture);
/* It is a sample. */
void kocr_change_watch_take (KocrChangeWatch * self);
/* Whether there is something in it that the last sample did not show, or the
 * other way round. */
gboolean kocr_change_watch_has_changed (KocrChangeWatch * self,
    KocrChangeScope scope);
