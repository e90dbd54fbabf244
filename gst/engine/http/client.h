/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Client: what the users of one endpoint, key and CA share. It lets jobs
 * go as the admission allows, sends failed ones again, gives each user its
 * requests back and tells it of changes of state.
 *
 * Jobs live in the network's thread; functions are for any other. What those
 * need at once is in the admission.
 */
#pragma once

#include "http/endpoint.h"
#include "http/admission.h"

typedef struct _KocrClient KocrClient;

/* Takes a reference to @endpoint. Starts the thread. */
KocrClient *kocr_client_new (KocrEndpoint * endpoint);
/* The last user has left. Ends and joins the thread. */
void kocr_client_free (KocrClient * self);
const KocrEndpoint *kocr_client_get_endpoint (KocrClient * self);

void kocr_client_join (KocrClient * self, KocrClientUser * user);
/* Settles all of @user's requests as cancelled; when it returns no callback
 * of it runs or will run. */
void kocr_client_leave (KocrClient * self, KocrClientUser * user);

KocrDenial kocr_client_reserve (KocrClient * self, KocrClientUser * user);
void kocr_client_unreserve (KocrClient * self, KocrClientUser * user);
void kocr_client_send (KocrClient * self, KocrClientUser * user,
    KocrRequest * request, gboolean reserved);
void kocr_client_cancel_all (KocrClient * self, KocrClientUser * user);
void kocr_client_get_status (KocrClient * self, KocrClientUser * user,
    KocrClientStatus * status);
