/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The plugin and the library in one program, with no plugin file: no symbol
 * stands twice, and the elements are there.
 */
#include <gst/gst.h>

GST_PLUGIN_STATIC_DECLARE (kakaoocr);

static void
elements_are_registered (void)
{
  const gchar *names[] = { "kakaoocr", "kakaoocrcrop", "kakaoocrenc",
    "kakaoocroverlay"
  };

  GST_PLUGIN_STATIC_REGISTER (kakaoocr);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    GstElement *element = gst_element_factory_make (names[i], NULL);

    g_assert_nonnull (element);
    g_assert_cmpint (gst_element_set_state (element, GST_STATE_READY), ==,
        GST_STATE_CHANGE_SUCCESS);
    gst_element_set_state (element, GST_STATE_NULL);
    gst_object_unref (element);
  }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/house/static/elements_are_registered",
      elements_are_registered);
  return g_test_run ();
}
