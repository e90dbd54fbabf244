/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The encoder's limits: bytes a body may have, what it keeps and gives back,
 * and that nothing hostile ends the process.
 */
#include <malloc.h>
#include <string.h>
#include <sys/resource.h>
#include "../../testrows.h"
#include "decodedpicture.h"
#include "base/error.h"

#define TESTS "/picture/"

#if defined (__SANITIZE_ADDRESS__)
#define HAVE_SANITIZER 1
#elif defined (__has_feature)
#if __has_feature (address_sanitizer)
#define HAVE_SANITIZER 1
#endif
#endif

static const KocrPictureSettings usual
    = { .max_dimension = 4096, .format = KOCR_IMAGE_JPEG, .quality = 90 };

static KocrPicture *
encode (const GstVideoFrame * frame, const KocrPictureSettings * settings)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  g_autoptr (KocrPictureEncoder) encoder = kocr_picture_encoder_new (pool);
  g_autoptr (GError) error = NULL;
  KocrPicture *picture =
      kocr_picture_encoder_encode (encoder, frame, settings, &error);

  g_assert_no_error (error);
  g_assert_nonnull (picture);
  return picture;
}

static void
assert_refused (const GstVideoFrame * frame,
    const KocrPictureSettings * settings, const gchar * reason)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  g_autoptr (KocrPictureEncoder) encoder = kocr_picture_encoder_new (pool);
  g_autoptr (GError) error = NULL;

  g_assert_null (kocr_picture_encoder_encode (encoder, frame, settings,
          &error));
  g_assert_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, reason));
}

static GuardedFrame *
noise (GstVideoFormat format, gint width, gint height)
{
  GuardedFrame *guarded = guarded_frame_new (format, width, height, 0);

  guarded_frame_fill_with_noise (guarded);
  return guarded;
}

/* A frame as large as one wants: all its rows are the same one. */
static GuardedFrame *
endless (GstVideoFormat format, gint width, gint height)
{
  GuardedFrame *guarded = noise (format, width, 2);

  guarded->frame.info.height = height;
  memset (guarded->frame.info.stride, 0, sizeof guarded->frame.info.stride);
  return guarded;
}

typedef struct
{
  const gchar *name;
  KocrImageFormat format;
  guint quality;
  gsize max_bytes;
  guint least_quality, most_quality;    /* as used */
  gint least_side, most_side;
} Limit;

/* 400 x 300 of noise is some 145 kB at 90, 102 kB at 75, and 360 kB as PNG. */
static const Limit limits[] = {
  {"fits", KOCR_IMAGE_JPEG, 90, 0, 90, 90, 400, 400},
  {"less_quality", KOCR_IMAGE_JPEG, 90, 120000, 45, 75, 400, 400},
  {"less_quality_then_size", KOCR_IMAGE_JPEG, 90, 40000, 45, 45, 100, 399},
  {"low_quality_then_size", KOCR_IMAGE_JPEG, 20, 10000, 20, 20, 50, 399},
  {"hardly_anything", KOCR_IMAGE_JPEG, 100, 1500, 45, 55, 16, 100},
  {"png_fits", KOCR_IMAGE_PNG, 90, 0, 90, 90, 400, 400},
  {"png_less_size", KOCR_IMAGE_PNG, 90, 100000, 90, 90, 100, 399},
};

static void
a_body_never_exceeds_its_limit (gconstpointer data)
{
  const Limit *limit = data;
  g_autoptr (GuardedFrame) guarded = noise (GST_VIDEO_FORMAT_I420, 400, 300);
  g_autoptr (KocrPicture) picture = NULL;
  g_autoptr (DecodedPicture) decoded = NULL;
  KocrPictureSettings settings = usual;
  gsize size;

  settings.format = limit->format;
  settings.quality = limit->quality;
  settings.max_bytes = limit->max_bytes;
  picture = encode (&guarded->frame, &settings);
  decoded = decoded_picture_new (picture);
  size = g_bytes_get_size (picture->body);
  g_test_message ("%dx%d at %u: %" G_GSIZE_FORMAT " bytes", picture->width,
      picture->height, picture->quality, size);
  if (limit->max_bytes)
    g_assert_cmpuint (size, <=, limit->max_bytes);
  g_assert_cmpuint (picture->quality, >=, limit->least_quality);
  g_assert_cmpuint (picture->quality, <=, limit->most_quality);
  g_assert_cmpint (picture->width, >=, limit->least_side);
  g_assert_cmpint (picture->width, <=, limit->most_side);
  g_assert_cmpfloat_with_epsilon (
      picture->width * picture->to_frame.scale_x, 400, 1e-9);
}

