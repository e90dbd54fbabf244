/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocrenc: whatever a picture says, files are valid, nothing of it is
 * obeyed, and JSON keeps every character.
 */
#include <string.h>

#include "../../testrows.h"
#include "enctools.h"

#define TESTS "/enc/hostile/"

/* What must not stand in a subtitle: it would be taken for more than text. */
static const gchar *const obeyed[] = {
  "<b>", "<i>", "<u>", "\x1b", "\x07", "\xc2\x9b", "\xe2\x80\xae",
  "\xe2\x81\xa6", "\n\n9\n", "\r"
};

/* The same where players know more markup than the form has; WebVTT's keep
 * braces as they are. */
static const gchar *const obeyed_in_subrip[] = { "{\\", "{Y:", "a\\N" };

static void
assert_harmless (const gchar * text, const gchar * const *strings, guint n)
{
  for (guint i = 0; i < n; i++)
    if (strstr (text, strings[i]))
      g_error ("\"%s\" stands in %.200s", g_strescape (strings[i], NULL), text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
assert_cues (GArray * cues, const gchar * format)
{
  g_assert_cmpuint (cues->len, ==, enc_hostile_clip.n_captions);
  for (guint i = 0; i < cues->len; i++) {
    const EncCue *cue = &g_array_index (cues, EncCue, i);
    const EncCaption *caption = &enc_hostile_clip.captions[i];

    assert_harmless (cue->text, obeyed, G_N_ELEMENTS (obeyed));
    if (g_str_equal (format, "srt"))
      assert_harmless (cue->text, obeyed_in_subrip,
          G_N_ELEMENTS (obeyed_in_subrip));
    g_assert_cmpint (ABS (GST_CLOCK_DIFF (cue->start, caption->start)), <=,
        enc_hostile_clip.interval);
    g_assert_cmpint (ABS (GST_CLOCK_DIFF (cue->end, caption->end)), <=,
        enc_hostile_clip.interval);
  }
}

typedef struct
{
  const gchar *name;
  const gchar *pipeline;
  const gchar *codec, *format;  /* that ffmpeg writes it in */
} FileCase;

static const FileCase file_cases[] = {
  {"webvtt", "kakaoocrenc cue-positions=false ! " ENC_VTT, "copy", "webvtt"},
  {"subrip", "kakaoocrenc ! " ENC_SRT, "copy", "srt"},
  {"matroska", "kakaoocrenc ! " ENC_PLAIN " ! matroskamux", "copy", "srt"},
  {"ass", "kakaoocrenc ! " ENC_ASS, "webvtt", "webvtt"},
};

static void
a_file_is_valid_and_obeys_nothing (gconstpointer data)
{
  const FileCase *row = data;
  gchar *folder = enc_folder_new ();
  g_autofree gchar *path = enc_folder_get_path (folder, "subtitles");
  g_autofree gchar *file = NULL;
  GstElement *pipeline = enc_pipeline_new (&enc_hostile_clip,
      enc_hostile_clip.duration, "%s ! filesink location=\"%s\"",
      row->pipeline, path);

  enc_pipeline_play (pipeline);
  enc_pipeline_free (pipeline);
  file = enc_run_ffmpeg (path, row->codec, row->format);
  if (file) {
    g_autoptr (GArray) cues = enc_cues_parse (file);

    assert_cues (cues, row->format);
  }
  enc_folder_remove (folder);
}

static void
webvtt_has_entities (void)
{
  GstHarness *h = enc_harness_new (ENC_VTT);
  g_autofree gchar *file = NULL;

  enc_harness_push_clip (h, &enc_hostile_clip);
  enc_harness_push_eos (h);
  file = enc_harness_pull_all (h);
  enc_assert_contains (file, "\n&lt;b&gt;bold&lt;/b&gt; &lt;i&gt;\n");
  enc_assert_contains (file, "\na &amp; b &amp;amp; &amp;lt;u&amp;gt;\n");
  enc_assert_contains (file, "\none --&gt; two\n");
  gst_harness_teardown (h);
}

static void
subrip_has_joiners (void)
{
  GstHarness *h = enc_harness_new (ENC_SRT);
  g_autofree gchar *file = NULL;

  enc_harness_push_clip (h, &enc_hostile_clip);
  enc_harness_push_eos (h);
  file = enc_harness_pull_all (h);
  enc_assert_contains (file, "\n<\xe2\x81\xa0" "b>bold<\xe2\x81\xa0/b> "
      "<\xe2\x81\xa0i>\n");
  enc_assert_contains (file, "\na & b &amp; &lt;u&gt;\n");
  enc_assert_contains (file, "\none --\xe2\x81\xa0> two\n");
  gst_harness_teardown (h);
}

static gboolean
has_region (GstKakaoOcrResult * result, const gchar * text)
{
  for (guint i = 0; i < gst_kakao_ocr_result_get_n_regions (result); i++)
    if (g_str_equal (gst_kakao_ocr_result_get_region (result, i)->text, text))
      return TRUE;
  return FALSE;
}

static void
json_keeps_every_character (void)
{
  GstHarness *h = enc_harness_new (ENC_NDJSON);
  guint n_found = 0;

  enc_harness_push_clip (h, &enc_hostile_clip);
  while (gst_harness_buffers_in_queue (h) > 0) {
    g_autofree gchar *line = enc_harness_pull_line (h, NULL);
    g_autoptr (GstKakaoOcrResult) result =
        gst_kakao_ocr_result_from_json (line, NULL);
    const EncCaption *caption =
        &enc_hostile_clip.captions[n_found % enc_hostile_clip.n_captions];

    g_assert_nonnull (result);
    n_found += has_region (result, caption->line.text);
  }
  g_assert_cmpuint (n_found, ==, enc_hostile_clip.n_captions);
  gst_harness_teardown (h);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (a_file_is_valid_and_obeys_nothing, file_cases);
  ADD (webvtt_has_entities);
  ADD (subrip_has_joiners);
  ADD (json_keeps_every_character);
  return g_test_run ();
}
