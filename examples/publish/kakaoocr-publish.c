/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr-publish --topic TOPIC
 *
 * Lines from stdin to an MQTT broker, a message each, in their order, exactly
 * once. A broker that goes is waited for, and a line is kept until the broker
 * has answered for it. (mosquitto_pub -l loses what it reads while there is no
 * broker, and says nothing.)
 */
#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <locale.h>
#include <mosquitto.h>
#include <unistd.h>

#define MAX_LINE (16 * 1024 * 1024)
/* Of more, mosquitto 2.0.11 forgets some that are half way when it stops. */
#define IN_FLIGHT 1
/* In what answers a connection: the broker has this client's session. */
#define SESSION_PRESENT 1
#define KEEPALIVE 30            /* seconds */
#define ONLINE "online"
#define OFFLINE "offline"

typedef struct
{
  gchar *host, *topic, *id, *user, *password_file, *ca_file, *status_topic;
  gint port, buffer, qos;
} Options;

typedef struct
{
  const Options *options;
  struct mosquitto *client;

  GMutex lock;
  GCond changed;
  gboolean connected;           /* lock */
  gboolean has_session;         /* lock: it was connected before */
  guint n_waiting;              /* lock: messages that are not answered for */
  gchar *refused;               /* lock: (nullable) why it will never be */
} Publisher;

/* The broker, in libmosquitto's thread. */

