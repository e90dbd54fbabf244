/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/composition.h"

#include <math.h>
#include <string.h>

#include "overlay/displaytext.h"
#include "overlay/labellayout.h"
#include "overlay/outline.h"
#include "overlay/palette.h"

/* Lines in a frame for each pixel of an outline's width: 1 at 480p, 2 at 720p,
 * 3 at 1080p, 5 at 4K. */
#define LINES_PER_PIXEL 420.0

/* Labels follow tilted text in steps, since letters are drawn anew for every
 * angle; what is nearly level is level. */
#define ANGLE_STEP (G_PI / 180.0)
#define LEVEL (1.5 * ANGLE_STEP)

/* A label is as big as the text that it names, down to this size. */
#define MIN_LABEL_EM 11.0
#define LABEL_TO_LINE 1.15

/* Enough to see, on white as well, and the text stays readable. */
#define TINT_OPACITY 0.35

/* Lines that are nearer than this many heights must not look alike. */
#define NEAR 2.5

/* A line of text and what is drawn for it. */
typedef struct
{
  const KocrOverlayRegion *regions;
  guint n_regions;
  gdouble angle;                /* of its label */
  KocrOrientedBox box;              /* around its regions */
  gchar *text;
  guint32 color;
  guint32 palette_bit;          /* of color, if it is one of the palette */
} Line;

typedef struct
{
  const KocrOverlayTarget *target;
  const KocrOverlayStyle *style;
  const KocrLabelStyle *labels;
  const KocrOverlayRegion *regions;
  guint n_regions;
  Line *lines;
  guint n_lines;
  gdouble line_width;
} Composition;

void
kocr_overlay_style_copy (KocrOverlayStyle * to, const KocrOverlayStyle * from)
{
  *to = *from;
  to->font_desc = g_strdup (from->font_desc);
  if (to->pattern)
    kocr_text_pattern_ref (to->pattern);
}

void
kocr_overlay_style_clear (KocrOverlayStyle * style)
{
  g_clear_pointer (&style->pattern, kocr_text_pattern_unref);
  g_clear_pointer (&style->font_desc, g_free);
}

/* --- Lines --- */

/* Text is read from left to right, or from top to bottom where it stands. */
static gdouble
label_angle (gdouble angle)
{
  if (angle > G_PI_2 + LEVEL)
    angle -= G_PI;
  else if (angle <= -G_PI_2 + LEVEL)
    angle += G_PI;
  return fabs (angle) < LEVEL ? 0.0 : round (angle / ANGLE_STEP) * ANGLE_STEP;
}

static gchar *
line_text (const Line * line)
{
  GString *text = g_string_new (NULL);
  guint i;

  for (i = 0; i < line->n_regions; i++)
    kocr_display_text_append (text, line->regions[i].text);
  return g_string_free (text, FALSE);
}

static void
line_init (Line * line, const KocrOverlayRegion * regions, guint n_regions,
    gdouble angle)
{
  g_autofree gdouble *points = g_new (gdouble,
      GST_KAKAO_OCR_BOX_LEN * n_regions);
  guint i;

  for (i = 0; i < n_regions; i++)
    memcpy (&points[GST_KAKAO_OCR_BOX_LEN * i], regions[i].box,
        sizeof (regions[i].box));
  line->regions = regions;
  line->n_regions = n_regions;
  line->angle = label_angle (angle);
  kocr_oriented_box_init (&line->box, line->angle, points, 4 * n_regions);
  line->text = line_text (line);
  line->palette_bit = 0;
}

static gboolean
is_near (const Line * a, const Line * b)
{
  gdouble room = NEAR * MAX (a->box.height, b->box.height);
  gdouble al, at, ar, ab, bl, bt, br, bb;

  kocr_oriented_box_get_bounds (&a->box, &al, &at, &ar, &ab);
  kocr_oriented_box_get_bounds (&b->box, &bl, &bt, &br, &bb);
  return al - room < br && bl - room < ar && at - room < bb && bt - room < ab;
}

/* Tracks first, since their colours are given. */
static void
choose_colors (Composition *self)
{
  guint i, j;

  for (i = 0; i < self->n_lines; i++) {
    Line *line = &self->lines[i];
    guint64 track = line->regions[0].track;

    line->color = self->style->color;
    if (line->color == 0 && track != 0) {
      line->color = kocr_palette_get_color (track);
      line->palette_bit = kocr_palette_get_bit (track);
    }
  }

  for (i = 0; i < self->n_lines; i++) {
    Line *line = &self->lines[i];
    guint32 taken = 0, before;

    if (line->color != 0)
      continue;
    for (j = 0; j < self->n_lines; j++) {
      if (self->lines[j].palette_bit && is_near (line, &self->lines[j]))
        taken |= self->lines[j].palette_bit;
    }
    before = taken;
    line->color = kocr_palette_pick_color (
        self->style->hides_text ? "" : line->text, &taken);
    line->palette_bit = taken & ~before;
  }
}

/* --- Labels --- */

static gboolean
is_visible (const Composition *self, const Line *line)
{
  gdouble left, top, right, bottom;

  kocr_oriented_box_get_bounds (&line->box, &left, &top, &right, &bottom);
  return right > 0.0 && bottom > 0.0 && left < self->target->width &&
      top < self->target->height;
}

static void
choose_sizes (const Composition *self, const Line *line, KocrLabelSlot *slot)
{
  guint *largest = &slot->largest, *smallest = &slot->smallest;

  *smallest = KOCR_LABEL_LAYOUT_N_SIZES - 1;
  while (*smallest > 0 &&
      self->labels->em * kocr_label_layout_sizes[*smallest] < MIN_LABEL_EM)
    (*smallest)--;
  *largest = 0;
  while (*largest < *smallest
         && self->labels->em * kocr_label_layout_sizes[*largest]
                > LABEL_TO_LINE * line->box.height)
    (*largest)++;
}

