/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How a quad of a frame becomes an upright picture of its own. Pure.
 *
 * The picture has square pixels, about as many as the quad's longer sides
 * measure in the frame, so that no detail is lost; the corner that the text
 * begins at is its top left, whatever the angle. What of the quad lies outside
 * the frame is left away.
 *
 * A quad of square pixels that stands upright to half of one is cut out as it
 * is: resampling would only soften it. So is the upright rectangle around a
 * quad that nothing flat can look like (corners that cross, more than ten times
 * as high at one end as at the other).
 */
#pragma once

#include <gst/video/video.h>

#include "geometry/homography.h"

typedef struct
{
  gint width, height;           /* of the picture, at least 1 */
  gboolean plain;               /* it is `source`, pixel by pixel */
  KocrHomography to_frame;     /* from the picture's pixels to the frame's */
  GstVideoRectangle source;     /* what of the frame is needed */
} KocrRectification;

/* @quad: in pixels of the frame, corners as those of a region; @window: what of
 * the frame is a picture; @par: how wide its pixels are by their height;
 * @padding: pixels to add all around, as far as @window goes. FALSE when less
 * than a pixel of @quad is in @window. */
gboolean kocr_rectification_init (KocrRectification *self,
    const gdouble quad[8], const GstVideoRectangle *window, gdouble par,
    guint padding);

/* The same without turning anything: the upright rectangle around @quad, in
 * the frame's own pixels. */
gboolean kocr_rectification_init_plain (KocrRectification * self,
    const gdouble quad[8], const GstVideoRectangle * window, guint padding);

/* Makes the picture (3 bytes a pixel) from the pixels of `source` (4 bytes,
 * the last of no use). */
void kocr_rectification_render (const KocrRectification *self,
    const guint8 *source, gint source_stride, guint8 *picture, gint stride);

/* Takes the corners of a box from the frame into the picture; one that is not
 * seen there becomes the whole picture. */
void kocr_rectification_map_box (const KocrRectification *self, gdouble box[8]);
