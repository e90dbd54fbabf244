/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Pictures of videos as answers, each made when it is asked for: one after the
 * other, in a thread of their own, so that the page goes on meanwhile.
 */
#pragma once

#include <libsoup/soup.h>

typedef struct _PageStills PageStills;

/* Answers come in the thread-default main context. */
PageStills *page_stills_new (void);
/* What is still being made is waited for. */
void page_stills_free (PageStills *self);

/* Answers, now or later: 200 a JPEG, 404 there is none, 503 too many are asked
 * for. @time: ns */
void page_stills_answer (PageStills *self, SoupServerMessage *message,
    const gchar *path, guint64 time);
