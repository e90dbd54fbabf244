/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocroverlay behind kakaoocr: whether it warns that text may stay
 * readable, and what of.
 */
#include <string.h>

#include "service.h"
#include "testframe.h"

#include <gst/check/gstharness.h>

#define SAFE "timing=exact interval=0 change-threshold=0"

static Service *service;

/* The warnings of a run of three frames, by newlines. */
static gchar *
run (const gchar * ocr, const gchar * between, const gchar * overlay)
{
  g_autofree gchar *description = g_strdup_printf ("kakaoocr endpoint=%s %s ! "
      "%s ! kakaoocroverlay %s", service->url, ocr, between, overlay);
  GstHarness *h = gst_harness_new_parse (description);
  g_autoptr (GstBus) bus = gst_bus_new ();
  GString *warnings = g_string_new (NULL);
  GstMessage *message;
  guint i;

  gst_element_set_bus (h->element, bus);
  gst_harness_set_src_caps_str (h, TEST_FRAME_CAPS);
  for (i = 0; i < 3; i++)
    g_assert_cmpint (gst_harness_push (h, test_frame_new (i)), ==, GST_FLOW_OK);
  g_assert_true (gst_harness_push_event (h, gst_event_new_eos ()));
  for (i = 0; i < 3; i++) {
    g_autoptr (GstBuffer) frame = gst_harness_pull (h);

    g_assert_nonnull (frame);
  }
  while ((message = gst_bus_pop_filtered (bus, GST_MESSAGE_WARNING))) {
    g_autoptr (GError) error = NULL;

    gst_message_parse_warning (message, &error, NULL);
    if (strstr (error->message, "stay readable"))
      g_string_append_printf (warnings, "%s\n", error->message);
    gst_message_unref (message);
  }
  gst_element_set_bus (h->element, NULL);
  gst_harness_teardown (h);
  return g_string_free (warnings, FALSE);
}

static void
warns_once_of_what_leaves_frames_unread (void)
{
  static const struct
  {
    const gchar *ocr, *between, *overlay;
    const gchar *parts[3];      /* of the one warning; none: there is none */
  } cases[] = {
    {SAFE, "identity", "fill=redact", {NULL}},
    {SAFE, "queue ! videoconvert ! videoscale",
        "fill=blur", {NULL}},
    {"timing=latest interval=0", "identity", "fill=redact",
        {"timing=latest"}},
    {"timing=aligned interval=40", "identity", "fill=blur",
        {"timing=aligned", "interval=40"}},
    {"timing=exact interval=0", "queue", "fill=redact",
        {"change-threshold=12"}},
    {"timing=exact interval=1000", "queue ! videoconvert ! tee",
        "fill=redact", {"interval=1000"}},
    {SAFE " active=false", "identity",
        "fill=redact fail-closed=false", {"active=false"}},
    {"timing=latest", "identity", "fill=none", {NULL}},
    {"timing=latest", "identity", "fill=tint", {NULL}},
    /* What stands between repeats frames. */
    {SAFE, "videorate ! video/x-raw,framerate=50/1",
          "fill=redact",
        {"another"}},
  };
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree gchar *warnings = run (cases[i].ocr, cases[i].between,
        cases[i].overlay);
    gchar *end = strchr (warnings, '\n');

    g_test_message ("%s: %s", cases[i].ocr, warnings);
    g_assert_cmpint (end != NULL, ==, cases[i].parts[0] != NULL);
    g_assert_true (!end || end[1] == '\0');
    for (j = 0; j < 3 && cases[i].parts[j]; j++)
      g_assert_nonnull (strstr (warnings, cases[i].parts[j]));
  }
}

int
main (int argc, char **argv)
{
  int ret;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  service = service_new (service_answer, NULL);
  g_test_add_func ("/kakaoocroverlay/warning/"
      "warns_once_of_what_leaves_frames_unread",
      warns_once_of_what_leaves_frames_unread);
  ret = g_test_run ();
  service_free (service);
  /* For GST_TRACERS=leaks. */
  gst_deinit ();
  return ret;
}
