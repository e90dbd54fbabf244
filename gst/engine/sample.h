/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Sample: a frame on its way through the gate and the encoder, on one of the
 * encode pool's threads.
 */
#pragma once

#include "encoders.h"
#include "frameview.h"
#include "picturegeometry.h"
#include "picturememory.h"
#include "request.h"

G_BEGIN_DECLS

typedef struct
{
  KocrRequest *request;         /* not owned */
  KocrRequest *like;            /* nullable: what it is like needs no request */
  GstBuffer *buffer;
  KocrFrameView view;           /* open, unless there is an error */
  GError *error;                /* nullable: it cannot be read or encoded */
} KocrSample;

/* Takes @request's buffer, looks at it by @viewer and compares it with the
 * pictures of @memory, which keeps it when it is like none; in the order of the
 * samples. */
void kocr_sample_compare (KocrSample * self, KocrRequest * request,
    KocrFrameViewer * viewer, KocrPictureMemory * memory);
/* Makes the request's picture if it may have to be sent, and lets go of the
 * buffer. @lossless: also for when what it is like fails. */
void kocr_sample_encode (KocrSample * self, KocrEncoders * encoders,
    gboolean lossless);

G_END_DECLS
