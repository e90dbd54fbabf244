/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/lineplace.h"

#include <math.h>

#include "track/passage.h"
#include "track/ticker.h"

/* Of a line that stands there still; rows of text overlap by less. */
#define LEAST_LEFT 0.1

void
kocr_line_place_init (KocrLineTrack * track, const KocrLine * line,
    const KocrSample * sample)
{
  guint i;

  track->box = line->box;
  track->box_time = sample->time;
  track->width = sample->width;
  track->height = sample->height;
  for (i = 0; i < GST_KAKAO_OCR_BOX_LEN; i++)
    track->origin[i] = track->box.corners[i]
        / (i % 2 == 0 ? track->width : track->height);
}

/* From box_time to time. */
static gdouble
time_passed (const KocrLineTrack * track, GstClockTime time)
{
  if (!GST_CLOCK_TIME_IS_VALID (track->box_time) ||
      !GST_CLOCK_TIME_IS_VALID (time))
    return 0.0;
  return (gdouble) time - (gdouble) track->box_time;
}

void
kocr_line_place_predict (const KocrLineTrack * track,
    GstClockTime time, KocrLineBox * box)
{
  gdouble passed = time_passed (track, time);

  *box = track->box;
  kocr_line_box_move (box, track->vx * passed, track->vy * passed);
}

void
kocr_line_place_resize (KocrLineTrack * track, gint width,
    gint height)
{
  gdouble sx = (gdouble) width / track->width;
  gdouble sy = (gdouble) height / track->height;
  gdouble corners[GST_KAKAO_OCR_BOX_LEN];
  guint i;

  if (width == track->width && height == track->height)
    return;
  for (i = 0; i < GST_KAKAO_OCR_BOX_LEN; i++)
    corners[i] = track->box.corners[i] * (i % 2 == 0 ? sx : sy);
  kocr_line_box_init (&track->box, corners, corners);
  track->vx *= sx;
  track->vy *= sy;
  track->pace_x *= sx;
  track->pace_y *= sy;
  track->width = width;
  track->height = height;
}

/* Once each corner is further from where it was than the line is high: those of
 * a text that grows at one end are not. */
static void
note_motion (KocrLineTrack * track)
{
  gdouble least = G_MAXDOUBLE;
  guint i;

  for (i = 0; i < GST_KAKAO_OCR_BOX_LEN; i += 2)
    least = MIN (least, hypot (track->box.corners[i]
            - track->origin[i] * track->width, track->box.corners[i + 1]
            - track->origin[i + 1] * track->height));
  track->moving |= least > track->box.height;
}

void
kocr_line_place_move (KocrLineTrack * track, const KocrLine * line,
    const KocrSample * sample)
{
  gdouble passed = time_passed (track, sample->time);

  kocr_passage_note (track, line, passed);
  track->vx = passed > 0.0 ? (line->box.x - track->box.x) / passed : 0.0;
  track->vy = passed > 0.0 ? (line->box.y - track->box.y) / passed : 0.0;
  track->box = line->box;
  track->box_time = sample->time;
  track->displaced = FALSE;
  track->width = sample->width;
  track->height = sample->height;
  note_motion (track);
}

void
kocr_line_place_move_out (KocrLineTrack *track, const KocrLine *line,
    const KocrSample *sample)
{
  guint cut = kocr_line_box_get_cut (&line->box, sample->width, sample->height);
  /* Of the corners the lower left, or the upper left one. */
  guint side = cut & KOCR_CUT_ABOVE ? 7 : 1;
  KocrLine whole = { .box = track->box };

  if (!(cut & (KOCR_CUT_ABOVE | KOCR_CUT_BELOW)))
    return;
  kocr_line_box_move (
      &whole.box, 0, line->box.corners[side] - whole.box.corners[side]);
  kocr_line_place_move (track, &whole, sample);
}

gboolean
kocr_line_place_is_left (const KocrLineTrack * track, const KocrLine * line)
{
  return kocr_line_box_cover (&track->box, &line->box) < LEAST_LEFT;
}
