/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frame mask: what of one frame is to be hidden, and hiding it. Knows no pads.
 */
#pragma once

#include "mask/fill.h"
#include "mask/textpattern.h"

typedef struct
{
  gboolean active;
  KocrMaskFill fill;
  gboolean fail_closed;         /* blanks what was not read */
  GstClockTime hold;        /* how long a text is masked before and after the
                             * frames that have it */
  KocrTextPattern *pattern; /* which texts; NULL: all */
} KocrMaskSettings;

void kocr_mask_settings_copy (
    KocrMaskSettings *to, const KocrMaskSettings *from);
void kocr_mask_settings_clear (KocrMaskSettings * self);

typedef struct
{
  KocrMaskFill fill;
  const gchar *doubt;           /* static; why the frame may show text that is
                                 * not known; NULL: it does not */
  gboolean blank;               /* all of the frame is blanked */
  GArray *texts;                /* of KocrMaskedText */
  GArray *unread;               /* boxes of 8 numbers, to be blanked */
} KocrFrameMask;

/* By the results on @buffer, a frame of @info. */
void kocr_frame_mask_init (KocrFrameMask *self, GstBuffer *buffer,
    const GstVideoInfo *info, const KocrMaskSettings *settings);
void kocr_frame_mask_clear (KocrFrameMask * self);

/* Takes @buffer and gives it back masked, also where @held (nullable, boxes of
 * 8 numbers) says so. Compositions that were attached to it are blended first,
 * so that they are masked, too. A frame that others hold is copied; NULL when
 * its pixels cannot be changed. */
GstBuffer *kocr_frame_mask_apply (const KocrFrameMask *self, GstBuffer *buffer,
    const GstVideoInfo *info, const GArray *held);
