/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Starts Tesseract with the languages a user asks for.
 */
#pragma once

#include <glib.h>
#include <tesseract/capi.h>

typedef struct
{
  TessBaseAPI *engine;          /* reads every line */
  /* Reads again what the first reads in another script than its own, or NULL
   * where all the languages are in the first. */
  TessBaseAPI *second;
  GUnicodeScript script;        /* the first one's own, if there is a second */
  /* The model for columns, or NULL; loaded when one is to be read. */
  const gchar *column_model;
  TessBaseAPI *columns;
  gchar *tessdata;
} Languages;

/* Starts what reads @languages, Tesseract codes joined by '+', with the models
 * in the folder @tessdata, NULL for the system's. Returns FALSE
 * with @error, which names the packages that are missing.
 *
 * Where there is a model of a language's whole script, it is taken, and the
 * other languages are kept apart: Tesseract itself, given Hangul+eng, reads
 * each word by both and keeps a confident eng's FAS for what says 뉴스를. */
gboolean languages_open (Languages * self, const gchar * languages,
    const gchar * tessdata, GError ** error);
/* What reads columns of writing; NULL where there is no model for them or it
 * cannot be loaded. */
TessBaseAPI *languages_get_columns (Languages * self);
void languages_close (Languages * self);
