/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What others say, as it may stand in a message or in the log.
 */
#pragma once

#include <glib.h>

/* (transfer full): at most the first @max_bytes of @text, in valid UTF-8 that
 * moves no terminal's cursor. */
gchar *kocr_printable (const gchar * text, gsize max_bytes);
