/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A kakaoocr-server of a test's own over real HTTP, whose answer is replayed.
 */
#pragma once

#include "httpexchange.h"
#include "serverprocess.h"

#define SERVICE_KEY "a-key"
#define SERVICE_PATH "/ai/OCR/local"
#define SERVICE_REPLAY "{\"responses\":[{\"page\":1,\"results\":[]}]}"
#define SERVICE_FORM TEST_FORM_TYPE
/* Of a request with a form, without an end; and with a body in chunks. */
#define SERVICE_HEAD "POST " SERVICE_PATH " HTTP/1.1\r\nHost: a\r\n" \
    "x-api-key: " SERVICE_KEY "\r\nContent-Type: " SERVICE_FORM "\r\n"
#define SERVICE_CHUNKED SERVICE_HEAD "Transfer-Encoding: chunked\r\n\r\n"

typedef struct
{
  ServerProcess *server;        /* NULL: it has been ended */
  GBytes *picture, *upload;

  /*< private >*/
  gchar *replay_file;
} ServiceFixture;

typedef struct
{
  const gchar *name, *arguments;        /* of the server; nullable */
  void (*test) (ServiceFixture *, gconstpointer);
} ServiceTest;

/* @data: the server's arguments, NULL for none. */
void service_set_up (ServiceFixture * f, gconstpointer data);
void service_tear_down (ServiceFixture * f, gconstpointer data);
/* Adds @tests, each with a server of its own. */
void service_add (const ServiceTest * tests, guint n);
/* Runs these alone. */
int service_run (int argc, char **argv, const ServiceTest * tests, guint n);

/* (transfer full): what is answered with SERVICE_REPLAY. */
GBytes *service_build_upload_request (ServiceFixture * f);
/* It is answered, by a connection of its own. */
void service_assert_serves (ServiceFixture * f);
