/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/outcome.h"

#include <string.h>

#include "base/printable.h"
#include "http/response.h"

/* What others say goes into a message no longer than this. */
#define MAX_FOREIGN_BYTES 200

static const KocrFault compressed = {
  200, NULL, KOCR_ACTION_FAIL, KOCR_ERROR_ANSWER,
  "The service's answer is compressed, which was not asked for: check that "
      "`endpoint` is a General OCR API."
};

static KocrFeedback
outcome_of_fault (const KocrFault * fault)
{
  switch (fault->action) {
    case KOCR_ACTION_RETRY:
      if (fault->error == KOCR_ERROR_TIMEOUT)
        return KOCR_FEEDBACK_TIMEOUT;
      return fault->error == KOCR_ERROR_UNAVAILABLE && fault->status >= 500 ?
          KOCR_FEEDBACK_UNAVAILABLE : KOCR_FEEDBACK_TRANSIENT;
    case KOCR_ACTION_THROTTLE:
      return KOCR_FEEDBACK_THROTTLED;
    case KOCR_ACTION_LATCH:
      return KOCR_FEEDBACK_LATCHED;
    default:
      return KOCR_FEEDBACK_ANSWERED;
  }
}

void
kocr_outcome_set_fault (KocrAttemptOutcome * self, const KocrFault * fault)
{
  self->fault = fault;
  self->feedback = outcome_of_fault (fault);
  g_clear_error (&self->error);
  self->error = g_error_new_literal (KOCR_ERROR, fault->error, fault->message);
}

void
kocr_outcome_of_error (KocrAttemptOutcome * self, const GError * error)
{
  memset (self, 0, sizeof *self);
  self->silent = TRUE;
  kocr_outcome_set_fault (self, kocr_fault_for_error (error));
  if (error->domain == KOCR_ERROR) {
    g_clear_error (&self->error);
    self->error = g_error_copy (error);
  } else if (self->fault->error != KOCR_ERROR_TIMEOUT) {
    /* The system's words; they may quote a host. */
    g_autofree gchar *cause = kocr_printable (error->message,
        MAX_FOREIGN_BYTES);

    g_clear_error (&self->error);
    self->error = g_error_new (KOCR_ERROR, self->fault->error, "%s (%s)",
        self->fault->message, cause);
  }
}

/* Of a status that says what to do. */
static void
judge_status (KocrAttemptOutcome * self, const KocrAnswer * answer,
    const KocrPeer * peer)
{
  const KocrFault *fault = kocr_fault_for_answer (answer->status,
      (const gchar *) answer->body->data, answer->body->len);

  if (peer->own)
    fault = kocr_fault_of_own_service (fault);
  else if (!peer->has_key)
    fault = kocr_fault_without_key (fault);
  kocr_outcome_set_fault (self, fault);
  g_prefix_error (&self->error, "HTTP %u%s%s: ", answer->status,
      fault->code ? " " : "", fault->code ? fault->code : "");
}

static void
judge_body (KocrAttemptOutcome * self, const KocrAnswer * answer,
    const KocrRequest * request, const KocrPeer * peer, gint64 now)
{
  g_autoptr (GError) error = NULL;

  self->result = kocr_response_parse ((const gchar *) answer->body->data,
      answer->body->len, request->transfer.picture, peer->own,
      request->asked.pts, (now - request->taken) * GST_USECOND,
      &self->regions_dropped, &error);
  if (self->result) {
    self->feedback = KOCR_FEEDBACK_SUCCESS;
    self->unread = peer->own && answer->unread;
  } else {
    kocr_outcome_of_error (self, error);
    self->silent = FALSE;
    self->unusable = TRUE;
  }
}

void
kocr_outcome_of_answer (KocrAttemptOutcome * self, const KocrAnswer * answer,
    const KocrRequest * request, const KocrPeer * peer, gint64 now)
{
  memset (self, 0, sizeof *self);
  if (answer->status == 0) {
    kocr_outcome_of_error (self, answer->error);
    self->lost = answer->on_wire;
    self->cut_upload = answer->on_wire && !answer->all_sent
        && self->fault->error == KOCR_ERROR_NETWORK;
  } else if (answer->status / 100 != 2) {
    judge_status (self, answer, peer);
  } else if (answer->encoded) {
    kocr_outcome_set_fault (self, &compressed);
  } else if (answer->error) {
    kocr_outcome_of_error (self, answer->error);
    self->lost = TRUE;
    self->unusable = self->fault->error != KOCR_ERROR_TIMEOUT;
  } else {
    judge_body (self, answer, request, peer, now);
  }
  self->status = answer->status;
}

void
kocr_outcome_clear (KocrAttemptOutcome * self)
{
  g_clear_pointer (&self->result, gst_kakao_ocr_result_unref);
  g_clear_error (&self->error);
}
