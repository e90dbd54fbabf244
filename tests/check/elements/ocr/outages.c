/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: a service that is not there, or serves no more, is told of once, and
 * frames flow.
 */
#include "../../testrows.h"
#include "heldservice.h"
#include "ocrharness.h"
#include "service.h"

#define TESTS "/kakaoocr/outages/"

static void
a_refused_connection_is_warned_of_and_frames_flow (void)
{
  GstHarness *h = ocr_harness_new (SERVICE_REFUSING_URL,
      "timing=latest interval=0");

  for (guint i = 0; i < 10; i++)
    g_assert_cmpint (ocr_harness_pass (h, i), ==, -1);
  gst_structure_free (ocr_harness_wait_problem (h, GST_MESSAGE_WARNING,
          "No connection"));
  g_assert_cmpint (ocr_harness_pass (h, 10), ==, -1);
  ocr_harness_free (h);
}

static void
no_local_service_is_warned_of_once_and_frames_flow (void)
{
  GstHarness *h = ocr_harness_new ("local", "timing=latest interval=0");

  for (guint i = 0; i < 10; i++)
    g_assert_cmpint (ocr_harness_pass (h, i), ==, -1);
  gst_structure_free (ocr_harness_wait_problem (h, GST_MESSAGE_WARNING,
          "/nonexistent/kakaoocr-server"));
  for (guint i = 10; i < 20; i++)
    ocr_harness_pass (h, i);
  g_assert_null (ocr_harness_pop_message (h, GST_MESSAGE_WARNING));
  ocr_harness_free (h);
}

static void
no_local_service_is_an_error_in_exact (void)
{
  GstHarness *h = ocr_harness_new_not_live (NULL, "timing=exact");

  ocr_harness_push (h, 0);
  gst_structure_free (ocr_harness_wait_problem (h, GST_MESSAGE_ERROR,
          "install kakaoocr-server"));
  ocr_harness_wait_event (h, GST_EVENT_EOS);
  ocr_harness_free (h);
}

static void
a_spent_budget_is_warned_of_once_and_frames_flow (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest interval=0 max-requests=2");
  g_autofree gchar *state = NULL;
  guint n = 0;

  held_service_open (service);
  while (ocr_get_stat (h->element, "recognized") < 2)
    ocr_harness_pass (h, n++);
  for (guint i = 0; i < 10; i++)
    ocr_harness_pass (h, n + i);
  gst_structure_free (ocr_harness_wait_problem (h, GST_MESSAGE_WARNING,
          "max-requests"));
  g_assert_null (ocr_harness_pop_message (h, GST_MESSAGE_WARNING));
  g_assert_cmpuint (held_service_get_n_pictures (service), ==, 2);
  state = ocr_get_stat_string (h->element, "state");
  g_assert_cmpstr (state, ==, "exhausted");
  ocr_harness_free (h);
  held_service_free (service);
}

static gboolean
is_open (gpointer element)
{
  g_autofree gchar *state = ocr_get_stat_string (element, "state");

  return g_str_equal (state, "open");
}

/* Each frame fails, and then the state changes: two things, said once each. */
static void
an_outage_is_not_told_twice_in_the_same_words (void)
{
  GstHarness *h = ocr_harness_new (SERVICE_REFUSING_URL,
      "timing=latest interval=0");
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash,
      g_str_equal, g_free, NULL);
  GstMessage *message;
  guint n = 0;

  for (guint id = 0; id < 10; id++)
    ocr_harness_pass (h, id);
  ocr_wait_until (is_open, h->element);
  for (message = ocr_harness_wait_message (h, GST_MESSAGE_WARNING);
      message || n < 2;
      message = n < 2 ? ocr_harness_wait_message (h, GST_MESSAGE_WARNING)
      : ocr_harness_pop_message (h, GST_MESSAGE_WARNING)) {
    g_autoptr (GError) error = NULL;

    gst_message_parse_warning (message, &error, NULL);
    g_assert_true (g_hash_table_add (told, g_strdup (error->message)));
    gst_message_unref (message);
    n++;
  }
  g_assert_cmpuint (n, ==, 2);
  ocr_harness_free (h);
}

int
main (int argc, char **argv)
{
  g_setenv ("KAKAOOCR_SERVER", "/nonexistent/kakaoocr-server", TRUE);
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (a_refused_connection_is_warned_of_and_frames_flow);
  ADD (no_local_service_is_warned_of_once_and_frames_flow);
  ADD (no_local_service_is_an_error_in_exact);
  ADD (a_spent_budget_is_warned_of_once_and_frames_flow);
  ADD (an_outage_is_not_told_twice_in_the_same_words);
  return g_test_run ();
}
