/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/denial.h"

const gchar *
kocr_denial_get_name (KocrDenial denial)
{
  static const gchar *const names[] = {
    [KOCR_DENIAL_NONE] = "none",
    [KOCR_DENIAL_FLUSHING] = "flushing",
    [KOCR_DENIAL_BUDGET_SPENT] = "max-requests spent",
    [KOCR_DENIAL_BUDGET_OUT] = "rest of max-requests in flight",
    [KOCR_DENIAL_LATCHED] = "latched",
    [KOCR_DENIAL_BREAKER_OPEN] = "breaker open",
    [KOCR_DENIAL_RETRY_AFTER] = "Retry-After",
    [KOCR_DENIAL_THROTTLED] = "throttled",
    [KOCR_DENIAL_ENCODER_BUSY] = "encoder busy",
    [KOCR_DENIAL_MAX_IN_FLIGHT] = "max-in-flight",
    [KOCR_DENIAL_WINDOW_FULL] = "window full",
    [KOCR_DENIAL_RATE_LIMIT] = "rate limit",
    [KOCR_DENIAL_RETRIES_FIRST] = "retries first",
    [KOCR_DENIAL_OTHERS_TURN] = "another element's turn"
  };

  return names[denial];
}
