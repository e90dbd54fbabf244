/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The overlay's boxes: where they are, and in which colours.
 */
#include "drawncomposition.h"

#include <math.h>
#include <string.h>

#include "../../testrows.h"

#define TESTS "/outlines/"

/* The distance of a point from the outline of a convex quad, positive
 * outside. */
static gdouble
distance_from (const gdouble * box, gdouble x, gdouble y)
{
  gdouble outside = -G_MAXDOUBLE;
  guint i;

  for (i = 0; i < 4; i++) {
    const gdouble *a = &box[2 * i], *b = &box[2 * ((i + 1) % 4)];
    gdouble length = hypot (b[0] - a[0], b[1] - a[1]);

    outside = MAX (outside, ((x - a[0]) * (b[1] - a[1]) -
            (y - a[1]) * (b[0] - a[0])) / length);
  }
  return outside;
}

static void
draws_boxes_where_they_are_within_a_pixel (void)
{
  static const gdouble boxes[][8] = {
    BOX (100, 50, 220, 90), BOX (100.4, 50.6, 219.7, 90.2),
    BOX (30, 100, 610, 330),    /* in strips */
    {200, 100, 350, 187, 320, 239, 170, 152},   /* 30 degrees */
    {200, 200, 400, 193, 401, 223, 201, 230},   /* -2 degrees */
    {300, 50, 300, 250, 260, 250, 260, 50},     /* 90 degrees */
    {60, 60, 580, 90, 575, 300, 70, 280},       /* in perspective */
  };
  static const gdouble widths[] = { 1.0, 2.0, 3.0, 6.0 };
  guint i, j;
  gint x, y;

  for (i = 0; i < G_N_ELEMENTS (boxes); i++) {
    for (j = 0; j < G_N_ELEMENTS (widths); j++) {
      KocrOverlayStyle style = { TRUE, FALSE, GREEN, widths[j], FONT };
      GstKakaoOcrRegion region = { (gchar *) "x", NULL, {0,}, 1, 0 };
      g_autoptr (GstVideoOverlayComposition) composition = NULL;
      g_autofree guint32 *picture = NULL;
      guint on_line = 0, lit = 0;

      memcpy (region.box, boxes[i], sizeof (region.box));
      composition = drawing_render (&style, &region, 1, WIDTH, HEIGHT);
      picture = drawing_paint (composition, WIDTH, HEIGHT);
      for (y = 0; y < HEIGHT; y++) {
        for (x = 0; x < WIDTH; x++) {
          gdouble distance = distance_from (boxes[i], x + 0.5, y + 0.5);
          guint32 pixel = picture[y * WIDTH + x];

          /* Inside and away from it: nothing. Around it: the line. A corner
           * in perspective may be a little off. */
          if (distance < -1.0 - (i == 6) || distance > 2.5 * widths[j] + 3.0)
            g_assert_cmphex (pixel, ==, 0);
          if (fabs (distance - widths[j] / 2.0) < 0.51) {
            on_line++;
            lit += (pixel >> 8 & 0xff) > 0x60;
          }
        }
      }
      g_test_message ("box %u, width %g: %u of %u", i, widths[j], lit, on_line);
      g_assert_cmpuint (on_line, >, 200);
      g_assert_cmpuint (lit, >=, on_line * 9 / 10);
    }
  }
}

static void
draws_in_the_colour_that_was_asked_for (void)
{
  GstKakaoOcrRegion region = drawing_region_at ("x", 100, 50, 220, 90);
  g_autoptr (GstVideoOverlayComposition) composition =
      drawing_render (&drawing_boxes, &region, 1, WIDTH, HEIGHT);
  g_autofree guint32 *picture = drawing_paint (composition, WIDTH, HEIGHT);

  g_assert_cmphex (picture[49 * WIDTH + 160], ==, GREEN);
  g_assert_cmphex (picture[90 * WIDTH + 160], ==, GREEN);
  g_assert_cmphex (picture[70 * WIDTH + 99], ==, GREEN);
  g_assert_cmphex (picture[70 * WIDTH + 220], ==, GREEN);
}

static void
gives_tracks_and_neighbours_colours_that_differ (void)
{
  const KocrOverlayStyle style = { TRUE, FALSE, 0, 2.0, FONT };
  guint with_tracks, i, j;

  for (with_tracks = 0; with_tracks < 2; with_tracks++) {
    GstKakaoOcrRegion regions[8];
    g_autoptr (GstVideoOverlayComposition) composition = NULL;
    g_autofree guint32 *picture = NULL;

    /* The same text, so that a hash alone would not do. */
    for (i = 0; i < G_N_ELEMENTS (regions); i++) {
      regions[i] =
          drawing_region_at ("same", 100, 20 + 40 * i, 200, 40 + 40 * i);
      regions[i].track = with_tracks ? 41 + i : 0;
    }
    composition =
        drawing_render (&style, regions, G_N_ELEMENTS (regions), WIDTH, HEIGHT);
    picture = drawing_paint (composition, WIDTH, HEIGHT);
    for (i = 0; i < G_N_ELEMENTS (regions); i++) {
      guint32 color = picture[(19 + 40 * i) * WIDTH + 150];

      g_assert_cmphex (color >> 24, ==, 0xff);
      for (j = with_tracks ? 0 : MAX (i, 1) - 1; j < i; j++)
        g_assert_cmphex (color, !=, picture[(19 + 40 * j) * WIDTH + 150]);
    }
  }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  ADD (draws_boxes_where_they_are_within_a_pixel);
  ADD (draws_in_the_colour_that_was_asked_for);
  ADD (gives_tracks_and_neighbours_colours_that_differ);
  return g_test_run ();
}
