/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * When a frame was taken, by the time of day and the pipeline's clock.
 */
#include "enc/wallclock.h"

#include <gst/gst.h>

/* A clock that shows the time of day, and every other time only after so long,
 * as where another thread has to run first. */
#define DELAY (50 * G_TIME_SPAN_MILLISECOND)

typedef GstSystemClock SlowClock;
typedef GstSystemClockClass SlowClockClass;

static GType slow_clock_get_type (void);
static gint n_looks;

G_DEFINE_TYPE (SlowClock, slow_clock, GST_TYPE_SYSTEM_CLOCK)

static GstClockTime
slow_clock_get_internal_time (GstClock * clock)
{
  gint64 from = g_get_monotonic_time ();
  gboolean slow = g_atomic_int_add (&n_looks, 1) % 2 == 0;

  while (slow && g_get_monotonic_time () < from + DELAY)
    g_thread_yield ();
  return g_get_real_time () * GST_USECOND;
}

static void
slow_clock_class_init (SlowClockClass * klass)
{
  GST_CLOCK_CLASS (klass)->get_internal_time = slow_clock_get_internal_time;
}

static void
slow_clock_init (SlowClock * self)
{
}

static void
a_thread_that_waits_shifts_no_time (void)
{
  g_autoptr (GstElement) element =
      gst_object_ref_sink (gst_element_factory_make ("fakesink", NULL));
  g_autoptr (GstClock) clock =
      gst_object_ref_sink (g_object_new (slow_clock_get_type (), NULL));
  g_autoptr (GstBuffer) frame = gst_buffer_new ();
  GstClockTime base = gst_clock_get_time (clock) - GST_SECOND;
  GstClockTime utc;

  n_looks = 0;
  gst_element_set_clock (element, clock);
  gst_element_set_base_time (element, base);
  utc = kocr_wall_clock_time (element, frame, 0, 0);
  g_assert_cmpint (ABS (GST_CLOCK_DIFF (base, utc)), <,
      DELAY * GST_USECOND / 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/wallclock/a_thread_that_waits_shifts_no_time",
      a_thread_that_waits_shifts_no_time);
  return g_test_run ();
}
