/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/answer.h"

static void
every_row_has_its_own_code (void)
{
  guint i, j;

  for (i = 0; i < N_REFUSALS; i++) {
    g_autoptr (Answer) answer = answer_new_refusal (i);
    Refusal found;

    g_assert_cmpuint (answer->status, ==, refusal_get_status (i));
    g_assert_true (refusal_find (refusal_get_status (i),
            refusal_get_code (i), &found));
    g_assert_cmpuint (found, ==, i);
    for (j = 0; j < i; j++)
      g_assert_cmpstr (refusal_get_code (i), !=, refusal_get_code (j));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/refusal/every_row_has_its_own_code",
      every_row_has_its_own_code);
  return g_test_run ();
}
