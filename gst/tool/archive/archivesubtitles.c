/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "archive/archivesubtitles.h"

#include <string.h>

#include "archive/boxtext.h"
#include "subtitles/format.h"
#include "subtitles/timeline.h"

#define TRACKS "SELECT track.id, text, start, \"end\", box, width, height" \
    " FROM track JOIN video ON video.id = track.video" \
    " WHERE video = ? AND start NOTNULL ORDER BY start, track.id"

/* Nothing is too short, and nobody waits for what is long. */
static const KocrCueLimits limits = { 0, 0, 0 };

typedef struct
{
  const KocrSubtitleFormat *format;
  KocrSubtitleSetting setting;
  KocrCueTimeline *timeline;
  GString *out;
} Writer;

static GstKakaoOcrTextTrack *
read_track (sqlite3_stmt * row)
{
  GstKakaoOcrTextTrack *track = g_new0 (GstKakaoOcrTextTrack, 1);
  const gchar *box = (const gchar *) sqlite3_column_text (row, 4);

  track->id = sqlite3_column_int64 (row, 0);
  track->text = g_strdup ((const gchar *) sqlite3_column_text (row, 1));
  track->state = GST_KAKAO_OCR_TEXT_TRACK_GONE;
  track->start = sqlite3_column_int64 (row, 2);
  track->end = MAX (track->start, (GstClockTime) sqlite3_column_int64 (row,
          3));
  track->first_seen = track->start;
  track->last_seen = track->end;
  track->n_samples = 1;
  track->width = sqlite3_column_int (row, 5);
  track->height = sqlite3_column_int (row, 6);
  /* One whose place is not known is anywhere. */
  if (track->width <= 0 || track->height <= 0
      || !box_text_parse (box, track->box)) {
    const gdouble everywhere[] = { 0, 0, 1, 0, 1, 1, 0, 1 };

    track->width = track->height = 1;
    memcpy (track->box, everywhere, sizeof everywhere);
  }
  return track;
}

/* Those that start before @until. */
static void
write_cues (Writer * self, GstClockTime until)
{
  while (kocr_cue_timeline_get_start (self->timeline) < until) {
    g_autoptr (KocrSubtitleCue) cue = kocr_cue_timeline_pop (self->timeline,
        &limits);
    g_autofree gchar *text = cue ? kocr_subtitle_format_write (self->format,
        cue, &self->setting) : NULL;

    if (!cue)
      return;
    if (!text)
      continue;
    g_string_append (self->out, text);
    self->setting.number++;
  }
}

static gboolean
write_tracks (Writer * self, Database * database, gint64 video,
    GError ** error)
{
  sqlite3_stmt *row = database_prepare (database, TRACKS, error);
  gint result;

  if (!row)
    return FALSE;
  sqlite3_bind_int64 (row, 1, video);
  while ((result = database_step (database, row, error)) == SQLITE_ROW) {
    GstKakaoOcrTextTrack *track = read_track (row);

    /* Until then another one may come that is a cue with them. */
    if (track->start > KOCR_CUE_TOGETHER)
      write_cues (self, track->start - KOCR_CUE_TOGETHER);
    kocr_cue_timeline_take (self->timeline, 0, track);
  }
  sqlite3_reset (row);
  write_cues (self, GST_CLOCK_TIME_NONE);
  return result == SQLITE_DONE;
}

gchar *
archive_subtitles_write (Database * database, gint64 video,
    const gchar * media_type, gboolean places, GError ** error)
{
  g_autoptr (KocrCueTimeline) timeline = kocr_cue_timeline_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  Writer writer = { .format = kocr_subtitle_format_find (media_type),
    .setting = { .number = 1, .places = places },
    .timeline = timeline,
    .out = out };
  g_autofree gchar *header = kocr_subtitle_format_write_header (writer.format,
      0, 0);

  if (header)
    g_string_append (out, header);
  if (!write_tracks (&writer, database, video, error))
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}
