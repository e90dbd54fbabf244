/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Any size and stride is sent, and what is found in it leads back to the
 * frame's own pixels.
 */
#include <math.h>
#include <string.h>
#include "../../testrows.h"
#include "decodedpicture.h"
#include "picture/geometry.h"

#define TESTS "/picture/"

#define MARK 24
#define PAPER 220
#define INK 40

static const KocrPictureSettings usual
    = { .max_dimension = 4096, .format = KOCR_IMAGE_JPEG, .quality = 90 };

static KocrPicture *
encode (KocrPictureEncoder * encoder, const GstVideoFrame * frame,
    const KocrPictureSettings * settings)
{
  g_autoptr (GError) error = NULL;
  KocrPicture *picture =
      kocr_picture_encoder_encode (encoder, frame, settings, &error);

  g_assert_no_error (error);
  g_assert_nonnull (picture);
  g_assert_cmpuint (g_bytes_get_size (picture->body), <=,
      settings->max_bytes ? settings->max_bytes : KOCR_PICTURE_MAX_BYTES);
  return picture;
}

/* Sets all samples of component @c inside a box of luma positions. */
static void
fill (GstVideoFrame * frame, guint c, gint x, gint y, gint width, gint height,
    guint8 value)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  gint left = x >> GST_VIDEO_FORMAT_INFO_W_SUB (finfo, c);
  gint top = y >> GST_VIDEO_FORMAT_INFO_H_SUB (finfo, c);
  gint right = -(-(x + width) >> GST_VIDEO_FORMAT_INFO_W_SUB (finfo, c));
  gint bottom = -(-(y + height) >> GST_VIDEO_FORMAT_INFO_H_SUB (finfo, c));

  for (gint j = top; j < bottom; j++)
    for (gint i = left; i < right; i++)
      ((guint8 *) GST_VIDEO_FRAME_COMP_DATA (frame, c))[(gssize) j
          * GST_VIDEO_FRAME_COMP_STRIDE (frame, c)
          + i * GST_VIDEO_FRAME_COMP_PSTRIDE (frame, c)] = value;
}

static void
fill_paper (GstVideoFrame * frame)
{
  gboolean yuv = GST_VIDEO_INFO_IS_YUV (&frame->info);

  for (guint c = 0; c < GST_VIDEO_FRAME_N_COMPONENTS (frame); c++)
    fill (frame, c, 0, 0, frame->info.width, frame->info.height,
        yuv && c > 0 ? 128 : PAPER);
}

static void
any_size_and_stride_is_encoded (void)
{
  static const GstVideoFormat formats[] = { GST_VIDEO_FORMAT_I420,
    GST_VIDEO_FORMAT_NV12, GST_VIDEO_FORMAT_YUY2, GST_VIDEO_FORMAT_UYVY,
    GST_VIDEO_FORMAT_Y42B, GST_VIDEO_FORMAT_Y444, GST_VIDEO_FORMAT_NV16,
    GST_VIDEO_FORMAT_GRAY8, GST_VIDEO_FORMAT_RGB, GST_VIDEO_FORMAT_BGRx,
    GST_VIDEO_FORMAT_I420_10LE, GST_VIDEO_FORMAT_AYUV
  };
  static const gint sizes[][2] = { {1, 1}, {2, 1}, {1, 2}, {3, 3}, {7, 9},
  {8, 8}, {15, 17}, {16, 16}, {17, 15}, {31, 1}, {1, 33}, {33, 47}, {48, 32}
  };
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  g_autoptr (KocrPictureEncoder) encoder = kocr_picture_encoder_new (pool);

  for (guint i = 0; i < G_N_ELEMENTS (formats) * G_N_ELEMENTS (sizes); i++) {
    GstVideoFormat format = formats[i / G_N_ELEMENTS (sizes)];
    const gint *size = sizes[i % G_N_ELEMENTS (sizes)];

    for (gint slack = 0; slack < 5; slack += 2 - slack % 2) {
      g_autoptr (GuardedFrame) guarded =
          guarded_frame_new (format, size[0], size[1], slack);

      guarded_frame_fill_with_noise (guarded);
      for (guint shape = 0; shape < 4; shape++) {
        KocrPictureSettings settings = usual;
        g_autoptr (KocrPicture) picture = NULL;
        g_autoptr (DecodedPicture) decoded = NULL;

        settings.format = shape % 2;
        settings.max_dimension = shape / 2 ? 5 : 4096;
        picture = encode (encoder, &guarded->frame, &settings);
        decoded = decoded_picture_new (picture);
        g_assert_cmpint (decoded->width, <=, size[0]);
        g_assert_cmpint (decoded->height, <=, size[1]);
      }
    }
  }
}

