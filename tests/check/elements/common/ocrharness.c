/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocrharness.h"

#include <stdlib.h>
#include <string.h>
#include "../../patience.h"

/* Only what is broken takes so long. */

void
ocr_set_properties (GstElement * element, const gchar * settings)
{
  g_auto (GStrv) words = g_strsplit (settings, " ", -1);

  for (guint i = 0; words[i]; i++) {
    gchar *value = strchr (words[i], '=');

    if (!value)
      continue;
    *value++ = '\0';
    gst_util_set_object_arg (G_OBJECT (element), words[i], value);
  }
}

GstHarness *
ocr_harness_new_without_caps (const gchar * url, const gchar * settings)
{
  GstElement *element = gst_element_factory_make ("kakaoocr", NULL);
  GstBus *bus = gst_bus_new ();
  GstHarness *h;

  g_assert_nonnull (element);
  gst_element_set_bus (element, bus);
  gst_object_unref (bus);
  g_object_set (element, "endpoint", url, "change-threshold", 0, NULL);
  if (settings)
    ocr_set_properties (element, settings);
  h = gst_harness_new_with_element (element, "sink", "src");
  gst_object_unref (element);
  return h;
}

GstHarness *
ocr_harness_new (const gchar * url, const gchar * settings)
{
  GstHarness *h = ocr_harness_new_without_caps (url, settings);

  gst_harness_set_src_caps_str (h, TEST_FRAME_CAPS);
  return h;
}

GstHarness *
ocr_harness_new_not_live (const gchar * url, const gchar * settings)
{
  GstHarness *h = ocr_harness_new_without_caps (url, settings);

  gst_harness_set_live (h, FALSE);
  gst_harness_set_src_caps_str (h, TEST_FRAME_CAPS);
  return h;
}

void
ocr_harness_free (GstHarness * h)
{
  GstElement *element = gst_object_ref (h->element);
  GstBus *bus = gst_element_get_bus (element);

  gst_harness_teardown (h);
  gst_element_set_bus (element, NULL);
  gst_bus_set_flushing (bus, TRUE);
  gst_object_unref (bus);
  gst_object_unref (element);
}

void
ocr_harness_push (GstHarness * h, guint id)
{
  g_assert_cmpint (gst_harness_push (h, test_frame_new (id)), ==, GST_FLOW_OK);
}

gint
ocr_harness_pull (GstHarness * h)
{
  GstBuffer *buffer = gst_harness_pull (h);
  gint id;

  g_assert_nonnull (buffer);
  id = test_frame_get_result_id (buffer);
  gst_buffer_unref (buffer);
  return id;
}

gint
ocr_harness_pass (GstHarness * h, guint id)
{
  ocr_harness_push (h, id);
  return ocr_harness_pull (h);
}

gpointer
ocr_harness_push_until_refused (gpointer h)
{
  GstFlowReturn flow = GST_FLOW_OK;

  for (guint i = 0; flow == GST_FLOW_OK; i++)
    flow = gst_harness_push (h, test_frame_new (i));
  return GINT_TO_POINTER (flow);
}

void
ocr_harness_flush_stop (GstHarness * h)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_stop (TRUE)));
  g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&segment)));
}

gboolean
ocr_harness_passes_qos (GstHarness * h)
{
  gboolean passes = FALSE;
  GstEvent *event;

  gst_harness_push_upstream_event (h, gst_event_new_qos (GST_QOS_TYPE_UNDERFLOW,
          0.5, 10, 0));
  while ((event = gst_harness_try_pull_upstream_event (h))) {
    passes |= GST_EVENT_TYPE (event) == GST_EVENT_QOS;
    gst_event_unref (event);
  }
  return passes;
}

void
ocr_harness_wait_frames (GstHarness * h, guint n)
{
  for (guint i = 0; i < n; i++)
    ocr_harness_pull (h);
}

void
ocr_harness_wait_event (GstHarness * h, GstEventType type)
{
  GstEventType got;

  do {
    GstEvent *event = gst_harness_pull_event (h);

    g_assert_nonnull (event);
    got = GST_EVENT_TYPE (event);
    gst_event_unref (event);
  } while (got != type);
}

static GstMessage *
pop (GstHarness * h, GstMessageType types, GstClockTime timeout)
{
  GstBus *bus = gst_element_get_bus (h->element);
  GstMessage *message = gst_bus_timed_pop_filtered (bus, timeout, types);

  gst_object_unref (bus);
  return message;
}

GstMessage *
ocr_harness_wait_message (GstHarness * h, GstMessageType types)
{
  GstMessage *message = pop (h, types, PATIENCE);

  g_assert_nonnull (message);
  return message;
}

GstMessage *
ocr_harness_pop_message (GstHarness * h, GstMessageType types)
{
  return pop (h, types, 0);
}

gint
ocr_harness_wait_result (GstHarness * h)
{
  GstMessage *message = ocr_harness_wait_message (h, GST_MESSAGE_ELEMENT);
  const GstStructure *structure = gst_message_get_structure (message);
  gint id;

  g_assert_true (gst_structure_has_name (structure, "kakaoocr-result"));
  id = atoi (gst_structure_get_string (structure, "text"));
  gst_message_unref (message);
  return id;
}

