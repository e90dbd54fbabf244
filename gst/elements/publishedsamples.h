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

typedef struct _PublishedSamples PublishedSamples;

PublishedSamples *published_samples_new (void);
void published_samples_free (PublishedSamples * self);

/* @request was published with a result. */
void published_samples_add (PublishedSamples * self, KocrRequest * request);
/* Those after sample @serial, in order. (transfer container): to be freed by
 * g_ptr_array_unref(), which unrefs them. */
GPtrArray *published_samples_list_after (PublishedSamples * self,
    guint64 serial);

G_END_DECLS
