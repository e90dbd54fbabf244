/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the mask leaves of a picture, in every raw format there is.
 */
#include "mask/fill.h"

#include <string.h>

#include "../../testrows.h"

#define TESTS "/mask/fill/"

/* Odd and even, so that groups of pixels are cut at the edges. */
#define WIDTH 131
#define HEIGHT 77

#define BOX(x0, y0, x1, y1)                                                    \
  {                                                                            \
    x0, y0, x1, y0, x1, y1, x0, y1                                             \
  }
#define ROW (WIDTH * 8) /* bytes, unpacked, at most */

/* How far from its box a mask may reach: the margin and a group of pixels. */
#define REACH(height) (0.2 * (height) + 2.0 + 4.0)

/* Wide, tilted by 20 degrees, and beyond two edges. */
static const gdouble boxes[][8] = {
  BOX (41, 30, 90, 43),
  { 30, 40, 86.4, 19.5, 90.5, 30.7, 34.1, 51.3 },
  BOX (101, 60, 160, 90),
};

/* --- Helpers --- */

static GstBuffer *
create_frame (const GstVideoInfo *info)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, info->size, NULL);

  gst_buffer_memset (buffer, 0, 0, info->size);
  return buffer;
}

static guint
pixel_size (const GstVideoInfo *info)
{
  return GST_VIDEO_FORMAT_INFO_BITS (
             gst_video_format_get_info (info->finfo->unpack_format))
                 > 8
             ? 8
             : 4;
}

/* The whole picture as it unpacks, row by row. */
static guint8 *
unpack (const GstVideoInfo *info, GstBuffer *buffer)
{
  guint8 *pixels = g_malloc0_n (ROW, HEIGHT + 1);
  GstVideoFrame frame;
  gint y;

  g_assert_true (gst_video_frame_map (&frame, info, buffer, GST_MAP_READ));
  for (y = 0; y < GST_VIDEO_INFO_FIELD_HEIGHT (info); y++)
    info->finfo->unpack_func (info->finfo, GST_VIDEO_PACK_FLAG_TRUNCATE_RANGE,
        pixels + y * ROW, frame.data, frame.info.stride, 0, y, info->width);
  gst_video_frame_unmap (&frame);
  return pixels;
}

static void
pack (const GstVideoInfo *info, GstBuffer *buffer, const guint8 *pixels)
{
  GstVideoFrame frame;
  gint y;

  g_assert_true (gst_video_frame_map (&frame, info, buffer, GST_MAP_READWRITE));
  for (y = 0; y < GST_VIDEO_INFO_FIELD_HEIGHT (info); y++)
    info->finfo->pack_func (info->finfo, 0, (gpointer)(pixels + y * ROW), 0,
        frame.data, frame.info.stride, info->chroma_site, y, info->width);
  gst_video_frame_unmap (&frame);
}

static gdouble
distance_from (const gdouble *box, gdouble x, gdouble y)
{
  gdouble outside = -G_MAXDOUBLE;
  guint i;

  for (i = 0; i < 4; i++) {
    const gdouble *a = &box[2 * i], *b = &box[2 * ((i + 1) % 4)];
    gdouble dx = b[0] - a[0], dy = b[1] - a[1];

    outside = MAX (outside,
        ((x - a[0]) * dy - (y - a[1]) * dx) / MAX (ABS (dx), ABS (dy)));
  }
  return outside;
}

/* Noise, in @box alone or everywhere. */
static void
scatter (const GstVideoInfo *info, GstBuffer *buffer, const gdouble *box,
    GRand *random)
{
  g_autofree guint8 *pixels = unpack (info, buffer);
  guint size = pixel_size (info), i;
  gint x, y;

  for (y = 0; y < GST_VIDEO_INFO_FIELD_HEIGHT (info); y++) {
    for (x = 0; x < info->width; x++) {
      if (box && distance_from (box, x + 0.5, y + 0.5) > 0.0)
        continue;
      for (i = 0; i < size; i++)
        pixels[y * ROW + x * size + i] = g_rand_int (random);
    }
  }
  pack (info, buffer, pixels);
}

static void
fill (const GstVideoInfo *info, GstBuffer *buffer, KocrMaskFill kind,
    const gdouble *box)
{
  GstVideoFrame frame;

  g_assert_true (gst_video_frame_map (&frame, info, buffer, GST_MAP_READWRITE));
  if (box)
    kocr_mask_fill_boxes (&frame, kind, box, 1);
  else
    kocr_mask_fill_frame (&frame);
  gst_video_frame_unmap (&frame);
}

static void
assert_same_bytes (GstBuffer *a, GstBuffer *b)
{
  GstMapInfo maps[2];

  g_assert_true (gst_buffer_map (a, &maps[0], GST_MAP_READ));
  g_assert_true (gst_buffer_map (b, &maps[1], GST_MAP_READ));
  g_assert_cmpmem (maps[0].data, maps[0].size, maps[1].data, maps[1].size);
  gst_buffer_unmap (a, &maps[0]);
  gst_buffer_unmap (b, &maps[1]);
}

