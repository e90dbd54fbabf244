/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Picture memory: which pictures are sent, of pictures of which it is known
 * what they say.
 */
#include "change/picturecache.h"

#include <math.h>
#include <string.h>
#include <cairo.h>

#include "../../testrows.h"

#define TESTS "/picturecache/"

#define WIDTH 448
#define HEIGHT 256
#define THRESHOLD 12

typedef struct
{
  gdouble red, green, blue;
} Colour;

/* BT.601's luma of both is 76. */
static const Colour red = { 1, 0, 0 }, green = { 0, 0.508, 0 };
static const Colour white = { 1, 1, 1 }, black = { 0, 0, 0 };

typedef struct
{
  cairo_surface_t *surface;
  cairo_t *cairo;
} Picture;

static Picture
picture_new (const Colour * ground)
{
  Picture picture;

  picture.surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  picture.cairo = cairo_create (picture.surface);
  cairo_set_source_rgb (picture.cairo, ground->red, ground->green,
      ground->blue);
  cairo_paint (picture.cairo);
  return picture;
}

/* @strength: 1 for ink, 0 for none. */
static void
picture_write (Picture * self, const Colour * ink, gdouble strength, gint x,
    gint y, gdouble size, const gchar * text)
{
  cairo_select_font_face (self->cairo, "Sans", CAIRO_FONT_SLANT_NORMAL,
      CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (self->cairo, size);
  cairo_set_source_rgba (self->cairo, ink->red, ink->green, ink->blue,
      strength);
  cairo_move_to (self->cairo, x, y);
  cairo_show_text (self->cairo, text);
}

/* One that waits for its answer, or, with boxes, has it. */
static KocrRequest *
create_request (guint serial, const GstVideoInfo * info)
{
  const KocrAsked asked = { .serial = serial,
    .stream_time = serial * GST_SECOND,
    .info = *info,
    .settings = { .max_dimension = 4096 },
    .gate = { .threshold = THRESHOLD, .memory = 16 } };

  return kocr_request_new (&asked);
}

#define N_STEPS 80

typedef struct
{
  KocrPictureCache *memory;
  GstVideoFormat format;
  guint serial;
  GPtrArray *sent;              /* of KocrRequest */
} Stream;

static Stream
stream_new (GstVideoFormat format)
{
  return (Stream) {
  kocr_picture_cache_new (), format, 0,
        g_ptr_array_new_with_free_func ((GDestroyNotify) kocr_request_unref)};
}

static void
stream_free (Stream * self)
{
  kocr_picture_cache_free (self->memory);
  g_ptr_array_unref (self->sent);
}

/* A frame of @picture with @noise (nullable) added to its luma. */
static GstBuffer *
create_frame (Picture * picture, const GstVideoInfo * info, const gint8 * noise)
{
  g_autoptr (GstBuffer) from = NULL;
  GstVideoConverter *converter;
  GstVideoInfo drawn;
  GstVideoFrame in, out;
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, info->size, NULL);

  cairo_surface_flush (picture->surface);
  gst_video_info_set_format (&drawn, GST_VIDEO_FORMAT_BGRx, WIDTH, HEIGHT);
  from = gst_buffer_new_wrapped_full (GST_MEMORY_FLAG_READONLY,
      cairo_image_surface_get_data (picture->surface), drawn.size, 0,
      drawn.size, NULL, NULL);
  gst_video_frame_map (&in, &drawn, from, GST_MAP_READ);
  gst_video_frame_map (&out, info, buffer, GST_MAP_WRITE);
  converter = gst_video_converter_new (&drawn, info, NULL);
  gst_video_converter_frame (converter, &in, &out);
  gst_video_converter_free (converter);
  for (gint y = 0; noise && y < HEIGHT; y++) {
    guint8 *row = (guint8 *) out.data[0] + y * out.info.stride[0];

    for (gint x = 0; x < WIDTH; x++)
      row[x] = CLAMP (row[x] + noise[y * WIDTH + x], 0, 255);
  }
  gst_video_frame_unmap (&in);
  gst_video_frame_unmap (&out);
  return buffer;
}

/* Shows @picture, which is used up, with noise of its own where there is some.
 * What it is like. */
