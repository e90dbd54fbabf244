/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Mask warnings: tells who hides text, once a run, why it may stay readable,
 * and who shows it that nobody reads any. Streaming thread.
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct
{
  GstElement *element;          /* that warns; outlives this */
  GstPad *sinkpad;              /* its own, by which it asks upstream */
  gboolean started;             /* a frame came */
  gint64 first;                 /* its running time */
  gboolean heard;               /* there is a kakaoocr before it, or results */
  gboolean missed;              /* that there is none was told */
  gboolean doubted;             /* that text may stay readable was told */
  gboolean shortened;           /* that masks are held for less was told */
} KocrMaskWarnings;

/* A new run. */
void kocr_mask_warnings_reset (KocrMaskWarnings * self);

/* @buffer passes at running time @now. */
void kocr_mask_warnings_see (
    KocrMaskWarnings *self, GstBuffer *buffer, gint64 now);
void kocr_mask_warnings_end (KocrMaskWarnings * self);

/* A frame's text is hidden, as far as it is known. @doubt: (nullable) why there
 * may be more; what upstream says of itself counts too, and is asked with each
 * frame, since settings change at any time. */
void kocr_mask_warnings_doubt (KocrMaskWarnings * self, const gchar * doubt,
    gboolean fail_closed);
void kocr_mask_warnings_shorten (KocrMaskWarnings * self);

G_END_DECLS
