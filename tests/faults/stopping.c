/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Rows 48 to 52 of the fault table: the pipeline flushes, ends or stops while
 * the service is asked, or a frame cannot be read.
 */
#include "faultserver.h"
#include "heldservice.h"
#include "ocrharness.h"

#include <string.h>

#define FLUSH_TIME (100 * G_TIME_SPAN_MILLISECOND)
#define STOP_TIME (500 * G_TIME_SPAN_MILLISECOND)
#define N_STOPS 10
#define N_FLUSHES 50
#define N_IN_FLIGHT 4
/* The window grows with answers while more is waiting; six could do. */
#define N_ANSWERED 40
#define HOLD_STEP 5             /* ms */

static gpointer
push_until_flushing (gpointer data)
{
  GstHarness *h = data;
  GstFlowReturn flow = GST_FLOW_OK;
  guint i;

  for (i = 0; flow == GST_FLOW_OK; i++)
    flow = gst_harness_push (h, test_frame_new (i));
  return GINT_TO_POINTER (flow);
}

static void
flush_stop (GstHarness * h)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_stop (TRUE)));
  g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&segment)));
}

static GstHarness *
exact_harness_new (const gchar * url)
{
  return ocr_harness_new_not_live (url, "timing=exact interval=0 "
      "change-threshold=0 memory=0 max-in-flight=4");
}

/* Answers N_ANSWERED and holds the others until *@data is not 0. */
static gboolean
answer_then_hold (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  while (number > N_ANSWERED && !g_atomic_int_get ((gint *) data)) {
    if (!fault_connection_wait (c, HOLD_STEP))
      return FALSE;
  }
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

static void
row_48_flush_with_4_in_flight (void)
{
  FaultScript script = { answer_then_hold };
  gint released = 0;
  g_autoptr (FaultServer) server = fault_server_new (&script, &released);
  GstHarness *h = exact_harness_new (fault_server_get_url (server));
  GThread *upstream = g_thread_new ("upstream", push_until_flushing, h);
  gint64 start;

  fault_server_wait_requests (server, N_ANSWERED + N_IN_FLIGHT);
  start = g_get_monotonic_time ();
  gst_harness_push_event (h, gst_event_new_flush_start ());
  g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (upstream)), ==,
      GST_FLOW_FLUSHING);
  g_assert_cmpint (g_get_monotonic_time () - start, <, FLUSH_TIME);
  ocr_harness_free (h);
}

static gpointer
push_to_eos (gpointer data)
{
  GstHarness *h = data;
  guint i;

  for (i = 0; i < N_ANSWERED + N_IN_FLIGHT; i++)
    ocr_harness_push (h, i);
  gst_harness_push_event (h, gst_event_new_eos ());
  return NULL;
}

static void
row_49_eos_with_4_in_flight (void)
{
  FaultScript script = { answer_then_hold };
  gint released = 0;
  g_autoptr (FaultServer) server = fault_server_new (&script, &released);
  GstHarness *h = exact_harness_new (fault_server_get_url (server));
  g_autofree gchar *before = NULL, *record = NULL;
  GThread *upstream;

  ocr_harness_record (h);
  upstream = g_thread_new ("upstream", push_to_eos, h);
  fault_server_wait_requests (server, N_ANSWERED + N_IN_FLIGHT);
  g_thread_join (upstream);
  before = ocr_harness_get_record (h);
  g_assert_null (strstr (before, "eos"));
  g_atomic_int_set (&released, TRUE);
  ocr_harness_wait_event (h, GST_EVENT_EOS);
  record = ocr_harness_get_record (h);
  g_assert_true (g_str_has_suffix (record, "40:0 41:0 42:0 43:0 eos"));
  g_assert_cmpuint (ocr_get_stat (h->element, "recognized"), ==,
      N_ANSWERED + N_IN_FLIGHT);
  ocr_harness_free (h);
}

/* Phases. */

static gboolean
hang (FaultConnection * c, const gchar * head, guint number, gpointer data)
{
  fault_connection_hang (c);
  return FALSE;
}

static gboolean
tell_and_hang (FaultConnection * c, guint number, gpointer data)
{
  g_atomic_int_inc ((gint *) data);
  fault_connection_hang (c);
  return FALSE;
}

