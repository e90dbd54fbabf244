/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Log lines: what an element says in its GST_DEBUG category.
 */
#pragma once

#include <gst/gst.h>

/* From here on, the lines of @category down to LOG. */
void log_lines_start (const gchar *category);
/* All of them since then, a newline after each. (transfer full) */
gchar *log_lines_stop (void);
