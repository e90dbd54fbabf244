/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A `kakaoocroverlay` that fills texts, with a bus of its own, and the one text
 * of all its frames.
 */
#pragma once

#include "overlayharness.h"

/* Where it is, and how far from it redacting goes at most. */
#define LEFT 100
#define TOP 80
#define RIGHT 220
#define BOTTOM 110
#define REACH 16

/* Fills texts by @fill, and has a bus of its own. */
GstHarness *fill_harness_new (const gchar *caps, const gchar *fill);
void fill_harness_free (GstHarness *h);
/* (transfer full) (nullable) */
GstMessage *fill_harness_pop_message (GstHarness *h, GstMessageType type);
/* Whether the one WARNING that there is says @part; NULL: there is none. */
void fill_harness_assert_warning (GstHarness *h, const gchar *part);

GstKakaoOcrResult *fill_harness_result (GstHarness *h);
/* What becomes of a frame with that result. */
GstBuffer *fill_harness_pass (GstHarness *h);
gboolean fill_harness_is_changed (GstHarness *h, GstBuffer *frame, gint left,
    gint top, gint right, gint bottom);
/* Of a frame 320 pixels wide with its luma first. */
guint8 fill_harness_get_luma (GstBuffer *frame, gint x, gint y);