GstStructure *
ocr_harness_wait_problem (GstHarness * h, GstMessageType type,
    const gchar * part)
{
  GstMessage *message = ocr_harness_wait_message (h, type);
  g_autoptr (GError) error = NULL;
  const GstStructure *details;
  GstStructure *copy;

  if (type == GST_MESSAGE_ERROR) {
    gst_message_parse_error (message, &error, NULL);
    gst_message_parse_error_details (message, &details);
  } else {
    gst_message_parse_warning (message, &error, NULL);
    gst_message_parse_warning_details (message, &details);
  }
  if (!strstr (error->message, part))
    g_error ("no \"%s\" in \"%s\"", part, error->message);
  copy = gst_structure_copy (details);
  gst_message_unref (message);
  return copy;
}

typedef struct
{
  GMutex lock;
  GString *text;                /* lock */
} Record;

static void
record_free (gpointer data)
{
  Record *record = data;

  g_string_free (record->text, TRUE);
  g_mutex_clear (&record->lock);
  g_free (record);
}

static GstPadProbeReturn
write_down (GstPad * pad, GstPadProbeInfo * info, gpointer data)
{
  Record *record = data;

  if ((info->type & GST_PAD_PROBE_TYPE_QUERY_DOWNSTREAM)
      && !GST_QUERY_IS_SERIALIZED (GST_PAD_PROBE_INFO_QUERY (info)))
    return GST_PAD_PROBE_OK;

  g_mutex_lock (&record->lock);
  if (record->text->len > 0)
    g_string_append_c (record->text, ' ');
  if (info->type & GST_PAD_PROBE_TYPE_BUFFER) {
    GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
    gint result_id = test_frame_get_result_id (buffer);

    if (GST_BUFFER_PTS_IS_VALID (buffer))
      g_string_append_printf (record->text, "%u:",
          (guint) (GST_BUFFER_PTS (buffer) / TEST_FRAME_DURATION));
    else
      g_string_append (record->text, "-:");
    if (result_id >= 0)
      g_string_append_printf (record->text, "%d", result_id);
  } else if (info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM) {
    g_string_append (record->text,
        GST_EVENT_TYPE_NAME (GST_PAD_PROBE_INFO_EVENT (info)));
  } else {
    g_string_append (record->text,
        GST_QUERY_TYPE_NAME (GST_PAD_PROBE_INFO_QUERY (info)));
  }
  g_mutex_unlock (&record->lock);
  return GST_PAD_PROBE_OK;
}

void
ocr_harness_record (GstHarness * h)
{
  Record *record = g_new0 (Record, 1);

  /* What the harness itself sends first may still be on its way. */
  ocr_harness_wait_event (h, GST_EVENT_SEGMENT);
  g_mutex_init (&record->lock);
  record->text = g_string_new (NULL);
  g_object_set_data_full (G_OBJECT (h->element), "record", record, record_free);
  gst_pad_add_probe (h->sinkpad,
      GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM |
      GST_PAD_PROBE_TYPE_QUERY_DOWNSTREAM | GST_PAD_PROBE_TYPE_PUSH,
      write_down, record, NULL);
}

gchar *
ocr_harness_get_record (GstHarness * h)
{
  Record *record = g_object_get_data (G_OBJECT (h->element), "record");
  gchar *text;

  g_mutex_lock (&record->lock);
  text = g_strdup (record->text->str);
  g_mutex_unlock (&record->lock);
  return text;
}

static void
on_element_added (
    GstBin *pipeline, GstBin *bin, GstElement *element, gpointer user_data)
{
  GstElementFactory *factory = gst_element_get_factory (element);

  if (factory && g_str_equal (GST_OBJECT_NAME (factory), "avdec_h264"))
    g_object_set (element, "direct-rendering", FALSE, NULL);
}

GstElement *
ocr_parse (const gchar *line)
{
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (line, &error);

  g_assert_no_error (error);
  g_signal_connect (
      pipeline, "deep-element-added", G_CALLBACK (on_element_added), NULL);
  return pipeline;
}

void
ocr_run_to_eos (GstElement * pipeline)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  GstMessage *end;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  end = gst_bus_timed_pop_filtered (bus, PATIENCE,
      GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (end);
  g_assert_cmpint (GST_MESSAGE_TYPE (end), ==, GST_MESSAGE_EOS);
  gst_message_unref (end);
}

void
ocr_wait_until (gboolean (*is_so) (gpointer data), gpointer data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE / GST_USECOND;

  while (!is_so (data)) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    g_usleep (G_TIME_SPAN_MILLISECOND);
  }
}

typedef struct
{
  GstElement *element;
  const gchar *name;
  guint64 least;
} Wanted;

static gboolean
is_reached (gpointer data)
{
  const Wanted *wanted = data;

  return ocr_get_stat (wanted->element, wanted->name) >= wanted->least;
}

void
ocr_wait_stat (GstElement * element, const gchar * name, guint64 least)
{
  Wanted wanted = { element, name, least };

  ocr_wait_until (is_reached, &wanted);
}

guint64
ocr_get_stat (GstElement * element, const gchar * name)
{
  GstStructure *stats;
  const GValue *value;
  guint64 number;

  g_object_get (element, "stats", &stats, NULL);
  value = gst_structure_get_value (stats, name);
  g_assert_nonnull (value);
  number = G_VALUE_HOLDS_UINT (value) ? g_value_get_uint (value)
      : g_value_get_uint64 (value);
  gst_structure_free (stats);
  return number;
}

gchar *
ocr_get_stat_string (GstElement * element, const gchar * name)
{
  GstStructure *stats;
  gchar *string;

  g_object_get (element, "stats", &stats, NULL);
  string = g_strdup (gst_structure_get_string (stats, name));
  gst_structure_free (stats);
  return string;
}
