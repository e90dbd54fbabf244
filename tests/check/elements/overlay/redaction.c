/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What is left of a number in frames that were redacted by readings of which
 * one in twenty fails, finds nothing, misses a word or cannot be placed: all of
 * them are read once more, by the service of this machine.
 *
 * The readings are not its own: a service here knows what stands on each frame.
 */
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include <gst/kakaoocr/kakaoocr.h>

#include "loopbackserver.h"
#include "redactionscene.h"
#include "../../patience.h"

#define FRAMES_A_SCENE 12
/* With -m slow: 2,002 frames. */
#define MANY_FRAMES_A_SCENE 286
#define FAILING 0.05

#define PIPELINE "appsrc name=in block=true max-bytes=16000000 format=time " \
    "caps=" REDACTION_CAPS " ! " \
    "kakaoocr endpoint=%s timing=exact interval=0 change-threshold=0 " \
    "memory=0 max-in-flight=1 ! kakaoocroverlay name=overlay fill=redact " \
    "show-boxes=false text-pattern=\"[0-9]{12}\" ! " \
    "kakaoocr name=reader timing=exact interval=0 change-threshold=0 " \
    "memory=0 ! appsink name=out sync=false max-buffers=4"

/* --- The service that knows --- */

typedef struct
{
  LoopbackServer server;

  GMutex lock;
  /* lock */
  GPtrArray *truth;             /* of GArray of RedactionWord, by frames */

  /* its thread's */
  GRand *random;
  guint n_asked;
  guint n_failed;
} TruthService;

static guint
get_sent_width (SoupMessageBody * body)
{
  static const guint8 start[] = { 0xff, 0xd8, 0xff };
  const guint8 *jpeg = memmem (body->data, body->length, start, sizeof (start));
  struct jpeg_decompress_struct decoder;
  struct jpeg_error_mgr errors;
  guint width;

  g_assert_nonnull (jpeg);
  decoder.err = jpeg_std_error (&errors);
  jpeg_create_decompress (&decoder);
  jpeg_mem_src (&decoder, jpeg, (guint8 *) body->data + body->length - jpeg);
  g_assert_cmpint (jpeg_read_header (&decoder, TRUE), ==, JPEG_HEADER_OK);
  width = decoder.image_width;
  jpeg_destroy_decompress (&decoder);
  return width;
}

/* @without: a word that is missed; @crossed: one that is turned in itself. */
static gchar *
create_answer (const GArray * words, gdouble dx, gdouble dy, gint without,
    gint crossed)
{
  GString *answer = g_string_new ("{\"responses\":[{\"page\":1,\"results\":[");
  const gchar *comma = "";
  guint i, j;

  for (i = 0; i < words->len; i++) {
    const RedactionWord *word = &g_array_index (words, RedactionWord, i);

    if ((gint) i == without)
      continue;
    g_string_append_printf (answer, "%s{\"recognized_word\":[\"%s\"],"
        "\"box\":[", comma, word->text);
    for (j = 0; j < 4; j++) {
      guint corner = (gint) i == crossed && j > 1 ? 5 - j : j;

      g_string_append_printf (answer, "%s[%d,%d]", j ? "," : "",
          (gint) (word->box[2 * corner] - dx),
          (gint) (word->box[2 * corner + 1] - dy));
    }
    g_string_append (answer, "]}");
    comma = ",";
  }
  g_string_append (answer, "]}]}");
  return g_string_free (answer, FALSE);
}

static void
post (SoupServer * server, SoupServerMessage * message, const char *path,
    GHashTable * query, gpointer user_data)
{
  TruthService *self = user_data;
  guint width =
      get_sent_width (soup_server_message_get_request_body (message));
  gboolean cropped = width < REDACTION_WIDTH;
  g_autofree gchar *answer = NULL;
  const GArray *words;
  gint without = -1, crossed = -1, kind = -1;

  g_mutex_lock (&self->lock);
  g_assert_cmpuint (self->n_asked, <, self->truth->len);
  words = g_ptr_array_index (self->truth, self->n_asked++);
  g_mutex_unlock (&self->lock);

  if (words->len > 0 && g_rand_double (self->random) < FAILING)
    kind = self->n_failed++ % 4;
  if (kind == 0) {
    soup_server_message_set_status (message, 501, NULL);
    return;
  }
  if (kind == 2)
    without = g_rand_int_range (self->random, 0, words->len);
  if (kind == 3)
    crossed = g_rand_int_range (self->random, 0, words->len);
  answer = kind == 1 ?
      g_strdup ("{\"responses\":[{\"page\":1,\"results\":[]}]}") :
      create_answer (words, cropped ? REDACTION_CROP_X : 0,
      cropped ? REDACTION_CROP_Y : 0, without, crossed);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/json",
      SOUP_MEMORY_COPY, answer, strlen (answer));
}

