/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "scene.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#define SECOND_NS G_GUINT64_CONSTANT (1000000000)

/* The camera pans a pixel a frame: whole pixels need no resampling. */
#define PANORAMA_WIDTH (SCENE_WIDTH + SCENE_FRAMES)
#define FADE_FRAMES 6
#define STREET_TOP 590
#define FONT "Noto Sans CJK KR"

/* Film grain: standard deviation in steps of 255, and how many samples are
 * drawn before they repeat, each frame from another place. */
#define GRAIN_SIGMA 4.0
#define GRAIN_SAMPLES (1 << 20)

/* One line of text; several lines with the same sprite stand on one thing. */
typedef struct
{
  guint sprite;
  const gchar *text;
  gdouble size;                 /* px */
  gdouble x, y;                 /* of the ink's top left, on the sprite */
} Line;

typedef enum
{
  LOOK_CAPTION,                 /* white with a black outline */
  LOOK_BADGE,                   /* small, light on a dark plate */
  LOOK_SIGN,                    /* white on a green board */
  LOOK_SLIDE                    /* dark on nearly white */
} Look;

typedef struct
{
  Look look;
  guint start, end;             /* frames, [start, end) */
  gint x, y, width, height;     /* at start */
  gint velocity;                /* px a frame, to the right */
  gdouble tilt;                 /* degrees, clockwise */
} Sprite;

static const Sprite sprites[] = {
  {LOOK_CAPTION, 9, 90, 240, 580, 800, 100, 0, 0},
  {LOOK_CAPTION, 99, 180, 240, 580, 800, 100, 0, 0},
  {LOOK_CAPTION, 189, 270, 240, 580, 800, 100, 0, 0},
  {LOOK_BADGE, 0, 276, 40, 36, 190, 60, 0, 0},
  {LOOK_SIGN, 24, 276, 1000, 130, 460, 240, -4, 4},
  {LOOK_SLIDE, 279, 420, 110, 70, 1060, 580, 0, 0},
};

static const Line lines[] = {
  {0, "초미세먼지 주의보 발령", 48, 0, 22},
  {1, "The train leaves at 18:45", 48, 0, 22},
  {2, "다음 정류장은 시청입니다", 48, 0, 22},
  {3, "CAMERA 2", 26, 16, 20},
  {4, "서울역 3번 출구", 42, 60, 70},
  {4, "Seoul Station", 36, 60, 135},
  {5, "여행 안내", 60, 70, 50},
  {5, "Travel Guide", 40, 70, 150},
  {5, "표를 미리 구매하세요", 36, 70, 250},
  {5, "Keep your ticket", 36, 70, 320},
  {5, "첫차 05:30 막차 23:50", 36, 70, 390},
  {5, "Information desk on floor 2", 36, 70, 460},
};

struct _Scene
{
  cairo_surface_t *panorama;
  cairo_surface_t *sprites[G_N_ELEMENTS (sprites)];
  gint8 *grain;                 /* GRAIN_SAMPLES, and as many again */
  gdouble boxes[G_N_ELEMENTS (lines)][8];       /* on the frame, at start */
};

/* --- The street --- */

static void
paint_sky (cairo_t * cr)
{
  cairo_pattern_t *sky = cairo_pattern_create_linear (0, 0, 0, SCENE_HEIGHT);
  cairo_pattern_t *sun = cairo_pattern_create_radial (1150, 420, 20, 1150, 420,
      420);

  cairo_pattern_add_color_stop_rgb (sky, 0, .10, .16, .34);
  cairo_pattern_add_color_stop_rgb (sky, .45, .52, .42, .52);
  cairo_pattern_add_color_stop_rgb (sky, .75, .92, .62, .42);
  cairo_set_source (cr, sky);
  cairo_paint (cr);
  cairo_pattern_add_color_stop_rgba (sun, 0, 1, .95, .75, .9);
  cairo_pattern_add_color_stop_rgba (sun, 1, 1, .7, .4, 0);
  cairo_set_source (cr, sun);
  cairo_paint (cr);
  cairo_pattern_destroy (sky);
  cairo_pattern_destroy (sun);
}

