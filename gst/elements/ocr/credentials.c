/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/credentials.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http/apikey.h"

#define LOCAL "local"
#define MAX_FILE_SIZE 4096

/* The key. */

/* Overwrites the key before its memory goes back. */
static void
free_key (gchar * key)
{
  if (key)
    explicit_bzero (key, strlen (key));
  g_free (key);
}

static void
set_error (GError ** error, const gchar * path, const gchar * what)
{
  g_autofree gchar *name = g_filename_display_name (path);

  g_set_error (error, KOCR_ERROR, KOCR_ERROR_CREDENTIALS,
      "The API key file \"%s\" cannot be used: %s.", name, what);
}

/* The engine would say what is wrong with the key, and not where it is from. */
static gboolean
check_key (const gchar * path, const gchar * key, GError ** error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (KocrApiKey) usable = NULL;

  if (*key == '\0') {
    set_error (error, path, "it holds no key");
    return FALSE;
  }
  usable = kocr_api_key_new (key, &cause);
  if (!usable) {
    g_autofree gchar *name = g_filename_display_name (path);

    g_set_error (error, KOCR_ERROR, KOCR_ERROR_CREDENTIALS,
        "The API key file \"%s\" cannot be used. %s", name, cause->message);
  }
  return usable != NULL;
}

/* A key from a regular file of at most 4 KiB; white space around it is cut off.
 * @warning: (out) (nullable) (transfer full): set when other users may read the
 * file. NULL with a KOCR_ERROR_CREDENTIALS that names the file, never what is
 * in it. */
static gchar *
read_key_file (const gchar * path, gchar ** warning, GError ** error)
{
  gchar text[MAX_FILE_SIZE + 1], *start = text;
  struct stat info;
  gsize length = 0;
  gssize n = 0;
  gchar *key;
  /* O_NONBLOCK: a FIFO must not hang the pipeline; it is refused below. */
  gint fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0) {
    set_error (error, path, g_strerror (errno));
    return NULL;
  }
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode)) {
    set_error (error, path, "it is not a regular file");
    close (fd);
    return NULL;
  }
  while (length < sizeof text
      && (n = read (fd, text + length, sizeof text - length)) > 0)
    length += n;
  close (fd);
  if (n < 0 || length > MAX_FILE_SIZE) {
    set_error (error, path, n < 0 ? "it cannot be read" : "it is too large");
    explicit_bzero (text, sizeof text);
    return NULL;
  }

  if (info.st_mode & (S_IRGRP | S_IROTH)) {
    g_autofree gchar *name = g_filename_display_name (path);

    *warning = g_strdup_printf ("Other users may read the API key file "
        "\"%s\": chmod 600 it.", name);
  }
  /* Not of the copy, which would keep what it had before it was moved. */
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  while (length > 0 && g_ascii_isspace (*start)) {
    start++;
    length--;
  }
  key = g_strndup (start, length);
  explicit_bzero (text, sizeof text);
  if (!check_key (path, key, error))
    g_clear_pointer (&key, free_key);
  return key;
}

/* Which of all. */

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
    return read_key_file (settings->api_key_file, warning, error);
  if (!use_environment)
    return NULL;
  if (directory) {
    g_autofree gchar *path = g_build_filename (directory, "kakaoocr", NULL);
    g_autofree gchar *ignored = NULL;

    /* systemd gives its own modes to the files there. */
    if (g_file_test (path, G_FILE_TEST_EXISTS))
      return read_key_file (path, &ignored, error);
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

  if (settings->frame.view_problem) {
    g_set_error_literal (error, KOCR_ERROR, KOCR_ERROR_CONFIGURATION,
        settings->frame.view_problem);
    return NULL;
  }
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

  self->config = settings->client;
  self->config.endpoint = self->endpoint;
  self->config.api_key = self->api_key;
  self->config.ca_file = self->ca_file;
  self->config.languages = self->languages;
  return g_steal_pointer (&self);
}

void
kocr_credentials_free (KocrCredentials * self)
{
  g_free (self->endpoint);
  free_key (self->api_key);
  g_free (self->ca_file);
  g_free (self->languages);
  g_free (self);
}
