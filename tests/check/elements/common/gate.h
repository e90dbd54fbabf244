/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Gate: a `kakaoocr` that compares each frame with those before, and a held
 * service behind it.
 */
#pragma once

#include "heldservice.h"
#include "ocrharness.h"

/* Pictures that differ, and one that is A but a little brighter. */
enum
{
  A = 0,
  A_BRIGHTER = 2,
  B = 20,
  C = 40
};

typedef struct
{
  HeldService *service;
  GstHarness *h;
} Gate;

/* @settings: the timing first. Upstream is live unless that is exact. */
void gate_set_up (Gate * self, const gchar * settings);
void gate_tear_down (Gate * self);

/* Frame @at shows @picture. */
void gate_show (Gate * self, guint at, guint picture);

/* Of the frame that comes out next: whose result it carries, of when it is and
 * when it was last seen, in frames; or later, if its own sample was already
 * compared. */
void gate_assert_carries (Gate * self, gint picture, guint at,
    guint last_seen);
void gate_assert_stat (Gate * self, const gchar * name, guint64 value);
/* That @n pictures come to the service, and have not been more. */
void gate_assert_n_pictures (Gate * self, guint n);