static void
paint_hills (cairo_t * cr, gdouble base, gdouble height, gdouble shade)
{
  cairo_move_to (cr, 0, SCENE_HEIGHT);
  for (gint x = 0; x <= PANORAMA_WIDTH; x += 4)
    cairo_line_to (cr, x, base - height * (.5 * sin (x / 170. + base)
            + .3 * sin (x / 61.) + .2 * sin (x / 23. + 2)));
  cairo_line_to (cr, PANORAMA_WIDTH, SCENE_HEIGHT);
  cairo_close_path (cr);
  cairo_set_source_rgb (cr, shade * .9, shade, shade * 1.2);
  cairo_fill (cr);
}

static void
paint_windows (cairo_t * cr, GRand * rand, gint x, gint y, gint width)
{
  for (gint wy = y + 14; wy < STREET_TOP - 30; wy += 26)
    for (gint wx = x + 10; wx < x + width - 14; wx += 22) {
      gdouble light = g_rand_double (rand);

      if (light < .45)
        continue;
      cairo_set_source_rgb (cr, .3 + .6 * light, .3 + .45 * light, .35);
      cairo_rectangle (cr, wx, wy, 9, 13);
      cairo_fill (cr);
    }
}

static void
paint_houses (cairo_t * cr, GRand * rand)
{
  gint x = -20;

  while (x < PANORAMA_WIDTH) {
    gint width = g_rand_int_range (rand, 90, 190);
    gint y = g_rand_int_range (rand, 340, 510);
    gdouble shade = g_rand_double_range (rand, .08, .2);

    cairo_set_source_rgb (cr, shade, shade, shade * 1.25);
    cairo_rectangle (cr, x, y, width, STREET_TOP - y);
    cairo_fill (cr);
    paint_windows (cr, rand, x, y, width);
    x += width + g_rand_int_range (rand, -8, 50);
  }
}

static void
paint_street (cairo_t * cr)
{
  cairo_pattern_t *asphalt = cairo_pattern_create_linear (0, STREET_TOP, 0,
      SCENE_HEIGHT);

  cairo_pattern_add_color_stop_rgb (asphalt, 0, .3, .27, .3);
  cairo_pattern_add_color_stop_rgb (asphalt, 1, .12, .12, .16);
  cairo_rectangle (cr, 0, STREET_TOP, PANORAMA_WIDTH,
      SCENE_HEIGHT - STREET_TOP);
  cairo_set_source (cr, asphalt);
  cairo_fill (cr);
  cairo_pattern_destroy (asphalt);
  cairo_set_source_rgb (cr, .62, .58, .5);
  for (gint x = 30; x < PANORAMA_WIDTH; x += 220) {
    cairo_rectangle (cr, x, 690, 110, 8);
    cairo_fill (cr);
  }
}

static cairo_surface_t *
paint_panorama (GRand * rand)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
      PANORAMA_WIDTH, SCENE_HEIGHT);
  cairo_t *cr = cairo_create (surface);

  paint_sky (cr);
  paint_hills (cr, 470, 90, .42);
  paint_hills (cr, 540, 60, .28);
  paint_houses (cr, rand);
  paint_street (cr);
  cairo_destroy (cr);
  return surface;
}

/* --- What stands before it --- */

static void
paint_plate (cairo_t * cr, const Sprite * sprite)
{
  switch (sprite->look) {
    case LOOK_CAPTION:
      return;
    case LOOK_BADGE:
      cairo_set_source_rgb (cr, .1, .1, .12);
      cairo_rectangle (cr, 0, 0, sprite->width, sprite->height);
      break;
    case LOOK_SIGN:
      cairo_set_source_rgb (cr, .05, .36, .24);
      cairo_rectangle (cr, 30, 40, sprite->width - 60, sprite->height - 80);
      break;
    case LOOK_SLIDE:
      cairo_set_source_rgb (cr, .95, .94, .9);
      cairo_rectangle (cr, 0, 0, sprite->width, sprite->height);
      break;
  }
  cairo_fill (cr);
}

