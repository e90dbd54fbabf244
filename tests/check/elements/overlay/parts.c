/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The pure parts of the overlay, by tables.
 */
#include "overlay/displaytext.h"
#include "overlay/labellayout.h"
#include "overlay/regions.h"
#include "overlay/rectangle.h"

#include <math.h>
#include <string.h>

#include "../../testrows.h"

#define TESTS "/overlay-parts/"

#define BOX(x0, y0, x1, y1) {x0, y0, x1, y0, x1, y1, x0, y1}

static void
shows_of_a_text_what_can_be_shown (void)
{
  static const struct
  {
    const gchar *parts[3];
    const gchar *shown;
  } cases[] = {
    {{"plain"}, "plain"},
    {{"two", "words"}, "two words"},
    {{"", "one", ""}, "one"},
    {{" a \t b\n\nc "}, "a b c"},
    {{"a\xe2\x80\xa8" "b\xc2\xa0" "c"}, "a b c"},
    {{"\x1b[31mred\x7f"}, "[31mred"},
    {{"\xe2\x80\xaegpj.exe\xe2\x80\xac"}, "gpj.exe"},
    {{"\xe2\x81\xa6x\xe2\x81\xa9\xe2\x80\x8b\xef\xbb\xbfy"}, "xy"},
    {{"<b>&amp;</b>"}, "<b>&amp;</b>"},
    {{"a\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81z"},
        "a\xcc\x81\xcc\x81\xcc\x81z"},
    {{"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"},
        "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"},
    {{"한글", "텍스트"}, "한글 텍스트"},
  };
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GString) line = g_string_new (NULL);

    for (j = 0; j < 3 && cases[i].parts[j]; j++)
      kocr_display_text_append (line, cases[i].parts[j]);
    g_assert_cmpstr (line->str, ==, cases[i].shown);
  }
}

static void
cuts_a_long_text_once (void)
{
  g_autofree gchar *book = g_strnfill (16384, 'w');
  g_autoptr (GString) line = g_string_new ("start");

  kocr_display_text_append (line, book);
  kocr_display_text_append (line, book);
  g_assert_cmpint (g_utf8_strlen (line->str, -1), ==,
      KOCR_DISPLAY_TEXT_MAX_CHARS + 1);
  g_assert_true (g_str_has_prefix (line->str, "start www"));
  g_assert_true (g_str_has_suffix (line->str, "w\xe2\x80\xa6"));
}

static void
keeps_lines_that_stand_together (void)
{
  static const struct
  {
    KocrOverlayRegion regions[4];
    const gchar *lines;         /* words joined by spaces, lines by | */
    gdouble angle;              /* of the first one, in degrees */
  } cases[] = {
    {{{BOX (10, 10, 60, 30), 0, "a", TRUE}, {BOX (66, 10, 120, 30), 0, "b"},
            {BOX (10, 40, 60, 60), 0, "c", TRUE}}, "a b|c", 0},
    /* Side by side but two lines: columns. */
    {{{BOX (10, 10, 60, 30), 0, "a", TRUE},
            {BOX (75, 10, 150, 30), 0, "b", TRUE}}, "a|b", 0},
    /* The word between is not drawn, or motion took them apart. */
    {{{BOX (10, 10, 60, 30), 0, "a", TRUE}, {BOX (100, 10, 150, 30), 0, "b"},
            {BOX (160, 10, 190, 30), 0, "c"}}, "a b c", 0},
    {{{BOX (10, 10, 60, 30), 0, "a", TRUE}, {BOX (120, 10, 150, 30), 0, "b"},
            {BOX (160, 10, 190, 30), 0, "c"}}, "a|b c", 0},
    {{{BOX (10, 10, 60, 30), 0, "a", TRUE}, {BOX (66, 80, 120, 100), 0, "b"}},
        "a|b", 0},
    /* Read from right to left. */
    {{{BOX (66, 10, 120, 30), 0, "a", TRUE}, {BOX (10, 10, 60, 30), 0, "b"}},
        "a b", 0},
    /* Up a slope of 30 degrees; the long word counts. */
    {{{{0, 100, 87, 50, 97, 67, 10, 117}, 0, "a", TRUE},
            {{95, 45, 100, 42, 110, 59, 105, 62}, 0, "b"}}, "a b", -30},
    /* Down a sign that stands. */
    {{{{100, 0, 100, 50, 80, 50, 80, 0}, 0, "a", TRUE},
            {{100, 56, 100, 90, 80, 90, 80, 56}, 0, "b"}}, "a b", 90},
    /* Nothing but points, all at one place. */
    {{{BOX (5, 5, 5, 5), 0, "a", TRUE}, {BOX (5, 5, 5, 5), 0, "b"}}, "a b", 0},
    {{{{0}}}, "", 0},
  };
  guint i, j, k;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GArray) regions =
        g_array_new (FALSE, FALSE, sizeof (KocrOverlayRegion));
    g_autoptr (GArray) lines
        = g_array_new (FALSE, FALSE, sizeof (KocrOverlayLine));
    g_autoptr (GString) found = g_string_new (NULL);

    for (j = 0; j < 4 && cases[i].regions[j].text; j++)
      g_array_append_val (regions, cases[i].regions[j]);
    kocr_overlay_regions_to_lines (regions, lines);
    for (j = 0; j < lines->len; j++) {
      KocrOverlayLine *line = &g_array_index (lines, KocrOverlayLine, j);

      g_string_append (found, j ? "|" : "");
      for (k = 0; k < line->n_regions; k++) {
        g_string_append (found, k ? " " : "");
        g_string_append (found, g_array_index (regions, KocrOverlayRegion,
                line->first + k).text);
      }
    }
    g_assert_cmpstr (found->str, ==, cases[i].lines);
    if (lines->len > 0)
      g_assert_cmpfloat_with_epsilon (g_array_index (lines, KocrOverlayLine,
              0).angle, cases[i].angle * G_PI / 180.0, 0.02);
  }
}

