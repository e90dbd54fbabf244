/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Admission: the users of one client, whose turn it is, and the governor that
 * all of them share. Reservations are given out here, in any thread, under the
 * one lock, which is held for a few instructions and never while something is
 * called out. Lock order: a user's own locks, then this one.
 */
#pragma once

#include "http/clientregistry.h"
#include "http/governor.h"
#include "http/fairqueue.h"

struct _KocrClientUser
{
  /* Never changes. */
  struct _KocrClient *client;
  KocrClientCallbacks callbacks;
  gpointer user_data;
  guint max_in_flight;
  gdouble max_rate;
  guint64 max_requests;
  gint64 timeout;               /* us */
  gint64 max_outage;            /* us; 0: none */
  gint64 joined;
  gint lossless;                /* atomic; changes before the first send */

  /* The admission's lock. */
  KocrFairQueueEntry entry;
  guint outstanding;            /* reserved or handed in, and not back */
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
  KocrFairQueue queue;
  GPtrArray *users;
  guint due_retries;            /* which come before new requests */
} KocrAdmission;

gboolean kocr_client_user_is_lossless (KocrClientUser * user);

void kocr_admission_init (KocrAdmission * self);
void kocr_admission_clear (KocrAdmission * self);
void kocr_admission_add (KocrAdmission * self, KocrClientUser * user);
void kocr_admission_remove (KocrAdmission * self, KocrClientUser * user);
/* (transfer container): the users there are now. */
GPtrArray *kocr_admission_get_users (KocrAdmission * self);

/* Where it is decided that a sample is sent: a reservation for @user, or why it
 * gets none. @known: that the budget is spent was found before. */
KocrDenial kocr_admission_reserve (KocrAdmission * self, KocrClientUser * user,
    gboolean * known);
void kocr_admission_unreserve (KocrAdmission * self, KocrClientUser * user);
/* A request is handed in; @reserved: *@permit is its slot. */
void kocr_admission_hand_in (KocrAdmission * self, KocrClientUser * user,
    gboolean reserved, KocrPermit * permit);
/* It goes back, with the slot that it did not use. */
void kocr_admission_leave (KocrAdmission * self, KocrClientUser * user,
    KocrPermit * permit);

/* The user that waits and whose turn it is now, or NULL. */
KocrClientUser *kocr_admission_next (KocrAdmission * self, gint64 now);
void kocr_admission_set_waiting (KocrAdmission * self, KocrClientUser * user,
    gboolean waiting);
/* Takes a slot for one of @user's requests, or tells why not. @unpaid: for a
 * retry that the quota did not cover. */
KocrDenial kocr_admission_take (KocrAdmission * self, KocrClientUser * user,
    gint64 now, gboolean unpaid, KocrPermit * permit);
/* Starts with a slot that was taken, if that may be now. */
gboolean kocr_admission_start (KocrAdmission * self, KocrClientUser * user,
    gint64 now, KocrPermit * permit);
/* The end of it. @on_wire: it counts on the budget. */
void kocr_admission_end (KocrAdmission *self, KocrClientUser *user, gint64 now,
    KocrPermit *permit, KocrFeedback feedback, gint64 retry_after,
    gboolean on_wire);

/* Why a request of @user that waits does not go. */
KocrDenial kocr_admission_get_denial (KocrAdmission * self,
    KocrClientUser * user);

/* Another process answers for the service that failed. */
void kocr_admission_begin_anew (KocrAdmission * self, gint64 now);

void kocr_admission_get_status (KocrAdmission * self, KocrClientUser * user,
    gint64 now, KocrClientStatus * status);
