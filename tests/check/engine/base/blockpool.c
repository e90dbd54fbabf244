/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Block pool, and who takes memory from one: small pictures, bodies, encoders.
 */
#include "encoderpool.h"
#include "frame/lumapyramid.h"
#include "picture/multipart.h"

#include "../../testrows.h"

#define TESTS "/blockpool/"

#define N_BLOCKS 10
#define SIZE 1000

static KocrBlock
take (KocrBlockPool * pool, gsize least, gsize size)
{
  KocrBlock block;

  g_assert_true (kocr_block_pool_take (pool, least, size, &block));
  g_assert_cmpuint (block.size, >=, least);
  memset (block.data, 1, block.size);
  return block;
}

static void
a_block_is_used_again_where_it_fits (void)
{
  static const struct
  {
    gsize least;
    gboolean again;
  } rows[] = {
    {1, FALSE}, {499, FALSE}, {500, TRUE}, {SIZE, TRUE}, {SIZE + 1, FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
    KocrBlock block = take (pool, SIZE, SIZE);
    gpointer first = block.data;

    kocr_block_pool_give (pool, &block);
    g_assert_cmpuint (kocr_block_pool_get_n_idle (pool), ==, 1);
    block = take (pool, rows[i].least, 2 * SIZE);
    /* Else it makes room. */
    g_assert_cmpuint (kocr_block_pool_get_n_idle (pool), ==, 0);
    if (rows[i].again)
      g_assert_true (block.data == first && block.size == SIZE);
    else
      g_assert_cmpuint (block.size, ==, 2 * SIZE);
    kocr_block_pool_give (pool, &block);
  }
}

static void
blocks_may_be_reallocated (void)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  KocrBlock block = take (pool, SIZE, SIZE);

  block.data = g_realloc (block.data, 3 * SIZE);
  block.size = 3 * SIZE;
  kocr_block_pool_give (pool, &block);
  block = take (pool, 2 * SIZE, 2 * SIZE);
  g_assert_cmpuint (block.size, ==, 3 * SIZE);
  kocr_block_pool_give (pool, &block);
}

static void
blocks_may_outlive_their_pool (void)
{
  KocrBlockPool *pool = kocr_block_pool_new ();
  KocrBlock first = take (pool, SIZE, SIZE), second = take (pool, SIZE, SIZE);
  KocrBlock third = take (pool, SIZE, SIZE);

  kocr_block_pool_give (pool, &first);
  kocr_block_pool_free (pool);
  memset (second.data, 2, second.size);
  kocr_block_pool_give (pool, &second);
  /* It is there as long as one of them is, but keeps none. */
  g_assert_cmpuint (kocr_block_pool_get_n_idle (pool), ==, 0);
  kocr_block_pool_give (pool, &third);
}

static void
a_refusal_leaves_the_pool_as_it_was (void)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  KocrBlock block;

  g_assert_false (kocr_block_pool_take (pool, G_MAXSIZE / 2, G_MAXSIZE / 2,
          &block));
  g_assert_cmpuint (kocr_block_pool_get_n_idle (pool), ==, 0);
  block = take (pool, SIZE, SIZE);
  kocr_block_pool_give (pool, &block);
  kocr_block_pool_trim (pool);
  g_assert_cmpuint (kocr_block_pool_get_n_idle (pool), ==, 1);
}

/* After a service that was slow for a while its memory is given back. */
static void
memory_goes_that_was_not_used_lately (void)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  KocrBlock blocks[N_BLOCKS];
  gpointer last;

  for (guint i = 0; i < N_BLOCKS; i++)
    blocks[i] = take (pool, SIZE, SIZE);
  for (guint i = 0; i < N_BLOCKS; i++)
    kocr_block_pool_give (pool, &blocks[i]);
  kocr_block_pool_trim (pool);
  g_assert_cmpuint (kocr_block_pool_get_n_idle (pool), ==, N_BLOCKS);
  blocks[0] = take (pool, SIZE, SIZE);
  blocks[1] = take (pool, SIZE, SIZE);
  g_assert_cmpuint (kocr_block_pool_get_n_idle (pool), ==, N_BLOCKS - 2);
  last = blocks[1].data;
  kocr_block_pool_give (pool, &blocks[1]);
  kocr_block_pool_trim (pool);
  g_assert_cmpuint (kocr_block_pool_get_n_idle (pool), ==, 1);
  /* The one that was used last may still be in a cache. */
  blocks[1] = take (pool, SIZE, SIZE);
  g_assert_true (blocks[1].data == last);
  kocr_block_pool_give (pool, &blocks[1]);
  kocr_block_pool_give (pool, &blocks[0]);
}

