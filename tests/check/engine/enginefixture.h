/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Engine fixture: an engine whose service answers when it is told to, with the
 * requests that it was given and those that it gave back.
 */
#pragma once

#include "engine.h"
#include "heldservice.h"
#include "testframe.h"

#define TIMEOUT (60 * GST_SECOND)

typedef struct
{
  HeldService *service;
  KocrEngine *engine;
  GPtrArray *submitted; /* KocrRequest */
  GstVideoInfo info;    /* of the frames */
  KocrGateSettings gate;

  GMutex lock;
  GCond cond;

  /* lock */
  GPtrArray *completed; /* KocrRequest, in that order */
  gboolean held;        /* nobody leaves completed() */
  KocrState state;
} EngineFixture;

void engine_fixture_hold_completed (EngineFixture *f, gboolean held);
void engine_fixture_start (
    EngineFixture *f, gboolean lossless, guint max_in_flight);
void engine_fixture_set_up (EngineFixture *f, gconstpointer lossless);
void engine_fixture_tear_down (EngineFixture *f, gconstpointer unused);
/* Uses a slot that is reserved. Takes @buffer; the request is the fixture's. */
KocrRequest *engine_fixture_submit_reserved (
    EngineFixture *f, guint id, GstBuffer *buffer);
/* Takes a slot, which must be free. */
KocrRequest *engine_fixture_submit_buffer (
    EngineFixture *f, guint id, GstBuffer *buffer);
KocrRequest *engine_fixture_submit (EngineFixture *f, guint id);
void engine_fixture_wait_for_completed (EngineFixture *f, guint n);
void engine_fixture_assert_stats (
    EngineFixture *f, guint64 recognized, guint64 failed, guint64 cancelled);
