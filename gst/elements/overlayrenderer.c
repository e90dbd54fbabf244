/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlayrenderer.h"

#include <math.h>
#include <string.h>

#include "displaytext.h"
#include "labellayout.h"
#include "overlaylabel.h"
#include "overlaypixels.h"
#include "overlayregion.h"
#include "palette.h"

/* Lines in a frame for each pixel of an outline's width: 1 at 360p, 2 at 720p,
 * 3 at 1080p, 5 at 4K. */
#define LINES_PER_PIXEL 400.0

/* The dark seam on either side of an outline, that shows it on what has its
 * own colour; in parts of the line's width. */
#define SEAM 0.5
#define SEAM_COLOR 0.0, 0.0, 0.0, 0.5

/* Labels follow tilted text in steps, since letters are drawn anew for every
 * angle; what is nearly level is level. */
#define ANGLE_STEP (G_PI / 180.0)
#define LEVEL (1.5 * ANGLE_STEP)

/* A label is as big as the text that it names, down to this size. */
#define MIN_LABEL_EM 11.0
#define LABEL_TO_LINE 1.15

/* Lines that are nearer than this many heights must not look alike. */
#define NEAR 2.5

struct _OverlayRenderer
{
  PangoContext *context;
  OverlayStyle style;
  GstVideoInfo info;
  gboolean blended;
  LabelStyle labels;
  OverlayPixels pixels;

  /* What is kept: the drawing, what it was made of, and the results that own
   * the texts of it. */
  gboolean drawn;
  GstVideoOverlayComposition *composition;	/* NULL: there is nothing */
  GArray *regions;		/* of OverlayRegion, as they came */
  GPtrArray *results;
  gint x, y, width, height;	/* the visible part of the frame */
};

/* One drawing in the making. */
typedef struct
{
  OverlayRenderer *self;
  GstVideoOverlayComposition *composition;
  GArray *regions;		/* of OverlayRegion, in the order of lines */
  GArray *lines;		/* of OverlayLine */
  guint32 *colors;		/* of each line */
  gdouble line_width;
} Drawing;

void
overlay_style_clear (OverlayStyle * style)
{
  g_clear_pointer (&style->font_desc, g_free);
}

OverlayRenderer *
overlay_renderer_new (void)
{
  OverlayRenderer *self = g_new0 (OverlayRenderer, 1);
  g_autoptr (PangoFontMap) fonts = pango_cairo_font_map_new ();
  cairo_font_options_t *options = cairo_font_options_create ();

  /* Pictures are scaled and labels turned: letters keep their shape. */
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  self->context = pango_font_map_create_context (fonts);
  pango_cairo_context_set_font_options (self->context, options);
  cairo_font_options_destroy (options);

  self->regions = g_array_new (FALSE, FALSE, sizeof (OverlayRegion));
  self->results = g_ptr_array_new_with_free_func ((GDestroyNotify)
						  gst_kakao_ocr_result_unref);
  gst_video_info_init (&self->info);
  return self;
}

void
overlay_renderer_reset (OverlayRenderer * self)
{
  self->drawn = FALSE;
  g_clear_pointer (&self->composition, gst_video_overlay_composition_unref);
  g_array_set_size (self->regions, 0);
  g_ptr_array_set_size (self->results, 0);
}

void
overlay_renderer_free (OverlayRenderer * self)
{
  overlay_renderer_reset (self);
  g_array_unref (self->regions);
  g_ptr_array_unref (self->results);
  label_style_clear (&self->labels);
  overlay_style_clear (&self->style);
  g_object_unref (self->context);
  g_free (self);
}