static guint
check_format (GstVideoFormat format, gint width,
    void (*check) (const GstVideoInfo *info, GRand *random))
{
  GRand *random = g_rand_new_with_seed (7);
  GstVideoInfo info;
  gboolean can;

  g_assert_true (gst_video_info_set_format (&info, format, width, HEIGHT));
  can = kocr_mask_fill_supports (&info);
  g_test_message (
      "%s%s", GST_VIDEO_INFO_NAME (&info), can ? "" : " cannot be masked");
  if (can)
    check (&info, random);
  else
    g_assert_true (GST_VIDEO_FORMAT_INFO_HAS_PALETTE (info.finfo)
                   || !info.finfo->pack_func || width % 2);
  g_rand_free (random);
  return can;
}

/* Calls @check for every format that can be masked. */
static void
for_each_format (void (*check) (const GstVideoInfo *info, GRand *random))
{
  guint i, n_formats, n_even = 0, n_odd = 0;
  const GstVideoFormat *formats = gst_video_formats_raw (&n_formats);

  for (i = 0; i < n_formats; i++) {
    n_even += check_format (formats[i], WIDTH - 1, check);
    n_odd += check_format (formats[i], WIDTH, check);
  }
  g_assert_cmpuint (n_even, >, 80);
  /* Two are packed wrongly. */
  g_assert_cmpuint (n_odd, >=, n_even - 2);
}

/* --- Behaviour --- */

static void
check_redacted (const GstVideoInfo *info, GRand *random)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (boxes); i++) {
    g_autoptr (GstBuffer) one = create_frame (info);
    g_autoptr (GstBuffer) other = NULL;

    scatter (info, one, NULL, random);
    other = gst_buffer_copy_deep (one);
    scatter (info, other, boxes[i], random);
    fill (info, one, KOCR_MASK_FILL_REDACT, boxes[i]);
    fill (info, other, KOCR_MASK_FILL_REDACT, boxes[i]);
    assert_same_bytes (one, other);
  }
}

/* Two pictures that differ in the box alone are the same afterwards, to the
 * last bit: nothing of what was there is left. */
static void
leaves_nothing_of_what_it_redacts_in_any_format (void)
{
  for_each_format (check_redacted);
}

static void
check_blanked (const GstVideoInfo *info, GRand *random)
{
  g_autoptr (GstBuffer) one = create_frame (info);
  g_autoptr (GstBuffer) other = create_frame (info);

  scatter (info, one, NULL, random);
  scatter (info, other, NULL, random);
  fill (info, one, KOCR_MASK_FILL_REDACT, NULL);
  fill (info, other, KOCR_MASK_FILL_REDACT, NULL);
  assert_same_bytes (one, other);
}

static void
leaves_nothing_of_a_frame_that_it_blanks_in_any_format (void)
{
  for_each_format (check_blanked);
}

static void
check_kept (const GstVideoInfo *info, GRand *random)
{
  guint size = pixel_size (info), i;
  gint x, y;

  for (i = 0; i < G_N_ELEMENTS (boxes); i++) {
    g_autoptr (GstBuffer) buffer = create_frame (info);
    g_autofree guint8 *before = NULL, *after = NULL;

    scatter (info, buffer, NULL, random);
    before = unpack (info, buffer);
    fill (info, buffer, i % 2 ? KOCR_MASK_FILL_REDACT : KOCR_MASK_FILL_BLUR,
        boxes[i]);
    after = unpack (info, buffer);
    for (y = 0; y < GST_VIDEO_INFO_FIELD_HEIGHT (info); y++) {
      for (x = 0; x < info->width; x++) {
        guint at = y * ROW + x * size;

        if (distance_from (boxes[i], x + 0.5, y + 0.5) > 1.5 * REACH (30))
          g_assert_cmpmem (before + at, size, after + at, size);
      }
    }
  }
}

static void
leaves_the_rest_as_it_was_in_every_format (void)
{
  for_each_format (check_kept);
}

/* How many different pixels there are in @box. */
static guint
count_values (const GstVideoInfo *info, GstBuffer *buffer, const gdouble *box)
{
  g_autofree guint8 *pixels = unpack (info, buffer);
  g_autoptr (GHashTable) values = g_hash_table_new_full (
      g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
  guint size = pixel_size (info);
  gint x, y;

  for (y = 0; y < GST_VIDEO_INFO_FIELD_HEIGHT (info); y++) {
    for (x = 0; x < info->width; x++) {
      if (distance_from (box, x + 0.5, y + 0.5) < 0.0)
        g_hash_table_add (
            values, g_bytes_new (pixels + y * ROW + x * size, size));
    }
  }
  return g_hash_table_size (values);
}

static void
check_blurred (const GstVideoInfo *info, GRand *random)
{
  /* A cell is as high as the text with its margins and no narrower. */
  static const guint most[] = { 3, 4, 4 };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (boxes); i++) {
    g_autoptr (GstBuffer) buffer = create_frame (info);

    scatter (info, buffer, NULL, random);
    fill (info, buffer, KOCR_MASK_FILL_BLUR, boxes[i]);
    g_assert_cmpuint (count_values (info, buffer, boxes[i]), <=, most[i]);
  }
}

