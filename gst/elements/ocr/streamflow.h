/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Stream flow: whether frames that wait flow on, and if not why.  Flushes,
 * stops, and what downstream returns end the waits of the queue and of the
 * recognition together: nobody else does.
 *
 * A lock of its own holds together what starts, ends and flushes, and segments
 * that end early, change in the flow, the queue and the recognition. It is never
 * held while something is pushed.
 */
#pragma once

#include "ocr/framequeue.h"
#include "ocr/recognition.h"

typedef struct _KocrStreamFlow KocrStreamFlow;

/* Nothing is owned. FLUSHING until it is started. */
KocrStreamFlow *kocr_stream_flow_new (
    GstPad *srcpad, KocrFrameQueue *queue, KocrRecognition *recognition);
void kocr_stream_flow_free (KocrStreamFlow *self);

/* Any thread. */
GstFlowReturn kocr_stream_flow_get (KocrStreamFlow *self);

/* Opens the queue and starts a task of the pad that runs @loop, unless the pad
 * is inactive or flushing. */
void kocr_stream_flow_start (
    KocrStreamFlow *self, GstTaskFunction loop, gpointer user_data);
/* The same where downstream was not linked. FALSE: a flush or a stop came
 * first. */
gboolean kocr_stream_flow_restart (
    KocrStreamFlow *self, GstTaskFunction loop, gpointer user_data);

/* From the task. Upstream sees @flow from its next push on; nothing more is
 * pushed. */
void kocr_stream_flow_end (KocrStreamFlow *self, GstFlowReturn flow);
/* The bus has been told why the stream ends. */
void kocr_stream_flow_note_explained (KocrStreamFlow *self);

/* From the task. Downstream has all it wanted. Frames end here, but the EOS that
 * upstream now sends must still come through, and so must a new segment. */
void kocr_stream_flow_end_segment (KocrStreamFlow *self);
/* Streaming thread. A new one comes. */
void kocr_stream_flow_begin_segment (KocrStreamFlow *self);
/* Streaming thread. @eos: the last event. After it upstream pushes nothing any
 * more by which it could learn why the stream ended: the bus is told. */
void kocr_stream_flow_note_event (KocrStreamFlow *self, gboolean eos);
/* EOS found the queue closed. TRUE: downstream has one, by which files are
 * finished. */
gboolean kocr_stream_flow_explain_end (KocrStreamFlow *self);

/* From FLUSH_START to FLUSH_STOP. TRUE ends all waits. */
void kocr_stream_flow_set_flushing (KocrStreamFlow *self, gboolean flushing);
/* With the sink pad. FALSE ends the waits of the streaming thread. */
void kocr_stream_flow_set_receiving (KocrStreamFlow *self, gboolean receiving);
/* With the source pad. FALSE ends all waits. */
void kocr_stream_flow_set_active (KocrStreamFlow *self, gboolean active);