static void
update_labels (OverlayRenderer * self)
{
  PangoFontDescription *description;
  gdouble stretch = 1.0;

  if (!self->style.font_desc || GST_VIDEO_INFO_WIDTH (&self->info) == 0)
    return;
  if (GST_VIDEO_INFO_PAR_N (&self->info) > 0)
    stretch = (gdouble) GST_VIDEO_INFO_PAR_D (&self->info) /
      GST_VIDEO_INFO_PAR_N (&self->info);

  label_style_clear (&self->labels);
  description = pango_font_description_from_string (self->style.font_desc);
  label_style_init (&self->labels, self->context, description,
		    GST_VIDEO_INFO_WIDTH (&self->info),
		    GST_VIDEO_INFO_HEIGHT (&self->info), stretch);
  pango_font_description_free (description);
}

void
overlay_renderer_set_style (OverlayRenderer * self,
			    const OverlayStyle * style)
{
  overlay_style_clear (&self->style);
  self->style = *style;
  self->style.font_desc = g_strdup (style->font_desc);
  update_labels (self);
  overlay_renderer_reset (self);
}

void
overlay_renderer_set_frame (OverlayRenderer * self, const GstVideoInfo * info,
			    gboolean blended)
{
  self->info = *info;
  self->blended = blended;
  overlay_pixels_init (&self->pixels, blended ? info : NULL);
  update_labels (self);
  overlay_renderer_reset (self);
}

/* --- Outlines --- */

static void
quad_path (cairo_t * cr, const gdouble * box, gdouble line_width)
{
  gboolean upright = overlay_tile_quad_is_upright (box);
  guint i;

  for (i = 0; i < 4; i++)
    {
      gdouble x = box[2 * i], y = box[2 * i + 1];

      /* Upright lines fill whole rows and columns, else they look soft. */
      if (upright)
	{
	  x = round (x - line_width / 2.0) + line_width / 2.0;
	  y = round (y - line_width / 2.0) + line_width / 2.0;
	}
      if (i == 0)
	cairo_move_to (cr, x, y);
      else
	cairo_line_to (cr, x, y);
    }
  cairo_close_path (cr);
}

static void
set_color (cairo_t * cr, guint32 color)
{
  cairo_set_source_rgba (cr, (color >> 16 & 0xff) / 255.0,
			 (color >> 8 & 0xff) / 255.0, (color & 0xff) / 255.0,
			 (color >> 24) / 255.0);
}

