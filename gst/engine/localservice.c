/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A thread of the service's own holds the process: it starts it, reads what it
 * writes and reaps it, so that no main loop of the application is needed and
 * nobody else waits. Its stdin is a pipe whose other end is open in this
 * process alone (close-on-exec): the kernel closes it however this process
 * ends, and the service ends at that end of file.
 */
#include "localservice.h"

#include <errno.h>
#include <gio/gunixinputstream.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <unistd.h>

#define PROGRAM_VARIABLE "KAKAOOCR_SERVER"
#define KEY_VARIABLE "KAKAOOCR_SERVER_KEY"
#define KEY_BYTES 16

/* Loading two languages takes half a second from memory, and has taken ten
 * from a slow card. */
#define START_US (30 * G_USEC_PER_SEC)
/* A process that died shows within a millisecond of its sockets' resets; this
 * only has to be longer than the kernel's scheduling on a busy machine. */
#define SUSPECT_US (G_USEC_PER_SEC / 10)
#define FIRST_BACKOFF_US (G_USEC_PER_SEC / 10)
#define MAX_BACKOFF_US (30 * G_USEC_PER_SEC)
#define GRACE_US (2 * G_USEC_PER_SEC)
#define LINE_BYTES 1024
#define NEVER G_MAXINT64

/* What a process writes, up to the line that is not complete yet. */
typedef struct
{
  gint fd;                      /* -1: ended */
  GString *line;
} Output;

typedef struct
{
  GTask *task;
  gulong cancelled_id;
  guint suspect;
  gint64 hold_until;            /* the suspect is given until then to die */
} Call;

/* Two references: the users' and the thread's. */
struct _KocrLocalService
{
  guint n_users;                /* under instance_lock */
  gint generation;              /* atomic */
  gint wake_fd;                 /* readable: the thread has something to do */

  GMutex lock;
  /* Under the lock */
  GThread *thread;              /* NULL: not needed yet */
  GQueue arrived;               /* of Call */
  gboolean stopping;

  /* The thread's own */
  GQueue waiting;               /* of Call */
  GSubprocess *process;         /* NULL: none runs */
  Output output, errors;
  gchar *key;
  gchar *url;                   /* NULL: it does not listen yet */
  gchar *last_words;            /* the last line on stderr */
  gint64 started, next_start, backoff;
};

static GMutex instance_lock;
static KocrLocalService *instance;      /* under instance_lock */

KocrLocalEndpoint *
kocr_local_endpoint_copy (const KocrLocalEndpoint * endpoint)
{
  KocrLocalEndpoint *copy = g_new (KocrLocalEndpoint, 1);

  copy->url = g_strdup (endpoint->url);
  copy->key = g_strdup (endpoint->key);
  copy->generation = endpoint->generation;
  return copy;
}

void
kocr_local_endpoint_free (KocrLocalEndpoint * endpoint)
{
  g_free (endpoint->url);
  g_free (endpoint->key);
  g_free (endpoint);
}

static void
wake (KocrLocalService * self)
{
  const guint64 one = 1;

  /* It fails only when the counter is full, and then it is readable. */
  if (write (self->wake_fd, &one, sizeof one) < 0)
    g_debug ("local service: wake: %s", g_strerror (errno));
}

/* The process */

static gchar *
find_program (GError ** error)
{
  const gchar *named = g_getenv (PROGRAM_VARIABLE);
  gboolean is_named = named != NULL && *named != '\0';
  g_autofree gchar *path = is_named ? g_canonicalize_filename (named, NULL)
      : g_strdup (KOCR_SERVER_PATH);

  if (g_file_test (path, G_FILE_TEST_IS_REGULAR)
      && g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&path);
  g_set_error (error, KOCR_ERROR, KOCR_ERROR_LOCAL_SERVICE,
      "There is no program %s%s to recognise text on this machine: install "
      "kakaoocr-server, or set " PROGRAM_VARIABLE
      " to where it is, or set " "endpoint to the URL of a service",
      path, is_named ? " (from " PROGRAM_VARIABLE ")" : "");
  return NULL;
}

