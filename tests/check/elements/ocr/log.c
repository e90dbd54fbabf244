/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr: what GST_DEBUG=kakaoocr*:6 tells of each frame.  The log goes into
 * a file, as with any program, and what became of every sample is read from
 * there alone.
 */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate.h"

#define N_FRAMES 50
#define N_UNCHANGED 14
#define N_REMEMBERED 10
#define N_SKIPPED 8

static gchar *log_path;

typedef struct
{
  Gate gate;
  guint n;                      /* frames that were shown */
  const gchar *fates[N_FRAMES]; /* what each has to come to */
} Film;

static void
set_up (Film * film, gconstpointer settings)
{
  gate_set_up (&film->gate, settings);
}

static void
tear_down (Film * film, gconstpointer unused)
{
  gate_tear_down (&film->gate);
}

/* The next frame. */
static void
show (Film * film, guint picture, const gchar * fate)
{
  g_assert_cmpuint (film->n, <, N_FRAMES);
  film->fates[film->n] = fate;
  gate_show (&film->gate, film->n++, picture);
}

/* The same, and it is sent whatever it is like. */
static void
show_forced (Film * film, guint picture, const gchar * fate)
{
  g_signal_emit_by_name (film->gate.h->element, "recognize");
  show (film, picture, fate);
}

static void
wait_stat (Film * film, const gchar * name, guint64 value)
{
  ocr_wait_stat (film->gate.h->element, name, value);
}

static void
answer (Film * film, guint picture)
{
  guint64 n = ocr_get_stat (film->gate.h->element, "recognized");

  held_service_answer (film->gate.service, picture);
  wait_stat (film, "recognized", n + 1);
}

/* Reading. */

