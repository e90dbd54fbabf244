/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Read area: which part of a frame is read, as rectangles of whole pixels.
 * Pure.
 *
 * What is shown is the frame, or the rectangle of its crop; what is wanted is
 * the region of it that the user asks for.  It is read with a margin, since
 * text that touches the edge of a picture is misread or left out, and text
 * whose middle is outside is not wanted.
 */
#pragma once

#include <glib.h>

/* x, y, width and height of a part of what is shown. */
typedef struct
{
  gdouble at[4];     /* all 0: all of it */
  gboolean relative; /* in parts of its size, else in pixels */
} KocrArea;

#define KOCR_MAX_MASKS 16

/* How a frame is looked at. */
typedef struct
{
  KocrArea region;
  KocrArea masks[KOCR_MAX_MASKS];
  guint n_masks;
  guint turn; /* GstVideoOrientationMethod: how what is sent
               * is turned */
} KocrViewSettings;

/* Rectangles in the frame's pixels. */
typedef struct
{
  gint shown[4], wanted[4], read[4];
} KocrReadArea;

/* Puts @area, of @shown, into whole pixels that are inside it. FALSE: none are.
 */
gboolean kocr_area_resolve (
    const KocrArea *area, const gint shown[4], gint rectangle[4]);
/* @crop: (nullable): the part of the frame of @width x @height that is shown.
 * FALSE: nothing of the region is in it. */
gboolean kocr_read_area_init (KocrReadArea *self, gint width, gint height,
    const gint crop[4], const KocrArea *region);
