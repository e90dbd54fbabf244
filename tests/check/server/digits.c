/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "digits.h"

static const struct
{
  const gchar *name, *text;
  gsize length;
  guint base;
  guint64 max;
  gint64 value;                 /* -1: refused */
} rows[] = {
  {"zero", "0", 1, 10, 9, 0},
  {"leading_zeros", "0007", 4, 10, 9, 7},
  {"part_of_a_text", "123", 2, 10, 99, 12},
  {"hexadecimal", "fF", 2, 16, 255, 255},
  {"at_the_limit", "255", 3, 10, 255, 255},
  {"above_the_limit", "256", 3, 10, 255, -1},
  {"digit_above_the_limit", "9", 1, 10, 3, -1},
  {"largest", "9223372036854775807", 19, 10, G_MAXINT64, G_MAXINT64},
  {"beyond_64_bits", "18446744073709551616", 20, 10, G_MAXUINT64, -1},
  {"far_beyond", "99999999999999999999999999", 26, 10, G_MAXINT64, -1},
  {"nothing", "", 0, 10, 9, -1},
  {"sign", "+1", 2, 10, 9, -1},
  {"minus", "-1", 2, 10, 9, -1},
  {"blank_before", " 1", 2, 10, 9, -1},
  {"blank_behind", "1 ", 2, 10, 9, -1},
  {"prefix", "0x1", 3, 16, 99, -1},
  {"letter_in_ten", "1a", 2, 10, 999, -1},
  {"nul", "1\0002", 3, 10, 999, -1},
};

static void
digits_alone_are_a_number (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  guint64 value = 0;
  gboolean parsed = digits_parse (rows[i].text, rows[i].length, rows[i].base,
      rows[i].max, &value);

  g_assert_cmpint (parsed, ==, rows[i].value >= 0);
  if (parsed)
    g_assert_cmpuint (value, ==, rows[i].value);
}

int
main (int argc, char **argv)
{
  guint i;

  g_test_init (&argc, &argv, NULL);
  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *path =
        g_strdup_printf ("/digits/digits_alone_are_a_number/%s", rows[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i),
        digits_alone_are_a_number);
  }
  return g_test_run ();
}
