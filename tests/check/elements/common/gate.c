/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gate.h"

void
gate_set_up (Gate * self, const gchar * settings)
{
  gboolean live = !g_str_has_prefix (settings, "timing=exact");
  /* Without motion a result is on frames as soon as it is settled. */
  g_autofree gchar *all = g_strconcat ("change-threshold=12 interval=0 "
      "track-motion=false ", settings, NULL);

  self->service = held_service_new ();
  self->h = live ? ocr_harness_new (held_service_get_url (self->service), all)
      : ocr_harness_new_not_live (held_service_get_url (self->service), all);
}

void
gate_tear_down (Gate * self)
{
  ocr_harness_free (self->h);
  held_service_free (self->service);
}

void
gate_show (Gate * self, guint at, guint picture)
{
  GstBuffer *buffer = test_frame_new (picture);

  GST_BUFFER_PTS (buffer) = at * TEST_FRAME_DURATION;
  g_assert_cmpint (gst_harness_push (self->h, buffer), ==, GST_FLOW_OK);
}

void
gate_assert_carries (Gate * self, gint picture, guint at, guint last_seen)
{
  g_autoptr (GstBuffer) buffer = gst_harness_pull (self->h);
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (buffer);

  g_assert_cmpint (test_frame_get_result_id (buffer), ==, picture);
  g_assert_cmpuint (gst_kakao_ocr_result_get_pts (meta->result), ==,
      at * TEST_FRAME_DURATION);
  g_assert_cmpuint (gst_kakao_ocr_meta_get_last_seen (meta), >=,
      last_seen * TEST_FRAME_DURATION);
  g_assert_cmpuint (gst_kakao_ocr_meta_get_last_seen (meta), <=,
      GST_BUFFER_PTS (buffer));
}

void
gate_assert_stat (Gate * self, const gchar * name, guint64 value)
{
  g_assert_cmpuint (ocr_get_stat (self->h->element, name), ==, value);
}

void
gate_assert_n_pictures (Gate * self, guint n)
{
  held_service_wait (self->service, n);
  g_assert_cmpuint (held_service_get_n_pictures (self->service), ==, n);
}
