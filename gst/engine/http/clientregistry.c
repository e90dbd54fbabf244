/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/clientregistry.h"

#include "base/log.h"
#include "http/client.h"
#include "http/network.h"

/* The clients of the process, each with its users. */
typedef struct
{
  KocrClient *client;
  guint n_users;
} Shared;

static GMutex registry_lock;
static GSList *registry;        /* of Shared; under registry_lock */

const gchar *
kocr_state_get_name (KocrState state)
{
  static const gchar *names[] = {
    "ok", "throttled", "open", "latched", "exhausted"
  };

  return names[state];
}

static KocrClient *
acquire_client (KocrEndpoint * endpoint)
{
  Shared *shared;
  GSList *l;

  for (l = registry; l; l = l->next) {
    shared = l->data;
    if (kocr_endpoint_equal (endpoint,
            kocr_client_get_endpoint (shared->client))) {
      shared->n_users++;
      return shared->client;
    }
  }
  shared = g_new (Shared, 1);
  shared->client = kocr_client_new (endpoint);
  shared->n_users = 1;
  registry = g_slist_prepend (registry, shared);
  return shared->client;
}

/* TRUE: nobody uses it and nobody can find it any more. */
static gboolean
release_client (KocrClient * client)
{
  gboolean last = FALSE;
  GSList *l;

  g_mutex_lock (&registry_lock);
  for (l = registry; l; l = l->next) {
    Shared *shared = l->data;

    if (shared->client == client && --shared->n_users == 0) {
      registry = g_slist_remove (registry, shared);
      g_free (shared);
      last = TRUE;
      break;
    }
  }
  g_mutex_unlock (&registry_lock);
  return last;
}

KocrClientUser *
kocr_client_user_new (const KocrClientConfig * config,
    const KocrClientCallbacks * callbacks, gpointer user_data, GError ** error)
{
  g_autoptr (KocrEndpoint) endpoint = kocr_endpoint_new (config->endpoint,
      config->api_key, config->ca_file, config->languages, error);
  KocrClientUser *user;

  if (!endpoint)
    return NULL;

  kocr_log_init ();
  user = g_new0 (KocrClientUser, 1);
  user->callbacks = *callbacks;
  user->user_data = user_data;
  user->max_in_flight = CLAMP (config->max_in_flight, 1,
      KOCR_NETWORK_MAX_CONNECTIONS);
  user->max_rate = config->max_rate;
  user->max_requests = config->max_requests;
  user->timeout = config->timeout / GST_USECOND;
  user->max_outage = config->max_outage / GST_USECOND;
  user->lossless = config->lossless;

  g_mutex_lock (&registry_lock);
  user->client = acquire_client (endpoint);
  kocr_client_join (user->client, user);
  g_mutex_unlock (&registry_lock);
  return user;
}

void
kocr_client_user_free (KocrClientUser * user)
{
  KocrClient *client = user->client;

  kocr_client_leave (client, user);
  g_free (user);
  if (release_client (client))
    kocr_client_free (client);
}

void
kocr_client_user_set_lossless (KocrClientUser * user, gboolean lossless)
{
  g_atomic_int_set (&user->lossless, lossless);
}

KocrDenial
kocr_client_user_reserve (KocrClientUser * user)
{
  return kocr_client_reserve (user->client, user);
}

void
kocr_client_user_unreserve (KocrClientUser * user)
{
  kocr_client_unreserve (user->client, user);
}

void
kocr_client_user_send (KocrClientUser * user, KocrRequest * request,
    gboolean reserved)
{
  kocr_client_send (user->client, user, request, reserved);
}

void
kocr_client_user_cancel_all (KocrClientUser * user)
{
  kocr_client_cancel_all (user->client, user);
}

void
kocr_client_user_get_status (KocrClientUser * user, KocrClientStatus * status)
{
  kocr_client_get_status (user->client, user, status);
}
