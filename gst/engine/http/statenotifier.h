/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * State notifier: tells each user of a client of changes of state, once a
 * change, and why. Belongs to the network's thread.
 */
#pragma once

#include "http/admission.h"
#include "http/outcome.h"

/* The latest failure of a kind. */
typedef struct
{
  GError *error;                /* nullable */
  const KocrFault *fault;
  guint status;
} KocrTrouble;

typedef struct
{
  KocrAdmission *admission;
  KocrTrouble troubles[KOCR_STATE_LATCHED + 1]; /* by what they lead to */
} KocrStateNotifier;

void kocr_state_notifier_init (
    KocrStateNotifier *self, KocrAdmission *admission);
void kocr_state_notifier_clear (KocrStateNotifier * self);
/* Remembers a failure, as the reason for what it leads to. */
void kocr_state_notifier_note (
    KocrStateNotifier *self, const KocrAttemptOutcome *outcome);
/* Why @user's requests are held back now, or NULL. */
const GError *kocr_state_notifier_get_trouble (KocrStateNotifier * self,
    KocrClientUser * user, const KocrFault ** fault);
/* Calls the users whose state has changed since the last time. */
void kocr_state_notifier_announce (KocrStateNotifier * self);
