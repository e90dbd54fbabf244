/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Row 52 of the fault table: a frame cannot be read, or not be encoded.
 */
#include "faultserver.h"
#include "heldservice.h"
#include "ocrharness.h"
#include "opaqueframe.h"
#include "usage.h"

#include <dlfcn.h>
#include <stdio.h>

#include <jpeglib.h>
#include <jerror.h>
#include <png.h>

#include "../check/testrows.h"

#define TESTS "/faults/"

static GstBuffer *
blind_frame_new (guint id)
{
  return opaque_frame_new (id, "blind");
}

/* It has fewer bytes than its caps say. */
static GstBuffer *
short_frame_new (guint id)
{
  GstBuffer *frame = gst_buffer_new_allocate (NULL, 16, NULL);

  GST_BUFFER_PTS (frame) = id * TEST_FRAME_DURATION;
  return frame;
}

static void
count_freed (gpointer data, GstMiniObject * object)
{
  g_atomic_int_inc ((gint *) data);
}

static void
assert_failures_pass (GstBuffer * (*frame_new) (guint id))
{
  HeldService *service = held_service_new ();
  GstHarness *h = ocr_harness_new (held_service_get_url (service),
      "timing=latest interval=0");
  gint n_freed = 0;
  guint i;

  for (i = 0; i < 5; i++) {
    GstBuffer *frame = frame_new (i);

    gst_mini_object_weak_ref (GST_MINI_OBJECT (frame), count_freed, &n_freed);
    g_assert_cmpint (gst_harness_push (h, frame), ==, GST_FLOW_OK);
    g_assert_cmpint (ocr_harness_pull (h), ==, -1);
  }
  gst_message_unref (ocr_harness_wait_message (h, GST_MESSAGE_WARNING));
  g_assert_cmpuint (ocr_get_stat (h->element, "failed"), >, 0);
  ocr_harness_free (h);
  g_assert_cmpint (n_freed, ==, 5);
  g_assert_cmpuint (held_service_get_n_pictures (service), ==, 0);
  held_service_free (service);
}

static void
row_52_map_failure (void)
{
  assert_failures_pass (blind_frame_new);
}

static void
row_52_frame_shorter_than_its_caps (void)
{
  assert_failures_pass (short_frame_new);
}

/* Encoders that fail in the middle of a picture, by their own way out. */

#define N_FAILURES 4000
/* What each failure would leave is there in every round; what a worker makes that
 * had nothing to do before, in one. */
#define N_ROUNDS 3
/* Of the heap: less than three rows of pixels that each failure would leave. */
#define MAX_GROWTH (N_FAILURES * 2 * TEST_FRAME_WIDTH)

static gint encoders_fail;

/* In the place of libjpeg's own, for the plugin too. */
JDIMENSION
jpeg_write_raw_data (j_compress_ptr jpeg, JSAMPIMAGE data, JDIMENSION n)
{
  static JDIMENSION (*next) (j_compress_ptr, JSAMPIMAGE, JDIMENSION);

  if (!next)
    *(void **) &next = dlsym (RTLD_NEXT, "jpeg_write_raw_data");
  if (g_atomic_int_get (&encoders_fail) && jpeg->next_scanline > 0)
    ERREXIT1 (jpeg, JERR_OUT_OF_MEMORY, 0);
  return next (jpeg, data, n);
}

/* And libpng's. */
void
png_write_row (png_structrp png, png_const_bytep row)
{
  static void (*next) (png_structrp, png_const_bytep);
  static gint n_rows;

  if (!next)
    *(void **) &next = dlsym (RTLD_NEXT, "png_write_row");
  if (g_atomic_int_get (&encoders_fail)
      && g_atomic_int_add (&n_rows, 1) % TEST_FRAME_HEIGHT > 0)
    png_error (png, "no more rows");
  next (png, row);
}

static gboolean
answer (FaultConnection * c, const gchar * head, guint number, gpointer data)
{
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

static void
pass_failing (GstHarness * h, guint first, guint n)
{
  guint i;

  for (i = 0; i < n; i++)
    g_assert_cmpint (ocr_harness_pass (h, first + i), ==, -1);
}

/* Of rounds of failures, after a first one: by what the heap grew in that in
 * which it grew least. */
static gssize
measure_growth (GstHarness *h)
{
  gssize least = G_MAXSSIZE;
  Usage before, after;

  pass_failing (h, 1, N_FAILURES);
  usage_measure (&before);
  for (guint i = 1; i <= N_ROUNDS; i++) {
    pass_failing (h, 1 + i * N_FAILURES, N_FAILURES);
    usage_measure (&after);
    g_test_message ("heap %" G_GSIZE_FORMAT " to %" G_GSIZE_FORMAT, before.heap,
        after.heap);
    least = MIN (least, (gssize) after.heap - (gssize) before.heap);
    before = after;
  }
  return least;
}

/* And the encoder, which is kept from frame to frame, works again after it. */
static void
row_52_encoder_failure (gconstpointer format)
{
  FaultScript script = { answer };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  g_autofree gchar *settings = g_strdup_printf ("timing=aligned "
      "latency=3600000 interval=0 change-threshold=0 memory=0 "
      "image-format=%s", (const gchar *) format);
  g_autofree gchar *says = g_strdup_printf ("lib%s: ", (const gchar *) format);
  GstHarness *h = ocr_harness_new (fault_server_get_url (server), settings);

  g_assert_cmpint (ocr_harness_pass (h, 0), >=, 0);
  g_atomic_int_set (&encoders_fail, TRUE);
  g_assert_cmpint (measure_growth (h), <=, MAX_GROWTH);
  g_atomic_int_set (&encoders_fail, FALSE);
  g_assert_cmpint (
      ocr_harness_pass (h, 1 + (1 + N_ROUNDS) * N_FAILURES), >=, 0);

  g_assert_cmpuint (
      ocr_get_stat (h->element, "failed"), ==, (1 + N_ROUNDS) * N_FAILURES);
  g_assert_cmpuint (ocr_get_stat (h->element, "recognized"), ==, 2);
  g_assert_cmpuint (fault_server_get_n_requests (server), ==, 2);
  gst_structure_free (ocr_harness_wait_problem (h, GST_MESSAGE_WARNING, says));
  g_assert_null (ocr_harness_pop_message (h, GST_MESSAGE_WARNING));
  ocr_harness_free (h);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (row_52_map_failure);
  ADD (row_52_frame_shorter_than_its_caps);
  g_test_add_data_func ("/faults/row_52_encoder_failure/jpeg", "jpeg",
      row_52_encoder_failure);
  g_test_add_data_func ("/faults/row_52_encoder_failure/png", "png",
      row_52_encoder_failure);
  return g_test_run ();
}
