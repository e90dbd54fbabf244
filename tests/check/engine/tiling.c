/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tiling.h"

#include <math.h>

#include "geometry/quad.h"

#define WIDTH 1600
#define HEIGHT 800

static GstKakaoOcrRegion
word (const gchar * text, gdouble x0, gdouble y0, gdouble x1, gdouble y1)
{
  GstKakaoOcrRegion region = {
    .text = (gchar *) text,
    .box = {x0, y0, x1, y0, x1, y1, x0, y1},
    .page = 1,
  };

  return region;
}

/* What an honest service reads in @tile: each word, as far as it is inside. */
static GstKakaoOcrResult *
read_tile (const KocrTile * tile, const GstKakaoOcrRegion * words, guint n,
    gboolean truncated)
{
  GstKakaoOcrRegion seen[64];
  guint n_seen = 0;

  for (guint i = 0; i < n; i++) {
    gdouble x0 = MAX (words[i].box[0], tile->x);
    gdouble y0 = MAX (words[i].box[1], tile->y);
    gdouble x1 = MIN (words[i].box[2], tile->x + tile->width);
    gdouble y1 = MIN (words[i].box[5], tile->y + tile->height);
    gboolean whole = x0 == words[i].box[0] && x1 == words[i].box[2]
        && y0 == words[i].box[1] && y1 == words[i].box[5];

    if (x1 - x0 > 4 && y1 - y0 > 4)
      seen[n_seen++] = word (whole ? words[i].text : "cut", x0, y0, x1, y1);
  }
  return gst_kakao_ocr_result_new (0, WIDTH, HEIGHT, seen, n_seen, truncated,
      0);
}

static GstKakaoOcrResult *
read_in_tiles (const GstKakaoOcrRegion * words, guint n, gint missing,
    gint truncated)
{
  KocrTile tiles[KOCR_N_TILES];
  GstKakaoOcrResult *results[KOCR_N_TILES];
  GstKakaoOcrResult *merged;

  g_assert_true (kocr_tiles_cut (WIDTH, HEIGHT, tiles));
  for (gint i = 0; i < KOCR_N_TILES; i++)
    results[i] = i == missing ? NULL :
        read_tile (&tiles[i], words, n, i == truncated);
  merged = kocr_tiles_merge (results, tiles, NULL, 5, WIDTH, HEIGHT, 7);
  for (gint i = 0; i < KOCR_N_TILES; i++)
    g_clear_pointer (&results[i], gst_kakao_ocr_result_unref);
  return merged;
}

static void
test_tiles_cover_and_overlap (void)
{
  static const gint sizes[][2] = {
    {1600, 800}, {1601, 801}, {64, 64}, {4096, 100}, {65, 3001}
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    KocrTile t[KOCR_N_TILES];
    gint w = sizes[i][0], h = sizes[i][1];

    g_assert_true (kocr_tiles_cut (w, h, t));
    g_assert_cmpfloat (t[0].x, ==, 0);
    g_assert_cmpfloat (t[0].y, ==, 0);
    g_assert_cmpfloat (t[3].x + t[3].width, ==, w);
    g_assert_cmpfloat (t[3].y + t[3].height, ==, h);
    g_assert_cmpfloat (t[0].width - t[1].x, >=, w / 8);
    g_assert_cmpfloat (t[0].height - t[2].y, >=, h / 8);
  }
}

static void
test_small_pictures_are_not_cut (void)
{
  KocrTile tiles[KOCR_N_TILES];

  g_assert_false (kocr_tiles_cut (63, 1000, tiles));
  g_assert_false (kocr_tiles_cut (1000, 63, tiles));
}

static void
test_each_word_comes_once_and_whole (void)
{
  GstKakaoOcrRegion words[64];
  gchar texts[64][8];
  guint n = 0;
  g_autoptr (GstKakaoOcrResult) merged = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  /* Words as long as the overlap allows, at every offset to the cuts. */
  for (gint row = 0; row < 8; row++) {
    for (gint column = 0; column < 8; column++, n++) {
      gdouble x = column * 197 + row * 9, y = row * 98;

      g_snprintf (texts[n], sizeof texts[n], "w%u", n);
      words[n] = word (texts[n], x, y, MIN (x + 180, WIDTH), y + 60);
    }
  }
  merged = read_in_tiles (words, n, -1, -1);

  g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (merged), ==, n);
  for (guint i = 0; i < n; i++)
    g_hash_table_add (seen, gst_kakao_ocr_result_get_region (merged, i)->text);
  for (guint i = 0; i < n; i++)
    g_assert_true (g_hash_table_contains (seen, texts[i]));
  g_assert_false (gst_kakao_ocr_result_get_truncated (merged));
  g_assert_cmpuint (gst_kakao_ocr_result_get_pts (merged), ==, 5);
}

