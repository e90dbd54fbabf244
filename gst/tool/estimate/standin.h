/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A service's stand-in that says where a picture has text, but not what the
 * text says.  What is sent next depends on that: where text is, less is a
 * change.
 */
#pragma once

#include <glib.h>

typedef struct _StandIn StandIn;

StandIn *stand_in_new (void);
void stand_in_free (StandIn *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StandIn, stand_in_free)

/* (transfer full) (nullable): JSON as the API has it. A picture that cannot be
 * decoded has no text; NULL: GStreamer decodes no @media_type here. From one
 * thread at a time. */
gchar *stand_in_answer (
    StandIn *self, const gchar *media_type, GBytes *picture);
