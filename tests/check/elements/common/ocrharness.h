/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A `kakaoocr` between the pads of a GstHarness, with a bus, fed with test
 * frames.
 */
#pragma once

#include <gst/check/gstharness.h>

#include "testframe.h"

/* @settings: (nullable): properties as "name=value", blanks between. All
 * samples are sent, unless change-threshold is among them. Upstream
 * is live unless it is told otherwise; no caps are set. */
GstHarness *ocr_harness_new_without_caps (const gchar * url,
    const gchar * settings);
/* The same with TEST_FRAME_CAPS set: the timing is decided. */
GstHarness *ocr_harness_new (const gchar * url, const gchar * settings);
/* The same behind an upstream that is not live. */
GstHarness *ocr_harness_new_not_live (const gchar * url,
    const gchar * settings);
void ocr_harness_free (GstHarness * h);

/* "name=value" ... on any element. */
void ocr_set_properties (GstElement * element, const gchar * settings);

void ocr_harness_push (GstHarness * h, guint id);
/* Pushes frame @id, pulls one and says whose result it carries. */
gint ocr_harness_pass (GstHarness * h, guint id);
/* Pulls one: whose result it carries. */
gint ocr_harness_pull (GstHarness * h);

/* A thread's function, of a harness: pushes one frame after the other until that
 * is refused. What was said then. */
gpointer ocr_harness_push_until_refused (gpointer h);
/* The end of a flush, and a new segment. */
void ocr_harness_flush_stop (GstHarness * h);
/* Whether a QoS event of downstream comes to upstream. */
gboolean ocr_harness_passes_qos (GstHarness * h);

/* Waits until so many frames have come out. */
void ocr_harness_wait_frames (GstHarness * h, guint n);

/* Waits until an event of @type has come out. */
void ocr_harness_wait_event (GstHarness * h, GstEventType type);

/* The next message of @types, which must come. (transfer full) */
GstMessage *ocr_harness_wait_message (GstHarness * h, GstMessageType types);
/* One that is there now. (transfer full) (nullable) */
GstMessage *ocr_harness_pop_message (GstHarness * h, GstMessageType types);
/* Waits until a result is posted, which frames may carry from then on: the id
 * in it. */
gint ocr_harness_wait_result (GstHarness * h);
/* Waits for a WARNING or ERROR and looks for @part in what it says. Its
 * details: (transfer full). */
GstStructure *ocr_harness_wait_problem (GstHarness * h, GstMessageType type,
    const gchar * part);

/* Writes down what comes out from now on: frames by their id ("-" without a
 * time), a colon and whose result they carry, events and serialized queries
 * by the names of their types. */
void ocr_harness_record (GstHarness * h);
/* What came out, blanks between. (transfer full) */
gchar *ocr_harness_get_record (GstHarness * h);

/* A pipeline whose decoder of H.264 writes into memory of its own: libav of
 * GStreamer 1.26 may abort where it crops a picture in that of others. (transfer
 * full) */
GstElement *ocr_parse (const gchar * line);
/* Plays @pipeline to its EOS, which must come. */
void ocr_run_to_eos (GstElement * pipeline);

/* Waits for what nobody tells of (a count in `stats`, the state of a pad, the
 * threads and files of the process): looks each millisecond, and fails the test
 * after a minute. What posts a message or pushes a frame is waited for by that.
 */
void ocr_wait_until (gboolean (*is_so) (gpointer data), gpointer data);
/* Until the number @name of `stats` is @least or more. */
void ocr_wait_stat (GstElement * element, const gchar * name, guint64 least);

guint64 ocr_get_stat (GstElement * element, const gchar * name);
gchar *ocr_get_stat_string (GstElement * element, const gchar * name);
