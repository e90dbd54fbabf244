/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text changes: what becomes of a text that moves, or seems to, between two
 * samples, by drawn frames.
 */
#include "result/textchanges.h"

#include <string.h>

#include "../../graypicture.h"
#include "../../testrows.h"

#define TESTS "/movedtexts/"

#define WIDTH 320
#define HEIGHT 180
#define N 25
#define FRAME (40 * GST_MSECOND)
#define LEFT 80
#define RIGHT 240
#define GROUND 60
#define INK 240

static GArray *
find_fates (const GstKakaoOcrResult *before, const KocrFrameStretch *stretch)
{
  g_autoptr (GstKakaoOcrTextTracker) tracker
      = gst_kakao_ocr_text_tracker_new ();

  return kocr_text_changes_tell (tracker, before, NULL, stretch, 0);
}

/* Lines of a page that rolls up by a line and more from frame ROLLS on. */
#define N_ROWS 4
#define PITCH 48
#define FIRST_ROW 16
#define ROLLS 6
#define PACE 3

/* Of row @i in frame @frame; from N_ROWS on they are below the picture at
 * first.
 */
static gint
row_top (guint i, guint frame)
{
  return FIRST_ROW + (gint)i * PITCH - PACE * MAX ((gint)frame - ROLLS, 0);
}

static GstKakaoOcrRegion
row_region (guint i, guint frame)
{
  gint top = row_top (i, frame);

  return (GstKakaoOcrRegion){ .text = (gchar *)"row",
    .track = i + 1,
    .box = { LEFT, top, RIGHT, top, RIGHT, top + 20, LEFT, top + 20 } };
}

/* Each row has letters of its own. */
static void
draw_row (guint8 *pixels, guint i, gint left, gint top)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (i);

  for (gint x = left; x < left + RIGHT - LEFT; x += 4)
    for (gint y = top + 2; y < top + 18; y += 4) {
      gboolean ink = g_rand_boolean (rand);

      for (gint row = MAX (y, 0); ink && row < MIN (y + 4, HEIGHT); row++)
        memset (pixels + row * WIDTH + x, INK, 4);
    }
}

static KocrFrameStretch *
roll (KocrBlockPool *pool)
{
  KocrFrameStretch *self = kocr_frame_stretch_new (0, (N - 1) * FRAME, FALSE);

  for (guint frame = 0; frame < N; frame++) {
    g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT);
    KocrLumaPyramid *picture = kocr_luma_pyramid_new (pool, WIDTH, HEIGHT);

    memset (pixels, GROUND, WIDTH * HEIGHT);
    for (guint i = 0; i < N_ROWS + 1; i++)
      draw_row (pixels, i, LEFT, row_top (i, frame));
    kocr_frame_stretch_add (self,
        gray_picture_fill (picture, g_steal_pointer (&pixels), WIDTH, HEIGHT),
        frame * FRAME, frame == 0);
    kocr_luma_pyramid_unref (picture);
  }
  return self;
}

/* What is at the place of one by then is another one, which says nothing of
 * when it went. */
