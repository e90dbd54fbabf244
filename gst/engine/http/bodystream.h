/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Body stream: the body of a request as libsoup reads it, 8 kB a time.
 *
 * Bodies that are sent together would take turns, and arrive together: each as
 * late as the last, and so their answers, and what follows them. Of two that
 * could go on, the one of the higher priority (a lower number) goes on, until it
 * is whole or its connection takes no more.
 */
#pragma once

#include <gio/gio.h>

#define KOCR_TYPE_BODY_STREAM (kocr_body_stream_get_type ())
G_DECLARE_FINAL_TYPE (
    KocrBodyStream, kocr_body_stream, KOCR, BODY_STREAM, GMemoryInputStream)

GInputStream *kocr_body_stream_new (GBytes *body, gint priority);
