/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Engine: from a frame to a result, for whoever has the frames; it knows of no
 * pad.
 *
 * submit takes a reference to the buffer and returns; a worker maps it once,
 * compares it with the pictures before it, encodes it and drops the reference;
 * the client sends it; `completed` is called when the request is settled.  What
 * is like an earlier picture is settled by that one's answer and takes no slot
 * of the client; where nothing may be lost it is encoded all the same while the
 * other is in flight, and sent if that fails.  Every request that was submitted
 * is settled exactly once, a flushed one with KOCR_ERROR_CANCELLED.
 *
 * Threads: submit, reserve and flush come from the streaming thread, stop from
 * any thread that holds no lock.  Callbacks come from a worker or the network
 * thread, with no lock held; they may call nothing of the engine that waits.
 */
#pragma once

#include "http/clientregistry.h"
#include "stats.h"

typedef struct _KocrEngine KocrEngine;

typedef struct
{
  KocrStats requests;
  guint in_flight;              /* submitted and not settled; one that is being
                                 * told is settled */
  guint window;
  KocrState state;
} KocrEngineStats;

/* Starts an engine; no network and no process is touched before the first
 * submit. NULL with a KOCR_ERROR about the configuration. */
KocrEngine *kocr_engine_new (const KocrClientConfig * config,
    const KocrClientCallbacks * callbacks, gpointer user_data, GError ** error);
/* Whether submits wait for a slot and retries last until max_outage. Before the
 * first submit. */
void kocr_engine_set_lossless (KocrEngine * self, gboolean lossless);
/* Flushes, waits until no callback runs or will run, frees. Short: waits for
 * an encoder at work, never for the network. */
void kocr_engine_free (KocrEngine * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrEngine, kocr_engine_free)

/* A slot for one submit, or why there is none. A lossless engine waits for one,
 * and denies it only when flushing. */
KocrDenial kocr_engine_reserve (KocrEngine * self);

/* Uses the reserved slot. @request: fields of the sample, settings and info
 * are set; @buffer is read until it is encoded. Returns at once. */
void kocr_engine_submit (KocrEngine * self, KocrRequest * request,
    GstBuffer * buffer);

/* What comes is not the continuation of what was: an equal picture counts as
 * one that came back, not as unchanged. */
void kocr_engine_begin_epoch (KocrEngine * self);

/* TRUE: wakes kocr_engine_reserve(), settles everything as cancelled (soon) and
 * drops every reference to a buffer before it returns. Sticky until FALSE. */
void kocr_engine_set_flushing (KocrEngine * self, gboolean flushing);

/* So many buffers may be referenced at once. */
guint kocr_engine_get_most_buffers (KocrEngine * self);

/* Waits until no buffer is referenced any more: the pools may be drained. */
void kocr_engine_release_buffers (KocrEngine * self);

/* Waits until nothing is in flight, or @deadline (monotonic, us), or flushing.
 * TRUE when nothing is. */
gboolean kocr_engine_drain (KocrEngine * self, gint64 deadline);

void kocr_engine_get_stats (KocrEngine * self, KocrEngineStats * stats);
