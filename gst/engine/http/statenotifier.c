/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/statenotifier.h"

#include "base/clock.h"

void
kocr_state_notifier_init (KocrStateNotifier * self, KocrAdmission * admission)
{
  self->admission = admission;
}

void
kocr_state_notifier_clear (KocrStateNotifier * self)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (self->troubles); i++)
    g_clear_error (&self->troubles[i].error);
}

void
kocr_state_notifier_note (KocrStateNotifier * self,
    const KocrAttemptOutcome * outcome)
{
  static const KocrState leads_to[] = {
    [KOCR_FEEDBACK_ANSWERED] = KOCR_STATE_OK,
    [KOCR_FEEDBACK_TRANSIENT] = KOCR_STATE_OPEN,
    [KOCR_FEEDBACK_TIMEOUT] = KOCR_STATE_OPEN,
    [KOCR_FEEDBACK_UNAVAILABLE] = KOCR_STATE_OPEN,
    [KOCR_FEEDBACK_THROTTLED] = KOCR_STATE_THROTTLED,
    [KOCR_FEEDBACK_LATCHED] = KOCR_STATE_LATCHED
  };
  KocrState state = leads_to[outcome->feedback];

  if (state == KOCR_STATE_OK)
    return;
  g_clear_error (&self->troubles[state].error);
  self->troubles[state].error = g_error_copy (outcome->error);
  self->troubles[state].fault = outcome->fault;
  self->troubles[state].status = outcome->status;
}

const GError *
kocr_state_notifier_get_trouble (
    KocrStateNotifier *self, KocrClientUser *user, const KocrFault **fault)
{
  KocrClientStatus status;

  kocr_admission_get_status (self->admission, user, kocr_clock_now (), &status);
  if (status.state > KOCR_STATE_LATCHED)
    return NULL;
  *fault = self->troubles[status.state].fault;
  return self->troubles[status.state].error;
}

/* What is done about it, beside what each picture's own failure says. */
static GError *
tell_outage (const GError * error)
{
  return g_error_new (error->domain, error->code, "The service fails again and "
      "again; only a probe is sent now and then until it answers. %s",
      error->message);
}

static void
announce (KocrStateNotifier * self, KocrClientUser * user, KocrState state)
{
  g_autoptr (GError) spent = NULL, outage = NULL;
  const KocrTrouble *trouble;

  user->announced = state;
  if (state == KOCR_STATE_EXHAUSTED) {
    spent = g_error_new (KOCR_ERROR, KOCR_ERROR_EXHAUSTED,
        "The %" G_GUINT64_FORMAT " requests of `max-requests` are spent.",
        user->max_requests);
    user->callbacks.state_changed (state, spent, 0, NULL, user->user_data);
  } else if (state == KOCR_STATE_OK) {
    user->callbacks.state_changed (state, NULL, 0, NULL, user->user_data);
  } else {
    trouble = &self->troubles[state];
    if (state == KOCR_STATE_OPEN && trouble->error)
      outage = tell_outage (trouble->error);
    user->callbacks.state_changed (state, outage ? outage : trouble->error,
        trouble->status,
        trouble->fault ? trouble->fault->code : NULL, user->user_data);
  }
}

void
kocr_state_notifier_announce (KocrStateNotifier * self)
{
  g_autoptr (GPtrArray) users = kocr_admission_get_users (self->admission);
  gint64 now = kocr_clock_now ();
  guint i;

  for (i = 0; i < users->len; i++) {
    KocrClientUser *user = g_ptr_array_index (users, i);
    KocrClientStatus status;

    kocr_admission_get_status (self->admission, user, now, &status);
    if (status.state != user->announced)
      announce (self, user, status.state);
  }
}