static void
test_neighbours_are_not_taken_for_one (void)
{
  /* On each other's heels in the middle of all tiles. */
  GstKakaoOcrRegion words[] = {
    word ("one", 760, 380, 800, 410), word ("two", 801, 380, 840, 410),
    word ("three", 760, 408, 800, 430)
  };
  g_autoptr (GstKakaoOcrResult) merged = read_in_tiles (words, 3, -1, -1);

  g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (merged), ==, 3);
}

static void
test_missing_or_truncated_tile_shows (void)
{
  GstKakaoOcrRegion words[] = { word ("left", 10, 10, 60, 30) };
  g_autoptr (GstKakaoOcrResult) missing = read_in_tiles (words, 1, 3, -1);
  g_autoptr (GstKakaoOcrResult) truncated = read_in_tiles (words, 1, -1, 2);

  g_assert_true (gst_kakao_ocr_result_get_truncated (missing));
  g_assert_true (gst_kakao_ocr_result_get_truncated (truncated));
  g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (missing), ==, 1);
}

/* A word of @length x @height around (@x, @y), turned by @degrees. */
static GstKakaoOcrRegion
tilted (const gchar * text, gdouble x, gdouble y, gdouble length,
    gdouble height, gdouble degrees)
{
  static const gdouble corners[4][2] = {
    {-0.5, -0.5}, {0.5, -0.5}, {0.5, 0.5}, {-0.5, 0.5}
  };
  GstKakaoOcrRegion region = { .text = (gchar *)text, .page = 1 };
  gdouble c = cos (degrees * G_PI / 180), s = sin (degrees * G_PI / 180);

  for (guint i = 0; i < 4; i++) {
    gdouble dx = corners[i][0] * length, dy = corners[i][1] * height;

    region.box[2 * i] = x + c * dx - s * dy;
    region.box[2 * i + 1] = y + s * dx + c * dy;
  }
  return region;
}

static GstKakaoOcrResult *
result_of (const GstKakaoOcrRegion * regions, guint n)
{
  return gst_kakao_ocr_result_new (0, WIDTH, HEIGHT, regions, n, FALSE, 0);
}

static void
assert_texts (GstKakaoOcrResult * result, const gchar * const *texts)
{
  guint n = g_strv_length ((gchar **) texts);

  g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (result), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (gst_kakao_ocr_result_get_region (result, i)->text, ==,
        texts[i]);
}

/* Two lines on each other's heels, each seen by one tile, and a word that both
 * see: tilted, their upright bounds share nearly all. */
static void
test_tilted_words_are_told_apart (void)
{
  static const gchar *const texts[] = { "upper", "lower", NULL };

  for (gint degrees = -80; degrees <= 80; degrees += 10) {
    gdouble a = degrees * G_PI / 180;
    GstKakaoOcrRegion upper = tilted ("upper", 800, 400, 150, 20, degrees);
    GstKakaoOcrRegion lower[] = {
      tilted ("lower", 800 - 24 * sin (a), 400 + 24 * cos (a), 150, 20,
          degrees),
      tilted ("again", 801, 400, 149, 20, degrees)
    };
    KocrTile tiles[KOCR_N_TILES];
    GstKakaoOcrResult *results[KOCR_N_TILES];
    g_autoptr (GstKakaoOcrResult) merged = NULL;

    g_assert_true (kocr_tiles_cut (WIDTH, HEIGHT, tiles));
    results[0] = result_of (&upper, 1);
    results[1] = result_of (lower, 2);
    results[2] = result_of (NULL, 0);
    results[3] = result_of (NULL, 0);
    merged = kocr_tiles_merge (results, tiles, NULL, 5, WIDTH, HEIGHT, 7);
    assert_texts (merged, texts);
    for (guint i = 0; i < KOCR_N_TILES; i++)
      gst_kakao_ocr_result_unref (results[i]);
  }
}

