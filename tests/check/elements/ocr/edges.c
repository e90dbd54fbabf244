/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: a result tells with which frame its texts came and those before it
 * went.
 */
#include "gate.h"

#include "../../testrows.h"

#define TESTS "/kakaoocr/edges/"

/* The result of the frame that comes out next, and on which frame the text of
 * @picture came or went, or -1; the same for all its texts. */
static gint
pull_edge (Gate * gate, gint picture)
{
  g_autoptr (GstBuffer) buffer = gst_harness_pull (gate->h);
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (buffer);
  guint64 track;
  GstClockTime pts;
  gint edge = -1;

  g_assert_cmpint (test_frame_get_result_id (buffer), ==, picture);
  for (guint i = 0; i < gst_kakao_ocr_result_get_n_edges (meta->result); i++) {
    gst_kakao_ocr_result_get_edge (meta->result, i, &track, &pts);
    g_assert_cmpuint (track, >, 0);
    g_assert_true (edge < 0 || edge == (gint) (pts / TEST_FRAME_DURATION));
    edge = pts / TEST_FRAME_DURATION;
  }
  return edge;
}

/* Shows @from up to frame @edge and then @to; each frame @interval (ms) is a
 * sample, and @last is one. What the result of the last one tells. */
static gint
find_edge (const gchar * settings, guint edge, guint last)
{
  Gate gate;
  gint found = -1;

  gate_set_up (&gate, settings);
  for (guint i = 0; i <= last; i++)
    gate_show (&gate, i, i < edge ? A : B);
  held_service_answer (gate.service, A);
  held_service_answer (gate.service, B);
  for (guint i = 0; i <= last; i++)
    found = pull_edge (&gate, i < last ? A : B);
  gate_tear_down (&gate);
  return found;
}

static void
a_text_changes_on_the_frame_that_shows_it (void)
{
  static const guint edges[] = { 1, 7, 13, 24, 25 };

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    g_assert_cmpint (find_edge ("timing=exact interval=1000", edges[i], 25),
        ==, edges[i]);
}

/* Nothing lies between the samples: it is the second one. */
static void
where_each_frame_is_a_sample_it_changes_on_its_frame (void)
{
  g_assert_cmpint (find_edge ("timing=exact interval=0", 1, 1), ==, 1);
}

static void
slides_change_when_they_change (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=exact interval=1000");
  gate_show (&gate, 0, A);
  gate_show (&gate, 250, B);
  held_service_answer (gate.service, A);
  held_service_answer (gate.service, B);
  g_assert_cmpint (pull_edge (&gate, A), ==, -1);
  g_assert_cmpint (pull_edge (&gate, B), ==, 250);
  gate_tear_down (&gate);
}

/* The sample in between was the same picture, and costs nothing. */
static void
an_unchanged_sample_brings_it_nearer (void)
{
  Gate gate;

  gate_set_up (&gate, "timing=exact interval=200");
  for (guint i = 0; i <= 10; i++)
    gate_show (&gate, i, i < 8 ? A : B);
  held_service_answer (gate.service, A);
  held_service_answer (gate.service, B);
  for (guint i = 0; i < 10; i++)
    pull_edge (&gate, A);
  g_assert_cmpint (pull_edge (&gate, B), ==, 8);
  gate_assert_n_pictures (&gate, 2);
  gate_tear_down (&gate);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (a_text_changes_on_the_frame_that_shows_it);
  ADD (where_each_frame_is_a_sample_it_changes_on_its_frame);
  ADD (slides_change_when_they_change);
  ADD (an_unchanged_sample_brings_it_nearer);
  return g_test_run ();
}
