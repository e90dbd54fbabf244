/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stats.h"

static void
test_percentiles_of_what_was_added (void)
{
  static const struct
  {
    guint64 n;                  /* 1, 2 ... n */
    GstClockTime p50, p95;
  } table[] = {
    {0, 0, 0}, {1, 1, 1}, {2, 2, 2}, {100, 51, 96},
    /* Only the newest count: of 1,000 those from 745 on. */
    {256, 129, 244}, {1000, 873, 988}
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    KocrLatencies latencies = { {0} };

    for (guint64 n = 1; n <= table[i].n; n++)
      kocr_latencies_add (&latencies, n);
    g_assert_cmpuint (kocr_latencies_get_percentile (&latencies, 50), ==,
        table[i].p50);
    g_assert_cmpuint (kocr_latencies_get_percentile (&latencies, 95), ==,
        table[i].p95);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/latencies/percentiles_of_what_was_added",
      test_percentiles_of_what_was_added);
  return g_test_run ();
}
