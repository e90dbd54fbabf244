/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/faults.h"

#include <gio/gio.h>
#include <string.h>

static const struct
{
  const gchar *name;
  const gchar *fail;
  const gchar *latency;
  guint status;                 /* of the first draw; 0: none, 1: an error */
  const gchar *code;
} rows[] = {
  {"nothing", NULL, NULL, 0, NULL},
  {"never", "503=0", NULL, 0, NULL},
  {"row_by_status", "503=1", NULL, 503, "INTERNAL ERROR"},
  {"first_row_of_a_status", "405=1", NULL, 405, "Method Not Allowed"},
  {"row_by_code", "405/TOO_MANY_BOXES=1", NULL, 405, "TOO_MANY_BOXES"},
  {"code_in_other_letters", "425/domain-not_DEPLOYED=1", NULL, 425,
      "Domain not deployed"},
  {"own_code", "500/BOOM=1", NULL, 500, "BOOM"},
  {"own_status", "502=1.0", NULL, 502, "HTTP 502"},
  {"several", "429=0.0, 413/EXCEED_MAX_LEN=1", NULL, 413, "EXCEED_MAX_LEN"},
  {"thirds", "500=0.333333,502=0.333333,503=0.333334", NULL, 0xffff, NULL},
  {"latency", NULL, "20", 0, NULL},
  {"latency_and_spread", NULL, "20+-20", 0, NULL},
  {"no_probability", "503", NULL, 1, NULL},
  {"empty_probability", "503=", NULL, 1, NULL},
  {"not_a_number", "503=x", NULL, 1, NULL},
  {"nan", "503=nan", NULL, 1, NULL},
  {"above_one", "503=1.1", NULL, 1, NULL},
  {"below_zero", "503=-0.1", NULL, 1, NULL},
  {"sum_above_one", "503=0.6,500=0.6", NULL, 1, NULL},
  {"success", "200=1", NULL, 1, NULL},
  {"empty_code", "503/=1", NULL, 1, NULL},
  {"empty", "", NULL, 0, NULL},
  {"empty_item", "503=0.5,", NULL, 1, NULL},
  {"bad_code", "503/\xff=1", NULL, 1, NULL},
  {"latency_empty", NULL, "", 1, NULL},
  {"latency_negative", NULL, "-1", 1, NULL},
  {"latency_unit", NULL, "1s", 1, NULL},
  {"latency_above_a_day", NULL, "86400001", 1, NULL},
  {"spread_above_latency", NULL, "10+-11", 1, NULL},
};

static void
orders_are_read (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (Faults) faults = faults_new (rows[i].fail, rows[i].latency, 1,
      &error);
  g_autoptr (Answer) answer = NULL;
  gint64 latency;

  if (rows[i].status == 1) {
    g_assert_null (faults);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    return;
  }
  g_assert_no_error (error);
  answer = faults_draw (faults, &latency);
  if (rows[i].latency == NULL)
    g_assert_cmpint (latency, ==, 0);
  if (rows[i].status == 0) {
    g_assert_null (answer);
  } else {
    g_assert_nonnull (answer);
    if (rows[i].code != NULL) {
      g_autofree gchar *body = g_strndup (g_bytes_get_data (answer->body,
              NULL), g_bytes_get_size (answer->body));

      g_assert_cmpuint (answer->status, ==, rows[i].status);
      g_assert_nonnull (strstr (body, rows[i].code));
    }
  }
}

static guint
draw_status (Faults * faults)
{
  gint64 latency;
  g_autoptr (Answer) answer = faults_draw (faults, &latency);

  return answer != NULL ? answer->status : 200;
}

static void
probabilities_are_kept (void)
{
  g_autoptr (Faults) faults = faults_new ("503=0.25,429=0.5", NULL, 3, NULL);
  guint n_503 = 0, n_429 = 0, i;

  for (i = 0; i < 10000; i++) {
    guint status = draw_status (faults);

    n_503 += status == 503;
    n_429 += status == 429;
  }
  /* Four standard deviations: 173 and 200. */
  g_assert_cmpuint (n_503, >, 2500 - 173);
  g_assert_cmpuint (n_503, <, 2500 + 173);
  g_assert_cmpuint (n_429, >, 5000 - 200);
  g_assert_cmpuint (n_429, <, 5000 + 200);
}

static void
a_seed_repeats_its_run (void)
{
  g_autoptr (Faults) first = faults_new ("503=0.5", "9+-9", 7, NULL);
  g_autoptr (Faults) again = faults_new ("503=0.5", "9+-9", 7, NULL);
  g_autoptr (Faults) other = faults_new ("503=0.5", "9+-9", 8, NULL);
  guint n_different = 0, i;

  for (i = 0; i < 100; i++) {
    guint status = draw_status (first);

    g_assert_cmpuint (draw_status (again), ==, status);
    n_different += draw_status (other) != status;
  }
  g_assert_cmpuint (n_different, >, 0);
}

static void
latencies_spread_around_theirs (void)
{
  g_autoptr (Faults) faults = faults_new (NULL, "30+-10", 1, NULL);
  gint64 latency, least = G_MAXINT64, most = 0;
  guint i;

  for (i = 0; i < 1000; i++) {
    g_assert_null (faults_draw (faults, &latency));
    least = MIN (least, latency);
    most = MAX (most, latency);
  }
  g_assert_cmpint (least, >=, 20000);
  g_assert_cmpint (least, <, 21000);
  g_assert_cmpint (most, <=, 40000);
  g_assert_cmpint (most, >, 39000);
}

int
main (int argc, char **argv)
{
  guint i;

  g_test_init (&argc, &argv, NULL);
  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *path = g_strdup_printf ("/faults/orders_are_read/%s",
        rows[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), orders_are_read);
  }
  g_test_add_func ("/faults/probabilities_are_kept", probabilities_are_kept);
  g_test_add_func ("/faults/a_seed_repeats_its_run", a_seed_repeats_its_run);
  g_test_add_func ("/faults/latencies_spread_around_theirs",
      latencies_spread_around_theirs);
  return g_test_run ();
}
