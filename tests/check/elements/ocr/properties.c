/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The elements' properties, as they are promised, and how kakaoocr presents
 * itself.
 */
#include <gio/gio.h>
#include <gst/gst.h>
#include <string.h>

#include "../../sanitized.h"
#include "../../testrows.h"

#define TESTS "/kakaoocr/properties/"

#define DAY "86400000"

/* How it shows a default and its bounds; nullable: none. */
static const struct
{
  const gchar *name, *type, *value, *min, *max;
  gboolean playing;             /* changeable while playing */
  const gchar *element;         /* NULL: kakaoocr */
} rows[] = {
  {"endpoint", "gchararray", "NULL"},
  {"api-key-file", "gchararray", "NULL"},
  {"ca-file", "gchararray", "NULL"},
  {"timeout", "guint", "15000", NULL, DAY},
  {"max-in-flight", "guint", "4", "1", "64"},
  {"max-rate", "gdouble", "0", "0"},
  {"max-requests", "guint64", "0", "0", "18446744073709551615"},
  {"max-outage", "guint", "300000", "0", DAY},
  {"interval", "guint", "1000", "0", DAY, TRUE},
  {"region", "GstValueArray", "<  >", NULL, NULL, TRUE},
  {"max-dimension", "guint", "4096", NULL, NULL, TRUE},
  {"image-format", "GstKakaoOcrImageFormat", "jpeg", NULL, NULL, TRUE},
  {"quality", "guint", "90", "1", "100", TRUE},
  {"timing", "GstKakaoOcrTiming", "auto"},
  {"latency", "guint", "1000", "0", DAY, TRUE},
  {"max-size-bytes", "guint64", "268435456", "0", "18446744073709551615",
      TRUE},
  {"result-lifetime", "guint", "3000", "0", DAY, TRUE},
  {"drop-unsampled", "gboolean", "false", NULL, NULL, TRUE},
  {"sample-on-change", "gboolean", "false", NULL, NULL, TRUE},
  {"active", "gboolean", "true", NULL, NULL, TRUE},
  {"attach", "GstKakaoOcrAttach", "ocr", NULL, NULL, TRUE},
  {"post-messages", "gboolean", "true", NULL, NULL, TRUE},
  {"stats-interval", "guint", "0", "0", DAY, FALSE},
  {"emit-signals", "gboolean", "false", NULL, NULL, TRUE},

  {"show-boxes", "gboolean", "true", NULL, NULL, TRUE, "kakaoocroverlay"},
  {"show-text", "gboolean", "true", NULL, NULL, TRUE, "kakaoocroverlay"},
  {"color", "guint", "0", "0", "4294967295", TRUE, "kakaoocroverlay"},
  {"line-width", "gdouble", "0", "0", NULL, TRUE, "kakaoocroverlay"},
  {"font-desc", "gchararray", "\"Noto\\ Sans\\ CJK\\ KR\\ 14\"", NULL, NULL,
      TRUE, "kakaoocroverlay"},
  {"fill", "GstKakaoOcrFill", "none", NULL, NULL, TRUE, "kakaoocroverlay"},
  {"text-pattern", "gchararray", "NULL", NULL, NULL, TRUE, "kakaoocroverlay"},
  {"fail-closed", "gboolean", "true", NULL, NULL, TRUE, "kakaoocroverlay"},
  {"hold", "guint", "500", "0", DAY, TRUE, "kakaoocroverlay"},

  {"every", "gboolean", "false", NULL, NULL, TRUE, "kakaoocrcrop"},
  {"padding", "gint", "-1", NULL, NULL, TRUE, "kakaoocrcrop"},
  {"rectify", "gboolean", "true", NULL, NULL, FALSE, "kakaoocrcrop"},
  {"best-shot", "gboolean", "true", NULL, NULL, TRUE, "kakaoocrcrop"},
  {"max-wait", "guint", "5000", "0", DAY, TRUE, "kakaoocrcrop"},

  {"granularity", "GstKakaoOcrEncGranularity", "result", NULL, NULL, FALSE,
      "kakaoocrenc"},
  {"min-duration", "guint", "300", "0", DAY, TRUE, "kakaoocrenc"},
  {"max-duration", "guint", "5000", "0", DAY, TRUE, "kakaoocrenc"},
  {"cue-positions", "gboolean", "true", NULL, NULL, TRUE, "kakaoocrenc"},
  {"exclude-static", "guint", "0", "0", DAY, TRUE, "kakaoocrenc"},
  {"exclude-moving", "gboolean", "false", NULL, NULL, TRUE, "kakaoocrenc"},
  {"include", "gchararray", "NULL", NULL, NULL, TRUE, "kakaoocrenc"},
  {"exclude", "gchararray", "NULL", NULL, NULL, TRUE, "kakaoocrenc"},
  {"min-height", "guint", "0", "0", NULL, TRUE, "kakaoocrenc"},
  {"vocabulary", "gchararray", "NULL", NULL, NULL, FALSE, "kakaoocrenc"},
  {"source", "gchararray", "NULL", NULL, NULL, TRUE, "kakaoocrenc"},
  {"absolute-time", "gboolean", "false", NULL, NULL, TRUE, "kakaoocrenc"},
  {"time", "GstKakaoOcrEncTime", "running", NULL, NULL, FALSE, "kakaoocrenc"},
};

