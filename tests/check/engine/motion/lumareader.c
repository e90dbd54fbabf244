/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Luma reader: small pictures of frames in any format, from any memory.
 */
#include <math.h>
#include <sys/mman.h>
#include <unistd.h>
#include <gst/allocators/gstfdmemory.h>

#include "../../testrows.h"
#include "motion/lumareader.h"
#include "movingworld.h"

#define TESTS "/lumareader/"

static KocrLumaPyramid *
read_frame (GstBuffer * buffer, const GstVideoInfo * info)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  KocrLumaReader reader;

  kocr_luma_reader_set_up (&reader, info, TRUE);
  return kocr_luma_reader_read (&reader, pool, buffer);
}

static GstBuffer *
create_gray (gint width, gint height, GstVideoInfo * info)
{
  MovingWorld *world = moving_world_new (width + 40, height + 40, WORLD_BLOBS,
      4);
  KocrSimilarity camera = { 1, 0, -20, -20 };
  GstVideoFrame frame;
  GstBuffer *buffer;

  gst_video_info_set_format (info, GST_VIDEO_FORMAT_GRAY8, width, height);
  buffer = gst_buffer_new_allocate (NULL, info->size, NULL);
  g_assert_true (gst_video_frame_map (&frame, info, buffer, GST_MAP_WRITE));
  moving_world_render (world, &camera, 0, 0,
      GST_VIDEO_FRAME_PLANE_DATA (&frame, 0), width, height,
      GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0));
  gst_video_frame_unmap (&frame);
  moving_world_free (world);
  return buffer;
}

static GstBuffer *
convert (GstBuffer * from, GstVideoInfo * from_info, GstVideoInfo * to_info)
{
  GstBuffer *to = gst_buffer_new_allocate (NULL, to_info->size, NULL);
  GstVideoConverter *converter =
      gst_video_converter_new (from_info, to_info, NULL);
  GstVideoFrame source, target;

  g_assert_nonnull (converter);
  g_assert_true (gst_video_frame_map (&source, from_info, from, GST_MAP_READ));
  g_assert_true (gst_video_frame_map (&target, to_info, to, GST_MAP_WRITE));
  gst_video_converter_frame (converter, &source, &target);
  gst_video_frame_unmap (&target);
  gst_video_frame_unmap (&source);
  gst_video_converter_free (converter);
  return to;
}

/* How alike two pictures are, whatever their range. */
static gdouble
correlation (const KocrLumaLevel * a, const KocrLumaLevel * b)
{
  gdouble n = a->width * a->height, sa = 0, sb = 0, aa = 0, bb = 0, ab = 0;

  for (gint y = 0; y < a->height; y++) {
    for (gint x = 0; x < a->width; x++) {
      gdouble p = a->pixels[y * a->stride + x];
      gdouble q = b->pixels[y * b->stride + x];

      sa += p;
      sb += q;
      aa += p * p;
      bb += q * q;
      ab += p * q;
    }
  }
  return (ab - sa * sb / n) / sqrt ((aa - sa * sa / n) * (bb - sb * sb / n));
}

static void
check_formats (gint width, gint height)
{
  guint readable = 0;
  GstVideoInfo gray_info;
  GstBuffer *gray = create_gray (width, height, &gray_info);
  g_autoptr (KocrLumaPyramid) truth = read_frame (gray, &gray_info);

  for (GstVideoFormat f = GST_VIDEO_FORMAT_I420;
      gst_video_format_get_info (f) && f < GST_VIDEO_FORMAT_RGBP; f++) {
    const GstVideoFormatInfo *format = gst_video_format_get_info (f);
    g_autoptr (KocrLumaPyramid) picture = NULL;
    GstVideoInfo info;
    GstBuffer *frame;

    if (!kocr_luma_pyramid_can_read (format))
      continue;
    gst_video_info_set_format (&info, f, width, height);
    frame = convert (gray, &gray_info, &info);
    picture = read_frame (frame, &info);
    g_test_message ("%s", format->name);
    for (guint i = 0; i < KOCR_LUMA_LEVELS; i++)
      g_assert_cmpfloat (correlation (&truth->levels[i], &picture->levels[i]),
          >, 0.98);
    gst_buffer_unref (frame);
    readable++;
  }
  g_assert_cmpuint (readable, >, 40);
  gst_buffer_unref (gray);
}

static void
all_formats_show_the_same (void)
{
  check_formats (1442, 200);    /* a quarter */
  check_formats (802, 202);     /* a half */
  check_formats (322, 202);     /* all */
}