static void
rows_may_lie_upside_down (void)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  g_autoptr (KocrPictureEncoder) encoder = kocr_picture_encoder_new (pool);
  g_autoptr (GuardedFrame) guarded =
      guarded_frame_new (GST_VIDEO_FORMAT_BGRx, 64, 48, 0);
  GstVideoFrame *frame = &guarded->frame;
  KocrPictureSettings settings = usual;

  fill_paper (frame);
  for (guint c = 0; c < 3; c++)
    fill (frame, c, 0, 0, 64, 24, INK);
  frame->data[0] = (guint8 *) frame->data[0] + 47 * frame->info.stride[0];
  frame->info.stride[0] *= -1;
  for (guint i = 0; i < 4; i++) {
    g_autoptr (KocrPicture) picture = NULL;
    g_autoptr (DecodedPicture) decoded = NULL;

    settings.format = i % 2;
    settings.max_dimension = i / 2 ? 32 : 4096;
    picture = encode (encoder, frame, &settings);
    decoded = decoded_picture_new (picture);
    g_assert_cmpint (decoded->rgb[0], >, PAPER - 8);
    g_assert_cmpint (decoded->rgb[(decoded->height - 1) * decoded->width * 3],
        <, INK + 8);
  }
}

/* Where a dark mark is in the picture, as the centre of its darkness, taken to
 * the frame's pixels. */
static void
find_mark (const KocrPicture * picture, gdouble * x, gdouble * y)
{
  g_autoptr (DecodedPicture) decoded = decoded_picture_new (picture);
  gdouble sum = 0, box[8] = { 0 };

  for (gint j = 0; j < decoded->height; j++) {
    for (gint i = 0; i < decoded->width; i++) {
      gint dark = 128 - decoded->rgb[((gsize) j * decoded->width + i) * 3];

      if (dark > 0) {
        sum += dark;
        box[0] += dark * (i + 0.5);
        box[1] += dark * (j + 0.5);
      }
    }
  }
  g_assert_cmpfloat (sum, >, 0);
  box[0] = box[2] = box[0] / sum;
  box[1] = box[3] = box[1] / sum;
  kocr_picture_to_frame (picture, box);
  g_assert_cmpfloat (box[0], ==, box[2]);
  g_assert_cmpfloat (box[1], ==, box[3]);
  *x = box[0];
  *y = box[1];
}

typedef struct
{
  const gchar *name;
  GstVideoFormat format;
  gint width, height, par_n, par_d;
  guint max_dimension;
  gint region[4];
  gint mark[2];
} Way;