static gboolean
answer_half (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  fault_connection_write (c, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{");
  fault_connection_hang (c);
  return FALSE;
}

static gboolean
throttle (FaultConnection * c, const gchar * head, guint number, gpointer data)
{
  return fault_connection_answer (c, 429, "Retry-After: 100\r\n", "");
}

static const struct
{
  const gchar *name, *scheme;
  FaultScript script;
  const gchar *state;           /* to be waited for; nullable */
} phases[] = {
  {"handshake", "https", {NULL, tell_and_hang}},
  {"upload", "http", {hang, NULL, TRUE}},
  {"before_the_answer", "http", {hang}},
  {"body", "http", {answer_half}},
  {"retry_wait", "http", {throttle}, "throttled"},
};

static guint
count_entries (const gchar * path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  return n;
}

static void
wait_for_state (GstHarness * h, const gchar * wanted)
{
  for (;;) {
    g_autofree gchar *state = ocr_get_stat_string (h->element, "state");

    if (g_strcmp0 (state, wanted) == 0)
      return;
    g_thread_yield ();
  }
}

static void
stop_in_phase (guint phase)
{
  gint n_accepted = 0;
  g_autoptr (FaultServer) server = fault_server_new (&phases[phase].script,
      &n_accepted);
  g_autofree gchar *url = g_strdup_printf ("%s://127.0.0.1:%u/ai/OCR/x",
      phases[phase].scheme, fault_server_get_port (server));
  GstHarness *h = exact_harness_new (url);
  gint64 start;

  ocr_harness_push (h, 0);
  if (phases[phase].script.respond)
    fault_server_wait_requests (server, 1);
  else
    while (g_atomic_int_get (&n_accepted) == 0)
      g_thread_yield ();
  if (phases[phase].state)
    wait_for_state (h, phases[phase].state);

  start = g_get_monotonic_time ();
  gst_element_set_state (h->element, GST_STATE_NULL);
  g_assert_cmpint (g_get_monotonic_time () - start, <, STOP_TIME);
  ocr_harness_free (h);
}

static void
row_50_null (gconstpointer data)
{
  guint phase = GPOINTER_TO_UINT (data);
  guint files, i;

  stop_in_phase (phase);
  files = count_entries ("/proc/self/fd");
  for (i = 0; i < N_STOPS; i++)
    stop_in_phase (phase);
  /* GLib opens one or two for the whole process, when it comes to it. */
  g_assert_cmpuint (count_entries ("/proc/self/fd"), <, files + N_STOPS / 2);
}

/* Late ones. */

/* The answer comes about when the flush does, before or after it. */
static void
row_51_late_callback_after_a_flush (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = exact_harness_new (held_service_get_url (service));
  guint i;

  held_service_open (service);
  for (i = 0; i < N_FLUSHES; i++) {
    guint id = 2 * i % (TEST_FRAME_IDS - 1);
    guint n_pictures = held_service_get_n_pictures (service);
    GstBuffer *frame;

    ocr_harness_push (h, id);
    if (i % 2)
      held_service_wait (service, n_pictures + 1);
    gst_harness_push_event (h, gst_event_new_flush_start ());
    flush_stop (h);
    /* What had left before the flush. */
    while ((frame = gst_harness_try_pull (h)))
      gst_buffer_unref (frame);
    ocr_harness_push (h, id + 1);
    g_assert_cmpint (ocr_harness_pull (h), ==, id + 1);
    /* Frames tell; that of before may be posted until now. */
    while (ocr_harness_wait_result (h) != (gint) id + 1);
  }
  ocr_harness_free (h);
  held_service_free (service);
}

static void
row_51_late_callback_after_null (void)
{
  HeldService *service = held_service_new ();
  GstHarness *h = exact_harness_new (held_service_get_url (service));

  ocr_harness_push (h, 0);
  held_service_wait (service, 1);
  gst_element_set_state (h->element, GST_STATE_NULL);
  held_service_open (service);
  g_assert_null (ocr_harness_pop_message (h, GST_MESSAGE_ELEMENT));
  g_assert_cmpuint (gst_harness_buffers_received (h), ==, 0);
  ocr_harness_free (h);
  g_assert_cmpuint (held_service_get_n_pictures (service), ==, 1);
  held_service_free (service);
}

/* Frames that cannot be read. */

typedef GstAllocator BlindAllocator;
typedef GstAllocatorClass BlindAllocatorClass;
GType blind_allocator_get_type (void);
G_DEFINE_TYPE (BlindAllocator, blind_allocator, GST_TYPE_ALLOCATOR);

static GstMemory *
blind_alloc (GstAllocator * allocator, gsize size, GstAllocationParams * params)
{
  GstMemory *memory = g_new0 (GstMemory, 1);

  gst_memory_init (memory, 0, allocator, NULL, size, 0, 0, size);
  return memory;
}

static void
blind_free (GstAllocator * allocator, GstMemory * memory)
{
  g_free (memory);
}

static gpointer
blind_map (GstMemory * memory, gsize size, GstMapFlags flags)
{
  return NULL;
}

static void
blind_allocator_class_init (BlindAllocatorClass * klass)
{
  klass->alloc = blind_alloc;
  klass->free = blind_free;
}

static void
blind_allocator_init (BlindAllocator * allocator)
{
  allocator->mem_type = "blind";
  allocator->mem_map = blind_map;
}

/* Its memory does not map. */
static GstBuffer *
blind_frame_new (guint id)
{
  g_autoptr (GstAllocator) allocator =
      g_object_ref_sink (g_object_new (blind_allocator_get_type (), NULL));
  GstBuffer *frame = gst_buffer_new ();

  gst_buffer_append_memory (frame, gst_allocator_alloc (allocator,
          TEST_FRAME_WIDTH * TEST_FRAME_HEIGHT * 3 / 2, NULL));
  GST_BUFFER_PTS (frame) = id * TEST_FRAME_DURATION;
  return frame;
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

int
main (int argc, char **argv)
{
  guint i;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(name) g_test_add_func ("/faults/" #name, name)
  ADD (row_48_flush_with_4_in_flight);
  ADD (row_49_eos_with_4_in_flight);
  for (i = 0; i < G_N_ELEMENTS (phases); i++) {
    g_autofree gchar *path = g_strconcat ("/faults/row_50_null_in_",
        phases[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), row_50_null);
  }
  ADD (row_51_late_callback_after_a_flush);
  ADD (row_51_late_callback_after_null);
  ADD (row_52_map_failure);
  ADD (row_52_frame_shorter_than_its_caps);
#undef ADD
  return g_test_run ();
}
