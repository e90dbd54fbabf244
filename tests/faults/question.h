/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Question: one picture, to a service that has a fault, by a client that is
 * made for it and gone when it is answered. Live: 2 s for all attempts.
 */
#pragma once

#include "clientfixture.h"

/* (transfer full). @n_requests: (out) (nullable): that came to the service. */
    KocrRequest * question_ask (const FaultScript * script, gpointer data,
    guint * n_requests);
/* The service answers each with the bytes of @answer and closes. */
KocrRequest *question_ask_text (const gchar * answer, guint * n_requests);
/* The service answers each with status 200 and @json. */
KocrRequest *question_ask_json (const gchar * json, guint * n_requests);

/* For scripts: closes without a word, or waits for the other side to. */
gboolean question_hang (FaultConnection * c, const gchar * head,
    guint number, gpointer data);
gboolean question_hang_at_once (FaultConnection * c, guint number,
    gpointer data);

/* It is latched and says @code: nothing more is sent. */
void question_assert_latched (ClientFixture * f, const KocrRequest * request,
    gint code);
