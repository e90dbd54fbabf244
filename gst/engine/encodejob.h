/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Encode job: a frame on its way through the gate and the encoder, on one of
 * the encode pool's threads.
 */
#pragma once

#include "encoderpool.h"
#include "frame/frameview.h"
#include "picture/geometry.h"
#include "change/picturecache.h"
#include "request.h"

typedef struct
{
  KocrRequest *request;         /* not owned */
  KocrRequest *duplicate_of;    /* nullable: what it is like needs no request */
  GstBuffer *buffer;
  KocrFrameView view;           /* open, unless there is an error */
  GError *error;                /* nullable: it cannot be read or encoded */
} KocrEncodeJob;

/* Takes @request's buffer, looks at it by @viewer and compares it with the
 * pictures of @memory, which keeps it when it is like none; in the order of the
 * samples. */
void kocr_encode_job_compare (KocrEncodeJob * self, KocrRequest * request,
    KocrFrameViewer * viewer, KocrPictureCache * memory);
/* Makes the request's picture if it may have to be sent, and lets go of the
 * buffer. @lossless: also for when what it is like fails. */
void kocr_encode_job_encode (KocrEncodeJob * self, KocrEncoderPool * encoders,
    gboolean lossless);
