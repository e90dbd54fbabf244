/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Dispatcher: what the users of one endpoint, key and CA share. It lets jobs
 * go as governor and turns allow, sends failed ones again, and tells each user
 * of its requests' ends and of changes of state.
 *
 * Jobs live in the network's thread; functions are for any other. What those
 * need at once is in the roster.
 */
#pragma once

#include "endpoint.h"
#include "roster.h"

G_BEGIN_DECLS

typedef struct _KocrDispatcher KocrDispatcher;

/* Takes a reference to @endpoint. Starts the thread. */
KocrDispatcher *kocr_dispatcher_new (KocrEndpoint * endpoint);
/* The last user has left. Ends and joins the thread. */
void kocr_dispatcher_free (KocrDispatcher * self);
const KocrEndpoint *kocr_dispatcher_get_endpoint (KocrDispatcher * self);

void kocr_dispatcher_join (KocrDispatcher * self, KocrClientUser * user);
/* Settles all of @user's requests as cancelled; when it returns no callback
 * of it runs or will run. */
void kocr_dispatcher_leave (KocrDispatcher * self, KocrClientUser * user);

gboolean kocr_dispatcher_reserve (KocrDispatcher * self,
    KocrClientUser * user);
void kocr_dispatcher_unreserve (KocrDispatcher * self, KocrClientUser * user);
void kocr_dispatcher_send (KocrDispatcher * self, KocrClientUser * user,
    KocrRequest * request, gboolean reserved);
void kocr_dispatcher_cancel_all (KocrDispatcher * self, KocrClientUser * user);
void kocr_dispatcher_get_status (KocrDispatcher * self, KocrClientUser * user,
    KocrClientStatus * status);

G_END_DECLS
