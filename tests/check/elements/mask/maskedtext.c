/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What of a frame's masked texts the next frame masks too.
 */
#include "mask/maskedtext.h"

#include <string.h>

#include <gst/gst.h>

#define MAX_TEXTS 4

typedef struct
{
  const gchar *text;            /* NULL: no more */
  gdouble left, top, width, height;
} Place;

static GArray *
create_texts (const Place places[MAX_TEXTS])
{
  GArray *texts = kocr_masked_texts_new ();
  guint i;

  for (i = 0; i < MAX_TEXTS && places[i].text; i++) {
    const Place *p = &places[i];
    KocrMaskedText text = { {p->left, p->top, p->left + p->width, p->top,
            p->left + p->width, p->top + p->height, p->left,
        p->top + p->height}, g_strdup (p->text)
    };

    g_array_append_val (texts, text);
  }
  return texts;
}

static const struct
{
  const gchar *name;
  Place texts[MAX_TEXTS], others[MAX_TEXTS];
  const gchar *found;           /* y or n, of each text */
} rows[] = {
  {"nothing", {{NULL}}, {{"a", 0, 0, 80, 20}}, ""},
  {"gone", {{"a", 0, 0, 80, 20}}, {{NULL}}, "n"},
  {"stays", {{"a", 0, 0, 80, 20}}, {{"a", 1, 1, 79, 20}}, "y"},
  {"misread", {{"4111", 0, 0, 80, 20}}, {{"4I11", 2, 0, 77, 19}}, "y"},
  {"moved", {{"a", 0, 0, 80, 20}}, {{"a", 40, 30, 80, 20}}, "y"},
  {"moved_far", {{"a", 0, 0, 80, 20}}, {{"a", 0, 90, 80, 20}}, "n"},
  {"joined", {{"a", 0, 0, 40, 20}, {"b", 50, 0, 40, 20}},
      {{"a b", 0, 0, 90, 20}}, "yy"},
  {"split", {{"a b", 0, 0, 90, 20}},
      {{"a", 0, 0, 42, 20}, {"b", 48, 0, 42, 20}}, "y"},
  {"in_part", {{"4111 2222", 0, 0, 90, 20}}, {{"4111", 0, 0, 60, 20}}, "n"},
  {"of_two_equal_ones_one", {{"a", 0, 0, 80, 20}, {"a", 0, 30, 80, 20}},
      {{"a", 0, 30, 80, 20}}, "ny"},
  /* The line above has moved to where the one that is missed was. */
  {"rolled_up", {{"a", 0, 0, 80, 20}, {"b", 0, 24, 80, 20},
        {"c", 0, 48, 80, 20}},
      {{"a", 0, 24, 80, 20}, {"c", 0, 72, 80, 20}}, "yny"},
};

static void
is_masked_on_or_not (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data), i;
  g_autoptr (GArray) texts = create_texts (rows[row].texts);
  g_autoptr (GArray) others = create_texts (rows[row].others);
  g_autofree gboolean *found = kocr_masked_texts_find (texts, others);

  g_assert_cmpuint (texts->len, ==, strlen (rows[row].found));
  for (i = 0; i < texts->len; i++)
    g_assert_cmpint (found[i], ==, rows[row].found[i] == 'y');
}

int
main (int argc, char **argv)
{
  guint i;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *path = g_strdup_printf
        ("/maskedtext/is_masked_on_or_not/%s", rows[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), is_masked_on_or_not);
  }
  return g_test_run ();
}
