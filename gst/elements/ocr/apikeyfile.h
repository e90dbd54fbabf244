/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * An API key in a file of its own.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Reads a key from a regular file of at most 4 KiB; white space around it is
 * cut off. @warning: (out) (nullable) (transfer full): set when other users may
 * read the file. NULL with a KOCR_ERROR_CREDENTIALS that names the file, never
 * what is in it. The key is to be freed with kocr_key_free(). */
gchar *kocr_api_key_file_read (
    const gchar *path, gchar **warning, GError **error);

/* Overwrites the key before its memory goes back. */
void kocr_key_free (gchar * key);

G_END_DECLS
