/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the change gate and the memory save on screens of which is known when
 * their text changes, and what they cost beside the encoding that they save.
 */
#include <math.h>

#include "measure.h"
#include "painting.h"
#include "change/picturecache.h"
#include "change/textgate.h"
#include "base/prefetch.h"
#include "screen.h"

#define SAMPLES 120
#define ROUNDS 41
/* More than any cache has. */
#define EVICTION (64 * 1024 * 1024)

#define THRESHOLD 12
#define MEMORY 16

/* How a screen is at sample @i. */
typedef void (*Develop) (Screen * screen, guint i);

/* One digit changes, and is one that was before once. */
static void
count (Screen * screen, guint i)
{
  static const guint digits[] = { 8, 9, 3, 8, 6, 0 };

  screen->digit = digits[i / 20 % G_N_ELEMENTS (digits)];
}

static void
drift (Screen * screen, guint i)
{
  count (screen, i);
  screen->gain = 1 + 0.08 * sin (i / 9.0);
  screen->offset = 8 * sin (i / 13.0);
}

static void
point (Screen * screen, guint i)
{
  count (screen, i);
  screen->cursor = i / 30;
}

static void
scroll (Screen * screen, guint i)
{
  screen->scrolled = 8 * i;
}

static void
present (Screen * screen, guint i)
{
  static const guint slides[] = { 1, 2, 1, 3, 2, 1, 4, 3, 2, 1, 4, 1 };

  screen->slide = slides[i / 10 % G_N_ELEMENTS (slides)];
}

static const struct
{
  const gchar *name;
  Develop develop;
  gdouble noise;
  gdouble most;                 /* % of the samples that may be sent */
} cases[] = {
  {"a digit changes, no noise", count, 0, 10},
  {"a digit changes, noise 1", count, 1, 10},
  {"a digit changes, noise 2", count, 2, 10},
  {"a digit changes, noise 4", count, 4, 10},
  {"a digit changes, noise 8", count, 8, 10},
  {"exposure drifts, noise 2", drift, 2, 10},
  {"a cursor moves at times, noise 2", point, 2, 10},
  {"text scrolls, noise 2", scroll, 2, 100},
  /* Each of the four slides once. */
  {"slides come back, noise 2", present, 2, 400.0 / SAMPLES},
};

/* Two screens have the same text when this is the same. */
static guint
get_text (const Screen * screen)
{
  return (screen->slide * 10 + screen->digit) * 10000 + screen->scrolled;
}

static KocrRequest *
create_request (guint i, guint text, const GstVideoFrame * frame)
{
  const KocrAsked asked = { .serial = i + 1,
    .pts = text,
    .stream_time = i * GST_SECOND,
    .info = frame->info,
    .settings
    = { .max_dimension = 4096, .format = KOCR_IMAGE_JPEG, .quality = 90 },
    .gate = { .threshold = THRESHOLD, .memory = MEMORY } };

  return kocr_request_new (&asked);
}

static void
run_case (guint index)
{
  KocrPictureCache *memory = kocr_picture_cache_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  GstVideoFrame frame = painting_frame_new (GST_VIDEO_FORMAT_I420, 1920, 1080,
      "bt709");
  MeasureRow row = { .group = "gate",
    .name = cases[index].name,
    .unit = "% sent",
    .held = MEASURE_VALUE,
    .limit = cases[index].most };
  guint n_sent = 0, n_missed = 0;
  g_autofree gchar *missed_name = NULL;

  for (guint i = 0; i < SAMPLES; i++) {
    Screen screen = { .cursor = -1, .gain = 1, .noise = cases[index].noise };
    g_autoptr (KocrRequest) request = NULL;
    g_autoptr (KocrRequest) like = NULL;

    cases[index].develop (&screen, i);
    screen_paint (&screen, random, &frame);
    request = create_request (i, get_text (&screen), &frame);
    kocr_picture_cache_look (memory, request, &frame, &like);
    if (!like) {
      kocr_picture_cache_keep (memory, request);
      n_sent++;
    } else if (like->asked.pts != request->asked.pts) {
      n_missed++;
    }
  }
  gst_video_frame_unmap (&frame);
  kocr_picture_cache_free (memory);
  row.value = 100.0 * n_sent / SAMPLES;
  measure_report (&row);
  missed_name = g_strconcat (cases[index].name, ": missed", NULL);
  row = (MeasureRow){ .group = "gate",
    .name = missed_name,
    .value = n_missed,
    .unit = "samples",
    .held = MEASURE_VALUE,
    .limit = 0 };
  measure_report (&row);
}

