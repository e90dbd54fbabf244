/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Faults on purpose, for those who test a client: `--fail` and `--latency`.
 * The draws come from one seeded generator in the order of the requests, so a
 * run can be had again.
 */
#pragma once

#include "http/answer.h"

typedef struct _Faults Faults;

/* @fail: "STATUS[/CODE]=PROBABILITY,...", each probability of 0–1 and together
 * at most 1; a status of the guide's table answers as its row does. @latency:
 * "MS" or "MS+-MS". Either may be NULL. */
Faults *faults_new (const gchar * fail, const gchar * latency, guint32 seed,
    GError ** error);
void faults_free (Faults * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Faults, faults_free)

/* What the next request meets: an answer instead of the service's own, or
 * NULL, and *@latency in µs before it is answered. From any thread. */
Answer *faults_draw (Faults * self, gint64 * latency);
