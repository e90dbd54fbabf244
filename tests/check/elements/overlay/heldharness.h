/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A `kakaoocroverlay` that holds its masks for half a second, and frames with a
 * text that is read in some of them.
 */
#pragma once

#include "overlayharness.h"

#define WIDTH 320
#define HEIGHT 240
#define FRAME (40 * GST_MSECOND)
/* Frames of a hold of 500 ms: the last one is 480 ms away. */
#define HOLD 12

/* The text, where it stands in frame 0: a patch of noise. */
#define TEXT_WIDTH 80
#define TEXT_HEIGHT 24
#define LEFT 40
#define TOP 100

GstHarness *held_harness_new (const gchar *format);
void held_harness_free (GstHarness *h);
guint held_harness_count_messages (GstHarness *h, GstMessageType type);

/* Gray with a patch of noise at @left; with a result of that when @read, else
 * with one of nothing. */
GstBuffer *held_frame_new (
    GstHarness *h, guint number, gint left, gboolean read);
/* How many pixels of the patch are still to be seen. */
guint held_frame_count_seen (GstHarness *h, GstBuffer *frame);

void held_harness_push (GstHarness *h, guint number, gint left, gboolean read);
/* The next frame, which is @number. */
GstBuffer *held_harness_pull (GstHarness *h, guint number);
void held_harness_end (GstHarness *h);
