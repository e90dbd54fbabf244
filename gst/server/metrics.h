/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the service did so far, as OpenMetrics text for who watches it.
 */
#pragma once

#include "readqueue.h"

typedef struct _Metrics Metrics;

Metrics *metrics_new (void);
void metrics_free (Metrics * self);

/* From any thread. */
void metrics_count_answer (Metrics * self, guint status);
/* (transfer full) */
Answer *metrics_render (Metrics * self, guint n_connections,
    const ReadQueueState * queue);
