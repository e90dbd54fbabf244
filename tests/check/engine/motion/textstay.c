/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text stay and text look: how long a text was there, and whether it still is.
 */
#include "motion/textlook.h"
#include "motion/textstay.h"
#include "textscene.h"

#define TESTS "/textstay/"

static void
how_long_it_stands_is_found (gconstpointer data)
{
  Scene scene = scene_new (GPOINTER_TO_UINT (data));
  const KocrTextPictures passing = pictures_from (&scene, 11, N);
  const KocrTextPictures lasting = pictures_from (&scene, 20, N);
  KocrTextStay stay;

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, (i >= 10 && i < 13) || i >= 18, 0);
  kocr_text_stay_find (&passing, text_box, &stay);
  g_assert_true (stay.is_bounded);
  g_assert_cmpuint (stay.begin, ==, 10);
  g_assert_cmpuint (stay.end, ==, 13);
  kocr_text_stay_find (&lasting, text_box, &stay);
  g_assert_false (stay.is_bounded);
  scene_free (&scene);
}

/* What a sample in the middle shows, by how strong the letters are in each
 * picture: 0 has the ground alone in their place. */
static gboolean
drifts (guint camera, const gdouble strengths[N])
{
  Scene scene = scene_new (camera);
  const KocrTextPictures pictures = pictures_from (&scene, N / 2, N);
  KocrTextStay stay;

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, strengths[i], 0);
  kocr_text_stay_find (&pictures, text_box, &stay);
  scene_free (&scene);
  return stay.drifts;
}

static void
a_text_that_stands_does_not_drift (gconstpointer data)
{
  gdouble cut[N], fade[N];

  for (guint i = 0; i < N; i++) {
    cut[i] = i >= 4 && i < 20;
    fade[i] = CLAMP (MIN ((gint)i - 2, N - 2 - (gint)i) / 8.0, 0, 1);
  }
  g_assert_false (drifts (GPOINTER_TO_UINT (data), cut));
  g_assert_false (drifts (GPOINTER_TO_UINT (data), fade));
}

static void
the_ground_does (gconstpointer data)
{
  static const gdouble none[N];

  g_assert_true (drifts (GPOINTER_TO_UINT (data), none));
}

/* What a picture with the text looks like to one that has @strength of text
 * @kind, a second of the camera later. */
static KocrTextLook
look (guint camera, gdouble strength, guint kind)
{
  Scene scene = scene_new (camera);
  KocrTextLook found;

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, i > 0 ? strength : 1, i > 0 ? kind : 0);
  found = kocr_text_look_compare (
      scene.pictures[0], scene.pictures[N - 1], text_box);
  scene_free (&scene);
  return found;
}

static void
strokes_that_stay_look_the_same (gconstpointer data)
{
  guint camera = GPOINTER_TO_UINT (data);

  g_assert_cmpint (look (camera, 1, 0), ==, KOCR_TEXT_LOOK_SAME);
  g_assert_cmpint (look (camera, 0.8, 0), ==, KOCR_TEXT_LOOK_SAME);
}

static void
what_went_or_changed_looks_otherwise (gconstpointer data)
{
  guint camera = GPOINTER_TO_UINT (data);

  g_assert_cmpint (look (camera, 0, 0), ==, KOCR_TEXT_LOOK_OTHER);
  g_assert_cmpint (look (camera, 1, 1), >=, KOCR_TEXT_LOOK_OTHER_IN_PART);
}

static void
what_has_no_pixels_is_unknown (void)
{
  static const gdouble outside[8] = { -90, -90, -10, -90, -10, -50, -90, -50 };
  Scene scene = scene_new (0);

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, i < 5, 0);
  g_assert_cmpint (
      kocr_text_look_compare (scene.pictures[0], scene.pictures[1], outside),
      ==, KOCR_TEXT_LOOK_UNKNOWN);
  scene_free (&scene);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < N_CAMERAS; i++) {
    ADD_FOR (how_long_it_stands_is_found, i);
    ADD_FOR (a_text_that_stands_does_not_drift, i);
    /* What goes faster is there for no time. */
    if (cameras[i].pan > 0 && cameras[i].pan < 1)
      ADD_FOR (the_ground_does, i);
    ADD_FOR (strokes_that_stay_look_the_same, i);
    ADD_FOR (what_went_or_changed_looks_otherwise, i);
  }
  ADD (what_has_no_pixels_is_unknown);
  return g_test_run ();
}
