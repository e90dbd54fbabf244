/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * JSON in one line. The writer is our own: JsonGenerator writes every double
 * with 17 digits (67.1 as 67.099999999999994) and leaves U+0085, U+2028 and
 * U+2029 as they are, at which some readers of lines end a line.
 */
#pragma once

#include <glib.h>

typedef struct
{
  GString *text;
  gboolean follows;             /* what comes next stands behind a comma */
} KocrJsonWriter;

#define KOCR_JSON_WRITER_INIT { g_string_new (NULL), FALSE }

/* What was written. (transfer full) */
gchar *kocr_json_finish (KocrJsonWriter * self);
void kocr_json_writer_clear (KocrJsonWriter * self);

/* @name: that of the member, which needs no escape, or NULL for the root and
 * inside of an array. @bracket: '{' or '['. */
void kocr_json_open (KocrJsonWriter * self, const gchar * name, gchar bracket);
void kocr_json_close (KocrJsonWriter * self, gchar bracket);

void kocr_json_add_null (KocrJsonWriter * self, const gchar * name);

/* @text: valid UTF-8; NULL is null. */
void kocr_json_add_text (KocrJsonWriter * self, const gchar * name,
    const gchar * text);

/* @texts: NULL-terminated. */
void kocr_json_add_texts (KocrJsonWriter * self, const gchar * name,
    gchar ** texts);

/* Beyond KOCR_JSON_MAX_INTEGER it is null. */
void kocr_json_add_integer (KocrJsonWriter * self, const gchar * name,
    guint64 value);

/* Exactly, which not every reader takes it for. */
void kocr_json_add_int64 (KocrJsonWriter * self, const gchar * name,
    gint64 value);

/* With as few digits as give back the same double; null when not finite. */
void kocr_json_add_number (KocrJsonWriter * self, const gchar * name,
    gdouble value);

void kocr_json_add_boolean (KocrJsonWriter * self, const gchar * name,
    gboolean value);

/* The corners, each a pair of numbers. */
void kocr_json_add_box (KocrJsonWriter * self, const gchar * name,
    const gdouble box[8]);

/* @utc: ns since 1970; ISO 8601 with microseconds. G_MAXUINT64 is null. */
void kocr_json_add_utc (KocrJsonWriter * self, const gchar * name,
    guint64 utc);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KocrJsonWriter, kocr_json_writer_clear)
