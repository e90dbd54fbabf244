/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/propertytable.h"

#include <string.h>

#include "common/boundedregex.h"

static guint
most_uint (const KocrProperty *row)
{
  return row->most >= G_MAXUINT ? G_MAXUINT : (guint) row->most;
}

static guint64
most_uint64 (const KocrProperty *row)
{
  return row->most >= (gdouble) G_MAXUINT64 ? G_MAXUINT64
                                            : (guint64) row->most;
}

static gint
most_int (const KocrProperty *row)
{
  return row->most >= G_MAXINT ? G_MAXINT : (gint) row->most;
}

static GType
register_type (const KocrProperty *row)
{
  GType type = row->kind == KOCR_PROPERTY_ENUM
                   ? g_enum_register_static (row->type_name, row->values)
                   : g_flags_register_static (row->type_name, row->values);

  gst_type_mark_as_plugin_api (type, 0);
  return type;
}

static GParamSpec *
spec_new (const KocrProperty *row)
{
  GParamFlags flags = row->flags | G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  const gchar *name = row->name, *nick = row->nick, *blurb = row->blurb;

  switch (row->kind) {
    case KOCR_PROPERTY_BOOLEAN:
      return g_param_spec_boolean (name, nick, blurb, row->initial != 0, flags);
    case KOCR_PROPERTY_INT:
      return g_param_spec_int (name, nick, blurb, (gint) row->least,
          most_int (row), (gint) row->initial, flags);
    case KOCR_PROPERTY_UINT:
    case KOCR_PROPERTY_MILLISECONDS:
      return g_param_spec_uint (name, nick, blurb, (guint) row->least,
          most_uint (row), (guint) row->initial, flags);
    case KOCR_PROPERTY_UINT64:
      return g_param_spec_uint64 (name, nick, blurb, (guint64) row->least,
          most_uint64 (row), (guint64) row->initial, flags);
    case KOCR_PROPERTY_DOUBLE:
      return g_param_spec_double (name, nick, blurb, row->least, row->most,
          row->initial, flags);
    case KOCR_PROPERTY_ENUM:
      return g_param_spec_enum (name, nick, blurb, register_type (row),
          (gint) row->initial, flags);
    case KOCR_PROPERTY_FLAGS:
      return g_param_spec_flags (name, nick, blurb, register_type (row),
          (guint) row->initial, flags);
    case KOCR_PROPERTY_STRING:
    case KOCR_PROPERTY_TEXT:
    case KOCR_PROPERTY_REGEX:
      return g_param_spec_string (name, nick, blurb, row->initial_text, flags);
    case KOCR_PROPERTY_SECRET:
      return g_param_spec_string (name, nick, blurb, row->initial_text,
          flags & ~G_PARAM_READABLE);
    case KOCR_PROPERTY_ARRAY:
      return gst_param_spec_array (name, nick, blurb, NULL, flags);
  }
  g_assert_not_reached ();
}

void
kocr_property_table_init (const KocrPropertyTable *self, gpointer settings)
{
  for (guint i = 0; i < self->n_rows; i++) {
    const KocrProperty *row = &self->rows[i];
    gpointer field = G_STRUCT_MEMBER_P (settings, row->offset);

    switch (row->kind) {
      case KOCR_PROPERTY_BOOLEAN:
      case KOCR_PROPERTY_INT:
      case KOCR_PROPERTY_ENUM:
        *(gint *) field = (gint) row->initial;
        break;
      case KOCR_PROPERTY_UINT:
      case KOCR_PROPERTY_FLAGS:
        *(guint *) field = (guint) row->initial;
        break;
      case KOCR_PROPERTY_UINT64:
        *(guint64 *) field = (guint64) row->initial;
        break;
      case KOCR_PROPERTY_DOUBLE:
        *(gdouble *) field = row->initial;
        break;
      case KOCR_PROPERTY_MILLISECONDS:
        *(GstClockTime *) field = (GstClockTime) row->initial * GST_MSECOND;
        break;
      case KOCR_PROPERTY_ARRAY:
        g_value_init (field, GST_TYPE_ARRAY);
        break;
      case KOCR_PROPERTY_STRING:
      case KOCR_PROPERTY_TEXT:
      case KOCR_PROPERTY_SECRET:
      case KOCR_PROPERTY_REGEX:
        break;
    }
  }
}

