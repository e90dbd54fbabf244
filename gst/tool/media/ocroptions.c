/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "media/ocroptions.h"

#include <string.h>

GOptionGroup *
ocr_options_new_group (OcrOptions * options)
{
  const GOptionEntry entries[] = {
    {"endpoint", 0, 0, G_OPTION_ARG_STRING, &options->endpoint,
        "the URL of the service (the bundled one)", "URL"},
    {"api-key-file", 0, 0, G_OPTION_ARG_FILENAME, &options->api_key_file,
        "a file with its key", "FILE"},
    {"max-rate", 0, 0, G_OPTION_ARG_DOUBLE, &options->max_rate,
        "requests a second at most", "N"},
    {"max-requests", 0, 0, G_OPTION_ARG_INT64, &options->max_requests,
        "requests at most", "N"},
    {"set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->set,
        "a property of kakaoocr, as gst-inspect-1.0 lists them; any number of "
          "times", "NAME=VALUE"},
    G_OPTION_ENTRY_NULL
  };
  GOptionGroup *group = g_option_group_new ("reading", "How it is read:",
      "Show how it is read", NULL, NULL);

  g_option_group_add_entries (group, entries);
  return group;
}

static gboolean
set_property (GstElement * ocr, const gchar * name, const gchar * text,
    GError ** error)
{
  GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS (ocr),
      name);
  g_auto (GValue) value = G_VALUE_INIT;

  if (!spec || !(spec->flags & G_PARAM_WRITABLE)) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "kakaoocr has no property “%s” that can be set: "
        "gst-inspect-1.0 kakaoocr lists them", name);
    return FALSE;
  }
  g_value_init (&value, spec->value_type);
  if (!gst_value_deserialize_with_pspec (&value, text, spec)
      || g_param_value_validate (spec, &value)) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "%s cannot be “%s”: %s", name, text, g_param_spec_get_blurb (spec));
    return FALSE;
  }
  g_object_set_property (G_OBJECT (ocr), name, &value);
  return TRUE;
}

gboolean
ocr_options_apply (const OcrOptions * options, GstElement * ocr,
    GError ** error)
{
  for (gchar ** set = options->set; set && *set; set++) {
    const gchar *equals = strchr (*set, '=');
    g_autofree gchar *name = equals ? g_strndup (*set, equals - *set) : NULL;

    if (!name) {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
          "--set %s: it must be NAME=VALUE", *set);
      return FALSE;
    }
    if (!set_property (ocr, name, equals + 1, error))
      return FALSE;
  }
  if (options->max_rate < 0.0 || options->max_requests < 0) {
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "--max-rate and --max-requests are not below 0");
    return FALSE;
  }
  if (options->endpoint)
    g_object_set (ocr, "endpoint", options->endpoint, NULL);
  if (options->api_key_file)
    g_object_set (ocr, "api-key-file", options->api_key_file, NULL);
  if (options->max_rate > 0.0)
    g_object_set (ocr, "max-rate", options->max_rate, NULL);
  if (options->max_requests > 0)
    g_object_set (ocr, "max-requests", (guint64) options->max_requests, NULL);
  return TRUE;
}

void
ocr_options_clear (OcrOptions * options)
{
  g_clear_pointer (&options->endpoint, g_free);
  g_clear_pointer (&options->api_key_file, g_free);
  g_clear_pointer (&options->set, g_strfreev);
}
