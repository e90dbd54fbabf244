/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/lateresult.h"

#define NAME "kakaoocr-late-result"
#define FRAME "frame"

GstEvent *
kocr_late_result_event_new (GstBuffer * frame)
{
  GstStructure *structure = gst_structure_new (NAME, FRAME, GST_TYPE_BUFFER,
      frame, NULL);

  gst_buffer_unref (frame);
  return gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM, structure);
}

GstBuffer *
kocr_late_result_event_get_frame (GstEvent * event)
{
  const GstStructure *structure = gst_event_get_structure (event);
  const GValue *value;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CUSTOM_DOWNSTREAM
      || !structure || !gst_structure_has_name (structure, NAME))
    return NULL;
  value = gst_structure_get_value (structure, FRAME);
  return value && GST_VALUE_HOLDS_BUFFER (value) ?
      gst_value_get_buffer (value) : NULL;
}
