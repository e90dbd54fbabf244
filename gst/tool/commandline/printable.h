/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A picture may say anything, also what steers a terminal: that becomes blanks.
 * (transfer full) */
gchar *printable_text (const gchar * text);

G_END_DECLS
