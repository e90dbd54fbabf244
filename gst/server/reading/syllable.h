/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Syllable: those of Hangul, in Unicode's order.
 */
#pragma once

#include <glib.h>

#define FIRST_SYLLABLE 0xac00
#define LAST_SYLLABLE 0xd7a3

static inline gboolean
is_syllable (gunichar c)
{
  return c >= FIRST_SYLLABLE && c <= LAST_SYLLABLE;
}
