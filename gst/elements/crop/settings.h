/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The settings of `kakaoocrcrop` and the table of its properties: a new one
 * takes a field here and a row in crop/settings.c.
 */
#pragma once

#include "common/propertytable.h"

typedef struct
{
  gboolean every;
  gint padding;                 /* in pixels; < 0: by the text's height */
  gboolean rectify;
  gboolean best_shot;
  GstClockTime max_wait;
} KocrCropSettings;

/* Of a KocrCropSettings, whose values are plain: copied by assignment. */
extern const KocrPropertyTable kocr_crop_properties;
