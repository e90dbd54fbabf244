/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/apikeyfile.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http/apikey.h"

#define MAX_FILE_SIZE 4096

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

gchar *
kocr_api_key_file_read (const gchar * path, gchar ** warning, GError ** error)
{
  gchar text[MAX_FILE_SIZE + 1];
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
  key = g_strstrip (g_strndup (text, length));
  explicit_bzero (text, sizeof text);
  if (!check_key (path, key, error))
    g_clear_pointer (&key, kocr_key_free);
  return key;
}

void
kocr_key_free (gchar * key)
{
  if (key)
    explicit_bzero (key, strlen (key));
  g_free (key);
}
