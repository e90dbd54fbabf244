/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The forms that subtitles are written in: WebVTT and SubRip, which are files,
 * and plain text, which a muxer takes as a subtitle track.
 */
#pragma once

#include "subtitlecue.h"

G_BEGIN_DECLS

typedef struct
{
  const gchar *media_type;      /* of the caps */
  const gchar *header;          /* what a file begins with; NULL: nothing */
  /* A text that stands long is one cue however long, since times are in the
   * text; else its buffers are cut, so that who puts them beside a video need
   * not wait for its end. */
  gboolean is_file;

  /*< private >*/
  void (*write) (GString * out, const SubtitleCue * cue, guint number,
      gboolean places);
} SubtitleFormat;

/* NULL: no subtitles have this media type. */
const SubtitleFormat *subtitle_format_find (const gchar * media_type);

/* cue as it stands in the stream; its times are those of the file. number
 * counts from 1; places: say where the text was, if the form can. NULL when
 * there is nothing of it to be shown. */
gchar *subtitle_format_write (const SubtitleFormat * format,
    const SubtitleCue * cue, guint number, gboolean places);

G_END_DECLS
