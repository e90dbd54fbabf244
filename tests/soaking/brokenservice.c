/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A service that breaks the connection's rules now and then and answers well
 * otherwise: the faults that kakaoocr-server's --fail cannot do.
 *
 *     broken-service SEED
 *
 * Its URL is the first line on stdout; it ends with its stdin.
 */
#include <stdio.h>
#include <stdlib.h>

#include "faultserver.h"

typedef gboolean (*Fault) (FaultConnection * c);

static gboolean
answer_well (FaultConnection * c)
{
  return fault_connection_answer (c, 200, NULL, FAULT_SERVER_RESULT);
}

static gboolean
answer_late (FaultConnection * c)
{
  return fault_connection_wait (c, 1500) && answer_well (c);
}

static gboolean
reset (FaultConnection * c)
{
  fault_connection_reset (c);
  return FALSE;
}

static gboolean
close_now (FaultConnection * c)
{
  return FALSE;
}

static gboolean
hang (FaultConnection * c)
{
  fault_connection_hang (c);
  return FALSE;
}

static gboolean
cut_short (FaultConnection * c)
{
  fault_connection_write (c, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"
      "{\"responses\":[{\"page\":1,");
  return FALSE;
}

static gboolean
drip (FaultConnection * c)
{
  return fault_connection_drip (c, "HTTP/1.1 200 OK\r\nContent-Length: 60\r\n"
      "\r\n{\"responses\":[]}", 100);
}

static gboolean
flood (FaultConnection * c)
{
  return fault_connection_write (c, "HTTP/1.1 200 OK\r\n\r\n")
      && fault_connection_flood (c, "[");
}

static gboolean
answer_nonsense (FaultConnection * c)
{
  return fault_connection_answer (c, 200, NULL, "<html>maintenance</html>");
}

static gboolean
ask_for_patience (FaultConnection * c)
{
  return fault_connection_answer (c, 429, "Retry-After: 2\r\n",
      "Too many Requests");
}

/* Less than a fifth of all in sum, or the breaker is open most of the time. */
static const struct
{
  Fault fault;
  gdouble probability;
} faults[] = {
  {answer_late, 0.05},
  {reset, 0.03},
  {close_now, 0.02},
  {hang, 0.01},
  {cut_short, 0.02},
  {drip, 0.01},
  {flood, 0.01},
  {answer_nonsense, 0.02},
  {ask_for_patience, 0.02},
};

static gboolean
respond (FaultConnection * c, const gchar * head, guint number, gpointer seed)
{
  g_autoptr (GRand) random =
      g_rand_new_with_seed (GPOINTER_TO_UINT (seed) + number);
  gdouble draw = g_rand_double (random);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    draw -= faults[i].probability;
    if (draw < 0)
      return faults[i].fault (c);
  }
  return answer_well (c);
}

int
main (int argc, char **argv)
{
  FaultScript script = { respond };
  guint seed = argc > 1 ? strtoul (argv[1], NULL, 10) : 0;
  g_autoptr (FaultServer) server =
      fault_server_new (&script, GUINT_TO_POINTER (seed));

  puts (fault_server_get_url (server));
  fflush (stdout);
  while (getchar () != EOF);
  return 0;
}