static KocrMatch
show_noisy (Stream * self, Picture picture, const gint8 * noise)
{
  GstVideoInfo info;
  g_autoptr (GstBuffer) buffer = NULL;
  g_autoptr (KocrRequest) request = NULL;
  g_autoptr (KocrRequest) like = NULL;
  GstVideoFrame frame;
  KocrMatch match;

  gst_video_info_set_format (&info, self->format, WIDTH, HEIGHT);
  gst_video_colorimetry_from_string (&info.colorimetry,
      GST_VIDEO_INFO_IS_RGB (&info) ? "sRGB" : "bt601");
  buffer = create_frame (&picture, &info, noise);
  request = create_request (++self->serial, &info);
  gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ);
  match = kocr_picture_cache_look (self->memory, request, &frame, &like);
  g_assert_true ((match == KOCR_PICTURE_NEW) == (like == NULL));
  if (!like) {
    kocr_picture_cache_keep (self->memory, request);
    g_ptr_array_add (self->sent, kocr_request_ref (request));
  }
  gst_video_frame_unmap (&frame);
  cairo_destroy (picture.cairo);
  cairo_surface_destroy (picture.surface);
  return match;
}

static KocrMatch
show (Stream * self, Picture picture)
{
  return show_noisy (self, picture, NULL);
}

/* The last one that was sent is answered: text in a box, or none. */
static void
answer (Stream * self, gboolean has_text)
{
  KocrRequest *request = g_ptr_array_index (self->sent, self->sent->len - 1);
  g_autofree gchar *json = g_strdup_printf ("{\"type\":\"result\",\"pts\":0,"
      "\"stream_time\":0,\"running_time\":0,\"utc\":null,\"source\":null,"
      "\"frame\":{\"width\":%d,\"height\":%d},\"text\":\"\",\"truncated\":"
      "false," "\"latency\":0,\"regions\":[%s]}",
      WIDTH, HEIGHT,
      has_text ? "{\"text\":\"x\",\"words\":[\"x\"],\"box\":[[30,90],[300,90],["
      "300,140]," "[30,140]],\"page\":1,\"track\":1}" : "");
  g_autoptr (GError) error = NULL;

  request->outcome.result = gst_kakao_ocr_result_from_json (json, &error);
  g_assert_no_error (error);
  g_atomic_int_set (&request->settled, 1);
}

static Picture
caption (const Colour * ground, const Colour * ink, gdouble strength,
    const gchar * text)
{
  Picture picture = picture_new (ground);

  picture_write (&picture, ink, strength, 40, 130, 32, text);
  return picture;
}

static void
colour_alone_is_a_change (gconstpointer format)
{
  Stream stream = stream_new (GPOINTER_TO_INT (format));

  g_assert_cmpint (show (&stream, picture_new (&green)), ==, KOCR_PICTURE_NEW);
  answer (&stream, FALSE);
  g_assert_cmpint (show (&stream, picture_new (&green)), ==,
      KOCR_PICTURE_UNCHANGED);
  g_assert_cmpint (show (&stream, caption (&green, &red, 1, "EXIT 3")), ==,
      KOCR_PICTURE_NEW);
  answer (&stream, TRUE);
  g_assert_cmpint (show (&stream, caption (&green, &red, 1, "EXIT 8")), ==,
      KOCR_PICTURE_NEW);
  answer (&stream, TRUE);
  g_assert_cmpint (show (&stream, caption (&green, &red, 1, "EXIT 3")), ==,
      KOCR_PICTURE_REMEMBERED);
  g_assert_cmpint (show (&stream, picture_new (&green)), ==,
      KOCR_PICTURE_REMEMBERED);
  g_assert_cmpint (show (&stream, picture_new (&red)), ==, KOCR_PICTURE_NEW);
  stream_free (&stream);
}

