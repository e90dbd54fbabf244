/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The services of a soak: one that answers late and with errors and that is
 * gone for a while now and then, one that breaks connections, and the element's
 * own, which crashes now and then.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS typedef struct _SoakServices SoakServices;

/* @broken_program: broken-service */
SoakServices *soak_services_new (const gchar * broken_program, GRand * random);
void soak_services_free (SoakServices * self);

/* The URL of one of them by chance; NULL: the element's own. */
const gchar *soak_services_pick (SoakServices * self);

/* The first service goes or comes back. Returns how long it is to stay so (s);
 * @gone: (out) */
gdouble soak_services_toggle (SoakServices * self, gboolean * gone);

/* Kills the process of the element's own service, if there is one. */
gboolean soak_services_crash_local (SoakServices * self);

G_END_DECLS
