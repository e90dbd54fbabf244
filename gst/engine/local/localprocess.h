/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Local process: one run of kakaoocr-server, from its start to its end.
 *
 * Its stdin is a pipe whose other end is open in this process alone
 * (close-on-exec): the kernel closes it however this process ends, and the
 * server ends at that end of file. Its key is the first line there. It listens
 * on a socket of ours, and has a lower priority than the pictures that flow.
 * One thread at a time.
 */
#pragma once

#include "base/error.h"

typedef struct
{
  gchar *url;                   /* NULL: it does not listen yet */
  gchar *last_words;            /* the last line on stderr; nullable */
  gint64 started;               /* monotonic, us */
  gint pid;                     /* 0: it has ended already */

  /*< private > */
  GSubprocess *subprocess;
  gint stdin_fd;                /* -1: closed */
  struct
  {
    gint fd;                    /* -1: ended */
    GString *line;              /* that is not complete yet */
  } output, errors;
} KocrLocalProcess;

/* What a process is started with. */
typedef struct
{
  gint listen_fd;
  const gchar *key;             /* what it wants as x-api-key */
  const gchar *languages;
  guint n_jobs;                 /* pictures that it reads at once */
} KocrLocalOrder;

/* $KAKAOOCR_SERVER, else the installed program, never PATH. NULL with a
 * KOCR_ERROR_LOCAL_SERVICE when there is none, or an error of GIO. */
KocrLocalProcess *kocr_local_process_spawn (const KocrLocalOrder * order,
    GError ** error);
/* Closes its stdin, at which it ends by itself. */
void kocr_local_process_ask_to_end (KocrLocalProcess * self);
/* Kills it if it still runs, and reaps it. */
void kocr_local_process_end (KocrLocalProcess * self);
/* After the end: whether it had an exit status of its own, and no signal. */
gboolean kocr_local_process_has_exited (const KocrLocalProcess * self);
/* After the end. */
void kocr_local_process_free (KocrLocalProcess * self);

/* Waits until @deadline (monotonic, us; G_MAXINT64: for ever) for something
 * that @self (nullable) writes, and takes it in, or for @wake_fd, an eventfd,
 * and clears it. FALSE: the process closed its stdout. */
gboolean kocr_local_process_wait (KocrLocalProcess * self, gint wake_fd,
    gint64 deadline);
