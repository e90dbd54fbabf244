/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Files as HTTP serves them: whole or a range of them, by pieces, so that none
 * is ever in memory.
 */
#pragma once

#include <libsoup/soup.h>

/* Answers a GET or HEAD with the file at @path (200, 206, 304, 404 or 416). */
void page_files_answer (SoupServerMessage * message, const gchar * path);
