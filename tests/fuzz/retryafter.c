/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The Retry-After header, and behind the first newline the Date header.
 */
#include "http/retryafter.h"
#include "target.h"

#define YEAR (366 * 86400 * G_GINT64_CONSTANT (1000000))

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  g_autofree gchar *text = g_strndup (size ? (const gchar *) data : "",
      size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 2);
  gint64 wait;

  if (!lines[0])
    return 0;
  wait = kocr_retry_after_parse (lines[0], lines[1], 1600000000);
  g_assert_cmpint (wait, >=, 0);
  g_assert_cmpint (wait, <=, YEAR);
  return 0;
}