static const gchar *
get_element_name (guint row)
{
  return rows[row].element ? rows[row].element : "kakaoocr";
}

static gchar *
show (GType type, guint64 unsigned_number, gdouble number)
{
  return type == G_TYPE_DOUBLE ? g_strdup_printf ("%g", number)
      : g_strdup_printf ("%" G_GUINT64_FORMAT, unsigned_number);
}

static void
get_bounds (GParamSpec * spec, gchar ** min, gchar ** max)
{
  if (G_IS_PARAM_SPEC_UINT (spec)) {
    *min = show (0, G_PARAM_SPEC_UINT (spec)->minimum, 0);
    *max = show (0, G_PARAM_SPEC_UINT (spec)->maximum, 0);
  } else if (G_IS_PARAM_SPEC_UINT64 (spec)) {
    *min = show (0, G_PARAM_SPEC_UINT64 (spec)->minimum, 0);
    *max = show (0, G_PARAM_SPEC_UINT64 (spec)->maximum, 0);
  } else if (G_IS_PARAM_SPEC_DOUBLE (spec)) {
    *min = show (G_TYPE_DOUBLE, 0, G_PARAM_SPEC_DOUBLE (spec)->minimum);
    *max = show (G_TYPE_DOUBLE, 0, G_PARAM_SPEC_DOUBLE (spec)->maximum);
  }
}

static gchar *
show_value (const GValue * value)
{
  if (G_VALUE_HOLDS_STRING (value) && !g_value_get_string (value))
    return g_strdup ("NULL");
  if (G_VALUE_HOLDS_FLAGS (value))
    return g_strdup (g_flags_get_first_value (g_type_class_peek (G_VALUE_TYPE
                (value)), g_value_get_flags (value))->value_nick);
  return gst_value_serialize (value);
}

static void
property_is_as_in_row (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  GstElement *element =
      gst_element_factory_make (get_element_name (row), NULL);
  GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS (element),
      rows[row].name);
  GValue value = G_VALUE_INIT;
  g_autofree gchar *text = NULL, *min = NULL, *max = NULL;

  g_assert_nonnull (spec);
  g_assert_cmpstr (g_type_name (spec->value_type), ==, rows[row].type);
  g_value_init (&value, spec->value_type);
  g_object_get_property (G_OBJECT (element), spec->name, &value);
  text = show_value (&value);
  g_assert_cmpstr (text, ==, rows[row].value);
  g_value_unset (&value);

  get_bounds (spec, &min, &max);
  if (rows[row].min)
    g_assert_cmpstr (min, ==, rows[row].min);
  if (rows[row].max)
    g_assert_cmpstr (max, ==, rows[row].max);

  g_assert_cmpint ((spec->flags & GST_PARAM_MUTABLE_PLAYING) != 0, ==,
      rows[row].playing);
  g_assert_nonnull (strstr (g_param_spec_get_blurb (spec),
          rows[row].playing ? "Changeable in any state."
          : "Changeable in NULL and READY."));
  if (g_strcmp0 (rows[row].max, DAY) == 0)
    g_assert_nonnull (strstr (g_param_spec_get_blurb (spec), "(ms)"));
  gst_object_unref (element);
}

