/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text that differs from its ground in colour and hardly in luma.
 */
#include "../reading/pagereader.h"

#include <string.h>

#include "../../testrows.h"
#include "crops/colourplanes.h"
#include "drawnpicture.h"

#define TESTS "/crops/colour/"

typedef struct
{
  const gchar *name;
  guint8 ink[3], ground[3];     /* red, green, blue */
} Pair;

static const Pair pairs[] = {
  {"red-on-green", {255, 0, 0}, {0, 128, 0}},
  {"red-on-dark-green", {255, 0, 0}, {0, 76, 0}},
  {"blue-on-black", {0, 0, 255}, {0, 0, 0}},
  {"yellow-on-white", {255, 255, 0}, {255, 255, 255}},
  {"white-on-black", {255, 255, 255}, {0, 0, 0}},
};

/* Colours the drawing: black is the ground, white the ink. */
static void
colour (GrayPicture * picture, const Pair * pair)
{
  gsize n = picture->stride * picture->height;

  picture->chroma[0] = g_malloc (n);
  picture->chroma[1] = g_malloc (n);
  for (gsize i = 0; i < n; i++) {
    gdouble share = picture->pixels[i] / 255.0, rgb[3], luma;

    for (guint j = 0; j < 3; j++)
      rgb[j] = share * pair->ink[j] + (1 - share) * pair->ground[j];
    luma = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
    picture->pixels[i] = luma;
    picture->chroma[0][i] = CLAMP (128 + 0.564 * (rgb[2] - luma), 0, 255);
    picture->chroma[1][i] = CLAMP (128 + 0.713 * (rgb[0] - luma), 0, 255);
  }
}

static void
clear_colour (GrayPicture * picture)
{
  g_clear_pointer (&picture->chroma[0], g_free);
  g_clear_pointer (&picture->chroma[1], g_free);
}

static void
coloured_text_is_read (gconstpointer data)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (640, 360, 0);
  g_autoptr (GPtrArray) words = NULL;

  drawn_picture_add_text (picture, "Departures", "DejaVu Sans 30px", 420, 250,
      0, 255, NULL, NULL);
  colour (picture, data);
  words = page_reader_read_words (picture);
  clear_colour (picture);
  g_assert_cmpuint (words->len, ==, 1);
  g_assert_cmpstr (((KocrAnswerWord *) g_ptr_array_index (words, 0))->text, ==,
      "Departures");
  g_assert_cmpfloat_with_epsilon (((KocrAnswerWord *)
          g_ptr_array_index (words, 0))->box[0], 330, 15);
}

/* Which alone is turned to read it. */
static void
what_stands_is_looked_for_in_luma (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (800, 600, 0);
  g_auto (ColourPlanes) planes = { 0 };
  g_autoptr (GArray) standing
      = g_array_new (FALSE, FALSE, sizeof (StandingLine));
  g_autoptr (GPtrArray) lines = NULL;
  LineSearch search = { .min_logit = LINE_FINDER_MIN_LOGIT,
    .standing = standing };

  drawn_picture_add_text (picture, "www.example.com/cleaning",
      "DejaVu Sans 24px", 600, 350, -90, 255, NULL, NULL);
  colour (picture, &pairs[0]);
  colour_planes_init (&planes, picture);
  lines = colour_planes_find (&planes, &search);
  clear_colour (picture);
  g_assert_cmpuint (planes.pyramids[PLANE_LIGHTEST].n_levels, >, 0);
  g_assert_cmpuint (standing->len, ==, 0);
}

static void
gray_pictures_have_one_plane (void)
{
  g_autoptr (GrayPicture) picture = drawn_picture_new (640, 360, 0);
  g_auto (ColourPlanes) planes = { 0 };

  drawn_picture_add_text (picture, "Departures", "DejaVu Sans 30px", 320, 180,
      0, 255, NULL, NULL);
  colour (picture, &pairs[4]);
  colour_planes_init (&planes, picture);
  clear_colour (picture);
  g_assert_cmpuint (planes.pyramids[PLANE_LUMA].n_levels, >, 0);
  g_assert_cmpuint (planes.pyramids[PLANE_LIGHTEST].n_levels, ==, 0);
  g_assert_cmpuint (planes.pyramids[PLANE_DARKEST].n_levels, ==, 0);
}

int
main (int argc, char **argv)
{
  page_reader_init (&argc, &argv);
  ADD_ROWS (coloured_text_is_read, pairs);
  ADD (what_stands_is_looked_for_in_luma);
  ADD (gray_pictures_have_one_plane);
  return page_reader_run ();
}
