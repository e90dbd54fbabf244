/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A thread of the service's own holds the process: it starts it, reads what it
 * writes and reaps it, so that no main loop of the application is needed and
 * nobody else waits.
 */
#include "local/localservice.h"

#include <errno.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "local/localprocess.h"
#include "local/patience.h"
#include "local/privatesocket.h"

#define GST_CAT_DEFAULT KOCR_LOG_HTTP

/* Loading two languages takes half a second from memory, and has taken ten
 * from a slow card. The processor's time is what a busy machine withholds. */
#define START_US (30 * G_USEC_PER_SEC)
/* A process that died shows within a millisecond of its sockets' resets; this
 * only has to be longer than the kernel's scheduling on a busy machine. */
#define SUSPECT_US (G_USEC_PER_SEC / 10)
#define FIRST_BACKOFF_US (G_USEC_PER_SEC / 10)
#define MAX_BACKOFF_US (30 * G_USEC_PER_SEC)
#define GRACE_US (2 * G_USEC_PER_SEC)
#define NEVER G_MAXINT64
#define KEY_BYTES 16
/* Each costs a core and about 100 MB. */
#define MAX_JOBS 4

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
  gchar *languages;
  gchar key[2 * KEY_BYTES + 1];
  guint n_jobs;
  guint n_users;                /* under instances_lock */
  gint generation;              /* atomic */
  gint pid;                     /* atomic; 0: no process runs */
  gint wake_fd;                 /* readable: the thread has something to do */

  GMutex lock;
  /* Under the lock */
  GThread *thread;              /* NULL: not needed yet */
  GQueue arrived;               /* of Call */
  guint condemned;              /* generation that is to be killed */
  gboolean stopping;

  /* The thread's own */
  GQueue waiting;               /* of Call */
  KocrPrivateSocket socket;     /* from the first start on */
  KocrLocalProcess *process;    /* NULL: none runs */
  KocrPatience start;           /* with one that does not listen yet */
  gint64 next_start, backoff;
};

static GMutex instances_lock;
static GSList *instances;       /* of KocrLocalService; under instances_lock */

static void
wake (KocrLocalService * self)
{
  const guint64 one = 1;

  /* It fails only when the counter is full, and then it is readable. */
  if (write (self->wake_fd, &one, sizeof one) < 0)
    GST_DEBUG ("local service: wake: %s", g_strerror (errno));
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
  KocrLocalEndpoint endpoint = { self->process->url, self->key,
    self->socket.address, kocr_local_service_get_generation (self)
  };

  g_task_return_pointer (call->task, kocr_local_endpoint_copy (&endpoint),
      (GDestroyNotify) kocr_local_endpoint_free);
}

static gboolean
is_listening (KocrLocalService * self)
{
  return self->process != NULL && self->process->url != NULL;
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
    gboolean is_ready = is_listening (self)
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
  const gchar *words = self->process->last_words != NULL
      ? self->process->last_words : "";

  if (was_silent)
    error = g_error_new (KOCR_ERROR, KOCR_ERROR_UNAVAILABLE,
        "The recognition service of this machine did not start in %d s. %s",
        (gint) ((g_get_monotonic_time () - self->process->started)
            / G_USEC_PER_SEC), words);
  else if (kocr_local_process_has_exited (self->process))
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
  gint64 lived = g_get_monotonic_time () - self->process->started;

  g_atomic_int_set (&self->pid, 0);
  kocr_local_process_end (self->process);
  if (self->process->url == NULL)
    report_failed_start (self, was_silent);
  g_clear_pointer (&self->process, kocr_local_process_free);
  back_off (self, lived);
}

/* What waits was meant for the one that hangs, and may be why: the next one
 * does not get it, unless it is sent again. */
static void
replace (KocrLocalService * self)
{
  on_process_ended (self, FALSE);
  kocr_private_socket_drain (&self->socket);
}

static KocrLocalProcess *
start (KocrLocalService * self, GError ** error)
{
  KocrLocalOrder order = { -1, self->key, self->languages, self->n_jobs };

  if (self->socket.listen_fd < 0
      && !kocr_private_socket_open (&self->socket, error))
    return NULL;
  order.listen_fd = self->socket.listen_fd;
  return kocr_local_process_spawn (&order, error);
}

