/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Sample log: what became of each frame and each sample, a line for each
 * decision, in the category `kakaoocr` (GST_DEBUG=kakaoocr*:6).
 *
 * A frame that is no sample has its stream time before the reason; a sample has
 * its number in each line from the first on:
 *
 *   0:00:02.000000000: not sampled: …      why
 *   0:00:03.000000000: sample 3: …         why it is one: due, forced, changed
 *   sample 3: settled: …                   sent, unchanged, remembered, failed
 *   sample 3: flushed
 *   sample 3: moved / lost: …              its boxes, where they follow
 *   sample 3: carried / late: …            a frame has its result, or none has
 *
 * What the engine does with a sample between is told by its categories, by the
 * same number.
 */
#pragma once

#include "request.h"

GstDebugCategory *kocr_ocr_category (void);
#define GST_CAT_DEFAULT kocr_ocr_category ()

#define KOCR_SAMPLE_LOG_IS_ON() \
    (GST_LEVEL_LOG <= _gst_debug_min \
        && gst_debug_category_get_threshold (GST_CAT_DEFAULT) >= GST_LEVEL_LOG)

#define KOCR_SAMPLE_DEBUG(owner, serial, format, ...) \
    GST_DEBUG_OBJECT (owner, "sample %" G_GUINT64_FORMAT ": " format, serial, \
        ## __VA_ARGS__)

/* @request is settled. */
void kocr_sample_log_settled (gpointer owner, const KocrRequest * request);