static void
formats_of_live_video_can_be_read (void)
{
  static const gchar *const names[] = { "I420", "NV12", "NV21", "YV12", "YUY2",
    "UYVY", "Y42B", "Y444", "GRAY8", "BGRx", "RGBA", "RGB", "BGR", "AYUV",
    "I420_10LE", "P010_10LE"
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (kocr_luma_pyramid_can_read (gst_video_format_get_info
            (gst_video_format_from_string (names[i]))));
}

/* Rows that Orc would not take. */
static void
rows_may_begin_anywhere (void)
{
  const gint width = 1450, height = 120, stride = 1453;
  GstVideoInfo info, odd;
  GstBuffer *gray = create_gray (width, height, &info);
  GstBuffer *copy = gst_buffer_new_allocate (NULL, stride * height + 1, NULL);
  g_autoptr (KocrLumaPyramid) truth = read_frame (gray, &info);
  g_autoptr (KocrLumaPyramid) picture = NULL;
  GstMapInfo from, to;

  gst_buffer_map (gray, &from, GST_MAP_READ);
  gst_buffer_map (copy, &to, GST_MAP_WRITE);
  for (gint y = 0; y < height; y++)
    memcpy (to.data + 1 + y * stride, from.data + y * info.stride[0], width);
  gst_buffer_unmap (copy, &to);
  gst_buffer_unmap (gray, &from);

  odd = info;
  odd.stride[0] = stride;
  odd.offset[0] = 1;
  odd.size = stride * height + 1;
  picture = read_frame (copy, &odd);
  g_assert_cmpfloat (correlation (&truth->levels[0], &picture->levels[0]), >,
      0.98);
  gst_buffer_unref (copy);
  gst_buffer_unref (gray);
}

/* As a decoder's are, with rows that are not shown. */
static void
frames_may_be_larger_than_their_caps (void)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  KocrLumaReader reader;
  GstVideoInfo larger, caps;
  g_autoptr (GstBuffer) padded = create_gray (640, 368, &larger);
  g_autoptr (GstBuffer) plain = create_gray (640, 360, &caps);
  g_autoptr (KocrLumaPyramid) picture = NULL;

  gst_buffer_add_video_meta (padded, GST_VIDEO_FRAME_FLAG_NONE,
      GST_VIDEO_FORMAT_GRAY8, 640, 368);
  kocr_luma_reader_set_up (&reader, &caps, TRUE);
  picture = kocr_luma_reader_read (&reader, pool, padded);
  g_assert_cmpint (picture->levels[0].height, ==, 368);
  /* Boxes cannot go from one size to another. */
  g_assert_null (kocr_luma_reader_read (&reader, pool, plain));
  g_assert_null (kocr_luma_reader_read (&reader, pool, padded));
  kocr_luma_reader_set_up (&reader, &caps, TRUE);
  g_clear_pointer (&picture, kocr_luma_pyramid_unref);
  picture = kocr_luma_reader_read (&reader, pool, plain);
  g_assert_cmpint (picture->levels[0].height, ==, 360);
}

/* Memory of a kind that nobody knows is tried first, from its beginning, which
 * is where the last row lies. */
static void
unknown_memory_may_lie_upside_down (void)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  KocrLumaReader reader;
  GstVideoInfo info;
  g_autoptr (GstBuffer) gray = create_gray (640, 360, &info);
  g_autoptr (GstAllocator) allocator = gst_fd_allocator_new ();
  g_autoptr (GstBuffer) buffer = gst_buffer_new ();
  g_autoptr (KocrLumaPyramid) picture = NULL;
  gint strides[GST_VIDEO_MAX_PLANES] = { -640 };
  gsize offsets[GST_VIDEO_MAX_PLANES] = { 359 * 640 };
  gint fd = memfd_create ("frame", 0);
  GstMapInfo map;

  gst_buffer_map (gray, &map, GST_MAP_READ);
  g_assert_cmpint (write (fd, map.data, 360 * 640), ==, 360 * 640);
  gst_buffer_unmap (gray, &map);
  gst_buffer_append_memory (buffer, gst_fd_allocator_alloc (allocator, fd,
          360 * 640, GST_FD_MEMORY_FLAG_NONE));
  gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE,
      GST_VIDEO_FORMAT_GRAY8, 640, 360, 1, offsets, strides);
  kocr_luma_reader_set_up (&reader, &info, TRUE);
  picture = kocr_luma_reader_read (&reader, pool, buffer);
  g_assert_cmpuint (reader.trials, ==, 1);
}

static void
small_frames_are_not_read (void)
{
  GstVideoInfo info;
  GstBuffer *gray = create_gray (32, 31, &info);

  g_assert_null (read_frame (gray, &info));
  gst_buffer_unref (gray);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (all_formats_show_the_same);
  ADD (formats_of_live_video_can_be_read);
  ADD (rows_may_begin_anywhere);
  ADD (frames_may_be_larger_than_their_caps);
  ADD (unknown_memory_may_lie_upside_down);
  ADD (small_frames_are_not_read);
  return g_test_run ();
}
