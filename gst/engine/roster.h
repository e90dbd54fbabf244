/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Roster: the users of one client, whose turn it is, and the governor that all
 * of them share. Reservations are given out here, in any thread, under the one
 * lock, which is held for a few instructions and never while something is
 * called out. Lock order: a user's own locks, then this one.
 */
#pragma once

#include "client.h"
#include "governor.h"
#include "turns.h"

G_BEGIN_DECLS

struct _KocrClientUser
{
  /* Never changes. */
  struct _KocrDispatcher *dispatcher;
  KocrClientCallbacks callbacks;
  gpointer user_data;
  guint max_in_flight;
  gdouble max_rate;
  guint64 max_requests;
  gint64 timeout;               /* us */
  gint64 max_outage;            /* us; 0: none */
  gint64 joined;
  gint lossless;                /* atomic; changes before the first send */

  /* The roster's lock. */
  KocrTurn turn;
  guint outstanding;            /* reserved or handed in, and not settled */
  GArray *reserved;             /* of KocrPermit */
  guint64 spent;                /* of max_requests: went out */
  guint64 pledged;              /* of what is left: may go out, or come back */
  gboolean wants_turn;          /* has something that waits */
  gboolean exhausted;           /* was denied since all was spent */

  /* The network's thread. */
  KocrState announced;
};

typedef struct
{
  GMutex lock;

  /* lock */
  KocrGovernor *governor;
  KocrTurns turns;
  GPtrArray *users;
  guint due_retries;            /* which come before new requests */
} KocrRoster;

typedef enum
{
  KOCR_TAKEN,
  KOCR_NOT_NOW,
  KOCR_OVER_BUDGET
} KocrTake;

gboolean kocr_client_user_is_lossless (KocrClientUser * user);

void kocr_roster_init (KocrRoster * self);
void kocr_roster_clear (KocrRoster * self);
void kocr_roster_add (KocrRoster * self, KocrClientUser * user);
void kocr_roster_remove (KocrRoster * self, KocrClientUser * user);
/* (transfer container): the users there are now. */
GPtrArray *kocr_roster_get_users (KocrRoster * self);

/* A reservation for @user. KOCR_OVER_BUDGET: denied for good; @known: it was
 * so before. What is pledged to others of its requests may come back: until
 * that is known it is only not now. */
KocrTake kocr_roster_reserve (KocrRoster * self, KocrClientUser * user,
    gboolean * known);
void kocr_roster_unreserve (KocrRoster * self, KocrClientUser * user);
/* A request is handed in; @reserved: *@permit is its slot. */
void kocr_roster_hand_in (KocrRoster * self, KocrClientUser * user,
    gboolean reserved, KocrPermit * permit);
/* It is settled, and gives back the slot that it did not use. */
void kocr_roster_settle (KocrRoster * self, KocrClientUser * user,
    KocrPermit * permit);

/* The user that waits and whose turn it is now, or NULL. */
KocrClientUser *kocr_roster_next (KocrRoster * self, gint64 now);
void kocr_roster_set_waiting (KocrRoster * self, KocrClientUser * user,
    gboolean waiting);
/* Takes a slot for one of @user's requests. @unpaid: for a retry that the
 * quota did not cover. */
KocrTake kocr_roster_take (KocrRoster * self, KocrClientUser * user,
    gint64 now, gboolean unpaid, KocrPermit * permit);
/* Starts with a slot that was taken, if that may be now. */
gboolean kocr_roster_start (KocrRoster * self, KocrClientUser * user,
    gint64 now, KocrPermit * permit);
/* The end of it. @on_wire: it counts on the budget. */
void kocr_roster_end (KocrRoster * self, KocrClientUser * user, gint64 now,
    KocrPermit * permit, KocrOutcome outcome, gint64 retry_after,
    gboolean on_wire);

/* Another process answers for the service that failed. */
void kocr_roster_begin_anew (KocrRoster * self, gint64 now);

void kocr_roster_get_status (KocrRoster * self, KocrClientUser * user,
    gint64 now, KocrClientStatus * status);

G_END_DECLS
