/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The statuses that the service answers: the guide's table, a row each, and
 * what HTTP calls a status.
 */
#pragma once

#include <glib.h>

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
const gchar *refusal_get_message (Refusal refusal);
/* The first row of @status, of @code too unless that is NULL; capitals,
 * blanks, '_' and '-' in @code do not matter. FALSE: no such row. */
gboolean refusal_find (guint status, const gchar * code, Refusal * refusal);

/* For the status line; "Error" for what is not known. */
const gchar *status_get_phrase (guint status);
