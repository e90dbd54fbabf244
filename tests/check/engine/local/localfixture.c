/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "localfixture.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "../../processend.h"

#define TIMEOUT_MS 100000

void
local_use_script (LocalFixture * f, const gchar * body)
{
  g_autofree gchar *path = g_build_filename (f->directory, "server", NULL);
  g_autofree gchar *text = g_strdup_printf ("#!/bin/sh\ncd '%s'\n%s",
      f->directory, body);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0755,
      &error);
  g_assert_no_error (error);
  g_setenv ("KAKAOOCR_SERVER", path, TRUE);
}

gchar *
local_read_note (LocalFixture * f, const gchar * name)
{
  g_autofree gchar *path = g_build_filename (f->directory, name, NULL);
  gchar *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text != NULL ? g_strstrip (text) : NULL;
}

GArray *
local_read_pids (LocalFixture * f)
{
  g_autofree gchar *text = local_read_note (f, "pids");
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  GArray *pids = g_array_new (FALSE, FALSE, sizeof (gint));
  guint i;

  for (i = 0; lines[i] != NULL; i++) {
    gint pid = atoi (lines[i]);

    g_array_append_val (pids, pid);
  }
  return pids;
}

gint
local_last_pid (LocalFixture * f)
{
  g_autoptr (GArray) pids = local_read_pids (f);

  g_assert_cmpuint (pids->len, >, 0);
  return g_array_index (pids, gint, pids->len - 1);
}

static void
set_up (LocalFixture * f, gconstpointer data)
{
  f->directory = g_dir_make_tmp ("localservice-XXXXXX", NULL);
  f->service = NULL;
}

void
local_assert_vanishes (gint pid)
{
  g_autoptr (GSubprocess) later = NULL;
  g_autoptr (GError) error = NULL;

  process_wait_end (pid, TIMEOUT_MS);
  /* GLib's thread reaps children in the order in which they end. */
  later = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "true", NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (later, NULL, NULL));
  g_assert_cmpint (kill (pid, 0), ==, -1);
  g_assert_cmpint (errno, ==, ESRCH);
}

void
local_assert_orphan_ends (gint pid)
{
  process_wait_end (pid, TIMEOUT_MS);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
}

static void
tear_down (LocalFixture * f, gconstpointer data)
{
  g_autoptr (GArray) pids = local_read_pids (f);
  g_autoptr (GDir) dir = g_dir_open (f->directory, 0, NULL);
  const gchar *name;
  guint i;

  if (f->service != NULL)
    kocr_local_service_release (f->service);
  for (i = 0; i < pids->len; i++)
    local_assert_vanishes (g_array_index (pids, gint, i));
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree gchar *path = g_build_filename (f->directory, name, NULL);

    g_unlink (path);
  }
  g_rmdir (f->directory);
  g_free (f->directory);
}

static void
on_ready (GObject * source, GAsyncResult * result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

KocrLocalEndpoint *
local_get_endpoint (KocrLocalService * service, guint suspect,
    GCancellable * cancellable, GError ** error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_main_context_push_thread_default (context);
  kocr_local_service_get_endpoint_async (service, suspect, cancellable,
      on_ready, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);
  return kocr_local_service_get_endpoint_finish (result, error);
}

KocrLocalEndpoint *
local_require_endpoint (LocalFixture * f, guint suspect)
{
  g_autoptr (GError) error = NULL;
  KocrLocalEndpoint *endpoint = local_get_endpoint (f->service, suspect, NULL,
      &error);

  g_assert_no_error (error);
  return endpoint;
}

int
local_run (int argc, char **argv, const LocalTest * tests, guint n)
{
  g_autofree gchar *server = g_strdup (g_getenv ("KAKAOOCR_SERVER"));
  guint i;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (prctl (PR_SET_CHILD_SUBREAPER, 1), ==, 0);
  for (i = 0; i < n; i++) {
    g_autofree gchar *path = g_strconcat ("/localservice/", tests[i].name,
        NULL);

    g_test_add (path, LocalFixture, server, set_up, tests[i].test, tear_down);
  }
  return g_test_run ();
}
