/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Response: the bytes of an answer with status 200, to a result in the pixels
 * of the frame. Pure and strict: what is whole and valid becomes a result, all
 * else an error; there is no half result, since a connection that broke shows
 * in nothing but a text that stops too early.
 *
 * Left out, and counted, which the result tells: regions without text, without
 * an area in the frame, or whose corners cross.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>
#include "picture/encoder.h"
#include "base/error.h"

/* The service stops at so many regions: a picture that has exactly this many
 * may have more. The bundled one has no such limit. */
#define KOCR_RESPONSE_MAX_REGIONS 100
/* Of an answer that is read at all. */
#define KOCR_RESPONSE_MAX_BYTES (1024 * 1024)
/* Of one region, bytes. */
#define KOCR_RESPONSE_MAX_TEXT (16 * 1024)

/* @picture: the one that was sent, for the way back to frame pixels. @own: the
 * bundled service answered. @dropped: how many regions were left out. NULL with
 * a KOCR_ERROR_ANSWER. */
GstKakaoOcrResult *kocr_response_parse (const gchar * data, gsize length,
    const KocrPicture * picture, gboolean own, GstClockTime pts,
    GstClockTime latency, guint * dropped, GError ** error);
