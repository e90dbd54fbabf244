/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frame mask: what of one frame is to be hidden, and hiding it. Knows no pads.
 */
#pragma once

#include "textmask.h"
#include "textpattern.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean active;
  TextMaskKind kind;
  gboolean fail_closed;         /* blanks what was not read */
  GstClockTime hold;            /* of masks, before and after */
  TextPattern *pattern;         /* NULL: all texts */
} MaskSettings;

void mask_settings_copy (MaskSettings * to, const MaskSettings * from);
void mask_settings_clear (MaskSettings * self);

typedef struct
{
  TextMaskKind kind;
  gboolean blank;               /* all of it */
  GArray *texts;                /* of MaskedText */
  GArray *unread;               /* boxes of 8 numbers: to be blanked */
} FrameMask;

/* Looks at the results on @buffer, a frame of @info. @doubt: (out) (nullable):
 * why the frame may show text that is not known of. */
void frame_mask_init (FrameMask * self, GstBuffer * buffer,
    const GstVideoInfo * info, const MaskSettings * settings,
    const gchar ** doubt);
void frame_mask_clear (FrameMask * self);

/* Takes @buffer and hides what is to be hidden, and @held (nullable, boxes of 8
 * numbers) besides. What was attached to be drawn on it is drawn before. A copy
 * when others hold the frame; NULL when its pixels cannot be changed. */
GstBuffer *frame_mask_apply (const FrameMask * self, GstBuffer * buffer,
    const GstVideoInfo * info, const GArray * held);

G_END_DECLS
