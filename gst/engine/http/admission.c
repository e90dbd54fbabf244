/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/admission.h"

#include "base/clock.h"
#include "base/log.h"

#define GST_CAT_DEFAULT KOCR_LOG_HTTP

static const KocrState states[] = {
  [KOCR_HEALTH_OK] = KOCR_STATE_OK,
  [KOCR_HEALTH_THROTTLED] = KOCR_STATE_THROTTLED,
  [KOCR_HEALTH_OPEN] = KOCR_STATE_OPEN,
  [KOCR_HEALTH_LATCHED] = KOCR_STATE_LATCHED
};

/* What the log tells of the governor when it changes. */
typedef struct
{
  KocrHealth health;
  gint64 opening;
  KocrDenial denial;
  guint window;
} View;

gboolean
kocr_client_user_is_lossless (KocrClientUser * user)
{
  return g_atomic_int_get (&user->lossless);
}

void
kocr_admission_init (KocrAdmission * self)
{
  g_mutex_init (&self->lock);
  self->governor = kocr_governor_new (g_random_int (), kocr_clock_now ());
  kocr_fair_queue_init (&self->queue);
  self->users = g_ptr_array_new ();
  self->due_retries = 0;
}

void
kocr_admission_clear (KocrAdmission * self)
{
  g_ptr_array_unref (self->users);
  kocr_fair_queue_clear (&self->queue);
  kocr_governor_free (self->governor);
  g_mutex_clear (&self->lock);
}

/* The smallest limits win. */
static void
update_limits (KocrAdmission * self, gint64 now)
{
  guint max_in_flight = G_MAXUINT, i;
  gdouble max_rate = 0;

  for (i = 0; i < self->users->len; i++) {
    const KocrClientUser *user = g_ptr_array_index (self->users, i);

    max_in_flight = MIN (max_in_flight, user->max_in_flight);
    if (user->max_rate > 0)
      max_rate = max_rate > 0 ? MIN (max_rate, user->max_rate) : user->max_rate;
  }
  if (self->users->len > 0)
    kocr_governor_set_limits (self->governor, now, max_in_flight, max_rate);
}

void
kocr_admission_add (KocrAdmission * self, KocrClientUser * user)
{
  gint64 now = kocr_clock_now ();

  user->joined = now;
  user->reserved = g_array_new (FALSE, FALSE, sizeof (KocrPermit));

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->users, user);
  kocr_fair_queue_add (&self->queue, &user->entry);
  update_limits (self, now);
  /* Whoever comes may have set right what is wrong. */
  kocr_governor_allow_probe (self->governor, now);
  g_mutex_unlock (&self->lock);
}

void
kocr_admission_remove (KocrAdmission * self, KocrClientUser * user)
{
  guint i;

  g_mutex_lock (&self->lock);
  for (i = 0; i < user->reserved->len; i++)
    kocr_governor_give_back (self->governor,
        &g_array_index (user->reserved, KocrPermit, i));
  kocr_fair_queue_remove (&self->queue, &user->entry);
  g_ptr_array_remove (self->users, user);
  update_limits (self, kocr_clock_now ());
  g_mutex_unlock (&self->lock);

  g_clear_pointer (&user->reserved, g_array_unref);
}

GPtrArray *
kocr_admission_get_users (KocrAdmission * self)
{
  GPtrArray *users;

  g_mutex_lock (&self->lock);
  users = g_ptr_array_copy (self->users, NULL, NULL);
  g_mutex_unlock (&self->lock);
  return users;
}

static gboolean
has_budget (const KocrClientUser * user)
{
  return user->max_requests == 0
      || user->spent + user->pledged < user->max_requests;
}

static gboolean
is_over_budget (KocrClientUser * user)
{
  if (user->max_requests == 0 || user->spent < user->max_requests)
    return FALSE;
  user->exhausted = TRUE;
  return TRUE;
}

/* Whoever waits for its own pledges holds up nobody else. */
static void
update_turn (KocrAdmission * self, KocrClientUser * user)
{
  kocr_fair_queue_set_waiting (&self->queue, &user->entry, user->wants_turn
      && (has_budget (user) || user->pledged == 0));
}

static void
pledge (KocrAdmission * self, KocrClientUser * user)
{
  user->pledged++;
  update_turn (self, user);
}

static void
redeem (KocrAdmission * self, KocrClientUser * user, gboolean spent)
{
  user->pledged--;
  if (spent)
    user->spent++;
  update_turn (self, user);
}

static guint
free_slots (KocrAdmission * self, gint64 now, gboolean lossless)
{
  guint slots = kocr_governor_get_slots (self->governor, now, lossless);

  return slots > self->due_retries ? slots - self->due_retries : 0;
}

