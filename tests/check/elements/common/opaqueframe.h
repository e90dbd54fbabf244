/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Opaque frame: one of a test's caps whose memory cannot be mapped.
 */
#pragma once

#include "testframe.h"

/* Frame @id; @type: of its memory, as the allocator names it, a literal. */
GstBuffer *opaque_frame_new (guint id, const gchar *type);
