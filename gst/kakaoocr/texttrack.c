/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "texttracker.h"

G_DEFINE_BOXED_TYPE (GstKakaoOcrTextTrack, gst_kakao_ocr_text_track,
    gst_kakao_ocr_text_track_copy, gst_kakao_ocr_text_track_free);

GType
gst_kakao_ocr_text_track_state_get_type (void)
{
  static const GEnumValue states[] = {
    {GST_KAKAO_OCR_TEXT_TRACK_OPEN, "GST_KAKAO_OCR_TEXT_TRACK_OPEN", "open"},
    {GST_KAKAO_OCR_TEXT_TRACK_GONE, "GST_KAKAO_OCR_TEXT_TRACK_GONE", "gone"},
    {GST_KAKAO_OCR_TEXT_TRACK_CHANGED, "GST_KAKAO_OCR_TEXT_TRACK_CHANGED",
        "changed"},
    {GST_KAKAO_OCR_TEXT_TRACK_CUT, "GST_KAKAO_OCR_TEXT_TRACK_CUT", "cut"},
    {0, NULL, NULL}
  };
  static GType type = 0;

  if (g_once_init_enter (&type)) {
    GType registered =
        g_enum_register_static ("GstKakaoOcrTextTrackState", states);

    g_once_init_leave (&type, registered);
  }
  return type;
}

GstKakaoOcrTextTrack *
gst_kakao_ocr_text_track_copy (const GstKakaoOcrTextTrack * track)
{
  GstKakaoOcrTextTrack *copy;

  g_return_val_if_fail (track != NULL, NULL);

  copy = g_new (GstKakaoOcrTextTrack, 1);
  *copy = *track;
  copy->text = g_strdup (track->text);
  copy->producer = g_strdup (track->producer);
  return copy;
}

void
gst_kakao_ocr_text_track_free (GstKakaoOcrTextTrack * track)
{
  g_return_if_fail (track != NULL);

  g_free (track->text);
  g_free (track->producer);
  g_free (track);
}