/* What the user's own limits say. */
static KocrDenial
find_own_denial (KocrClientUser * user)
{
  if (is_over_budget (user))
    return KOCR_DENIAL_BUDGET_SPENT;
  if (!has_budget (user))
    return KOCR_DENIAL_BUDGET_OUT;
  if (user->outstanding >= user->max_in_flight)
    return user->reserved->len > 0 ? KOCR_DENIAL_ENCODER_BUSY :
        KOCR_DENIAL_MAX_IN_FLIGHT;
  return KOCR_DENIAL_NONE;
}

/* Asks for a turn, which leaves a claim where there is none to be had. */
static KocrDenial
ask_for_turn (KocrAdmission * self, KocrClientUser * user, gint64 now,
    gboolean lossless)
{
  guint n_free = free_slots (self, now, lossless);
  KocrDenial denial;

  if (kocr_fair_queue_ask (&self->queue, &user->entry, now, n_free))
    return KOCR_DENIAL_NONE;
  if (n_free > 0)
    return KOCR_DENIAL_OTHERS_TURN;
  denial = kocr_governor_get_denial (self->governor, now, lossless);
  if (denial == KOCR_DENIAL_NONE)
    return KOCR_DENIAL_RETRIES_FIRST;
  return denial == KOCR_DENIAL_WINDOW_FULL && user->reserved->len > 0 ?
      KOCR_DENIAL_ENCODER_BUSY : denial;
}

KocrDenial
kocr_admission_reserve (
    KocrAdmission *self, KocrClientUser *user, gboolean *known)
{
  gboolean lossless = kocr_client_user_is_lossless (user);
  gint64 now = kocr_clock_now ();
  KocrDenial denial;

  g_mutex_lock (&self->lock);
  *known = user->exhausted;
  denial = find_own_denial (user);
  if (denial == KOCR_DENIAL_NONE)
    denial = ask_for_turn (self, user, now, lossless);
  if (denial == KOCR_DENIAL_NONE) {
    KocrPermit permit = { 0 };

    kocr_governor_take (self->governor, now, &permit);
    g_array_append_val (user->reserved, permit);
    user->outstanding++;
    pledge (self, user);
  }
  g_mutex_unlock (&self->lock);
  return denial;
}

/* Under the lock. */
static KocrPermit
pop_reserved (KocrClientUser * user)
{
  KocrPermit permit = { 0 };

  g_return_val_if_fail (user->reserved->len > 0, permit);
  permit = g_array_index (user->reserved, KocrPermit, 0);
  g_array_remove_index (user->reserved, 0);
  return permit;
}

void
kocr_admission_unreserve (KocrAdmission * self, KocrClientUser * user)
{
  KocrPermit permit;

  g_mutex_lock (&self->lock);
  permit = pop_reserved (user);
  if (permit.taken) {
    kocr_governor_give_back (self->governor, &permit);
    user->outstanding--;
    redeem (self, user, FALSE);
  }
  g_mutex_unlock (&self->lock);
}

void
kocr_admission_hand_in (KocrAdmission * self, KocrClientUser * user,
    gboolean reserved, KocrPermit * permit)
{
  g_mutex_lock (&self->lock);
  if (reserved)
    *permit = pop_reserved (user);
  else
    user->outstanding++;
  g_mutex_unlock (&self->lock);
}

void
kocr_admission_leave (KocrAdmission * self, KocrClientUser * user,
    KocrPermit * permit)
{
  g_mutex_lock (&self->lock);
  if (permit->taken) {
    kocr_governor_give_back (self->governor, permit);
    redeem (self, user, FALSE);
  }
  user->outstanding--;
  g_mutex_unlock (&self->lock);
}

KocrClientUser *
kocr_admission_next (KocrAdmission * self, gint64 now)
{
  gboolean lossless = FALSE;
  KocrFairQueueEntry *entry;
  guint n_free, i;

  g_mutex_lock (&self->lock);
  for (i = 0; i < self->users->len; i++) {
    KocrClientUser *user = g_ptr_array_index (self->users, i);

    lossless |= user->entry.waiting && kocr_client_user_is_lossless (user);
  }
  n_free = free_slots (self, now, lossless);
  entry = n_free > 0 ? kocr_fair_queue_next (&self->queue, now, n_free) : NULL;
  g_mutex_unlock (&self->lock);

  if (!entry)
    return NULL;
  return (KocrClientUser *) ((guint8 *) entry
      - G_STRUCT_OFFSET (KocrClientUser, entry));
}

