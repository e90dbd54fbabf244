/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "movingworld.h"

#include <math.h>
#include <string.h>

#include <cairo.h>

#define NOISE_NUMBERS 65536

static void
fill_with_shapes (MovingWorld * self, cairo_t * cairo, GRand * random,
    guint n, gdouble least, gdouble most)
{
  for (guint i = 0; i < n; i++) {
    gdouble size = least * pow (most / least, g_rand_double (random));
    gdouble level = g_rand_double_range (random, 0.15, 0.8);
    gdouble x = g_rand_double_range (random, 0, self->width);
    gdouble y = g_rand_double_range (random, 0, self->height);

    cairo_save (cairo);
    cairo_translate (cairo, x, y);
    cairo_rotate (cairo, g_rand_double (random) * G_PI);
    cairo_scale (cairo, size, size * g_rand_double_range (random, 0.3, 1));
    cairo_set_source_rgb (cairo, level, level, level);
    if (i % 2)
      cairo_rectangle (cairo, -0.5, -0.5, 1, 1);
    else
      cairo_arc (cairo, 0, 0, 0.5, 0, 2 * G_PI);
    cairo_fill (cairo);
    cairo_restore (cairo);
  }
}

/* A surface of the world's pixels, in the one byte of four that is read. */
static cairo_surface_t *
surface_new (const MovingWorld * self)
{
  return cairo_image_surface_create (CAIRO_FORMAT_RGB24, self->width,
      self->height);
}

static void
take_surface (MovingWorld * self, cairo_surface_t * surface)
{
  const guint8 *data;
  gint stride;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (gint y = 0; y < self->height; y++) {
    for (gint x = 0; x < self->width; x++)
      self->pixels[y * self->width + x] = data[y * stride + 4 * x];
  }
}

static void
blur (MovingWorld * self, gint radius)
{
  g_autofree guint8 *copy = g_malloc ((gsize) self->width * self->height);
  const gint strides[] = { 1, self->width };

  for (guint pass = 0; pass < 4; pass++) {
    gint stride = strides[pass % 2];

    memcpy (copy, self->pixels, (gsize) self->width * self->height);
    for (gint y = radius; y < self->height - radius; y++) {
      for (gint x = radius; x < self->width - radius; x++) {
        const guint8 *p = copy + y * self->width + x;
        gint sum = 0;

        for (gint i = -radius; i <= radius; i++)
          sum += p[i * stride];
        self->pixels[y * self->width + x] = sum / (2 * radius + 1);
      }
    }
  }
}

MovingWorld *
moving_world_new (gint width, gint height, WorldGround ground, guint seed)
{
  MovingWorld *self = g_new0 (MovingWorld, 1);
  GRand *random = g_rand_new_with_seed (seed);
  guint n = (guint) width * height / 2000;
  cairo_surface_t *surface;
  cairo_t *cairo;

  self->width = width;
  self->height = height;
  self->pixels = g_malloc ((gsize) width * height);
  surface = surface_new (self);
  cairo = cairo_create (surface);
  cairo_set_source_rgb (cairo, 0.4, 0.4, 0.4);
  cairo_paint (cairo);
  if (ground == WORLD_BLOBS)
    fill_with_shapes (self, cairo, random, n / 4, 30, 120);
  else if (ground == WORLD_EDGES)
    fill_with_shapes (self, cairo, random, n, 6, 300);
  take_surface (self, surface);
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  if (ground == WORLD_BLOBS)
    blur (self, 8);
  g_rand_free (random);
  return self;
}

void
moving_world_free (MovingWorld * self)
{
  g_free (self->pixels);
  g_free (self);
}

void
moving_world_add_sign (MovingWorld * self, gdouble x, gdouble y,
    const gchar * text, gdouble size, gint ground)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, self->width,
      self->height);
  guint8 *data = cairo_image_surface_get_data (surface);
  gint stride = cairo_image_surface_get_stride (surface);
  gdouble margin = size * 0.3, letters = ground < 128 ? 0.95 : 0.05;
  cairo_text_extents_t extents;
  cairo_t *cairo;

  for (gint row = 0; row < self->height; row++) {
    for (gint column = 0; column < self->width; column++)
      memset (data + row * stride + 4 * column,
          self->pixels[row * self->width + column], 4);
  }
  cairo_surface_mark_dirty (surface);
  cairo = cairo_create (surface);
  cairo_select_font_face (cairo, "Sans", CAIRO_FONT_SLANT_NORMAL,
      CAIRO_FONT_WEIGHT_BOLD);
  cairo_set_font_size (cairo, size);
  cairo_text_extents (cairo, text, &extents);

  g_assert_cmpuint (self->n_signs, <, WORLD_MAX_SIGNS);
  self->signs[self->n_signs][0] = x;
  self->signs[self->n_signs][1] = y;
  self->signs[self->n_signs][2] = extents.width + 2 * margin;
  self->signs[self->n_signs][3] = extents.height + 2 * margin;
  if (ground >= 0) {
    cairo_set_source_rgb (cairo, ground / 255.0, ground / 255.0,
        ground / 255.0);
    cairo_rectangle (cairo, x, y, self->signs[self->n_signs][2],
        self->signs[self->n_signs][3]);
    cairo_fill (cairo);
  }
  cairo_move_to (cairo, x + margin - extents.x_bearing,
      y + margin - extents.y_bearing);
  cairo_text_path (cairo, text);
  if (ground < 0) {
    cairo_set_source_rgb (cairo, 0, 0, 0);
    cairo_set_line_width (cairo, size / 8);
    cairo_stroke_preserve (cairo);
  }
  cairo_set_source_rgb (cairo, letters, letters, letters);
  cairo_fill (cairo);
  cairo_destroy (cairo);
  take_surface (self, surface);
  cairo_surface_destroy (surface);
  self->n_signs++;
}

