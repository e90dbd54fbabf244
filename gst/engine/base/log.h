/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The engine's GST_DEBUG categories: a line a decision, which names the sample
 * by its serial.  What others say is in it as kocr_printable() gives it; keys,
 * and URLs, which may have one, are not.
 *
 *   #define GST_CAT_DEFAULT KOCR_LOG_HTTP
 */
#pragma once

#include <gst/gst.h>

/* Sent, retried and why, settled; throttled, breaker, latch; the local service.
 * Not evaluated unless some category is as verbose as the line. */
#define KOCR_LOG_HTTP (kocr_log_get_http ())
/* Unchanged, remembered, new. */
#define KOCR_LOG_GATE (kocr_log_get_gate ())

GstDebugCategory *kocr_log_get_http (void);
GstDebugCategory *kocr_log_get_gate (void);
/* Makes both, so that GST_DEBUG finds them. */
void kocr_log_init (void);
