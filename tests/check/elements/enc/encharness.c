/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "encharness.h"

#include <stdio.h>
#include <string.h>

#define LINE_HEIGHT 20
#define LETTER_WIDTH 12

/* Of a cue in SubRip. GStreamer's parser leaves it. */
#define TOP_MARK "{\\an8}"

/* --- The harness --- */

GstHarness *
enc_harness_new (const gchar * form)
{
  GstHarness *h = gst_harness_new ("kakaoocrenc");

  gst_harness_set_sink_caps_str (h, form);
  gst_harness_set_src_caps_str (h, ENC_FRAME_CAPS);
  return h;
}

void
enc_harness_push (GstHarness * h, GstBuffer * frame)
{
  g_assert_cmpint (gst_harness_push (h, frame), ==, GST_FLOW_OK);
}

void
enc_harness_push_segment (GstHarness * h, GstClockTime start, GstClockTime time,
    GstClockTime base)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = segment.position = start;
  segment.time = time;
  segment.base = base;
  g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&segment)));
}

void
enc_harness_flush (GstHarness * h)
{
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_start ()));
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_stop (TRUE)));
}

void
enc_harness_push_eos (GstHarness * h)
{
  g_assert_true (gst_harness_push_event (h, gst_event_new_eos ()));
}

gchar *
enc_buffer_get_text (GstBuffer * buffer)
{
  GstMapInfo map;
  gchar *text;

  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
  text = g_strndup ((gchar *) map.data, map.size);
  g_assert_cmpuint (strlen (text), ==, map.size);
  gst_buffer_unmap (buffer, &map);
  return text;
}

gchar *
enc_harness_pull_all (GstHarness * h)
{
  GString *all = g_string_new (NULL);
  GstBuffer *buffer;

  while ((buffer = gst_harness_try_pull (h))) {
    g_autofree gchar *text = enc_buffer_get_text (buffer);

    g_string_append (all, text);
    gst_buffer_unref (buffer);
  }
  return g_string_free (all, FALSE);
}

gchar *
enc_harness_pull_line (GstHarness * h, GstClockTime * pts)
{
  g_autoptr (GstBuffer) buffer = gst_harness_try_pull (h);
  gchar *line;

  g_assert_nonnull (buffer);
  if (pts)
    *pts = GST_BUFFER_PTS (buffer);
  line = enc_buffer_get_text (buffer);
  g_assert_true (g_str_has_suffix (line, "\n"));
  *strchr (line, '\n') = '\0';
  g_assert_cmpuint (strlen (line), ==, gst_buffer_get_size (buffer) - 1);
  return line;
}

GstClockTime
enc_harness_pull_gap_end (GstHarness * h)
{
  GstClockTime end = GST_CLOCK_TIME_NONE;
  GstEvent *event;

  while ((event = gst_harness_try_pull_event (h))) {
    GstClockTime start, duration;

    if (GST_EVENT_TYPE (event) == GST_EVENT_GAP) {
      gst_event_parse_gap (event, &start, &duration);
      end = start + duration;
    }
    gst_event_unref (event);
  }
  return end;
}

void
enc_assert_contains (const gchar * text, const gchar * part)
{
  if (!strstr (text, part))
    g_error ("no %s in %s", part, text);
}

/* --- Frames --- */

static void
region_init (GstKakaoOcrRegion * region, const EncLine * line)
{
  gdouble right = line->x + LETTER_WIDTH * g_utf8_strlen (line->text, -1);
  gdouble bottom = line->y + LINE_HEIGHT;
  const gdouble box[] = { line->x, line->y, right, line->y, right, bottom,
    line->x, bottom
  };

  memset (region, 0, sizeof (*region));
  region->text = (gchar *) line->text;
  memcpy (region->box, box, sizeof (box));
}

GstKakaoOcrResult *
enc_result_new (GstClockTime pts, const EncLine * lines, guint n_lines)
{
  g_autofree GstKakaoOcrRegion *regions = g_new (GstKakaoOcrRegion, n_lines);

  for (guint i = 0; i < n_lines; i++)
    region_init (&regions[i], &lines[i]);
  return gst_kakao_ocr_result_new (pts, 640, 480, regions, n_lines, FALSE,
      5 * GST_MSECOND);
}

GstKakaoOcrResult *
enc_result_new_line (GstClockTime pts, const gchar * text)
{
  EncLine line = { text, 100, 400 };

  return enc_result_new (pts, &line, 1);
}

