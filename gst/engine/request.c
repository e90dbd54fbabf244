/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "request.h"

#include <string.h>

#include "base/clock.h"

static void
kocr_request_clear (KocrRequest * request)
{
  if (request->clear_owner)
    request->clear_owner (request);
  gst_clear_buffer (&request->transfer.buffer);
  g_clear_pointer (&request->transfer.picture, kocr_picture_unref);
  g_clear_pointer (&request->outcome.result, gst_kakao_ocr_result_unref);
  g_clear_pointer (&request->outcome.moves, g_array_unref);
  g_clear_error (&request->outcome.error);
  g_queue_clear_full (&request->followers, (GDestroyNotify) kocr_request_unref);
}

KocrRequest *
kocr_request_new (const KocrAsked * asked)
{
  return kocr_request_new_sized (asked, sizeof (KocrRequest), NULL);
}

KocrRequest *
kocr_request_new_sized (const KocrAsked * asked, gsize size,
    GDestroyNotify clear)
{
  KocrRequest *request = g_atomic_rc_box_alloc0 (size);
  g_autofree gchar *id = g_uuid_string_random ();

  if (asked) {
    memcpy ((KocrAsked *) & request->asked, asked, sizeof *asked);
    request->transfer.settings = asked->settings;
  }
  g_strlcpy (request->id, id, sizeof request->id);
  request->clear_owner = clear;
  return request;
}

KocrRequest *
kocr_request_ref (KocrRequest * request)
{
  return g_atomic_rc_box_acquire (request);
}

void
kocr_request_unref (KocrRequest * request)
{
  g_atomic_rc_box_release_full (request, (GDestroyNotify) kocr_request_clear);
}

void
kocr_request_settle (KocrRequest * request)
{
  /* The pixels were kept for a resend only. */
  g_clear_pointer (&request->transfer.picture, kocr_picture_unref);
  g_atomic_int_set (&request->settled, 1);
}

void
kocr_outcome_is_of_its_own (KocrOutcome *self)
{
  self->match = KOCR_PICTURE_NEW;
  self->text_alone = FALSE;
  g_clear_pointer (&self->moves, g_array_unref);
}

gboolean
kocr_request_is_settled (const KocrRequest * request)
{
  return g_atomic_int_get (&request->settled);
}

void
kocr_transfer_add (KocrTransfer * self, const KocrTransfer * other)
{
  self->attempts += other->attempts;
  self->retried += other->retried;
  self->throttled += other->throttled;
  self->bytes_sent += other->bytes_sent;
}

static GstKakaoOcrResult *
copy_result (GstKakaoOcrResult * result, const KocrRequest * request)
{
  GstKakaoOcrResult *copy = gst_kakao_ocr_result_copy (result);

  gst_kakao_ocr_result_set_times (copy, request->asked.pts,
      (kocr_clock_now () - request->taken) * GST_USECOND);
  return copy;
}

void
kocr_request_share (KocrRequest * request, const KocrRequest * original)
{
  GstKakaoOcrResult *result = original->outcome.result;
  KocrOutcome *outcome = &request->outcome;

  if (!result)
    outcome->error = g_error_copy (original->outcome.error);
  else if (outcome->match == KOCR_PICTURE_UNCHANGED)
    outcome->result = gst_kakao_ocr_result_ref (result);
  else
    outcome->result = copy_result (result, request);
}