static void
memory_goes_at_once_that_is_wanted_no_more (void)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  KocrBlock blocks[] = { take (pool, SIZE, SIZE), take (pool, SIZE, SIZE) };

  kocr_block_pool_give (pool, &blocks[0]);
  kocr_block_pool_drop_idle (pool);
  g_assert_cmpuint (kocr_block_pool_get_n_idle (pool), ==, 0);
  kocr_block_pool_give (pool, &blocks[1]);
  g_assert_cmpuint (kocr_block_pool_get_n_idle (pool), ==, 1);
}

/* A body and the pixels that it was made of. */
static void
blocks_of_any_size_lie_in_one_pool (void)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  KocrBlock blocks[] = { take (pool, SIZE, SIZE),
    take (pool, 9 * SIZE, 9 * SIZE)
  };

  for (guint i = 0; i < N_BLOCKS; i++) {
    guint first = i % 2;

    kocr_block_pool_give (pool, &blocks[0]);
    kocr_block_pool_give (pool, &blocks[1]);
    for (guint j = 0; j < 2; j++) {
      guint k = first ^ j;
      gsize size = k ? 9 * SIZE : SIZE;

      /* A new one would be larger. */
      blocks[k] = take (pool, size, 2 * size);
      g_assert_cmpuint (blocks[k].size, ==, size);
      g_assert_cmpuint (kocr_block_pool_get_n_idle (pool), ==, 1 - j);
    }
  }
  kocr_block_pool_give (pool, &blocks[0]);
  kocr_block_pool_give (pool, &blocks[1]);
}

static void
pictures_go_back_with_their_last_reference (void)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  KocrLumaPyramid *picture = kocr_luma_pyramid_new (pool, 640, 360), *other;

  kocr_luma_pyramid_unref (kocr_luma_pyramid_ref (picture));
  g_assert_cmpuint (kocr_block_pool_get_n_idle (pool), ==, 0);
  kocr_luma_pyramid_unref (picture);
  other = kocr_luma_pyramid_new (pool, 640, 360);
  g_assert_true (other == picture);
  kocr_luma_pyramid_unref (other);
  other = kocr_luma_pyramid_new (pool, 1920, 1080);
  g_assert_cmpint (other->levels[0].width, ==, 480);
  g_clear_pointer (&pool, kocr_block_pool_free);
  kocr_luma_pyramid_unref (other);
}

static GBytes *
write_body (KocrMultipart * multipart, gsize expected, gsize size)
{
  g_autofree guint8 *picture = g_malloc0 (size);

  g_assert_true (kocr_multipart_open (multipart, "frame.jpg", "image/jpeg",
          100 * SIZE, expected));
  g_assert_true (kocr_multipart_append (multipart, picture, size));
  return kocr_multipart_close (multipart);
}

/* The next one is never exactly as large. */
static void
a_body_takes_the_memory_of_an_earlier_one (void)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  KocrMultipart multipart;
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  gconstpointer data;

  kocr_multipart_init (&multipart, pool);
  first = write_body (&multipart, 10 * SIZE, 9 * SIZE);
  second = write_body (&multipart, 10 * SIZE, 9 * SIZE);
  data = g_bytes_get_data (first, NULL);
  g_assert_true (g_bytes_get_data (second, NULL) != data);
  g_clear_pointer (&first, g_bytes_unref);
  first = write_body (&multipart, 11 * SIZE, 10 * SIZE);
  g_assert_true (g_bytes_get_data (first, NULL) == data);
  kocr_multipart_clear (&multipart);
  g_assert_cmpuint (g_bytes_get_size (first), >, 10 * SIZE);
}

