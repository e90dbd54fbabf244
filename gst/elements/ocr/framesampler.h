/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frame sampler: which frames of a stream become samples.  Knows the stream's
 * segment, time line and caps, asks the sampler and takes samples through the
 * run.  The streaming thread's own.
 */
#pragma once

#include "common/continuity.h"
#include "ocr/recognition.h"
#include "sampler.h"

G_BEGIN_DECLS

typedef struct
{
  GstObject *owner;             /* of what is logged; not owned */
  GstSegment segment;
  GstVideoInfo info;            /* of the frames, if readable */
  gboolean readable;            /* frames of these caps can be sampled */
  const gchar *unreadable;      /* why not, if the user should know */
  guint tagged_turn;            /* GstVideoOrientationMethod, of the stream */
  gboolean was_active;
  KocrSampler sampler;
  KocrContinuity continuity;        /* of running times */
  gboolean warned_break;

  /* The frame that was looked at last. */
  gboolean shown;               /* the segment does not leave it out */
  KocrContinuityVerdict outcome;
  GstClockTime stream_time, running_time;       /* NONE: it has none */
  GstClockTime moment;          /* where on its time line it is, as far as can
                                 * be told: never NONE */
  gint64 arrival;               /* monotonic, us */
} KocrFrameSampler;

void kocr_frame_sampler_init (KocrFrameSampler * self, GstObject * owner);
/* After each of these the next frame is due. */
void kocr_frame_sampler_begin (KocrFrameSampler * self);
void kocr_frame_sampler_flush (KocrFrameSampler * self);
void kocr_frame_sampler_set_segment (KocrFrameSampler * self,
    const GstSegment * segment);
/* TRUE: frames have another size, and the next one is due; else nothing is new
 * but how they are read. */
gboolean kocr_frame_sampler_set_caps (
    KocrFrameSampler *self, const GstCaps *caps);
/* How frames are meant to be shown. */
void kocr_frame_sampler_set_tags (
    KocrFrameSampler *self, const GstTagList *tags);
void kocr_frame_sampler_begin_stream (KocrFrameSampler * self);

/* To be called for every frame, before it is sampled. TRUE: the time line is
 * broken, and what was read before does not go on. */
gboolean kocr_frame_sampler_look (
    KocrFrameSampler *self, KocrRecognition *run, GstBuffer *buffer);

/* Takes @buffer, which was looked at, as a sample if it is @forced or due, or
 * @changed, and can be.
 * @request: (out) (transfer full) (nullable): the sample.
 * Not OK: GST_FLOW_FLUSHING, or GST_FLOW_ERROR that was posted. */
GstFlowReturn kocr_frame_sampler_sample (KocrFrameSampler *self,
    KocrRecognition *run, GstBuffer *buffer,
    const KocrFrameSettings *settings, gboolean forced, gboolean changed,
    KocrRequest **request);

G_END_DECLS