static void
a_line_that_rolls_out_goes_at_the_edge (void)
{
  KocrBlockPool *pool = kocr_block_pool_new ();
  GstKakaoOcrRegion first[N_ROWS], last[N_ROWS];
  g_autoptr (GstKakaoOcrResult) before = NULL, result = NULL;
  g_autoptr (KocrFrameStretch) stretch = roll (pool);
  g_autoptr (GArray) fates = NULL;
  GstClockTime pts, out = (ROLLS + (FIRST_ROW + 10.0) / PACE) * FRAME;
  GstClockTime in
      = (ROLLS + (row_top (N_ROWS, 0) + 10.0 - HEIGHT) / PACE) * FRAME;
  guint64 track;

  for (guint i = 0; i < N_ROWS; i++) {
    first[i] = row_region (i, 0);
    last[i] = row_region (i + 1, N - 1);
  }
  before = gst_kakao_ocr_result_new (0, WIDTH, HEIGHT, first, N_ROWS, FALSE, 0);
  fates = find_fates (before, stretch);
  g_assert_cmpuint (
      g_array_index (fates, KocrTextFate, 0).went + FRAME, >=, out);
  g_assert_cmpuint (
      g_array_index (fates, KocrTextFate, 0).went, <=, out + FRAME);
  for (guint i = 1; i < N_ROWS; i++)
    g_assert_cmpuint (
        g_array_index (fates, KocrTextFate, i).went, ==, GST_CLOCK_TIME_NONE);

  result = kocr_text_changes_add (gst_kakao_ocr_result_new ((N - 1) * FRAME,
                                      WIDTH, HEIGHT, last, N_ROWS, FALSE, 0),
      before, fates, stretch);
  g_assert_cmpuint (gst_kakao_ocr_result_get_n_edges (result), ==, 2);
  g_assert_cmpint (gst_kakao_ocr_result_get_edge (result, 0, &track, &pts), ==,
      GST_KAKAO_OCR_TEXT_EDGE_CHANGED);
  g_assert_cmpuint (track, ==, 1);
  g_assert_cmpint (gst_kakao_ocr_result_get_edge (result, 1, &track, &pts), ==,
      GST_KAKAO_OCR_TEXT_EDGE_CAME);
  g_assert_cmpuint (track, ==, N_ROWS + 1);
  g_assert_cmpuint (pts + FRAME, >=, in);
  g_assert_cmpuint (pts, <=, in + FRAME);
  kocr_block_pool_free (pool);
}

/* A row that is so far to the left from frame LEAPS on, all at once. */
#define LEAPS 12
#define LEAP 14

static KocrFrameStretch *
leap (KocrBlockPool *pool)
{
  KocrFrameStretch *self = kocr_frame_stretch_new (0, (N - 1) * FRAME, FALSE);

  for (guint frame = 0; frame < N; frame++) {
    g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT);
    KocrLumaPyramid *picture = kocr_luma_pyramid_new (pool, WIDTH, HEIGHT);

    memset (pixels, GROUND, WIDTH * HEIGHT);
    draw_row (pixels, 1, frame < LEAPS ? LEFT : LEFT - LEAP, row_top (1, 0));
    kocr_frame_stretch_add (self,
        gray_picture_fill (picture, pixels, WIDTH, HEIGHT), frame * FRAME,
        frame == 0);
    kocr_luma_pyramid_unref (picture);
  }
  return self;
}

/* As "9 to go" does where "10 to go" was, of which most is elsewhere at once;
 * it stays where it is read there as well. */
static void
a_line_of_which_another_has_most_went_when_that_came (void)
{
  for (guint64 track = 1; track < 3; track++) {
    KocrBlockPool *pool = kocr_block_pool_new ();
    GstKakaoOcrRegion row = row_region (1, 0);
    g_autoptr (GstKakaoOcrResult) before = NULL, result = NULL;
    g_autoptr (KocrFrameStretch) stretch = leap (pool);
    g_autoptr (GArray) fates = NULL;
    guint n_changed = 0;

    row.track = 1;
    before = gst_kakao_ocr_result_new (0, WIDTH, HEIGHT, &row, 1, FALSE, 0);
    for (guint i = 0; i < GST_KAKAO_OCR_BOX_LEN; i += 2)
      row.box[i] -= LEAP;
    row.track = track;
    fates = find_fates (before, stretch);
    result = kocr_text_changes_add (gst_kakao_ocr_result_new ((N - 1) * FRAME,
                                        WIDTH, HEIGHT, &row, 1, FALSE, 0),
        before, fates, stretch);
    for (guint i = 0; i < gst_kakao_ocr_result_get_n_edges (result); i++) {
      GstClockTime pts;
      guint64 of;

      if (gst_kakao_ocr_result_get_edge (result, i, &of, &pts)
          != GST_KAKAO_OCR_TEXT_EDGE_CHANGED)
        continue;
      g_assert_cmpuint (of, ==, 1);
      g_assert_cmpuint (pts, ==, LEAPS * FRAME);
      n_changed++;
    }
    g_assert_cmpuint (n_changed, ==, track > 1);
    kocr_block_pool_free (pool);
  }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (a_line_that_rolls_out_goes_at_the_edge);
  ADD (a_line_of_which_another_has_most_went_when_that_came);
  return g_test_run ();
}
