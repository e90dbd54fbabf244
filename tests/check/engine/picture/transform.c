/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture/transform.h"

#include <string.h>

/* Axes are swapped, mirrored, and neither. */
static const KocrTransform transforms[] = {
  {FALSE, 1, 1, 0, 0},
  {FALSE, 2, 3, 10, -20},
  {TRUE, 2, 0.5, 7, 9},
  {FALSE, -1, 1, 640, 0},
  {TRUE, -2, 1, 480, 3},
  {TRUE, -1, -4, 100, 200},
};

static void
one_is_its_axes_scale_and_offset (void)
{
  gdouble box[8] = { 1, 2, 5, 2, 5, 4, 1, 4 };
  /* Its corners still run clockwise, as no text is read in a mirror. */
  const gdouble placed[8] = { 11, 11.5, 11, 9.5, 15, 9.5, 15, 11.5 };

  kocr_transform_apply (&transforms[2], box);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpfloat (box[i], ==, placed[i]);
}

static void
composed_they_do_what_both_do (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (transforms); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (transforms); j++) {
      KocrTransform both =
          kocr_transform_compose (&transforms[i], &transforms[j]);
      gdouble apart[8] = { 1, 2, 5, 2, 5, 4, 1, 4 }, at_once[8];

      memcpy (at_once, apart, sizeof apart);
      kocr_transform_apply (&transforms[j], apart);
      kocr_transform_apply (&transforms[i], apart);
      kocr_transform_apply (&both, at_once);
      for (guint k = 0; k < 8; k++)
        g_assert_cmpfloat_with_epsilon (at_once[k], apart[k], 1e-9);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transform/one_is_its_axes_scale_and_offset",
      one_is_its_axes_scale_and_offset);
  g_test_add_func ("/transform/composed_they_do_what_both_do",
      composed_they_do_what_both_do);
  return g_test_run ();
}
