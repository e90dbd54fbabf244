/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Published samples: the newest ones that have a result, whether a frame has
 * carried it or not.
 *
 * Any thread.  Its lock is a leaf.
 */
#pragma once

#include "request.h"

G_BEGIN_DECLS

typedef struct _KocrPublishedSamples KocrPublishedSamples;

KocrPublishedSamples *kocr_published_samples_new (void);
void kocr_published_samples_free (KocrPublishedSamples * self);

/* @request was published with a result. */
void kocr_published_samples_add (
    KocrPublishedSamples *self, KocrRequest *request);
/* Those after sample @serial, in order. (transfer container): to be freed by
 * g_ptr_array_unref(), which unrefs them. */
GPtrArray *kocr_published_samples_list_after (KocrPublishedSamples * self,
    guint64 serial);

G_END_DECLS