static const Way ways[] = {
  {"as_is", GST_VIDEO_FORMAT_I420, 640, 480, 1, 1, 4096, {0}, {300, 200}},
  {"5k_to_4096", GST_VIDEO_FORMAT_I420, 5120, 2880, 1, 1, 4096, {0},
      {5120 - MARK, 2880 - MARK}},
  {"5k_to_4096_at_the_origin", GST_VIDEO_FORMAT_NV12, 5120, 2880, 1, 1, 4096,
      {0}, {0, 0}},
  {"5k_to_4096_packed", GST_VIDEO_FORMAT_BGRx, 5120, 2880, 1, 1, 4096, {0},
      {4000, 77}},
  {"much_smaller", GST_VIDEO_FORMAT_I420, 1920, 1080, 1, 1, 333, {0},
      {1501, 903}},
  {"odd_region", GST_VIDEO_FORMAT_I420, 640, 480, 1, 1, 4096,
      {101, 51, 333, 222}, {205, 107}},
  {"odd_region_packed", GST_VIDEO_FORMAT_YUY2, 640, 480, 1, 1, 4096,
      {101, 51, 333, 222}, {205, 107}},
  {"odd_region_rgb", GST_VIDEO_FORMAT_RGB, 640, 480, 1, 1, 200,
      {101, 51, 333, 222}, {205, 107}},
  {"odd_region_smaller", GST_VIDEO_FORMAT_I420, 1921, 1081, 1, 1, 500,
      {801, 401, 1001, 601}, {1705, 907}},
  {"wide_pixels", GST_VIDEO_FORMAT_I420, 1440, 1080, 4, 3, 4096, {0},
      {1300, 1000}},
  {"tall_pixels", GST_VIDEO_FORMAT_YUY2, 720, 480, 8, 9, 4096, {0},
      {600, 400}},
  {"tall_pixels_region", GST_VIDEO_FORMAT_NV12, 720, 480, 8, 9, 200,
      {399, 199, 301, 267}, {600, 400}},
  {"converted", GST_VIDEO_FORMAT_AYUV, 640, 480, 1, 1, 500,
      {101, 51, 333, 222}, {205, 107}},
};

static GuardedFrame *
marked_frame (const Way * way)
{
  GuardedFrame *guarded =
      guarded_frame_new (way->format, way->width, way->height, 0);
  gboolean yuv = GST_VIDEO_INFO_IS_YUV (&guarded->frame.info);

  fill_paper (&guarded->frame);
  for (guint c = 0; c < (yuv ? 1 : 3); c++)
    fill (&guarded->frame, c, way->mark[0], way->mark[1], MARK, MARK, INK);
  guarded->frame.info.par_n = way->par_n;
  guarded->frame.info.par_d = way->par_d;
  return guarded;
}

static void
assert_mark (const KocrPicture * picture, const Way * way)
{
  /* A third of a sent pixel: what JPEG's noise and two taps leave. */
  gdouble slack
      = MAX (picture->to_frame.scale_x, picture->to_frame.scale_y) / 3,
      x, y;

  g_assert_cmpint (picture->frame_width, ==, way->width);
  g_assert_cmpint (picture->frame_height, ==, way->height);
  find_mark (picture, &x, &y);
  g_test_message ("sent %dx%d, mark off by %.3f, %.3f", picture->width,
      picture->height, x - way->mark[0] - MARK / 2.0,
      y - way->mark[1] - MARK / 2.0);
  g_assert_cmpfloat (fabs (x - way->mark[0] - MARK / 2.0), <=, slack);
  g_assert_cmpfloat (fabs (y - way->mark[1] - MARK / 2.0), <=, slack);
}

/* Also through a second encoding of the kept pixels, of a part and smaller. */
static void
boxes_lead_back_to_the_frame (gconstpointer data)
{
  const Way *way = data;
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  g_autoptr (KocrPictureEncoder) encoder = kocr_picture_encoder_new (pool);
  g_autoptr (GuardedFrame) guarded = marked_frame (way);
  g_autoptr (KocrPicture) picture = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  KocrPictureSettings settings = usual;
  gdouble x, y;

  memcpy (settings.region, way->region, sizeof way->region);
  settings.max_dimension = way->max_dimension;
  settings.quality = 95;
  settings.keep_source = TRUE;
  picture = encode (encoder, &guarded->frame, &settings);
  g_assert_cmpint (MAX (picture->width, picture->height), <=,
      way->max_dimension);
  assert_mark (picture, way);

  x = (way->mark[0] - picture->to_frame.offset_x) / picture->to_frame.scale_x;
  y = (way->mark[1] - picture->to_frame.offset_y) / picture->to_frame.scale_y;
  settings.region[0] = MAX (0, (gint) x - 41);
  settings.region[1] = MAX (0, (gint) y - 23);
  settings.region[2] = 41 + 67;
  settings.region[3] = 23 + 59;
  settings.max_dimension = 90;
  again = kocr_picture_encoder_reencode (encoder, picture, &settings, &error);
  g_assert_no_error (error);
  assert_mark (again, way);
}

