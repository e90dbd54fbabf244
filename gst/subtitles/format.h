/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The forms that subtitles are written in: WebVTT, SubRip and ASS, which are
 * files, and plain text, which a muxer takes as a subtitle track.
 */
#pragma once

#include "subtitles/cue.h"

/* Of all of them, as a pad has them. */
#define KOCR_SUBTITLE_CAPS \
  "application/x-subtitle-vtt; application/x-subtitle; " \
  "text/x-raw, format = (string) utf8; application/x-ass"

/* Beside the cue itself. */
typedef struct
{
  guint number;                 /* of the cue in the file, from 1 */
  gboolean places;              /* say where the text was, if the form can */
  gint width, height;           /* of the frame */
} KocrSubtitleSetting;

typedef struct
{
  const gchar *media_type;      /* of the caps */
  /* A text that stands long is one cue however long, since times are in the
   * text; else its buffers are cut, so that who puts them beside a video need
   * not wait for its end. */
  gboolean is_file;

  /*< private >*/
  gchar *(*write_header) (gint width, gint height);     /* NULL: none */
  void (*write) (GString * out, const KocrSubtitleCue * cue,
      const KocrSubtitleSetting * setting);
} KocrSubtitleFormat;

/* NULL: no subtitles have this media type. */
const KocrSubtitleFormat *kocr_subtitle_format_find (const gchar * media_type);

/* What a file begins with; NULL: nothing. (transfer full) */
gchar *kocr_subtitle_format_write_header (const KocrSubtitleFormat * format,
    gint width, gint height);

/* cue as it stands in the stream; its times are those of the file. NULL when
 * there is nothing of it to be shown. (transfer full) */
gchar *kocr_subtitle_format_write (const KocrSubtitleFormat * format,
    const KocrSubtitleCue * cue, const KocrSubtitleSetting * setting);
