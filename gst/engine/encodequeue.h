/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Encode queue: the samples of one engine on their way to workers, which
 * compare each with the pictures before it and encode what may have to be sent;
 * and requests that are sent again in another shape. Samples go through the
 * comparison one by one and in order, and through the encoders at once.
 *
 * From any thread. Its lock is inside of the engine's.
 */
#pragma once

#include "encodejob.h"
#include "tiling.h"

typedef struct _KocrEncodeQueue KocrEncodeQueue;

/* From a worker, with no lock held. */
typedef struct
{
  /* What @job's request needs is encoded, or @job has an error, which is the
   * callee's. */
  void (*encoded) (KocrEncodeJob * job, gpointer user_data);
  /* The @n_parts that @request goes out as (transfer full), itself or its
   * tiles; none: it cannot be encoded so. */
  void (*reshaped) (KocrRequest * request, KocrRequest * const parts[],
      guint n_parts, gpointer user_data);
} KocrEncodeQueueCallbacks;

KocrEncodeQueue *kocr_encode_queue_new (
    const KocrEncodeQueueCallbacks *callbacks, gpointer user_data);
/* Waits for the workers. */
void kocr_encode_queue_free (KocrEncodeQueue * self);
/* Samples that are like one that is still in flight are encoded too. Before the
 * first one. */
void kocr_encode_queue_set_lossless (KocrEncodeQueue * self,
    gboolean lossless);

/* @request has its buffer. */
void kocr_encode_queue_push (KocrEncodeQueue * self, KocrRequest * request);
/* @request goes again, as kocr_resend_plan() has said. */
void kocr_encode_queue_push_resend (KocrEncodeQueue * self,
    KocrRequest * request);
/* Moves out what no worker has begun with: (transfer full), and the queues are
 * empty before. */
void kocr_encode_queue_steal (KocrEncodeQueue * self, GQueue * samples,
    GQueue * resends);
/* Waits until no worker, and no sample, has a buffer, and no callback runs for
 * what was pushed before. */
void kocr_encode_queue_release_buffers (KocrEncodeQueue * self);
