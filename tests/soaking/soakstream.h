/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One pipeline of a soak: a kakaoocr between a test picture and what its frames
 * are for, to which something happens at random. Used from the main thread.
 */
#pragma once

#include "soakservices.h"

G_BEGIN_DECLS typedef enum
{
  SOAK_LATEST,                  /* live, and no frame waits */
  SOAK_ALIGNED,                 /* live, frames wait a while */
  SOAK_EXACT,                   /* not live, frames wait */
  SOAK_N_TIMINGS
} SoakTiming;

/* How long frames took from the element's sink pad to its source pad, us. */
typedef struct
{
  GArray *passes[SOAK_N_TIMINGS];       /* of gint64 */
  guint64 n_dropped;            /* in latest, without a reason */
} SoakFrames;

/* Of all streams since the start. */
typedef struct
{
  guint64 n_actions, n_restarts, n_seeks, n_caps, n_warnings, n_recognized,
      n_failed;
  gdouble slowest_action;       /* s: how long one kept the main thread ... */
  const gchar *slowest_name;    /* ... and which it was */
} SoakCounts;

typedef struct _SoakStream SoakStream;

guint soak_stream_get_n_kinds (void);
SoakStream *soak_stream_new (guint kind, GRand * random,
    SoakServices * services, SoakCounts * counts);
void soak_stream_free (SoakStream * self);

void soak_stream_start (SoakStream * self);
void soak_stream_stop (SoakStream * self);
/* Something by chance. */
void soak_stream_act (SoakStream * self);

/* Adds what passed since the last call. */
void soak_stream_take_frames (SoakStream * self, SoakFrames * frames);

/* What was wrong since the start: ERROR messages, sums that do not add up, a
 * live picture that stands still. @passed: us since the last call, but for the
 * load of the machine. (transfer full) (nullable) */
gchar *soak_stream_dup_problem (SoakStream * self, gint64 passed);
