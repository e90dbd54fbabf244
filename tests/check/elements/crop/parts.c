/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What kakaoocrcrop is made of: from a quad to an upright picture.
 */
#include <math.h>
#include <string.h>

#include "../../testrows.h"
#include "crop/framearea.h"
#include "crop/linequad.h"
#include "crop/rectification.h"

#define TESTS "/crop/"

#define FRAME 400
#define STRIDE (4 * FRAME)
/* Waves of so many pixels: finer ones would test the filter, not the place. */
#define WAVE 16.0

static const GstVideoRectangle window = { 0, 0, FRAME, FRAME };

/* A pattern that is nowhere the same, with 0, 0 at the text's top left. */
static guint8
pattern (gdouble u, gdouble v, guint channel)
{
  switch (channel) {
    case 0:
      return CLAMP (40 + u, 0, 255);
    case 1:
      return CLAMP (40 + 3 * v, 0, 255);
    default:
      return 128 + 100 * sin (2 * G_PI * u / WAVE) * cos (2 * G_PI * v / WAVE);
  }
}

/* A frame that shows the pattern of width × height in quad. */
static guint8 *
draw_frame (const gdouble quad[8], gdouble width, gdouble height)
{
  guint8 *pixels = g_malloc0 (STRIDE * FRAME);
  KocrHomography to_frame, from_frame;
  gint x, y;
  guint c;

  g_assert_true (kocr_homography_init_quad (&to_frame, width, height, quad));
  kocr_homography_invert (&to_frame, &from_frame);
  for (y = 0; y < FRAME; y++) {
    for (x = 0; x < FRAME; x++) {
      gdouble p[2];

      if (!kocr_homography_map (&from_frame, x + 0.5, y + 0.5, p))
        continue;
      for (c = 0; c < 3; c++)
        pixels[y * STRIDE + 4 * x + c] = pattern (p[0], p[1], c);
    }
  }
  return pixels;
}

/* The picture of self, rows of 3 × width bytes. */
static guint8 *
render (const KocrRectification * self, const guint8 * frame)
{
  guint8 *picture = g_malloc (3 * self->width * self->height);

  g_assert_cmpint (self->source.x, >=, 0);
  g_assert_cmpint (self->source.y, >=, 0);
  g_assert_cmpint (self->source.x + self->source.w, <=, FRAME);
  g_assert_cmpint (self->source.y + self->source.h, <=, FRAME);
  kocr_rectification_render (self, frame + self->source.y * STRIDE
      + 4 * self->source.x, STRIDE, picture, 3 * self->width);
  return picture;
}

/* Whether the picture is the pattern, all over it, with padding around that
 * continues it. */
static void
assert_pattern (
    const KocrRectification *self, const guint8 *frame, gint padding)
{
  g_autofree guint8 *picture = render (self, frame);
  gdouble sum = 0.0;
  gint x, y, c, worst = 0;

  for (y = 0; y < self->height; y++) {
    for (x = 0; x < self->width; x++) {
      for (c = 0; c < 3; c++) {
        gint off = ABS (picture[3 * (y * self->width + x) + c]
            - pattern (x + 0.5 - padding, y + 0.5 - padding, c));

        sum += off;
        worst = MAX (worst, off);
      }
    }
  }
  /* What bilinear samples lose of the waves' tops is 100 (1 - cos (π/16))² at
   * most; a quarter of a pixel off would be 10 on the whole. */
  g_assert_cmpfloat (sum / (3 * self->width * self->height), <, 2.5);
  g_assert_cmpint (worst, <=, 16);
}

static void
turn (gdouble quad[8], gdouble degrees, gdouble width, gdouble height)
{
  const gdouble corners[8] = { -width, -height, width, -height, width, height,
    -width, height
  };
  gdouble c = cos (degrees * G_PI / 180), s = sin (degrees * G_PI / 180);
  guint i;

  for (i = 0; i < 8; i += 2) {
    quad[i] = FRAME / 2 + (corners[i] * c - corners[i + 1] * s) / 2;
    quad[i + 1] = FRAME / 2 + (corners[i] * s + corners[i + 1] * c) / 2;
  }
}

