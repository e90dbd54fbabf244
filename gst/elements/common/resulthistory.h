/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which results are new. A result is carried by many frames; who tells of each
 * result once asks here, frame by frame.
 *
 * The history keeps the results of each producer until the same producer shows
 * others: a frame that carries nothing for a moment does not make an old result
 * new. Views, which are no readings (common/resultidentity.h), are passed over.
 *
 * Not thread-safe: the streaming thread's own.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

typedef struct _KocrResultHistory KocrResultHistory;

KocrResultHistory *kocr_result_history_new (void);
void kocr_result_history_free (KocrResultHistory * history);

/* Forgets all: after a flush the same result counts as new. */
void kocr_result_history_clear (KocrResultHistory * history);

/* The metas of buffer whose result was not there before, in their order on
 * the buffer. They belong to buffer; free the array with g_ptr_array_unref().
 * NULL when there are none, which is how most frames are. */
GPtrArray *kocr_result_history_take_new (KocrResultHistory * history,
    GstBuffer * buffer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrResultHistory, kocr_result_history_free)
