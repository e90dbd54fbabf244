/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a request costs that is encoded already, from handing it in to its
 * result:
 *
 *     bench-request URL N BYTES
 */
#include <stdlib.h>

#include "client.h"
#include "measure.h"

static GAsyncQueue *done;

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
  g_autoptr (KocrPictureEncoder) encoder = kocr_picture_encoder_new ();
  KocrPictureSettings settings = {.max_dimension = 4096,.max_bytes = size,
    .format = KOCR_IMAGE_JPEG,.quality = 90
  };
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
send_one (KocrClientUser * user, KocrPicture * picture)
{
  g_autoptr (KocrRequest) request = kocr_request_new ();
  g_autoptr (KocrRequest) answered = NULL;

  request->deadline = G_MAXINT64;
  request->picture = kocr_picture_ref (picture);
  kocr_client_user_send (user, request, FALSE);
  answered = g_async_queue_pop (done);
  g_assert_no_error (answered->error);
}

int
main (int argc, char **argv)
{
  KocrClientConfig config = {.max_in_flight = 1,.timeout = 60 * GST_SECOND,
    .lossless = TRUE
  };
  KocrClientCallbacks callbacks = { completed, state_changed };
  MeasureRow row = {.group = "request",.unit = "ms" };
  g_autofree gchar *name = NULL;
  g_autoptr (KocrPicture) picture = NULL;
  g_autoptr (GError) error = NULL;
  KocrClientUser *user;
  gint n;

  gst_init (&argc, &argv);
  if (argc != 4)
    return 2;
  n = atoi (argv[2]);
  done = g_async_queue_new ();
  config.endpoint = argv[1];
  picture = create_picture (atoi (argv[3]));
  user = kocr_client_user_new (&config, &callbacks, NULL, &error);
  g_assert_no_error (error);
  send_one (user, picture);
  row.value = measure_process_ms ();
  for (gint i = 0; i < n; i++)
    send_one (user, picture);
  row.value = (measure_process_ms () - row.value) / n;
  name = g_strdup_printf ("a body of %" G_GSIZE_FORMAT " bytes",
      g_bytes_get_size (picture->body));
  row.name = name;
  measure_report (&row);
  kocr_client_user_free (user);
  g_async_queue_unref (done);
  return measure_finish ();
}
