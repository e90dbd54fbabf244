/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/endpoint.h"

#include <libsoup/soup.h>
#include <string.h>

#define MAX_LANGUAGES_LENGTH 256

static gboolean
host_is_loopback (const gchar * host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address)
    return g_inet_address_get_is_loopback (address);
  /* GLib's resolver never asks a name service for this one. */
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

static GUri *
parse_url (const gchar * url, GError ** error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  const gchar *scheme = uri ? g_uri_get_scheme (uri) : "";

  if (!uri || (g_strcmp0 (scheme, "http") != 0
          && g_strcmp0 (scheme, "https") != 0)
      || !g_uri_get_host (uri) || g_uri_get_host (uri)[0] == '\0') {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_CONFIGURATION,
        "`endpoint` is not a whole http or https address: copy the API "
        "Endpoint URL of the console, or leave it unset for the bundled "
        "service.");
    return NULL;
  }
  if (g_uri_get_userinfo (uri)) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_CONFIGURATION,
        "`endpoint` has a user or a password in it: the key goes into "
        "`api-key-file`.");
    return NULL;
  }
  if (g_uri_get_fragment (uri)) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_CONFIGURATION,
        "`endpoint` has a `#` in it: copy the API Endpoint URL of the "
        "console.");
    return NULL;
  }
  return g_steal_pointer (&uri);
}

static gboolean
load_ca (KocrEndpoint * self, const gchar * ca_file, GError ** error)
{
  g_autoptr (GError) cause = NULL;

  self->ca_file = g_canonicalize_filename (ca_file, NULL);
  self->ca = g_tls_file_database_new (self->ca_file, &cause);
  if (!self->ca) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_CERTIFICATE,
        "`ca-file` cannot be used, it must be a readable PEM file: %s",
        cause->message);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_transport (KocrEndpoint * self, GError ** error)
{
  gboolean plain = g_strcmp0 (g_uri_get_scheme (self->uri), "http") == 0;

  self->loopback = host_is_loopback (g_uri_get_host (self->uri));
  if (plain && self->key && !self->loopback) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_CREDENTIALS,
        "The key would travel unencrypted: use an https `endpoint`.");
    return FALSE;
  }
  if (!plain && !g_tls_backend_supports_tls (g_tls_backend_get_default ())) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_CERTIFICATE,
        "There is no TLS on this system: install the package "
        "glib-networking.");
    return FALSE;
  }
  return TRUE;
}

/* They go on a command line, and from there into names of files. */
static gboolean
set_languages (KocrEndpoint * self, const gchar * languages, GError ** error)
{
  if (!languages || *languages == '\0')
    languages = KOCR_ENDPOINT_LANGUAGES;
  if (!g_regex_match_simple ("^\\w+(/\\w+)?(\\+\\w+(/\\w+)?)*$", languages,
          G_REGEX_DOLLAR_ENDONLY, 0)
      || strlen (languages) > MAX_LANGUAGES_LENGTH) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_CONFIGURATION,
        "`local-languages` is not a list of Tesseract's languages: join their "
        "names by `+`, as in " KOCR_ENDPOINT_LANGUAGES ".");
    return FALSE;
  }
  self->languages = g_strdup (languages);
  return TRUE;
}

KocrEndpoint *
kocr_endpoint_new (const gchar * url, const gchar * api_key,
    const gchar * ca_file, const gchar * languages, GError ** error)
{
  g_autoptr (KocrEndpoint) self = g_atomic_rc_box_new0 (KocrEndpoint);
  gboolean local = !url || g_strcmp0 (url, "local") == 0;

  if (local && api_key) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_CONFIGURATION,
        "There is a key but no `endpoint` for it: set `endpoint` to the API "
        "Endpoint URL of the console, or unset the key.");
    return NULL;
  }
  if (api_key && !(self->key = kocr_api_key_new (api_key, error)))
    return NULL;
  if (local) {
    self->loopback = TRUE;
    return set_languages (self, languages, error) ? g_steal_pointer (&self)
        : NULL;
  }
  if (!(self->uri = parse_url (url, error))
      || !check_transport (self, error)
      || (ca_file && !load_ca (self, ca_file, error)))
    return NULL;
  return g_steal_pointer (&self);
}

KocrEndpoint *
kocr_endpoint_ref (KocrEndpoint * endpoint)
{
  return g_atomic_rc_box_acquire (endpoint);
}

static void
kocr_endpoint_clear (KocrEndpoint * self)
{
  g_clear_pointer (&self->uri, g_uri_unref);
  g_clear_pointer (&self->languages, g_free);
  g_clear_pointer (&self->key, kocr_api_key_free);
  g_clear_pointer (&self->ca_file, g_free);
  g_clear_object (&self->ca);
}

void
kocr_endpoint_unref (KocrEndpoint * endpoint)
{
  g_atomic_rc_box_release_full (endpoint, (GDestroyNotify) kocr_endpoint_clear);
}

gboolean
kocr_endpoint_equal (const KocrEndpoint * a, const KocrEndpoint * b)
{
  if (!a->uri != !b->uri || !kocr_api_key_equal (a->key, b->key)
      || g_strcmp0 (a->ca_file, b->ca_file) != 0)
    return FALSE;
  return a->uri ? soup_uri_equal (a->uri, b->uri)
      : g_str_equal (a->languages, b->languages);
}
