/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Prospect: whether a job that is not out is worth waiting with, and when to
 * look again. Belongs to the network's thread.
 */
#pragma once

#include "job.h"
#include "roster.h"

G_BEGIN_DECLS

/* Live: it cannot go before its deadline. Lossless: the latch holds, or the
 * service has not answered for max_outage. */
gboolean kocr_prospect_is_hopeless (KocrRoster * roster, const KocrJob * job,
    gint64 now);
/* When something about it can change without an event; G_MAXINT64: not. */
gint64 kocr_prospect_get_wake (KocrRoster * roster, const KocrJob * job,
    gint64 now);

G_END_DECLS
