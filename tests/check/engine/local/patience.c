/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * For how long a process is waited for.
 */
#include "local/patience.h"

#define MS ((gint64) 1000)
#define UNKNOWN (-1)

/* Looks of a second's patience, in milliseconds. */
typedef struct
{
  const gchar *name;
  gint64 cpu; /* at the beginning, at 1000 */
  struct
  {
    gint64 now, cpu; /* 0: no look any more */
    gint64 end;      /* expected; 0: it is over */
  } looks[4];
} Table;

static const Table tables[] = {
  { "before_its_end_it_is_not_over", 0, { { 1999, 0, 2000 } } },
  { "what_stands_still_hangs", 700, { { 2000, 700, 0 } } },
  { "what_had_half_of_a_core_does_not_come_to_an_end",
      700,
      { { 2000, 1200, 0 } } },
  { "what_had_less_is_waited_for", 700, { { 2000, 1199, 3000 } } },
  { "as_often_as_it_goes_on",
      700,
      { { 2000, 701, 3000 }, { 3500, 702, 4500 }, { 4500, 900, 5500 } } },
  { "until_it_stands_still",
      700,
      { { 2000, 800, 3000 }, { 3000, 800, 0 } } },
  { "or_had_half_of_a_core_in_all",
      700,
      { { 2000, 1000, 3000 }, { 3000, 1200, 0 } } },
  { "of_which_nothing_is_known_at_first", UNKNOWN, { { 2000, 10, 0 } } },
  { "of_which_nothing_is_known_any_more", 700, { { 2000, UNKNOWN, 0 } } },
};

static gint64
cpu_of (gint64 ms)
{
  return ms == UNKNOWN ? KOCR_CPU_UNKNOWN : ms * MS;
}

static void
is_over_as_the_table_says (gconstpointer data)
{
  const Table *table = data;
  KocrPatience patience;

  kocr_patience_begin (&patience, 1000 * MS, 1000 * MS, cpu_of (table->cpu));
  for (guint i = 0; table->looks[i].now != 0; i++) {
    gboolean is_over = kocr_patience_is_over (
        &patience, table->looks[i].now * MS, cpu_of (table->looks[i].cpu));

    g_assert_cmpint (is_over, ==, table->looks[i].end == 0);
    if (!is_over)
      g_assert_cmpint (patience.end, ==, table->looks[i].end * MS);
  }
}

static void
more_time_is_from_the_beginning_and_less_is_none (void)
{
  KocrPatience patience;

  kocr_patience_begin (&patience, 1000 * MS, 1000 * MS, 0);
  kocr_patience_raise (&patience, 3000 * MS);
  g_assert_cmpint (patience.end, ==, 4000 * MS);
  kocr_patience_raise (&patience, 2000 * MS);
  g_assert_cmpint (patience.end, ==, 4000 * MS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree gchar *path = g_strdup_printf ("/patience/%s", tables[i].name);

    g_test_add_data_func (path, &tables[i], is_over_as_the_table_says);
  }
  g_test_add_func ("/patience/more_time_is_from_the_beginning_and_less_is_none",
      more_time_is_from_the_beginning_and_less_is_none);
  return g_test_run ();
}
