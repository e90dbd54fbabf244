/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text changes: what becomes of a text between two samples, by drawn frames.
 */
#include "result/textchanges.h"

#include <math.h>
#include <string.h>

#include "../../graypicture.h"
#include "../../testrows.h"

#define TESTS "/textchanges/"

#define WIDTH 320
#define HEIGHT 180
#define N 25
#define FRAME (40 * GST_MSECOND)
/* Of the text: bars on a gray ground. */
#define LEFT 80
#define RIGHT 240
#define TOP 120
#define BOTTOM 140
#define GROUND 60
#define INK 240

static const GstKakaoOcrRegion caption = { .text = (gchar *)"text",
  .track = 1,
  .box = { LEFT, TOP, RIGHT, TOP, RIGHT, BOTTOM, LEFT, BOTTOM } };

static KocrLumaPyramid *
draw (KocrBlockPool *pool, gdouble strength)
{
  KocrLumaPyramid *picture = kocr_luma_pyramid_new (pool, WIDTH, HEIGHT);
  g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT);

  memset (pixels, GROUND, WIDTH * HEIGHT);
  for (gint y = TOP + 2; y < BOTTOM - 2; y++)
    for (gint x = LEFT; x < RIGHT; x++)
      if (x / 5 % 3 == 0 || (y / 4 + x / 15) % 3 == 0)
        pixels[y * WIDTH + x] = GROUND + strength * (INK - GROUND);
  return gray_picture_fill (picture, pixels, WIDTH, HEIGHT);
}

/* A text that fades from frame 4 to frame 16; @from and @to are the samples. */
static KocrFrameStretch *
fade_out (KocrBlockPool *pool, guint from, guint to)
{
  KocrFrameStretch *self
      = kocr_frame_stretch_new (from * FRAME, to * FRAME, FALSE);

  for (guint i = 0; i <= to; i++) {
    KocrLumaPyramid *picture = draw (pool, CLAMP ((15.8 - i) / 12, 0, 1));

    kocr_frame_stretch_add (self, picture, i * FRAME, i == from);
    kocr_luma_pyramid_unref (picture);
  }
  return self;
}

static GArray *
find_fates (const GstKakaoOcrResult *before, const GstKakaoOcrResult *earlier,
    const KocrFrameStretch *stretch)
{
  g_autoptr (GstKakaoOcrTextTracker) tracker
      = gst_kakao_ocr_text_tracker_new ();

  return kocr_text_changes_tell (tracker, before, earlier, stretch, 0);
}

/* Wherever in the fade the sample lies, also on the frame of its half. */
static void
a_text_goes_at_the_half_of_its_fade (void)
{
  KocrBlockPool *pool = kocr_block_pool_new ();

  for (guint from = 6; from <= 12; from++) {
    g_autoptr (GstKakaoOcrResult) before = gst_kakao_ocr_result_new (
        from * FRAME, WIDTH, HEIGHT, &caption, 1, FALSE, 0);
    g_autoptr (KocrFrameStretch) stretch = fade_out (pool, from, N - 1);
    g_autoptr (GArray) fates = find_fates (before, NULL, stretch);
    const KocrTextFate *fate = &g_array_index (fates, KocrTextFate, 0);

    g_test_message ("sample %u: frame %.2f", from, (gdouble)fate->went / FRAME);
    g_assert_cmpint (fate->look, !=, KOCR_TEXT_LOOK_SAME);
    g_assert_false (fate->passed);
    g_assert_cmpuint (fate->went, >=, 9 * FRAME);
    g_assert_cmpuint (fate->went, <=, 11 * FRAME);
  }
  kocr_block_pool_free (pool);
}

/* How many edges are told if the second of samples 0 and @to, in the fade, is
 * read as @n texts. @went: of the text. */
static guint
count_edges_in_fade (guint to, guint n, GstClockTime *went)
{
  KocrBlockPool *pool = kocr_block_pool_new ();
  g_autoptr (GstKakaoOcrResult) before
      = gst_kakao_ocr_result_new (0, WIDTH, HEIGHT, &caption, 1, FALSE, 0);
  g_autoptr (KocrFrameStretch) stretch = fade_out (pool, 0, to);
  g_autoptr (GArray) fates = find_fates (before, NULL, stretch);
  g_autoptr (GstKakaoOcrResult) result
      = kocr_text_changes_add (gst_kakao_ocr_result_new (to * FRAME, WIDTH,
                                   HEIGHT, &caption, n, FALSE, 0),
          before, fates, stretch);
  guint n_edges = gst_kakao_ocr_result_get_n_edges (result);
  guint64 track;

  g_assert_cmpint (
      g_array_index (fates, KocrTextFate, 0).look, ==, KOCR_TEXT_LOOK_SAME);
  g_assert_cmpint (gst_kakao_ocr_result_get_edge (result, 0, &track, went), ==,
      GST_KAKAO_OCR_TEXT_EDGE_STAYED);
  if (n_edges > 1)
    g_assert_cmpint (gst_kakao_ocr_result_get_edge (result, 1, &track, went),
        ==, GST_KAKAO_OCR_TEXT_EDGE_CHANGED);
  kocr_block_pool_free (pool);
  return n_edges;
}

