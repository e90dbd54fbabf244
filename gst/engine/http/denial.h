/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Denial: why a request may not go out now. The first that holds of those
 * below, in this order: the ones that are over by themselves last.
 */
#pragma once

#include <glib.h>

typedef enum
{
  KOCR_DENIAL_NONE,             /* it may */
  KOCR_DENIAL_FLUSHING,         /* a flush or a stop */
  KOCR_DENIAL_BUDGET_SPENT,     /* max-requests; for good */
  KOCR_DENIAL_BUDGET_OUT,       /* its rest is out, and may come back */
  KOCR_DENIAL_LATCHED,          /* configuration or credentials are wrong */
  KOCR_DENIAL_BREAKER_OPEN,     /* an outage */
  KOCR_DENIAL_RETRY_AFTER,      /* the service ordered a wait */
  KOCR_DENIAL_THROTTLED,        /* it throttles without saying for how long */
  KOCR_DENIAL_ENCODER_BUSY,     /* slots are taken by pictures that are not
                                 * encoded yet */
  KOCR_DENIAL_MAX_IN_FLIGHT,    /* so many of this user are out */
  KOCR_DENIAL_WINDOW_FULL,      /* as many are out as the service takes well */
  KOCR_DENIAL_RATE_LIMIT,
  KOCR_DENIAL_RETRIES_FIRST,    /* free slots belong to failed requests */
  KOCR_DENIAL_OTHERS_TURN       /* ... and to other users of the service */
} KocrDenial;

const gchar *kocr_denial_get_name (KocrDenial denial);