static gchar *
make_key (void)
{
  guint8 bytes[KEY_BYTES];
  GString *key = g_string_new (NULL);
  guint i;

  while (getrandom (bytes, sizeof bytes, 0) != KEY_BYTES);
  for (i = 0; i < sizeof bytes; i++)
    g_string_append_printf (key, "%02x", bytes[i]);
  return g_string_free (key, FALSE);
}

static void
output_open (Output * output, GInputStream * stream)
{
  output->fd = g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (stream));
  output->line = g_string_new (NULL);
}

static void
output_close (Output * output)
{
  output->fd = -1;
  if (output->line != NULL)
    g_string_free (output->line, TRUE);
  output->line = NULL;
}

static gboolean
spawn (KocrLocalService * self, GError ** error)
{
  g_autofree gchar *program = find_program (error);
  g_autoptr (GSubprocessLauncher) launcher = NULL;

  if (program == NULL)
    return FALSE;
  self->key = make_key ();
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE
      | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_setenv (launcher, KEY_VARIABLE, self->key, TRUE);
  g_subprocess_launcher_setenv (launcher, "OMP_THREAD_LIMIT", "1", TRUE);
  /* The key of another service is none of its business. */
  g_subprocess_launcher_unsetenv (launcher, "KAKAOOCR_API_KEY");
  self->process = g_subprocess_launcher_spawn (launcher, error, program,
      "--exit-with-stdin", NULL);
  if (self->process == NULL) {
    g_clear_pointer (&self->key, g_free);
    return FALSE;
  }
  output_open (&self->output, g_subprocess_get_stdout_pipe (self->process));
  output_open (&self->errors, g_subprocess_get_stderr_pipe (self->process));
  self->started = g_get_monotonic_time ();
  g_atomic_int_inc (&self->generation);
  g_debug ("local service: started %s as process %s", program,
      g_subprocess_get_identifier (self->process));
  return TRUE;
}

/* The next start waits longer each time, unless the last one did well. */
static void
back_off (KocrLocalService * self, gint64 lived)
{
  if (lived >= MAX_BACKOFF_US)
    self->backoff = FIRST_BACKOFF_US;
  self->next_start = g_get_monotonic_time () + self->backoff;
  self->backoff = MIN (2 * self->backoff, MAX_BACKOFF_US);
}

/* Reaps the process, which has ended or is to. */
static void
end_process (KocrLocalService * self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_debug ("local service: process ended, status 0x%x",
      g_subprocess_get_status (self->process));
  output_close (&self->output);
  output_close (&self->errors);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->key, g_free);
}

/* Calls */

static void
call_free (Call * call)
{
  g_cancellable_disconnect (g_task_get_cancellable (call->task),
      call->cancelled_id);
  g_object_unref (call->task);
  g_free (call);
}

static void
fail_calls (KocrLocalService * self, const GError * error)
{
  Call *call;

  while ((call = g_queue_pop_head (&self->waiting)) != NULL) {
    g_task_return_error (call->task, g_error_copy (error));
    call_free (call);
  }
}

static void
answer_call (KocrLocalService * self, Call * call)
{
  KocrLocalEndpoint endpoint = { self->url, self->key,
    kocr_local_service_get_generation (self)
  };

  g_task_return_pointer (call->task, kocr_local_endpoint_copy (&endpoint),
      (GDestroyNotify) kocr_local_endpoint_free);
}

/* Settles the calls that can be: cancelled ones, and all but those that
 * suspect the running process when it listens. */
static void
settle_calls (KocrLocalService * self, gint64 now)
{
  guint generation = kocr_local_service_get_generation (self);
  GList *l, *next;

  for (l = self->waiting.head; l != NULL; l = next) {
    Call *call = l->data;
    gboolean is_ready = self->url != NULL
        && (call->suspect != generation || now >= call->hold_until);

    next = l->next;
    if (!g_task_return_error_if_cancelled (call->task)) {
      if (!is_ready)
        continue;
      answer_call (self, call);
    }
    g_queue_delete_link (&self->waiting, l);
    call_free (call);
  }
}

/* The thread */

/* Tells the waiting calls why the process did not come to listen. A status of
 * its own is its judgement (no language data, say): it would be the same
 * again. */
