/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Property table: the properties of an element as rows of one table, by which
 * they are installed, get their defaults, and are set and read.  What they are
 * set to is kept in a structure of the element's.
 *
 * A new property takes a field in that structure and a row, and nothing else.
 * Ids are the rows' numbers, from 1 on.  The structure is under the object
 * lock.
 */
#pragma once

#include <gst/gst.h>

/* And what the field is. */
typedef enum
{
  KOCR_PROPERTY_BOOLEAN,        /* gboolean */
  KOCR_PROPERTY_INT,            /* gint */
  KOCR_PROPERTY_UINT,           /* guint */
  KOCR_PROPERTY_UINT64,         /* guint64 */
  KOCR_PROPERTY_DOUBLE,         /* gdouble */
  KOCR_PROPERTY_MILLISECONDS,   /* GstClockTime: a guint in milliseconds */
  KOCR_PROPERTY_ENUM,           /* gint, of values */
  KOCR_PROPERTY_FLAGS,          /* guint, of values */
  KOCR_PROPERTY_STRING,         /* gchar *, NULL: initial_text */
  KOCR_PROPERTY_TEXT,           /* the same; what is no UTF-8 is replaced */
  KOCR_PROPERTY_SECRET,         /* a string that can be written only, and is
                                 * overwritten before its memory goes back */
  KOCR_PROPERTY_REGEX,          /* GRegex *, of kocr_bounded_regex_new(): a
                                 * string; unset or empty: NULL. One that is
                                 * wrong is refused with a warning */
  KOCR_PROPERTY_ARRAY           /* GValue of GST_TYPE_ARRAY */
} KocrPropertyKind;

typedef struct
{
  const gchar *name, *nick, *blurb;
  GParamFlags flags;            /* when it may change */
  KocrPropertyKind kind;
  gsize offset;                 /* of its field */

  /* Numbers; initial: also those that are no numbers, as such. */
  gdouble initial, least;
  gdouble most;                 /* KOCR_PROPERTY_NO_LIMIT: what the type can */
  const gchar *initial_text;

  /* Of an enum or flags: the name of the GType, and its GEnumValues or
   * GFlagsValues up to one that is all 0. */
  const gchar *type_name;
  gconstpointer values;
} KocrProperty;

#define KOCR_PROPERTY_NO_LIMIT G_MAXDOUBLE
#define KOCR_PROPERTY_DAY 86400000      /* in milliseconds */

/* A row's blurb and flags, by when the property may change. */
#define KOCR_PROPERTY_READY(text) \
    text " Changeable in NULL and READY.", GST_PARAM_MUTABLE_READY
#define KOCR_PROPERTY_PLAYING(text) \
    text " Changeable in any state.", GST_PARAM_MUTABLE_PLAYING

/* The rest of a row, by its kind. @offset: of the field in its structure. */
#define KOCR_ROW_BOOLEAN(offset, initial) \
    KOCR_PROPERTY_BOOLEAN, offset, initial
#define KOCR_ROW_INT(offset, initial, least, most) \
    KOCR_PROPERTY_INT, offset, initial, least, most
#define KOCR_ROW_UINT(offset, initial, least, most) \
    KOCR_PROPERTY_UINT, offset, initial, least, most
#define KOCR_ROW_UINT64(offset, initial, least, most) \
    KOCR_PROPERTY_UINT64, offset, initial, least, most
#define KOCR_ROW_DOUBLE(offset, initial, least, most) \
    KOCR_PROPERTY_DOUBLE, offset, initial, least, most
#define KOCR_ROW_MILLISECONDS(offset, initial, least, most) \
    KOCR_PROPERTY_MILLISECONDS, offset, initial, least, most
#define KOCR_ROW_ENUM(offset, initial, name, list) \
    KOCR_PROPERTY_ENUM, offset, initial, .type_name = name, .values = list
#define KOCR_ROW_FLAGS(offset, initial, name, list) \
    KOCR_PROPERTY_FLAGS, offset, initial, .type_name = name, .values = list
#define KOCR_ROW_STRING(offset, text) \
    KOCR_PROPERTY_STRING, offset, .initial_text = text
#define KOCR_ROW_TEXT(offset) KOCR_PROPERTY_TEXT, offset
#define KOCR_ROW_SECRET(offset) KOCR_PROPERTY_SECRET, offset
#define KOCR_ROW_REGEX(offset) KOCR_PROPERTY_REGEX, offset
#define KOCR_ROW_ARRAY(offset) KOCR_PROPERTY_ARRAY, offset

typedef struct
{
  const KocrProperty *rows;
  guint n_rows;
} KocrPropertyTable;

/* Installs the properties of an element and what sets and reads them: the
 * settings that lie @offset bytes into it. An element with more to do when one
 * is set or read puts a function of its own into @klass. */
void kocr_property_table_install (
    const KocrPropertyTable *self, GObjectClass *klass, gsize offset);
/* What reads them. */
void kocr_property_table_get_property (
    GObject *object, guint id, GValue *value, GParamSpec *spec);

/* @settings, which is all 0, gets the defaults. */
void kocr_property_table_init (const KocrPropertyTable *self,
    gpointer settings);
void kocr_property_table_clear (const KocrPropertyTable *self,
    gpointer settings);
/* The fields that the rows name, and what they own, from @settings to @copy,
 * which is all 0. */
void kocr_property_table_copy (const KocrPropertyTable *self,
    gconstpointer settings, gpointer copy);
/* FALSE: there is no property @id. */
gboolean kocr_property_table_set (const KocrPropertyTable *self,
    gpointer settings, guint id, const GValue *value);