/* Fades out until nothing is left. */
static void
a_text_that_fades_away_is_a_change (gconstpointer answered)
{
  static const gdouble strengths[] = { 1, 0.6, 0.3, 0.1 };
  Stream stream = stream_new (GST_VIDEO_FORMAT_I420);

  for (guint i = 0; i < G_N_ELEMENTS (strengths); i++) {
    g_assert_cmpint (show (&stream, caption (&black, &white, strengths[i],
                "See you soon")), ==, KOCR_PICTURE_NEW);
    if (GPOINTER_TO_INT (answered))
      answer (&stream, TRUE);
    g_assert_cmpint (show (&stream, caption (&black, &white, strengths[i],
                "See you soon")), ==, KOCR_PICTURE_UNCHANGED);
  }
  g_assert_cmpint (show (&stream, picture_new (&black)), ==, KOCR_PICTURE_NEW);
  if (GPOINTER_TO_INT (answered))
    answer (&stream, FALSE);
  g_assert_cmpint (show (&stream, picture_new (&black)), ==,
      KOCR_PICTURE_UNCHANGED);
  stream_free (&stream);
}

/* In steps that are no changes: what was sent is never far from what is there. */
static void
a_text_that_fades_slowly_is_not_left_behind (void)
{
  Stream stream = stream_new (GST_VIDEO_FORMAT_I420);
  gint sent = N_STEPS;

  for (gint i = N_STEPS; i >= 0; i--) {
    KocrMatch match = show (&stream, caption (&black, &white,
            (gdouble) i / N_STEPS, "See you soon"));

    if (match == KOCR_PICTURE_NEW) {
      answer (&stream, TRUE);
      sent = i;
    }
    g_assert_cmpint (sent - i, <=, N_STEPS / 2);
  }
  stream_free (&stream);
}

/* In one color of little contrast on another. */
static void
a_coloured_text_that_fades_away_is_a_change (void)
{
  Stream stream = stream_new (GST_VIDEO_FORMAT_NV12);

  g_assert_cmpint (show (&stream, caption (&green, &red, 0.1, "See you soon")),
      ==, KOCR_PICTURE_NEW);
  answer (&stream, TRUE);
  g_assert_cmpint (show (&stream, picture_new (&green)), ==, KOCR_PICTURE_NEW);
  stream_free (&stream);
}

/* Noise with a standard deviation of @sigma, alike over some pixels, as a codec
 * leaves it. */
static gint8 *
create_noise (guint32 seed, gdouble sigma, gint reach)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autofree gfloat *white_noise = g_new (gfloat, WIDTH * HEIGHT);
  gint8 *noise = g_new (gint8, WIDTH * HEIGHT);
  gint side = 2 * reach + 1;

  for (gint i = 0; i < WIDTH * HEIGHT; i++) {
    white_noise[i] = 0;
    for (guint k = 0; k < 12; k++)
      white_noise[i] += g_rand_double (random) - 0.5;
  }
  for (gint y = 0; y < HEIGHT; y++) {
    for (gint x = 0; x < WIDTH; x++) {
      gdouble sum = 0;

      for (gint j = -reach; j <= reach; j++)
        for (gint i = -reach; i <= reach; i++)
          sum += white_noise[(y + j + HEIGHT) % HEIGHT * WIDTH
              + (x + i + WIDTH) % WIDTH];
      noise[y * WIDTH + x]
          = CLAMP (floor (sum / side * sigma + 0.5), -127, 127);
    }
  }
  return noise;
}

static Picture
slide (gboolean second, const gchar * time)
{
  Picture picture = picture_new (&white);

  picture_write (&picture, &black, 1, 20, 40, 28,
      second ? "Results" : "Agenda");
  for (guint i = 0; i < 4; i++)
    picture_write (&picture, &black, 1, 20, 80 + 40 * i, 14,
        second ? "Every third answer was late"
        : "What we did, and what is next");
  picture_write (&picture, &black, 0.2, 400, 246, 12, time);
  return picture;
}

/* While it stands the codec repeats what it coded; when it comes back all is
 * coded anew. */
static void
a_slide_that_comes_back_at_another_time_is_sent (void)
{
  Stream stream = stream_new (GST_VIDEO_FORMAT_I420);
  guint n_new = 0;

  for (guint32 i = 0; i < 8; i++) {
    gchar time[] = { '1', '2', ':', '0', '3' + i / 2, 0 };
    g_autofree gint8 *noise = create_noise (i, 5, 1);

    n_new
        += show_noisy (&stream, slide (i % 2, time), noise) == KOCR_PICTURE_NEW;
    answer (&stream, FALSE);
    g_assert_cmpint (show_noisy (&stream, slide (i % 2, time), noise), ==,
        KOCR_PICTURE_UNCHANGED);
  }
  g_assert_cmpuint (n_new, ==, 8);
  stream_free (&stream);
}