static void
the_key_can_only_be_written (void)
{
  GstElement *element = gst_element_factory_make ("kakaoocr", NULL);
  GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS (element),
      "api-key");

  g_assert_nonnull (spec);
  g_assert_cmpint (spec->flags & G_PARAM_READWRITE, ==, G_PARAM_WRITABLE);
  gst_object_unref (element);
}

static void
signals_are_there (void)
{
  GstElement *element = gst_element_factory_make ("kakaoocr", NULL);
  GSignalQuery query;

  g_signal_query (g_signal_lookup ("recognize", G_OBJECT_TYPE (element)),
      &query);
  g_assert_true (query.signal_flags & G_SIGNAL_ACTION);
  g_assert_cmpuint (query.n_params, ==, 0);
  g_signal_query (g_signal_lookup ("result", G_OBJECT_TYPE (element)), &query);
  g_assert_cmpuint (query.n_params, ==, 1);
  g_assert_cmpstr (g_type_name (query.param_types[0]), ==, "GstKakaoOcrResult");
  gst_object_unref (element);
}

static void
the_factory_is_a_filter_without_rank (void)
{
  GstElementFactory *factory = gst_element_factory_find ("kakaoocr");

  g_assert_nonnull (factory);
  g_assert_cmpuint (gst_plugin_feature_get_rank
      (GST_PLUGIN_FEATURE (factory)), ==, GST_RANK_NONE);
  g_assert_cmpstr (gst_element_factory_get_metadata
      (factory, GST_ELEMENT_METADATA_KLASS), ==, "Filter/Analyzer/Video");
  gst_object_unref (factory);
}

static void
system_memory_is_the_first_choice (void)
{
  GstElement *element = gst_element_factory_make ("kakaoocr", NULL);
  static const gchar *names[] = { "sink", "src" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    GstPad *pad = gst_element_get_static_pad (element, names[i]);
    GstCaps *caps = gst_pad_query_caps (pad, NULL);

    g_assert_cmpuint (gst_caps_get_size (caps), ==, 2);
    g_assert_true (gst_caps_features_is_equal
        (gst_caps_get_features (caps, 0),
            GST_CAPS_FEATURES_MEMORY_SYSTEM_MEMORY));
    g_assert_true (gst_caps_features_is_any (gst_caps_get_features (caps, 1)));
    gst_caps_unref (caps);
    gst_object_unref (pad);
  }
  gst_object_unref (element);
}

static void
gst_inspect_shows_every_property (void)
{
  g_autofree gchar *program = g_find_program_in_path ("gst-inspect-1.0");
  g_autofree gchar *output = NULL, *errors = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;

  if (!program || SANITIZED) {
    g_test_skip (program ? "gst-inspect-1.0 cannot load a sanitized plugin"
        : "there is no gst-inspect-1.0");
    return;
  }
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
      G_SUBPROCESS_FLAGS_STDERR_PIPE, &error, program, "kakaoocr", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, &errors, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  g_assert_cmpstr (errors, ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *line = g_strdup_printf ("  %-20s: ", rows[i].name);

    if (!rows[i].element && !strstr (output, line))
      g_error ("no line \"%s\"", line);
  }
  g_assert_nonnull (strstr (output, "  api-key "));
  g_assert_nonnull (strstr (output, "  stats "));
  g_assert_nonnull (strstr (output, "\"recognize\""));
  g_assert_nonnull (strstr (output, "\"result\""));
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *path = g_strconcat ("/", get_element_name (i),
        "/properties/", rows[i].name, "_is_as_promised", NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), property_is_as_in_row);
  }
  ADD (the_key_can_only_be_written);
  ADD (signals_are_there);
  ADD (the_factory_is_a_filter_without_rank);
  ADD (system_memory_is_the_first_choice);
  ADD (gst_inspect_shows_every_property);
  return g_test_run ();
}
