/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Preloaded into a test program by run-test: the leaks tracer tells of what is
 * still alive when GStreamer is taken down, which most test programs do not do.
 */
#include <dlfcn.h>
#include <gst/gst.h>

/* In the place of GStreamer's own, which aborts when it is called twice. */
void
gst_deinit (void)
{
  static gboolean done = FALSE;
  void (*next) (void) = dlsym (RTLD_NEXT, "gst_deinit");

  if (!done && next) {
    done = TRUE;
    next ();
  }
}

static void __attribute__ ((destructor))
deinit_at_exit (void)
{
  if (gst_is_initialized ())
    gst_deinit ();
}
