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
} KocrCropSettings;

void kocr_crop_settings_install (GObjectClass * klass);

/* FALSE: no such property. The caller holds the lock that protects self. */
gboolean kocr_crop_settings_set (KocrCropSettings * self, guint id,
    const GValue * value);
gboolean kocr_crop_settings_get (const KocrCropSettings * self, guint id,
    GValue * value);

G_END_DECLS
