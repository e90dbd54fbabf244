/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Prefetch: asks for pixels before they are needed.  Frames come from other
 * cores: unasked, a processor fetches the next page of one too late, which
 * costs 0.1 ms and more a picture of 1080p.
 */
#pragma once

#include <glib.h>

#define KOCR_CACHE_LINE 64

/* May reach past the end of what there is, to no harm.  A function that does
 * nothing else has no effect in GCC's eyes, and calls of it are left out. */
static inline G_ALWAYS_INLINE void
kocr_prefetch (const guint8 * data, gssize size)
{
#ifdef __GNUC__
  for (gssize i = 0; i < size; i += KOCR_CACHE_LINE)
    __builtin_prefetch (data + i);
#endif
}