static void
draw_outlines (const Drawing * drawing, const OverlayTile * tile, guint first,
	       guint last, guint32 color)
{
  OverlayDrawing canvas;
  guint i;

  if (!overlay_drawing_begin (&canvas, tile))
    return;
  for (i = first; i <= last; i++)
    quad_path (canvas.cr, g_array_index (drawing->regions, OverlayRegion,
					 i).box, drawing->line_width);
  cairo_set_line_join (canvas.cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (canvas.cr, drawing->line_width * (1.0 + 2.0 * SEAM));
  cairo_set_source_rgba (canvas.cr, SEAM_COLOR);
  cairo_stroke_preserve (canvas.cr);
  cairo_set_line_width (canvas.cr, drawing->line_width);
  set_color (canvas.cr, color);
  cairo_stroke (canvas.cr);
  overlay_drawing_end (&canvas, &drawing->self->pixels, drawing->composition,
		       drawing->self->x, drawing->self->y);
}

/* Draws the outlines of regions @first to @last, which @joined holds; a single
 * one in the tiles that suit it best. */
static void
flush_outlines (const Drawing * drawing, const OverlayTile * joined,
		guint first, guint last, gdouble margin, guint32 color)
{
  OverlayRenderer *self = drawing->self;
  g_autoptr (GArray) tiles = NULL;
  guint i;

  if (first != last)
    {
      draw_outlines (drawing, joined, first, last, color);
      return;
    }
  tiles = g_array_new (FALSE, FALSE, sizeof (OverlayTile));
  overlay_tiles_cut (tiles, g_array_index (drawing->regions, OverlayRegion,
					   first).box, margin, TRUE,
		     self->width, self->height);
  for (i = 0; i < tiles->len; i++)
    draw_outlines (drawing, &g_array_index (tiles, OverlayTile, i), first,
		   first, color);
}

/* The words of a line share a rectangle as far as that is cheaper. */
static void
draw_line_outlines (const Drawing * drawing, const OverlayLine * line,
		    guint32 color)
{
  OverlayRenderer *self = drawing->self;
  gdouble margin = drawing->line_width * (0.5 + SEAM) + 1.0;
  g_autoptr (GArray) tiles = g_array_new (FALSE, FALSE, sizeof (OverlayTile));
  OverlayTile joined = { 0, };
  gdouble joined_cost = 0.0;
  guint i, first = 0, last = 0;
  gboolean any = FALSE;

  for (i = line->first; i < line->first + line->n_regions; i++)
    {
      const gdouble *box =
	g_array_index (drawing->regions, OverlayRegion, i).box;
      OverlayTile tile, both;
      gdouble cost;

      if (!overlay_tile_init (&tile, box, margin, self->width, self->height))
	continue;
      g_array_set_size (tiles, 0);
      cost = overlay_tiles_cut (tiles, box, margin, TRUE, self->width,
				self->height);
      both = tile;
      if (any)
	{
	  overlay_tile_join (&both, &joined);
	  if (overlay_tile_get_cost (&both, self->width) <=
	      joined_cost + cost)
	    {
	      joined = both;
	      joined_cost = overlay_tile_get_cost (&both, self->width);
	      last = i;
	      continue;
	    }
	  flush_outlines (drawing, &joined, first, last, margin, color);
	}
      any = TRUE;
      joined = tile;
      joined_cost = cost;
      first = last = i;
    }
  if (any)
    flush_outlines (drawing, &joined, first, last, margin, color);
}

/* --- Labels --- */

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
line_text (const Drawing * drawing, const OverlayLine * line)
{
  GString *text = g_string_new (NULL);
  guint i;

  for (i = line->first; i < line->first + line->n_regions; i++)
    display_text_append (text, g_array_index (drawing->regions, OverlayRegion,
					      i).text);
  return g_string_free (text, FALSE);
}

/* Around all regions of a line; FALSE when it is outside the frame. */
static gboolean
line_box (const Drawing * drawing, const OverlayLine * line, gdouble angle,
	  OrientedBox * box)
{
  g_autofree gdouble *points = g_new (gdouble,
				      GST_KAKAO_OCR_BOX_LEN *
				      line->n_regions);
  gdouble left, top, right, bottom;
  guint i;

  for (i = 0; i < line->n_regions; i++)
    memcpy (&points[GST_KAKAO_OCR_BOX_LEN * i],
	    g_array_index (drawing->regions, OverlayRegion,
			   line->first + i).box,
	    sizeof (gdouble) * GST_KAKAO_OCR_BOX_LEN);
  oriented_box_init (box, angle, points, 4 * line->n_regions);
  oriented_box_get_bounds (box, &left, &top, &right, &bottom);
  return right > 0.0 && bottom > 0.0 && left < drawing->self->width &&
    top < drawing->self->height;
}

static void
choose_sizes (const OverlayRenderer * self, LabelSlot * slot)
{
  guint *largest = &slot->largest, *smallest = &slot->smallest;

  *smallest = LABEL_LAYOUT_N_SIZES - 1;
  while (*smallest > 0 &&
	 self->labels.em * label_layout_sizes[*smallest] < MIN_LABEL_EM)
    (*smallest)--;
  *largest = 0;
  while (*largest < *smallest && self->labels.em *
	 label_layout_sizes[*largest] > LABEL_TO_LINE * slot->line.height)
    (*largest)++;
}

static void
draw_label (const Drawing * drawing, const LabelSlot * slot,
	    const gchar * text, PangoLayout * layout, guint32 color)
{
  OverlayRenderer *self = drawing->self;
  gdouble size = label_layout_sizes[slot->size];
  g_autoptr (GArray) tiles = g_array_new (FALSE, FALSE, sizeof (OverlayTile));
  g_autoptr (PangoLayout) smaller = NULL;
  OrientedBox place = slot->place;
  gdouble corners[8];
  guint i;

  if (slot->size > 0)
    layout = smaller = label_style_lay_out (&self->labels, text, size);
  if (place.sin == 0.0)
    {
      place.left = round (place.left);
      place.top = round (place.top);
    }
  label_style_measure (&self->labels, layout, size, &place.width,
		       &place.height);

  oriented_box_get_corners (&place, corners);
  overlay_tiles_cut (tiles, corners, place.sin == 0.0 ? 0.0 : 1.0, FALSE,
		     self->width, self->height);
  for (i = 0; i < tiles->len; i++)
    {
      OverlayDrawing canvas;

      if (!overlay_drawing_begin (&canvas, &g_array_index (tiles, OverlayTile,
							   i)))
	return;
      label_style_draw (&self->labels, canvas.cr, layout, size, &place,
			color);
      overlay_drawing_end (&canvas, &self->pixels, drawing->composition,
			   self->x, self->y);
    }
}

static void
draw_labels (const Drawing * drawing, gchar ** texts)
{
  OverlayRenderer *self = drawing->self;
  guint n_lines = drawing->lines->len, n_slots = 0, i, j;
  g_autofree LabelSlot *slots = g_new0 (LabelSlot, n_lines);
  g_autofree guint *slot_lines = g_new (guint, n_lines);
  g_autofree OrientedBox *boxes = g_new (OrientedBox, drawing->regions->len);
  g_autoptr (GPtrArray) layouts =
    g_ptr_array_new_with_free_func (g_object_unref);

  for (i = 0; i < n_lines; i++)
    {
      const OverlayLine *line =
	&g_array_index (drawing->lines, OverlayLine, i);
      gdouble angle = label_angle (line->angle);
      LabelSlot *slot = &slots[n_slots];

      for (j = line->first; j < line->first + line->n_regions; j++)
	oriented_box_init (&boxes[j], angle, g_array_index (drawing->regions,
							    OverlayRegion,
							    j).box, 4);
      if (!*texts[i] || !line_box (drawing, line, angle, &slot->line))
	continue;

      slot->first_region = line->first;
      slot->n_regions = line->n_regions;
      g_ptr_array_add (layouts, label_style_lay_out (&self->labels, texts[i],
						     1.0));
      label_style_measure (&self->labels, layouts->pdata[n_slots], 1.0,
			   &slot->width, &slot->height);
      choose_sizes (self, slot);
      slot_lines[n_slots++] = i;
    }

  label_layout_place (slots, n_slots, boxes, drawing->regions->len,
		      self->width, self->height,
		      round (drawing->line_width * (0.5 + SEAM)) +
		      (self->style.show_boxes ? 1.0 : 0.0));
  for (i = 0; i < n_slots; i++)
    draw_label (drawing, &slots[i], texts[slot_lines[i]], layouts->pdata[i],
		drawing->colors[slot_lines[i]]);
}

/* --- Both --- */

static void
choose_colors (Drawing * drawing, gchar ** texts)
{
  guint i, j, n_lines = drawing->lines->len;
  g_autofree OrientedBox *rooms = g_new (OrientedBox, n_lines);
  g_autofree guint32 *bits = g_new0 (guint32, n_lines);

  for (i = 0; i < n_lines; i++)
    {
      const OverlayLine *line =
	&g_array_index (drawing->lines, OverlayLine, i);
      guint64 track = g_array_index (drawing->regions, OverlayRegion,
				     line->first).track;
      guint32 taken = 0, before;
      gdouble room;

      line_box (drawing, line, 0.0, &rooms[i]);
      room = NEAR * MIN (rooms[i].width, rooms[i].height);
      rooms[i].left -= room;
      rooms[i].top -= room;
      rooms[i].width += 2.0 * room;
      rooms[i].height += 2.0 * room;

      if (drawing->self->style.color != 0)
	{
	  drawing->colors[i] = drawing->self->style.color;
	}
      else if (track != 0)
	{
	  drawing->colors[i] = palette_get_color (track);
	  bits[i] = palette_get_bit (track);
	}
      else
	{
	  for (j = 0; j < i; j++)
	    {
	      if (oriented_box_overlap (&rooms[i], &rooms[j]) > 0.0)
		taken |= bits[j];
	    }
	  before = taken;
	  drawing->colors[i] = palette_take_color (texts[i], &taken);
	  bits[i] = taken & ~before;
	}
    }
}

static GstVideoOverlayComposition *
draw (OverlayRenderer * self)
{
  g_autoptr (GArray) regions = g_array_copy (self->regions);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (OverlayLine));
  g_autofree guint32 *colors = NULL;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Drawing drawing = { self, NULL, regions, lines, NULL, 0.0 };
  guint i;

  overlay_regions_to_lines (regions, lines);
  drawing.composition = gst_video_overlay_composition_new (NULL);
  drawing.colors = colors = g_new (guint32, lines->len);
  drawing.line_width = self->style.line_width;
  if (drawing.line_width == 0.0)
    drawing.line_width = MAX (1.0, round (MIN (self->width, self->height) /
					  LINES_PER_PIXEL));

  for (i = 0; i < lines->len; i++)
    g_ptr_array_add (texts, line_text (&drawing, &g_array_index (lines,
								 OverlayLine,
								 i)));
  choose_colors (&drawing, (gchar **) texts->pdata);

  for (i = 0; i < lines->len && self->style.show_boxes; i++)
    draw_line_outlines (&drawing, &g_array_index (lines, OverlayLine, i),
			colors[i]);
  if (self->style.show_text)
    draw_labels (&drawing, (gchar **) texts->pdata);

  if (gst_video_overlay_composition_n_rectangles (drawing.composition) == 0)
    g_clear_pointer (&drawing.composition,
		     gst_video_overlay_composition_unref);
  return drawing.composition;
}

