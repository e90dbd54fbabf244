/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The General OCR API on a socket: accepts connections, each in a thread of
 * its own, and answers their requests one after the other.
 */
#pragma once

#include <gio/gio.h>

#include "settings.h"

typedef struct _Service Service;

/* Listens when it returns; the main loop must run for its deadlines to hold. */
Service *service_new (const Settings * settings, GError ** error);
/* Stops listening, ends the connections that have no request now, and the
 * others when they were answered. @on_drained is called in the main loop, once,
 * when all are gone. */
void service_drain (Service * self, GSourceFunc on_drained,
    gpointer user_data);
/* Stops listening, ends every connection and waits for their threads. */
void service_free (Service * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Service, service_free)

/* The endpoint's whole URL. */
const gchar *service_get_url (Service * self);