static void
noise_in_faint_text_is_no_change (gconstpointer answered)
{
  static const gdouble sigmas[] = { 1, 3 };

  for (guint k = 0; k < G_N_ELEMENTS (sigmas); k++) {
    Stream stream = stream_new (GST_VIDEO_FORMAT_I420);

    for (guint32 i = 0; i < 12; i++) {
      g_autofree gint8 *noise = create_noise (i, sigmas[k], 0);
      KocrMatch match =
          show_noisy (&stream, caption (&white, &black, 0.1, "See you soon"),
          noise);

      g_assert_cmpint (match, ==,
          i == 0 ? KOCR_PICTURE_NEW : KOCR_PICTURE_UNCHANGED);
      if (i == 0 && GPOINTER_TO_INT (answered))
        answer (&stream, TRUE);
    }
    stream_free (&stream);
  }
}

/* A lamp that gets warmer, and brighter. */
static void
a_light_that_drifts_is_no_change (void)
{
  Stream stream = stream_new (GST_VIDEO_FORMAT_I420);

  for (guint i = 0; i < 6; i++) {
    gdouble warmer = i * 0.008;
    Colour ground = { 0.6 + warmer, 0.6, 0.6 - warmer };
    Colour ink = { 0.1 + warmer, 0.1, 0.1 - warmer };

    g_assert_cmpint (show (&stream, caption (&ground, &ink, 1, "Agenda")), ==,
        i == 0 ? KOCR_PICTURE_NEW : KOCR_PICTURE_UNCHANGED);
    if (i == 0)
      answer (&stream, TRUE);
  }
  stream_free (&stream);
}

static const GstVideoFormat formats[] = { GST_VIDEO_FORMAT_I420,
  GST_VIDEO_FORMAT_NV12, GST_VIDEO_FORMAT_NV21, GST_VIDEO_FORMAT_YUY2,
  GST_VIDEO_FORMAT_UYVY, GST_VIDEO_FORMAT_Y42B, GST_VIDEO_FORMAT_Y444,
  GST_VIDEO_FORMAT_Y41B, GST_VIDEO_FORMAT_I420_10LE, GST_VIDEO_FORMAT_P010_10LE,
  GST_VIDEO_FORMAT_v210, GST_VIDEO_FORMAT_AYUV, GST_VIDEO_FORMAT_BGRx,
  GST_VIDEO_FORMAT_ARGB, GST_VIDEO_FORMAT_RGB, GST_VIDEO_FORMAT_GBR,
  GST_VIDEO_FORMAT_RGB16
};

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_autofree gchar *path
        = g_strconcat ("/picturecache/colour_alone_is_a_change_",
        gst_video_format_to_string (formats[i]), NULL);

    g_test_add_data_func (path, GINT_TO_POINTER (formats[i]),
        colour_alone_is_a_change);
  }
  g_test_add_data_func ("/picturecache/a_text_that_fades_away_is_a_change",
      GINT_TO_POINTER (TRUE), a_text_that_fades_away_is_a_change);
  g_test_add_data_func
      ("/picturecache/a_text_that_fades_away_is_a_change_in_flight",
      GINT_TO_POINTER (FALSE), a_text_that_fades_away_is_a_change);
  ADD (a_text_that_fades_slowly_is_not_left_behind);
  ADD (a_coloured_text_that_fades_away_is_a_change);
  g_test_add_data_func ("/picturecache/noise_in_faint_text_is_no_change",
      GINT_TO_POINTER (TRUE), noise_in_faint_text_is_no_change);
  g_test_add_data_func
      ("/picturecache/noise_in_faint_text_is_no_change_in_flight",
      GINT_TO_POINTER (FALSE), noise_in_faint_text_is_no_change);
  ADD (a_slide_that_comes_back_at_another_time_is_sent);
  ADD (a_light_that_drifts_is_no_change);
  return g_test_run ();
}