/* Takes @layout, which is that of the full size. */
static void
label_init (KocrLabel *label, const Composition *self,
    const KocrLabelSlot *slot, const Line *line, PangoLayout *layout)
{
  gdouble width, height;

  label->style = self->labels;
  label->size = kocr_label_layout_sizes[slot->size];
  label->place = slot->place;
  label->color = line->color;
  label->layout = layout;
  if (slot->size > 0) {
    g_object_unref (layout);
    label->layout
        = kocr_label_style_lay_out (self->labels, line->text, label->size);
  }
  kocr_label_style_measure (self->labels, label->layout, label->size, &width,
      &height);
  label->place.width = MAX (label->place.width, width);
  label->place.height = MAX (label->place.height, height);
  if (label->place.sin == 0.0) {
    label->place.left = round (label->place.left);
    label->place.top = round (label->place.top);
    label->place.width = round (label->place.width);
    label->place.height = round (label->place.height);
  }
}

static void
draw_labels (const Composition *self)
{
  g_autofree KocrLabelSlot *slots = g_new0 (KocrLabelSlot, self->n_lines);
  g_autofree const Line **lines = g_new (const Line *, self->n_lines);
  g_autofree KocrOrientedBox *boxes = g_new (KocrOrientedBox, self->n_regions);
  g_autofree PangoLayout **layouts = g_new (PangoLayout *, self->n_lines);
  g_autofree KocrLabel *labels = g_new (KocrLabel, self->n_lines);
  g_autoptr (GArray) shapes
      = g_array_new (FALSE, FALSE, sizeof (KocrOverlayShape));
  gdouble margin = self->style->show_boxes
                       ? kocr_outline_get_margin (self->line_width)
                       : 1.0;
  guint i, j, n_slots = 0;

  for (i = 0; i < self->n_lines; i++) {
    const Line *line = &self->lines[i];
    KocrLabelSlot *slot = &slots[n_slots];

    slot->first_region = line->regions - self->regions;
    slot->n_regions = line->n_regions;
    for (j = 0; j < line->n_regions; j++)
      kocr_oriented_box_init (&boxes[slot->first_region + j], line->angle,
          line->regions[j].box, 4);
    if (!*line->text || !is_visible (self, line))
      continue;

    layouts[n_slots] = kocr_label_style_lay_out (self->labels, line->text, 1.0);
    slot->line = line->box;
    kocr_oriented_box_grow (&slot->line, margin);
    kocr_label_style_measure (self->labels, layouts[n_slots], 1.0, &slot->width,
        &slot->height);
    choose_sizes (self, line, slot);
    lines[n_slots++] = line;
  }

  kocr_label_layout_place (slots, n_slots, boxes, self->n_regions,
      self->target->width, self->target->height);
  for (i = 0; i < n_slots; i++) {
    label_init (&labels[i], self, &slots[i], lines[i], layouts[i]);
    kocr_label_add_shapes (&labels[i], shapes, self->target);
  }
  kocr_overlay_shapes_draw (shapes, self->target);
  for (i = 0; i < n_slots; i++)
    g_object_unref (labels[i].layout);
}

static guint32
get_tint (guint32 color)
{
  return (guint) ((color >> 24) * TINT_OPACITY) << 24 | (color & 0xffffff);
}

/* And what is inside. */
static void
draw_outlines (const Composition *self)
{
  gdouble line_width = self->style->show_boxes ? self->line_width : 0.0;
  g_autofree KocrOutline *outlines = g_new (KocrOutline, self->n_regions);
  g_autoptr (GArray) shapes
      = g_array_new (FALSE, FALSE, sizeof (KocrOverlayShape));
  guint i, j, n = 0;

  for (i = 0; i < self->n_lines; i++) {
    for (j = 0; j < self->lines[i].n_regions; j++) {
      guint32 color = self->lines[i].color;
      KocrOutline outline = { self->lines[i].regions[j].box, line_width, color,
        self->style->tint ? get_tint (color) : 0
      };

      outlines[n] = outline;
      kocr_outline_add_shapes (&outlines[n++], shapes, self->target);
    }
  }
  kocr_overlay_shapes_draw (shapes, self->target);
}

void
kocr_overlay_composition_fill (const KocrOverlayTarget *target,
    const KocrOverlayStyle *style, const KocrLabelStyle *labels,
    const GArray *regions)
{
  g_autoptr (GArray) runs
      = g_array_new (FALSE, FALSE, sizeof (KocrOverlayLine));
  Composition self = {
    target,
    style,
    labels,
  };
  guint i;

  kocr_overlay_regions_to_lines (regions, runs);
  self.regions = (const KocrOverlayRegion *) regions->data;
  self.n_regions = regions->len;
  self.n_lines = runs->len;
  self.lines = g_new (Line, runs->len);
  self.line_width = style->line_width;
  if (self.line_width == 0.0)
    self.line_width = MAX (1.0, round (MIN (target->width, target->height) /
            LINES_PER_PIXEL));
  for (i = 0; i < runs->len; i++) {
    const KocrOverlayLine *run = &g_array_index (runs, KocrOverlayLine, i);

    line_init (&self.lines[i], self.regions + run->first, run->n_regions,
        run->angle);
  }
  choose_colors (&self);

  if (style->show_boxes || style->tint)
    draw_outlines (&self);
  if (style->show_text && !style->hides_text)
    draw_labels (&self);

  for (i = 0; i < self.n_lines; i++)
    g_free (self.lines[i].text);
  g_free (self.lines);
}
