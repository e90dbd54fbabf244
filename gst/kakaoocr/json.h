/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * JSON: results and tracks as lines of JSON, and back.
 */
#pragma once

#include <gst/kakaoocr/result.h>
#include <gst/kakaoocr/texttracker.h>

G_BEGIN_DECLS

/**
 * GST_KAKAO_OCR_JSON_ERROR:
 *
 * Error domain of gst_kakao_ocr_result_from_json().
 *
 * Since: 0.1
 */
#define GST_KAKAO_OCR_JSON_ERROR (gst_kakao_ocr_json_error_quark ())

/**
 * GstKakaoOcrJsonError:
 * @GST_KAKAO_OCR_JSON_ERROR_TOO_LARGE: longer, deeper, of more values or with
 *   larger numbers than is read
 * @GST_KAKAO_OCR_JSON_ERROR_SYNTAX: not JSON as RFC 8259 has it, or not UTF-8
 * @GST_KAKAO_OCR_JSON_ERROR_SCHEMA: JSON, but no result
 *
 * Since: 0.1
 */
typedef enum
{
  GST_KAKAO_OCR_JSON_ERROR_TOO_LARGE,
  GST_KAKAO_OCR_JSON_ERROR_SYNTAX,
  GST_KAKAO_OCR_JSON_ERROR_SCHEMA
} GstKakaoOcrJsonError;

/**
 * gst_kakao_ocr_json_error_quark:
 *
 * Returns: the domain %GST_KAKAO_OCR_JSON_ERROR
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
GQuark gst_kakao_ocr_json_error_quark (void);

/**
 * gst_kakao_ocr_result_to_json:
 * @result: a result
 *
 * Like gst_kakao_ocr_result_to_json_full() with everything unknown that the
 * result itself does not know.
 *
 * Returns: (transfer full): one line of JSON without a newline at its end
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
gchar *gst_kakao_ocr_result_to_json (GstKakaoOcrResult * result);

/**
 * gst_kakao_ocr_result_to_json_full:
 * @result: a result
 * @source: (nullable): a name for where the frame came from
 * @stream_time: the frame's stream time in nanoseconds, or
 *   %GST_CLOCK_TIME_NONE
 * @running_time: its running time, or %GST_CLOCK_TIME_NONE
 * @utc: when it was taken, in nanoseconds since 1970-01-01 00:00 UTC, or
 *   %GST_CLOCK_TIME_NONE
 *
 * Writes a result as a line of NDJSON:
 *
 * |[
 * {"type":"result","source":null,"producer":"kakaoocr0","pts":1000000000,
 *  "stream_time":null,"running_time":null,"utc":null,"frame":{"width":1280,"height":720},
 *  "text":"EXIT 3","truncated":false,"latency":182000000,"regions":[
 *   {"text":"EXIT","words":["EXIT"],
 *    "box":[[67,20.5],[308,20.5],[308,91],[67,91]],"page":1,"track":7}, …]}
 * ]|
 *
 * (there in several lines to be read, here always in one; no character that
 * any reader takes for the end of a line is left unescaped). Every key is
 * always there, in this order; what is unknown is `null`. Times are integers
 * in nanoseconds. An integer of more than 2^53, which readers of JSON do not
 * agree on, is `null` too. That is why `utc`, the one that is always larger,
 * is a string in ISO 8601 with microseconds: "2026-11-22T19:12:07.123456Z".
 * Coordinates have as few digits as give back the same double.
 *
 * Returns: (transfer full): one line of JSON without a newline at its end
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
gchar *gst_kakao_ocr_result_to_json_full (GstKakaoOcrResult * result,
    const gchar * source, GstClockTime stream_time, GstClockTime running_time,
    GstClockTime utc);

/**
 * gst_kakao_ocr_result_from_json:
 * @json: a line that gst_kakao_ocr_result_to_json() wrote
 * @error: return location for an error of #GST_KAKAO_OCR_JSON_ERROR
 *
 * Reads a result back. What a result does not hold (source, stream and running
 * time, UTC, text) is checked and dropped; keys of any other name are ignored.
 *
 * Safe on any input: at most 1 MiB, 32 levels and 65,536 values, one root
 * of plain RFC 8259 JSON in UTF-8, no key twice, no NUL and no half of a
 * surrogate pair in a string, no number that is not finite.
 *
 * Returns: (transfer full) (nullable): the result, or %NULL with @error set
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
GstKakaoOcrResult *gst_kakao_ocr_result_from_json (const gchar * json,
    GError ** error);

/**
 * gst_kakao_ocr_text_track_to_json:
 * @track: a track
 * @source: (nullable): a name for where its frames came from
 *
 * Writes a track as a line of NDJSON:
 *
 * |[
 * {"type":"track","source":null,"producer":"kakaoocr0","track":7,
 *  "text":"EXIT 3","start":1000000000,"end":3500000000,"samples":3,
 *  "agreement":1,"moving":false,
 *  "box":[[67,20.5],[308,20.5],[308,91],[67,91]]}
 * ]|
 *
 * by the rules of gst_kakao_ocr_result_to_json_full(). Times are those of
 * @track.
 *
 * Returns: (transfer full): one line of JSON without a newline at its end
 *
 * Since: 0.1
 */
GST_KAKAO_OCR_API
gchar *gst_kakao_ocr_text_track_to_json (const GstKakaoOcrTextTrack * track,
    const gchar * source);

G_END_DECLS