/* Its strokes are still there, and it stays for who reads them. */
static void
a_text_that_is_too_faint_to_be_read_went_at_the_half_of_its_fade (void)
{
  GstClockTime went;

  g_assert_cmpuint (count_edges_in_fade (14, 0, &went), ==, 2);
  g_assert_cmpuint (went, >=, 9 * FRAME);
  g_assert_cmpuint (went, <=, 11 * FRAME);
  g_assert_cmpuint (count_edges_in_fade (14, 1, &went), ==, 1);
  g_assert_cmpuint (count_edges_in_fade (7, 0, &went), ==, 1);
}

/* Of what no sample reads it is still known what becomes of it, as long as it
 * stays. */
static void
a_text_that_is_not_read_is_looked_after_while_it_stays (void)
{
  KocrBlockPool *pool = kocr_block_pool_new ();
  g_autoptr (GstKakaoOcrResult) earlier
      = gst_kakao_ocr_result_new (0, WIDTH, HEIGHT, &caption, 1, FALSE, 0);
  g_autoptr (GstKakaoOcrResult) before
      = gst_kakao_ocr_result_new (FRAME, WIDTH, HEIGHT, NULL, 0, FALSE, 0);

  for (guint to = 3; to < N; to += N - 4) {
    g_autoptr (KocrFrameStretch) stretch = fade_out (pool, 1, to);
    g_autoptr (GArray) fates = find_fates (before, earlier, stretch);
    g_autoptr (GstKakaoOcrResult) kept
        = kocr_text_changes_keep (before, earlier, fates);

    g_assert_cmpuint (gst_kakao_ocr_result_get_n_regions (kept), ==, to == 3);
  }
  kocr_block_pool_free (pool);
}

/* A photograph, of which there are several. */
static void
draw_scene (guint8 *pixels, guint scene)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (scene);

  for (gint y = 0; y < HEIGHT; y += 4)
    for (gint x = 0; x < WIDTH; x += 4) {
      gint level = g_rand_int_range (rand, 10, 220);

      for (gint row = y; row < y + 4; row++)
        memset (pixels + row * WIDTH + x, level, 4);
    }
}

/* A letter every 20 pixels; those of @kind are others, and
 * the last one is hardly more than a comma. */
static void
draw_letter (guint8 *pixels, gint x0, guint kind, gboolean is_comma)
{
  for (gint y = is_comma ? TOP + 14 : TOP + 2; y < BOTTOM - 2; y++)
    for (gint x = is_comma ? 6 : 0; x < (is_comma ? 9 : 16); x++) {
      gboolean bar = kind ? x > 9 && x < 13 : x > 2 && x < 6;

      if (bar || (y / 4 + kind) % 3 == 0)
        pixels[y * WIDTH + x0 + x] = 250;
    }
}

/* How many changes are told if the caption is read otherwise at last. */
static guint
count_changes (const GstKakaoOcrResult *before, const GArray *fates,
    const KocrFrameStretch *stretch)
{
  GstKakaoOcrRegion other = caption;
  g_autoptr (GstKakaoOcrResult) result = NULL;
  GstClockTime pts;
  guint64 track;
  guint n = 0;

  other.text = (gchar *)"tent";
  result = kocr_text_changes_add (gst_kakao_ocr_result_new ((N - 1) * FRAME,
                                      WIDTH, HEIGHT, &other, 1, FALSE, 0),
      before, fates, stretch);
  for (guint i = 0; i < gst_kakao_ocr_result_get_n_edges (result); i++)
    n += gst_kakao_ocr_result_get_edge (result, i, &track, &pts)
         == GST_KAKAO_OCR_TEXT_EDGE_CHANGED;
  return n;
}

/* What is found of a caption whose letters from @first_other on are others when
 * @scene is behind it, when a sample before showed it over scene 1. @n_changes:
 * (nullable): see count_changes(). */
