/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics.h"

#define N_STATUSES 600
#define OPENMETRICS \
    "application/openmetrics-text; version=1.0.0; charset=utf-8"

struct _Metrics
{
  gint answers[N_STATUSES];     /* atomic */
};

Metrics *
metrics_new (void)
{
  return g_new0 (Metrics, 1);
}

void
metrics_free (Metrics * self)
{
  g_free (self);
}

void
metrics_count_answer (Metrics * self, guint status)
{
  if (status < N_STATUSES)
    g_atomic_int_inc (&self->answers[status]);
}

static void
add_gauge (GString * text, const gchar * name, const gchar * help, guint value)
{
  g_string_append_printf (text, "# TYPE kakaoocr_%s gauge\n"
      "# HELP kakaoocr_%s %s\nkakaoocr_%s %u\n", name, name, help, name, value);
}

Answer *
metrics_render (Metrics * self, guint n_connections,
    const ReadQueueState * queue)
{
  g_autoptr (GString) text = g_string_new ("# TYPE kakaoocr_answers counter\n"
      "# HELP kakaoocr_answers Answers by HTTP status.\n");
  gchar seconds[G_ASCII_DTOSTR_BUF_SIZE];
  g_autoptr (GBytes) body = NULL;
  guint status;

  for (status = 0; status < N_STATUSES; status++) {
    guint n = g_atomic_int_get (&self->answers[status]);

    if (n > 0)
      g_string_append_printf (text,
          "kakaoocr_answers_total{status=\"%u\"} %u\n", status, n);
  }
  add_gauge (text, "connections", "Open connections.", n_connections);
  add_gauge (text, "pictures_waiting", "Pictures that wait to be read.",
      queue->n_waiting);
  add_gauge (text, "pictures_reading", "Pictures that are being read.",
      queue->n_reading);
  g_ascii_formatd (seconds, sizeof seconds, "%.6f",
      (gdouble) queue->read_time / G_USEC_PER_SEC);
  g_string_append_printf (text, "# TYPE kakaoocr_reading_seconds summary\n"
      "# UNIT kakaoocr_reading_seconds seconds\n"
      "# HELP kakaoocr_reading_seconds Time that pictures took to be read.\n"
      "kakaoocr_reading_seconds_count %" G_GUINT64_FORMAT "\n"
      "kakaoocr_reading_seconds_sum %s\n# EOF\n", queue->n_read, seconds);
  body = g_string_free_to_bytes (g_steal_pointer (&text));
  return answer_new_bytes (OPENMETRICS, body);
}
