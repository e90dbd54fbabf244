/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The settings of `kakaoocroverlay` and the table of its properties: a new one
 * takes a field here and a row in overlay/settings.c.  The renderer gets them
 * as a style, the mask filter as mask settings.
 */
#pragma once

#include "common/propertytable.h"
#include "mask/framemask.h"
#include "overlay/composition.h"

typedef enum
{
  KOCR_OVERLAY_FILL_NONE,
  KOCR_OVERLAY_FILL_TINT,
  KOCR_OVERLAY_FILL_REDACT,
  KOCR_OVERLAY_FILL_BLUR
} KocrOverlayFill;

typedef struct
{
  gboolean show_boxes, show_text;
  guint color;                  /* ARGB; 0: one a track */
  gchar *color_name;            /* what color was set by; nullable */
  gdouble line_width;           /* in pixels; 0: by the frame's size */
  gchar *font_desc;             /* NULL: the default */
  KocrOverlayFill fill;
  GRegex *text_pattern;         /* NULL: all texts */
  gboolean fail_closed;
  GstClockTime hold;

  KocrTextPattern *pattern;     /* of text_pattern. No property */
} KocrOverlaySettings;

/* Of a KocrOverlaySettings, by kocr_overlay_settings_set(). */
extern const KocrPropertyTable kocr_overlay_properties;

void kocr_overlay_settings_init (KocrOverlaySettings *self);
void kocr_overlay_settings_clear (KocrOverlaySettings *self);
/* FALSE: no such property. */
gboolean kocr_overlay_settings_set (
    KocrOverlaySettings *self, guint id, const GValue *value);

/* What they mean for who draws and for who hides; to be cleared. */
void kocr_overlay_settings_get_style (
    const KocrOverlaySettings *self, KocrOverlayStyle *style);
void kocr_overlay_settings_get_mask (
    const KocrOverlaySettings *self, KocrMaskSettings *mask);
