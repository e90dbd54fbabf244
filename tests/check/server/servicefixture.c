/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "servicefixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

#include "testpicture.h"

void
service_set_up (ServiceFixture * f, gconstpointer data)
{
  g_autofree gchar *arguments = g_strconcat ("--engine replay:%s ", data,
      NULL);
  gint fd = g_file_open_tmp ("replay-XXXXXX", &f->replay_file, NULL);

  close (fd);
  g_assert_true (g_file_set_contents (f->replay_file, SERVICE_REPLAY, -1,
          NULL));
  f->server = server_process_start (arguments, f->replay_file, SERVICE_KEY);
  f->picture = test_picture_new (64, 64, IFF_PNG);
  f->upload = http_build_upload (f->picture);
}

void
service_tear_down (ServiceFixture * f, gconstpointer data)
{
  if (f->server != NULL)
    server_process_free (f->server);
  g_unlink (f->replay_file);
  g_free (f->replay_file);
  g_bytes_unref (f->picture);
  g_bytes_unref (f->upload);
}

GBytes *
service_build_upload_request (ServiceFixture * f)
{
  return http_build_request ("POST", SERVICE_PATH, SERVICE_KEY, TEST_FORM_TYPE,
      NULL, f->upload);
}

void
service_assert_serves (ServiceFixture * f)
{
  g_autoptr (GBytes) request = service_build_upload_request (f);
  g_autoptr (HttpReply) reply = http_exchange (f->server->port, request);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (reply->body, ==, SERVICE_REPLAY);
}

void
service_add (const ServiceTest * tests, guint n)
{
  guint i;

  signal (SIGPIPE, SIG_IGN);
  for (i = 0; i < n; i++) {
    g_autofree gchar *path = g_strdup_printf ("/service/%s", tests[i].name);

    g_test_add (path, ServiceFixture, tests[i].arguments, service_set_up,
        tests[i].test, service_tear_down);
  }
}

int
service_run (int argc, char **argv, const ServiceTest * tests, guint n)
{
  g_test_init (&argc, &argv, NULL);
  service_add (tests, n);
  return g_test_run ();
}
