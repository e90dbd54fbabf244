/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "redactionscene.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#define FONT "Noto Sans CJK KR 34px"
#define GAP 14.0                /* between words */
#define ROW 46.0                /* from line to line */

/* A text that is fainter is not read by most, and may be by some. */
#define LEAST_READ 0.4
/* Of a word, what must be in the picture. */
#define LEAST_SEEN 0.5

static const gchar *number[] = { "4111", "2222", "3333" };

typedef struct
{
  gdouble x, y, angle, alpha;
  gboolean wrapped;
} Look;

/* There and back again. */
static gdouble
swing (gdouble step, gdouble speed, gdouble from, gdouble to)
{
  gdouble way = fmod (step * speed, 2.0 * (to - from));

  return from + (way > to - from ? 2.0 * (to - from) - way : way);
}

static Look
get_look (RedactionScene scene, gdouble step)
{
  Look look = { 100.0, 140.0, 0.0, 1.0, FALSE };

  switch (scene) {
    case REDACTION_MOVING:
      look.x = swing (step, 6.0, 20.0, 320.0);
      look.y = swing (step, 2.0, 60.0, 220.0);
      break;
    case REDACTION_FADING:
      look.alpha = swing (step, 0.09, 0.0, 1.0);
      break;
    case REDACTION_WRAPPED:
      look.wrapped = TRUE;
      look.y = swing (step, 1.0, 80.0, 180.0);
      break;
    case REDACTION_ROTATED:
      look.angle = swing (step, 0.02, -0.35, 0.35);
      break;
    case REDACTION_CROPPED:
      look.x = swing (step, 5.0, -30.0, 200.0);
      break;
    case REDACTION_INTERLACED:
      look.x = swing (step, 5.0, 40.0, 300.0);
      break;
    default:
      break;
  }
  return look;
}

/* Corners of an ink rectangle as they are on the surface. */
static void
get_corners (cairo_t * cr, const PangoRectangle * ink, gdouble box[8])
{
  const gdouble left = ink->x, right = ink->x + ink->width;
  const gdouble top = ink->y, bottom = ink->y + ink->height;
  const gdouble corners[8] = { left, top, right, top, right, bottom, left,
    bottom
  };
  guint i;

  memcpy (box, corners, sizeof (corners));
  for (i = 0; i < 4; i++)
    cairo_user_to_device (cr, &box[2 * i], &box[2 * i + 1]);
}

/* Draws @text at the point of @cr; how wide it is. */
static gdouble
draw_word (cairo_t * cr, const gchar * text, GArray * words)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string (FONT);
  PangoRectangle ink, logical;
  RedactionWord word = { {0.0,}, text };

  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_extents (layout, &ink, &logical);
  pango_cairo_show_layout (cr, layout);
  get_corners (cr, &ink, word.box);
  if (words)
    g_array_append_val (words, word);
  pango_font_description_free (font);
  g_object_unref (layout);
  return logical.width;
}

static void
draw_number (cairo_t * cr, const Look * look, GArray * words)
{
  gdouble x = 0.0;
  guint i;

  cairo_save (cr);
  cairo_set_source_rgba (cr, 0.05, 0.1, 0.3, look->alpha);
  cairo_translate (cr, look->x, look->y);
  cairo_rotate (cr, look->angle);
  for (i = 0; i < G_N_ELEMENTS (number); i++) {
    gboolean wraps = look->wrapped && i == 2;

    cairo_save (cr);
    cairo_translate (cr, wraps ? 0.0 : x, wraps ? ROW : 0.0);
    x += draw_word (cr, number[i], look->alpha < LEAST_READ ? NULL : words) +
        GAP;
    cairo_restore (cr);
  }
  cairo_restore (cr);
}

static void
draw_ground (cairo_t * cr, GArray * words)
{
  cairo_pattern_t *ground = cairo_pattern_create_linear (0.0, 0.0,
      REDACTION_WIDTH, REDACTION_HEIGHT);

  cairo_pattern_add_color_stop_rgb (ground, 0.0, 0.95, 0.92, 0.8);
  cairo_pattern_add_color_stop_rgb (ground, 1.0, 0.75, 0.85, 0.95);
  cairo_set_source (cr, ground);
  cairo_paint (cr);
  cairo_pattern_destroy (ground);

  cairo_save (cr);
  cairo_set_source_rgb (cr, 0.2, 0.0, 0.0);
  cairo_translate (cr, 440.0, 270.0);
  draw_word (cr, REDACTION_OPEN, words);
  cairo_restore (cr);
}

