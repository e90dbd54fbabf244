/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a live 1080p30 stream takes of a core, by how often it is sampled:
 * pictures that are sent, and pictures in which nothing has changed.
 */
#include "measure.h"
#include "painting.h"
#include "passage.h"
#include "service.h"

#define SECONDS 10

static const guint intervals[] = { 10000, 1000, 500, 200, 100, 66 };

static gdouble
measure_stream (const gchar * launch, const GstVideoInfo * info,
    GstMemory * memory)
{
  Passage *passage = passage_new (launch, info, memory);
  gdouble ms = measure_process_ms ();

  passage_play (passage, SECONDS);
  ms = measure_process_ms () - ms;
  passage_free (passage);
  return ms / (SECONDS * 10.0);
}

static void
measure_samples (const gchar * what, const gchar * settings,
    const GstVideoInfo * info, GstMemory * memory)
{
  MeasureRow row
      = { .group = "rate", .unit = "% of a core", .peer = "identity" };

  for (guint i = 0; i < G_N_ELEMENTS (intervals); i++) {
    g_autofree gchar *launch = g_strdup_printf ("kakaoocr interval=%u %s",
        intervals[i], settings);
    g_autofree gchar *name = g_strdup_printf ("1080p30, %.4g samples a second "
        "%s", 1000.0 / intervals[i], what);

    row.name = name;
    row.peer_value = measure_stream ("identity", info, memory);
    row.value = measure_stream (launch, info, memory);
    measure_report (&row);
  }
}

int
main (int argc, char **argv)
{
  Service *service;
  g_autoptr (GstMemory) memory = NULL;
  g_autofree gchar *sent = NULL;
  g_autofree gchar *unchanged = NULL;
  GstVideoInfo info;

  gst_init (&argc, &argv);
  service = service_new (passage_answer, NULL);
  memory = painting_memory_new (1920, 1080, &info);
  sent = g_strdup_printf ("change-threshold=0 endpoint=%s", service->url);
  unchanged = g_strdup_printf ("endpoint=%s", service->url);
  measure_samples ("sent", sent, &info, memory);
  measure_samples ("unchanged", unchanged, &info, memory);
  service_free (service);
  return measure_finish ();
}
