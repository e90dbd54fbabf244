/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Sent picture: what is kept of a picture that was sent, to tell whether
 * another one shows the same.
 */
#pragma once

#include "change/seensample.h"

/* Nothing is known of the noise in a picture. */
#define KOCR_NO_FLOOR G_MAXUINT

typedef struct
{
  KocrRequest *request;         /* that showed it last, but for those that it
                                 * was unchanged in; in flight or answered */
  GstClockTime stream_time;     /* of when it was sent */
  gint64 taken;
  guint floor;                  /* noise in it at its full size, or
                                 * KOCR_NO_FLOOR */
  KocrChromaPlanes chroma;
  KocrChromaStore chroma_store;
  KocrLumaPlane half, thumbnail;        /* none while nothing is to be
                                         * remembered */
  KocrLumaStore half_store, thumbnail_store;
} KocrSentPicture;

void kocr_sent_picture_free (KocrSentPicture *self);

/* Takes the colour of @seen. */
void kocr_sent_picture_keep_colour (
    KocrSentPicture *self, KocrSeenSample *seen);
/* Takes half of @seen, and what is kept of the thumbnail. */
void kocr_sent_picture_keep_small (
    KocrSentPicture *self, KocrSeenSample *seen);

/* Whether it is to be sent again for @request, whose picture is like it. */
gboolean kocr_sent_picture_is_stale (
    const KocrSentPicture *self, const KocrRequest *request);
