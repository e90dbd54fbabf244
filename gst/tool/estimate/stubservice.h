/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Stub service: answers every picture with where it has text, on loopback, for
 * runs in which nothing may be sent anywhere.
 */
#pragma once

#include <gio/gio.h>

typedef struct _StubService StubService;

StubService *stub_service_new (GError ** error);
void stub_service_free (StubService * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StubService, stub_service_free)
/* The whole URL of it. */
const gchar *stub_service_get_url (const StubService * self);
