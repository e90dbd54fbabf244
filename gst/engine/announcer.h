/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Announcer: tells each user of a client of changes of state, once a change,
 * and why. Belongs to the network's thread.
 */
#pragma once

#include "roster.h"
#include "verdict.h"

G_BEGIN_DECLS

/* The latest failure of a kind. */
typedef struct
{
  GError *error;                /* nullable */
  const KocrFault *fault;
  guint status;
} KocrTrouble;

typedef struct
{
  KocrRoster *roster;
  KocrTrouble troubles[KOCR_STATE_LATCHED + 1]; /* by what they lead to */
} KocrAnnouncer;

void kocr_announcer_init (KocrAnnouncer * self, KocrRoster * roster);
void kocr_announcer_clear (KocrAnnouncer * self);
/* Remembers a failure, as the reason for what it leads to. */
void kocr_announcer_note (KocrAnnouncer * self, const KocrVerdict * verdict);
/* Why @user's requests are held back now, or NULL. */
const GError *kocr_announcer_get_trouble (KocrAnnouncer * self,
    KocrClientUser * user, const KocrFault ** fault);
/* Calls the users whose state has changed since the last time. */
void kocr_announcer_announce (KocrAnnouncer * self);

G_END_DECLS
