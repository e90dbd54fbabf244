/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Encoder pool: the picture encoders of one engine, which keep their buffers
 * from picture to picture, the memory that pictures return to, and the threads
 * that encoders work in.
 */
#pragma once

#include "picture/encoder.h"

/* For any thread. */
typedef struct
{
  KocrBlockPool *pool;
  GMutex lock;

  /* lock */
  GQueue idle;
  gint64 trim_time;             /* of the pool */
} KocrEncoderPool;

void kocr_encoder_pool_init (KocrEncoderPool * self);
/* When all are given back. */
void kocr_encoder_pool_clear (KocrEncoderPool * self);
KocrPictureEncoder *kocr_encoder_pool_take (KocrEncoderPool * self);
void kocr_encoder_pool_give (
    KocrEncoderPool *self, KocrPictureEncoder *encoder);
/* Frees memory of pictures that has not been in use for some seconds, as after
 * a burst. To be called with each sample, at @now (us). */
void kocr_encoder_pool_trim (KocrEncoderPool * self, gint64 now);

/* Has @job called with @data by one of the process's workers, of which there
 * are as many as there are cores, however many engines there are. @job is the
 * same in all calls. */
void kocr_encoder_pool_push_job (GFunc job, gpointer data);
