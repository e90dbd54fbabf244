/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "trackedtable.h"

#include "trackedtext.h"

static void
check_table (gconstpointer data)
{
  const TrackedTable *table = data;
  g_autoptr (GstKakaoOcrTextTracker) tracker =
      gst_kakao_ocr_text_tracker_new ();
  g_autoptr (GString) ids = g_string_new (NULL), tracks = g_string_new (NULL);
  guint i;

  for (i = 0; table->samples[i]; i++) {
    push_sample (tracker, table->samples[i], i * GST_SECOND, ids);
    append_finished (tracks, tracker);
  }
  gst_kakao_ocr_text_tracker_finish (tracker, i * GST_SECOND - GST_SECOND / 2);
  append_finished (tracks, tracker);
  g_test_message ("%s\n%s", ids->str, tracks->str);
  if (table->ids)
    g_assert_cmpstr (ids->str, ==, table->ids);
  if (table->tracks)
    g_assert_cmpstr (tracks->str, ==, table->tracks);
}

/* An element behind another one, which is told the tracks, comes to the same
 * texts and times. */
static void
check_followed (gconstpointer data)
{
  const TrackedTable *table = data;
  g_autoptr (GstKakaoOcrTextTracker) tracker =
      gst_kakao_ocr_text_tracker_new ();
  g_autoptr (GstKakaoOcrTextTracker) follower =
      gst_kakao_ocr_text_tracker_new ();
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autoptr (GString) texts = g_string_new (NULL);
  g_autoptr (GString) followed = g_string_new (NULL);
  g_autoptr (GArray) told = told_new ();
  guint i;

  for (i = 0; table->samples[i]; i++)
    push_and_note (tracker, table->samples[i], i * GST_SECOND, ids, told);
  tell_again (follower, told);
  gst_kakao_ocr_text_tracker_finish (tracker, i * GST_SECOND - GST_SECOND / 2);
  gst_kakao_ocr_text_tracker_finish (follower,
      i * GST_SECOND - GST_SECOND / 2);
  append_texts (texts, tracker);
  append_texts (followed, follower);
  g_assert_cmpstr (followed->str, ==, texts->str);
}

void
tracked_tables_add (const gchar *path, const TrackedTable *tables, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_autofree gchar *name = g_strconcat (path, tables[i].name, NULL);
    g_autofree gchar *followed = g_strconcat (name, "/followed", NULL);

    g_test_add_data_func (name, &tables[i], check_table);
    g_test_add_data_func (followed, &tables[i], check_followed);
  }
}