static void
every_angle_becomes_upright (void)
{
  const guint paddings[] = { 0, 7 };
  KocrRectification self;
  gdouble quad[8];
  guint degrees, i;

  for (degrees = 0; degrees < 360; degrees += 5) {
    g_autofree guint8 *frame = NULL;

    turn (quad, degrees, 160, 60);
    frame = draw_frame (quad, 160, 60);
    for (i = 0; i < G_N_ELEMENTS (paddings); i++) {
      g_test_message ("%u degrees, padding %u", degrees, paddings[i]);
      g_assert_true (kocr_rectification_init (&self, quad, &window, 1.0,
              paddings[i]));
      g_assert_cmpint (self.width, ==, 160 + 2 * paddings[i]);
      g_assert_cmpint (self.height, ==, 60 + 2 * paddings[i]);
      assert_pattern (&self, frame, paddings[i]);
    }
  }
}

typedef struct
{
  const gchar *name;
  gdouble quad[8];
  gdouble width, height; /* of its longer sides; the shorter ones across */
} QuadCase;

static const QuadCase seen_cases[] = {
  {"narrower-at-its-end", {60, 100, 340, 130, 340, 190, 60, 220}, 281.602,
      120},
  {"narrower-at-its-begin", {60, 130, 340, 100, 340, 220, 60, 190}, 281.602,
      120},
  {"lying-on-the-ground", {120, 150, 280, 150, 330, 230, 70, 230}, 260, 80},
  {"slanted", {80, 100, 280, 100, 320, 180, 120, 180}, 200, 80},
  {"slanted-and-high", {100, 80, 180, 120, 180, 320, 100, 280}, 80, 200},
  {"tilted-and-tapered", {70, 200, 300, 90, 320, 160, 90, 300}, 269.258,
      97.413},
  {"mirrored", {340, 100, 60, 130, 60, 190, 340, 220}, 281.602, 120},
};

static void
perspective_is_taken_out (gconstpointer data)
{
  const QuadCase *row = data;
  const gdouble *q = row->quad;
  gdouble width = row->width, height = row->height;
  g_autofree guint8 *frame = draw_frame (q, width, height);
  KocrRectification self;

  g_assert_true (kocr_rectification_init (&self, q, &window, 1.0, 0));
  g_assert_cmpint (self.width, ==, ceil (width));
  g_assert_cmpint (self.height, ==, ceil (height));
  assert_pattern (&self, frame, 0);
}

static void
wide_pixels_become_square (void)
{
  const gdouble quad[8] = { 100, 100, 180, 100, 180, 200, 100, 200 };
  g_autofree guint8 *frame = draw_frame (quad, 160, 100);
  KocrRectification self;

  g_assert_true (kocr_rectification_init (&self, quad, &window, 2.0, 0));
  g_assert_false (self.plain);
  g_assert_cmpint (self.width, ==, 160);
  g_assert_cmpint (self.height, ==, 100);
  assert_pattern (&self, frame, 0);
}

static void
upright_pixels_are_kept_as_they_are (void)
{
  const gdouble quad[8] = { 40.2, 50.3, 90.1, 50.1, 89.9, 69.8, 40.4, 69.9 };
  g_autofree guint8 *frame = draw_frame (quad, 50, 20), *picture = NULL;
  KocrRectification self;
  gint x, y;

  g_assert_true (kocr_rectification_init (&self, quad, &window, 1.0, 0));
  g_assert_true (self.plain);
  g_assert_cmpint (self.width, ==, 51);
  g_assert_cmpint (self.height, ==, 20);
  picture = render (&self, frame);
  for (y = 0; y < self.height; y++) {
    for (x = 0; x < self.width; x++)
      g_assert_cmpmem (&picture[3 * (y * self.width + x)], 3,
          &frame[(50 + y) * STRIDE + 4 * (40 + x)], 3);
  }
}

typedef struct
{
  const gchar *name;
  gdouble quad[8];
  guint padding;
  gint width, height;           /* of the picture; 0: there is none */
  gboolean plain;
} CutCase;

#define BOX(left, top, right, bottom) \
  {left, top, right, top, right, bottom, left, bottom}
#define FAR 2147483648.0

