/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Decoded picture: what a service would read from a request's body, and frames
 * to make bodies from.
 */
#pragma once

#include <gst/video/video.h>
#include "picture/encoder.h"

typedef struct
{
  gint width, height;
  gboolean gray;                /* as stored; rgb is filled all the same */
  guint8 *rgb;
} DecodedPicture;

/* Takes the body apart; fails the test where it is not well formed. */
DecodedPicture *decoded_picture_new (const KocrPicture * picture);
void decoded_picture_free (DecodedPicture * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DecodedPicture, decoded_picture_free)

/* A frame whose planes each end, with their last sample, at memory that cannot
 * be read; rows lie @slack bytes further apart than they need. */
typedef struct
{
  GstVideoFrame frame;
  struct
  {
    gpointer base;
    gsize size;
  } maps[GST_VIDEO_MAX_PLANES];
} GuardedFrame;

GuardedFrame *guarded_frame_new (GstVideoFormat format, gint width,
    gint height, gint slack);
/* Formats of 8 bits a component. */
void guarded_frame_fill_with_noise (GuardedFrame * self);
void guarded_frame_free (GuardedFrame * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuardedFrame, guarded_frame_free)