/* Also in the place of one that is still open, and in memory of another. */
static void
a_body_has_room_for_what_is_expected (void)
{
  for (guint closes = 0; closes < 2; closes++) {
    g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
    KocrMultipart multipart;

    kocr_multipart_init (&multipart, pool);
    for (gsize expected = 0; expected < 2 * SIZE; expected++) {
      g_assert_true (kocr_multipart_open (&multipart, "frame.jpg",
              "image/jpeg", 100 * SIZE, expected));
      g_assert_cmpuint (multipart.capacity, >=, multipart.length + expected);
      if (closes)
        g_bytes_unref (kocr_multipart_close (&multipart));
    }
    kocr_multipart_clear (&multipart);
    g_assert_cmpuint (kocr_block_pool_get_n_idle (pool), ==, 1);
  }
}

/* @n pictures that are out at once, and come back. */
static void
encode_burst (KocrEncoderPool * encoders, const GstVideoFrame * frame, guint n)
{
  KocrPictureSettings settings = { .max_dimension = 4096,
    .quality = 90,
    .format = KOCR_IMAGE_JPEG,
    .keep_source = TRUE };
  KocrPicture *pictures[N_BLOCKS];

  for (guint i = 0; i < n; i++) {
    KocrPictureEncoder *encoder = kocr_encoder_pool_take (encoders);

    pictures[i] = kocr_picture_encoder_encode (encoder, frame, &settings, NULL);
    g_assert_nonnull (pictures[i]);
    kocr_encoder_pool_give (encoders, encoder);
  }
  for (guint i = 0; i < n; i++)
    kocr_picture_unref (pictures[i]);
}

/* Two blocks a picture. A live stream has few out, and any number once. */
static void
what_a_burst_needed_goes_with_time (void)
{
  g_autoptr (GstBuffer) buffer = gst_buffer_new_allocate (NULL, 64 * 48, NULL);
  GstVideoFrame frame;
  GstVideoInfo info;
  KocrEncoderPool encoders;
  gint64 now = 0;

  gst_buffer_memset (buffer, 0, 128, 64 * 48);
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_GRAY8, 64, 48);
  gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ);
  kocr_encoder_pool_init (&encoders);
  kocr_encoder_pool_trim (&encoders, now);
  encode_burst (&encoders, &frame, N_BLOCKS);
  for (guint i = 0; i < 4; i++) {
    kocr_encoder_pool_trim (&encoders, now += G_USEC_PER_SEC);
    encode_burst (&encoders, &frame, 1);
    g_assert_cmpuint (kocr_block_pool_get_n_idle (encoders.pool), ==,
        2 * N_BLOCKS);
  }
  kocr_encoder_pool_trim (&encoders, now += G_USEC_PER_SEC);
  encode_burst (&encoders, &frame, 1);
  kocr_encoder_pool_trim (&encoders, now += 5 * G_USEC_PER_SEC);
  g_assert_cmpuint (kocr_block_pool_get_n_idle (encoders.pool), ==, 2);
  kocr_encoder_pool_clear (&encoders);
  gst_video_frame_unmap (&frame);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (a_block_is_used_again_where_it_fits);
  ADD (blocks_may_be_reallocated);
  ADD (blocks_may_outlive_their_pool);
  ADD (a_refusal_leaves_the_pool_as_it_was);
  ADD (memory_goes_that_was_not_used_lately);
  ADD (memory_goes_at_once_that_is_wanted_no_more);
  ADD (blocks_of_any_size_lie_in_one_pool);
  ADD (pictures_go_back_with_their_last_reference);
  ADD (a_body_takes_the_memory_of_an_earlier_one);
  ADD (a_body_has_room_for_what_is_expected);
  ADD (what_a_burst_needed_goes_with_time);
  return g_test_run ();
}
