/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Tally: what the settled requests of an engine came to.
 */
#pragma once

#include "latencies.h"
#include "request.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 submitted;            /* requests that reached the wire */
  guint64 retried, throttled, bytes_sent;
  guint64 recognized, failed, cancelled;
  guint64 unchanged, remembered;        /* settled by an earlier sample */
  guint64 regions, regions_dropped;
  /* Of what was recognized: from the sample to the result, and its parts: until
   * it was encoded, until its last attempt began, until that was answered. */
  KocrLatencies latencies, encode, queue, service;
} KocrTally;

void kocr_tally_add (KocrTally * self, const KocrRequest * request);

G_END_DECLS