static void
the_largest_body_that_fits_is_whole (void)
{
  g_autoptr (GuardedFrame) guarded = noise (GST_VIDEO_FORMAT_I420, 64, 48);
  g_autoptr (KocrPicture) picture = encode (&guarded->frame, &usual);
  KocrPictureSettings settings = usual;

  settings.max_bytes = g_bytes_get_size (picture->body);
  for (gint less = 0; less < 2; less++) {
    g_autoptr (KocrPicture) again = NULL;
    g_autoptr (DecodedPicture) decoded = NULL;

    settings.max_bytes -= less;
    again = encode (&guarded->frame, &settings);
    decoded = decoded_picture_new (again);
    g_assert_cmpuint (again->quality, ==, less ? 75 : 90);
  }
}

static void
what_cannot_fit_is_refused (void)
{
  g_autoptr (GuardedFrame) guarded = noise (GST_VIDEO_FORMAT_I420, 400, 300);
  KocrPictureSettings settings = usual;

  for (guint i = 0; i < 2; i++) {
    settings.format = i ? KOCR_IMAGE_PNG : KOCR_IMAGE_JPEG;
    for (settings.max_bytes = 1; settings.max_bytes <= 300;
        settings.max_bytes += 13)
      assert_refused (&guarded->frame, &settings, "fits in");
  }
}

static void
bad_input_is_refused (void)
{
  g_autoptr (GuardedFrame) guarded = noise (GST_VIDEO_FORMAT_I420, 64, 48);
  KocrPictureSettings settings = usual;
  GstVideoFrame empty = { 0 };

  settings.region[0] = 64;
  settings.region[2] = settings.region[3] = 10;
  assert_refused (&guarded->frame, &settings, "region <64,0,10,10>");
  assert_refused (&empty, &usual, "not a raw video frame");
  guarded->frame.info.width = 0;
  assert_refused (&guarded->frame, &usual, "not a raw video frame");
}

static void
a_boundary_is_of_its_picture_only (void)
{
  g_autoptr (GuardedFrame) guarded = noise (GST_VIDEO_FORMAT_GRAY8, 8, 8);
  g_autoptr (KocrPicture) one = encode (&guarded->frame, &usual);
  g_autoptr (KocrPicture) two = encode (&guarded->frame, &usual);

  g_assert_cmpstr (one->content_type, !=, two->content_type);
}

static void
kept_pixels_are_encoded_again (void)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  g_autoptr (KocrPictureEncoder) encoder = kocr_picture_encoder_new (pool);
  KocrPictureSettings settings = usual;

  /* Taken as they are, cut, scaled, and converted. */
  static const gint shapes[][3] = {
    {GST_VIDEO_FORMAT_NV12, 4096, 0}, {GST_VIDEO_FORMAT_YUY2, 4096, 33},
    {GST_VIDEO_FORMAT_I420, 100, 0}, {GST_VIDEO_FORMAT_AYUV, 4096, 0},
    {GST_VIDEO_FORMAT_RGB, 4096, 5}, {GST_VIDEO_FORMAT_GRAY8, 77, 1},
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_autoptr (GuardedFrame) guarded = noise (shapes[i][0], 201, 99);
    g_autoptr (KocrPicture) first = NULL, second = NULL, third = NULL;
    g_autoptr (DecodedPicture) a = NULL, b = NULL, c = NULL;
    g_autoptr (GError) error = NULL;

    settings = usual;
    settings.keep_source = TRUE;
    settings.max_dimension = shapes[i][1];
    settings.region[0] = shapes[i][2];
    settings.region[2] = settings.region[3] = 201;
    first = kocr_picture_encoder_encode (encoder, &guarded->frame, &settings,
        &error);
    g_assert_no_error (error);
    g_assert_nonnull (first->source);
    g_assert_cmpint (first->source_info.width, ==, first->width);
    g_assert_cmpint (first->source_info.height, ==, first->height);
    a = decoded_picture_new (first);
    /* What the encoder held of it is gone, and what the frame was, too. */
    memset (guarded->frame.data[0], 0, 99);
    memset (settings.region, 0, sizeof settings.region);
    settings.max_dimension = 4096;
    second = kocr_picture_encoder_reencode (encoder, first, &settings, &error);
    g_assert_no_error (error);
    b = decoded_picture_new (second);
    g_assert_cmpmem (a->rgb, a->width * a->height * 3, b->rgb,
        b->width * b->height * 3);
    settings.format = KOCR_IMAGE_PNG;
    settings.max_dimension = MAX (first->width, first->height) / 2;
    third = kocr_picture_encoder_reencode (encoder, second, &settings, &error);
    g_assert_no_error (error);
    c = decoded_picture_new (third);
    g_assert_cmpint (MAX (c->width, c->height), ==, settings.max_dimension);
    g_assert_cmpfloat_with_epsilon (third->width * third->to_frame.scale_x,
        first->width * first->to_frame.scale_x, 1e-9);
    g_assert_cmpfloat (third->to_frame.offset_x, ==, first->to_frame.offset_x);
  }
}

