/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A strip that is folded has all of its pixels in some row, and each text
 * counts once and leads back to where it is.
 */
#include "picture/fold.h"

static const struct
{
  gint width, height;
  guint longest, n;             /* strips; 0: it is not folded */
} rows[] = {
  {8192, 64, 4096, 3}, {64, 8192, 4096, 3}, {4097, 20, 4096, 2},
  {100001, 33, 4096, 27}, {1920, 100, 640, 5}, {4096, 64, 4096, 0},
  {7680, 4320, 4096, 0}, {8192, 2048, 4096, 0}, {400000, 64, 4096, 0},
};

/* A text that begins at @along, as it stands in strip @i; clipped to it. */
static void
box_in_strip (const KocrFold * fold, guint i, gdouble along, gdouble length,
    gdouble box[8])
{
  gint strip[4], around[4];
  gdouble from = along - kocr_fold_get_start (fold, i), to = from + length;
  guint axis = fold->tall ? 1 : 0;

  kocr_fold_get_strip (fold, i, strip, around);
  from = strip[axis] + CLAMP (from, 0, strip[axis + 2]);
  to = strip[axis] + CLAMP (to, 0, strip[axis + 2]);
  for (guint c = 0; c < 8; c += 2) {
    box[c + axis] = c == 0 || c == 6 ? from : to;
    box[c + 1 - axis] = strip[1 - axis] + (c < 4 ? 2 : 12);
  }
}

static void
assert_counts_once (const KocrFold * fold, gint along, gint length)
{
  guint n = 0, axis = fold->tall ? 1 : 0;

  for (guint i = 0; i < fold->n; i++) {
    gdouble box[8];

    box_in_strip (fold, i, along, length, box);
    if (box[axis] == box[2 + axis] || !kocr_fold_counts (fold, box))
      continue;
    n++;
    kocr_fold_open (fold, box);
    g_assert_cmpfloat_with_epsilon (box[axis], 10 + along, 1e-6);
    g_assert_cmpfloat_with_epsilon (box[2 + axis], 10 + along + length, 1e-6);
    g_assert_cmpfloat_with_epsilon (box[1 - axis], 10 + 2, 1e-6);
  }
  g_assert_cmpuint (n, ==, 1);
}

static void
folds (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  gint whole = MAX (rows[row].width, rows[row].height), width, height;
  KocrFold fold;

  g_assert_cmpint (kocr_fold_init (&fold, rows[row].width, rows[row].height,
          rows[row].longest), ==, rows[row].n > 0);
  if (rows[row].n == 0)
    return;
  g_assert_cmpuint (fold.n, ==, rows[row].n);
  g_assert_cmpint (fold.tall, ==, rows[row].height > rows[row].width);
  kocr_fold_get_size (&fold, &width, &height);
  g_assert_cmpint (MAX (width, height), <=, rows[row].longest);
  g_assert_cmpint (kocr_fold_get_start (&fold, fold.n - 1) + fold.length, >=,
      whole);
  fold.to_frame.scale_x = fold.to_frame.scale_y = 1;
  fold.to_frame.offset_x = fold.to_frame.offset_y = 10;
  for (gint along = 0; along + 60 <= whole; along += 7)
    assert_counts_once (&fold, along, 60);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *path = g_strdup_printf ("/engine/fold/%dx%d",
        rows[i].width, rows[i].height);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), folds);
  }
  return g_test_run ();
}
