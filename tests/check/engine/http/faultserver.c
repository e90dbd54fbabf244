/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "faultserver.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_HEAD (64 * 1024)
/* Only what is broken takes so long. */
#define WAIT_SECONDS 100

struct _FaultServer
{
  FaultScript script;
  gpointer data;
  gint listen_fd, stop_fd;
  guint port;
  gchar *url;
  GThread *thread;

  GMutex lock;
  GCond cond;
  /* lock */
  guint n_connections, n_open;
  GPtrArray *heads;
  GArray *times;
};

struct _FaultConnection
{
  FaultServer *server;
  gint fd;
  GByteArray *unread;
  gsize body_left;
};

/* Waits for @events. FALSE: the server ends, or @timeout_ms has passed. */
static gboolean
wait_for (FaultConnection * c, short events, gint timeout_ms)
{
  struct pollfd fds[2] = { {c->fd, events}, {c->server->stop_fd, POLLIN} };

  while (poll (fds, 2, timeout_ms) < 0 && errno == EINTR);
  return fds[1].revents == 0 && fds[0].revents != 0;
}

gboolean
fault_connection_write_bytes (FaultConnection * c, gconstpointer data,
    gsize length)
{
  const gchar *p = data;

  while (length > 0) {
    gssize n;

    if (!wait_for (c, POLLOUT, -1))
      return FALSE;
    n = send (c->fd, p, length, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0 && errno != EAGAIN && errno != EINTR)
      return FALSE;
    if (n > 0) {
      p += n;
      length -= n;
    }
  }
  return TRUE;
}

gboolean
fault_connection_write (FaultConnection * c, const gchar * text)
{
  return fault_connection_write_bytes (c, text, strlen (text));
}

gboolean
fault_connection_answer (FaultConnection * c, guint status,
    const gchar * headers, const gchar * body)
{
  g_autofree gchar *text = g_strdup_printf ("HTTP/1.1 %u Some Words\r\n"
      "Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT
      "\r\n%s\r\n%s", status, strlen (body), headers ? headers : "", body);

  return fault_connection_write (c, text);
}

gboolean
fault_connection_flood (FaultConnection * c, const gchar * text)
{
  GString *block = g_string_new (NULL);
  gboolean alive = TRUE;

  while (block->len < 64 * 1024)
    g_string_append (block, text);
  while (alive)
    alive = fault_connection_write_bytes (c, block->str, block->len);
  g_string_free (block, TRUE);
  return FALSE;
}

gboolean
fault_connection_wait (FaultConnection * c, guint milliseconds)
{
  struct pollfd fds[2] = { {c->fd, POLLRDHUP}, {c->server->stop_fd, POLLIN} };

  while (poll (fds, 2, milliseconds) < 0 && errno == EINTR);
  return fds[0].revents == 0 && fds[1].revents == 0;
}

gboolean
fault_connection_drip (FaultConnection * c, const gchar * text,
    guint interval_ms)
{
  for (; *text; text++) {
    if (!fault_connection_write_bytes (c, text, 1)
        || !fault_connection_wait (c, interval_ms))
      return FALSE;
  }
  return TRUE;
}

void
fault_connection_hang (FaultConnection * c)
{
  fault_connection_wait (c, G_MAXINT);
}

