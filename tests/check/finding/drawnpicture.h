/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Gray pictures with text where the test puts it.
 */
#pragma once

#include <cairo.h>

#include "graypicture.h"

/* A picture of one brightness. */
GrayPicture *drawn_picture_new (gint width, gint height, guint8 brightness);
void drawn_picture_free (GrayPicture * self);

/* Draws @text in the Pango font @font, its middle at (@x, @y), turned
 * clockwise by @degrees. Returns in @width and @height the ink's size. */
void drawn_picture_add_text (GrayPicture * self, const gchar * text,
    const gchar * font, gdouble x, gdouble y, gdouble degrees,
    guint8 brightness, gdouble * width, gdouble * height);

/* Gaussian noise, the same for the same @seed. */
void drawn_picture_add_noise (GrayPicture * self, gdouble deviation,
    guint32 seed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GrayPicture, drawn_picture_free)
