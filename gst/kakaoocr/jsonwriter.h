/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/kakaoocr/result.h>

/* The values of a line of NDJSON. The writer is our own: JsonGenerator writes
 * every double with 17 digits (67.1 as 67.099999999999994) and leaves U+0085,
 * U+2028 and U+2029 as they are, at which some readers of lines end a line. */

/* Beyond it not every integer has a double of its own. */
#define GST_KAKAO_OCR_JSON_MAX_INTEGER (G_GUINT64_CONSTANT (1) << 53)

/* @text: valid UTF-8; NULL is null. */
void kocr_json_append_text (GString * out, const gchar * text);

/* null when @value is beyond GST_KAKAO_OCR_JSON_MAX_INTEGER. */
void kocr_json_append_integer (GString * out, guint64 value);

/* With as few digits as give back the same double. */
void kocr_json_append_number (GString * out, gdouble value);

/* The corners, each a pair of numbers. */
void kocr_json_append_box (GString * out,
    const gdouble box[GST_KAKAO_OCR_BOX_LEN]);

/* @utc: ns since 1970; ISO 8601 with microseconds, or null. */
void kocr_json_append_utc (GString * out, GstClockTime utc);
