/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Mask warnings: the WARNINGs of who hides text, each at most once a run: that
 * text may stay readable and why. Streaming thread.
 */
#pragma once

#include "common/sourcecheck.h"

typedef struct
{
  KocrSourceCheck source;       /* it has the element that warns */
  gboolean warned_doubt;        /* of text that may stay readable */
  gboolean warned_hold;         /* of masks that are held for less */
} KocrMaskWarnings;

/* A new run. */
void kocr_mask_warnings_reset (KocrMaskWarnings *self);

/* A frame is masked. @doubt: (nullable) why it may have more text. Upstream is
 * asked for each frame how it leaves some unread, since its settings change at
 * any time. */
void kocr_mask_warnings_note_mask (
    KocrMaskWarnings *self, const gchar *doubt, gboolean fail_closed);
/* A frame leaves before the hold is over. */
void kocr_mask_warnings_note_short_hold (KocrMaskWarnings *self);
