/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Shared motion: lines found again by the way that those around them went.
 *
 * A name of two syllables in the credits says too little to be known elsewhere, and
 * a line that the edge of the frame cut says another thing once it is in. But what
 * rolls or pans does so together: where the nearest line that was known went, they
 * went, too.
 */
#pragma once

#include "track/linetrack.h"

typedef struct
{
  const KocrLineTrack *track;
  const KocrLine *line;         /* nullable: its line was not found */
} KocrTrackMatch;

/* Where @track is when it went the way of the nearest one of @matches that moved
 * and says what it said; where it was, when all of those stand. FALSE: there are
 * none. */
gboolean kocr_shared_motion_predict (const KocrTrackMatch *matches, guint n,
    const KocrLineTrack *track, KocrLineBox *box);
/* Whether @line is there. @predicted: where it would be. */
gboolean kocr_shared_motion_fits (const KocrLineTrack *track,
    const KocrLine *line, const KocrLineBox *predicted, gint width, gint height);