static KocrTextLook
find_look (guint scene, gint first_other, guint *n_changes)
{
  KocrBlockPool *pool = kocr_block_pool_new ();
  g_autoptr (KocrFrameStretch) stretch
      = kocr_frame_stretch_new (0, (N - 1) * FRAME, FALSE);
  g_autoptr (GstKakaoOcrResult) before
      = gst_kakao_ocr_result_new (0, WIDTH, HEIGHT, &caption, 1, FALSE, 0);
  g_autoptr (GArray) fates = NULL;
  KocrTextLook look;

  for (guint i = 0; i < N; i++) {
    g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT);
    gboolean is_later = i > N / 2;
    KocrLumaPyramid *picture = kocr_luma_pyramid_new (pool, WIDTH, HEIGHT);

    draw_scene (pixels, is_later ? scene : 1);
    for (gint k = 0; k < (RIGHT - LEFT) / 20; k++)
      draw_letter (pixels, LEFT + 20 * k, is_later && k >= first_other,
          k == (RIGHT - LEFT) / 20 - 1);
    kocr_frame_stretch_add (stretch,
        gray_picture_fill (picture, pixels, WIDTH, HEIGHT), i * FRAME, i == 0);
    kocr_luma_pyramid_unref (picture);
  }
  fates = find_fates (before, NULL, stretch);
  look = g_array_index (fates, KocrTextFate, 0).look;
  if (n_changes)
    *n_changes = count_changes (before, fates, stretch);
  kocr_block_pool_free (pool);
  return look;
}

/* It is said that a text changed if it is read otherwise, unless that may be
 * due to another ground. */
static void
what_may_be_misread_is_not_told_to_change (void)
{
  guint n_changes;

  find_look (1, 5, &n_changes);
  g_assert_cmpuint (n_changes, ==, 1);
  find_look (2, G_MAXINT, &n_changes);
  g_assert_cmpuint (n_changes, ==, 0);
}

/* Most of what a small letter's place shows is the ground. */
static void
nobody_can_tell_whether_a_letter_changed_with_its_ground (void)
{
  for (guint scene = 2; scene < 6; scene++)
    g_assert_cmpint (
        find_look (scene, G_MAXINT, NULL), ==, KOCR_TEXT_LOOK_UNCLEAR);
  g_assert_cmpint (find_look (1, G_MAXINT, NULL), ==, KOCR_TEXT_LOOK_SAME);
  g_assert_cmpint (find_look (1, 5, NULL), ==, KOCR_TEXT_LOOK_OTHER_IN_PART);
}

/* What is found of a caption of which the first word stands; its second one is
 * a word as well, which goes, or what was read of a ground that pans. */
static KocrTextLook
find_look_of_words (gboolean is_ground)
{
  const gint middle = (LEFT + RIGHT) / 2;
  const GstKakaoOcrRegion words[] = {
    { .text = (gchar *)"one",
        .track = 1,
        .box = { LEFT, TOP, middle, TOP, middle, BOTTOM, LEFT, BOTTOM } },
    { .text = (gchar *)"two",
        .track = 1,
        .box = { middle, TOP, RIGHT, TOP, RIGHT, BOTTOM, middle, BOTTOM } },
  };
  KocrBlockPool *pool = kocr_block_pool_new ();
  g_autoptr (KocrFrameStretch) stretch
      = kocr_frame_stretch_new (0, (N - 1) * FRAME, FALSE);
  g_autoptr (GstKakaoOcrResult) before
      = gst_kakao_ocr_result_new (0, WIDTH, HEIGHT, words, 2, FALSE, 0);
  g_autoptr (GArray) fates = NULL;
  KocrTextLook look;

  for (guint i = 0; i < N; i++) {
    g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT);
    KocrLumaPyramid *picture = kocr_luma_pyramid_new (pool, WIDTH, HEIGHT);

    memset (pixels, GROUND, WIDTH * HEIGHT);
    for (gint x = LEFT; x < RIGHT; x += 20)
      if (x < middle || (!is_ground && i < 12))
        draw_letter (pixels, x, 0, FALSE);
    for (gint y = TOP; is_ground && y < BOTTOM; y++)
      for (gint x = middle; x < RIGHT; x++)
        pixels[y * WIDTH + x] = 120 + 110 * sin ((x + 2.0 * y + 0.4 * i) / 3);
    kocr_frame_stretch_add (stretch,
        gray_picture_fill (picture, pixels, WIDTH, HEIGHT), i * FRAME, i == 0);
    kocr_luma_pyramid_unref (picture);
  }
  fates = find_fates (before, NULL, stretch);
  look = g_array_index (fates, KocrTextFate, 0).look;
  kocr_block_pool_free (pool);
  return look;
}

