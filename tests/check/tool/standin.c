/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What `kakaoocr estimate` answers itself, to whoever asks on this machine.
 */
#include "estimate/standin.h"

#include <glib/gstdio.h>
#include <gst/gst.h>

#include "../testrows.h"

#define TESTS "/standin/"

static void
a_media_type_is_no_pipeline (void)
{
  g_autoptr (StandIn) stand_in = stand_in_new ();
  g_autoptr (GBytes) picture = g_bytes_new_static ("", 0);
  g_autofree gchar *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree gchar *path = g_build_filename (folder, "written", NULL);
  g_autofree gchar *media_type = g_strdup_printf (
      "image/pngdec ! fakesink videotestsrc num-buffers=1 ! filesink "
      "location=%s appsrc ! png",
      path);
  g_autofree gchar *answer = stand_in_answer (stand_in, media_type, picture);

  g_assert_null (answer);
  g_assert_cmpint (g_unlink (path), !=, 0);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (a_media_type_is_no_pipeline);
  return g_test_run ();
}
