/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "soakservices.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/types.h>

#include "service.h"

/* Seconds. An outage is shorter than what opens the breaker for minutes. */
#define FIRST_OUTAGE 20.0
#define SHORTEST_OUTAGE 1.0
#define LONGEST_OUTAGE 8.0
#define SHORTEST_SERVICE 30.0
#define LONGEST_SERVICE 240.0
/* Between two blows at the element's own service: some twenty hangs an hour,
 * each of which takes half a minute to be noticed. */
#define SHORTEST_PEACE 20.0
#define LONGEST_PEACE 60.0
#define HANGS 0.65              /* of the blows; the others kill */

static const gchar answer[] =
    "{\"responses\":[{\"page\":1,\"results\":["
    "{\"box\":[[8,4],[60,4],[60,20],[8,20]],\"recognized_word\":[\"EXIT\"]},"
    "{\"box\":[[70,4],[120,6],[119,22],[69,20]],"
    "\"recognized_word\":[\"초미세\",\"먼지\"]},"
    "{\"box\":[[8,40],[90,40],[90,60],[8,60]],"
    "\"recognized_word\":[\"CarService\"]}]}]}";

/* None that latches, which would leave nothing to soak. */
#define FAULTS "--latency=200+-150 " \
    "--fail=503=0.04,429=0.02,502=0.02,400/NO_IMAGE=0.02,413=0.01," \
    "405/TOO_MANY_BOXES=0.02"

struct _SoakServices
{
  GSocket *port;                /* holds it, also in an outage: what else answered
                                 * there would be taken for the service */
  gchar *url;
  GSubprocess *broken;
  gchar *broken_url;

  /* The thread. */
  GThread *thread;
  GRand *random;
  gchar *arguments;
  Service *service;             /* nullable: it is gone */

  GMutex lock;
  GCond cond;
  /* lock */
  gboolean stopped;
  guint n_outages, n_crashes, n_hangs;
};

static gboolean
is_ours (SoakServices * self, const gchar * pid)
{
  const gchar *service = self->service
      ? g_subprocess_get_identifier (self->service->process) : NULL;

  return g_strcmp0 (pid, service) == 0
      || g_strcmp0 (pid, g_subprocess_get_identifier (self->broken)) == 0;
}

/* Kills or stops the processes of the element's own service, if there are any;
 * stopped, one takes connections and never answers. */
static gboolean
signal_local (SoakServices * self, gint signal)
{
  g_autoptr (GDir) threads = g_dir_open ("/proc/self/task", 0, NULL);
  const gchar *thread;

  while ((thread = g_dir_read_name (threads))) {
    g_autofree gchar *path =
        g_strdup_printf ("/proc/self/task/%s/children", thread);
    g_autofree gchar *children = NULL;
    g_auto (GStrv) pids = NULL;

    /* A thread may have ended. */
    if (!g_file_get_contents (path, &children, NULL, NULL))
      continue;
    pids = g_strsplit (g_strstrip (children), " ", 0);
    for (guint i = 0; pids[i]; i++)
      if (*pids[i] && !is_ours (self, pids[i]))
        return kill (atoi (pids[i]), signal) == 0;
  }
  return FALSE;
}

/* Waits for @seconds. FALSE: it is the end. */
static gboolean
wait_for (SoakServices * self, gdouble seconds)
{
  gint64 end = g_get_monotonic_time ()
      + (gint64) (seconds * G_TIME_SPAN_SECOND);
  gboolean stopped;

  g_mutex_lock (&self->lock);
  while (!self->stopped && g_cond_wait_until (&self->cond, &self->lock, end));
  stopped = self->stopped;
  g_mutex_unlock (&self->lock);
  return !stopped;
}

static void
hit_local (SoakServices * self)
{
  gboolean hang = g_rand_double (self->random) < HANGS;
  gboolean hit = signal_local (self, hang ? SIGSTOP : SIGKILL);

  g_mutex_lock (&self->lock);
  self->n_hangs += hit && hang;
  self->n_crashes += hit && !hang;
  g_mutex_unlock (&self->lock);
}

/* Waits for @seconds, in which the element's own service has to suffer. */
static gboolean
strike_for (SoakServices * self, gdouble seconds)
{
  gboolean on = TRUE;

  while (on && seconds > 0) {
    gdouble peace = g_rand_double_range (self->random, SHORTEST_PEACE,
        LONGEST_PEACE);

    on = wait_for (self, MIN (peace, seconds));
    if (on && peace <= seconds)
      hit_local (self);
    seconds -= peace;
  }
  return on;
}

static gpointer
live (gpointer data)
{
  SoakServices *self = data;
  gdouble seconds = FIRST_OUTAGE;

  while (strike_for (self, seconds)) {
    g_mutex_lock (&self->lock);
    self->n_outages += self->service != NULL;
    g_mutex_unlock (&self->lock);
    if (self->service) {
      g_clear_pointer (&self->service, service_free);
      seconds = g_rand_double_range (self->random, SHORTEST_OUTAGE,
          LONGEST_OUTAGE);
    } else {
      self->service = service_new (answer, self->arguments);
      seconds = g_rand_double_range (self->random, SHORTEST_SERVICE,
          LONGEST_SERVICE);
    }
  }
  g_clear_pointer (&self->service, service_free);
  return NULL;
}

/* A socket that nobody listens at, beside which a service may. */
static GSocket *
hold_port (guint16 * port)
{
  g_autoptr (GInetAddress) loopback =
      g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;
  GSocket *self = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
      G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_bind (self, any, TRUE, &error);
  g_assert_no_error (error);
  address = g_socket_get_local_address (self, &error);
  g_assert_no_error (error);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  return self;
}

SoakServices *
soak_services_new (const gchar * broken_program, guint32 seed)
{
  SoakServices *self = g_new0 (SoakServices, 1);
  /* kakaoocr-server takes an int. */
  g_autofree gchar *word = g_strdup_printf ("%u", seed >> 1);
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;
  guint16 port;

  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  self->random = g_rand_new_with_seed (seed);
  self->port = hold_port (&port);
  self->arguments = g_strdup_printf (FAULTS " --seed=%s --port=%d", word, port);
  self->service = service_new (answer, self->arguments);
  self->url = g_strdup (self->service->url);

  self->broken = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE
      | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, broken_program, word, NULL);
  g_assert_no_error (error);
  output =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->broken));
  self->broken_url = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  g_assert_nonnull (self->broken_url);
  self->thread = g_thread_new ("services", live, self);
  return self;
}

void
soak_services_free (SoakServices * self)
{
  g_mutex_lock (&self->lock);
  self->stopped = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->broken), NULL,
      NULL);
  g_subprocess_wait (self->broken, NULL, NULL);
  g_object_unref (self->broken);
  g_object_unref (self->port);
  g_rand_free (self->random);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->cond);
  g_free (self->broken_url);
  g_free (self->arguments);
  g_free (self->url);
  g_free (self);
}

const gchar *
soak_services_pick (SoakServices * self, gdouble draw)
{
  const gchar *urls[] = {
    self->url, self->url, self->broken_url, NULL, NULL
  };

  return urls[(guint) (draw * G_N_ELEMENTS (urls))];
}

void
soak_services_count (SoakServices * self, guint * n_outages,
    guint * n_crashes, guint * n_hangs)
{
  g_mutex_lock (&self->lock);
  *n_outages = self->n_outages;
  *n_crashes = self->n_crashes;
  *n_hangs = self->n_hangs;
  g_mutex_unlock (&self->lock);
}