static void
a_line_that_loses_what_was_read_of_the_ground_has_not_changed (void)
{
  g_assert_cmpint (
      find_look_of_words (FALSE), ==, KOCR_TEXT_LOOK_OTHER_IN_PART);
  g_assert_cmpint (find_look_of_words (TRUE), ==, KOCR_TEXT_LOOK_UNCLEAR);
}

/* A ground that pans, with letters over it of which one becomes another in
 * frame 12, and a third one in frame @again. */
static KocrFrameStretch *
pan (KocrBlockPool *pool, guint again)
{
  KocrFrameStretch *self = kocr_frame_stretch_new (0, (N - 1) * FRAME, FALSE);

  for (guint i = 0; i < N; i++) {
    g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT);
    KocrLumaPyramid *picture
        = kocr_luma_pyramid_new_coarse (pool, WIDTH, HEIGHT);

    for (gint y = 0; y < HEIGHT; y++)
      for (gint x = 0; x < WIDTH; x++)
        pixels[y * WIDTH + x] = 90 + 60 * sin ((x + 2.0 * y + 0.8 * i) / 4);
    for (gint x = LEFT; x < RIGHT; x += 20)
      draw_letter (
          pixels, x, x == LEFT + 40 ? (i >= 12) + (i >= again) : 0, FALSE);
    kocr_frame_stretch_add (self,
        gray_picture_fill (picture, pixels, WIDTH, HEIGHT), i * FRAME, i == 0);
    kocr_luma_pyramid_unref (picture);
  }
  return self;
}

/* What goes on with the other letter came with it, or with the last of those
 * that no sample shows; also where the first one was not read to its end. */
static void
a_letter_that_changes_over_a_pan_is_another_text (void)
{
  static const struct
  {
    guint again;
    gdouble read_to;
  } rows[] = { { N, RIGHT }, { 18, RIGHT }, { 18, RIGHT - 60 } };
  KocrBlockPool *pool = kocr_block_pool_new ();
  GstKakaoOcrRegion other = caption;

  other.track = 2;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GstKakaoOcrRegion first = caption;
    g_autoptr (GstKakaoOcrResult) before = NULL;
    g_autoptr (GstKakaoOcrResult) result = NULL;
    g_autoptr (KocrFrameStretch) stretch = pan (pool, rows[i].again);
    g_autoptr (GArray) fates = NULL;
    const KocrTextFate *fate;
    GstClockTime pts;
    guint64 track;

    first.box[2] = first.box[4] = rows[i].read_to;
    before = gst_kakao_ocr_result_new (0, WIDTH, HEIGHT, &first, 1, FALSE, 0);
    fates = find_fates (before, NULL, stretch);
    fate = &g_array_index (fates, KocrTextFate, 0);
    g_assert_cmpint (fate->look, ==, KOCR_TEXT_LOOK_OTHER_IN_PART);
    g_assert_cmpuint (fate->went, ==, 12 * FRAME);
    result = kocr_text_changes_add (gst_kakao_ocr_result_new ((N - 1) * FRAME,
                                        WIDTH, HEIGHT, &other, 1, FALSE, 0),
        before, fates, stretch);
    g_assert_cmpuint (gst_kakao_ocr_result_get_n_edges (result), ==, 2);
    g_assert_cmpint (gst_kakao_ocr_result_get_edge (result, 1, &track, &pts),
        ==, GST_KAKAO_OCR_TEXT_EDGE_CAME);
    g_assert_cmpuint (track, ==, 2);
    g_assert_cmpuint (
        pts, ==, (rows[i].again < N ? rows[i].again : 12) * FRAME);
  }
  kocr_block_pool_free (pool);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (a_text_goes_at_the_half_of_its_fade);
  ADD (a_text_that_is_too_faint_to_be_read_went_at_the_half_of_its_fade);
  ADD (a_text_that_is_not_read_is_looked_after_while_it_stays);
  ADD (nobody_can_tell_whether_a_letter_changed_with_its_ground);
  ADD (what_may_be_misread_is_not_told_to_change);
  ADD (a_line_that_loses_what_was_read_of_the_ground_has_not_changed);
  ADD (a_letter_that_changes_over_a_pan_is_another_text);
  return g_test_run ();
}
