/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The options of every command that reads videos: the service, its limits, and
 * any property of kakaoocr by its name.
 */
#pragma once

#include <gst/gst.h>

typedef struct
{
  gchar *endpoint;
  gchar *api_key_file;
  gdouble max_rate;             /* requests a second; 0: the element's own */
  gint64 max_requests;          /* 0: none */
  gchar **set;                  /* NAME=VALUE */
} OcrOptions;

/* For command_parse(); @options outlives it. */
GOptionGroup *ocr_options_new_group (OcrOptions * options);
/* Sets what was given of @ocr; FALSE with an error that names the option. */
gboolean ocr_options_apply (const OcrOptions * options, GstElement * ocr,
    GError ** error);
void ocr_options_clear (OcrOptions * options);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OcrOptions, ocr_options_clear)