GstBuffer *
enc_frame_new (GstClockTime pts, GstKakaoOcrResult * result, guint producer)
{
  GstBuffer *frame = gst_buffer_new ();

  GST_BUFFER_PTS (frame) = pts;
  GST_BUFFER_DURATION (frame) = ENC_FRAME_DURATION;
  if (result)
    gst_kakao_ocr_meta_set_producer (gst_buffer_add_kakao_ocr_meta (frame,
            result), producer);
  return frame;
}

GstHarness *
enc_harness_new_open_text (const gchar *form)
{
  GstHarness *h = enc_harness_new (form);
  g_autoptr (GstKakaoOcrResult) nothing = enc_result_new (0, NULL, 0);
  g_autoptr (GstKakaoOcrResult) text = enc_result_new_line (GST_SECOND, "EXIT");

  enc_harness_push (h, enc_frame_new (0, nothing, 1));
  enc_harness_push (h, enc_frame_new (GST_SECOND, text, 1));
  enc_harness_push (h, enc_frame_new (GST_SECOND + ENC_FRAME_DURATION, text,
          1));
  return h;
}

/* --- Clips --- */

#define AT(s) ((GstClockTime) ((s) * GST_SECOND))

static const EncCaption captions[] = {
  {{"Good morning", 200, 420}, AT (0.5), AT (3), 0},
  {{"초미세먼지 주의보", 200, 420}, AT (4.1), AT (7.3), 0},
  {{"Gate 7", 40, 40}, AT (5.7), AT (9.9), 0},
  {{"Gate 8", 40, 40}, AT (9.9), AT (13), 0},
  {{"서울역 3번 출구", 20, 200}, AT (14), AT (18), 60},
};

const EncClip enc_clip = {
  captions, G_N_ELEMENTS (captions), AT (20), AT (0.5), 0
};

#define HOSTILE(n, text) {{text, 100, 300}, AT (3 * n), AT (3 * n + 2), 0}

static gchar long_text[16384 + 1];

static const EncCaption hostile_captions[] = {
  HOSTILE (0, "<b>bold</b> <i>"),
  HOSTILE (1, "a & b &amp; &lt;u&gt;"),
  HOSTILE (2, "one --> two"),
  HOSTILE (3, "a\n\n9\n00:00:01,000 --> 00:00:02,000\nb"),
  HOSTILE (4, "\x1b[31mred\x1b[0m\x07\xc2\x9b" "2J"),
  HOSTILE (5, "\xe2\x80\xae" "desrever\xe2\x80\xac \xe2\x81\xa6" "x"),
  HOSTILE (6, "{\\an8}{\\b1}a\\Nb {Y:i}"),
  HOSTILE (7, "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7 "
      "\xf0\x9f\x87\xb0\xf0\x9f\x87\xb7"),
  HOSTILE (8, "NOTE\r\nSTYLE\r\n\r\nWEBVTT"),
  HOSTILE (9, long_text),
};

const EncClip enc_hostile_clip = {
  hostile_captions, G_N_ELEMENTS (hostile_captions), AT (31), AT (0.5), 0
};

/* What the n-th sample of clip shows at pts. */
static GstKakaoOcrResult *
sample (const EncClip * clip, GstClockTime pts, guint n)
{
  g_autofree EncLine *lines = g_new (EncLine, clip->n_captions);
  g_autoptr (GPtrArray) misread = g_ptr_array_new_with_free_func (g_free);
  guint n_lines = 0;

  memset (long_text, 'x', sizeof (long_text) - 1);
  for (guint i = 0; i < clip->n_captions; i++) {
    const EncCaption *caption = &clip->captions[i];
    EncLine *line = &lines[n_lines];

    if (pts < caption->start || pts >= caption->end)
      continue;
    *line = caption->line;
    line->x += caption->speed * (pts - caption->start) / GST_SECOND;
    if (clip->misread > 0 && n % clip->misread == i % clip->misread) {
      glong last = g_utf8_strlen (line->text, -1) - 1;
      g_autofree gchar *rest = g_utf8_substring (line->text, 0, last);

      line->text = g_strconcat (rest, "#", NULL);
      g_ptr_array_add (misread, (gchar *) line->text);
    }
    n_lines++;
  }
  return enc_result_new (pts, lines, n_lines);
}

GstKakaoOcrResult *
enc_sampler_get (EncSampler * sampler, GstClockTime pts)
{
  GstClockTime interval = sampler->clip->interval;
  guint n = pts / interval;

  /* Of the next one, or after a seek back. */
  if (!sampler->result || pts >= sampler->next
      || pts < gst_kakao_ocr_result_get_pts (sampler->result)) {
    enc_sampler_clear (sampler);
    sampler->result = sample (sampler->clip, pts, n);
    sampler->next = (n + 1) * interval;
  }
  return sampler->result;
}

