/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the service answers: a status and a body, in JSON for the most part; an
 * error is {"code": "...", "message": "..."}, as the guide has it.
 */
#pragma once

#include "http/refusal.h"

#define ANSWER_JSON "application/json"

typedef struct
{
  guint status;
  guint retry_after;            /* seconds; 0: no such header */
  guint n_unread;               /* lines of text that no language read fits; 0:
                                 * no such header */
  GBytes *body;
  const gchar *type;            /* of the body; static */
} Answer;

/* Of status 200. (transfer full) @json */
Answer *answer_new_json (gchar * json);
/* The same of any type, which is static. */
Answer *answer_new_bytes (const gchar * type, GBytes * body);
Answer *answer_new_refusal (Refusal refusal);
/* For a status that the guide does not have, or a code of one's own. */
Answer *answer_new_error (guint status, const gchar * code,
    const gchar * message);
void answer_free (Answer * answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)
