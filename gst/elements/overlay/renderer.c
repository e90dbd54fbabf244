/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/renderer.h"

#include "geometry/framecrop.h"

struct _KocrOverlayRenderer
{
  PangoContext *context;
  KocrOverlayStyle style;
  GstVideoInfo info;
  gboolean blended;
  KocrLabelStyle labels;
  KocrOverlayPixels pixels;

  /* The composition made last, what it was made of, and the results that own
   * the texts of it. */
  gboolean is_current; /* there was one, of this style and frame */
  GstVideoOverlayComposition *composition; /* NULL: nothing is drawn */
  GArray *regions;              /* of KocrOverlayRegion, as they came */
  GPtrArray *results;
  gint x, y, width, height;     /* the visible part of the frame */
};

KocrOverlayRenderer *
kocr_overlay_renderer_new (void)
{
  KocrOverlayRenderer *self = g_new0 (KocrOverlayRenderer, 1);
  g_autoptr (PangoFontMap) fonts = pango_cairo_font_map_new ();
  cairo_font_options_t *options = cairo_font_options_create ();

  /* Pictures are scaled and labels turned: letters keep their shape. */
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  self->context = pango_font_map_create_context (fonts);
  pango_cairo_context_set_font_options (self->context, options);
  cairo_font_options_destroy (options);

  self->regions = g_array_new (FALSE, FALSE, sizeof (KocrOverlayRegion));
  self->results = g_ptr_array_new_with_free_func ((GDestroyNotify)
      gst_kakao_ocr_result_unref);
  gst_video_info_init (&self->info);
  return self;
}

static void
forget_composition (KocrOverlayRenderer *self)
{
  self->is_current = FALSE;
  g_clear_pointer (&self->composition, gst_video_overlay_composition_unref);
  g_array_set_size (self->regions, 0);
  g_ptr_array_set_size (self->results, 0);
}

void
kocr_overlay_renderer_reset (KocrOverlayRenderer * self)
{
  forget_composition (self);
  if (self->style.pattern)
    kocr_text_pattern_drop_results (self->style.pattern);
}

void
kocr_overlay_renderer_free (KocrOverlayRenderer * self)
{
  kocr_overlay_renderer_reset (self);
  g_array_unref (self->regions);
  g_ptr_array_unref (self->results);
  kocr_label_style_clear (&self->labels);
  kocr_overlay_style_clear (&self->style);
  g_object_unref (self->context);
  g_free (self);
}

static void
update_labels (KocrOverlayRenderer * self)
{
  PangoFontDescription *description;
  gdouble stretch = 1.0;

  if (!self->style.font_desc || GST_VIDEO_INFO_WIDTH (&self->info) == 0)
    return;
  if (GST_VIDEO_INFO_PAR_N (&self->info) > 0)
    stretch = (gdouble) GST_VIDEO_INFO_PAR_D (&self->info) /
        GST_VIDEO_INFO_PAR_N (&self->info);

  kocr_label_style_clear (&self->labels);
  description = pango_font_description_from_string (self->style.font_desc);
  kocr_label_style_init (&self->labels, self->context, description,
      &self->pixels, GST_VIDEO_INFO_WIDTH (&self->info),
      GST_VIDEO_INFO_HEIGHT (&self->info), stretch);
  pango_font_description_free (description);
}

void
kocr_overlay_renderer_set_style (
    KocrOverlayRenderer *self, const KocrOverlayStyle *style)
{
  kocr_overlay_style_clear (&self->style);
  kocr_overlay_style_copy (&self->style, style);
  update_labels (self);
  forget_composition (self);
}

void
kocr_overlay_renderer_set_frame (
    KocrOverlayRenderer *self, const GstVideoInfo *info, gboolean blended)
{
  self->info = *info;
  self->blended = blended;
  kocr_overlay_pixels_init (&self->pixels, blended ? info : NULL);
  update_labels (self);
  forget_composition (self);
}

static GstVideoOverlayComposition *
draw (KocrOverlayRenderer * self)
{
  g_autoptr (GstVideoOverlayComposition) composition =
      gst_video_overlay_composition_new (NULL);
  KocrOverlayTarget target = { self->pixels, composition, self->x, self->y,
    self->width, self->height
  };

  kocr_overlay_composition_fill (
      &target, &self->style, &self->labels, self->regions);
  return gst_video_overlay_composition_n_rectangles (composition) > 0 ?
      g_steal_pointer (&composition) : NULL;
}

/* The part of the frame in which boxes are measured. */
static void
get_visible (
    const KocrOverlayRenderer *self, GstBuffer *buffer, gint visible[4])
{
  const GstVideoCropMeta *crop = kocr_frame_crop_get (buffer);

  visible[0] = crop && self->blended ? crop->x : 0;
  visible[1] = crop && self->blended ? crop->y : 0;
  visible[2] = crop ? (gint) crop->width : GST_VIDEO_INFO_WIDTH (&self->info);
  visible[3] = crop ? (gint) crop->height : GST_VIDEO_INFO_HEIGHT (&self->info);
}

GstVideoOverlayComposition *
kocr_overlay_renderer_render (KocrOverlayRenderer * self, GstBuffer * buffer)
{
  g_autoptr (GArray) regions = NULL;
  g_autoptr (GPtrArray) results = NULL;
  gint visible[4];

  if (!gst_buffer_get_kakao_ocr_meta (buffer))
    return NULL;

  regions = g_array_new (FALSE, FALSE, sizeof (KocrOverlayRegion));
  results = g_ptr_array_new_with_free_func ((GDestroyNotify)
      gst_kakao_ocr_result_unref);
  kocr_overlay_regions_gather (buffer, self->style.pattern, regions, results);
  get_visible (self, buffer, visible);

  if (!self->is_current || !kocr_overlay_regions_equal (regions, self->regions)
      || visible[0] != self->x || visible[1] != self->y
      || visible[2] != self->width || visible[3] != self->height) {
    forget_composition (self);
    g_array_unref (self->regions);
    self->regions = g_steal_pointer (&regions);
    g_ptr_array_unref (self->results);
    self->results = g_steal_pointer (&results);
    self->x = visible[0];
    self->y = visible[1];
    self->width = visible[2];
    self->height = visible[3];
    self->composition = draw (self);
    self->is_current = TRUE;
  }
  return self->composition ?
      gst_video_overlay_composition_ref (self->composition) : NULL;
}
