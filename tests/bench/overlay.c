/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the overlay costs at 1080p, beside textoverlay with the same words and
 * cairooverlay with the same boxes: to draw a result, to find that it is drawn
 * already, to blend it, and all of that for a frame through the element.
 */
#include <string.h>
#include <cairo.h>
#include <gst/check/gstharness.h>
#include "measure.h"
#include "overlay/renderer.h"
#include "mask/fill.h"

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

/* @limit: times textoverlay; 0: none. */
static void
report (const gchar * what, const gchar * name, gdouble ms,
    gdouble reference, gdouble limit)
{
  g_autofree gchar *row_name = g_strdup_printf ("%s, %s", what, name);
  MeasureRow row = { .group = "overlay",
    .name = row_name,
    .value = ms,
    .unit = "ms",
    .peer = "textoverlay",
    .peer_value = reference,
    .held = limit > 0 ? MEASURE_RATIO : MEASURE_UNHELD,
    .limit = limit };

  measure_report (&row);
}

static gdouble
measure_mask (GstVideoFrame *frame, GstBuffer *buffer, KocrMaskFill kind)
{
  const GstKakaoOcrResult *result =
      gst_buffer_get_kakao_ocr_meta (buffer)->result;
  gdouble boxes[N_REGIONS * GST_KAKAO_OCR_BOX_LEN], best = G_MAXDOUBLE;
  gint i;

  for (i = 0; i < N_REGIONS; i++)
    memcpy (&boxes[i * GST_KAKAO_OCR_BOX_LEN],
        gst_kakao_ocr_result_get_region (result, i)->box,
        GST_KAKAO_OCR_BOX_LEN * sizeof (gdouble));
  for (i = 0; i < ROUNDS; i++) {
    gdouble start = measure_thread_ms ();

    kocr_mask_fill_boxes (frame, kind, boxes, N_REGIONS);
    best = MIN (best, measure_thread_ms () - start);
  }
  return best;
}

static void
run (const Case * c, gdouble reference)
{
  KocrOverlayStyle style = { TRUE, TRUE, 0, 0.0, "Noto Sans CJK KR 14" };
  KocrOverlayRenderer *renderer = kocr_overlay_renderer_new ();
  gdouble draw = G_MAXDOUBLE, kept = G_MAXDOUBLE, blend = G_MAXDOUBLE;
  gdouble redact, blur;
  GstVideoFrame mapped;
  GstVideoInfo info;
  GstBuffer *frame;
  gint i;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT);
  kocr_overlay_renderer_set_style (renderer, &style);
  kocr_overlay_renderer_set_frame (renderer, &info, TRUE);
  frame = create_frame (&info, c);
  gst_video_frame_map (&mapped, &info, frame, GST_MAP_READWRITE);

  for (i = 0; i < ROUNDS; i++) {
    GstVideoOverlayComposition *composition;
    gdouble start;

    kocr_overlay_renderer_reset (renderer);
    start = measure_thread_ms ();
    composition = kocr_overlay_renderer_render (renderer, frame);
    draw = MIN (draw, measure_thread_ms () - start);
    gst_video_overlay_composition_unref (composition);

    start = measure_thread_ms ();
    composition = kocr_overlay_renderer_render (renderer, frame);
    kept = MIN (kept, measure_thread_ms () - start);
    start = measure_thread_ms ();
    gst_video_overlay_composition_blend (composition, &mapped);
    blend = MIN (blend, measure_thread_ms () - start);
    gst_video_overlay_composition_unref (composition);
  }
  redact = measure_mask (&mapped, frame, KOCR_MASK_FILL_REDACT);
  blur = measure_mask (&mapped, frame, KOCR_MASK_FILL_BLUR);
  gst_video_frame_unmap (&mapped);
  gst_buffer_unref (frame);
  kocr_overlay_renderer_free (renderer);

  report ("draw a result", c->name, draw, reference,
      c->limited ? MAX_DRAW : 0.0);
  report ("find it drawn", c->name, kept, reference, MAX_KEPT);
  report ("blend", c->name, blend, reference, c->limited ? MAX_BLEND : 0.0);
  report ("redact", c->name, redact, reference, 0.0);
  report ("blur", c->name, blur, reference, 0.0);
}

/* A frame through @h, with what it costs the harness to pass it, which is some
 * microseconds; the best of the rounds. */
static gdouble
pass_frames (GstHarness * h)
{
  gdouble best = G_MAXDOUBLE;
  GstVideoInfo info;

  gst_harness_set_src_caps_str (h,
      "video/x-raw,format=I420,width=1920,height=1080,framerate=25/1");
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT);
  for (gint i = 0; i < ROUNDS; i++) {
    GstBuffer *frame = create_frame (&info, &cases[0]);
    gdouble start;

    GST_BUFFER_PTS (frame) = i * 40 * GST_MSECOND;
    GST_BUFFER_DURATION (frame) = 40 * GST_MSECOND;
    start = measure_thread_ms ();
    frame = gst_harness_push_and_pull (h, frame);
    best = MIN (best, measure_thread_ms () - start);
    gst_buffer_unref (frame);
  }
  gst_harness_teardown (h);
  return best;
}

static gdouble
run_textoverlay (void)
{
  GstHarness *h = gst_harness_new_with_padnames ("textoverlay", "video_sink",
      "src");
  g_autoptr (GString) text = g_string_new (NULL);

  for (gint i = 0; i < N_REGIONS; i++)
    g_string_append_printf (text, "%s%c", words[i], i % 5 == 4 ? '\n' : ' ');
  g_object_set (h->element, "text", text->str, "font-desc",
      "Noto Sans CJK KR 14", NULL);
  return pass_frames (h);
}

static void
draw_boxes (GstElement * element, cairo_t * cairo, guint64 time,
    guint64 duration, gpointer data)
{
  const Case *c = &cases[0];

  cairo_set_line_width (cairo, 2);
  for (gint i = 0; i < N_REGIONS; i++)
    cairo_rectangle (cairo, 40 + i % c->columns * c->x_step,
        60 + i / c->columns * c->y_step, c->width, c->height);
  cairo_stroke (cairo);
}

static gdouble
run_cairooverlay (void)
{
  GstHarness *h = gst_harness_new_parse ("videoconvert ! cairooverlay name=c ! "
      "videoconvert");
  g_autoptr (GstElement) overlay =
      gst_bin_get_by_name (GST_BIN (h->element), "c");

  gst_harness_set_sink_caps_str (h, "video/x-raw,format=I420");
  g_signal_connect (overlay, "draw", G_CALLBACK (draw_boxes), NULL);
  return pass_frames (h);
}

int
main (int argc, char **argv)
{
  MeasureRow row = { .group = "overlay", .unit = "ms" };

  gst_init (&argc, &argv);
  row.name = "a frame through the element";
  row.value = pass_frames (gst_harness_new ("kakaoocroverlay"));
  row.peer = "cairooverlay, boxes alone";
  row.peer_value = run_cairooverlay ();
  measure_report (&row);
  row.peer = "textoverlay";
  row.peer_value = run_textoverlay ();
  measure_report (&row);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    run (&cases[i], row.peer_value);
  return measure_finish ();
}
