/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text edge: when a text came and went.
 */
#include "textscene.h"

#define TESTS "/textedge/"

static guint
find_edge (const Scene * scene, guint n, const gdouble where[8],
    KocrTextChange change)
{
  const KocrTextPictures pictures = pictures_from (scene, 0, n);

  return kocr_text_edge_find (&pictures, where, change);
}

static void
it_comes_and_goes_on_its_frame (gconstpointer data)
{
  static const guint edges[] = { 1, 9, 24 };

  for (guint k = 0; k < 2 * G_N_ELEMENTS (edges); k++) {
    Scene scene = scene_new (GPOINTER_TO_UINT (data));
    guint edge = edges[k / 2];

    for (guint i = 0; i < N; i++)
      scene_show (&scene, i, LEFT, (i < edge) == (k % 2), 0);
    g_assert_cmpuint (find_edge (&scene, N, text_box,
            k % 2 ? KOCR_TEXT_WENT : KOCR_TEXT_CAME), ==, edge);
    scene_free (&scene);
  }
}

static void
it_changes_on_its_frame (gconstpointer data)
{
  Scene scene = scene_new (GPOINTER_TO_UINT (data));

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, 1, i < 9);
  g_assert_cmpuint (find_edge (&scene, N, text_box,
          KOCR_TEXT_CHANGED), ==, 9);
  scene_free (&scene);
}

static void
a_fade_has_its_edge_at_its_half (gconstpointer data)
{
  Scene scene = scene_new (GPOINTER_TO_UINT (data));

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, CLAMP ((i - 5.0) / 12, 0, 1), 0);
  g_assert_cmpint (ABS ((gint) find_edge (&scene, N, text_box,
              KOCR_TEXT_CAME) - 11), <=, 1);
  scene_free (&scene);
}

/* Half of it is there in picture 10. */
static gdouble
fade (guint i)
{
  return CLAMP ((i - 4.0) / 12, 0, 1);
}

static void
a_fade_that_a_sample_lies_in_has_its_edge_there_too (gconstpointer data)
{
  Scene coming = scene_new (GPOINTER_TO_UINT (data));
  Scene going = scene_new (GPOINTER_TO_UINT (data));
  const KocrTextPictures come = pictures_from (&coming, 7, N);
  const KocrTextPictures go = pictures_from (&going, 13, N);

  for (guint i = 0; i < N; i++) {
    scene_show (&coming, i, LEFT, fade (i), 0);
    scene_show (&going, i, LEFT, 1 - fade (i), 0);
  }
  g_assert_cmpint (
      ABS ((gint) kocr_text_edge_find_rise (&come, text_box) - 10), <=, 1);
  g_assert_cmpint (
      ABS ((gint) kocr_text_edge_find (&go, text_box, KOCR_TEXT_WENT) - 10), <=, 1);
  scene_free (&coming);
  scene_free (&going);
}

/* Another text is there at the other end of the stretch. */
static void
a_fade_beside_another_text_has_its_edge_there_too (gconstpointer data)
{
  Scene coming = scene_new (GPOINTER_TO_UINT (data));
  Scene going = scene_new (GPOINTER_TO_UINT (data));

  for (guint i = 0; i < N; i++) {
    scene_show (&coming, i, LEFT, i < 3 ? 1 : fade (i), i < 3);
    scene_show (&going, i, LEFT, i < N - 3 ? 1 - fade (i) : 1, i >= N - 3);
  }
  g_assert_cmpint (
      ABS ((gint) find_edge (&coming, N, text_box, KOCR_TEXT_CAME) - 10), <=, 1);
  g_assert_cmpint (
      ABS ((gint) find_edge (&going, N, text_box, KOCR_TEXT_WENT) - 10), <=, 1);
  scene_free (&coming);
  scene_free (&going);
}

static void
what_stands_does_not_rise (gconstpointer data)
{
  Scene scene = scene_new (GPOINTER_TO_UINT (data));
  const KocrTextPictures pictures = pictures_from (&scene, 12, N);

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, i >= 5, 0);
  g_assert_cmpuint (kocr_text_edge_find_rise (&pictures, text_box), ==, 0);
  scene_free (&scene);
}

static void
what_stands_beside_a_light_does_not_rise (void)
{
  static const gdouble wide[8] = {
    LEFT, TOP, LEFT + LETTERS * LETTER + LIT, TOP,
    LEFT + LETTERS * LETTER + LIT, TOP + 20, LEFT, TOP + 20
  };
  Scene scene = scene_new (1);
  const KocrTextPictures pictures = pictures_from (&scene, 12, N);

  for (guint i = 0; i < N; i++) {
    scene.light = 5.0 * i;
    scene_show (&scene, i, LEFT, i >= 5, 0);
  }
  g_assert_cmpuint (kocr_text_edge_find_rise (&pictures, wide), ==, 0);
  scene_free (&scene);
}

/* Letter by letter, of which the first sample saw three or none; another line
 * had been there. */
