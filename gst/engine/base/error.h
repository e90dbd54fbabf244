/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The engine's one error domain.  Only elements turn its errors into bus
 * messages.
 */
#pragma once

#include <gio/gio.h>

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
