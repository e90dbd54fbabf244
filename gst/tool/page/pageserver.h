/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Page server: an archive's page over HTTP, for whoever may see it.
 *
 * On loopback a request must name loopback as its host, so that a page from
 * elsewhere that has its name resolved to this machine gets nothing.  Beyond
 * loopback a token is needed: as `?token=…` once, which leaves a cookie, or as
 * `Authorization: Bearer …`.  Only GET and HEAD; nothing is written.
 */
#pragma once

#include "archive/database.h"

#include <gio/gio.h>

typedef struct _PageServer PageServer;

/* @address: numeric; @token: (nullable). Serves in the thread-default main
 * context. NULL with an error. */
PageServer *page_server_new (Database * database, const gchar * address,
    guint port, const gchar * token, GError ** error);
void page_server_free (PageServer * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PageServer, page_server_free)
/* (transfer full) */
gchar *page_server_get_url (PageServer * self);
