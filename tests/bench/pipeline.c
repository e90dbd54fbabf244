/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How long a run over many pictures takes that loses none:
 *
 *     bench-pipeline URL N
 *
 * sends N 1080p pictures to the service, 8 in flight.
 */
#include <stdlib.h>

#include "measure.h"
#include "painting.h"
#include "passage.h"

int
main (int argc, char **argv)
{
  MeasureRow row = { .group = "pipeline", .name = "8 in flight", .unit = "s" };
  g_autoptr (GstMemory) memory = NULL;
  g_autofree gchar *launch = NULL;
  GstVideoInfo info;
  Passage *passage;
  guint n;
  gint64 start;

  gst_init (&argc, &argv);
  if (argc != 3)
    return 2;
  n = atoi (argv[2]);
  launch =
      g_strdup_printf ("kakaoocr timing=exact interval=0 change-threshold=0 "
      "max-in-flight=8 endpoint=%s", argv[1]);
  memory = painting_memory_new (1920, 1080, &info);
  passage = passage_new (launch, &info, memory);
  start = g_get_monotonic_time ();
  passage_push (passage, n);
  passage_finish (passage);
  row.value = (g_get_monotonic_time () - start) / 1e6;
  g_assert_cmpuint (passage_get_stat (passage, "recognized"), ==, n);
  passage_free (passage);
  measure_report (&row);
  return measure_finish ();
}
