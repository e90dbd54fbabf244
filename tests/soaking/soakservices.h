/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The services of a soak: one that answers late and with errors and that is
 * gone for a while now and then, one that breaks connections, and the element's
 * own, which crashes or hangs now and then.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS typedef struct _SoakServices SoakServices;

/* They live in a thread of their own, since a stream may keep its caller for as
 * long as a service is gone. @broken_program: broken-service */
SoakServices *soak_services_new (const gchar * broken_program, guint32 seed);
void soak_services_free (SoakServices * self);

/* The URL of one of them by @draw, 0 - 1; NULL: the element's own. */
const gchar *soak_services_pick (SoakServices * self, gdouble draw);

/* How often the first was gone and the element's own was killed, or stopped. */
void soak_services_count (SoakServices * self, guint * n_outages,
    guint * n_crashes, guint * n_hangs);
