/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Statuses: what each HTTP status, each code of the service and each failure
 * without an answer asks the client to do, and tells the user to do.
 *
 * A status is a row of the table in statuses.c. What the actions mean for the
 * service's health is in http/outcome.c; whether a request that is to be
 * retried may be, in http/job.c, and when, in http/governor.c.  What goes again
 * in another shape is planned in resend.c.
 */
#pragma once

#include "base/error.h"

/* What is done about an answer or a failed attempt. */
typedef enum
{
  KOCR_ACTION_NONE,     /* success */
  KOCR_ACTION_RETRY,    /* transient: the same bytes again */
  KOCR_ACTION_THROTTLE, /* the same bytes again, later, for all users */
  KOCR_ACTION_FAIL,     /* this frame has no result */
  KOCR_ACTION_LATCH,    /* stop sending: nothing will get better by itself */
  KOCR_ACTION_RESEND_SMALLER, /* too many bytes */
  KOCR_ACTION_RESEND_HALVED,  /* too many pixels on a side */
  KOCR_ACTION_RESEND_OTHER_FORMAT,
  KOCR_ACTION_SPLIT /* too many text regions */
} KocrAction;

/* One row of the service's table of statuses. */
typedef struct _KocrFault
{
  guint status;                 /* HTTP */
  const gchar *code;            /* as a word in the body; NULL: status alone */
  KocrAction action;
  KocrErrorCode error;
  const gchar *message;         /* tells a user what to do */
} KocrFault;

/* The row for an HTTP answer; never NULL (an unknown status has a row of its
 * class). @body may be NULL; only its first 4 KiB are looked at. Pure. */
const KocrFault *kocr_fault_for_answer (guint status, const gchar * body,
    gsize length);

/* What to do when the bundled service gave the answer of @fault. It has no
 * console, no quota and no limit of regions: what latches is a fault of ours,
 * and is tried again. Pure. */
const KocrFault *kocr_fault_of_own_service (const KocrFault * fault);

/* What to do when @fault was the answer to a request without a key. Pure. */
const KocrFault *kocr_fault_without_key (const KocrFault * fault);

/* The row for an attempt that ended without an answer, or with one that the
 * parser does not take: an error of GIO, of TLS, of the bundled service, a
 * KOCR_ERROR_ANSWER. Never NULL, never with a status or code. Pure. */
const KocrFault *kocr_fault_for_error (const GError * error);

/* Both image formats were refused: what comes after RESEND_OTHER_FORMAT. */
const KocrFault *kocr_fault_for_format_refused (void);
