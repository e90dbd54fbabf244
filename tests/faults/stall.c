/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stall.h"

#include <string.h>

#include "../check/stopwatch.h"
#include "faultserver.h"

/* Only what is broken takes so long. */
#define PATIENCE_SECONDS 240
/* Of the body that stalls, and what comes of it: more than the kernel takes for
 * a client that does not read, so that it is read when all is written. */
#define BODY_SIZE 1000000
#define BODY_SENT 900000

typedef struct
{
  FaultServer *server;
  GMutex lock;
  GCond cond;
  gboolean reached;             /* lock */
} Stall;

static void
reach (Stall * stall)
{
  g_mutex_lock (&stall->lock);
  stall->reached = TRUE;
  g_cond_signal (&stall->cond);
  g_mutex_unlock (&stall->lock);
}

static gboolean
hang_at_once (FaultConnection * c, guint number, gpointer data)
{
  reach (data);
  fault_connection_hang (c);
  return FALSE;
}

static gboolean
hang (FaultConnection * c, const gchar * head, guint number, gpointer data)
{
  reach (data);
  fault_connection_hang (c);
  return FALSE;
}

static gboolean
hang_in_body (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  g_autofree gchar *body = g_strnfill (BODY_SENT, ' ');
  g_autofree gchar *start = g_strdup_printf ("HTTP/1.1 200 OK\r\n"
      "Content-Length: %d\r\n\r\n", BODY_SIZE);

  fault_connection_write (c, start);
  fault_connection_write (c, body);
  return hang (c, head, number, data);
}

static gboolean
throttle (FaultConnection * c, const gchar * head, guint number, gpointer data)
{
  fault_connection_answer (c, 429, "Retry-After: 100\r\n", "");
  reach (data);
  return TRUE;
}

static const struct
{
  const gchar *name, *scheme, *size;
  FaultScript script;
  gboolean warns;               /* when the element is there too */
} phases[STALL_N_PHASES] = {
  {"in_the_handshake", "https", "width=64,height=48", {NULL, hang_at_once}},
  {"before_the_answer", "http", "width=64,height=48", {hang}},
  {"in_the_body", "http", "width=64,height=48", {hang_in_body}},
  {"in_a_retry_wait", "http", "width=64,height=48", {throttle}, TRUE},
  /* Several megabytes of noise, which no socket takes at once. */
  {"in_the_upload", "http", "width=1920,height=1080", {hang, NULL, TRUE}},
};

const gchar *
stall_get_name (StallPhase phase)
{
  return phases[phase].name;
}

static void
wait_until_reached (Stall * stall, GstElement * pipeline, StallPhase phase)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;

  g_mutex_lock (&stall->lock);
  while (!stall->reached)
    g_assert_true (g_cond_wait_until (&stall->cond, &stall->lock, end));
  g_mutex_unlock (&stall->lock);

  if (phases[phase].warns) {
    g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
    GstMessage *warning = gst_bus_timed_pop_filtered (bus,
        PATIENCE_SECONDS * GST_SECOND, GST_MESSAGE_WARNING);

    g_assert_nonnull (warning);
    gst_message_unref (warning);
  }
}

GstElement *
stall_pipeline_new (const gchar * timing)
{
  gboolean live = strcmp (timing, "exact") != 0;
  g_autofree gchar *line = g_strdup_printf ("videotestsrc is-live=%d "
      "pattern=snow ! capsfilter name=size ! kakaoocr name=ocr timing=%s "
      "interval=0 max-in-flight=1 quality=100 ! fakesink async=false", live,
      timing);
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (line, &error);

  g_assert_no_error (error);
  return pipeline;
}

static void
set_up (GstElement * pipeline, Stall * stall, StallPhase phase)
{
  g_autoptr (GstElement) size = gst_bin_get_by_name (GST_BIN (pipeline),
      "size");
  g_autoptr (GstElement) ocr = gst_bin_get_by_name (GST_BIN (pipeline), "ocr");
  g_autofree gchar *caps = g_strdup_printf ("video/x-raw,format=I420,"
      "framerate=100/1,%s", phases[phase].size);
  g_autofree gchar *url = g_strdup_printf ("%s://127.0.0.1:%u/ai/OCR/x",
      phases[phase].scheme, fault_server_get_port (stall->server));

  gst_util_set_object_arg (G_OBJECT (size), "caps", caps);
  g_object_set (ocr, "endpoint", url, NULL);
}

gint64
stall_cycle (GstElement * pipeline, StallPhase phase)
{
  Stall stall = { NULL };
  GstState state;
  Stopwatch watch;
  gint64 elapsed;

  g_mutex_init (&stall.lock);
  g_cond_init (&stall.cond);
  stall.server = fault_server_new (&phases[phase].script, &stall);
  set_up (pipeline, &stall, phase);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  wait_until_reached (&stall, pipeline, phase);
  gst_element_get_state (pipeline, &state, NULL, GST_CLOCK_TIME_NONE);
  g_assert_cmpint (state, ==, GST_STATE_PLAYING);

  watch = stopwatch_start ();
  gst_element_set_state (pipeline, GST_STATE_NULL);
  elapsed = stopwatch_stop (&watch);
  fault_server_free (stall.server);
  g_cond_clear (&stall.cond);
  g_mutex_clear (&stall.lock);
  return elapsed;
}
