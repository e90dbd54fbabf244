/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Sampler: is this frame due?  Pure.
 *
 * Works in positions: the stream time of a frame inside its segment.  A frame
 * is due when it lies at least the interval away, in either direction (reverse
 * and trick rates), from the last sample; the first frame after a reset always
 * is.  Frames without a time count by arrival: each one advances the position
 * by the caps' frame duration, and where that is unknown too (framerate 0/1)
 * every frame is due, since such a stream is a row of single pictures.
 *
 * Asking does not take: a due frame that finds no free slot leaves the next one
 * due, so that the newest picture wins.
 */
#pragma once

#include <gst/gst.h>

typedef struct
{
  gboolean next_is_due;
  GstClockTime last_sample;     /* position; NONE: none yet */
  GstClockTime last_frame;      /* position of the newest frame; NONE: unknown */
  GstClockTime last_missed;     /* position of the last miss that was counted */
} KocrSampler;

/* A new segment, a discontinuity, a flush: the next frame is due. */
void kocr_sampler_reset (KocrSampler * sampler);

/* To be called once for every frame. @position: GST_CLOCK_TIME_NONE for a frame
 * without a time; @frame_duration: by the caps, NONE or 0 when unknown. */
gboolean kocr_sampler_is_due (KocrSampler * sampler, GstClockTime position,
    GstClockTime frame_duration, GstClockTime interval);

/* The frame of the last kocr_sampler_is_due() was taken as a sample. */
void kocr_sampler_take (KocrSampler * sampler);

/* The frame of the last kocr_sampler_is_due() could not be taken. TRUE when
 * this is a sample missed, FALSE when it is still the same one that waits. */
gboolean kocr_sampler_miss (KocrSampler * sampler, GstClockTime interval);
