/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rows of the fault table that the network makes and no server: hosts that
 * swallow every packet, links that die, delay and lose. In a network namespace
 * of the program's own, where the machine allows one.
 */
#include "../check/stopwatch.h"
#include "question.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../check/testrows.h"

#define TESTS "/faults/"

#define PICTURE_SIZE 7900000
#define N_LOSSY 20

/* Why there is no namespace; NULL: there is. */
static const gchar *obstacle;

static gboolean
run (const gchar * command)
{
  g_autofree gchar *output = NULL, *errors = NULL;
  gint status;

  return g_spawn_command_line_sync (command, &output, &errors, &status, NULL)
      && g_spawn_check_wait_status (status, NULL);
}

static void
must_run (const gchar * command)
{
  if (!run (command))
    g_error ("%s: failed", command);
}

static gboolean
write_file (const gchar * path, const gchar * text)
{
  FILE *file = fopen (path, "w");

  return file && fputs (text, file) >= 0 && fclose (file) == 0;
}

/* Before there is any thread. Who is not root becomes it in there. */
static const gchar *
enter_namespace (void)
{
  g_autofree gchar *ip = g_find_program_in_path ("ip");
  g_autofree gchar *users = g_strdup_printf ("0 %u 1", geteuid ());
  g_autofree gchar *groups = g_strdup_printf ("0 %u 1", getegid ());

  if (!ip)
    return "there is no ip (iproute2)";
  if (unshare (CLONE_NEWNET) != 0 && (unshare (CLONE_NEWUSER | CLONE_NEWNET)
          != 0 || !write_file ("/proc/self/uid_map", users)
          || !write_file ("/proc/self/setgroups", "deny")
          || !write_file ("/proc/self/gid_map", groups)))
    return "this machine allows no network namespace";
  return run ("ip link set lo up") ? NULL : "the namespace's lo stays down";
}

static gboolean
is_skipped (void)
{
  if (obstacle)
    g_test_skip (obstacle);
  return obstacle != NULL;
}

static void
start_client (ClientFixture * f, const gchar * url, GstClockTime timeout)
{
  client_fixture_init (f, url);
  f->config.timeout = timeout;
  client_fixture_start (f);
}

/* What the user is told, and that it took what it may: a pause before another
 * attempt that would end behind the deadline is not waited out. */
static void
assert_timed_out (const KocrRequest * request, const Stopwatch * watch)
{
  g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_TIMEOUT);
  g_assert_cmpint (request->outcome.fault->action, ==, KOCR_ACTION_RETRY);
  g_assert_cmpint (g_get_monotonic_time () - watch->start, >=, 250 * 1000);
  g_assert_cmpint (stopwatch_stop (watch), <, 1500 * 1000);
}

/* A host whose address is known and that is not there. */
static void
row_04_syn_black_hole_on_a_link (void)
{
  g_autoptr (KocrRequest) request = NULL;
  ClientFixture f;
  Stopwatch watch;

  if (is_skipped ())
    return;
  if (!run ("ip link add near type veth peer name far")) {
    g_test_skip ("this kernel has no veth");
    return;
  }
  must_run ("ip address add 198.51.100.1/24 dev near");
  must_run ("ip link set near up");
  must_run ("ip link set far up");
  must_run ("ip neighbour add 198.51.100.2 lladdr 02:00:00:00:00:02 dev near");
  start_client (&f, "http://198.51.100.2/ai/OCR/x", 500 * GST_MSECOND);
  watch = stopwatch_start ();
  request = client_fixture_ask (&f);
  assert_timed_out (request, &watch);
  g_assert_cmpuint (request->transfer.attempts, ==, 0);
  client_fixture_clear (&f);
  must_run ("ip link delete near");
}

static gboolean
die_and_answer (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  fault_connection_read_body (c, GPOINTER_TO_SIZE (data));
  must_run ("ip link set lo down");
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

/* After so many bytes of the picture. */
static void
assert_dead_link_times_out (gsize n_read)
{
  FaultScript script = { die_and_answer, NULL, TRUE };
  g_autoptr (FaultServer) server = NULL;
  g_autoptr (KocrRequest) request = NULL, sent = NULL;
  ClientFixture f;
  Stopwatch watch;

  if (is_skipped ())
    return;
  server = fault_server_new (&script, GSIZE_TO_POINTER (n_read));
  start_client (&f, fault_server_get_url (server), 500 * GST_MSECOND);
  sent = client_fixture_request (&f, PICTURE_SIZE);
  watch = stopwatch_start ();
  kocr_client_user_send (f.user, sent, FALSE);
  request = client_fixture_wait (&f);
  assert_timed_out (request, &watch);
  client_fixture_clear (&f);
  must_run ("ip link set lo up");
}

static void
row_12_link_dies_in_the_upload (void)
{
  assert_dead_link_times_out (100 * 1000);
}

static void
row_15_link_dies_before_the_answer (void)
{
  assert_dead_link_times_out (PICTURE_SIZE);
}

static gboolean
answer (FaultConnection * c, const gchar * head, guint number, gpointer data)
{
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

/* Nothing is wrong, so that all are answered. */
static void
row_14_link_delays_and_loses (void)
{
  FaultScript script = { answer };
  g_autoptr (FaultServer) server = NULL;
  ClientFixture f;
  guint i;

  if (is_skipped ())
    return;
  if (!run ("tc qdisc add dev lo root netem delay 40ms 20ms loss 5%")) {
    g_test_skip ("this kernel has no netem, or there is no tc (iproute2)");
    return;
  }
  server = fault_server_new (&script, NULL);
  start_client (&f, fault_server_get_url (server), 15 * GST_SECOND);
  for (i = 0; i < N_LOSSY; i++)
    client_fixture_send (&f);
  for (i = 0; i < N_LOSSY; i++) {
    g_autoptr (KocrRequest) request = client_fixture_wait (&f);

    g_assert_no_error (request->outcome.error);
  }
  client_fixture_clear (&f);
  must_run ("tc qdisc delete dev lo root");
}

int
main (int argc, char **argv)
{
  obstacle = enter_namespace ();
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  ADD (row_04_syn_black_hole_on_a_link);
  ADD (row_12_link_dies_in_the_upload);
  ADD (row_14_link_delays_and_loses);
  ADD (row_15_link_dies_before_the_answer);
  return g_test_run ();
}
