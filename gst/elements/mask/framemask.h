/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frame mask: what of one frame is to be hidden, and hiding it. Knows no pads.
 */
#pragma once

#include "mask/fill.h"
#include "mask/textpattern.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean active;
  KocrTextMaskKind kind;
  gboolean fail_closed;         /* blanks what was not read */
  GstClockTime hold;            /* of masks, before and after */
  KocrTextPattern *pattern;         /* NULL: all texts */
} KocrMaskSettings;

void kocr_mask_settings_copy (
    KocrMaskSettings *to, const KocrMaskSettings *from);
void kocr_mask_settings_clear (KocrMaskSettings * self);

typedef struct
{
  KocrTextMaskKind kind;
  gboolean blank;               /* all of it */
  GArray *texts;                /* of KocrMaskedText */
  GArray *unread;               /* boxes of 8 numbers: to be blanked */
} KocrFrameMask;

/* Looks at the results on @buffer, a frame of @info. @doubt: (out) (nullable):
 * why the frame may show text that is not known of. */
void kocr_frame_mask_init (KocrFrameMask * self, GstBuffer * buffer,
    const GstVideoInfo * info, const KocrMaskSettings * settings,
    const gchar ** doubt);
void kocr_frame_mask_clear (KocrFrameMask * self);

/* Takes @buffer and hides what is to be hidden, and @held (nullable, boxes of 8
 * numbers) besides. What was attached to be drawn on it is drawn before. A copy
 * when others hold the frame; NULL when its pixels cannot be changed. */
GstBuffer *kocr_frame_mask_apply (const KocrFrameMask *self, GstBuffer *buffer,
    const GstVideoInfo *info, const GArray *held);

G_END_DECLS