void
enc_sampler_clear (EncSampler * sampler)
{
  g_clear_pointer (&sampler->result, gst_kakao_ocr_result_unref);
}

void
enc_harness_push_clip (GstHarness * h, const EncClip * clip)
{
  EncSampler sampler = { clip };

  for (GstClockTime pts = 0; pts < clip->duration; pts += ENC_FRAME_DURATION)
    enc_harness_push (h, enc_frame_new (pts, enc_sampler_get (&sampler, pts),
            1));
  enc_sampler_clear (&sampler);
}

/* --- Cues --- */

static void
cue_clear (gpointer data)
{
  g_free (((EncCue *) data)->text);
}

GArray *
enc_cues_new (void)
{
  GArray *cues = g_array_new (FALSE, FALSE, sizeof (EncCue));

  g_array_set_clear_func (cues, cue_clear);
  return cues;
}

void
enc_cues_add (GArray * cues, const gchar * text, GstClockTime start,
    GstClockTime end)
{
  EncCue cue = { NULL, start, end };

  if (g_str_has_prefix (text, TOP_MARK))
    text += strlen (TOP_MARK);
  cue.text = g_strdup (text);
  g_array_append_val (cues, cue);
}

void
enc_cues_assert_clip (GArray * cues, const EncClip * clip)
{
  for (guint i = 0; i < MAX (cues->len, clip->n_captions); i++) {
    const EncCaption *caption = &clip->captions[i];
    const EncCue *cue = &g_array_index (cues, EncCue, i);

    g_assert_cmpuint (i, <, clip->n_captions);
    g_assert_cmpuint (i, <, cues->len);
    g_assert_cmpstr (cue->text, ==, caption->line.text);
    g_assert_cmpint (ABS (GST_CLOCK_DIFF (cue->start, caption->start)), <=,
        clip->interval);
    g_assert_cmpint (ABS (GST_CLOCK_DIFF (cue->end, caption->end)), <=,
        clip->interval);
  }
}

static gboolean
has_line (const EncCue * cue, const gchar * line)
{
  g_auto (GStrv) lines = g_strsplit (cue->text, "\n", -1);

  return g_strv_contains ((const gchar * const *) lines, line);
}

static void
assert_near (GstClockTime time, GstClockTime expected, const EncClip * clip)
{
  g_assert_cmpint (ABS (GST_CLOCK_DIFF (time, expected)), <=, clip->interval);
}

void
enc_cues_assert_screen (GArray * cues, const EncClip * clip)
{
  for (guint i = 1; i < cues->len; i++)
    g_assert_cmpuint (g_array_index (cues, EncCue, i).start, >=,
        g_array_index (cues, EncCue, i - 1).end);
  for (guint i = 0; i < clip->n_captions; i++) {
    const EncCaption *caption = &clip->captions[i];
    GstClockTime end = GST_CLOCK_TIME_NONE;

    for (guint n = 0; n < cues->len; n++) {
      const EncCue *cue = &g_array_index (cues, EncCue, n);

      if (!has_line (cue, caption->line.text))
        continue;
      if (!GST_CLOCK_TIME_IS_VALID (end))
        assert_near (cue->start, caption->start, clip);
      else
        g_assert_cmpuint (cue->start, ==, end);
      end = cue->end;
    }
    assert_near (end, MIN (caption->end, clip->duration), clip);
  }
}

/* "HH:MM:SS.mmm" at text, or without its hours; moves it past. */
static GstClockTime
read_time (const gchar ** text)
{
  guint hours = 0, minutes, seconds, ms;
  gint n = 0;

  if (sscanf (*text, "%u:%2u:%2u%*1[.,]%3u%n", &hours, &minutes, &seconds,
          &ms, &n) != 4) {
    hours = 0;
    g_assert_cmpint (sscanf (*text, "%2u:%2u.%3u%n", &minutes, &seconds, &ms,
            &n), ==, 3);
  }
  *text += n;
  return ((hours * 60 + minutes) * 60 + seconds) * GST_SECOND
      + ms * GST_MSECOND;
}

GArray *
enc_cues_parse (const gchar * file)
{
  g_auto (GStrv) blocks = g_strsplit (file, "\n\n", -1);
  GArray *cues = enc_cues_new ();

  for (guint i = 0; blocks[i]; i++) {
    const gchar *p = strstr (blocks[i], " --> ");
    GstClockTime start, end;

    if (!p)
      continue;
    while (p > blocks[i] && p[-1] != '\n')
      p--;
    start = read_time (&p);
    p += strlen (" --> ");
    end = read_time (&p);
    enc_cues_add (cues, strchr (p, '\n') + 1, start, end);
  }
  return cues;
}