static void
blurs_to_cells_of_the_texts_height_in_every_format (void)
{
  for_each_format (check_blurred);
}

static void
blurs_to_what_is_seen_from_afar (void)
{
  GstVideoInfo info;
  g_autoptr (GstBuffer) buffer = NULL;
  g_autofree guint8 *pixels = NULL;
  GstVideoFrame frame;
  gint x, y;

  /* Stripes of 50 and 150, and on the right of 150 alone. */
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_GRAY8, WIDTH, HEIGHT);
  buffer = create_frame (&info);
  g_assert_true (gst_video_frame_map (&frame, &info, buffer, GST_MAP_WRITE));
  for (y = 0; y < HEIGHT; y++) {
    for (x = 0; x < info.width; x++)
      ((guint8 *)GST_VIDEO_FRAME_PLANE_DATA (
          &frame, 0))[y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0) + x]
          = x < 66 && x % 2 ? 50 : 150;
  }
  gst_video_frame_unmap (&frame);
  fill (&info, buffer, KOCR_MASK_FILL_BLUR, boxes[0]);
  pixels = unpack (&info, buffer);
  g_assert_cmpint (ABS (pixels[36 * ROW + 45 * 4 + 1] - 100), <=, 4);
  g_assert_cmpint (ABS (pixels[36 * ROW + 85 * 4 + 1] - 150), <=, 4);
}

/* Lines of the two fields share no sample of colour; and a field by itself. */
static void
leaves_nothing_in_interlaced_frames (void)
{
  static const GstVideoInterlaceMode modes[]
      = { GST_VIDEO_INTERLACE_MODE_INTERLEAVED,
          GST_VIDEO_INTERLACE_MODE_ALTERNATE };
  static const GstVideoFormat formats[] = { GST_VIDEO_FORMAT_I420,
    GST_VIDEO_FORMAT_NV12, GST_VIDEO_FORMAT_P010_10LE, GST_VIDEO_FORMAT_YUY2 };
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (formats); i++) {
    for (j = 0; j < G_N_ELEMENTS (modes); j++) {
      GRand *random = g_rand_new_with_seed (7);
      GstVideoInfo info;

      gst_video_info_set_interlaced_format (
          &info, formats[i], modes[j], WIDTH, HEIGHT);
      check_redacted (&info, random);
      check_blanked (&info, random);
      g_rand_free (random);
    }
  }
}

static void
takes_any_box (void)
{
  static const gdouble any[][8] = {
    BOX (50, 40, 50, 40),
    BOX (10, 40, 120, 40),
    BOX (60, 10, 60, 70),
    BOX (90, 43, 41, 30),
    BOX (-1e6, -1e6, 1e6, 1e6),
    BOX (-1e6, 30, 1e6, 31),
    BOX (-2147483648.0, 30, 2147483648.0, 31),
    BOX (130.5, 76.5, 131, 77),
    BOX (500, 500, 600, 520),
    BOX (-90, 20, -60, 40),
    { 20, 20, 100, 60, 100, 20, 20, 60 },
    { 10, 10, 90, 20, 60, 70, 60, 20 },
  };
  guint i, kind;

  for (i = 0; i < G_N_ELEMENTS (any); i++) {
    for (kind = KOCR_MASK_FILL_REDACT; kind <= KOCR_MASK_FILL_BLUR; kind++) {
      GstVideoInfo info;
      g_autoptr (GstBuffer) buffer = NULL;

      gst_video_info_set_format (&info, GST_VIDEO_FORMAT_NV12, WIDTH, HEIGHT);
      buffer = create_frame (&info);
      fill (&info, buffer, kind, any[i]);
    }
  }
}

static void
refuses_what_it_cannot_mask (void)
{
  GstVideoInfo info;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_RGB8P, WIDTH, HEIGHT);
  g_assert_false (kocr_mask_fill_supports (&info));
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_UYVP, WIDTH, HEIGHT);
  g_assert_false (kocr_mask_fill_supports (&info));
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT);
  g_assert_true (kocr_mask_fill_supports (&info));
  GST_VIDEO_INFO_MULTIVIEW_MODE (&info) = GST_VIDEO_MULTIVIEW_MODE_SEPARATED;
  g_assert_false (kocr_mask_fill_supports (&info));
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (leaves_nothing_of_what_it_redacts_in_any_format);
  ADD (leaves_nothing_of_a_frame_that_it_blanks_in_any_format);
  ADD (leaves_the_rest_as_it_was_in_every_format);
  ADD (blurs_to_cells_of_the_texts_height_in_every_format);
  ADD (blurs_to_what_is_seen_from_afar);
  ADD (leaves_nothing_in_interlaced_frames);
  ADD (takes_any_box);
  ADD (refuses_what_it_cannot_mask);
  return g_test_run ();
}
