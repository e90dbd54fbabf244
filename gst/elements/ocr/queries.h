/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Queries: what `kakaoocr` adds to the answers that go through it.
 */
#pragma once

#include "ocr/settings.h"

/* ALLOCATION: @more buffers, of @frame_size bytes (0: not known), may be held.
 */
void kocr_query_add_to_pools (GstQuery * query, guint more,
    gsize frame_size);
/* ALLOCATION: what is attached to frames would be missing in their pixels: who
 * finds nobody here that draws it draws it himself. */
void kocr_query_refuse_compositions (GstQuery * query);
/* LATENCY: frames wait for @latency. */
void kocr_query_add_latency (GstQuery * query, GstClockTime latency);
/* The settings by which frames are left unread. (transfer full) */
gchar *kocr_query_describe_unread (const KocrFrameSettings * settings,
    KocrTiming timing);
