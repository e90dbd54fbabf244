/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frame sampler: which frames of a stream become samples.  Knows the stream's
 * segment and caps, asks the sampler and takes samples through the run.  The
 * streaming thread's own.
 */
#pragma once

#include "recognition.h"
#include "sampler.h"

G_BEGIN_DECLS

typedef struct
{
  GstSegment segment;
  GstVideoInfo info;            /* of the frames, if readable */
  gboolean readable;            /* frames of these caps can be sampled */
  const gchar *unreadable;      /* why not, if the user should know */
  gboolean was_active;
  KocrSampler sampler;
} FrameSampler;

void frame_sampler_init (FrameSampler * self);
/* After each of these the next frame is due. */
void frame_sampler_begin (FrameSampler * self);
void frame_sampler_set_segment (FrameSampler * self,
    const GstSegment * segment);
void frame_sampler_set_caps (FrameSampler * self, const GstCaps * caps);

/* Takes @buffer as a sample if it is @forced or due, and can be.
 * @running_time: (out) of the frame, NONE when it has none.
 * @request: (out) (transfer full) (nullable): the sample.
 * Not OK: GST_FLOW_FLUSHING, or GST_FLOW_ERROR that was posted. */
GstFlowReturn frame_sampler_sample (FrameSampler * self, Recognition * run,
    GstBuffer * buffer, const GstKakaoOcrFrameSettings * settings,
    gboolean forced, GstClockTime * running_time, KocrRequest ** request);

G_END_DECLS
