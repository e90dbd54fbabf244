/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frame stretch: what the frames from one sample to another one looked like, and
 * those that led to the first; by which it is told what became of a text. Pure.
 */
#pragma once

#include <gst/gst.h>
#include "motion/textedge.h"
#include "motion/textlook.h"

typedef struct _KocrFrameStretch KocrFrameStretch;

/* @from, @to: the samples' time stamps. @is_next: whether nothing is between
 * them. Pictures are added if both were looked at. */
KocrFrameStretch *kocr_frame_stretch_new (
    GstClockTime from, GstClockTime to, gboolean is_next);
void kocr_frame_stretch_free (KocrFrameStretch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrFrameStretch, kocr_frame_stretch_free)

/* In the order of their times; the last one is the second sample's. @is_first:
 * whether it is the first one's. */
void kocr_frame_stretch_add (KocrFrameStretch *self, KocrLumaPyramid *picture,
    GstClockTime pts, gboolean is_first);

/* The time stamp of the first sample. */
GstClockTime kocr_frame_stretch_get_from (const KocrFrameStretch *self);

/* Which moment of a text. */
typedef enum
{
  KOCR_FRAME_EDGE_CAME,         /* the first frame that showed it, and whose
                                 * predecessor did not */
  KOCR_FRAME_EDGE_BEGAN,        /* the same, also of its first letter, where
                                 * nothing was before */
  KOCR_FRAME_EDGE_WENT,
  KOCR_FRAME_EDGE_CHANGED,
  KOCR_FRAME_EDGE_ROSE,         /* both show it, and it was coming: its half */
  KOCR_FRAME_EDGE_FELL,         /* both show it, and it was going */
  KOCR_FRAME_EDGE_JUMPED,       /* a letter or two of it became others */
  KOCR_FRAME_EDGE_JUMPED_LAST   /* the same, as the second sample shows them:
                                 * there may have been others in between */
} KocrFrameEdge;

/* The time stamp of the first frame that showed in @box (corners in pixels)
 * what the second sample showed there and the first one did not.  NONE: it is not
 * known. */
GstClockTime kocr_frame_stretch_find_edge (
    const KocrFrameStretch *self, const gdouble box[8], KocrFrameEdge edge);

/* When a text passed the edge of the picture, which it moved over. */
typedef struct
{
  GstClockTime time;            /* of the first frame that it is out of, or that
                                 * it is in; NONE: it did not, or that is not
                                 * known */
  gboolean stays;               /* it is elsewhere in the picture */
  GstClockTime leapt;           /* of the first frame that it is there in, if it
                                 * went there at once; NONE: it did not */
} KocrFramePassage;

/* Of the texts that the first sample shows in @boxes (array length=8*n), how they
 * leave by the second one; or (@comes) of those that the second one shows, how they
 * came. */
void kocr_frame_stretch_find_passages (const KocrFrameStretch *self,
    const gdouble *boxes, guint n, gboolean comes, KocrFramePassage *passages);

/* What the second sample shows in @box by what the first one shows there. */
KocrTextLook kocr_frame_stretch_compare (
    const KocrFrameStretch *self, const gdouble box[8]);
/* Whether what the first sample shows in @box was there for less time than anyone
 * reads anything in, or goes with the ground that it is of. FALSE as well: it is
 * not known. */
gboolean kocr_frame_stretch_has_passed (
    const KocrFrameStretch *self, const gdouble box[8]);