static void
on_connect (struct mosquitto *client, void *data, int code, int flags)
{
  Publisher *self = data;

  g_mutex_lock (&self->lock);
  self->connected = code == 0;
  /* Of a line that was half way only the broker knew. */
  if (self->connected && self->has_session && !(flags & SESSION_PRESENT))
    g_printerr ("The broker has forgotten what it had (mosquitto: persistence "
        "true keeps it); a line may be lost or come twice.\n");
  self->has_session |= self->connected;
  /* 3: it is not available yet. */
  if (code != 0 && code != 3 && !self->refused)
    self->refused = g_strdup (mosquitto_connack_string (code));
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

static void
on_disconnect (struct mosquitto *client, void *data, int code)
{
  Publisher *self = data;

  g_mutex_lock (&self->lock);
  if (self->connected && code != 0)
    g_printerr ("The broker is gone; lines wait for it.\n");
  self->connected = FALSE;
  g_mutex_unlock (&self->lock);
}

static void
on_publish (struct mosquitto *client, void *data, int id)
{
  Publisher *self = data;

  g_mutex_lock (&self->lock);
  self->n_waiting--;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

/* stdin. */

/* Waits until fewer than @n wait. FALSE: they will for ever. */
static gboolean
wait_until_fewer (Publisher *self, guint n)
{
  gboolean goes_on;

  g_mutex_lock (&self->lock);
  while (self->n_waiting >= n && !self->refused)
    g_cond_wait (&self->changed, &self->lock);
  goes_on = !self->refused;
  g_mutex_unlock (&self->lock);
  return goes_on;
}

/* Also where there is no broker: libmosquitto keeps what is not of QoS 0. */
static gboolean
publish (Publisher *self, const gchar *topic, const gchar *text, gsize length,
    gboolean retained)
{
  gint code;

  g_mutex_lock (&self->lock);
  self->n_waiting++;
  g_mutex_unlock (&self->lock);
  code = mosquitto_publish (
      self->client, NULL, topic, length, text, self->options->qos, retained);
  if (code == MOSQ_ERR_SUCCESS || code == MOSQ_ERR_NO_CONN
      || code == MOSQ_ERR_CONN_LOST)
    return TRUE;
  g_printerr ("Cannot publish: %s\n", mosquitto_strerror (code));
  return FALSE;
}

static gboolean
publish_lines (Publisher *self)
{
  g_autoptr (GInputStream) in = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (in);
  g_autoptr (GError) error = NULL;

  while (wait_until_fewer (self, self->options->buffer)) {
    gsize length;
    g_autofree gchar *line
        = g_data_input_stream_read_line (lines, &length, NULL, &error);

    if (!line)
      break;
    if (length > MAX_LINE)
      g_printerr ("A line of %" G_GSIZE_FORMAT " bytes is left out.\n", length);
    else if (length > 0
        && !publish (self, self->options->topic, line, length, FALSE))
      return FALSE;
  }
  if (error)
    g_printerr ("Cannot read: %s\n", error->message);
  return !error;
}

/* The client. */

static gboolean
identify (Publisher *self)
{
  const Options *options = self->options;
  g_autofree gchar *password = NULL;
  g_autoptr (GError) error = NULL;
  gint code = MOSQ_ERR_SUCCESS;

  if (options->password_file
      && !g_file_get_contents (options->password_file, &password, NULL,
          &error)) {
    g_printerr ("%s\n", error->message);
    return FALSE;
  }
  if (options->user)
    code = mosquitto_username_pw_set (self->client, options->user,
        password ? g_strchomp (password) : NULL);
  if (code == MOSQ_ERR_SUCCESS && options->ca_file)
    code = mosquitto_tls_set (
        self->client, options->ca_file, NULL, NULL, NULL, NULL);
  if (code == MOSQ_ERR_SUCCESS)
    code = mosquitto_will_set (self->client, options->status_topic,
        sizeof OFFLINE - 1, OFFLINE, options->qos, TRUE);
  if (code != MOSQ_ERR_SUCCESS)
    g_printerr ("%s\n", mosquitto_strerror (code));
  return code == MOSQ_ERR_SUCCESS;
}

/* For the first time: libmosquitto's thread goes on only from there. A name may
 * have several addresses, of which the broker listens on one. */
static gboolean
connect_to_broker (Publisher *self)
{
  const Options *options = self->options;
  gboolean told = FALSE;
  gint code;

  while ((code = mosquitto_connect (
              self->client, options->host, options->port, KEEPALIVE))
         == MOSQ_ERR_ERRNO) {
    if (!told)
      g_printerr ("No broker at %s, port %d, yet; lines wait for it.\n",
          options->host, options->port);
    told = TRUE;
    g_usleep (G_USEC_PER_SEC);
  }
  if (code != MOSQ_ERR_SUCCESS)
    g_printerr ("%s\n", mosquitto_strerror (code));
  return code == MOSQ_ERR_SUCCESS;
}

static gboolean
run (Publisher *self)
{
  const Options *options = self->options;
  gboolean done;

  /* A session that outlives a connection, so that nothing comes twice. */
  self->client = mosquitto_new (options->id, FALSE, self);
  if (!self->client || !identify (self))
    return FALSE;
  mosquitto_connect_with_flags_callback_set (self->client, on_connect);
  mosquitto_disconnect_callback_set (self->client, on_disconnect);
  mosquitto_publish_callback_set (self->client, on_publish);
  mosquitto_max_inflight_messages_set (self->client, IN_FLIGHT);
  mosquitto_reconnect_delay_set (self->client, 1, 30, TRUE);
  if (!connect_to_broker (self))
    return FALSE;
  mosquitto_loop_start (self->client);
  done = publish (self, options->status_topic, ONLINE, sizeof ONLINE - 1, TRUE)
      && publish_lines (self)
      && publish (self, options->status_topic, OFFLINE, sizeof OFFLINE - 1,
          TRUE)
      && wait_until_fewer (self, 1);
  mosquitto_disconnect (self->client);
  mosquitto_loop_stop (self->client, !done);
  if (self->refused)
    g_printerr ("The broker refuses: %s\n", self->refused);
  return done && !self->refused;
}

static gboolean
parse (Options *options, gint *argc, gchar ***argv)
{
  const GOptionEntry entries[] = {
    { "topic", 't', 0, G_OPTION_ARG_STRING, &options->topic,
        "where lines go (kakaoocr/text)", "TOPIC" },
    { "host", 'h', 0, G_OPTION_ARG_STRING, &options->host,
        "the broker (localhost)", "HOST" },
    { "port", 'p', 0, G_OPTION_ARG_INT, &options->port, "its port (1883)",
        "N" },
    { "id", 'i', 0, G_OPTION_ARG_STRING, &options->id,
        "the client's, one for each (kakaoocr-publish)", "ID" },
    { "buffer", 0, 0, G_OPTION_ARG_INT, &options->buffer,
        "lines that may wait before no more are read (10000)", "N" },
    { "qos", 'q', 0, G_OPTION_ARG_INT, &options->qos,
        "2: exactly once, 1: at least once (2)", "N" },
    { "status-topic", 0, 0, G_OPTION_ARG_STRING, &options->status_topic,
        "is told online and, as the last will too, offline (TOPIC/status)",
        "TOPIC" },
    { "user", 'u', 0, G_OPTION_ARG_STRING, &options->user, "a user's name",
        "NAME" },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &options->password_file,
        "the user's password", "FILE" },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &options->ca_file,
        "use TLS, with these certificates", "FILE" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context
      = g_option_context_new ("- lines from stdin to MQTT");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error) && *argc == 1
      && options->buffer >= 1 && options->qos >= 1 && options->qos <= 2
      && options->port >= 1 && options->port <= 65535)
    return TRUE;
  g_printerr ("kakaoocr-publish: %s\nkakaoocr-publish --help tells more.\n",
      error ? error->message : "an argument is out of its range, or too much");
  return FALSE;
}

static void
options_clear (Options *options)
{
  g_free (options->host);
  g_free (options->topic);
  g_free (options->id);
  g_free (options->user);
  g_free (options->password_file);
  g_free (options->ca_file);
  g_free (options->status_topic);
}

int
main (int argc, char **argv)
{
  Options options = { .port = 1883, .buffer = 10000, .qos = 2 };
  Publisher self = { .options = &options };
  gint status = 1;

  setlocale (LC_ALL, "");
  if (parse (&options, &argc, &argv)) {
    if (!options.host)
      options.host = g_strdup ("localhost");
    if (!options.topic)
      options.topic = g_strdup ("kakaoocr/text");
    if (!options.id)
      options.id = g_strdup ("kakaoocr-publish");
    if (!options.status_topic)
      options.status_topic = g_strconcat (options.topic, "/status", NULL);
    g_mutex_init (&self.lock);
    g_cond_init (&self.changed);
    mosquitto_lib_init ();
    status = run (&self) ? 0 : 2;
    g_clear_pointer (&self.client, mosquitto_destroy);
    mosquitto_lib_cleanup ();
    g_free (self.refused);
    g_cond_clear (&self.changed);
    g_mutex_clear (&self.lock);
  }
  options_clear (&options);
  return status;
}