/* The part of the frame in which boxes are measured. */
static void
get_visible (const OverlayRenderer * self, GstBuffer * buffer,
	     gint visible[4])
{
  GstVideoCropMeta *crop = gst_buffer_get_video_crop_meta (buffer);

  visible[0] = crop && self->blended ? crop->x : 0;
  visible[1] = crop && self->blended ? crop->y : 0;
  visible[2] = crop ? (gint) crop->width : GST_VIDEO_INFO_WIDTH (&self->info);
  visible[3] =
    crop ? (gint) crop->height : GST_VIDEO_INFO_HEIGHT (&self->info);
}

GstVideoOverlayComposition *
overlay_renderer_render (OverlayRenderer * self, GstBuffer * buffer)
{
  g_autoptr (GArray) regions = NULL;
  g_autoptr (GPtrArray) results = NULL;
  gint visible[4];

  if (!gst_buffer_get_kakao_ocr_meta (buffer))
    return NULL;

  regions = g_array_new (FALSE, FALSE, sizeof (OverlayRegion));
  results = g_ptr_array_new_with_free_func ((GDestroyNotify)
					    gst_kakao_ocr_result_unref);
  overlay_regions_gather (buffer, regions, results);
  get_visible (self, buffer, visible);

  if (!self->drawn || !overlay_regions_equal (regions, self->regions) ||
      visible[0] != self->x || visible[1] != self->y ||
      visible[2] != self->width || visible[3] != self->height)
    {
      overlay_renderer_reset (self);
      g_array_unref (self->regions);
      self->regions = g_steal_pointer (&regions);
      g_ptr_array_unref (self->results);
      self->results = g_steal_pointer (&results);
      self->x = visible[0];
      self->y = visible[1];
      self->width = visible[2];
      self->height = visible[3];
      self->composition = draw (self);
      self->drawn = TRUE;
    }
  return self->composition ?
    gst_video_overlay_composition_ref (self->composition) : NULL;
}
