/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A key that was set, or read from a file, is in no memory any more when it is
 * not needed any more.
 */
#include <glib/gstdio.h>

#include "../../memorysearch.h"
#include "../../testrows.h"
#include "ocr/credentials.h"

#define TESTS "/kakaoocr/keys/"
#define ENDPOINT "https://ocr.example.com/v1"
/* What is freed is overwritten at its beginning, and by what is as large. */
#define LENGTH 400
/* Before it in a file: deep in a stack, where looking does not come. */
#define BLANKS 500
#define TOO_MANY_BLANKS 4000

static const KocrPropertyTable *table = &kocr_ocr_properties;

static const gchar *
make_secret (void)
{
  gchar text[LENGTH + 1] = { 0 };
  const gchar *kept;

  for (guint i = 0; i < LENGTH; i++)
    text[i] = g_random_int_range ('a', 'z' + 1);
  kept = secret_keep (text);
  explicit_bzero (text, sizeof text);
  return kept;
}

static gboolean
is_held (const gchar *secret)
{
  return memory_holds (getpid (), secret + LENGTH / 2);
}

static void
set (KocrOcrSettings *settings, const gchar *name, const gchar *text)
{
  GValue value = G_VALUE_INIT;
  guint id = 1;

  while (!g_str_equal (table->rows[id - 1].name, name))
    id++;
  g_value_init (&value, G_TYPE_STRING);
  g_value_set_static_string (&value, text);
  g_assert_true (kocr_ocr_settings_set (settings, id, &value));
  g_value_unset (&value);
}

static void
the_property_is_wiped_when_it_is_set_again (void)
{
  const gchar *secret = make_secret ();
  KocrOcrSettings settings = { 0 };

  if (!memory_can_be_searched (getpid ()))
    return;
  kocr_ocr_settings_init (&settings);
  set (&settings, "api-key", secret);
  g_assert_true (is_held (secret));
  set (&settings, "api-key", "another, and shorter");
  g_assert_false (is_held (secret));
  kocr_ocr_settings_clear (&settings);
}

static void
the_property_is_wiped_with_its_element (void)
{
  const gchar *secret = make_secret ();
  KocrOcrSettings settings = { 0 };

  if (!memory_can_be_searched (getpid ()))
    return;
  kocr_ocr_settings_init (&settings);
  set (&settings, "api-key", secret);
  g_assert_true (is_held (secret));
  kocr_ocr_settings_clear (&settings);
  g_assert_false (is_held (secret));
}

static void
what_a_run_took_of_it_is_wiped_with_the_run (void)
{
  const gchar *secret = make_secret ();
  g_autofree gchar *warning = NULL;
  g_autoptr (KocrCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;
  KocrOcrSettings settings = { 0 };

  if (!memory_can_be_searched (getpid ()))
    return;
  kocr_ocr_settings_init (&settings);
  set (&settings, "endpoint", ENDPOINT);
  set (&settings, "api-key", secret);
  credentials = kocr_credentials_new (&settings, &warning, &error);
  g_assert_no_error (error);
  kocr_ocr_settings_clear (&settings);
  g_assert_true (is_held (secret));
  g_clear_pointer (&credentials, kocr_credentials_free);
  g_assert_false (is_held (secret));
}

typedef struct
{
  const gchar *name;
  const gchar *end; /* of the file, behind the key */
  guint n_blanks;   /* behind that */
  gboolean usable;
} KeyFile;

static const KeyFile files[] = {
  { "with_a_key", "\n", 0, TRUE },
  { "with_two_words", " word\n", 0, FALSE },
  { "too_large", "\n", TOO_MANY_BLANKS, FALSE },
};

static gchar *
write_file (const gchar *secret, const KeyFile *row)
{
  g_autofree gchar *blanks = g_strnfill (TOO_MANY_BLANKS, ' ');
  g_autoptr (GError) error = NULL;
  gchar *path;
  gint fd = g_file_open_tmp ("key-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (write (fd, blanks, BLANKS), ==, BLANKS);
  g_assert_cmpint (write (fd, secret, LENGTH), ==, LENGTH);
  g_assert_cmpint (write (fd, row->end, strlen (row->end)), >, 0);
  g_assert_cmpint (write (fd, blanks, row->n_blanks), ==, row->n_blanks);
  close (fd);
  return path;
}

static void
what_was_read_is_wiped (gconstpointer data)
{
  const KeyFile *row = data;
  const gchar *secret = make_secret ();
  g_autofree gchar *path = write_file (secret, row);
  g_autofree gchar *warning = NULL;
  g_autoptr (GError) error = NULL;
  KocrCredentials *credentials;
  KocrOcrSettings settings = { 0 };

  if (memory_can_be_searched (getpid ())) {
    kocr_ocr_settings_init (&settings);
    set (&settings, "endpoint", ENDPOINT);
    set (&settings, "api-key-file", path);
    g_assert_false (is_held (secret));
    credentials = kocr_credentials_new (&settings, &warning, &error);
    g_assert_cmpint (is_held (secret), ==, row->usable);
    g_assert_cmpint (error == NULL, ==, row->usable);
    g_clear_pointer (&credentials, kocr_credentials_free);
    g_assert_false (is_held (secret));
    kocr_ocr_settings_clear (&settings);
  }
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  memory_keep_freed ();
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (the_property_is_wiped_when_it_is_set_again);
  ADD (the_property_is_wiped_with_its_element);
  ADD (what_a_run_took_of_it_is_wiped_with_the_run);
  ADD_ROWS (what_was_read_is_wiped, files);
  return g_test_run ();
}
