/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The best sight of each text: pictures of a text are offered while it stands,
 * and one of them is given back when it is gone or has been waited for long
 * enough.
 *
 * The best one shows the text as most of its readings have it, and of those it
 * is the sharpest: while a text fades in or out, or the camera moves, its edges
 * are weaker and it is misread in many ways.
 *
 * Pure but for the pictures it looks at. Not thread-safe: the streaming
 * thread's own.
 */
#pragma once

#include <gst/video/video.h>

typedef struct _KocrCropShots KocrCropShots;

KocrCropShots *kocr_crop_shots_new (void);
void kocr_crop_shots_free (KocrCropShots * shots);
void kocr_crop_shots_clear (KocrCropShots * shots);
/* Whether no text waits. */
gboolean kocr_crop_shots_are_empty (const KocrCropShots * shots);

/* Whether a picture of that text is wanted at @time: its best one is not given
 * back yet, and the last one is a while ago. @text: as it is read now. */
gboolean kocr_crop_shots_want (const KocrCropShots * shots, guint producer,
    guint64 track, const gchar * text, GstClockTime time);

/* @picture: (transfer full): of @info, RGB; @time: of its frame, on which
 * waiting is measured. */
void kocr_crop_shots_offer (KocrCropShots *shots, guint producer, guint64 track,
    const gchar *text, GstClockTime time, GstBuffer *picture,
    const GstVideoInfo *info);

/* A sample of @producer was told of: texts that were not offered or wanted
 * since the last call were not there. */
void kocr_crop_shots_end_sample (KocrCropShots * shots, guint producer);

/* A picture on its way out. */
typedef struct
{
  GstBuffer *picture; /* the caller's */
  GstVideoInfo info;
  guint64 track;
  const gchar *reason; /* why it comes now */
} KocrCropBest;

/* The best picture of a text that is gone, or was first seen @max_wait before
 * @time. FALSE: there is none. */
gboolean kocr_crop_shots_pop (KocrCropShots *shots, GstClockTime time,
    GstClockTime max_wait, KocrCropBest *best);
/* The same of those that are still there. */
gboolean kocr_crop_shots_pop_any (KocrCropShots *shots, KocrCropBest *best);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrCropShots, kocr_crop_shots_free)