static void
test_a_missing_tile_has_what_the_whole_picture_had (void)
{
  static const gchar *const texts[] = {
    "left", "both", "across", "right", NULL
  };
  GstKakaoOcrRegion first[] = {
    word ("left", 100, 100, 200, 130), word ("both", 760, 100, 830, 130),
    word ("cut", 760, 200, 897, 230)
  };
  GstKakaoOcrRegion all[] = {
    word ("left", 101, 100, 200, 130), word ("both", 761, 100, 830, 130),
    word ("across", 760, 200, 1000, 230), word ("right", 1400, 100, 1500, 130),
    word ("below", 1400, 700, 1500, 730)
  };
  KocrTile tiles[KOCR_N_TILES];
  GstKakaoOcrResult *results[KOCR_N_TILES] = { NULL, };
  g_autoptr (GstKakaoOcrResult) whole = result_of (all, G_N_ELEMENTS (all));
  g_autoptr (GstKakaoOcrResult) merged = NULL;

  g_assert_true (kocr_tiles_cut (WIDTH, HEIGHT, tiles));
  results[0] = result_of (first, G_N_ELEMENTS (first));
  results[2] = result_of (NULL, 0);
  results[3] = result_of (NULL, 0);
  merged = kocr_tiles_merge (results, tiles, whole, 5, WIDTH, HEIGHT, 7);
  assert_texts (merged, texts);
  g_assert_true (gst_kakao_ocr_result_get_truncated (merged));
  for (guint i = 0; i < KOCR_N_TILES; i++)
    g_clear_pointer (&results[i], gst_kakao_ocr_result_unref);
}

static void
test_overlap_of_quads (void)
{
  const gdouble square[] = { 0, 0, 10, 0, 10, 10, 0, 10 };
  const gdouble shifted[] = { 5, 5, 15, 5, 15, 15, 5, 15 };
  const gdouble backwards[] = { 5, 5, 5, 15, 15, 15, 15, 5 };
  const gdouble diamond[] = { 5, 0, 10, 5, 5, 10, 0, 5 };
  const gdouble apart[] = { 20, 0, 30, 0, 30, 10, 20, 10 };
  const gdouble line[] = { 0, 5, 10, 5, 10, 5, 0, 5 };

  g_assert_cmpfloat_with_epsilon (kocr_quad_get_area (square), 100, 1e-9);
  g_assert_cmpfloat_with_epsilon (kocr_quad_get_overlap (square, square), 100,
      1e-9);
  g_assert_cmpfloat_with_epsilon (kocr_quad_get_overlap (square, shifted), 25,
      1e-9);
  g_assert_cmpfloat_with_epsilon (kocr_quad_get_overlap (square, backwards),
      25, 1e-9);
  g_assert_cmpfloat_with_epsilon (kocr_quad_get_overlap (square, diamond), 50,
      1e-9);
  g_assert_cmpfloat_with_epsilon (kocr_quad_get_overlap (diamond, square), 50,
      1e-9);
  g_assert_cmpfloat_with_epsilon (kocr_quad_get_overlap (square, apart), 0,
      1e-9);
  g_assert_cmpfloat_with_epsilon (kocr_quad_get_overlap (square, line), 0,
      1e-9);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tiles/cover_and_overlap", test_tiles_cover_and_overlap);
  g_test_add_func ("/tiles/small_pictures_are_not_cut",
      test_small_pictures_are_not_cut);
  g_test_add_func ("/tiles/each_word_comes_once_and_whole",
      test_each_word_comes_once_and_whole);
  g_test_add_func ("/tiles/neighbours_are_not_taken_for_one",
      test_neighbours_are_not_taken_for_one);
  g_test_add_func ("/tiles/missing_or_truncated_tile_shows",
      test_missing_or_truncated_tile_shows);
  g_test_add_func ("/tiles/tilted_words_are_told_apart",
      test_tilted_words_are_told_apart);
  g_test_add_func ("/tiles/a_missing_tile_has_what_the_whole_picture_had",
      test_a_missing_tile_has_what_the_whole_picture_had);
  g_test_add_func ("/tiles/overlap_of_quads", test_overlap_of_quads);
  return g_test_run ();
}