static void
paint_text (cairo_t * cr, Look look, PangoLayout * layout)
{
  if (look == LOOK_CAPTION) {
    pango_cairo_layout_path (cr, layout);
    cairo_set_source_rgb (cr, 0, 0, 0);
    cairo_set_line_width (cr, 6);
    cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke (cr);
  }
  if (look == LOOK_SLIDE)
    cairo_set_source_rgb (cr, .12, .14, .2);
  else
    cairo_set_source_rgb (cr, .96, .96, .94);
  cairo_move_to (cr, 0, 0);
  pango_cairo_show_layout (cr, layout);
}

static PangoLayout *
create_layout (cairo_t * cr, const Line * line)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string (FONT);

  pango_font_description_set_weight (font, PANGO_WEIGHT_MEDIUM);
  pango_font_description_set_absolute_size (font, line->size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, line->text, -1);
  pango_font_description_free (font);
  return layout;
}

/* Draws line on its sprite and notes where its ink is on the frame. */
static void
paint_line (cairo_t * cr, const Line * line, gdouble box[8])
{
  const Sprite *sprite = &sprites[line->sprite];
  PangoLayout *layout = create_layout (cr, line);
  gboolean centred = sprite->look == LOOK_CAPTION;
  PangoRectangle ink;
  gdouble x;

  pango_layout_get_pixel_extents (layout, &ink, NULL);
  x = centred ? (sprite->width - ink.width) / 2 : line->x;
  cairo_save (cr);
  cairo_translate (cr, x - ink.x, line->y - ink.y);
  paint_text (cr, sprite->look, layout);
  for (guint i = 0; i < 4; i++) {
    gdouble *corner = box + 2 * i;

    corner[0] = ink.x + (i == 1 || i == 2 ? ink.width : 0);
    corner[1] = ink.y + (i >= 2 ? ink.height : 0);
    cairo_user_to_device (cr, &corner[0], &corner[1]);
    corner[0] += sprite->x;
    corner[1] += sprite->y;
  }
  cairo_restore (cr);
  g_object_unref (layout);
}

static cairo_surface_t *
paint_sprite (guint i, gdouble (*boxes)[8])
{
  const Sprite *sprite = &sprites[i];
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32,
      sprite->width, sprite->height);
  cairo_t *cr = cairo_create (surface);

  cairo_translate (cr, sprite->width / 2., sprite->height / 2.);
  cairo_rotate (cr, sprite->tilt * G_PI / 180);
  cairo_translate (cr, -sprite->width / 2., -sprite->height / 2.);
  paint_plate (cr, sprite);
  for (guint n = 0; n < G_N_ELEMENTS (lines); n++)
    if (lines[n].sprite == i)
      paint_line (cr, &lines[n], boxes[n]);
  cairo_destroy (cr);
  return surface;
}

/* --- Grain --- */

/* The sum of twelve equal draws is as good as normal here. */
static gint8 *
draw_grain (GRand * rand)
{
  gint8 *grain = g_new (gint8, 2 * GRAIN_SAMPLES);

  for (guint i = 0; i < GRAIN_SAMPLES; i++) {
    gint sum = 0;

    for (guint n = 0; n < 3; n++) {
      guint32 bits = g_rand_int (rand);

      sum += (bits & 0xff) + (bits >> 8 & 0xff) + (bits >> 16 & 0xff)
          + (bits >> 24);
    }
    grain[i] = (gint8) ((sum - 1530) * GRAIN_SIGMA / 256);
  }
  memcpy (grain + GRAIN_SAMPLES, grain, GRAIN_SAMPLES);
  return grain;
}

static void
add_grain (const Scene * scene, guint frame, cairo_surface_t * canvas)
{
  const gint8 *grain = scene->grain + frame * G_GUINT64_CONSTANT (2654435761)
      % GRAIN_SAMPLES;
  guint8 *pixels = cairo_image_surface_get_data (canvas);
  gint stride = cairo_image_surface_get_stride (canvas);

  for (gint y = 0; y < SCENE_HEIGHT; y++) {
    const gint8 *g = grain + y * SCENE_WIDTH % GRAIN_SAMPLES
        % (GRAIN_SAMPLES - SCENE_WIDTH);
    guint8 *row = pixels + y * stride;

    for (gint x = 0; x < SCENE_WIDTH; x++)
      for (gint c = 0; c < 3; c++) {
        gint value = row[4 * x + c] + g[x];

        row[4 * x + c] = (guint8) CLAMP (value, 0, 255);
      }
  }
}

