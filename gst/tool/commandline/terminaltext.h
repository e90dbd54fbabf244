/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Times as people write them, and texts as a terminal may have them.
 */
#pragma once

#include <gst/gst.h>

/* As 0:00:03.5; “?” for NONE. (transfer full) */
gchar *time_text_format (GstClockTime time);
/* 90, 1:30, 0:01:30.5; @text: (nullable): NONE. FALSE: it is no time. */
gboolean time_text_parse (const gchar * text, GstClockTime * time);

/* A picture may say anything, also what steers a terminal: that becomes blanks.
 * (transfer full) */
gchar *printable_text (const gchar * text);
/* @name, in the encoding of file names: so may they. (transfer full) */
gchar *printable_file_name (const gchar * name);
