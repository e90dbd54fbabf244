/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The texts of an archived video as subtitles: the same cues as kakaoocrenc
 * makes of the video itself.
 */
#pragma once

#include "archive/database.h"

/* @media_type: as kakaoocrenc's caps name the form; @places: say where the texts
 * were, if the form can. (transfer full); NULL with an error. */
gchar *archive_subtitles_write (Database * database, gint64 video,
    const gchar * media_type, gboolean places, GError ** error);
