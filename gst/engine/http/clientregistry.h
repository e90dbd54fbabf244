/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Client registry: the clients of the process and their users. A client is one
 * thread, one SoupSession and one governor, shared by all users with the same
 * endpoint, key and CA, or with the bundled service of the same languages.
 *
 * A user is one element's run.  It reserves a slot before it hands in a request
 * (so nothing queues behind a busy service), or, when it must not lose one,
 * hands in without reserving and the request waits its turn here.  The client
 * sends the same bytes again as the governor allows; what must be sent in
 * another shape comes back to the engine with the fault that says so.
 *
 * Callbacks come from the network thread with no lock held.
 */
#pragma once

#include "http/denial.h"
#include "request.h"

typedef struct _KocrClientUser KocrClientUser;

typedef enum
{
  KOCR_STATE_OK,
  KOCR_STATE_THROTTLED, /* the service said so, and for how long */
  KOCR_STATE_OPEN,      /* the breaker is open: an outage */
  KOCR_STATE_LATCHED,   /* configuration or credentials; probed slowly */
  KOCR_STATE_EXHAUSTED  /* this user's max_requests is spent */
} KocrState;

const gchar *kocr_state_get_name (KocrState state);

typedef struct
{
  const gchar *endpoint; /* whole URL; NULL or "local": the bundled service */
  const gchar *api_key;         /* nullable */
  const gchar *ca_file;         /* nullable */
  const gchar *languages;       /* nullable: of the bundled service */
  guint max_in_flight;          /* 1 - 64 */
  gdouble max_rate;             /* requests a second; 0: no limit */
  guint64 max_requests;         /* of this user; 0: no limit */
  GstClockTime timeout;         /* of one attempt */
  GstClockTime max_outage;      /* lossless: give up after; 0: never */
  gboolean lossless;            /* retry until max_outage, not 3 times */
} KocrClientConfig;

typedef struct
{
  /* @request is settled: result or error is set. Each request that was handed
   * in settles exactly once, cancelled ones too. */
  void (*completed) (KocrRequest * request, gpointer user_data);
  /* Once a change. @error says why, NULL when it went back to OK. */
  void (*state_changed) (KocrState state, const GError * error,
      guint http_status, const gchar * code, gpointer user_data);
} KocrClientCallbacks;

typedef struct
{
  KocrState state;
  guint window;                 /* requests that may be in flight now */
  guint in_flight;              /* of the shared client */
} KocrClientStatus;

/* Validates the configuration (URL, plain http only to loopback when there is
 * a key, key characters, CA file) and joins or makes the shared client.
 * NULL with a KOCR_ERROR that says what to do. */
KocrClientUser *kocr_client_user_new (const KocrClientConfig * config,
    const KocrClientCallbacks * callbacks, gpointer user_data, GError ** error);
/* Cancels what is in flight, waits (short: it never waits for the network)
 * until no callback of this user runs or will run, leaves the client; the last
 * user ends its thread. Not from the network thread. */
void kocr_client_user_free (KocrClientUser * user);

/* Changes what the configuration said; before the first send. */
void kocr_client_user_set_lossless (KocrClientUser * user, gboolean lossless);

/* Takes a slot for a request to be handed in soon, if one is free right now, or
 * tells why not. From any thread, short. */
KocrDenial kocr_client_user_reserve (KocrClientUser * user);
/* Gives an unused reservation back (the frame could not be encoded). */
void kocr_client_user_unreserve (KocrClientUser * user);
/* Hands in a request whose picture is set. @reserved: it uses a slot taken
 * before; else it waits its turn. Takes its own reference. From any thread. */
void kocr_client_user_send (KocrClientUser * user, KocrRequest * request,
    gboolean reserved);
/* Settles all of this user's requests with KOCR_ERROR_CANCELLED, soon, in the
 * network thread. */
void kocr_client_user_cancel_all (KocrClientUser * user);
void kocr_client_user_get_status (KocrClientUser * user,
    KocrClientStatus * status);
