/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "trackedtext.h"

#include <string.h>

/* A character of the tests is a square, upright and black on white. */
#define LETTER_WIDTH 20.0
#define LETTER_HEIGHT 30.0

/* @line: "text@x,y", or "text@x,y,height". Takes nothing; the text is a copy. */
static void
region_init (GstKakaoOcrRegion * region, const gchar * line, gint divisor)
{
  const gchar *at = strrchr (line, '@');
  gdouble x, y, width, height;
  gchar *end;

  g_assert_nonnull (at);
  x = g_ascii_strtod (at + 1, &end);
  y = g_ascii_strtod (end + 1, &end);
  height = *end == ',' ? g_ascii_strtod (end + 1, NULL) : LETTER_HEIGHT;
  memset (region, 0, sizeof (*region));
  region->text = g_strndup (line, at - line);
  region->page = 1;
  width = LETTER_WIDTH * g_utf8_strlen (region->text, -1);
  region->box[0] = region->box[6] = x;
  region->box[2] = region->box[4] = x + width;
  region->box[1] = region->box[3] = y;
  region->box[5] = region->box[7] = y + height;
  for (guint i = 0; i < GST_KAKAO_OCR_BOX_LEN; i++)
    region->box[i] /= divisor;
}

GstKakaoOcrResult *
create_result (const gchar * sample)
{
  return create_result_in (sample, 1);
}

GstKakaoOcrResult *
create_result_in (const gchar * sample, gint divisor)
{
  g_auto (GStrv) lines = g_strsplit (sample, "|", -1);
  guint i, n = *sample ? g_strv_length (lines) : 0;
  g_autofree GstKakaoOcrRegion *regions = g_new (GstKakaoOcrRegion, n);
  GstKakaoOcrResult *result;

  for (i = 0; i < n; i++)
    region_init (&regions[i], lines[i], divisor);
  result = gst_kakao_ocr_result_new (0, FRAME_WIDTH / divisor,
      FRAME_HEIGHT / divisor, regions, n, FALSE, 0);
  for (i = 0; i < n; i++)
    g_free (regions[i].text);
  return result;
}

/* Numbers are the process's; here the first one of @tracker is 1. */
static guint64
get_number (GstKakaoOcrTextTracker * tracker, guint64 id)
{
  const guint64 *first = g_object_get_data (G_OBJECT (tracker), "first-id");

  return id - *first + 1;
}

static void
note_first_number (GstKakaoOcrTextTracker * tracker, GstKakaoOcrResult * result)
{
  guint n = gst_kakao_ocr_result_get_n_regions (result);
  guint64 first = G_MAXUINT64;

  if (n == 0 || g_object_get_data (G_OBJECT (tracker), "first-id"))
    return;
  for (guint i = 0; i < n; i++)
    first = MIN (first, gst_kakao_ocr_result_get_region (result, i)->track);
  g_object_set_data_full (G_OBJECT (tracker), "first-id",
      g_memdup2 (&first, sizeof first), g_free);
}

static void
append_ids (GString * ids, GstKakaoOcrTextTracker * tracker,
    GstKakaoOcrResult * result)
{
  guint i, n = gst_kakao_ocr_result_get_n_regions (result);

  note_first_number (tracker, result);
  if (ids->len > 0)
    g_string_append_c (ids, ' ');
  for (i = 0; i < n; i++)
    g_string_append_printf (ids, "%s%" G_GUINT64_FORMAT, i > 0 ? "," : "",
        get_number (tracker,
            gst_kakao_ocr_result_get_region (result, i)->track));
  if (n == 0)
    g_string_append_c (ids, '-');
}

void
append_finished (GString * out, GstKakaoOcrTextTracker * tracker)
{
  static const gchar *states[] = { "open", "gone", "changed", "cut" };
  GstKakaoOcrTextTrack *track;

  while ((track = gst_kakao_ocr_text_tracker_pop (tracker))) {
    g_string_append_printf (out, "%s%" G_GUINT64_FORMAT " %s %g-%g x%"
        G_GUINT64_FORMAT " %s", out->len > 0 ? "\n" : "",
        get_number (tracker, track->id), track->text, (gdouble) track->start / GST_SECOND,
        (gdouble) track->end / GST_SECOND, track->n_samples,
        states[track->state]);
    if (track->previous)
      g_string_append_printf (out, " after %" G_GUINT64_FORMAT,
          get_number (tracker, track->previous));
    gst_kakao_ocr_text_track_free (track);
  }
}

GstClockTime
push_sample (GstKakaoOcrTextTracker * tracker, const gchar * sample,
    GstClockTime time, GString * ids)
{
  return push_and_note (tracker, sample, time, ids, NULL);
}

