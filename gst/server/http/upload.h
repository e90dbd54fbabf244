/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * An uploaded form (multipart/form-data, RFC 7578): where the picture is in
 * it. Pure; shares the body's bytes. Parsed here, strictly and within bounds,
 * since the parsers at hand copy the whole body and have read beyond its end.
 */
#pragma once

#include <glib.h>

/* The boundary of a multipart/form-data content type; NULL: it is missing, of
 * another type, or malformed. */
gchar *upload_parse_boundary (const gchar * content_type);

/* The first part named "image", with or without a file name and a type of its
 * own; NULL: there is none, it is empty, or the form is broken. */
GBytes *upload_get_image (GBytes * body, const gchar * boundary);
