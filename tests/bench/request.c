/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a request costs that is encoded already, from handing it in to its
 * result, beside the same body sent by libsoup alone, and its answer thrown
 * away:
 *
 *     bench-request URL N BYTES
 */
#include <stdlib.h>
#include <libsoup/soup.h>

#include "http/clientregistry.h"
#include "measure.h"

#define ROUNDS 7

static GAsyncQueue *done;

typedef struct
{
  KocrClientUser *user;
  KocrPicture *picture;
  const gchar *url;
  SoupSession *session;
  guint n;                      /* requests a round */
} Bench;

static void
completed (KocrRequest * request, gpointer data)
{
  g_async_queue_push (done, kocr_request_ref (request));
}

static void
state_changed (KocrState state, const GError * error, guint status,
    const gchar * code, gpointer data)
{
}

/* A picture whose body is of @size bytes: JPEG does not compress noise. */
static KocrPicture *
create_picture (gsize size)
{
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  g_autoptr (KocrPictureEncoder) encoder = kocr_picture_encoder_new (pool);
  KocrPictureSettings settings = { .max_dimension = 4096,
    .max_bytes = size,
    .format = KOCR_IMAGE_JPEG,
    .quality = 90 };
  GstBuffer *buffer;
  GstVideoInfo info;
  GstVideoFrame frame;
  KocrPicture *picture;
  GstMapInfo map;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_GRAY8, 640, 480);
  buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  for (gsize i = 0; i < map.size; i++)
    map.data[i] = g_random_int ();
  gst_buffer_unmap (buffer, &map);
  gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ);
  picture = kocr_picture_encoder_encode (encoder, &frame, &settings, NULL);
  gst_video_frame_unmap (&frame);
  gst_buffer_unref (buffer);
  return picture;
}

static void
send_all (gpointer data)
{
  Bench *bench = data;

  for (guint i = 0; i < bench->n; i++) {
    g_autoptr (KocrRequest) request = kocr_request_new (NULL);
    g_autoptr (KocrRequest) answered = NULL;

    request->deadline = G_MAXINT64;
    request->transfer.picture = kocr_picture_ref (bench->picture);
    kocr_client_user_send (bench->user, request, FALSE);
    answered = g_async_queue_pop (done);
    g_assert_no_error (answered->outcome.error);
  }
}

static void
take_answer (GObject * session, GAsyncResult * result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer =
      soup_session_send_and_read_finish (SOUP_SESSION (session), result,
      &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (answer), >, 0);
  *(gboolean *) data = TRUE;
}

static void
post_all (gpointer data)
{
  Bench *bench = data;

  for (guint i = 0; i < bench->n; i++) {
    g_autoptr (SoupMessage) message = soup_message_new ("POST", bench->url);
    gboolean answered = FALSE;

    soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
    soup_message_set_request_body_from_bytes (message,
        bench->picture->content_type, bench->picture->body);
    soup_session_send_and_read_async (bench->session, message,
        G_PRIORITY_DEFAULT, NULL, take_answer, &answered);
    while (!answered)
      g_main_context_iteration (NULL, TRUE);
    g_assert_cmpuint (soup_message_get_status (message), ==, SOUP_STATUS_OK);
  }
}

int
main (int argc, char **argv)
{
  KocrClientConfig config
      = { .max_in_flight = 1, .timeout = 60 * GST_SECOND, .lossless = TRUE };
  KocrClientCallbacks callbacks = { completed, state_changed };
  MeasureRow row = { .group = "request",
    .unit = "ms",
    .peer = "libsoup alone",
    .held = MEASURE_RATIO,
    .limit = 1.5 };
  g_autofree gchar *name = NULL;
  g_autoptr (KocrPicture) picture = NULL;
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (GError) error = NULL;
  Bench bench = { NULL };

  gst_init (&argc, &argv);
  if (argc != 4)
    return 2;
  done = g_async_queue_new ();
  config.endpoint = bench.url = argv[1];
  bench.n = atoi (argv[2]);
  bench.picture = picture = create_picture (atoi (argv[3]));
  bench.session = session = soup_session_new ();
  bench.user = kocr_client_user_new (&config, &callbacks, NULL, &error);
  g_assert_no_error (error);
  measure_pair (send_all, post_all, &bench, ROUNDS, &row.value,
      &row.peer_value);
  row.value /= bench.n;
  row.peer_value /= bench.n;
  name = g_strdup_printf ("a body of %" G_GSIZE_FORMAT " bytes",
      g_bytes_get_size (picture->body));
  row.name = name;
  measure_report (&row);
  kocr_client_user_free (bench.user);
  g_async_queue_unref (done);
  return measure_finish ();
}
