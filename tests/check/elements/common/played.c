/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "played.h"

#include <string.h>

static void
played_result_free (gpointer data)
{
  PlayedResult *self = data;

  g_free (self->text);
  g_array_unref (self->boxes);
  g_free (self);
}

static void
add_result (GPtrArray *all, const GstStructure *structure)
{
  const GValue *regions = gst_structure_get_value (structure, "regions");
  PlayedResult *result = g_new0 (PlayedResult, 1);

  result->text = g_strdup (gst_structure_get_string (structure, "text"));
  gst_structure_get_int (structure, "width", &result->width);
  gst_structure_get_int (structure, "height", &result->height);
  result->boxes = g_array_new (FALSE, FALSE, 8 * sizeof (gdouble));
  for (guint i = 0; i < gst_value_list_get_size (regions); i++) {
    const GstStructure *region
        = gst_value_get_structure (gst_value_list_get_value (regions, i));
    const GValue *box = gst_structure_get_value (region, "box");
    gdouble values[8];

    for (guint j = 0; j < 8; j++)
      values[j] = g_value_get_double (gst_value_array_get_value (box, j));
    g_array_append_vals (result->boxes, values, 1);
  }
  g_ptr_array_add (all, result);
}

static GstElement *
parse_line (const gchar *format, va_list arguments)
{
  g_autofree gchar *line = g_strdup_vprintf (format, arguments);

  return ocr_parse (line);
}

GstElement *
played_parse (const gchar *format, ...)
{
  GstElement *pipeline;
  va_list arguments;

  va_start (arguments, format);
  pipeline = parse_line (format, arguments);
  va_end (arguments);
  return pipeline;
}

GPtrArray *
played_pipeline (GstElement *pipeline)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (played_result_free);
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  gboolean ended = FALSE;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (!ended) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus, PATIENCE,
        GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_ELEMENT);

    g_assert_nonnull (message);
    if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
      g_autoptr (GError) error = NULL;

      gst_message_parse_error (message, &error, NULL);
      g_error ("%s", error->message);
    }
    ended = GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
    if (gst_message_has_name (message, "kakaoocr-result"))
      add_result (all, gst_message_get_structure (message));
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return all;
}

GPtrArray *
played (const gchar *format, ...)
{
  g_autoptr (GstElement) pipeline = NULL;
  va_list arguments;

  va_start (arguments, format);
  pipeline = parse_line (format, arguments);
  va_end (arguments);
  return played_pipeline (pipeline);
}

const PlayedResult *
played_get (GPtrArray *all, guint i)
{
  g_assert_cmpuint (i, <, all->len);
  return g_ptr_array_index (all, i);
}

void
played_result_get_box (const PlayedResult *self, guint i, gdouble box[8])
{
  g_assert_cmpuint (i, <, self->boxes->len);
  memcpy (box, self->boxes->data + i * 8 * sizeof *box, 8 * sizeof *box);
}

void
played_result_assert_inside (const PlayedResult *self)
{
  for (guint i = 0; i < self->boxes->len; i++) {
    gdouble box[8];

    played_result_get_box (self, i, box);
    for (guint j = 0; j < 8; j += 2) {
      g_assert_cmpfloat (box[j], >=, 0);
      g_assert_cmpfloat (box[j], <=, self->width);
      g_assert_cmpfloat (box[j + 1], >=, 0);
      g_assert_cmpfloat (box[j + 1], <=, self->height);
    }
  }
}
