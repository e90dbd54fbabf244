/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "archive/textrank.h"

#include <math.h>

/* BM25's: how soon more of a phrase is worth no more, and how much the length
 * counts. */
#define K1 1.2
#define B 0.75

typedef struct
{
  gdouble mean; /* length of a text */
  guint n_weights;
  gdouble weights[];
} Rank;

/* As bm25() has it. */
static gdouble
weigh_count (gdouble count, gdouble n_rows)
{
  return MAX (log ((n_rows - count + 0.5) / (count + 0.5)), 1e-6);
}

static gint
make_rank (const Fts5ExtensionApi *api, Fts5Context *context, gint n_values,
    sqlite3_value **values, Rank **out)
{
  gsize size = n_values > 0 ? sqlite3_value_bytes (values[0]) : 0;
  const gdouble *counts = size > 0 ? sqlite3_value_blob (values[0]) : NULL;
  sqlite3_int64 n_rows = 0, total = 0;
  gint code = api->xRowCount (context, &n_rows);
  Rank *self;

  if (code == SQLITE_OK)
    code = api->xColumnTotalSize (context, -1, &total);
  if (code != SQLITE_OK)
    return code;
  self = g_malloc0 (sizeof (Rank) + size);
  self->mean = n_rows > 0 && total > 0 ? (gdouble)total / n_rows : 1.0;
  self->n_weights
      = MIN (size / sizeof (gdouble), (gsize)api->xPhraseCount (context));
  for (guint i = 0; i < self->n_weights; i++)
    self->weights[i] = weigh_count (counts[i], n_rows);
  code = api->xSetAuxdata (context, self, g_free);
  *out = self;
  return code;
}

static gdouble
weigh (const Rank *self, const Fts5ExtensionApi *api, Fts5Context *context)
{
  gdouble sum = 0.0;

  if (self->n_weights == 0)
    return 1.0;
  for (guint i = 0; i < self->n_weights; i++) {
    Fts5PhraseIter places;
    gint column, offset;

    if (api->xPhraseFirst (context, i, &places, &column, &offset) == SQLITE_OK
        && column >= 0)
      sum += self->weights[i];
  }
  return sum;
}

static void
text_rank (const Fts5ExtensionApi *api, Fts5Context *context,
    sqlite3_context *result, gint n_values, sqlite3_value **values)
{
  Rank *self = api->xGetAuxdata (context, 0);
  gint code
      = self ? SQLITE_OK : make_rank (api, context, n_values, values, &self);
  gint length = 0;

  if (code == SQLITE_OK)
    code = api->xColumnSize (context, -1, &length);
  if (code == SQLITE_OK)
    sqlite3_result_double (
        result, weigh (self, api, context) * (K1 + 1.0)
                    / (1.0 + K1 * (1.0 - B + B * length / self->mean)));
  else
    sqlite3_result_error_code (result, code);
}

gint
text_rank_register (sqlite3 *handle)
{
  sqlite3_stmt *statement = NULL;
  fts5_api *fts = NULL;
  gint code
      = sqlite3_prepare_v2 (handle, "SELECT fts5(?)", -1, &statement, NULL);

  if (code == SQLITE_OK) {
    sqlite3_bind_pointer (statement, 1, &fts, "fts5_api_ptr", NULL);
    sqlite3_step (statement);
    code = sqlite3_finalize (statement);
  }
  if (code == SQLITE_OK && !fts)
    code = SQLITE_ERROR;
  return code == SQLITE_OK
             ? fts->xCreateFunction (fts, "text_rank", NULL, text_rank, NULL)
             : code;
}
