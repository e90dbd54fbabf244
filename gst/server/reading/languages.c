/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "languages.h"

#include <gio/gio.h>
#include <string.h>

/* Models of a script that read better than the language's own: on generated
 * frames Hangul errs on half as many Korean characters as kor, which was
 * trained on too little. Their folder differs between distributions. */
static const struct
{
  const gchar *language;
  const gchar *models[2];
} script_models[] = {
  {"kor", {"Hangul", "script/Hangul"}},
};

/* The models that may stand for @language, best first, itself last. */
static GPtrArray *
models_for (const gchar * language)
{
  GPtrArray *models = g_ptr_array_new ();
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (script_models); i++)
    if (g_str_equal (script_models[i].language, language))
      for (j = 0; j < G_N_ELEMENTS (script_models[i].models); j++)
	g_ptr_array_add (models, (gpointer) script_models[i].models[j]);
  g_ptr_array_add (models, (gpointer) language);
  return models;
}

static gboolean
has_model (TessBaseAPI * engine, const gchar * model)
{
  gchar **available = TessBaseAPIGetAvailableLanguagesAsVector (engine);
  gboolean found = FALSE;
  guint i;

  for (i = 0; available && available[i] && !found; i++)
    found = g_str_equal (available[i], model);
  TessDeleteTextArray (available);
  return found;
}

/* The Debian package of a language: chi_sim is in tesseract-ocr-chi-sim. */
static gchar *
package_of (const gchar * language)
{
  gchar *package = g_strconcat ("tesseract-ocr-", language, NULL);

  return g_strdelimit (g_ascii_strdown (package, -1), "_", '-');
}

static gboolean
is_language_code (const gchar * text)
{
  return *text && strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_/")
    == strlen (text);
}

/* The models to load for @codes, as Tesseract takes them, or NULL. */
static gchar *
choose_models (TessBaseAPI * engine, gchar ** codes, GError ** error)
{
  g_autoptr (GString) chosen = g_string_new (NULL);
  g_autoptr (GString) missing = g_string_new (NULL);
  g_autoptr (GString) packages = g_string_new (NULL);
  guint i, j;

  for (i = 0; codes[i]; i++)
    {
      g_autoptr (GPtrArray) models = models_for (codes[i]);

      for (j = 0; j < models->len; j++)
	if (has_model (engine, g_ptr_array_index (models, j)))
	  break;
      if (j < models->len)
	{
	  g_string_append_printf (chosen, "%s%s", chosen->len ? "+" : "",
				  (gchar *) g_ptr_array_index (models, j));
	}
      else
	{
	  g_autofree gchar *package = package_of (codes[i]);

	  g_string_append_printf (missing, " %s", codes[i]);
	  g_string_append_printf (packages, " %s", package);
	}
    }
  if (missing->len)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
		   "Tesseract has no data in %s to read:%s; install%s (on Debian)",
		   TessBaseAPIGetDatapath (engine), missing->str,
		   packages->str);
      return NULL;
    }
  return g_string_free (g_steal_pointer (&chosen), FALSE);
}

TessBaseAPI *
languages_open_engine (const gchar * languages, GError ** error)
{
  TessBaseAPI *engine = TessBaseAPICreate ();
  g_auto (GStrv) codes = g_strsplit (languages, "+", -1);
  g_autofree gchar *chosen = NULL;
  guint i;

  /* Its messages go to stderr from anywhere in it; what matters of them is
   * in our errors. */
  TessBaseAPISetVariable (engine, "debug_file", "/dev/null");
  for (i = 0; codes[i]; i++)
    if (!is_language_code (codes[i]))
      {
	g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
		     "\"%s\" is not a list of Tesseract languages such as kor+eng",
		     languages);
	goto failed;
      }
  if (!codes[0])
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
			   "No language to read is named; kor+eng, for example");
      goto failed;
    }

  /* No language at all: only its data folder is found. */
  if (TessBaseAPIInit2 (engine, NULL, "", OEM_LSTM_ONLY) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
		   "Tesseract has no data folder at %s; install tesseract-ocr (on "
		   "Debian) or set TESSDATA_PREFIX",
		   TessBaseAPIGetDatapath (engine));
      goto failed;
    }
  chosen = choose_models (engine, codes, error);
  if (!chosen)
    goto failed;
  if (TessBaseAPIInit2 (engine, NULL, chosen, OEM_LSTM_ONLY) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
		   "Tesseract cannot load %s from %s", chosen,
		   TessBaseAPIGetDatapath (engine));
      goto failed;
    }
  return engine;

failed:
  TessBaseAPIDelete (engine);
  return NULL;
}