void
kocr_admission_set_waiting (KocrAdmission * self, KocrClientUser * user,
    gboolean waiting)
{
  g_mutex_lock (&self->lock);
  user->wants_turn = waiting;
  update_turn (self, user);
  g_mutex_unlock (&self->lock);
}

KocrDenial
kocr_admission_take (KocrAdmission * self, KocrClientUser * user, gint64 now,
    gboolean unpaid, KocrPermit * permit)
{
  KocrDenial denial;

  g_mutex_lock (&self->lock);
  if (is_over_budget (user))
    denial = KOCR_DENIAL_BUDGET_SPENT;
  else if (!has_budget (user))
    denial = KOCR_DENIAL_BUDGET_OUT;
  else
    denial = kocr_governor_get_denial (self->governor, now,
        kocr_client_user_is_lossless (user));
  if (denial == KOCR_DENIAL_NONE) {
    if (!unpaid)
      kocr_governor_take (self->governor, now, permit);
    else if (!kocr_governor_take_unpaid (self->governor, now, permit))
      denial = KOCR_DENIAL_RETRIES_FIRST;
  }
  if (denial == KOCR_DENIAL_NONE)
    pledge (self, user);
  g_mutex_unlock (&self->lock);
  return denial;
}

gboolean
kocr_admission_start (KocrAdmission * self, KocrClientUser * user, gint64 now,
    KocrPermit * permit)
{
  gboolean start;

  g_mutex_lock (&self->lock);
  start = kocr_governor_may_start (self->governor, now, permit,
      kocr_client_user_is_lossless (user));
  if (start)
    kocr_governor_start (self->governor, now, permit);
  g_mutex_unlock (&self->lock);
  return start;
}

/* Under the lock. */
static View
look (KocrAdmission * self, gint64 now)
{
  return (View) {
    kocr_governor_get_health (self->governor, now),
    kocr_governor_get_opening (self->governor, now, FALSE),
    kocr_governor_get_denial (self->governor, now, FALSE),
    kocr_governor_get_window (self->governor)
  };
}

static void
log_change (const View * before, const View * after, gint64 now)
{
  if (after->health != before->health)
    GST_INFO ("service: %s, was %s",
        kocr_state_get_name (states[after->health]),
        kocr_state_get_name (states[before->health]));
  if (after->opening != before->opening && after->opening > now)
    GST_INFO ("service: nothing goes for %" G_GINT64_FORMAT " ms: %s",
        (after->opening - now) / 1000, kocr_denial_get_name (after->denial));
  if (after->window != before->window)
    GST_DEBUG ("service: window %u, was %u", after->window, before->window);
}

void
kocr_admission_end (KocrAdmission * self, KocrClientUser * user, gint64 now,
    KocrPermit * permit, KocrFeedback feedback, gint64 retry_after,
    gboolean on_wire)
{
  View before, after;

  g_mutex_lock (&self->lock);
  before = look (self, now);
  kocr_governor_end (self->governor, now, permit, feedback, retry_after);
  redeem (self, user, on_wire);
  after = look (self, now);
  g_mutex_unlock (&self->lock);
  log_change (&before, &after, now);
}

KocrDenial
kocr_admission_get_denial (KocrAdmission * self, KocrClientUser * user)
{
  gboolean lossless = kocr_client_user_is_lossless (user);
  gint64 now = kocr_clock_now ();
  KocrDenial denial;

  g_mutex_lock (&self->lock);
  if (!has_budget (user))
    denial = KOCR_DENIAL_BUDGET_OUT;
  else if (free_slots (self, now, lossless) > 0)
    denial = KOCR_DENIAL_OTHERS_TURN;
  else
    denial = kocr_governor_get_denial (self->governor, now, lossless);
  g_mutex_unlock (&self->lock);
  return denial == KOCR_DENIAL_NONE ? KOCR_DENIAL_RETRIES_FIRST : denial;
}

void
kocr_admission_begin_anew (KocrAdmission * self, gint64 now)
{
  g_mutex_lock (&self->lock);
  kocr_governor_begin_anew (self->governor, now);
  g_mutex_unlock (&self->lock);
}

void
kocr_admission_get_status (KocrAdmission *self, KocrClientUser *user,
    gint64 now, KocrClientStatus *status)
{
  g_mutex_lock (&self->lock);
  status->state = user->exhausted ? KOCR_STATE_EXHAUSTED :
      states[kocr_governor_get_health (self->governor, now)];
  status->window = kocr_governor_get_window (self->governor);
  status->in_flight = kocr_governor_get_in_flight (self->governor);
  g_mutex_unlock (&self->lock);
}
