/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/settings.h"

#include <pango/pango.h>

#define PLAYING KOCR_PROPERTY_PLAYING

#define DEFAULT_FONT_DESC "Noto Sans CJK KR 14"

#define OPAQUE 0xff000000u

static const GEnumValue fills[] = {
  {KOCR_OVERLAY_FILL_NONE, "The text is left as it is", "none"},
  {KOCR_OVERLAY_FILL_TINT, "Highlighted in the box's color", "tint"},
  {KOCR_OVERLAY_FILL_REDACT, "Made unreadable: black", "redact"},
  {KOCR_OVERLAY_FILL_BLUR,
      "Made unreadable: a mosaic of cells of the text's height", "blur"},
  {0, NULL, NULL}
};

#define FIELD(field) G_STRUCT_OFFSET (KocrOverlaySettings, field)

/* *INDENT-OFF* */
static const KocrProperty rows[] = {
  {"show-boxes", "Show boxes",
      PLAYING ("Draw a box around each recognised region."),
      KOCR_ROW_BOOLEAN (FIELD (show_boxes), TRUE)},
  {"show-text", "Show text",
      PLAYING ("Draw the recognised text of each line."),
      KOCR_ROW_BOOLEAN (FIELD (show_text), TRUE)},
  {"color", "Color",
      PLAYING ("Color of boxes and labels' edges as ARGB (0xff00ff00 is an "
          "opaque green, and so is 0x00ff00); 0: one for each text track."),
      KOCR_ROW_UINT (FIELD (color), 0, 0, G_MAXUINT32)},
  {"color-name", "Color name",
      PLAYING ("Sets color by its name in CSS (orange), or as #rrggbb or "
          "#rrggbbaa."),
      KOCR_ROW_STRING (FIELD (color_name), NULL)},
  {"line-width", "Line width",
      PLAYING ("Width of the boxes' lines in pixels of the frame; 0: by the "
          "frame's size."),
      KOCR_ROW_DOUBLE (FIELD (line_width), 0.0, 0.0, 100.0)},
  {"font-desc", "Font",
      PLAYING ("Pango description of the labels' font. Its size is meant for a "
          "frame of 480 lines and scaled to the frame's; a size with \"px\" is "
          "taken as it is."),
      KOCR_ROW_STRING (FIELD (font_desc), DEFAULT_FONT_DESC)},
  {"fill", "Fill",
      PLAYING ("What is done to the text itself; redact and blur change the "
          "frame's pixels and leave labels out."),
      KOCR_ROW_ENUM (FIELD (fill), KOCR_OVERLAY_FILL_NONE, "GstKakaoOcrFill",
          fills)},
  {"text-pattern", "Text pattern",
      PLAYING ("Regular expression (PCRE): boxes, labels and fill only for "
          "texts that match it; unset: for all."),
      KOCR_ROW_REGEX (FIELD (text_pattern))},
  {"fail-closed", "Fail closed",
      PLAYING ("With fill redact or blur, blank frames that have no result of "
          "their own, and what was not read of the others."),
      KOCR_ROW_BOOLEAN (FIELD (fail_closed), TRUE)},
  {"hold", "Hold",
      PLAYING ("With fill redact or blur, hide a text for this long before and "
          "after the frames that have it (ms), so that one bad reading shows "
          "nothing; frames are delayed by it."),
      KOCR_ROW_MILLISECONDS (FIELD (hold), 500, 0, KOCR_PROPERTY_DAY)},
};
/* *INDENT-ON* */

const KocrPropertyTable kocr_overlay_properties = { rows, G_N_ELEMENTS (rows) };

void
kocr_overlay_settings_init (KocrOverlaySettings *self)
{
  *self = (KocrOverlaySettings) { 0, };
  kocr_property_table_init (&kocr_overlay_properties, self);
}

void
kocr_overlay_settings_clear (KocrOverlaySettings *self)
{
  kocr_property_table_clear (&kocr_overlay_properties, self);
  g_clear_pointer (&self->pattern, kocr_text_pattern_unref);
}

/* A color without alpha is meant to be seen: 0xff0000 is red. */
static guint32
with_opacity (guint32 color)
{
  return color != 0 && (color & OPAQUE) == 0 ? color | OPAQUE : color;
}

/* A name that nobody knows is refused, since with another color the text may
 * not be found. */
static void
set_color_by_name (KocrOverlaySettings *self)
{
  PangoColor parsed;
  guint16 alpha;

  if (!self->color_name)
    return;
  if (!pango_color_parse_with_alpha (&parsed, &alpha, self->color_name)) {
    g_warning ("color-name refused, the color stays: %s", self->color_name);
    g_clear_pointer (&self->color_name, g_free);
    return;
  }
  self->color = (guint32) (alpha >> 8) << 24 | (parsed.red >> 8) << 16
                | (parsed.green >> 8) << 8 | parsed.blue >> 8;
}

gboolean
kocr_overlay_settings_set (
    KocrOverlaySettings *self, guint id, const GValue *value)
{
  const GRegex *before = self->text_pattern;

  if (!kocr_property_table_set (&kocr_overlay_properties, self, id, value))
    return FALSE;
  if (rows[id - 1].offset == FIELD (color_name))
    set_color_by_name (self);
  else if (rows[id - 1].offset == FIELD (color))
    g_clear_pointer (&self->color_name, g_free);
  self->color = with_opacity (self->color);
  if (self->text_pattern == before)
    return TRUE;
  g_clear_pointer (&self->pattern, kocr_text_pattern_unref);
  if (self->text_pattern)
    self->pattern = kocr_text_pattern_new (self->text_pattern);
  return TRUE;
}

static gboolean
hides_text (const KocrOverlaySettings *self)
{
  return self->fill == KOCR_OVERLAY_FILL_REDACT
         || self->fill == KOCR_OVERLAY_FILL_BLUR;
}

void
kocr_overlay_settings_get_style (
    const KocrOverlaySettings *self, KocrOverlayStyle *style)
{
  const gchar *font = self->font_desc ? self->font_desc : DEFAULT_FONT_DESC;

  *style = (KocrOverlayStyle) {
    .show_boxes = self->show_boxes,
    .show_text = self->show_text,
    .color = self->color,
    .line_width = self->line_width,
    .font_desc = g_strdup (font),
    .tint = self->fill == KOCR_OVERLAY_FILL_TINT,
    .hides_text = hides_text (self),
    .pattern = self->pattern ? kocr_text_pattern_ref (self->pattern) : NULL
  };
}

void
kocr_overlay_settings_get_mask (
    const KocrOverlaySettings *self, KocrMaskSettings *mask)
{
  *mask = (KocrMaskSettings){ .active = hides_text (self),
    .fill = self->fill == KOCR_OVERLAY_FILL_BLUR ? KOCR_MASK_FILL_BLUR
                                                 : KOCR_MASK_FILL_REDACT,
    .fail_closed = self->fail_closed,
    .hold = self->hold,
    .pattern = self->pattern ? kocr_text_pattern_ref (self->pattern) : NULL };
}