/* --- The scene --- */

Scene *
scene_new (void)
{
  Scene *scene = g_new0 (Scene, 1);
  GRand *rand = g_rand_new_with_seed (1446);

  scene->panorama = paint_panorama (rand);
  for (guint i = 0; i < G_N_ELEMENTS (sprites); i++)
    scene->sprites[i] = paint_sprite (i, scene->boxes);
  scene->grain = draw_grain (rand);
  g_rand_free (rand);
  return scene;
}

void
scene_free (Scene * scene)
{
  cairo_surface_destroy (scene->panorama);
  for (guint i = 0; i < G_N_ELEMENTS (sprites); i++)
    cairo_surface_destroy (scene->sprites[i]);
  g_free (scene->grain);
  g_free (scene);
}

static gdouble
opacity (const Sprite * sprite, guint frame)
{
  guint from_start, to_end;

  if (frame < sprite->start || frame >= sprite->end)
    return 0;
  if (sprite->velocity)
    return 1;
  from_start = frame - sprite->start + 1;
  to_end = sprite->end - frame;
  return MIN (1, MIN (from_start, to_end) / (gdouble) FADE_FRAMES);
}

void
scene_paint (Scene * scene, guint frame, cairo_surface_t * canvas)
{
  cairo_t *cr = cairo_create (canvas);

  cairo_set_source_surface (cr, scene->panorama, -(gdouble) frame, 0);
  cairo_paint (cr);
  for (guint i = 0; i < G_N_ELEMENTS (sprites); i++) {
    const Sprite *sprite = &sprites[i];
    gdouble alpha = opacity (sprite, frame);
    gint moved = sprite->velocity * ((gint) frame - (gint) sprite->start);

    if (alpha == 0)
      continue;
    cairo_set_source_surface (cr, scene->sprites[i], sprite->x + moved,
        sprite->y);
    cairo_paint_with_alpha (cr, alpha);
  }
  cairo_destroy (cr);
  cairo_surface_flush (canvas);
  add_grain (scene, frame, canvas);
  cairo_surface_mark_dirty (canvas);
}

/* The texts above need no escapes. */
static void
append_line (GString * json, const Line * line, const gdouble box[8])
{
  const Sprite *sprite = &sprites[line->sprite];
  guint64 fade = sprite->velocity ? 0 : FADE_FRAMES * SECOND_NS / SCENE_FPS;

  g_string_append_printf (json, "  {\"text\":\"%s\",\"start\":%"
      G_GUINT64_FORMAT ",\"end\":%" G_GUINT64_FORMAT ",\"fade\":%"
      G_GUINT64_FORMAT ",\"velocity\":[%d,0],\"box\":[", line->text,
      sprite->start * SECOND_NS / SCENE_FPS,
      sprite->end * SECOND_NS / SCENE_FPS, fade, sprite->velocity * SCENE_FPS);
  for (guint i = 0; i < 4; i++)
    g_string_append_printf (json, "%s[%d,%d]", i ? "," : "",
        (gint) lround (box[2 * i]), (gint) lround (box[2 * i + 1]));
  g_string_append (json, "]}");
}

gchar *
scene_truth (const Scene * scene)
{
  GString *json = g_string_new (NULL);

  g_string_append_printf (json, "{\"width\":%d,\"height\":%d,\"fps\":%d,"
      "\"duration\":%" G_GUINT64_FORMAT ",\"texts\":[\n", SCENE_WIDTH,
      SCENE_HEIGHT, SCENE_FPS, SCENE_FRAMES * SECOND_NS / SCENE_FPS);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    append_line (json, &lines[i], scene->boxes[i]);
    g_string_append (json, i + 1 < G_N_ELEMENTS (lines) ? ",\n" : "\n");
  }
  g_string_append (json, "]}\n");
  return g_string_free (json, FALSE);
}
