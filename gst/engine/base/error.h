/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The engine's one error domain, and what each answer of the service asks the
 * client to do.  Only elements turn these into bus messages.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KOCR_ERROR (kocr_error_quark ())
GQuark kocr_error_quark (void);

typedef enum
{
  KOCR_ERROR_CONFIGURATION, /* address, signature, method, domain, redirect */
  KOCR_ERROR_CREDENTIALS,   /* the key is missing, wrong or unusable */
  KOCR_ERROR_CERTIFICATE,   /* TLS: not verified, CA or TLS backend missing */
  KOCR_ERROR_PICTURE,       /* the frame could not be mapped or encoded */
  KOCR_ERROR_REFUSED,       /* the service refuses this picture */
  KOCR_ERROR_THROTTLED,
  KOCR_ERROR_UNAVAILABLE, /* the service answers that it cannot now */
  KOCR_ERROR_NETWORK,     /* connect, DNS, reset */
  KOCR_ERROR_TIMEOUT,
  KOCR_ERROR_ANSWER,        /* 2xx, but not a valid answer */
  KOCR_ERROR_LOCAL_SERVICE, /* the bundled service cannot be run */
  KOCR_ERROR_EXHAUSTED,     /* max-requests is spent */
  KOCR_ERROR_CANCELLED      /* flush or stop */
} KocrErrorCode;

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
typedef struct
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

G_END_DECLS
