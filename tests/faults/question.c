/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "question.h"

KocrRequest *
question_ask (const FaultScript * script, gpointer data, guint * n_requests)
{
  g_autoptr (FaultServer) server = fault_server_new (script, data);
  KocrRequest *request;
  ClientFixture f;

  client_fixture_init (&f, fault_server_get_url (server));
  client_fixture_start (&f);
  request = client_fixture_ask (&f);
  if (n_requests)
    *n_requests = fault_server_get_n_requests (server);
  client_fixture_clear (&f);
  return request;
}

static gboolean
write_text (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  fault_connection_write (c, data);
  return FALSE;
}

KocrRequest *
question_ask_text (const gchar * answer, guint * n_requests)
{
  FaultScript script = { write_text };

  return question_ask (&script, (gpointer) answer, n_requests);
}

static gboolean
answer_json (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  return fault_connection_answer (c, 200, NULL, data);
}

KocrRequest *
question_ask_json (const gchar * json, guint * n_requests)
{
  FaultScript script = { answer_json };

  return question_ask (&script, (gpointer) json, n_requests);
}

gboolean
question_hang (FaultConnection * c, const gchar * head, guint number,
    gpointer data)
{
  fault_connection_hang (c);
  return FALSE;
}

gboolean
question_hang_at_once (FaultConnection * c, guint number, gpointer data)
{
  fault_connection_hang (c);
  return FALSE;
}

void
question_assert_latched (ClientFixture * f, const KocrRequest * request,
    gint code)
{
  g_assert_error (request->outcome.error, KOCR_ERROR, code);
  g_assert_cmpint (request->outcome.fault->action, ==, KOCR_ACTION_LATCH);
  client_fixture_wait_changes (f, 1);
  g_assert_cmpint (g_array_index (f->changes, StateChange, 0).state, ==,
      KOCR_STATE_LATCHED);
  g_assert_cmpint (kocr_client_user_reserve (f->user), ==,
      KOCR_DENIAL_LATCHED);
}
