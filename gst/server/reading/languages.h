/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Starts Tesseract with the languages a user asks for.
 */
#pragma once

#include <glib.h>
#include <tesseract/capi.h>

G_BEGIN_DECLS

/* Returns (transfer full) an engine that reads @languages, Tesseract codes
 * joined by '+', or NULL with @error, which names the packages that are
 * missing. Where there is a model of a language's whole script that reads
 * video better than the language's own, it is taken. */
TessBaseAPI *languages_open_engine (const gchar * languages, GError ** error);

G_END_DECLS