static const CutCase cut_cases[] = {
  {"inside", BOX (10, 20, 50, 40), 0, 40, 20, TRUE},
  {"padded", BOX (10, 20, 50, 40), 5, 50, 30, TRUE},
  {"padded-to-the-edge", BOX (2, 3, 50, 40), 10, 60, 50, TRUE},
  {"over-the-edge", BOX (-30, 20, 50, 40), 0, 50, 20, TRUE},
  {"outside", BOX (-30, 20, -1, 40), 0, 0, 0, FALSE},
  {"outside-but-for-its-padding", BOX (-30, 20, -1, 40), 50, 0, 0, FALSE},
  {"as-large-as-can-be", BOX (-FAR, -FAR, FAR, FAR), 4096, 400, 400, TRUE},
  {"a-point", BOX (50, 50, 50, 50), 9, 0, 0, FALSE},
  {"a-line", BOX (50, 50, 90, 50), 9, 0, 0, FALSE},
  {"less-than-a-pixel", BOX (50, 50, 50.9, 50.9), 9, 0, 0, FALSE},
  {"a-pixel", BOX (50, 50, 51, 51), 0, 1, 1, TRUE},
  {"crossing", {10, 20, 50, 40, 50, 20, 10, 40}, 0, 40, 20, TRUE},
  {"concave", {10, 20, 50, 20, 22, 26, 10, 60}, 0, 40, 40, TRUE},
  {"a-triangle", {10, 20, 50, 40, 50, 40, 10, 60}, 0, 40, 40, TRUE},
  {"very-tapered", {10, 20, 110, 38, 110, 42, 10, 90}, 0, 100, 70, TRUE},
  {"tilted", {20, 20, 100, 80, 88, 96, 8, 36}, 0, 100, 20, FALSE},
  {"tilted-padded", {20, 20, 100, 80, 88, 96, 8, 36}, 3, 106, 26, FALSE},
  /* Its bounds meet the frame, it does not. */
  {"tilted-past-a-corner", {-80, 20, 20, -80, 0, -100, -100, 0}, 0, 0, 0,
      FALSE},
  /* The half of it that is inside, and the corners that the edge cuts. */
  {"tilted-over-the-edge", {-50, 10, 50, 110, 36, 124, -64, 24}, 0, 71, 20,
      FALSE},
  {"tilted-far-out", {20, 20, FAR, FAR, FAR - 20, FAR + 20, 0, 40}, 0, 538,
      29, FALSE},
  {"upside-down", BOX (50, 40, 10, 20), 2, 44, 24, FALSE},
};

static void
is_cut_where_it_can_be (gconstpointer data)
{
  const CutCase *row = data;
  g_autofree guint8 *frame = g_malloc0 (STRIDE * FRAME), *picture = NULL;
  gdouble box[8];
  KocrRectification self;
  guint i;

  if (row->width == 0) {
    g_assert_false (kocr_rectification_init (&self, row->quad, &window, 1.0,
            row->padding));
    return;
  }
  g_assert_true (kocr_rectification_init (&self, row->quad, &window, 1.0,
          row->padding));
  g_assert_cmpint (self.width, ==, row->width);
  g_assert_cmpint (self.height, ==, row->height);
  g_assert_cmpint (self.plain, ==, row->plain);
  picture = render (&self, frame);
  memcpy (box, row->quad, sizeof box);
  kocr_rectification_map_box (&self, box);
  for (i = 0; i < 8; i++)
    g_assert_cmpfloat (fabs (box[i]), <=, G_MAXINT);
}

/* Any four corners at all: nothing but what is in the frame is touched, and no
 * picture is larger than makes sense. */
static void
random_quads_do_no_harm (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autofree guint8 *frame = g_malloc0 (STRIDE * FRAME);
  guint n_pictures = 0, i, c;

  for (i = 0; i < 3000; i++) {
    gdouble scale = pow (10, g_rand_double_range (rand, 0, 9)), quad[8];
    guint padding = g_rand_int_range (rand, 0, 30);
    KocrRectification self;

    for (c = 0; c < 8; c++)
      quad[c] = FRAME / 2 + scale * g_rand_double_range (rand, -1, 1);
    if (!kocr_rectification_init (&self, quad, &window, 1.0 + i % 2, padding))
      continue;
    g_assert_cmpint (self.width, <=, 4 * (3 * FRAME + 60));
    g_assert_cmpint (self.height, <=, 4 * (3 * FRAME + 60));
    if (i % 20 == 0)
      g_free (render (&self, frame));
    n_pictures++;
  }
  g_assert_cmpuint (n_pictures, >, 500);
}

