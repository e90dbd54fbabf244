/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One picture of what was read in a video: frames at which texts appeared, with
 * what was cut out of each, its text and its time.
 */
#pragma once

#include <cairo.h>

#include "archive/videorecord.h"

/* Frames are to be this high. */
#define CONTACT_SHEET_FRAME_HEIGHT 270

typedef struct _ContactSheet ContactSheet;

ContactSheet *contact_sheet_new (void);
void contact_sheet_free (ContactSheet * sheet);

/* From any thread: the frame at @time (transfer full), a text that appeared
 * there (transfer full). Of a long video only some are kept. */
void contact_sheet_take_frame (ContactSheet * sheet, GstClockTime time,
    cairo_surface_t * frame);
void contact_sheet_take_crop (ContactSheet * sheet, GstClockTime time,
    guint64 track, cairo_surface_t * crop);

/* Writes it as PNG; what the crops say is in @texts. */
gboolean contact_sheet_write (ContactSheet * sheet, const gchar * title,
    const VideoRecord * texts, const gchar * path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ContactSheet, contact_sheet_free)