#define ALL_EDGES (KOCR_EDGE_LEFT | KOCR_EDGE_TOP | KOCR_EDGE_RIGHT \
    | KOCR_EDGE_BOTTOM)

static const struct
{
  const gchar *name;
  gint mark[2];
  KocrEdges asked;
  gint more[2];                 /* of the sent picture's sides */
} edges[] = {
  {"left", {0, 48}, ALL_EDGES, {KOCR_EDGE_PAD, 0}},
  {"top", {68, 0}, ALL_EDGES, {0, KOCR_EDGE_PAD}},
  {"right", {160 - MARK, 48}, ALL_EDGES, {KOCR_EDGE_PAD, 0}},
  {"bottom", {68, 120 - MARK}, ALL_EDGES, {0, KOCR_EDGE_PAD}},
  {"corner", {0, 0}, ALL_EDGES, {KOCR_EDGE_PAD, KOCR_EDGE_PAD}},
  {"none", {68, 48}, ALL_EDGES, {0, 0}},
  {"that_nobody_cut", {0, 48}, 0, {0, 0}},
};

/* Who reads takes what ends at an edge for cut off. */
static void
what_touches_an_edge_has_room (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  const Way way = { .format = GST_VIDEO_FORMAT_I420,
    .width = 160,
    .height = 120,
    .par_n = 1,
    .par_d = 1,
    .mark = { edges[row].mark[0], edges[row].mark[1] } };
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  g_autoptr (KocrPictureEncoder) encoder = kocr_picture_encoder_new (pool);
  g_autoptr (GuardedFrame) guarded = marked_frame (&way);
  g_autoptr (KocrPicture) picture = NULL;
  g_autoptr (DecodedPicture) decoded = NULL;
  KocrPictureSettings settings = usual;

  settings.edges = edges[row].asked;
  picture = encode (encoder, &guarded->frame, &settings);
  g_assert_cmpint (picture->width, ==, way.width + edges[row].more[0]);
  g_assert_cmpint (picture->height, ==, way.height + edges[row].more[1]);
  assert_mark (picture, &way);
  if (edges[row].more[0] == 0 && edges[row].more[1] == 0)
    return;
  /* Of the paper's colour all around. */
  decoded = decoded_picture_new (picture);
  for (gint y = 0; y < picture->height; y++)
    for (gint x = 0; x < picture->width; x++)
      if (x == 0 || y == 0 || x == picture->width - 1
          || y == picture->height - 1)
        g_assert_cmpint (decoded->rgb[3 * (y * picture->width + x)], >,
            (PAPER + INK) / 2);
}

/* Rows of an odd number of bytes are copied before GStreamer converts them. */
static void
a_palette_is_read_with_any_stride (void)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  g_autoptr (KocrPictureEncoder) encoder = kocr_picture_encoder_new (pool);
  g_autoptr (KocrPicture) picture = NULL;
  g_autoptr (DecodedPicture) decoded = NULL;
  KocrPictureSettings settings = usual;
  guint32 palette[256] = { 0 };
  GstVideoFrame frame;
  GstVideoInfo info;
  GstBuffer *buffer;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_RGB8P, 321, 301);
  info.stride[0] = 321;
  info.offset[1] = 321 * 301 + 3;
  info.size = info.offset[1] + sizeof palette;
  buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
  palette[7] = GUINT32_TO_LE (0xffffffff);
  gst_buffer_memset (buffer, 0, 7, 321 * 301);
  gst_buffer_fill (buffer, info.offset[1], palette, sizeof palette);
  g_assert_true (gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ));
  picture = encode (encoder, &frame, &settings);
  gst_video_frame_unmap (&frame);
  gst_buffer_unref (buffer);
  decoded = decoded_picture_new (picture);
  for (gint i = 0; i < 3 * 321 * 301; i++)
    g_assert_cmpint (decoded->rgb[i], >=, 250);
}