/* Numbers of a normal distribution with 6 bits of fraction. */
static const gint16 *
noise_numbers (void)
{
  static gint16 numbers[NOISE_NUMBERS];
  static gsize made;

  if (g_once_init_enter (&made)) {
    GRand *random = g_rand_new_with_seed (1);

    for (guint i = 0; i < NOISE_NUMBERS; i++) {
      gdouble sum = -6;

      for (guint k = 0; k < 12; k++)
        sum += g_rand_double (random);
      numbers[i] = sum * 64;
    }
    g_rand_free (random);
    g_once_init_leave (&made, 1);
  }
  return numbers;
}

void
moving_world_render (const MovingWorld * self, const KocrSimilarity * camera,
    gdouble sigma, guint seed, guint8 * pixels, gint width, gint height,
    gint stride)
{
  KocrSimilarity back = kocr_similarity_invert (camera);
  const gint16 *noise = noise_numbers ();
  gint strength = sigma * 64;
  guint at = seed * 7919;

  for (gint y = 0; y < height; y++) {
    guint8 *row = pixels + (gsize) y * stride;

    at = at * 1664525u + 1013904223u;
    for (gint x = 0; x < width; x++) {
      KocrPoint p = kocr_similarity_apply (&back, (KocrPoint) { x, y }
      );
      gint fx = CLAMP (p.x, 0, self->width - 2) * 256;
      gint fy = CLAMP (p.y, 0, self->height - 2) * 256;
      const guint8 *q = self->pixels + (fy >> 8) * self->width + (fx >> 8);
      gint upper, lower, level;

      fx &= 255;
      fy &= 255;
      upper = q[0] * (256 - fx) + q[1] * fx;
      lower = q[self->width] * (256 - fx) + q[self->width + 1] * fx;
      level = (upper * (256 - fy) + lower * fy) >> 16;
      level += noise[((at >> 8) + x) % NOISE_NUMBERS] * strength / 4096;
      row[x] = CLAMP (level, 0, 255);
    }
  }
}

void
moving_world_get_box (const MovingWorld * self, const KocrSimilarity * camera,
    guint i, gdouble box[8])
{
  const gdouble *sign = self->signs[i];
  gdouble right = sign[0] + sign[2], bottom = sign[1] + sign[3];
  const KocrPoint corners[] = {
    {sign[0], sign[1]}, {right, sign[1]}, {right, bottom}, {sign[0], bottom}
  };

  for (guint k = 0; k < 4; k++) {
    KocrPoint p = kocr_similarity_apply (camera, corners[k]);

    box[2 * k] = p.x;
    box[2 * k + 1] = p.y;
  }
}

static gdouble
area_of (const gdouble * points, guint n)
{
  gdouble area = 0;

  for (guint i = 0; i < n; i++) {
    guint j = (i + 1) % n;

    area += points[2 * i] * points[2 * j + 1]
        - points[2 * j] * points[2 * i + 1];
  }
  return area / 2;
}

/* What of the polygon lies to the right of the edge, after Sutherland and
 * Hodgman. */
static guint
clip (const gdouble * points, guint n, const gdouble a[2], const gdouble b[2],
    gdouble * out)
{
  guint m = 0;

  for (guint i = 0; i < n; i++) {
    const gdouble *p = points + 2 * i, *q = points + 2 * ((i + 1) % n);
    gdouble s = (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
    gdouble t = (b[0] - a[0]) * (q[1] - a[1]) - (b[1] - a[1]) * (q[0] - a[0]);

    if (s >= 0) {
      out[2 * m] = p[0];
      out[2 * m++ + 1] = p[1];
    }
    if ((s > 0 && t < 0) || (s < 0 && t > 0)) {
      out[2 * m] = p[0] + s / (s - t) * (q[0] - p[0]);
      out[2 * m++ + 1] = p[1] + s / (s - t) * (q[1] - p[1]);
    }
  }
  return m;
}

gdouble
quad_overlap (const gdouble a[8], const gdouble b[8])
{
  gdouble points[32], clipped[32], shared;
  guint n = 4;

  memcpy (points, a, 8 * sizeof *points);
  for (guint i = 0; i < 4 && n > 0; i++) {
    n = clip (points, n, b + 2 * i, b + 2 * ((i + 1) % 4), clipped);
    memcpy (points, clipped, 2 * n * sizeof *points);
  }
  shared = area_of (points, n);
  return shared / (area_of (a, 4) + area_of (b, 4) - shared);
}
