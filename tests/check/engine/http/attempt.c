/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Attempts that are out together.
 */
#include "http/attempt.h"

#include "../../testrows.h"
#include "base/clock.h"
#include "clientfixture.h"

#define TESTS "/attempt/"

#define N_TOGETHER 8
/* Some pieces of libsoup, and less than a connection takes that nobody reads
 * from. */
#define BODY_BYTES (48 * 1024)

/* N_TOGETHER attempts that are begun at once. */
typedef struct
{
  GSource source; /* looks on, at each round of the main loop */
  KocrNetwork *network;
  KocrPost post;
  KocrAttempt *attempts[N_TOGETHER];
  guint64 sent_by_others; /* when the first was sent as a whole */
  gboolean first_is_sent;

  GMutex lock;
  GCond cond;
  guint n_done; /* lock */
} Together;

static gboolean
look_on (GSource *source, gint *timeout)
{
  Together *self = (Together *)source;

  if (!self->attempts[0] || self->first_is_sent)
    return FALSE;
  self->first_is_sent = kocr_attempt_get_answer (self->attempts[0])->all_sent;
  for (guint i = 1; i < N_TOGETHER && self->first_is_sent; i++)
    self->sent_by_others
        += kocr_attempt_get_answer (self->attempts[i])->bytes_sent;
  return FALSE;
}

static gboolean
never (GSource *source, GSourceFunc callback, gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
done (const KocrAnswer *answer, gpointer data)
{
  Together *self = data;

  g_assert_no_error (answer->error);
  g_assert_cmpuint (answer->status, ==, 200);
  g_mutex_lock (&self->lock);
  self->n_done++;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
}

static void
begin (gpointer data)
{
  Together *self = data;

  self->sent_by_others = 0;
  self->first_is_sent = FALSE;
  for (guint i = 0; i < N_TOGETHER; i++)
    self->attempts[i]
        = kocr_attempt_start (self->network, &self->post, done, self);
}

static void
end (gpointer data)
{
  Together *self = data;

  for (guint i = 0; i < N_TOGETHER; i++)
    g_clear_pointer (&self->attempts[i], kocr_attempt_unref);
}

static void
send_together (Together *self)
{
  self->n_done = 0;
  kocr_network_post (self->network, begin, self);
  g_mutex_lock (&self->lock);
  while (self->n_done < N_TOGETHER)
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);
  kocr_network_post (self->network, end, self);
}

/* Else each would arrive as late as the last. */
static void
what_began_first_is_sent_first (void)
{
  static const FaultScript script = { client_fixture_answer };
  static GSourceFuncs funcs = { look_on, NULL, never, NULL };
  g_autoptr (FaultServer) server = fault_server_new (&script, NULL);
  g_autoptr (KocrEndpoint) endpoint = kocr_endpoint_new (
      fault_server_get_url (server), NULL, NULL, NULL, NULL);
  g_autoptr (KocrPicture) picture = client_fixture_picture (BODY_BYTES);
  Together *self = (Together *)g_source_new (&funcs, sizeof (Together));

  self->network = kocr_network_new (endpoint);
  self->post = (KocrPost){ endpoint->uri, NULL, "id", picture, G_MAXINT64 };
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  kocr_network_attach (self->network, &self->source);

  /* Connections come when they come: with those of before nothing waits. */
  send_together (self);
  send_together (self);
  g_assert_true (self->first_is_sent);
  g_test_message ("%" G_GUINT64_FORMAT " of %u bytes of the others",
      self->sent_by_others, (N_TOGETHER - 1) * BODY_BYTES);
  g_assert_cmpuint (self->sent_by_others, <, BODY_BYTES);

  kocr_network_free (self->network);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->cond);
  g_source_destroy (&self->source);
  g_source_unref (&self->source);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (what_began_first_is_sent_first);
  return g_test_run ();
}
