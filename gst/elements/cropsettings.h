/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The properties of `kakaoocrcrop`: their types, defaults and texts.
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct
{
  gboolean every;
  gint padding;                 /* in pixels; < 0: by the text's height */
  gboolean rectify;
  gboolean best_shot;
  GstClockTime max_wait;
} CropSettings;

void crop_settings_install (GObjectClass * klass);

/* FALSE: no such property. The caller holds the lock that protects self. */
gboolean crop_settings_set (CropSettings * self, guint id,
    const GValue * value);
gboolean crop_settings_get (const CropSettings * self, guint id,
    GValue * value);

G_END_DECLS
