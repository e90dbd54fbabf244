/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/refusal.h"

#include <string.h>

static const struct
{
  guint status;
  const gchar *code;
  const gchar *message;
} rows[N_REFUSALS] = {
  [REFUSAL_BAD_REQUEST] = {400, "Bad Request",
      "The address of the request is wrong."},
  [REFUSAL_INVALID_SIGNATURE] = {400, "INVALID_SIGNATURE",
      "The signature in the endpoint's address is wrong."},
  [REFUSAL_NO_IMAGE] = {400, "NO_IMAGE",
      "No image could be recognised in the form's part \"image\"."},
  [REFUSAL_AUTHENTICATION] = {401, "Authentication failed",
      "The x-api-key header is missing or its value is wrong."},
  [REFUSAL_NOT_FOUND] = {404, "NOT FOUND",
      "The method of the request is not known; use POST."},
  [REFUSAL_METHOD] = {405, "Method Not Allowed",
      "The method of the request is not supported; use POST."},
  [REFUSAL_TOO_MANY_BOXES] = {405, "TOO_MANY_BOXES",
      "The image has more text regions than the set limit."},
  [REFUSAL_FORMAT] = {405, "UNSUPPORTED_IMAGE_FORMAT",
      "The format of the image is not supported; send JPEG, PNG or PDF."},
  [REFUSAL_TOO_LARGE] = {413, "Request Entity Too Large",
      "The request is larger than 8 MB."},
  [REFUSAL_MAX_LEN] = {413, "EXCEED_MAX_LEN",
      "The image has too many pixels on a side, or in all."},
  [REFUSAL_MAX_PAGES] = {413, "EXCEED_MAX_PAGES",
      "The PDF has more than 30 pages."},
  [REFUSAL_CONTENT_TYPE] = {415, "Unsupported content type",
      "The Content-Type is missing or not multipart/form-data with a "
        "boundary."},
  [REFUSAL_DOMAIN_NOT_FOUND] = {425, "Domain not found",
      "The requested domain has been deleted."},
  [REFUSAL_DOMAIN_NOT_DEPLOYED] = {425, "Domain not deployed",
      "The requested domain is not deployed yet."},
  [REFUSAL_TOO_MANY_REQUESTS] = {429, "Too many Requests",
      "There are more requests than the set limit."},
  [REFUSAL_INTERNAL] = {503, "INTERNAL ERROR",
      "An unexpected error occurred in the server."},
};

guint
refusal_get_status (Refusal refusal)
{
  return rows[refusal].status;
}

const gchar *
refusal_get_code (Refusal refusal)
{
  return rows[refusal].code;
}

const gchar *
refusal_get_message (Refusal refusal)
{
  return rows[refusal].message;
}

static gchar *
normalize_code (const gchar * code)
{
  gchar *normal = g_ascii_strdown (code, -1);

  return g_strdelimit (normal, " -", '_');
}

gboolean
refusal_find (guint status, const gchar * code, Refusal * refusal)
{
  g_autofree gchar *wanted = code != NULL ? normalize_code (code) : NULL;
  guint i;

  for (i = 0; i < N_REFUSALS; i++) {
    g_autofree gchar *have = normalize_code (rows[i].code);

    if (rows[i].status == status
        && (wanted == NULL || strcmp (wanted, have) == 0)) {
      *refusal = i;
      return TRUE;
    }
  }
  return FALSE;
}

const gchar *
status_get_phrase (guint status)
{
  static const struct
  {
    guint status;
    const gchar *phrase;
  } phrases[] = {
    {200, "OK"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {413, "Request Entity Too Large"},
    {415, "Unsupported Media Type"},
    {425, "Too Early"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (phrases); i++)
    if (phrases[i].status == status)
      return phrases[i].phrase;
  return "Error";
}
