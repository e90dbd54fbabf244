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
} MaskWarnings;

/* A new run. */
void mask_warnings_reset (MaskWarnings * self);

/* @buffer passes at running time @now. */
void mask_warnings_see (MaskWarnings * self, GstBuffer * buffer, gint64 now);
void mask_warnings_end (MaskWarnings * self);

/* A frame's text is hidden, as far as it is known. @doubt: (nullable) why there
 * may be more; what upstream says of itself counts too, and is asked with each
 * frame, since settings change at any time. */
void mask_warnings_doubt (MaskWarnings * self, const gchar * doubt,
    gboolean fail_closed);
void mask_warnings_shorten (MaskWarnings * self);

G_END_DECLS
