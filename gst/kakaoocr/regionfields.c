/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "regionfields.h"

#include "json/reader.h"
#include "region-private.h"

/* How a field of one type is written and read. @field: that of a region. */
typedef struct
{
  const gchar *expected;        /* of JSON */
  void (*write) (KocrJsonWriter * writer, const gchar * name,
      gconstpointer field);
  gboolean (*read) (JsonNode * node, gpointer field);
  /* NULL: it is not told in a structure. */
  void (*tell) (GstStructure * structure, const gchar * name,
      gconstpointer field);
} FieldType;

static void
write_text (KocrJsonWriter * writer, const gchar * name, gconstpointer field)
{
  kocr_json_add_text (writer, name, *(gchar * const *) field);
}

static gboolean
read_text (JsonNode * node, gpointer field)
{
  gchar **text = field;

  *text = g_strdup (kocr_json_node_text (node));
  return *text != NULL;
}

static void
tell_text (GstStructure * structure, const gchar * name, gconstpointer field)
{
  gst_structure_set (structure, name, G_TYPE_STRING, *(gchar * const *) field,
      NULL);
}

static const FieldType text_type =
    { "a string", write_text, read_text, tell_text };

static void
write_texts (KocrJsonWriter * writer, const gchar * name, gconstpointer field)
{
  kocr_json_add_texts (writer, name, *(gchar ** const *) field);
}

static gboolean
read_texts (JsonNode * node, gpointer field)
{
  gchar ***texts = field;

  *texts = kocr_json_node_texts (node);
  return *texts != NULL;
}

static const FieldType texts_type =
    { "an array of strings", write_texts, read_texts, NULL };

static void
write_box (KocrJsonWriter * writer, const gchar * name, gconstpointer field)
{
  kocr_json_add_box (writer, name, field);
}

static gboolean
read_box (JsonNode * node, gpointer field)
{
  return kocr_json_node_box (node, field) && kocr_box_is_valid (field);
}

static void
tell_box (GstStructure * structure, const gchar * name, gconstpointer field)
{
  const gdouble *box = field;
  GValue array = G_VALUE_INIT;

  g_value_init (&array, GST_TYPE_ARRAY);
  for (guint i = 0; i < GST_KAKAO_OCR_BOX_LEN; i++) {
    GValue number = G_VALUE_INIT;

    g_value_init (&number, G_TYPE_DOUBLE);
    g_value_set_double (&number, box[i]);
    gst_value_array_append_and_take_value (&array, &number);
  }
  gst_structure_take_value (structure, name, &array);
}

static const FieldType box_type =
    { "four pairs of numbers near any frame", write_box, read_box, tell_box };

/* Numbers count from 1; 0 is unknown, and null in JSON. */
#define EXPECTED_NUMBER "an integer in range, or null"

static void
write_number (KocrJsonWriter * writer, const gchar * name, guint64 number)
{
  kocr_json_add_integer (writer, name, number > 0 ? number : G_MAXUINT64);
}

static void
write_uint (KocrJsonWriter * writer, const gchar * name, gconstpointer field)
{
  write_number (writer, name, *(const guint *) field);
}

static gboolean
read_uint (JsonNode * node, gpointer field)
{
  guint64 number;

  if (!kocr_json_node_integer (node, 1, 0, &number) || number > G_MAXUINT)
    return FALSE;
  *(guint *) field = number;
  return TRUE;
}

static void
tell_uint (GstStructure * structure, const gchar * name, gconstpointer field)
{
  gst_structure_set (structure, name, G_TYPE_UINT, *(const guint *) field,
      NULL);
}

static const FieldType uint_type =
    { EXPECTED_NUMBER, write_uint, read_uint, tell_uint };

static void
write_uint64 (KocrJsonWriter * writer, const gchar * name, gconstpointer field)
{
  write_number (writer, name, *(const guint64 *) field);
}

static gboolean
read_uint64 (JsonNode * node, gpointer field)
{
  return kocr_json_node_integer (node, 1, 0, field);
}

static void
tell_uint64 (GstStructure * structure, const gchar * name, gconstpointer field)
{
  gst_structure_set (structure, name, G_TYPE_UINT64, *(const guint64 *) field,
      NULL);
}

static const FieldType uint64_type =
    { EXPECTED_NUMBER, write_uint64, read_uint64, tell_uint64 };

#define FIELD(name, type) { #name, G_STRUCT_OFFSET (GstKakaoOcrRegion, name), \
      &type##_type }

/* In the order of JSON. */
static const struct
{
  const gchar *name;            /* in JSON and in a structure */
  gsize offset;
  const FieldType *type;
} fields[] = {
  FIELD (text, text),           /* always known */
  FIELD (words, texts),         /* unknown: none */
  FIELD (box, box),             /* always known */
  FIELD (page, uint),           /* unknown: 0 */
  FIELD (track, uint64),        /* unknown: 0 */
};

void
kocr_region_write (const GstKakaoOcrRegion * region, KocrJsonWriter * writer)
{
  kocr_json_open (writer, NULL, '{');
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    fields[i].type->write (writer, fields[i].name,
        G_STRUCT_MEMBER_P (region, fields[i].offset));
  kocr_json_close (writer, '}');
}

gboolean
kocr_region_read (GstKakaoOcrRegion * region, JsonObject * object,
    const gchar ** field, const gchar ** expected)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    JsonNode *node = json_object_get_member (object, fields[i].name);

    if (!fields[i].type->read (node,
            G_STRUCT_MEMBER_P (region, fields[i].offset))) {
      *field = fields[i].name;
      *expected = fields[i].type->expected;
      return FALSE;
    }
  }
  return TRUE;
}

GstStructure *
gst_kakao_ocr_region_to_structure (const GstKakaoOcrRegion * region)
{
  GstStructure *structure = NULL;

  g_return_val_if_fail (region != NULL, NULL);

  structure = gst_structure_new_empty ("region");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    if (fields[i].type->tell)
      fields[i].type->tell (structure, fields[i].name,
          G_STRUCT_MEMBER_P (region, fields[i].offset));
  }
  return structure;
}
