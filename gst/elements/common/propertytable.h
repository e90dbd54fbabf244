/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Property table: the properties of an element as rows of one table, by which
 * they are installed, get their defaults, and are set and read.  What they are
 * set to is kept in a structure of the element's.
 *
 * A property takes a field in that structure and a row.  Ids are the rows'
 * numbers, from 1 on.  Who sets and reads holds the lock of the structure.
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* And what the field is. */
typedef enum
{
  KOCR_PROPERTY_BOOLEAN,        /* gboolean */
  KOCR_PROPERTY_INT,            /* gint */
  KOCR_PROPERTY_UINT,           /* guint */
  KOCR_PROPERTY_UINT64,         /* guint64 */
  KOCR_PROPERTY_DOUBLE,         /* gdouble */
  KOCR_PROPERTY_MILLISECONDS,   /* GstClockTime: a guint in milliseconds */
  KOCR_PROPERTY_ENUM,           /* of get_type */
  KOCR_PROPERTY_FLAGS,          /* of get_type */
  KOCR_PROPERTY_STRING,         /* gchar *, NULL: initial_text */
  KOCR_PROPERTY_SECRET,         /* the same; can be written only, and is
                                 * overwritten before its memory goes back */
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
  GType (*get_type) (void);
} KocrProperty;

#define KOCR_PROPERTY_NO_LIMIT G_MAXDOUBLE
#define KOCR_PROPERTY_DAY 86400000      /* in milliseconds */

/* A row's blurb and flags, by when the property may change. */
#define KOCR_PROPERTY_READY(text) \
    text " Changeable in NULL and READY.", GST_PARAM_MUTABLE_READY
#define KOCR_PROPERTY_PLAYING(text) \
    text " Changeable in any state.", GST_PARAM_MUTABLE_PLAYING

typedef struct
{
  const KocrProperty *rows;
  guint n_rows;
} KocrPropertyTable;

void kocr_property_table_install (const KocrPropertyTable *self,
    GObjectClass *klass);
/* @settings, which is all 0, gets the defaults. */
void kocr_property_table_init (const KocrPropertyTable *self,
    gpointer settings);
void kocr_property_table_clear (const KocrPropertyTable *self,
    gpointer settings);
/* FALSE: there is no property @id. */
gboolean kocr_property_table_set (const KocrPropertyTable *self,
    gpointer settings, guint id, const GValue *value);
gboolean kocr_property_table_get (const KocrPropertyTable *self,
    gconstpointer settings, guint id, GValue *value);

G_END_DECLS