static void
fine_detail_is_averaged_not_skipped (void)
{
  /* Its near end is twice as large as the picture has it. */
  const gdouble quad[8] = { 20, 20, 380, 150, 380, 200, 20, 380 };
  g_autofree guint8 *frame = g_malloc (STRIDE * FRAME), *picture = NULL;
  KocrRectification self;
  gint x, y;

  for (y = 0; y < FRAME; y++) {
    for (x = 0; x < FRAME; x++)
      memset (frame + y * STRIDE + 4 * x, x % 2 ? 255 : 0, 4);
  }
  g_assert_true (kocr_rectification_init (&self, quad, &window, 1.0, 0));
  picture = render (&self, frame);
  /* Stripes of a pixel at the near end: gray. */
  for (y = 20; y < self.height - 20; y++) {
    for (x = 5; x < 60; x++) {
      g_assert_cmpint (picture[3 * (y * self.width + x)], >, 60);
      g_assert_cmpint (picture[3 * (y * self.width + x)], <, 195);
    }
  }
}

/* --- The quad around a line --- */

typedef struct
{
  const gchar *name;
  guint n_boxes;
  gdouble boxes[3 * 8];
  gdouble quad[8];
} LineCase;

static const LineCase line_cases[] = {
  {"one", 1, {1, 2, 31, 4, 30, 14, 0, 12}, {1, 2, 31, 4, 30, 14, 0, 12}},
  {"heights-that-differ", 2,
        {10, 20, 50, 20, 50, 40, 10, 40, 60, 14, 90, 14, 90, 38, 60, 38},
      BOX (10, 14, 90, 40)},
  {"any-order", 3,
        {60, 10, 90, 10, 90, 30, 60, 30, 10, 10, 20, 10, 20, 30, 10, 30,
            30, 10, 50, 10, 50, 30, 30, 30},
      BOX (10, 10, 90, 30)},
  /* 45°, downwards. */
  {"tilted", 2,
        {10, 0, 30, 20, 20, 30, 0, 10, 40, 30, 60, 50, 50, 60, 30, 40},
      {10, 0, 60, 50, 50, 60, 0, 10}},
  {"upside-down", 2,
        {90, 40, 60, 40, 60, 20, 90, 20, 50, 40, 10, 40, 10, 20, 50, 20},
      {90, 40, 10, 40, 10, 20, 90, 20}},
  {"mirrored", 2,
        {90, 20, 60, 20, 60, 40, 90, 40, 50, 20, 10, 20, 10, 40, 50, 40},
      {90, 20, 10, 20, 10, 40, 90, 40}},
  /* Top and bottom meet on the right. */
  {"perspective", 2,
        {0, 0, 40, 4, 40, 36, 0, 40, 60, 6, 100, 10, 100, 30, 60, 34},
      {0, 0, 100, 10, 100, 30, 0, 40}},
  {"points", 2, {5, 5, 5, 5, 5, 5, 5, 5, 9, 9, 9, 9, 9, 9, 9, 9},
      BOX (5, 5, 9, 9)},
};

static void
quad_is_around_the_line (gconstpointer data)
{
  const LineCase *row = data;
  gdouble quad[8];
  guint i;

  kocr_line_quad_init (quad, row->boxes, row->n_boxes);
  for (i = 0; i < 8; i++)
    g_assert_cmpfloat_with_epsilon (quad[i], row->quad[i], 1e-6);
}

/* --- A part of a frame --- */

static void
fill_with_ramps (GstVideoFrame * frame)
{
  GstVideoInfo rgb;
  GstVideoFrame from;
  GstVideoConverter *converter;
  g_autoptr (GstBuffer) buffer = NULL;
  gint x, y;

  gst_video_info_set_format (&rgb, GST_VIDEO_FORMAT_RGBx,
      GST_VIDEO_FRAME_WIDTH (frame), GST_VIDEO_FRAME_HEIGHT (frame));
  rgb.fps_n = frame->info.fps_n;
  rgb.fps_d = frame->info.fps_d;
  buffer = gst_buffer_new_allocate (NULL, rgb.size, NULL);
  g_assert_true (gst_video_frame_map (&from, &rgb, buffer, GST_MAP_WRITE));
  for (y = 0; y < rgb.height; y++) {
    guint8 *row = (guint8 *) from.data[0] + y * rgb.stride[0];

    for (x = 0; x < rgb.width; x++) {
      row[4 * x] = 30 + 2 * x;
      row[4 * x + 1] = 30 + 3 * y;
      row[4 * x + 2] = 220 - x - y;
    }
  }
  converter = gst_video_converter_new (&rgb, &frame->info, NULL);
  gst_video_converter_frame (converter, &from, frame);
  gst_video_converter_free (converter);
  gst_video_frame_unmap (&from);
}