static void
clear_string (gchar **string, gboolean secret)
{
  if (*string && secret)
    explicit_bzero (*string, strlen (*string));
  g_clear_pointer (string, g_free);
}

void
kocr_property_table_clear (const KocrPropertyTable *self, gpointer settings)
{
  for (guint i = 0; i < self->n_rows; i++) {
    const KocrProperty *row = &self->rows[i];
    gpointer field = G_STRUCT_MEMBER_P (settings, row->offset);

    if (row->kind == KOCR_PROPERTY_STRING || row->kind == KOCR_PROPERTY_TEXT
        || row->kind == KOCR_PROPERTY_SECRET)
      clear_string (field, row->kind == KOCR_PROPERTY_SECRET);
    else if (row->kind == KOCR_PROPERTY_REGEX)
      g_clear_pointer ((GRegex **) field, g_regex_unref);
    else if (row->kind == KOCR_PROPERTY_ARRAY)
      g_value_unset (field);
  }
}

void
kocr_property_table_copy (const KocrPropertyTable *self,
    gconstpointer settings, gpointer copy)
{
  for (guint i = 0; i < self->n_rows; i++) {
    const KocrProperty *row = &self->rows[i];
    gconstpointer from = (const guint8 *) settings + row->offset;
    gpointer to = G_STRUCT_MEMBER_P (copy, row->offset);

    switch (row->kind) {
      case KOCR_PROPERTY_BOOLEAN:
      case KOCR_PROPERTY_INT:
      case KOCR_PROPERTY_UINT:
      case KOCR_PROPERTY_ENUM:
      case KOCR_PROPERTY_FLAGS:
        memcpy (to, from, sizeof (guint));
        break;
      case KOCR_PROPERTY_UINT64:
      case KOCR_PROPERTY_DOUBLE:
      case KOCR_PROPERTY_MILLISECONDS:
        memcpy (to, from, sizeof (guint64));
        break;
      case KOCR_PROPERTY_STRING:
      case KOCR_PROPERTY_TEXT:
      case KOCR_PROPERTY_SECRET:
        *(gchar **) to = g_strdup (*(gchar *const *) from);
        break;
      case KOCR_PROPERTY_REGEX:
        *(GRegex **) to = *(GRegex *const *) from;
        if (*(GRegex **) to)
          g_regex_ref (*(GRegex **) to);
        break;
      case KOCR_PROPERTY_ARRAY:
        g_value_init (to, GST_TYPE_ARRAY);
        g_value_copy (from, to);
        break;
    }
  }
}

/* Refused, since without it other texts would be meant. */
static void
set_regex (const KocrProperty *row, GRegex **regex, const gchar *pattern)
{
  g_autoptr (GError) error = NULL;
  GRegex *compiled = NULL;

  if (pattern && *pattern)
    compiled = kocr_bounded_regex_new (pattern, &error);
  if (error) {
    g_warning ("%s refused, the one before it stays: %s", row->name,
        error->message);
    return;
  }
  g_clear_pointer (regex, g_regex_unref);
  *regex = compiled;
}

gboolean
kocr_property_table_set (const KocrPropertyTable *self, gpointer settings,
    guint id, const GValue *value)
{
  const KocrProperty *row = &self->rows[id - 1];
  gpointer field;

  if (id > self->n_rows)
    return FALSE;
  field = G_STRUCT_MEMBER_P (settings, row->offset);
  switch (row->kind) {
    case KOCR_PROPERTY_BOOLEAN:
      *(gboolean *) field = g_value_get_boolean (value);
      break;
    case KOCR_PROPERTY_INT:
      *(gint *) field = g_value_get_int (value);
      break;
    case KOCR_PROPERTY_UINT:
      *(guint *) field = g_value_get_uint (value);
      break;
    case KOCR_PROPERTY_UINT64:
      *(guint64 *) field = g_value_get_uint64 (value);
      break;
    case KOCR_PROPERTY_DOUBLE:
      *(gdouble *) field = g_value_get_double (value);
      break;
    case KOCR_PROPERTY_MILLISECONDS:
      *(GstClockTime *) field = g_value_get_uint (value) * GST_MSECOND;
      break;
    case KOCR_PROPERTY_ENUM:
      *(gint *) field = g_value_get_enum (value);
      break;
    case KOCR_PROPERTY_FLAGS:
      *(guint *) field = g_value_get_flags (value);
      break;
    case KOCR_PROPERTY_STRING:
    case KOCR_PROPERTY_SECRET:
      clear_string (field, row->kind == KOCR_PROPERTY_SECRET);
      *(gchar **) field = g_value_dup_string (value);
      break;
    case KOCR_PROPERTY_TEXT:
      clear_string (field, FALSE);
      if (g_value_get_string (value))
        *(gchar **) field = g_utf8_make_valid (g_value_get_string (value), -1);
      break;
    case KOCR_PROPERTY_REGEX:
      set_regex (row, field, g_value_get_string (value));
      break;
    case KOCR_PROPERTY_ARRAY:
      g_value_copy (value, field);
      break;
  }
  return TRUE;
}

