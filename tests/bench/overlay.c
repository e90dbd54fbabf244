/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the overlay costs at 1080p, beside textoverlay with the same words: to
 * draw a result, to find that it is drawn already, and to blend it. CPU time,
 * the best of the rounds; exits with 1 when a ratio is over its limit.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <gst/check/gstharness.h>
#include "overlayrenderer.h"

#define WIDTH 1920
#define HEIGHT 1080
#define N_REGIONS 30
#define ROUNDS 61

/* Times what textoverlay takes for a frame, which is 3.8 ms where drawing is to
 * take 1 and blending 3.5. */
#define MAX_DRAW (1.0 / 3.8)
#define MAX_BLEND (3.5 / 3.8)
#define MAX_KEPT (0.02 / 3.8)

static const gchar *const words[N_REGIONS] = {
  "매출은", "전년", "대비", "12.4", "증가", "Operating", "profit",
  "rose",
  "to", "38.2", "신규", "고객", "15,000명", "확보", "목표", "Cloud",
  "and",
  "AI", "services", "drive", "해외", "비중은", "31", "로", "확대",
  "Next:",
  "launch", "in", "Japan", "soon",
};

typedef struct
{
  const gchar *name;
  gint columns;
  gdouble x_step, y_step, width, height;
  gdouble tilt;                 /* of a word's end against its beginning */
  gboolean limited;
} Case;

static const Case cases[] = {
  {"30 words in 6 lines", 5, 150, 120, 135, 40, 0, TRUE},
  {"30 labels of a word", 5, 370, 170, 135, 40, 0, TRUE},
  {"30 tilted labels of a word", 5, 370, 170, 135, 40, 30, FALSE},
  {"30 big words in 6 lines", 5, 350, 160, 330, 100, 0, FALSE},
};

static gdouble
cpu_ms (void)
{
  struct timespec t;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static GstBuffer *
create_frame (const GstVideoInfo * info, const Case * c)
{
  GstBuffer *frame = gst_buffer_new_allocate (NULL, info->size, NULL);
  GstKakaoOcrRegion regions[N_REGIONS] = { {NULL,}, };
  GstKakaoOcrResult *result;
  gint i;

  gst_buffer_memset (frame, 0, 0x60, info->size);
  for (i = 0; i < N_REGIONS; i++) {
    gdouble x = 40 + i % c->columns * c->x_step;
    gdouble y = 60 + i / c->columns * c->y_step;
    gdouble box[8] = { x, y, x + c->width, y + c->tilt, x + c->width,
      y + c->tilt + c->height, x, y + c->height
    };

    regions[i].text = (gchar *) words[i];
    memcpy (regions[i].box, box, sizeof (box));
  }
  result = gst_kakao_ocr_result_new (0, info->width, info->height, regions,
      N_REGIONS, FALSE, 0);
  gst_buffer_add_kakao_ocr_meta (frame, result);
  gst_kakao_ocr_result_unref (result);
  return frame;
}

/* @ratio: the limit; 0: none. */
static gboolean
report (const gchar * what, gdouble ms, gdouble reference, gdouble ratio)
{
  gboolean over = ratio > 0.0 && ms > ratio * reference;

  printf ("  %-20s %7.3f ms  %5.3f x%s\n", what, ms, ms / reference,
      over ? "   OVER THE LIMIT" : "");
  return !over;
}

static gboolean
run (const Case * c, gdouble reference)
{
  OverlayStyle style = { TRUE, TRUE, 0, 0.0, "Noto Sans CJK KR 14" };
  OverlayRenderer *renderer = overlay_renderer_new ();
  gdouble draw = G_MAXDOUBLE, kept = G_MAXDOUBLE, blend = G_MAXDOUBLE;
  GstVideoFrame mapped;
  GstVideoInfo info;
  GstBuffer *frame;
  gboolean ok;
  gint i;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT);
  overlay_renderer_set_style (renderer, &style);
  overlay_renderer_set_frame (renderer, &info, TRUE);
  frame = create_frame (&info, c);
  gst_video_frame_map (&mapped, &info, frame, GST_MAP_READWRITE);

  for (i = 0; i < ROUNDS; i++) {
    GstVideoOverlayComposition *composition;
    gdouble start;

    overlay_renderer_reset (renderer);
    start = cpu_ms ();
    composition = overlay_renderer_render (renderer, frame);
    draw = MIN (draw, cpu_ms () - start);
    gst_video_overlay_composition_unref (composition);

    start = cpu_ms ();
    composition = overlay_renderer_render (renderer, frame);
    kept = MIN (kept, cpu_ms () - start);
    start = cpu_ms ();
    gst_video_overlay_composition_blend (composition, &mapped);
    blend = MIN (blend, cpu_ms () - start);
    gst_video_overlay_composition_unref (composition);
  }
  gst_video_frame_unmap (&mapped);
  gst_buffer_unref (frame);
  overlay_renderer_free (renderer);

  printf ("%s\n", c->name);
  ok = report ("draw a result", draw, reference, c->limited ? MAX_DRAW : 0.0);
  ok &= report ("find it drawn", kept, reference, MAX_KEPT);
  ok &= report ("blend", blend, reference, c->limited ? MAX_BLEND : 0.0);
  return ok;
}

/* With what it costs the harness to pass a frame, which is some
 * microseconds. */
static gdouble
run_textoverlay (void)
{
  GstHarness *h = gst_harness_new_with_padnames ("textoverlay", "video_sink",
      "src");
  GString *text = g_string_new (NULL);
  gdouble best = G_MAXDOUBLE;
  GstVideoInfo info;
  gint i;

  for (i = 0; i < N_REGIONS; i++)
    g_string_append_printf (text, "%s%c", words[i], i % 5 == 4 ? '\n' : ' ');
  g_object_set (h->element, "text", text->str, "font-desc",
      "Noto Sans CJK KR 14", NULL);
  gst_harness_set_src_caps_str (h,
      "video/x-raw,format=I420,width=1920,height=1080,framerate=25/1");
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT);
  for (i = 0; i < ROUNDS; i++) {
    GstBuffer *frame = create_frame (&info, &cases[0]);
    gdouble start;

    GST_BUFFER_PTS (frame) = i * 40 * GST_MSECOND;
    GST_BUFFER_DURATION (frame) = 40 * GST_MSECOND;
    start = cpu_ms ();
    frame = gst_harness_push_and_pull (h, frame);
    best = MIN (best, cpu_ms () - start);
    gst_buffer_unref (frame);
  }
  gst_harness_teardown (h);
  g_string_free (text, TRUE);
  printf ("textoverlay, the words of the first case\n");
  report ("a frame", best, best, 0.0);
  return best;
}

int
main (int argc, char **argv)
{
  gdouble reference;
  gboolean ok = TRUE;
  guint i;

  gst_init (&argc, &argv);
  reference = run_textoverlay ();
  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    ok &= run (&cases[i], reference);
  return ok ? 0 : 1;
}
