/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a frame costs that is only passed, beside identity, and what a million
 * of them leave in memory.
 */
#include "measure.h"
#include "painting.h"
#include "passage.h"
#include "processusage.h"
#include "service.h"

#define ROUNDS 15
#define FRAMES 10000            /* a round */
#define LOOKED_AT 400           /* of those that motion looks at */

/* The most that the process has in the first half of the frames, and in the
 * other: pictures are sampled all along. The first answer takes so long that
 * motion's trail of pictures is as full then as it can be. */
#define FIRST_ANSWER "--latency=400"
#define MILLION 1000000
#define FOLLOWED 100000         /* a frame takes a fifth of a millisecond */
#define BATCH 500
#define MAX_GROWTH 2048         /* kB */

typedef struct
{
  Passage *subject, *peer;
  guint n;                      /* frames a round */
} Pair;

static void
pass_subject (gpointer data)
{
  Pair *pair = data;

  passage_push (pair->subject, pair->n);
}

static void
pass_peer (gpointer data)
{
  Pair *pair = data;

  passage_push (pair->peer, pair->n);
}

/* @n: frames a round; @limit: us beyond @peer; 0: it is held to none. */
static void
measure_passing (const gchar * name, Passage * subject, const gchar * peer_name,
    Passage * peer, guint n, gdouble limit)
{
  Pair pair = { subject, peer, n };
  MeasureRow row = { .group = "passing",
    .name = name,
    .unit = "us a frame",
    .peer = peer_name,
    .held = limit > 0 ? MEASURE_EXCESS : MEASURE_UNHELD,
    .limit = limit };

  measure_pair (pass_subject, pass_peer, &pair, ROUNDS, &row.value,
      &row.peer_value);
  row.value *= 1000.0 / n;
  row.peer_value *= 1000.0 / n;
  g_assert_cmpuint (subject->n_dropped, ==, 0);
  passage_free (peer);
  passage_free (subject);
  measure_report (&row);
}

/* What any element must do that adds ten of them with a text each. */
static GstPadProbeReturn
add_rois (GstPad * pad, GstPadProbeInfo * info, gpointer data)
{
  const GstStructure *text = data;

  for (guint i = 0; i < 10; i++)
    gst_video_region_of_interest_meta_add_param
        (gst_buffer_add_video_region_of_interest_meta_id
        (GST_PAD_PROBE_INFO_BUFFER (info), gst_structure_get_name_id (text),
            10, 10 * i, 190, 9), gst_structure_copy (text));
  return GST_PAD_PROBE_OK;
}

static void
measure_rois (const gchar * url, const GstVideoInfo * info, GstMemory * memory)
{
  g_autoptr (GstStructure) text =
      gst_structure_new ("text", "text", G_TYPE_STRING, "word", NULL);
  Passage *bare = passage_new ("identity", info, memory);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (bare->element, "src");

  measure_passing ("1080p, ten regions carried, ROI metas",
      passage_new_carrying (url, info, memory,
          "track-motion=false attach=ocr+roi"), "identity",
      passage_new ("identity", info, memory), FRAMES, 0);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, add_rois, text, NULL);
  measure_passing ("1080p, ten regions carried, ROI metas",
      passage_new_carrying (url, info, memory,
          "track-motion=false attach=ocr+roi"), "identity and ten ROI metas",
      bare, FRAMES, 1);
}

/* While an answer is out, each frame is looked at, so that boxes can be brought
 * up to the present. */
static void
measure_awaiting (const GstVideoInfo * info, GstMemory * memory)
{
  Service *service = service_new (passage_answer, "--latency=3600000");
  g_autofree gchar *launch = g_strdup_printf ("kakaoocr timing=latest "
      "interval=86400000 timeout=3600000 endpoint=%s", service->url);

  measure_passing ("1080p, an answer awaited",
      passage_new (launch, info, memory), "identity",
      passage_new ("identity", info, memory), LOOKED_AT, 650);
  service_free (service);
}

/* The most that is resident at any time while @n frames pass, kB. */
static guint64
pass_and_watch (Passage * passage, guint n)
{
  guint64 most = 0;

  for (guint i = 0; i < n; i += BATCH) {
    ProcessUsage usage;

    passage_push (passage, BATCH);
    process_usage_read (&usage);
    most = MAX (most, usage.rss_kb);
  }
  return most;
}

static void
measure_memory (const gchar * name, const gchar * settings, const gchar * url,
    guint n)
{
  g_autofree gchar *launch = g_strdup_printf ("kakaoocr timing=latest "
      "%s endpoint=%s", settings, url);
  MeasureRow row = { .group = "memory",
    .name = name,
    .unit = "kB more",
    .held = MEASURE_VALUE,
    .limit = MAX_GROWTH };
  guint64 early;
  GstVideoInfo info;
  g_autoptr (GstMemory) memory = painting_memory_new (320, 240, &info);
  Passage *passage;

  passage = passage_new (launch, &info, memory);
  early = pass_and_watch (passage, n);
  row.value = (gdouble) pass_and_watch (passage, n) - early;
  measure_report (&row);
  g_assert_cmpuint (passage->n_dropped, ==, 0);
  g_assert_cmpuint (passage_get_stat (passage, "sampled"), >, 100);
  passage_free (passage);
}

int
main (int argc, char **argv)
{
  g_autoptr (GstMemory) memory = NULL;
  Service *service, *slow;
  GstVideoInfo info;

  gst_init (&argc, &argv);
  service = service_new (passage_answer, NULL);
  slow = service_new (passage_answer, FIRST_ANSWER);
  memory = painting_memory_new (1920, 1080, &info);
  measure_passing ("1080p, nothing to carry",
      passage_new ("kakaoocr active=false timing=latest", &info, memory),
      "identity", passage_new ("identity", &info, memory), FRAMES, 1);
  measure_passing ("1080p, ten regions carried",
      passage_new_carrying (service->url, &info, memory, "track-motion=false"),
      "identity", passage_new ("identity", &info, memory), FRAMES, 1);
  measure_rois (service->url, &info, memory);
  measure_awaiting (&info, memory);
  measure_memory ("a million frames, samples sent",
      "interval=10000 change-threshold=0 track-motion=false", service->url,
      MILLION);
  measure_memory ("a million frames, samples unchanged",
      "interval=1000 track-motion=false", service->url, MILLION);
  measure_memory ("a hundred thousand frames, boxes follow", "interval=1000",
      slow->url, FOLLOWED);
  service_free (slow);
  service_free (service);
  return measure_finish ();
}
