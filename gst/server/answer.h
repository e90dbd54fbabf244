/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the service answers: the words of a picture in the shape of the
 * vendor's guide, or one row of its table of statuses as
 * {"code": "...", "message": "..."}.
 */
#pragma once

#include "recognizer.h"

G_BEGIN_DECLS
/* The rows of the guide's table, in its order. */
    typedef enum
{
  REFUSAL_BAD_REQUEST,          /* no such address, or not HTTP */
  REFUSAL_INVALID_SIGNATURE,
  REFUSAL_NO_IMAGE,
  REFUSAL_AUTHENTICATION,
  REFUSAL_NOT_FOUND,            /* a method that HTTP does not know */
  REFUSAL_METHOD,
  REFUSAL_TOO_MANY_BOXES,
  REFUSAL_FORMAT,
  REFUSAL_TOO_LARGE,
  REFUSAL_MAX_LEN,
  REFUSAL_MAX_PAGES,
  REFUSAL_CONTENT_TYPE,
  REFUSAL_DOMAIN_NOT_FOUND,     /* these two only by --fail */
  REFUSAL_DOMAIN_NOT_DEPLOYED,
  REFUSAL_TOO_MANY_REQUESTS,
  REFUSAL_INTERNAL,
  N_REFUSALS
} Refusal;

guint refusal_get_status (Refusal refusal);
const gchar *refusal_get_code (Refusal refusal);
/* The first row of @status, of @code too unless that is NULL; capitals,
 * blanks, '_' and '-' in @code do not matter. FALSE: no such row. */
gboolean refusal_find (guint status, const gchar * code, Refusal * refusal);

typedef struct
{
  guint status;
  guint retry_after;            /* seconds; 0: no such header */
  GBytes *body;
  const gchar *type;            /* of the body; static */
} Answer;

Answer *answer_new_refusal (Refusal refusal);
/* For a status that the guide does not have, or a code of one's own. */
Answer *answer_new_error (guint status, const gchar * code,
    const gchar * message);

/* A picture, or a page of a document. */
typedef struct
{
  GPtrArray *words;             /* of RecognizedWord */
  gint width, height;
} AnswerPage;

void answer_page_clear (AnswerPage * page);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnswerPage, answer_page_clear)
/* A refusal when a page has more than @max_regions (0: no limit). */
     Answer *answer_new_pages (const AnswerPage * pages, guint n_pages,
    guint max_regions);
Answer *answer_new_json (GBytes * json);
Answer *answer_new_health (void);
/* (transfer full) @text: OpenMetrics. */
Answer *answer_new_metrics (GBytes * text);
void answer_free (Answer * answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free) G_END_DECLS
