/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Answer box: the four corners that a service gives for a piece of text, put in
 * order. Pure.
 */
#pragma once

#include <glib.h>

/* Puts @box (x0,y0 .. x3,y3), in pixels of a frame of @width x @height, in
 * order: clockwise, and where its sides are upright no larger than the frame.
 * The corners of a tilted one stay where they are, outside of the frame too: to
 * move them one by one would turn its sides away from the text.
 *
 * FALSE: nobody can tell what it surrounds, since its sides cross, or nothing
 * of it is in the frame. */
gboolean kocr_answer_box_fit (gdouble box[8], gint width, gint height);
