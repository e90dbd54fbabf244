/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/clock.h"

static guint clock_speed = 1;
/* Where both clocks show the same. */
static gint64 clock_epoch;

gint64
kocr_clock_now (void)
{
  return clock_epoch + (g_get_monotonic_time () - clock_epoch) * clock_speed;
}

gint64
kocr_clock_to_ready_time (gint64 time)
{
  if (time == G_MAXINT64)
    return -1;
  return clock_epoch + (time - clock_epoch + clock_speed - 1) / clock_speed;
}

void
kocr_clock_set_speed (guint speed)
{
  clock_epoch = g_get_monotonic_time ();
  clock_speed = speed;
}
