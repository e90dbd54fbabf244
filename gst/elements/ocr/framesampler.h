/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frame sampler: which frames of a stream become samples.  Knows the stream's
 * segment, time line, caps and tags, asks the sampler whether a frame is due
 * and the recognition whether there is room.  The streaming thread's own.
 */
#pragma once

#include "ocr/recognition.h"

typedef struct _KocrFrameSampler KocrFrameSampler;

/* @owner: of what is logged. None of the arguments is owned. */
KocrFrameSampler *kocr_frame_sampler_new (GstObject * owner,
    KocrRecognition * recognition, KocrFailures * failures,
    KocrRunStats * stats);
void kocr_frame_sampler_free (KocrFrameSampler * self);

/* After each of these the next frame is due. */
void kocr_frame_sampler_begin (KocrFrameSampler * self);
void kocr_frame_sampler_flush (KocrFrameSampler * self);
/* TRUE: frames have another size, and the next one is due; else nothing is new
 * but how they are read. */
gboolean kocr_frame_sampler_set_caps (KocrFrameSampler * self,
    const GstCaps * caps);
/* Whether frames behind @event are another row than those before it. */
gboolean kocr_frame_sampler_is_ended_by (
    const KocrFrameSampler *self, GstEvent *event);
/* STREAM_START, TAG or SEGMENT, which came to @sinkpad: when frames are, and how
 * they are meant to be shown. */
void kocr_frame_sampler_take_event (
    KocrFrameSampler *self, GstEvent *event, GstPad *sinkpad);

/* Whether frames can be read; then they are of that info. */
gboolean kocr_frame_sampler_is_readable (const KocrFrameSampler * self);
const GstVideoInfo *kocr_frame_sampler_get_info (const KocrFrameSampler *self);

/* To be called for every frame. TRUE: what was read before does not go on, as
 * the time line is broken or recognition ended. */
gboolean kocr_frame_sampler_look (KocrFrameSampler * self, GstBuffer * buffer,
    const KocrFrameSettings * settings);
/* Where the frame that was looked at last is on its time line, as far as can be
 * told: never NONE. */
GstClockTime kocr_frame_sampler_get_moment (const KocrFrameSampler * self);

/* What is known of a frame from the small pictures of all. */
typedef enum
{
  KOCR_NEWS_UNKNOWN, /* nobody looks out for any */
  KOCR_NEWS_NONE,
  KOCR_NEWS_STAND, /* something new stands in it */
  KOCR_NEWS_LAST   /* something new is in it, and none follows */
} KocrNews;

/* Makes @buffer, which was looked at, a sample if it is to be one: as it is
 * due, has @news, or is forced; and if it can be. @sample: (out) (transfer
 * full) (nullable): to be submitted, unless it has failed already. Not OK:
 * flushing.
 */
GstFlowReturn kocr_frame_sampler_sample (KocrFrameSampler *self,
    GstBuffer *buffer, const KocrFrameSettings *settings, KocrNews news,
    KocrRequest **sample);
/* The next frame is a sample by all means. From any thread. */
void kocr_frame_sampler_force (KocrFrameSampler * self);
