/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Recognition: what a run keeps of its samples.
 */
#include "ocr/recognition.h"

#include "heldservice.h"
#include "testframe.h"

/* More than may wait for the answer to a picture like theirs. */
#define MOST_SAMPLES 5000
#define TIMEOUT (600 * GST_SECOND)

typedef struct
{
  HeldService *service;
  GstElement *element;
  KocrOcrSettings settings;
  GstVideoInfo info;
  KocrRunStats *stats;
  KocrDelivery *delivery;
  KocrFailures *failures;
  KocrFrameHistory *history;
  KocrRecognition *recognition;

  GMutex lock;
  GCond cond;
  guint n_delivered;            /* lock */
} Fixture;

static void
published (KocrRequest * request, gpointer user_data)
{
  Fixture *f = user_data;

  kocr_delivery_take (f->delivery, request);
}

static void
deliver (KocrRequest * request, gpointer user_data)
{
  Fixture *f = user_data;

  g_mutex_lock (&f->lock);
  f->n_delivered++;
  g_cond_signal (&f->cond);
  g_mutex_unlock (&f->lock);
}

static void
set_up (Fixture * f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  KocrRecognitionParts parts;

  g_mutex_init (&f->lock);
  g_cond_init (&f->cond);
  f->service = held_service_new ();
  f->element = gst_object_ref_sink (gst_bin_new (NULL));
  gst_video_info_set_format (&f->info, GST_VIDEO_FORMAT_I420, TEST_FRAME_WIDTH,
      TEST_FRAME_HEIGHT);
  kocr_ocr_settings_init (&f->settings);
  f->settings.endpoint = g_strdup (held_service_get_url (f->service));
  f->settings.client.timeout = TIMEOUT;
  f->stats = kocr_run_stats_new ();
  f->delivery = kocr_delivery_new (f->element, deliver, f);
  f->failures = kocr_failures_new (f->element, f->delivery, f->stats);
  f->history = kocr_frame_history_new ();
  parts = (KocrRecognitionParts) {
    f->history, f->failures, f->delivery, f->stats
  };
  f->recognition = kocr_recognition_new ("ocr", &f->settings, &parts,
      published, f, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture * f, gconstpointer unused)
{
  kocr_recognition_free (f->recognition);
  kocr_delivery_free (f->delivery);
  kocr_failures_free (f->failures);
  kocr_frame_history_free (f->history);
  kocr_run_stats_free (f->stats);
  kocr_ocr_settings_clear (&f->settings);
  gst_object_unref (f->element);
  held_service_free (f->service);
  g_cond_clear (&f->cond);
  g_mutex_clear (&f->lock);
}

/* A sample of picture @id, which is compared when this returns. */
static KocrRequest *
sample (Fixture * f, guint id)
{
  g_autoptr (GstBuffer) buffer = test_frame_new (id);
  const KocrAsked asked = {
    .info = f->info,
    .settings = f->settings.frame.picture,
    .gate = f->settings.frame.gate
  };
  KocrRequest *request;

  g_assert_cmpint (kocr_recognition_reserve (f->recognition), ==,
      KOCR_DENIAL_NONE);
  request = kocr_recognition_add (f->recognition, &asked, NULL);
  kocr_recognition_submit (f->recognition, request, buffer);
  kocr_recognition_release_buffers (f->recognition);
  return request;
}

/* The first one that is discarded since too many wait for the same answer. */
static KocrRequest *
sample_until_discarded (Fixture * f, guint id)
{
  for (guint i = 0; i < MOST_SAMPLES; i++) {
    KocrRequest *request = sample (f, id);

    if (kocr_request_is_settled (request)) {
      g_assert_error (request->outcome.error, KOCR_ERROR, KOCR_ERROR_CANCELLED);
      return request;
    }
    kocr_request_unref (request);
  }
  g_assert_not_reached ();
}

static void
note_freed (gpointer freed, GstMiniObject * object)
{
  *(gboolean *) freed = TRUE;
}

static void
what_is_discarded_is_not_kept_until_those_before_it_are_told (Fixture * f,
    gconstpointer unused)
{
  KocrRequest *discarded = sample_until_discarded (f, 1);
  gboolean freed = FALSE;

  /* It lives as long as the request. */
  discarded->transfer.buffer = gst_buffer_new ();
  gst_mini_object_weak_ref (GST_MINI_OBJECT_CAST (discarded->transfer.buffer),
      note_freed, &freed);
  kocr_request_unref (discarded);
  g_assert_true (freed);

  held_service_answer (f->service, 1);
  g_mutex_lock (&f->lock);
  while (f->n_delivered == 0)
    g_cond_wait (&f->cond, &f->lock);
  g_mutex_unlock (&f->lock);
}

#define ADD(test) \
    g_test_add ("/recognition/" #test, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (what_is_discarded_is_not_kept_until_those_before_it_are_told);
  return g_test_run ();
}
