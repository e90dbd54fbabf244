/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * When a service is silent for too long.
 */
#include "local/silence.h"

#define S ((gint64) G_USEC_PER_SEC)
#define NEVER G_MAXINT64

typedef enum
{
  ASK,                          /* value: seconds of timeout */
  HEAR,
  GIVE_UP,
  RECALL,
  END,                          /* expects value; 0: never */
  RUNS,                         /* has had value seconds of a processor */
  ON,                           /* expects that it may last longer */
  OVER
} Kind;

typedef struct
{
  const gchar *name;
  struct
  {
    gint64 at;
    Kind kind;
    gint64 value;
  } events[12];
} Table;

#define END_OF_TABLE {0, END, 0}

static const Table tables[] = {
  {"twice_the_time_from_the_first_question", {
          {1, END, 0}, {1, ASK, 15}, {1, END, 31}, {9, ASK, 15}, {9, END, 31},
          END_OF_TABLE}},
  {"an_answer_ends_it", {
          {1, ASK, 15}, {2, HEAR}, {2, END, 0}, END_OF_TABLE}},
  {"an_answer_begins_it_anew_for_the_others", {
          {1, ASK, 15}, {2, ASK, 15}, {20, HEAR}, {20, END, 50},
          {21, HEAR}, {21, END, 0}, END_OF_TABLE}},
  {"giving_up_does_not_end_it", {
          {1, ASK, 15}, {16, GIVE_UP}, {16, END, 31}, {17, ASK, 15},
          {17, END, 31}, {18, HEAR}, {18, END, 0}, END_OF_TABLE}},
  {"what_is_recalled_is_not_owed", {
          {1, ASK, 15}, {2, ASK, 15}, {3, RECALL}, {3, END, 31}, {3, RECALL},
          {3, END, 0}, {9, ASK, 15}, {9, END, 39}, END_OF_TABLE}},
  {"but_what_was_overdue_is", {
          {1, ASK, 15}, {16, GIVE_UP}, {17, ASK, 15}, {18, RECALL},
          {18, END, 31}, END_OF_TABLE}},
  {"the_most_patient_one_counts", {
          {1, ASK, 10}, {2, ASK, 60}, {2, END, 121}, {3, HEAR}, {3, HEAR},
          {4, ASK, 10}, {4, END, 24}, END_OF_TABLE}},
  {"an_impatient_one_waits_for_a_full_page", {
          {1, ASK, 1}, {1, END, 6}, END_OF_TABLE}},
  {"it_lasts_too_long_at_its_end", {
          {1, ASK, 15}, {30, ON}, {31, OVER}, END_OF_TABLE}},
  {"one_that_nobody_owes_does_not", {
          {9, ON}, END_OF_TABLE}},
  {"one_that_hardly_runs_is_waited_for", {
          {1, ASK, 15}, {31, RUNS, 3}, {31, ON}, {31, END, 61}, {61, OVER},
          END_OF_TABLE}},
  {"each_answer_is_a_new_beginning", {
          {1, ASK, 15}, {2, ASK, 15}, {20, RUNS, 14}, {20, HEAR},
          {50, RUNS, 15}, {50, ON}, {50, END, 80}, END_OF_TABLE}},
};

static void
lasts_as_the_table_says (gconstpointer data)
{
  const Table *table = data;
  KocrSilence silence = { 0 };
  gint64 cpu = 0;

  for (guint i = 0; table->events[i].at > 0; i++) {
    gint64 now = table->events[i].at * S, value = table->events[i].value * S;

    switch (table->events[i].kind) {
      case ASK:
        kocr_silence_ask (&silence, now, value, cpu);
        break;
      case HEAR:
        kocr_silence_hear (&silence, now, cpu);
        break;
      case GIVE_UP:
        kocr_silence_give_up (&silence);
        break;
      case RECALL:
        kocr_silence_recall (&silence);
        break;
      case END:
        g_assert_cmpint (kocr_silence_get_end (&silence), ==,
            value ? value : NEVER);
        break;
      case RUNS:
        cpu = value;
        break;
      case ON:
        g_assert_false (kocr_silence_is_over (&silence, now, cpu));
        break;
      case OVER:
        g_assert_true (kocr_silence_is_over (&silence, now, cpu));
        break;
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree gchar *path = g_strdup_printf ("/silence/%s", tables[i].name);

    g_test_add_data_func (path, &tables[i], lasts_as_the_table_says);
  }
  return g_test_run ();
}
