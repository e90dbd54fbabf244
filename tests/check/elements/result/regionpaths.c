/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Region paths: rows of two results, and where the regions of one are between them.
 */
#include "result/regionpaths.h"

#include <stdlib.h>
#include <string.h>

#include "../../testrows.h"

#define TESTS "/regionpaths/"
#define WIDTH 1280
#define HEIGHT 720
#define LETTER 20
#define LINE 30

/* Regions are "track:text@x,y". What is shown is the earlier result, or the later one
 * (TRUE); where it is, "x,y" each, "-": outside of the frame; NULL: where it was. */
typedef struct
{
  const gchar *name, *before, *after;
  guint64 told;                 /* a track whose moment is known; 0: none */
  gboolean later;
  gdouble part;
  const gchar *places;
} Row;

static const Row rows[] = {
  {"what_stands_stays", "1:A@100,100", "1:A@100,100", 0, FALSE, 0.5, NULL},
  {"how_it_was_read_is_no_way", "1:A@100,100", "1:A@101,102", 0, FALSE, 0.5,
      NULL},
  {"half_way", "1:A@100,100", "1:A@180,140", 0, FALSE, 0.5, "140,120"},
  {"from_the_later_one", "1:A@100,100", "1:A@180,140", 0, TRUE, 0.25,
      "120,110"},
  {"at_the_first", "1:A@100,100", "1:A@180,140", 0, FALSE, 0, "100,100"},
  {"each_its_own_way", "1:A@100,100 2:B@500,500 3:C@9,9",
      "1:A@200,100 2:B@500,400 3:C@9,9", 0, FALSE, 0.5,
      "150,100 500,450 9,9"},
  {"all_words_of_a_line", "1:A@100,100 1:B@200,100", "1:A@100,60 1:B@200,60",
      0, FALSE, 0.5, "100,80 200,80"},
  {"by_the_words_that_both_have", "1:Al@0,100 1:Bo@200,100",
      "1:l@0,100 1:Bo@160,100 1:Co@1200,100", 0, FALSE, 0.5,
      "-20,100 180,100"},
  {"what_went_out_goes_on_with_the_others", "1:A@500,4 2:B@500,104",
      "2:B@500,64", 0, FALSE, 0.5, "- 500,84"},
  {"what_was_seen_to_go_stays", "1:A@500,4 2:B@500,104", "2:B@500,64", 1,
      FALSE, 0.5, "500,4 500,84"},
  {"what_is_near_what_stands_stays", "1:A@100,600 2:B@100,640 3:C@100,100",
      "2:B@100,640 3:C@100,60", 0, FALSE, 0.5,
      "100,600 100,640 100,80"},
};

static GstKakaoOcrResult *
new_result (const gchar *regions)
{
  g_auto (GStrv) all = g_strsplit (regions, " ", -1);
  guint n = g_strv_length (all);
  g_autofree GstKakaoOcrRegion *made = g_new0 (GstKakaoOcrRegion, n);
  GstKakaoOcrResult *result;

  for (guint i = 0; i < n; i++) {
    gchar *text = strchr (all[i], ':') + 1, *at = strchr (text, '@');
    gdouble x = atof (at + 1), y = atof (strchr (at, ',') + 1);
    gdouble right = x + LETTER * (at - text);
    const gdouble box[] = { x, y, right, y, right, y + LINE, x, y + LINE };

    *at = '\0';
    made[i].text = text;
    made[i].page = 1;
    made[i].track = atoi (all[i]);
    memcpy (made[i].box, box, sizeof box);
  }
  result = gst_kakao_ocr_result_new (0, WIDTH, HEIGHT, made, n, FALSE, 0);
  return result;
}

static gchar *
describe (const gdouble *boxes, const gboolean *lost, guint n)
{
  GString *places = g_string_new (NULL);

  for (guint i = 0; i < n; i++) {
    const gdouble *box = boxes + GST_KAKAO_OCR_BOX_LEN * i;

    if (i > 0)
      g_string_append_c (places, ' ');
    if (lost[i])
      g_string_append_c (places, '-');
    else
      g_string_append_printf (places, "%g,%g", box[0], box[1]);
  }
  return g_string_free (places, FALSE);
}

static void
placed_as_in_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GstKakaoOcrResult) before = new_result (row->before);
  g_autoptr (GstKakaoOcrResult) after = new_result (row->after);
  g_autoptr (KocrRegionPaths) paths = NULL;
  GstKakaoOcrResult *shown = row->later ? after : before;
  g_autofree gchar *places = NULL;
  const gboolean *lost;
  const gdouble *boxes;

  if (row->told)
    gst_kakao_ocr_result_add_edge (
        after, row->told, GST_KAKAO_OCR_TEXT_EDGE_CHANGED, GST_SECOND);
  paths = kocr_region_paths_new (before, after);
  if (kocr_region_paths_place (paths, shown, row->part, &boxes, &lost))
    places = describe (
        boxes, lost, gst_kakao_ocr_result_get_n_regions (shown));
  g_assert_cmpstr (places, ==, row->places);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (placed_as_in_row, rows);
  return g_test_run ();
}