static void
report_failed_start (KocrLocalService * self, gboolean was_silent)
{
  g_autoptr (GError) error = NULL;
  const gchar *words = self->last_words != NULL ? self->last_words : "";

  if (was_silent)
    error = g_error_new (KOCR_ERROR, KOCR_ERROR_UNAVAILABLE,
        "The recognition service of this machine did not start in %d s. %s",
        (gint) (START_US / G_USEC_PER_SEC), words);
  else if (g_subprocess_get_if_exited (self->process))
    error = g_error_new (KOCR_ERROR, KOCR_ERROR_LOCAL_SERVICE,
        "The recognition service of this machine cannot run: %s",
        *words != '\0' ? words : "it ended at once");
  else
    error = g_error_new (KOCR_ERROR, KOCR_ERROR_UNAVAILABLE,
        "The recognition service of this machine crashed at its start. %s",
        words);
  fail_calls (self, error);
}

static void
on_process_ended (KocrLocalService * self, gboolean was_silent)
{
  gboolean had_listened = self->url != NULL;
  gint64 lived = g_get_monotonic_time () - self->started;

  end_process (self);
  if (!had_listened)
    report_failed_start (self, was_silent);
  g_clear_object (&self->process);
  g_clear_pointer (&self->last_words, g_free);
  back_off (self, lived);
}

static void
on_error_line (KocrLocalService * self, const gchar * line)
{
  g_free (self->last_words);
  self->last_words = g_utf8_make_valid (line, -1);
  g_debug ("local service: %s", self->last_words);
}

static void
on_output_line (KocrLocalService * self, const gchar * line)
{
  /* Its key goes there in the clear. */
  if (self->url == NULL && g_str_has_prefix (line, "http://127.0.0.1:"))
    self->url = g_strdup (line);
}

/* Reads what there is and hands on the lines that it ends. FALSE: it ended. */
static gboolean
read_lines (KocrLocalService * self, Output * output,
    void (*on_line) (KocrLocalService *, const gchar *))
{
  gchar bytes[LINE_BYTES];
  gssize i, n;

  do
    n = read (output->fd, bytes, sizeof bytes);
  while (n < 0 && errno == EINTR);
  for (i = 0; i < n; i++) {
    if (bytes[i] == '\n') {
      on_line (self, output->line->str);
      g_string_truncate (output->line, 0);
    } else if (output->line->len < LINE_BYTES) {
      g_string_append_c (output->line, bytes[i]);
    }
  }
  return n > 0;
}

/* Starts a process when one is wanted and may be. */
static void
start_if_due (KocrLocalService * self, gint64 now)
{
  g_autoptr (GError) error = NULL;

  if (self->process != NULL || g_queue_is_empty (&self->waiting)
      || now < self->next_start)
    return;
  if (!spawn (self, &error)) {
    if (error->domain != KOCR_ERROR) {
      g_autofree gchar *reason = g_strdup (error->message);

      g_clear_error (&error);
      error = g_error_new (KOCR_ERROR, KOCR_ERROR_UNAVAILABLE,
          "The recognition service of this machine cannot be started: %s",
          reason);
    }
    fail_calls (self, error);
    back_off (self, 0);
  }
}

/* When the thread has something to do by itself. */
static gint64
next_deadline (KocrLocalService * self)
{
  gint64 deadline = NEVER;
  GList *l;

  if (self->process != NULL && self->url == NULL)
    return self->started + START_US;
  for (l = self->waiting.head; l != NULL; l = l->next)
    deadline = MIN (deadline, self->process == NULL ? self->next_start
        : ((Call *) l->data)->hold_until);
  return deadline;
}

/* Waits until @deadline for the process or a wake. FALSE: stdout ended. */
static gboolean
wait_and_read (KocrLocalService * self, gint64 deadline)
{
  struct pollfd fds[] = {
    {self->wake_fd, POLLIN, 0},
    {self->errors.fd, POLLIN, 0},
    {self->output.fd, POLLIN, 0},
  };
  gint64 left = MAX (deadline - g_get_monotonic_time (), 0);
  guint64 ignored;
  gint n;

  n = poll (fds, G_N_ELEMENTS (fds), deadline == NEVER ? -1
      : (gint) MIN ((left + 999) / 1000, G_MAXINT));
  if (n <= 0)
    return TRUE;
  if (fds[0].revents != 0 && read (self->wake_fd, &ignored, sizeof ignored) < 0)
    g_debug ("local service: wake: %s", g_strerror (errno));
  /* Its last words first: the end of stdout ends the process. */
  if (fds[1].revents != 0 && !read_lines (self, &self->errors, on_error_line))
    output_close (&self->errors);
  return fds[2].revents == 0
      || read_lines (self, &self->output, on_output_line);
}

