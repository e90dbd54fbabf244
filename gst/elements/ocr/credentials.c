/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/credentials.h"

#include "ocr/apikeyfile.h"

#define LOCAL "local"

static const gchar *
non_empty (const gchar * string)
{
  return string && *string ? string : NULL;
}

/* (transfer full) (nullable): no key is no error here. */
static gchar *
find_key (const KocrOcrSettings * settings, gboolean use_environment,
    gchar ** warning, GError ** error)
{
  const gchar *directory = non_empty (g_getenv ("CREDENTIALS_DIRECTORY"));

  if (settings->api_key)
    return g_strdup (settings->api_key);
  if (non_empty (settings->api_key_file))
    return kocr_api_key_file_read (settings->api_key_file, warning, error);
  if (!use_environment)
    return NULL;
  if (directory) {
    g_autofree gchar *path = g_build_filename (directory, "kakaoocr", NULL);
    g_autofree gchar *ignored = NULL;

    /* systemd gives its own modes to the files there. */
    if (g_file_test (path, G_FILE_TEST_EXISTS))
      return kocr_api_key_file_read (path, &ignored, error);
  }
  return g_strdup (non_empty (g_getenv ("KAKAOOCR_API_KEY")));
}

KocrCredentials *
kocr_credentials_new (const KocrOcrSettings * settings,
    gchar ** warning, GError ** error)
{
  g_autoptr (KocrCredentials) self = g_new0 (KocrCredentials, 1);
  const gchar *endpoint = non_empty (settings->endpoint);
  GError *key_error = NULL;
  gboolean asked_for_local = g_strcmp0 (endpoint, LOCAL) == 0;
  gboolean local;

  if (!endpoint)
    endpoint = non_empty (g_getenv ("KAKAOOCR_ENDPOINT"));
  local = !endpoint || g_strcmp0 (endpoint, LOCAL) == 0;

  self->endpoint = g_strdup (local ? LOCAL : endpoint);
  self->ca_file = g_strdup (non_empty (settings->ca_file));
  self->languages = g_strdup (settings->local_languages);
  /* Who asks for the local service by name means it, whatever key lies
   * around in the environment. */
  self->api_key = find_key (settings, !asked_for_local, warning, &key_error);
  if (key_error) {
    g_propagate_error (error, key_error);
    return NULL;
  }
  if (local && self->api_key) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_CONFIGURATION,
        "There is an API key but no endpoint. Set endpoint (or "
        "$KAKAOOCR_ENDPOINT) to the URL that the key belongs to, or remove "
        "the key to use the service on this machine.");
    return NULL;
  }

  self->config = (KocrClientConfig){
    .endpoint = self->endpoint,
    .api_key = self->api_key,
    .ca_file = self->ca_file,
    .languages = self->languages,
    .max_in_flight = settings->max_in_flight,
    .max_rate = settings->max_rate,
    .max_requests = settings->max_requests,
    .timeout = settings->timeout,
    .max_outage = settings->max_outage,
  };
  return g_steal_pointer (&self);
}

void
kocr_credentials_free (KocrCredentials * self)
{
  g_free (self->endpoint);
  kocr_key_free (self->api_key);
  g_free (self->ca_file);
  g_free (self->languages);
  g_free (self);
}