/* Of VYUY's description and NV61's last column of odd widths GStreamer (1.22 at
 * least) has two opinions. */
static gboolean
has_faithful_converter (GstVideoFormat format)
{
  return format != GST_VIDEO_FORMAT_VYUY && format != GST_VIDEO_FORMAT_NV61;
}

/* The part and the same of the whole are the same colours, but for chroma at
 * its edges, which is interpolated across them. */
static void
assert_part_of_whole (GstVideoFrame * frame, const GstVideoRectangle * part)
{
  const GstVideoRectangle all = { 0, 0, GST_VIDEO_FRAME_WIDTH (frame),
    GST_VIDEO_FRAME_HEIGHT (frame)
  };
  g_auto (KocrFrameArea) area = { NULL };
  g_auto (KocrFrameArea) whole = { NULL };
  gint x, y, c;

  g_assert_true (kocr_frame_area_init (&area, frame, part));
  g_assert_true (kocr_frame_area_init (&whole, frame, &all));
  for (y = 0; y < part->h; y++) {
    for (x = 0; x < part->w; x++) {
      for (c = 0; c < 3; c++)
        g_assert_cmpint (ABS (area.pixels[y * area.stride + 4 * x + c]
                - whole.pixels[(part->y + y) * whole.stride
                    + 4 * (part->x + x) + c]), <=, 12);
    }
  }
}

static void
a_part_of_every_format_is_that_of_the_whole (void)
{
  const GstVideoRectangle parts[] = {
    {0, 0, 96, 48}, {5, 7, 33, 21}, {95, 47, 1, 1}, {62, 14, 34, 20},
    {13, 0, 1, 48}
  };
  g_autoptr (GstCaps) caps = gst_caps_from_string (GST_VIDEO_CAPS_MAKE
      (GST_VIDEO_FORMATS_ALL));
  const GValue *formats = gst_structure_get_value (gst_caps_get_structure
      (caps, 0), "format");
  guint i, p;

  for (i = 0; i < gst_value_list_get_size (formats); i++) {
    const gchar *name = g_value_get_string (gst_value_list_get_value (formats,
            i));
    GstVideoFormat format = gst_video_format_from_string (name);
    g_autoptr (GstBuffer) buffer = NULL;
    GstVideoFrame frame;
    GstVideoInfo info;

    if (!has_faithful_converter (format))
      continue;
    g_test_message ("%s", name);
    gst_video_info_set_format (&info, format, 97, 49);
    buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
    gst_buffer_memset (buffer, 0, 0, info.size);
    g_assert_true (gst_video_frame_map (&frame, &info, buffer,
            GST_MAP_READWRITE));
    fill_with_ramps (&frame);
    for (p = 0; p < G_N_ELEMENTS (parts); p++)
      assert_part_of_whole (&frame, &parts[p]);
    gst_video_frame_unmap (&frame);
  }
}

#define ADD_TABLE(table, function) \
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) { \
    g_autofree gchar *path = g_strdup_printf ("/crop/" #function "/%s", \
        table[i].name); \
    g_test_add_data_func (path, &table[i], function); \
  }

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (every_angle_becomes_upright);
  ADD_TABLE (seen_cases, perspective_is_taken_out);
  ADD (wide_pixels_become_square);
  ADD (upright_pixels_are_kept_as_they_are);
  ADD_TABLE (cut_cases, is_cut_where_it_can_be);
  ADD (random_quads_do_no_harm);
  ADD (fine_detail_is_averaged_not_skipped);
  ADD_TABLE (line_cases, quad_is_around_the_line);
  ADD (a_part_of_every_format_is_that_of_the_whole);
  return g_test_run ();
}