/* FALSE: stop. */
static gboolean
take_calls (KocrLocalService * self)
{
  gboolean stopping;
  Call *call;

  g_mutex_lock (&self->lock);
  stopping = self->stopping;
  while ((call = g_queue_pop_head (&self->arrived)) != NULL)
    g_queue_push_tail (&self->waiting, call);
  g_mutex_unlock (&self->lock);
  return !stopping;
}

static void
local_service_clear (KocrLocalService * self)
{
  close (self->wake_fd);
  g_mutex_clear (&self->lock);
  g_free (self->last_words);
}

static void
local_service_unref (KocrLocalService * self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) local_service_clear);
}

/* Ends the process by the end of its stdin, or else by force. */
static void
stop_process (KocrLocalService * self)
{
  gint64 deadline = g_get_monotonic_time () + GRACE_US;

  if (self->process == NULL)
    return;
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL,
      NULL);
  while (g_get_monotonic_time () < deadline && wait_and_read (self, deadline));
  end_process (self);
  g_clear_object (&self->process);
}

static gpointer
run (gpointer data)
{
  KocrLocalService *self = data;
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR,
      G_IO_ERROR_CANCELLED, "The last user of the service has left");

  while (take_calls (self)) {
    gint64 now = g_get_monotonic_time ();

    settle_calls (self, now);
    start_if_due (self, now);
    if (!wait_and_read (self, next_deadline (self)))
      on_process_ended (self, FALSE);
    else if (self->process != NULL && self->url == NULL
        && g_get_monotonic_time () >= self->started + START_US)
      on_process_ended (self, TRUE);
  }
  fail_calls (self, cancelled);
  stop_process (self);
  local_service_unref (self);
  return NULL;
}

/* The users */

KocrLocalService *
kocr_local_service_acquire (void)
{
  KocrLocalService *self;

  g_mutex_lock (&instance_lock);
  if (instance == NULL) {
    instance = g_atomic_rc_box_new0 (KocrLocalService);
    g_mutex_init (&instance->lock);
    g_queue_init (&instance->arrived);
    g_queue_init (&instance->waiting);
    instance->wake_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
    instance->output.fd = instance->errors.fd = -1;
    instance->backoff = FIRST_BACKOFF_US;
  }
  self = instance;
  self->n_users++;
  g_mutex_unlock (&instance_lock);
  return self;
}

void
kocr_local_service_release (KocrLocalService * self)
{
  g_mutex_lock (&instance_lock);
  if (--self->n_users > 0) {
    g_mutex_unlock (&instance_lock);
    return;
  }
  instance = NULL;
  g_mutex_unlock (&instance_lock);

  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_clear_pointer (&self->thread, g_thread_unref);
  wake (self);
  g_mutex_unlock (&self->lock);
  local_service_unref (self);
}

static void
on_cancelled (GCancellable * cancellable, gpointer self)
{
  wake (self);
}

void
kocr_local_service_get_endpoint_async (KocrLocalService * self,
    guint suspect,
    GCancellable * cancellable,
    GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (call->task, kocr_local_service_get_endpoint_async);
  call->suspect = suspect;
  call->hold_until = g_get_monotonic_time () + SUSPECT_US;
  if (cancellable != NULL)
    call->cancelled_id = g_cancellable_connect (cancellable,
        G_CALLBACK (on_cancelled), self, NULL);

  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->arrived, call);
  if (self->thread == NULL)
    self->thread = g_thread_new ("kakaoocr-local", run,
        g_atomic_rc_box_acquire (self));
  wake (self);
  g_mutex_unlock (&self->lock);
}

KocrLocalEndpoint *
kocr_local_service_get_endpoint_finish (GAsyncResult * result, GError ** error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

guint
kocr_local_service_get_generation (KocrLocalService * self)
{
  return g_atomic_int_get (&self->generation);
}