/* Starts a process when one is wanted and may be. */
static void
start_if_due (KocrLocalService * self, gint64 now)
{
  g_autoptr (GError) error = NULL;

  if (self->process != NULL || g_queue_is_empty (&self->waiting)
      || now < self->next_start)
    return;
  self->process = start (self, &error);
  if (self->process != NULL) {
    g_atomic_int_set (&self->pid, self->process->pid);
    g_atomic_int_inc (&self->generation);
    kocr_patience_begin (&self->start, now, START_US, 0);
    return;
  }
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

/* When the thread has something to do by itself. */
static gint64
next_deadline (KocrLocalService * self)
{
  gint64 deadline = NEVER;
  GList *l;

  if (self->process != NULL && self->process->url == NULL)
    return self->start.end;
  for (l = self->waiting.head; l != NULL; l = l->next)
    deadline = MIN (deadline, self->process == NULL ? self->next_start
        : ((Call *) l->data)->hold_until);
  return deadline;
}

/* FALSE: stop. */
static gboolean
take_calls (KocrLocalService * self, guint * condemned)
{
  gboolean stopping;
  Call *call;

  g_mutex_lock (&self->lock);
  stopping = self->stopping;
  *condemned = self->condemned;
  while ((call = g_queue_pop_head (&self->arrived)) != NULL)
    g_queue_push_tail (&self->waiting, call);
  g_mutex_unlock (&self->lock);
  return !stopping;
}

static void
local_service_clear (KocrLocalService * self)
{
  /* When the last of it closes, nobody has the key. */
  explicit_bzero (self->key, sizeof self->key);
  close (self->wake_fd);
  kocr_private_socket_close (&self->socket);
  g_free (self->languages);
  g_mutex_clear (&self->lock);
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
  kocr_local_process_ask_to_end (self->process);
  while (g_get_monotonic_time () < deadline
      && kocr_local_process_wait (self->process, self->wake_fd, deadline));
  kocr_local_process_end (self->process);
  g_clear_pointer (&self->process, kocr_local_process_free);
}

static gpointer
run (gpointer data)
{
  KocrLocalService *self = data;
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR,
      G_IO_ERROR_CANCELLED, "The last user of the service has left");
  guint condemned;

  while (take_calls (self, &condemned)) {
    gint64 now = g_get_monotonic_time ();

    if (self->process != NULL
        && condemned == kocr_local_service_get_generation (self))
      replace (self);
    settle_calls (self, now);
    start_if_due (self, now);
    if (!kocr_local_process_wait (self->process, self->wake_fd,
            next_deadline (self)))
      on_process_ended (self, FALSE);
    else if (self->process != NULL && self->process->url == NULL
        && kocr_patience_is_over (&self->start, g_get_monotonic_time (),
            kocr_local_service_get_cpu_time (self,
                kocr_local_service_get_generation (self))))
      on_process_ended (self, TRUE);
  }
  fail_calls (self, cancelled);
  stop_process (self);
  local_service_unref (self);
  return NULL;
}

/* The users */

/* In hex, byte by byte from the second half on, where they are drawn: each is
 * read before it is written over. */
static void
make_key (gchar key[2 * KEY_BYTES + 1])
{
  static const gchar digits[] = "0123456789abcdef";
  const guint8 *bytes = (guint8 *) key + KEY_BYTES;

  while (getrandom (key + KEY_BYTES, KEY_BYTES, 0) != KEY_BYTES);
  for (guint i = 0; i < KEY_BYTES; i++) {
    guint8 byte = bytes[i];

    key[2 * i] = digits[byte >> 4];
    key[2 * i + 1] = digits[byte & 15];
  }
  key[2 * KEY_BYTES] = '\0';
}

static KocrLocalService *
local_service_new (const gchar * languages)
{
  static const KocrPrivateSocket closed = KOCR_PRIVATE_SOCKET_CLOSED;
  KocrLocalService *self = g_atomic_rc_box_new0 (KocrLocalService);

  self->languages = g_strdup (languages);
  make_key (self->key);
  self->n_jobs = MIN (g_get_num_processors (), MAX_JOBS);
  g_mutex_init (&self->lock);
  g_queue_init (&self->arrived);
  g_queue_init (&self->waiting);
  self->socket = closed;
  self->wake_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  self->backoff = FIRST_BACKOFF_US;
  return self;
}

KocrLocalService *
kocr_local_service_acquire (const gchar * languages)
{
  KocrLocalService *self = NULL;
  GSList *l;

  g_mutex_lock (&instances_lock);
  for (l = instances; l != NULL && self == NULL; l = l->next) {
    KocrLocalService *other = l->data;

    if (g_str_equal (other->languages, languages))
      self = other;
  }
  if (self == NULL) {
    self = local_service_new (languages);
    instances = g_slist_prepend (instances, self);
  }
  self->n_users++;
  g_mutex_unlock (&instances_lock);
  return self;
}

guint
kocr_local_service_get_n_jobs (KocrLocalService * self)
{
  return self->n_jobs;
}

void
kocr_local_service_release (KocrLocalService * self)
{
  g_mutex_lock (&instances_lock);
  if (--self->n_users > 0) {
    g_mutex_unlock (&instances_lock);
    return;
  }
  instances = g_slist_remove (instances, self);
  g_mutex_unlock (&instances_lock);

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

void
kocr_local_service_replace (KocrLocalService * self, guint generation)
{
  g_mutex_lock (&self->lock);
  self->condemned = MAX (self->condemned, generation);
  if (self->thread != NULL)
    wake (self);
  g_mutex_unlock (&self->lock);
}

guint
kocr_local_service_get_generation (KocrLocalService * self)
{
  return g_atomic_int_get (&self->generation);
}

gint64
kocr_local_service_get_cpu_time (KocrLocalService * self, guint generation)
{
  gint pid = g_atomic_int_get (&self->pid);
  struct timespec used;
  clockid_t clock;

  if (pid == 0 || generation != kocr_local_service_get_generation (self)
      || clock_getcpuclockid (pid, &clock) != 0
      || clock_gettime (clock, &used) != 0)
    return KOCR_CPU_UNKNOWN;
  return used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}
