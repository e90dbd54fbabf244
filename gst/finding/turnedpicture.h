/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A picture turned about its middle, so that text which stands on its side or
 * rises steeply runs from left to right.
 */
#pragma once

#include "graypicture.h"

typedef struct
{
  GrayPicture picture;          /* luma alone; gray where the other one ends */
  gdouble cos, sin;             /* from its axes to the other one's */
  gdouble x, y;                 /* the middle of the other one */
} TurnedPicture;

/* The picture as it looks when it is turned clockwise by @degrees. */
void kocr_turned_picture_init (TurnedPicture * self, const GrayPicture * picture,
    gdouble degrees);
void kocr_turned_picture_clear (TurnedPicture * self);

/* Moves a quad to where it is in the picture that was turned. */
void kocr_turned_picture_turn_back (const TurnedPicture * self, gdouble box[8]);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TurnedPicture, kocr_turned_picture_clear)