static void
without_kept_pixels_there_is_no_second_picture (void)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  g_autoptr (KocrPictureEncoder) encoder = kocr_picture_encoder_new (pool);
  g_autoptr (GuardedFrame) guarded = noise (GST_VIDEO_FORMAT_I420, 64, 48);
  g_autoptr (KocrPicture) picture = encode (&guarded->frame, &usual);
  g_autoptr (GError) error = NULL;

  g_assert_null (picture->source);
  g_assert_null (kocr_picture_encoder_reencode (encoder, picture, &usual,
          &error));
  g_assert_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE);
}

/* Blocks that an encoder takes for one picture: of its body, of pixels where
 * they have to be made, and of a copy of those that are kept and lie elsewhere.
 */
typedef struct
{
  const gchar *name;
  GstVideoFormat format;
  gint slack;                   /* bytes a row */
  guint max_dimension;
  gboolean keeps;
  guint n_blocks;
} Taking;

static const Taking takings[] = {
  {"as_is", GST_VIDEO_FORMAT_GRAY8, 0, 4096, FALSE, 1},
  {"as_is_and_kept", GST_VIDEO_FORMAT_GRAY8, 0, 4096, TRUE, 2},
  {"scaled", GST_VIDEO_FORMAT_GRAY8, 0, 100, FALSE, 2},
  {"scaled_and_kept", GST_VIDEO_FORMAT_GRAY8, 0, 100, TRUE, 2},
  {"scaled_from_odd_rows", GST_VIDEO_FORMAT_GRAY8, 1, 100, FALSE, 3},
  {"made_whole", GST_VIDEO_FORMAT_v210, 0, 4096, FALSE, 2},
  {"made_whole_and_kept", GST_VIDEO_FORMAT_v210, 0, 4096, TRUE, 3},
};

static void
what_a_picture_took_is_given_back (gconstpointer data)
{
  const Taking *taking = data;
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  KocrPictureEncoder *encoder = kocr_picture_encoder_new (pool);
  KocrPictureSettings settings = usual;
  g_autoptr (GstBuffer) buffer = NULL;
  KocrPicture *picture;
  GstVideoFrame frame;
  GstVideoInfo info;

  gst_video_info_set_format (&info, taking->format, 192, 96);
  info.stride[0] += taking->slack;
  info.size += taking->slack * info.height;
  buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
  gst_buffer_memset (buffer, 0, 0, info.size);
  g_assert_true (gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ));
  settings.max_dimension = taking->max_dimension;
  settings.keep_source = taking->keeps;
  picture = kocr_picture_encoder_encode (encoder, &frame, &settings, NULL);
  g_assert_nonnull (picture);
  gst_video_frame_unmap (&frame);
  kocr_picture_encoder_free (encoder);
  kocr_picture_unref (picture);
  g_assert_cmpuint (kocr_block_pool_get_n_idle (pool), ==, taking->n_blocks);
}

static void
huge_frames_are_sent (void)
{
  static const gint sizes[][2] = { {16384, 16384}, {32767, 32767}, {70000, 3},
  {100000, 1}
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GuardedFrame) guarded =
        endless (GST_VIDEO_FORMAT_GRAY8, sizes[i][0], sizes[i][1]);
    g_autoptr (KocrPicture) picture = encode (&guarded->frame, &usual);

    g_assert_cmpint (picture->width, ==, 4096);
  }
}

/* JPEG ends at 65,500 pixels, so that is the longest side of one. */
static void
jpeg_has_a_longest_side (void)
{
  g_autoptr (GuardedFrame) guarded = endless (GST_VIDEO_FORMAT_GRAY8, 70000, 3);
  g_autoptr (KocrPicture) picture = NULL;
  KocrPictureSettings settings = usual;

  settings.max_dimension = G_MAXUINT;
  picture = encode (&guarded->frame, &settings);
  g_assert_cmpint (picture->width, ==, 65500);
}

