/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Encoders: the picture encoders of one engine, which keep their buffers from
 * picture to picture, the memory that pictures return to, and the threads that
 * encoders work in.
 */
#pragma once

#include "pictureencoder.h"

G_BEGIN_DECLS

/* For any thread. */
typedef struct
{
  KocrBlockPool *pool;
  GMutex lock;

  /* lock */
  GQueue idle;
  gint64 trim_time;             /* of the pool */
} KocrEncoders;

void kocr_encoders_init (KocrEncoders * self);
/* When all are given back. */
void kocr_encoders_clear (KocrEncoders * self);
KocrPictureEncoder *kocr_encoders_take (KocrEncoders * self);
void kocr_encoders_give (KocrEncoders * self, KocrPictureEncoder * encoder);
/* Frees memory of pictures that has not been in use for some seconds, as after a
 * burst. To be called with each sample, at @now (us). */
void kocr_encoders_trim (KocrEncoders * self, gint64 now);

/* Has @job called with @data by one of the process's workers, of which there
 * are as many as there are cores, however many engines there are. @job is the
 * same in all calls. */
void kocr_encoders_push_job (GFunc job, gpointer data);

G_END_DECLS
