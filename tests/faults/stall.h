/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Stall: a service that comes to a halt in one phase of a request, and a
 * pipeline that asks it and is stopped there.
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS typedef enum
{
  STALL_IN_THE_HANDSHAKE,
  STALL_BEFORE_THE_ANSWER,
  STALL_IN_THE_BODY,
  STALL_IN_A_RETRY_WAIT,
  STALL_IN_THE_UPLOAD,
  STALL_N_PHASES
} StallPhase;

const gchar *stall_get_name (StallPhase phase);

/* A source and a `kakaoocr` of @timing. The source of "exact" is not live. */
GstElement *stall_pipeline_new (const gchar * timing);

/* Plays @pipeline from NULL until its request stalls in @phase at a service of
 * its own, and stops it. How long the stop took, microseconds, but for the load
 * of the machine. */
gint64 stall_cycle (GstElement * pipeline, StallPhase phase);