static void
lack_of_memory_is_an_error (void)
{
#ifdef HAVE_SANITIZER
  g_test_skip ("a sanitizer's shadow needs all of the address space");
#else
  g_autoptr (GuardedFrame) gray =
      endless (GST_VIDEO_FORMAT_GRAY8, 32767, 32767);
  g_autoptr (GuardedFrame) rgb = endless (GST_VIDEO_FORMAT_BGRx, 32767, 32767);
  KocrPictureSettings settings = usual;
  struct rlimit before, tight;

  settings.max_dimension = 30000;
  settings.max_bytes = G_MAXSIZE / 2;
  g_assert_cmpint (getrlimit (RLIMIT_AS, &before), ==, 0);
  tight = before;
  tight.rlim_cur = 600 * 1000 * 1000;
  g_assert_cmpint (setrlimit (RLIMIT_AS, &tight), ==, 0);
  assert_refused (&gray->frame, &settings, "no memory");
  assert_refused (&rgb->frame, &settings, "no memory");
  g_assert_cmpint (setrlimit (RLIMIT_AS, &before), ==, 0);
#endif
}

static gsize
bytes_in_use (void)
{
#if defined (__GLIBC__) && __GLIBC_PREREQ (2, 33)
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
#else
  return 0;
#endif
}

/* Shapes and formats that differ, so that buffers come and go. */
static void
memory_does_not_grow_with_pictures (void)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  g_autoptr (KocrPictureEncoder) encoder = kocr_picture_encoder_new (pool);
  GuardedFrame *frames[] = {
    noise (GST_VIDEO_FORMAT_I420, 64, 48), noise (GST_VIDEO_FORMAT_NV12, 66,
        50),
    noise (GST_VIDEO_FORMAT_BGRx, 64, 48), noise (GST_VIDEO_FORMAT_AYUV, 32, 24)
  };
  gsize settled = 0;

  for (guint i = 0; i < 10000; i++) {
    KocrPictureSettings settings = usual;
    g_autoptr (KocrPicture) picture = NULL, again = NULL;
    g_autoptr (GError) error = NULL;

    settings.max_dimension = i % 3 ? 4096 : 40;
    settings.format = i % 7 ? KOCR_IMAGE_JPEG : KOCR_IMAGE_PNG;
    settings.keep_source = i % 5 == 0;
    settings.max_bytes = i % 11 ? 0 : 1200;
    picture = kocr_picture_encoder_encode (encoder,
        &frames[i % G_N_ELEMENTS (frames)]->frame, &settings, &error);
    g_assert_no_error (error);
    if (picture->source)
      again = kocr_picture_encoder_reencode (encoder, picture, &settings,
          &error);
    g_assert_no_error (error);
    if (i == 1000)
      settled = bytes_in_use ();
  }
  g_assert_cmpuint (bytes_in_use (), <=, settled + 100000);
  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    guarded_frame_free (frames[i]);
}

static gpointer
encode_many (gpointer data)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  g_autoptr (KocrPictureEncoder) encoder = kocr_picture_encoder_new (pool);
  GuardedFrame *guarded = data;
  gsize sum = 0;

  for (guint i = 0; i < 50; i++) {
    KocrPictureSettings settings = usual;
    g_autoptr (KocrPicture) picture = NULL;

    settings.max_dimension = 400 - i;
    picture = kocr_picture_encoder_encode (encoder, &guarded->frame, &settings,
        NULL);
    sum += g_bytes_get_size (picture->body);
  }
  return GSIZE_TO_POINTER (sum);
}

static void
encoders_work_side_by_side (void)
{
  g_autoptr (GuardedFrame) guarded = noise (GST_VIDEO_FORMAT_NV12, 400, 300);
  GThread *threads[4];
  gpointer first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("encoder", encode_many, guarded);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    gpointer sum = g_thread_join (threads[i]);

    g_assert_true (i == 0 || sum == first);
    first = sum;
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  ADD_ROWS (a_body_never_exceeds_its_limit, limits);
  ADD_ROWS (what_a_picture_took_is_given_back, takings);
  ADD (the_largest_body_that_fits_is_whole);
  ADD (what_cannot_fit_is_refused);
  ADD (bad_input_is_refused);
  ADD (a_boundary_is_of_its_picture_only);
  ADD (kept_pixels_are_encoded_again);
  ADD (without_kept_pixels_there_is_no_second_picture);
  ADD (huge_frames_are_sent);
  ADD (jpeg_has_a_longest_side);
  ADD (lack_of_memory_is_an_error);
  ADD (memory_does_not_grow_with_pictures);
  ADD (encoders_work_side_by_side);
  return g_test_run ();
}
