/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A user of the client that keeps what it is told, for tests to wait on.
 */
#pragma once

#include "http/clientregistry.h"
#include "http/statuses.h"
#include "base/clock.h"
#include "faultserver.h"

typedef struct
{
  KocrState state;
  GError *error;                /* nullable */
  guint http_status;
  gchar *code;                  /* nullable */
} StateChange;

typedef struct
{
  KocrClientConfig config;
  KocrClientUser *user;

  GMutex lock;
  GCond cond;
  /* lock */
  GQueue completed;             /* of KocrRequest */
  guint n_completed;            /* ever */
  GArray *changes;              /* of StateChange */
} ClientFixture;

/* For a FaultScript: answers with a result of one word, or never. */
gboolean client_fixture_answer (
    FaultConnection *c, const gchar *head, guint number, gpointer data);
gboolean client_fixture_hang (
    FaultConnection *c, const gchar *head, guint number, gpointer data);

/* Defaults: one attempt 2 s, 4 in flight, not lossless. */
void client_fixture_init (ClientFixture * f, const gchar * endpoint);
/* Joins with f->config, which may have been changed; must succeed. */
void client_fixture_start (ClientFixture * f);
/* Frees the user, if it was started and was not yet freed. */
void client_fixture_stop (ClientFixture * f);
void client_fixture_clear (ClientFixture * f);

/* A picture of 640x480 frame pixels, sent at half of that, whose body has
 * @size bytes. */
KocrPicture *client_fixture_picture (gsize size);
/* A request with a picture of @size bytes; live: all attempts in 2 s. */
KocrRequest *client_fixture_request (ClientFixture * f, gsize size);
/* Makes one of 2,000 bytes and hands it in, to wait its turn. */
void client_fixture_send (ClientFixture * f);
/* The same with a reservation. FALSE: there is none to be had, and nothing is
 * sent. */
gboolean client_fixture_reserve_and_send (ClientFixture * f);
/* (transfer full): the next one that is settled; fails the test after 100 s. */
KocrRequest *client_fixture_wait (ClientFixture * f);
/* Waits until there were @n state changes; fails the test after 100 s. */
void client_fixture_wait_changes (ClientFixture * f, guint n);
/* Sends one and waits for it. */
KocrRequest *client_fixture_ask (ClientFixture * f);
