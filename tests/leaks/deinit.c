/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Preloaded into a test program by run-test: the leaks tracer tells of what is
 * still alive when GStreamer is taken down, which test programs do not do.
 */
#include <gst/gst.h>

static void __attribute__ ((destructor))
deinit (void)
{
  if (gst_is_initialized ())
    gst_deinit ();
}