/* A line of text in the frame of 640 × 360 and its label of 100 × 20. */
static void
place (KocrLabelSlot * slots, guint n_slots, KocrOrientedBox * regions)
{
  guint i;

  for (i = 0; i < n_slots; i++) {
    slots[i].width = 100.0;
    slots[i].height = 20.0;
    slots[i].smallest = KOCR_LABEL_LAYOUT_N_SIZES - 1;
    slots[i].first_region = i;
    slots[i].n_regions = 1;
    regions[i] = slots[i].line;
  }
  kocr_label_layout_place (slots, n_slots, regions, n_slots, 640.0, 360.0);
}

static void
puts_a_label_where_there_is_room (void)
{
  static const struct
  {
    KocrOrientedBox lines[3];       /* the first one's label is looked at */
    guint n_lines;
    gdouble left, top;          /* where it goes */
  } cases[] = {
    /* above */
    {{{1, 0, 50, 100, 200, 30}}, 1, 50, 80},
    /* there is no room above: below */
    {{{1, 0, 50, 5, 200, 30}}, 1, 50, 35},
    /* at the right edge: above, but inside */
    {{{1, 0, 600, 100, 40, 30}}, 1, 540, 80},
    /* beyond the left edge: inside as well */
    {{{1, 0, -60, 100, 100, 30}}, 1, 0, 80},
    /* between two lines: beside it */
    {{{1, 0, 50, 100, 200, 30}, {1, 0, 50, 66, 200, 30},
            {1, 0, 50, 134, 200, 30}}, 3, 250, 105},
    /* between two lines as wide as the frame: on the line */
    {{{1, 0, 0, 100, 640, 30}, {1, 0, 0, 66, 640, 30},
            {1, 0, 0, 134, 640, 30}}, 3, 0, 100},
  };
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    KocrLabelSlot slots[3] = { {{0,},}, };
    KocrOrientedBox regions[3];

    for (j = 0; j < cases[i].n_lines; j++)
      slots[j].line = cases[i].lines[j];
    place (slots, cases[i].n_lines, regions);
    g_assert_cmpfloat_with_epsilon (slots[0].place.left, cases[i].left, 0.01);
    g_assert_cmpfloat_with_epsilon (slots[0].place.top, cases[i].top, 0.01);
    g_assert_cmpuint (slots[0].size, ==, 0);
  }
}

static void
puts_no_label_on_another (void)
{
  KocrLabelSlot slots[30] = { {{0,},}, };
  KocrOrientedBox regions[G_N_ELEMENTS (slots)];
  guint i, j;

  for (i = 0; i < G_N_ELEMENTS (slots); i++) {
    const gdouble angle = 0.2 * (i % 3);
    const gdouble corners[8] = BOX (10 + i % 5 * 125, 30 + i / 5 * 55,
        70 + i % 5 * 125, 50 + i / 5 * 55);

    kocr_oriented_box_init (&slots[i].line, angle, corners, 4);
  }
  place (slots, G_N_ELEMENTS (slots), regions);
  for (i = 0; i < G_N_ELEMENTS (slots); i++) {
    for (j = 0; j < i; j++)
      g_assert_cmpfloat (kocr_oriented_box_overlap (&slots[i].place,
              &slots[j].place), <, 400.0);
  }
}

