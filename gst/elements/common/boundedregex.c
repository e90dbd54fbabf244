/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/boundedregex.h"

#include <string.h>

/* Steps from one place of a text on: an e-mail address in a line of 100 letters
 * takes some 200. With the length of the text they bound the time: of 2 kB to
 * 0.1 s, which only an adversary gets near. */
#define LIMITS "(*LIMIT_MATCH=10000)"

GRegex *
kocr_bounded_regex_new (const gchar *pattern, GError **error)
{
  g_autofree gchar *limited = g_strconcat (LIMITS, pattern, NULL);
  g_autoptr (GRegex) alone = NULL;

  /* By itself first: its errors tell the place in it. */
  alone = g_regex_new (pattern, 0, 0, error);
  return alone ? g_regex_new (limited, 0, 0, error) : NULL;
}

const gchar *
kocr_bounded_regex_get_pattern (const GRegex *regex)
{
  return g_regex_get_pattern (regex) + strlen (LIMITS);
}
