/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/faults.h"

#include <gio/gio.h>
#include <string.h>

#include "digits.h"

/* A day, as every time on a command line of this project. */
#define LATENCY_MAX_MS 86400000

typedef struct
{
  guint status;
  gchar *code;
  gchar *message;
  gdouble up_to;                /* of the draw of 0–1: sums of probabilities */
} Fault;

struct _Faults
{
  GArray *faults;
  gint64 latency, spread;       /* µs */
  GMutex lock;
  GRand *random;                /* under the lock */
};

static void
fault_clear (gpointer data)
{
  Fault *fault = data;

  g_free (fault->code);
  g_free (fault->message);
}

static gboolean
parse_fault (const gchar * text, gdouble sum, Fault * fault)
{
  g_auto (GStrv) halves = g_strsplit (text, "=", 2);
  g_auto (GStrv) names = NULL;
  gchar *end;
  guint64 status;
  gdouble probability;
  Refusal row;

  if (g_strv_length (halves) != 2 || *halves[1] == '\0')
    return FALSE;
  probability = g_ascii_strtod (halves[1], &end);
  if (*end != '\0' || !(probability >= 0 && probability <= 1))
    return FALSE;
  names = g_strsplit (g_strstrip (halves[0]), "/", 2);
  if (names[0] == NULL
      || !digits_parse (names[0], strlen (names[0]), 10, 599, &status)
      || status < 400)
    return FALSE;
  if (names[1] != NULL
      && (*names[1] == '\0' || !g_utf8_validate (names[1], -1, NULL)))
    return FALSE;

  fault->status = status;
  fault->up_to = sum + probability;
  if (refusal_find (status, names[1], &row)) {
    fault->code = g_strdup (refusal_get_code (row));
  } else if (names[1] != NULL) {
    fault->code = g_strdup (names[1]);
  } else {
    fault->code = g_strdup_printf ("HTTP %u", fault->status);
  }
  fault->message = g_strdup ("This fault was ordered by --fail.");
  return TRUE;
}

static gboolean
parse_fail (Faults * self, const gchar * fail, GError ** error)
{
  g_auto (GStrv) items = g_strsplit (fail, ",", -1);
  gdouble sum = 0;
  guint i;

  for (i = 0; items[i] != NULL; i++) {
    Fault fault = { 0 };

    if (!parse_fault (items[i], sum, &fault)) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
          "--fail: \"%s\" is not STATUS[/CODE]=PROBABILITY with a status of "
          "400-599 and a probability of 0-1", items[i]);
      return FALSE;
    }
    sum = fault.up_to;
    g_array_append_val (self->faults, fault);
  }
  /* Three times 1/3 in six digits is still one. */
  if (sum > 1 + 1e-5) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        "--fail: the probabilities add up to more than 1");
    return FALSE;
  }
  return TRUE;
}

static gboolean
parse_latency (Faults * self, const gchar * latency, GError ** error)
{
  g_auto (GStrv) parts = g_strsplit (latency, "+-", 2);
  guint64 value = 0, spread = 0;

  if (parts[0] == NULL
      || !digits_parse (parts[0], strlen (parts[0]), 10, LATENCY_MAX_MS,
          &value)
      || (parts[1] != NULL
          && !digits_parse (parts[1], strlen (parts[1]), 10, value,
              &spread))) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        "--latency: \"%s\" is not MS or MS+-MS (ms, the second not above the "
        "first)", latency);
    return FALSE;
  }
  self->latency = value * 1000;
  self->spread = spread * 1000;
  return TRUE;
}

Faults *
faults_new (const gchar * fail, const gchar * latency, guint32 seed,
    GError ** error)
{
  g_autoptr (Faults) self = g_new0 (Faults, 1);

  g_mutex_init (&self->lock);
  self->random = g_rand_new_with_seed (seed);
  self->faults = g_array_new (FALSE, FALSE, sizeof (Fault));
  g_array_set_clear_func (self->faults, fault_clear);
  if (fail != NULL && !parse_fail (self, fail, error))
    return NULL;
  if (latency != NULL && !parse_latency (self, latency, error))
    return NULL;
  return g_steal_pointer (&self);
}

Answer *
faults_draw (Faults * self, gint64 * latency)
{
  gdouble draw, delay;
  guint i;

  g_mutex_lock (&self->lock);
  draw = g_rand_double (self->random);
  delay = g_rand_double_range (self->random, -1.0, 1.0);
  g_mutex_unlock (&self->lock);

  *latency = self->latency + (gint64) (delay * self->spread);
  for (i = 0; i < self->faults->len; i++) {
    const Fault *fault = &g_array_index (self->faults, Fault, i);

    if (draw < fault->up_to)
      return answer_new_error (fault->status, fault->code, fault->message);
  }
  return NULL;
}

void
faults_free (Faults * self)
{
  g_array_unref (self->faults);
  g_rand_free (self->random);
  g_mutex_clear (&self->lock);
  g_free (self);
}
