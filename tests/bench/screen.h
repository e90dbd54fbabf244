/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Screen: generated pictures of which is known when their text changes: lines of
 * small text that a number stands over, and what happens to a picture that
 * changes no text.
 */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS typedef struct
{
  guint slide;                  /* which page of text */
  guint digit;                  /* in text of 12 pixels */
  gint scrolled;                /* pixels */
  gint cursor;                  /* its place; negative: none */
  gdouble gain, offset;         /* of the exposure: 1, 0 */
  gdouble noise;                /* standard deviation in levels */
} Screen;

/* Paints the luma of @frame. */
void screen_paint (const Screen * self, GRand * random, GstVideoFrame * frame);
