/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Seen sample: what is looked at of one sample for the comparison with others:
 * its luma, that at half the size and as a thumbnail, and its colour, each made
 * when it is asked for the first time.
 *
 * Its frame stays mapped for as long as it is used.
 */
#pragma once

#include "change/chromaplanes.h"
#include "change/gate.h"
#include "request.h"

typedef struct
{
  KocrLumaPlane luma;           /* no data: nothing was seen */
  KocrLumaPlane half, thumbnail; /* no data: not yet made */
  gint area[4];                 /* of the frame: x, y, width, height */
  gboolean has_chroma;
  KocrChromaPlanes chroma;
  KocrLumaStore luma_store, half_store;
  KocrChromaStore chroma_store;

  /*< private >*/
  const GstVideoFrame *frame;
  KocrLumaStore shrinking_stores[2];
} KocrSeenSample;

void kocr_seen_sample_clear (KocrSeenSample * self);
/* Forgets the one before. */
void kocr_seen_sample_begin (KocrSeenSample * self);
/* The luma of what @settings send of @frame. FALSE: there is none, or no memory
 * for it. */
gboolean kocr_seen_sample_look (KocrSeenSample * self,
    const GstVideoFrame * frame, const KocrPictureSettings * settings);
/* Makes half and thumbnail. FALSE: no memory. */
gboolean kocr_seen_sample_shrink (KocrSeenSample * self);
/* Makes chroma, of no data where there is no memory for it. */
void kocr_seen_sample_see_colour (KocrSeenSample * self);
/* Whether no pixel of its colour differs from @chroma by more than @most
 * levels, if that can be told without making it. */
gboolean kocr_seen_sample_is_near (KocrSeenSample * self,
    const KocrChromaPlanes * chroma, guint most);