/* The number alone, as premultiplied ARGB. */
static void
attach_number (GstBuffer * frame, const Look * look, GArray * words)
{
  gsize size = REDACTION_WIDTH * REDACTION_HEIGHT * 4;
  GstBuffer *pixels = gst_buffer_new_allocate (NULL, size, NULL);
  g_autoptr (GstVideoOverlayRectangle) rectangle = NULL;
  g_autoptr (GstVideoOverlayComposition) composition = NULL;
  cairo_surface_t *surface;
  GstMapInfo map;
  cairo_t *cr;

  gst_buffer_memset (pixels, 0, 0, size);
  g_assert_true (gst_buffer_map (pixels, &map, GST_MAP_READWRITE));
  surface = cairo_image_surface_create_for_data (map.data,
      CAIRO_FORMAT_ARGB32, REDACTION_WIDTH, REDACTION_HEIGHT,
      REDACTION_WIDTH * 4);
  cr = cairo_create (surface);
  draw_number (cr, look, words);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  gst_buffer_unmap (pixels, &map);

  gst_buffer_add_video_meta (pixels, GST_VIDEO_FRAME_FLAG_NONE,
      GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB, REDACTION_WIDTH,
      REDACTION_HEIGHT);
  rectangle = gst_video_overlay_rectangle_new_raw (pixels, 0, 0,
      REDACTION_WIDTH, REDACTION_HEIGHT,
      GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA);
  composition = gst_video_overlay_composition_new (rectangle);
  gst_buffer_add_video_overlay_composition_meta (frame, composition);
  gst_buffer_unref (pixels);
}

static void
crop (GstBuffer * frame, GArray * words)
{
  GstVideoCropMeta *meta = gst_buffer_add_video_crop_meta (frame);
  guint i;

  meta->x = REDACTION_CROP_X;
  meta->y = REDACTION_CROP_Y;
  meta->width = REDACTION_CROP_WIDTH;
  meta->height = REDACTION_CROP_HEIGHT;
  /* What is read of a word that is cut is what can be seen of it. */
  for (i = words->len; i-- > 0;) {
    gdouble *box = g_array_index (words, RedactionWord, i).box;
    gdouble width = box[2] - box[0];

    box[0] = box[6] = MAX (box[0], REDACTION_CROP_X);
    if (box[2] - box[0] < LEAST_SEEN * width)
      g_array_remove_index (words, i);
  }
}

GstBuffer *
redaction_scene_draw (RedactionScene scene, guint step, guint n_steps,
    GArray * words)
{
  gsize stride = REDACTION_WIDTH * 4, size = stride * REDACTION_HEIGHT;
  GstBuffer *frame = gst_buffer_new_allocate (NULL, size, NULL);
  gint field, y, n_fields = scene == REDACTION_INTERLACED ? 2 : 1;
  GstMapInfo map;

  g_assert_true (gst_buffer_map (frame, &map, GST_MAP_WRITE));
  for (field = 0; field < n_fields; field++) {
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
        REDACTION_WIDTH, REDACTION_HEIGHT);
    cairo_t *cr = cairo_create (surface);
    Look look = get_look (scene, step + field / 2.0);
    GArray *read = field == 0 ? words : NULL;

    draw_ground (cr, read);
    if (scene != REDACTION_ATTACHED)
      draw_number (cr, &look, read);
    cairo_surface_flush (surface);
    for (y = field; y < REDACTION_HEIGHT; y += n_fields)
      memcpy (map.data + y * stride, cairo_image_surface_get_data (surface) +
          y * cairo_image_surface_get_stride (surface), stride);
    cairo_destroy (cr);
    cairo_surface_destroy (surface);
  }
  gst_buffer_unmap (frame, &map);

  if (scene == REDACTION_ATTACHED) {
    Look look = get_look (scene, step);

    attach_number (frame, &look, words);
  }
  if (scene == REDACTION_CROPPED)
    crop (frame, words);
  if (scene == REDACTION_INTERLACED) {
    GST_BUFFER_FLAG_SET (frame, GST_VIDEO_BUFFER_FLAG_INTERLACED);
    GST_BUFFER_FLAG_SET (frame, GST_VIDEO_BUFFER_FLAG_TFF);
  }
  GST_BUFFER_PTS (frame) = (scene * n_steps + step) * REDACTION_FRAME;
  GST_BUFFER_DURATION (frame) = REDACTION_FRAME;
  return frame;
}