static gboolean
get (const KocrPropertyTable *self, gconstpointer settings, guint id,
    GValue *value)
{
  const KocrProperty *row = &self->rows[id - 1];
  gconstpointer field;
  const GRegex *regex;
  const gchar *string;

  if (id > self->n_rows)
    return FALSE;
  field = (const guint8 *) settings + row->offset;
  switch (row->kind) {
    case KOCR_PROPERTY_BOOLEAN:
      g_value_set_boolean (value, *(const gboolean *) field);
      break;
    case KOCR_PROPERTY_INT:
      g_value_set_int (value, *(const gint *) field);
      break;
    case KOCR_PROPERTY_UINT:
      g_value_set_uint (value, *(const guint *) field);
      break;
    case KOCR_PROPERTY_UINT64:
      g_value_set_uint64 (value, *(const guint64 *) field);
      break;
    case KOCR_PROPERTY_DOUBLE:
      g_value_set_double (value, *(const gdouble *) field);
      break;
    case KOCR_PROPERTY_MILLISECONDS:
      g_value_set_uint (
          value, (guint) (*(const GstClockTime *) field / GST_MSECOND));
      break;
    case KOCR_PROPERTY_ENUM:
      g_value_set_enum (value, *(const gint *) field);
      break;
    case KOCR_PROPERTY_FLAGS:
      g_value_set_flags (value, *(const guint *) field);
      break;
    case KOCR_PROPERTY_STRING:
    case KOCR_PROPERTY_TEXT:
      string = *(gchar *const *) field;
      g_value_set_string (value, string ? string : row->initial_text);
      break;
    case KOCR_PROPERTY_REGEX:
      regex = *(GRegex *const *) field;
      g_value_set_string (
          value, regex ? kocr_bounded_regex_get_pattern (regex) : NULL);
      break;
    case KOCR_PROPERTY_SECRET:
      return FALSE;
    case KOCR_PROPERTY_ARRAY:
      g_value_copy (field, value);
      break;
  }
  return TRUE;
}

/* --- Elements --- */

/* Where the settings of an element's class are. */
typedef struct
{
  const KocrPropertyTable *table;
  gsize offset;
} Place;

static G_DEFINE_QUARK (kocr - property - place, place)

    static void set_property (
        GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  const Place *place = g_type_get_qdata (spec->owner_type, place_quark ());

  GST_OBJECT_LOCK (object);
  if (!kocr_property_table_set (
          place->table, G_STRUCT_MEMBER_P (object, place->offset), id, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  GST_OBJECT_UNLOCK (object);
}

void
kocr_property_table_get_property (
    GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  const Place *place = g_type_get_qdata (spec->owner_type, place_quark ());

  GST_OBJECT_LOCK (object);
  if (!get (place->table, G_STRUCT_MEMBER_P (object, place->offset), id, value))
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  GST_OBJECT_UNLOCK (object);
}

void
kocr_property_table_install (
    const KocrPropertyTable *self, GObjectClass *klass, gsize offset)
{
  Place *place = g_new (Place, 1);

  place->table = self;
  place->offset = offset;
  g_type_set_qdata (G_OBJECT_CLASS_TYPE (klass), place_quark (), place);
  klass->set_property = set_property;
  klass->get_property = kocr_property_table_get_property;
  for (guint i = 0; i < self->n_rows; i++)
    g_object_class_install_property (klass, i + 1, spec_new (&self->rows[i]));
}
