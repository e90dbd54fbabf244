/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Attempt: one POST of one picture, and its answer read within limits.
 *
 * It ends at its deadline, which its owner may prolong, whatever the other side
 * does: connecting, sending
 * and reading may each stand still for 10 s, the wait for the answer may take
 * all of the time. Answers are read in steps and cut at 1 MiB. Redirects, the
 * authentication dialogue, compression and HTTP/2 are off, for reasons that
 * stand beside each in the source.
 *
 * All of it happens in the network's thread.
 */
#pragma once

#include "http/network.h"
#include "picture/encoder.h"

typedef struct _KocrAttempt KocrAttempt;

typedef struct
{
  guint status;                 /* HTTP; 0: there was no answer */
  GByteArray *body;             /* as far as it was read */
  gboolean whole;               /* the body ended by itself */
  gboolean encoded;             /* it is compressed: not read */
  gint64 retry_after;           /* us; 0: none */
  gboolean unread;              /* it says that lines of text were not read */
  GError *error;                /* why it is not whole; nullable */
  guint64 bytes_sent;           /* of the picture's envelope */
  gboolean on_wire;             /* the request's head was written */
  gboolean all_sent;
} KocrAnswer;

/* What is sent, and where to. */
typedef struct
{
  GUri *uri;
  const gchar *key;             /* nullable */
  const gchar *id;              /* X-Request-Id */
  const KocrPicture *picture;
  gint64 deadline;              /* of kocr_clock_now() */
  /* Nullable. At the deadline, when nothing was answered yet: another one, or
   * one that is over. @data as for KocrAttemptFunc. */
  gint64 (*prolong) (gpointer data);
} KocrPost;

/* @answer is the receiver's to read during the call only. */
typedef void (*KocrAttemptFunc) (const KocrAnswer * answer, gpointer data);

/* Calls @done once, never from inside of this, unless it is cancelled. */
KocrAttempt *kocr_attempt_start (KocrNetwork * network, const KocrPost * post,
    KocrAttemptFunc done, gpointer data);
/* What there is so far; valid as long as the caller's reference. */
const KocrAnswer *kocr_attempt_get_answer (const KocrAttempt * self);
/* @done will not be called. The connection is closed. */
void kocr_attempt_cancel (KocrAttempt * self);
/* Gives up the reference that start returned: after @done or cancel. */
void kocr_attempt_unref (KocrAttempt * self);