static void
a_line_begins_with_its_first_letter (gconstpointer data)
{
  Scene scene = scene_new (GPOINTER_TO_UINT (data));

  for (guint i = 0; i < N; i++)
    scene_show_part (&scene, i, LEFT, 1, i < 2,
        i < 2 ? LETTERS : CLAMP ((gint) i - 4, 0, LETTERS));
  for (guint from = 4; from <= 8; from += 4) {
    const KocrTextPictures pictures = pictures_from (&scene, from, N);

    g_assert_cmpuint (kocr_text_edge_find_beginning (&pictures, text_box), ==, 5);
  }
  scene_free (&scene);
}

/* The first sample had it, and it was not read. */
static void
what_was_there_unread_came_before (gconstpointer data)
{
  Scene scene = scene_new (GPOINTER_TO_UINT (data));
  const KocrTextPictures pictures = pictures_from (&scene, 12, N);

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, i >= 7, 0);
  g_assert_cmpuint (
      kocr_text_edge_find (&pictures, text_box, KOCR_TEXT_CAME), ==, 7);
  scene_free (&scene);
}

/* Nobody read what was there in between: the first text went with its beginning,
 * the last one came with its end. */
static void
a_third_text_in_between_is_neither (gconstpointer data)
{
  Scene scene = scene_new (GPOINTER_TO_UINT (data));

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, 1, i < 6 ? 0 : i < 20 ? 2 : 1);
  g_assert_cmpuint (find_edge (&scene, N, text_box, KOCR_TEXT_WENT), ==, 6);
  g_assert_cmpuint (find_edge (&scene, N, text_box, KOCR_TEXT_CAME), ==, 20);
  g_assert_cmpuint (find_edge (&scene, N, text_box, KOCR_TEXT_CHANGED), ==, 20);
  scene_free (&scene);
}

/* A light goes on beside the letters. */
static void
what_has_no_strokes_has_no_edge (void)
{
  static const gdouble beside[8] = {
    LEFT + LETTERS * LETTER + 8, TOP, LEFT + LETTERS * LETTER + LIT, TOP,
    LEFT + LETTERS * LETTER + LIT, TOP + 20, LEFT + LETTERS * LETTER + 8,
    TOP + 20
  };
  Scene scene = scene_new (NOTHING);

  for (guint i = 0; i < N; i++) {
    scene.light = i < 10 ? 0 : 80;
    scene_show (&scene, i, LEFT, 1, 0);
  }
  g_assert_cmpuint (find_edge (&scene, N, beside, KOCR_TEXT_CHANGED), ==, 0);
  scene_free (&scene);
}

static void
what_moves_on_has_no_edge (void)
{
  Scene scene = scene_new (0);

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT - 5 * (gint) i, 1, 0);
  for (guint change = 1; change <= KOCR_TEXT_CHANGED; change++)
    g_assert_cmpuint (find_edge (&scene, N, text_box, change), ==, 0);
  scene_free (&scene);
}

static void
what_stands_has_no_edge (void)
{
  Scene scene = scene_new (1);

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, 1, 0);
  g_assert_cmpuint (find_edge (&scene, N, text_box,
          KOCR_TEXT_CHANGED), ==, 0);
  scene_free (&scene);
}

static void
a_box_outside_the_picture_has_no_edge (void)
{
  static const gdouble outside[8] = { -90, -90, -10, -90, -10, -50, -90, -50 };
  static const gdouble far[8] = { 1e9, 1e9, 2e9, 1e9, 2e9, 2e9, 1e9, 2e9 };
  Scene scene = scene_new (0);

  for (guint i = 0; i < N; i++)
    scene_show (&scene, i, LEFT, i < 5, 0);
  g_assert_cmpuint (find_edge (&scene, N, outside,
          KOCR_TEXT_CAME), ==, 0);
  g_assert_cmpuint (find_edge (&scene, N, far,
          KOCR_TEXT_CAME), ==, 0);
  g_assert_cmpuint (find_edge (&scene, 1, text_box,
          KOCR_TEXT_CAME), ==, 0);
  scene_free (&scene);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < N_CAMERAS; i++) {
    ADD_FOR (it_comes_and_goes_on_its_frame, i);
    ADD_FOR (it_changes_on_its_frame, i);
    ADD_FOR (a_fade_has_its_edge_at_its_half, i);
    ADD_FOR (a_third_text_in_between_is_neither, i);
    ADD_FOR (a_fade_beside_another_text_has_its_edge_there_too, i);
    ADD_FOR (what_was_there_unread_came_before, i);
    /* What moves fast behind faint letters hides how faint they are. */
    if (cameras[i].pan < 1 || cameras[i].ground != WORLD_EDGES)
      ADD_FOR (a_fade_that_a_sample_lies_in_has_its_edge_there_too, i);
    if (cameras[i].ground != WORLD_FLAT)
      ADD_FOR (what_stands_does_not_rise, i);
    /* A ground that moves shows more than a letter does. */
    if (cameras[i].pan == 0)
      ADD_FOR (a_line_begins_with_its_first_letter, i);
  }
  ADD (what_stands_beside_a_light_does_not_rise);
  ADD (what_moves_on_has_no_edge);
  ADD (what_stands_has_no_edge);
  ADD (what_has_no_strokes_has_no_edge);
  ADD (a_box_outside_the_picture_has_no_edge);
  return g_test_run ();
}