typedef struct
{
  KocrPictureCache *memory;
  KocrPictureEncoder *encoder;
  KocrRequest *request;
  GstVideoFrame frame;
  gdouble look_ms[ROUNDS], encode_ms[ROUNDS];
} Sample;

static void
look (Sample * self)
{
  g_autoptr (KocrRequest) like = NULL;

  kocr_picture_cache_look (self->memory, self->request, &self->frame, &like);
  if (!like)
    kocr_picture_cache_keep (self->memory, self->request);
}

static void
encode (Sample * self)
{
  g_autoptr (KocrPicture) picture =
      kocr_picture_encoder_encode (self->encoder, &self->frame,
      &self->request->transfer.settings, NULL);

  g_assert_nonnull (picture);
}

/* The time of @step with none of its data in a cache: memset() writes past
 * them. */
static gdouble
measure_cold (void (*step) (Sample * self), Sample * self,
    volatile guint8 * eviction)
{
  gdouble start;

  for (gsize i = 0; i < EVICTION; i += KOCR_CACHE_LINE)
    eviction[i]++;
  start = measure_thread_ms ();
  step (self);
  return measure_thread_ms () - start;
}

static void
run_cost (void)
{
  g_autofree guint8 *eviction = g_malloc0 (EVICTION);
  MeasureRow row = { .group = "gate",
    .name = "an unchanged 1080p sample, cold",
    .unit = "ms",
    .peer = "the encoding",
    .held = MEASURE_RATIO,
    .limit = 0.1 };
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  Sample sample = {
    .memory = kocr_picture_cache_new (),
    .encoder = kocr_picture_encoder_new (pool),
    .frame = painting_frame_new (GST_VIDEO_FORMAT_I420, 1920, 1080, "bt709"),
  };

  painting_paint (&sample.frame);
  sample.request = create_request (0, 0, &sample.frame);
  for (gint i = -2; i < ROUNDS; i++) {
    sample.look_ms[MAX (i, 0)] = measure_cold (look, &sample, eviction);
    sample.encode_ms[MAX (i, 0)] = measure_cold (encode, &sample, eviction);
  }
  row.value = measure_median (sample.look_ms, ROUNDS);
  row.peer_value = measure_median (sample.encode_ms, ROUNDS);
  measure_report (&row);
  row.held = MEASURE_VALUE;
  row.limit = 0.5;
  measure_report (&row);
  kocr_request_unref (sample.request);
  gst_video_frame_unmap (&sample.frame);
  kocr_picture_encoder_free (sample.encoder);
  kocr_picture_cache_free (sample.memory);
}

/* Of a picture that the gate for pictures has let through. */
static void
run_text_cost (void)
{
  MeasureRow row = { .group = "gate",
    .name = "a 720p sample, its text compared",
    .unit = "ms",
    .held = MEASURE_VALUE,
    .limit = 12 };
  KocrTextGate *gate = kocr_text_gate_new ();
  GstVideoFrame frame = painting_frame_new (GST_VIDEO_FORMAT_I420, 1280, 720,
      "bt709");
  const gint area[4] = { 0, 0, 1280, 720 };
  KocrLumaStore store = { 0 };
  KocrLumaPlane plane;
  gdouble ms[ROUNDS];

  painting_paint (&frame);
  g_assert_true (kocr_luma_plane_of_frame (&plane, &frame, area, &store));
  kocr_text_gate_look (gate, &plane, FALSE, NULL);
  kocr_text_gate_keep (gate);
  for (guint i = 0; i < ROUNDS; i++) {
    ms[i] = measure_thread_ms ();
    kocr_text_gate_look (gate, &plane, FALSE, NULL);
    ms[i] = measure_thread_ms () - ms[i];
  }
  row.value = measure_median (ms, ROUNDS);
  measure_report (&row);
  gst_video_frame_unmap (&frame);
  kocr_luma_store_clear (&store);
  kocr_text_gate_free (gate);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  run_cost ();
  run_text_cost ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    run_case (i);
  return measure_finish ();
}