static void
measures_what_two_boxes_share (void)
{
  const KocrOrientedBox square = { 1, 0, 10, 10, 20, 20 };
  const gdouble inner[8] = BOX (12, 12, 28, 28);
  KocrOrientedBox turned, other = square;

  g_assert_cmpfloat (kocr_oriented_box_overlap (&square, &square), ==, 400.0);
  other.left = 20;
  g_assert_cmpfloat (kocr_oriented_box_overlap (&square, &other), ==, 200.0);
  other.left = 30;
  g_assert_cmpfloat (kocr_oriented_box_overlap (&square, &other), ==, 0.0);

  /* Around the corners of a square of 16 at 45 degrees: all of the first one
   * but its corners. */
  kocr_oriented_box_init (&turned, G_PI / 4.0, inner, 4);
  g_assert_cmpfloat_with_epsilon (turned.width, 16.0 * G_SQRT2, 1e-6);
  g_assert_cmpfloat_with_epsilon (kocr_oriented_box_overlap (&square, &turned),
      turned.width * turned.height - 4.0 * 36.0, 1e-6);
  g_assert_cmpfloat_with_epsilon (kocr_oriented_box_overlap (&turned, &square),
      turned.width * turned.height - 4.0 * 36.0, 1e-6);
  turned.left += 100.0;
  g_assert_cmpfloat (kocr_oriented_box_overlap (&square, &turned), ==, 0.0);
}

static void
rectangles_cover_the_quad_and_not_one_another (void)
{
  static const gdouble quads[][8] = {
    BOX (10, 10, 60, 40), BOX (20, 30, 600, 300), BOX (-50, -50, 30, 30),
    BOX (100, 100, 100, 100), BOX (630, 350, 700, 400),
    {200, 100, 350, 187, 320, 239, 170, 152},
    {20, 340, 620, 20, 630, 40, 30, 360},
    {300, 20, 300, 350, 270, 350, 270, 20},
  };
  const gdouble margin = 3.0;
  guint i, hollow, j, k, side;

  for (i = 0; i < G_N_ELEMENTS (quads); i++) {
    for (hollow = 0; hollow < 2; hollow++) {
      g_autoptr (GArray) rectangles
          = g_array_new (FALSE, FALSE, sizeof (GstVideoRectangle));

      kocr_overlay_rectangles_cover (
          rectangles, quads[i], margin, hollow, 640, 360);
      g_assert_cmpuint (rectangles->len, >, 0);
      for (j = 0; j < rectangles->len; j++) {
        const GstVideoRectangle *a
            = &g_array_index (rectangles, GstVideoRectangle, j);

        g_assert_true (a->w > 0 && a->h > 0 && a->x >= 0 && a->y >= 0
                       && a->x + a->w <= 640 && a->y + a->h <= 360);
        for (k = 0; k < j; k++) {
          const GstVideoRectangle *b
              = &g_array_index (rectangles, GstVideoRectangle, k);

          g_assert_true (a->x + a->w <= b->x || b->x + b->w <= a->x
                         || a->y + a->h <= b->y || b->y + b->h <= a->y);
        }
      }

      /* Points along its sides, a little outside. */
      for (side = 0; side < 4; side++) {
        const gdouble *p = &quads[i][2 * side];
        const gdouble *q = &quads[i][2 * ((side + 1) % 4)];
        gdouble length = hypot (q[0] - p[0], q[1] - p[1]);

        for (k = 0; k <= 100 && length > 0.0; k++) {
          gdouble x = p[0] + (q[0] - p[0]) * k / 100.0 +
              (q[1] - p[1]) / length * 1.5;
          gdouble y = p[1] + (q[1] - p[1]) * k / 100.0 -
              (q[0] - p[0]) / length * 1.5;
          gboolean held = x < 0 || y < 0 || x >= 640 || y >= 360;

          for (j = 0; j < rectangles->len && !held; j++) {
            const GstVideoRectangle *a
                = &g_array_index (rectangles, GstVideoRectangle, j);

            held = x >= a->x && y >= a->y && x < a->x + a->w && y < a->y + a->h;
          }
          g_assert_true (held);
        }
      }
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD (shows_of_a_text_what_can_be_shown);
  ADD (cuts_a_long_text_once);
  ADD (keeps_lines_that_stand_together);
  ADD (puts_a_label_where_there_is_room);
  ADD (puts_no_label_on_another);
  ADD (measures_what_two_boxes_share);
  ADD (rectangles_cover_the_quad_and_not_one_another);
  return g_test_run ();
}