static void
interlaced_frames_are_taken_as_stored (void)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  g_autoptr (KocrPictureEncoder) encoder = kocr_picture_encoder_new (pool);
  g_autoptr (GuardedFrame) guarded =
      guarded_frame_new (GST_VIDEO_FORMAT_I420, 720, 576, 0);
  g_autoptr (KocrPicture) interleaved = NULL, field = NULL;
  g_autoptr (DecodedPicture) decoded = NULL;
  KocrPictureSettings settings = usual;

  fill_paper (&guarded->frame);
  for (gint y = 0; y < 576; y += 2)
    fill (&guarded->frame, 0, 0, y, 720, 1, INK);
  guarded->frame.info.interlace_mode = GST_VIDEO_INTERLACE_MODE_INTERLEAVED;
  guarded->frame.flags |= GST_VIDEO_FRAME_FLAG_INTERLACED;
  interleaved = encode (encoder, &guarded->frame, &settings);
  decoded = decoded_picture_new (interleaved);
  g_assert_cmpint (decoded->rgb[3 * 360], <, 90);
  g_assert_cmpint (decoded->rgb[3 * (720 + 360)], >, 170);
  g_assert_cmpfloat (interleaved->to_frame.scale_y, ==, 1);

  /* One field in a buffer: the rows that are there stand for twice as many. */
  guarded->frame.info.interlace_mode = GST_VIDEO_INTERLACE_MODE_ALTERNATE;
  guarded->frame.info.height = 1152;
  field = encode (encoder, &guarded->frame, &settings);
  g_assert_cmpint (field->frame_height, ==, 1152);
  g_assert_cmpfloat_with_epsilon (
      field->height * field->to_frame.scale_y, 1152, 1e-9);
  g_assert_cmpfloat_with_epsilon (
      field->to_frame.scale_x, field->to_frame.scale_y, 0.01);
}

/* What says nothing of pixels makes no difference to converters. */
static void
time_and_fields_do_not_matter_to_scaling (void)
{
  static const GstVideoInterlaceMode modes[] = {
    GST_VIDEO_INTERLACE_MODE_PROGRESSIVE, GST_VIDEO_INTERLACE_MODE_INTERLEAVED,
    GST_VIDEO_INTERLACE_MODE_MIXED, GST_VIDEO_INTERLACE_MODE_FIELDS,
    GST_VIDEO_INTERLACE_MODE_ALTERNATE
  };
  static const GstVideoFormat formats[] = { GST_VIDEO_FORMAT_I420,
    GST_VIDEO_FORMAT_NV12, GST_VIDEO_FORMAT_AYUV, GST_VIDEO_FORMAT_BGRx
  };
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  g_autoptr (KocrPictureEncoder) encoder = kocr_picture_encoder_new (pool);

  for (guint i = 0; i < G_N_ELEMENTS (modes) * G_N_ELEMENTS (formats); i++) {
    g_autoptr (GuardedFrame) guarded =
        guarded_frame_new (formats[i / G_N_ELEMENTS (modes)], 320, 240, 0);
    g_autoptr (KocrPicture) picture = NULL;
    g_autoptr (DecodedPicture) decoded = NULL;
    GstVideoInfo *info = &guarded->frame.info;
    KocrPictureSettings settings = usual;

    fill_paper (&guarded->frame);
    settings.max_dimension = 100;
    settings.format = i % 2;
    info->interlace_mode = modes[i % G_N_ELEMENTS (modes)];
    if (info->interlace_mode == GST_VIDEO_INTERLACE_MODE_ALTERNATE)
      info->height *= 2;
    info->fps_n = 30000 + i;
    info->fps_d = 1001;
    picture = encode (encoder, &guarded->frame, &settings);
    decoded = decoded_picture_new (picture);
    g_assert_cmpint (MAX (decoded->width, decoded->height), ==, 100);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  ADD (any_size_and_stride_is_encoded);
  ADD (rows_may_lie_upside_down);
  ADD_ROWS (boxes_lead_back_to_the_frame, ways);
  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    ADD_ROW (what_touches_an_edge_has_room, edges[i].name,
        GUINT_TO_POINTER (i));
  ADD (a_palette_is_read_with_any_stride);
  ADD (interlaced_frames_are_taken_as_stored);
  ADD (time_and_fields_do_not_matter_to_scaling);
  return g_test_run ();
}