static TruthService *
truth_service_new (void)
{
  TruthService *self = g_new0 (TruthService, 1);

  g_mutex_init (&self->lock);
  self->truth = g_ptr_array_new_with_free_func ((GDestroyNotify)
      g_array_unref);
  self->random = g_rand_new_with_seed (20);
  loopback_server_start (&self->server, post, self);
  return self;
}

static void
truth_service_free (TruthService * self)
{
  loopback_server_stop (&self->server);
  g_ptr_array_unref (self->truth);
  g_rand_free (self->random);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* --- --- */

typedef struct
{
  TruthService *service;
  GstElement *source;
  guint n_steps;
} Film;

/* The service knows of a frame before it comes. */
static gpointer
play (gpointer data)
{
  Film *film = data;
  GstFlowReturn ret;
  guint scene, step;

  for (scene = 0; scene < REDACTION_N_SCENES; scene++) {
    for (step = 0; step < film->n_steps; step++) {
      GArray *words = g_array_new (FALSE, FALSE, sizeof (RedactionWord));
      GstBuffer *frame = redaction_scene_draw (scene, step, film->n_steps,
          words);

      g_mutex_lock (&film->service->lock);
      g_ptr_array_add (film->service->truth, words);
      g_mutex_unlock (&film->service->lock);
      g_signal_emit_by_name (film->source, "push-buffer", frame, &ret);
      gst_buffer_unref (frame);
      g_assert_cmpint (ret, ==, GST_FLOW_OK);
    }
  }
  g_signal_emit_by_name (film->source, "end-of-stream", &ret);
  return NULL;
}

/* What the reader saw, which came last. */
static const gchar *
get_text (GstBuffer * frame)
{
  gpointer state = NULL;
  GstMeta *each, *last = NULL;

  while ((each = gst_buffer_iterate_meta_filtered (frame, &state,
              GST_KAKAO_OCR_META_API_TYPE)))
    last = each;
  g_assert_nonnull (last);
  return gst_kakao_ocr_result_get_text (((GstKakaoOcrMeta *) last)->result);
}

/* Three letters of it are as good as four. */
static gboolean
tells_the_number (const gchar * text)
{
  static const gchar *parts[] = { "411", "111", "222", "333" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (strstr (text, parts[i]))
      return TRUE;
  }
  return FALSE;
}

static GstElement *
create_pipeline (const gchar * url)
{
  g_autofree gchar *description = g_strdup_printf (PIPELINE, url);
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (description, &error);

  g_assert_no_error (error);
  return pipeline;
}

/* Frames that tell the number, and frames that tell the word beside it. */
static void
read_film (guint n_steps, guint hold, guint * n_told, guint * n_open)
{
  TruthService *service = truth_service_new ();
  g_autoptr (GstElement) pipeline = create_pipeline (service->server.url);
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline),
      "in");
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline),
      "out");
  g_autoptr (GstElement) overlay = gst_bin_get_by_name (GST_BIN (pipeline),
      "overlay");
  Film film = { service, source, n_steps };
  GThread *player;
  GstSample *sample;
  guint n = 0;

  *n_told = *n_open = 0;
  g_object_set (overlay, "hold", hold, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  player = g_thread_new ("player", play, &film);
  do {
    g_signal_emit_by_name (sink, "try-pull-sample", (guint64) PATIENCE,
        &sample);
    if (sample) {
      GstBuffer *frame = gst_sample_get_buffer (sample);
      const gchar *text = get_text (frame);

      g_assert_null (gst_buffer_get_video_overlay_composition_meta (frame));
      if (tells_the_number (text)) {
        (*n_told)++;
        g_test_message ("scene %u, step %u: %s", n / n_steps, n % n_steps,
            text);
      }
      *n_open += strstr (text, REDACTION_OPEN) != NULL;
      n++;
      gst_sample_unref (sample);
    }
  } while (sample);
  g_thread_join (player);
  gst_element_set_state (pipeline, GST_STATE_NULL);

  g_test_message ("%u frames, %u readings failed, %u tell the number, %u the "
      "word", n, service->n_failed, *n_told, *n_open);
  g_assert_cmpuint (n, ==, REDACTION_N_SCENES * n_steps);
  g_assert_cmpuint (service->n_failed, >, 0);
  truth_service_free (service);
}

static void
no_frame_tells_a_number_that_was_redacted (void)
{
  guint n_steps = g_test_slow ()? MANY_FRAMES_A_SCENE : FRAMES_A_SCENE;
  guint n_told, n_open;

  read_film (n_steps, 500, &n_told, &n_open);
  g_assert_cmpuint (n_told, ==, 0);
  /* And it is not that all of them are black. */
  g_assert_cmpuint (n_open, >, REDACTION_N_SCENES * n_steps * 3 / 4);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kakaoocroverlay/redaction/"
      "no_frame_tells_a_number_that_was_redacted",
      no_frame_tells_a_number_that_was_redacted);
  return g_test_run ();
}