void
fault_connection_reset (FaultConnection * c)
{
  struct linger linger = { 1, 0 };

  setsockopt (c->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

/* More bytes into c->unread. */
static gboolean
read_more (FaultConnection * c)
{
  guint8 block[16 * 1024];
  gssize n;

  if (!wait_for (c, POLLIN, -1))
    return FALSE;
  n = recv (c->fd, block, sizeof block, 0);
  if (n <= 0)
    return FALSE;
  g_byte_array_append (c->unread, block, n);
  return TRUE;
}

gboolean
fault_connection_read_body (FaultConnection * c, gsize at_most)
{
  gsize wanted = MIN (at_most, c->body_left);

  while (wanted > 0) {
    gsize n = MIN (c->unread->len, wanted);

    if (n == 0) {
      if (!read_more (c))
        return FALSE;
      continue;
    }
    g_byte_array_remove_range (c->unread, 0, n);
    c->body_left -= n;
    wanted -= n;
  }
  return TRUE;
}

static gchar *
read_head (FaultConnection * c)
{
  const guint8 *end;
  const gchar *length;
  gchar *head;

  while (c->unread->len < 4
      || !(end = memmem (c->unread->data, c->unread->len, "\r\n\r\n", 4))) {
    if (c->unread->len > MAX_HEAD || !read_more (c))
      return NULL;
  }
  head = g_strndup ((const gchar *) c->unread->data, end - c->unread->data + 2);
  g_byte_array_remove_range (c->unread, 0, end - c->unread->data + 4);
  length = strcasestr (head, "\r\nContent-Length:");
  c->body_left = length ? strtoul (strchr (length, ':') + 1, NULL, 10) : 0;
  return head;
}

static guint
count_request (FaultServer * server, const gchar * head)
{
  gint64 now = g_get_monotonic_time ();
  guint number;

  g_mutex_lock (&server->lock);
  g_ptr_array_add (server->heads, g_strdup (head));
  g_array_append_val (server->times, now);
  number = server->heads->len;
  g_cond_broadcast (&server->cond);
  g_mutex_unlock (&server->lock);
  return number;
}

static gboolean
serve_request (FaultConnection * c)
{
  FaultServer *server = c->server;
  g_autofree gchar *head = read_head (c);
  guint number;

  if (!head)
    return FALSE;
  if (!server->script.lazy_body && !fault_connection_read_body (c, G_MAXSIZE))
    return FALSE;
  number = count_request (server, head);
  return server->script.respond (c, head, number, server->data);
}

static gpointer
serve_connection (gpointer data)
{
  FaultConnection *c = data;
  FaultServer *server = c->server;
  guint number;

  g_mutex_lock (&server->lock);
  number = ++server->n_connections;
  g_mutex_unlock (&server->lock);

  if (!server->script.accepted
      || server->script.accepted (c, number, server->data)) {
    while (serve_request (c));
  }
  close (c->fd);
  g_byte_array_unref (c->unread);
  g_free (c);

  g_mutex_lock (&server->lock);
  server->n_open--;
  g_cond_broadcast (&server->cond);
  g_mutex_unlock (&server->lock);
  return NULL;
}

static gpointer
accept_connections (gpointer data)
{
  FaultServer *server = data;
  struct pollfd fds[2] = {
    {server->listen_fd, POLLIN}, {server->stop_fd, POLLIN}
  };

  for (;;) {
    FaultConnection *c;
    gint fd;

    while (poll (fds, 2, -1) < 0 && errno == EINTR);
    if (fds[1].revents)
      break;
    fd = accept4 (server->listen_fd, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0)
      continue;
    c = g_new0 (FaultConnection, 1);
    c->server = server;
    c->fd = fd;
    c->unread = g_byte_array_new ();
    g_mutex_lock (&server->lock);
    server->n_open++;
    g_mutex_unlock (&server->lock);
    g_thread_unref (g_thread_new ("connection", serve_connection, c));
  }
  g_mutex_lock (&server->lock);
  while (server->n_open > 0)
    g_cond_wait (&server->cond, &server->lock);
  g_mutex_unlock (&server->lock);
  return NULL;
}

FaultServer *
fault_server_new (const FaultScript * script, gpointer data)
{
  struct sockaddr_in address = {.sin_family = AF_INET };
  socklen_t length = sizeof address;
  gint fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  FaultServer *server;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==,
      0);
  g_assert_cmpint (listen (fd, 128), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *) &address, &length), ==,
      0);
  server = fault_server_new_on (fd, script, data);
  server->port = ntohs (address.sin_port);
  g_free (server->url);
  server->url = g_strdup_printf ("http://127.0.0.1:%u/ai/OCR/signature",
      server->port);
  return server;
}

FaultServer *
fault_server_new_on (gint listen_fd, const FaultScript * script, gpointer data)
{
  FaultServer *server = g_new0 (FaultServer, 1);

  server->script = *script;
  server->data = data;
  server->listen_fd = listen_fd;
  server->heads = g_ptr_array_new_with_free_func (g_free);
  server->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_mutex_init (&server->lock);
  g_cond_init (&server->cond);
  server->url = g_strdup ("http://localhost/ai/OCR/local");
  server->stop_fd = eventfd (0, EFD_CLOEXEC);
  server->thread = g_thread_new ("faultserver", accept_connections, server);
  return server;
}

void
fault_server_free (FaultServer * server)
{
  guint64 one = 1;

  g_assert_cmpint (write (server->stop_fd, &one, sizeof one), ==, sizeof one);
  g_thread_join (server->thread);
  close (server->listen_fd);
  close (server->stop_fd);
  g_ptr_array_unref (server->heads);
  g_array_unref (server->times);
  g_cond_clear (&server->cond);
  g_mutex_clear (&server->lock);
  g_free (server->url);
  g_free (server);
}

guint
fault_server_get_port (FaultServer * server)
{
  return server->port;
}

const gchar *
fault_server_get_url (FaultServer * server)
{
  return server->url;
}

guint
fault_server_get_n_connections (FaultServer * server)
{
  guint n;

  g_mutex_lock (&server->lock);
  n = server->n_connections;
  g_mutex_unlock (&server->lock);
  return n;
}

guint
fault_server_get_n_requests (FaultServer * server)
{
  guint n;

  g_mutex_lock (&server->lock);
  n = server->heads->len;
  g_mutex_unlock (&server->lock);
  return n;
}

gint64
fault_server_get_request_time (FaultServer * server, guint number)
{
  gint64 time;

  g_mutex_lock (&server->lock);
  g_assert_cmpuint (number, <=, server->times->len);
  time = g_array_index (server->times, gint64, number - 1);
  g_mutex_unlock (&server->lock);
  return time;
}

gchar *
fault_server_get_head (FaultServer * server, guint number)
{
  gchar *head;

  g_mutex_lock (&server->lock);
  g_assert_cmpuint (number, <=, server->heads->len);
  head = g_strdup (g_ptr_array_index (server->heads, number - 1));
  g_mutex_unlock (&server->lock);
  return head;
}

void
fault_server_wait_requests (FaultServer * server, guint n)
{
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;

  g_mutex_lock (&server->lock);
  while (server->heads->len < n)
    g_assert_true (g_cond_wait_until (&server->cond, &server->lock, end));
  g_mutex_unlock (&server->lock);
}