/* Lines about the samples of @element, without what stands before them. */
static gchar **
read_log (GstElement * element)
{
  g_autofree gchar *name = gst_object_get_name (GST_OBJECT (element));
  g_autofree gchar *mark = g_strdup_printf ("<%s> ", name);
  g_autofree gchar *text = NULL;
  g_auto (GStrv) lines = NULL;
  GPtrArray *own = g_ptr_array_new ();

  g_assert_true (g_file_get_contents (log_path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    const gchar *at = strstr (lines[i], mark);

    if (at)
      g_ptr_array_add (own, g_strdup (at + strlen (mark)));
  }
  g_ptr_array_add (own, NULL);
  return (gchar **) g_ptr_array_free (own, FALSE);
}

/* The rest of the one line that begins with @prefix and has @part behind it;
 * NULL: there is none. */
static const gchar *
find_line (gchar ** lines, const gchar * prefix, const gchar * part)
{
  for (guint i = 0; lines[i]; i++) {
    if (g_str_has_prefix (lines[i], prefix)
        && g_str_has_prefix (lines[i] + strlen (prefix), part))
      return lines[i] + strlen (prefix) + strlen (part);
  }
  return NULL;
}

/* The number of the sample that frame @i is; 0: it is none. */
static guint64
find_sample (gchar ** lines, guint i)
{
  g_autofree gchar *prefix = g_strdup_printf ("%" GST_TIME_FORMAT ": ",
      GST_TIME_ARGS (i * TEST_FRAME_DURATION));
  const gchar *rest = find_line (lines, prefix, "sample ");

  return rest ? g_ascii_strtoull (rest, NULL, 10) : 0;
}

static gboolean
is_told (gchar ** lines, guint64 serial, const gchar * part)
{
  g_autofree gchar *prefix = g_strdup_printf ("sample %" G_GUINT64_FORMAT ": ",
      serial);

  g_test_message ("%s%s", prefix, part);
  return find_line (lines, prefix, part) != NULL;
}

static void
assert_skipped (gchar ** lines, guint i, const gchar * reason)
{
  g_autofree gchar *prefix = g_strdup_printf ("%" GST_TIME_FORMAT ": ",
      GST_TIME_ARGS (i * TEST_FRAME_DURATION));

  g_test_message ("%s%s", prefix, reason);
  g_assert_nonnull (find_line (lines, prefix, reason));
}

/* Each frame came to what it had to come to. */
static void
assert_fates (Film * film, gchar ** lines)
{
  for (guint i = 0; i < film->n; i++) {
    guint64 serial = find_sample (lines, i);

    if (g_str_has_prefix (film->fates[i], "not sampled")) {
      g_assert_cmpuint (serial, ==, 0);
      assert_skipped (lines, i, film->fates[i]);
    } else {
      g_assert_cmpuint (serial, >, 0);
      g_assert_true (is_told (lines, serial, film->fates[i]));
    }
  }
}

/* Frames that do not wait. */

static void
show_what_is_like_others (Film * film)
{
  show (film, A, "settled: sent");
  answer (film, A);
  g_assert_cmpint (ocr_harness_wait_result (film->gate.h), ==, A);
  for (guint i = 0; i < N_UNCHANGED; i++) {
    show (film, A, "settled: unchanged since sample");
    wait_stat (film, "unchanged", i + 1);
  }
  show (film, B, "settled: sent");
  answer (film, B);
  for (guint i = 0; i < N_REMEMBERED; i++) {
    show (film, i % 2 ? B : A, "settled: remembered from sample");
    wait_stat (film, "remembered", i + 1);
  }
}

/* Two may be out: those that come then are not, and the older answer comes
 * last. */
static void
show_what_is_busy_and_late (Film * film)
{
  show_forced (film, A, "late: a newer result came before it");
  show_forced (film, B, "settled: sent, 1 requests, 0 retries, 2 regions");
  for (guint i = 0; i < N_SKIPPED; i++)
    show (film, C, "not sampled: due, but ");
  answer (film, B);
  answer (film, A);
  wait_stat (film, "late", 1);
}

static void
show_what_fails (Film * film)
{
  show (film, C, "settled: failed, 1 requests, 0 retries: ");
  held_service_refuse (film->gate.service, C, 413, "EXCEED_MAX_PAGES");
  wait_stat (film, "failed", 1);
  show_forced (film, A, "settled: sent, 2 requests, 1 retries, 2 regions");
  held_service_refuse (film->gate.service, A, 503, NULL);
  answer (film, A);
}

static void
show_what_is_flushed (Film * film)
{
  guint n = held_service_get_n_pictures (film->gate.service);

  show_forced (film, B, "flushed: ");
  held_service_wait (film->gate.service, n + 1);
  gst_harness_push_event (film->gate.h, gst_event_new_flush_start ());
  ocr_harness_flush_stop (film->gate.h);
  held_service_answer (film->gate.service, B);
}

static void
every_sample_is_accounted_for (Film * film, gconstpointer unused)
{
  GstElement *element = film->gate.h->element;
  g_auto (GStrv) lines = NULL;
  guint n_unchanged;

  show_what_is_like_others (film);
  show_what_is_busy_and_late (film);
  show_what_fails (film);
  show_what_is_flushed (film);
  show (film, A, "settled: remembered from sample");
  wait_stat (film, "remembered", N_REMEMBERED + 1);
  n_unchanged = ocr_get_stat (element, "unchanged");
  while (film->n < N_FRAMES) {
    show (film, A, "settled: unchanged since sample");
    wait_stat (film, "unchanged", ++n_unchanged);
  }

  gst_harness_push_event (film->gate.h, gst_event_new_eos ());
  ocr_harness_wait_event (film->gate.h, GST_EVENT_EOS);
  lines = read_log (element);
  assert_fates (film, lines);
  /* By the second frame, which may be known to show the same by then. */
  g_assert_true (is_told (lines, 1, "carried from here on")
      || is_told (lines, 2, "carried from here on"));
}

/* Frames that wait. */

static void
frames_that_wait_tell_what_they_carry (Film * film, gconstpointer unused)
{
  GstElement *element = film->gate.h->element;
  g_auto (GStrv) lines = NULL;

  show (film, A, "settled: sent");
  show (film, B, "carried by its own frame");
  answer (film, A);
  answer (film, B);
  gst_harness_push_event (film->gate.h, gst_event_new_eos ());
  ocr_harness_wait_event (film->gate.h, GST_EVENT_EOS);
  lines = read_log (element);
  assert_fates (film, lines);
}

static void
frames_that_wait_no_longer_tell_that (Film * film, gconstpointer unused)
{
  g_auto (GStrv) lines = NULL;

  show (film, A, "late: its frame left without its result");
  ocr_harness_wait_frames (film->gate.h, 1);
  answer (film, A);
  lines = read_log (film->gate.h->element);
  assert_fates (film, lines);
}

int
main (int argc, char **argv)
{
  gint fd, failed;

  fd = g_file_open_tmp ("kakaoocr-log-XXXXXX", &log_path, NULL);
  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_setenv ("GST_DEBUG", "kakaoocr*:6", TRUE);
  g_setenv ("GST_DEBUG_FILE", log_path, TRUE);
  g_setenv ("GST_DEBUG_NO_COLOR", "1", TRUE);
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(name, settings) g_test_add ("/kakaoocr/log/" #name, Film, \
    settings, set_up, name, tear_down)
  ADD (every_sample_is_accounted_for, "timing=latest max-in-flight=2");
  ADD (frames_that_wait_tell_what_they_carry, "timing=exact");
  ADD (frames_that_wait_no_longer_tell_that, "timing=aligned latency=0");
  failed = g_test_run ();
  g_unlink (log_path);
  g_free (log_path);
  return failed;
}
