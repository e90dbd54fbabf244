/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Encoders: the picture encoders of one engine, which keep their buffers from
 * picture to picture, and the threads that they work in.
 */
#pragma once

#include "pictureencoder.h"

G_BEGIN_DECLS

/* For any thread. */
typedef struct
{
  GMutex lock;
  GQueue idle;                  /* lock */
} KocrEncoders;

void kocr_encoders_init (KocrEncoders * self);
/* When all are given back. */
void kocr_encoders_clear (KocrEncoders * self);
KocrPictureEncoder *kocr_encoders_take (KocrEncoders * self);
void kocr_encoders_give (KocrEncoders * self, KocrPictureEncoder * encoder);

/* Has @job called with @data by one of the process's workers, of which there
 * are as many as there are cores, however many engines there are. @job is the
 * same in all calls. */
void kocr_encoders_push_job (GFunc job, gpointer data);

G_END_DECLS
