/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text changes: what becomes of a text between two samples, by drawn frames.
 */
#include "result/textchanges.h"

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

/* A text that fades from frame 4 to frame 16; @from is the first sample. */
static KocrFrameStretch *
fade_out (KocrBlockPool *pool, guint from)
{
  KocrFrameStretch *self
      = kocr_frame_stretch_new (from * FRAME, (N - 1) * FRAME, FALSE);

  for (guint i = 0; i < N; i++) {
    KocrLumaPyramid *picture = draw (pool, CLAMP ((15.8 - i) / 12, 0, 1));

    kocr_frame_stretch_add (self, picture, i * FRAME, i == from);
    kocr_luma_pyramid_unref (picture);
  }
  return self;
}

/* Wherever in the fade the sample lies, also on the frame of its half: that is
 * not told as of a text that was none. */
static void
a_text_goes_at_the_half_of_its_fade (void)
{
  const GstKakaoOcrRegion region = { .text = (gchar *)"text",
    .track = 1,
    .box = { LEFT, TOP, RIGHT, TOP, RIGHT, BOTTOM, LEFT, BOTTOM } };
  KocrBlockPool *pool = kocr_block_pool_new ();

  for (guint from = 6; from <= 12; from++) {
    g_autoptr (GstKakaoOcrTextTracker) tracker
        = gst_kakao_ocr_text_tracker_new ();
    g_autoptr (GstKakaoOcrResult) before = gst_kakao_ocr_result_new (
        from * FRAME, WIDTH, HEIGHT, &region, 1, FALSE, 0);
    g_autoptr (KocrFrameStretch) stretch = fade_out (pool, from);
    g_autoptr (GArray) fates
        = kocr_text_changes_tell (tracker, before, NULL, stretch, 0);
    const KocrTextFate *fate = &g_array_index (fates, KocrTextFate, 0);

    g_test_message ("sample %u: frame %.2f", from, (gdouble)fate->went / FRAME);
    g_assert_false (fate->stayed);
    g_assert_cmpuint (fate->went, >=, 9 * FRAME);
    g_assert_cmpuint (fate->went, <=, 11 * FRAME);
    g_assert_cmpuint (fate->went, !=, from * FRAME);
  }
  kocr_block_pool_free (pool);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (a_text_goes_at_the_half_of_its_fade);
  return g_test_run ();
}