static void
note (GArray * told, ToldKind kind, GstClockTime time,
    GstKakaoOcrResult * result)
{
  Told step = { kind, time, result };

  if (!told)
    return;
  if (result)
    gst_kakao_ocr_result_ref (result);
  g_array_append_val (told, step);
}

/* @mark: as push_sample() has them. */
static GstKakaoOcrTextEdge
read_edge (gchar mark)
{
  switch (mark) {
    case '+':
      return GST_KAKAO_OCR_TEXT_EDGE_CAME;
    case '-':
      return GST_KAKAO_OCR_TEXT_EDGE_CHANGED;
    case '?':
      return GST_KAKAO_OCR_TEXT_EDGE_UNCLEAR;
    case '!':
      return GST_KAKAO_OCR_TEXT_EDGE_PASSED;
    default:
      return GST_KAKAO_OCR_TEXT_EDGE_STAYED;
  }
}

/* Tells the edges that @sample begins with. Returns the rest of it. */
static const gchar *
tell_edges (GstKakaoOcrTextTracker * tracker, const gchar * sample,
    GArray * told)
{
  while (*sample == '^') {
    const guint64 *first = g_object_get_data (G_OBJECT (tracker), "first-id");
    Told step = { TOLD_EDGE, GST_CLOCK_TIME_NONE, NULL };
    gchar *rest;

    step.track = g_ascii_strtoull (sample + 1, &rest, 10) + *first - 1;
    step.edge = read_edge (*rest);
    if (*rest != ' ')
      rest++;
    if (*rest != ' ')
      step.time = g_ascii_strtod (rest, &rest) * GST_SECOND;
    gst_kakao_ocr_text_tracker_tell_edge (
        tracker, step.track, step.edge, step.time);
    if (told)
      g_array_append_val (told, step);
    sample = rest + 1;
  }
  return sample;
}

GstClockTime
push_and_note (GstKakaoOcrTextTracker * tracker, const gchar * sample,
    GstClockTime time, GString * ids, GArray * told)
{
  g_autoptr (GstKakaoOcrResult) result = NULL, tracked = NULL;
  gint divisor = 1;

  if (g_str_equal (sample, "=")) {
    gst_kakao_ocr_text_tracker_extend (tracker, time);
    note (told, TOLD_UNCHANGED, time, NULL);
    return time;
  }
  if (g_str_equal (sample, "!")) {
    gst_kakao_ocr_text_tracker_finish (tracker, GST_CLOCK_TIME_NONE);
    note (told, TOLD_BREAK, time, NULL);
    return time;
  }
  if (*sample == '#') {
    gchar *rest;

    time = g_ascii_strtoull (sample + 1, &rest, 10) * GST_SECOND;
    sample = rest + 1;
  }
  sample = tell_edges (tracker, sample, told);
  if (*sample == '/') {
    divisor = g_ascii_digit_value (sample[1]);
    sample += 3;
  }
  result = create_result_in (sample, divisor);
  tracked = gst_kakao_ocr_text_tracker_push (tracker, result, time);
  append_ids (ids, tracker, tracked);
  note (told, TOLD_RESULT, time, tracked);
  return time;
}

static void
told_clear (gpointer data)
{
  g_clear_pointer (&((Told *) data)->result, gst_kakao_ocr_result_unref);
}

GArray *
told_new (void)
{
  GArray *told = g_array_new (FALSE, FALSE, sizeof (Told));

  g_array_set_clear_func (told, told_clear);
  return told;
}

void
tell_again (GstKakaoOcrTextTracker * follower, const GArray * told)
{
  for (guint i = 0; i < told->len; i++) {
    const Told *step = &g_array_index (told, Told, i);

    switch (step->kind) {
      case TOLD_UNCHANGED:
        gst_kakao_ocr_text_tracker_extend (follower, step->time);
        break;
      case TOLD_EDGE:
        gst_kakao_ocr_text_tracker_tell_edge (
            follower, step->track, step->edge, step->time);
        break;
      case TOLD_BREAK:
        gst_kakao_ocr_text_tracker_finish (follower, GST_CLOCK_TIME_NONE);
        break;
      case TOLD_RESULT:
        gst_kakao_ocr_result_unref (gst_kakao_ocr_text_tracker_push (follower,
                step->result, step->time));
        break;
    }
  }
}

void
append_texts (GString * out, GstKakaoOcrTextTracker * tracker)
{
  GstKakaoOcrTextTrack *track;

  while ((track = gst_kakao_ocr_text_tracker_pop (tracker))) {
    g_string_append_printf (out, "%s %g-%g x%" G_GUINT64_FORMAT "\n",
        track->text, (gdouble) track->start / GST_SECOND,
        (gdouble) track->end / GST_SECOND, track->n_samples);
    gst_kakao_ocr_text_track_free (track);
  }
}
