/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/languages.h"

#include <gio/gio.h>
#include <string.h>

/* Models of a script that read better than the language's own: on generated
 * frames Hangul errs on half as many Korean characters as kor and reads
 * Latin letters between them too. Their folder differs between
 * distributions. */
static const struct
{
  const gchar *language;
  const gchar *models[2];
  GUnicodeScript script;
  const gchar *columns[3];      /* for writing from top to bottom */
} script_models[] = {
  {"kor", {"Hangul", "script/Hangul"}, G_UNICODE_SCRIPT_HANGUL,
      {"Hangul_vert", "script/Hangul_vert", "kor_vert"}},
};

/* Asked for all that it has, Tesseract 5.5 ends the program with an exception
 * where a folder cannot be read. */
static gboolean
has_model (TessBaseAPI * engine, const gchar * model)
{
  g_autofree gchar *path = g_strconcat (TessBaseAPIGetDatapath (engine), model,
      ".traineddata", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The Debian package of a language: chi_sim is in tesseract-ocr-chi-sim. */
static gchar *
package_of (const gchar * language)
{
  g_autofree gchar *code = g_ascii_strdown (language, -1);

  return g_strconcat ("tesseract-ocr-", g_strdelimit (code, "_", '-'), NULL);
}

static gboolean
is_language_code (const gchar * text)
{
  return *text && strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_/")
      == strlen (text);
}

/* The model of the whole script that @language is written in, or NULL. */
static const gchar *
find_script_model (TessBaseAPI * engine, const gchar * language,
    GUnicodeScript * script)
{
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (script_models); i++) {
    if (!g_str_equal (script_models[i].language, language))
      continue;
    for (j = 0; j < G_N_ELEMENTS (script_models[i].models); j++)
      if (has_model (engine, script_models[i].models[j])) {
        *script = script_models[i].script;
        return script_models[i].models[j];
      }
  }
  return NULL;
}

static const gchar *
find_column_model (TessBaseAPI * engine, gchar ** codes)
{
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (script_models); i++)
    for (j = 0; j < G_N_ELEMENTS (script_models[i].columns); j++)
      if (g_strv_contains ((const gchar * const *) codes,
              script_models[i].language)
          && has_model (engine, script_models[i].columns[j]))
        return script_models[i].columns[j];
  return NULL;
}

static void
append_code (GString * list, const gchar * code, const gchar * separator)
{
  g_string_append_printf (list, "%s%s", list->len ? separator : "", code);
}

/* Of @codes, what to load first and, perhaps empty, what second. */
static gboolean
choose_models (Languages * self, gchar ** codes, GString * first,
    GString * second, GError ** error)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  g_autoptr (GString) packages = g_string_new (NULL);
  guint i;

  for (i = 0; codes[i]; i++) {
    const gchar *model = NULL;

    if (first->len == 0)
      model = find_script_model (self->engine, codes[i], &self->script);
    if (model) {
      append_code (first, model, "+");
    } else if (has_model (self->engine, codes[i])) {
      append_code (second, codes[i], "+");
    } else {
      g_autofree gchar *package = package_of (codes[i]);

      append_code (missing, codes[i], ", ");
      append_code (packages, package, " ");
    }
  }
  if (missing->len) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
        "Tesseract has no data in %s for %s; on Debian: apt install %s",
        TessBaseAPIGetDatapath (self->engine), missing->str, packages->str);
    return FALSE;
  }
  if (first->len == 0) {
    g_string_assign (first, second->str);
    g_string_truncate (second, 0);
  }
  return TRUE;
}

static gboolean
check_codes (gchar ** codes, const gchar * languages, GError ** error)
{
  guint i;

  for (i = 0; codes[i]; i++)
    if (!is_language_code (codes[i]))
      break;
  if (codes[0] && !codes[i])
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
      "\"%s\" is not a list of Tesseract languages such as kor+eng", languages);
  return FALSE;
}

static TessBaseAPI *
create_engine (void)
{
  TessBaseAPI *engine = TessBaseAPICreate ();

  /* Tesseract writes messages to stderr from anywhere in it; what matters of
   * them is in our errors. */
  TessBaseAPISetVariable (engine, "debug_file", "/dev/null");
  return engine;
}

static gboolean
load (TessBaseAPI * engine, const gchar * models, const gchar * tessdata,
    GError ** error)
{
  if (TessBaseAPIInit2 (engine, tessdata, models, OEM_LSTM_ONLY) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
      "Tesseract cannot load %s from %s", models,
      TessBaseAPIGetDatapath (engine));
  return FALSE;
}

static gboolean
open_all (Languages * self, const gchar * languages, const gchar * tessdata,
    GError ** error)
{
  g_auto (GStrv) codes = g_strsplit (languages, "+", -1);
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) second = g_string_new (NULL);

  if (!check_codes (codes, languages, error))
    return FALSE;
  self->engine = create_engine ();
  /* Without any model: only the folder of the data is found. */
  if (TessBaseAPIInit2 (self->engine, tessdata, "", OEM_LSTM_ONLY) != 0
      || !g_file_test (TessBaseAPIGetDatapath (self->engine),
          G_FILE_TEST_IS_DIR)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
        "Tesseract has no data folder %s; on Debian: apt install "
        "tesseract-ocr, or set TESSDATA_PREFIX",
        TessBaseAPIGetDatapath (self->engine));
    return FALSE;
  }
  self->column_model = find_column_model (self->engine, codes);
  if (!choose_models (self, codes, first, second, error)
      || !load (self->engine, first->str, tessdata, error))
    return FALSE;
  if (second->len == 0)
    return TRUE;
  self->second = create_engine ();
  return load (self->second, second->str, tessdata, error);
}

gboolean
languages_open (Languages * self, const gchar * languages,
    const gchar * tessdata, GError ** error)
{
  *self = (Languages) {
  .tessdata = g_strdup (tessdata)};
  if (open_all (self, languages, tessdata, error))
    return TRUE;
  languages_close (self);
  return FALSE;
}

TessBaseAPI *
languages_get_columns (Languages * self)
{
  if (self->column_model && !self->columns) {
    self->columns = create_engine ();
    if (!load (self->columns, self->column_model, self->tessdata, NULL)) {
      g_clear_pointer (&self->columns, TessBaseAPIDelete);
      self->column_model = NULL;
    }
  }
  return self->columns;
}

void
languages_close (Languages * self)
{
  g_clear_pointer (&self->columns, TessBaseAPIDelete);
  g_clear_pointer (&self->tessdata, g_free);
  g_clear_pointer (&self->engine, TessBaseAPIDelete);
  g_clear_pointer (&self->second, TessBaseAPIDelete);
}
