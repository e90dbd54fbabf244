/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How well boxes follow the picture, and what that costs: 1080p30, five signs,
 * answers that come 15 frames after their sample and are carried for 30 more.
 *
 *
 *     bench-motion [--dump DIR]
 *
 * --dump leaves the first take's small pictures and boxes for peers to follow.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "motion/corners.h"
#include "measure.h"
#include "motion/motion.h"
#include "movingworld.h"

#define WIDTH 1920
#define HEIGHT 1080
#define LATE 15
#define CARRIED 30
#define FRAMES (LATE + CARRIED + 1)
#define NOISE 2.0
#define DEGREE (G_PI / 180)

typedef struct
{
  const gchar *name;
  gboolean held;                /* panning and zooming pictures */
  WorldGround ground;
  gdouble x, y;                 /* pixels a second */
  gdouble zoom;                 /* a second */
  gdouble turn;                 /* degrees a second */
} Take;

static const Take takes[] = {
  {"pan 100 px/s", TRUE, WORLD_EDGES, 100, 0},
  {"pan 200 px/s", TRUE, WORLD_EDGES, 180, 80},
  {"pan 400 px/s", TRUE, WORLD_EDGES, 390, 90},
  {"pan 400 px/s, soft", FALSE, WORLD_BLOBS, 390, 90},
  {"pan 400 px/s, plain", FALSE, WORLD_FLAT, 390, 90},
  {"zoom 12 %/s", TRUE, WORLD_EDGES, 0, 0, 0.12},
  {"zoom 12 %/s, soft", FALSE, WORLD_BLOBS, 0, 0, 0.12},
  {"zoom out 12 %/s", TRUE, WORLD_EDGES, 0, 0, -0.12},
  {"zoom, pan, turn", TRUE, WORLD_EDGES, 135, 0, 0.12, 4.5},
};

static MovingWorld *
world_new (WorldGround ground)
{
  static const struct
  {
    gdouble x, y;
    const gchar *text;
    gdouble size;
    gint ground;
  } signs[] = {
    {1000, 640, "EXIT 27", 72, 20},
    {1550, 620, "SEOUL 3km", 60, 235},
    {1150, 1000, "P 114", 36, 20},
    {1250, 1160, "No entry", 30, 235},
    {1700, 1000, "OPEN 24h", 48, -1},
  };
  MovingWorld *world = moving_world_new (3600, 1900, ground, 3);

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    moving_world_add_sign (world, signs[i].x, signs[i].y, signs[i].text,
        signs[i].size, signs[i].ground);
  return world;
}

/* The camera looks at the signs in the middle of the take. */
static KocrSimilarity
camera_at (const Take * take, guint frame)
{
  gdouble seconds = frame / 30.0, centred = seconds - FRAMES / 60.0;
  gdouble scale = 1 + take->zoom * seconds;
  gdouble x = 1500 + take->x * centred, y = 900 + take->y * centred;
  KocrSimilarity turned = { scale * cos (take->turn * DEGREE * seconds),
    scale * sin (take->turn * DEGREE * seconds), 0, 0
  };
  KocrPoint middle = kocr_similarity_apply (&turned, (KocrPoint) { x, y });

  turned.u = WIDTH / 2 - middle.x;
  turned.v = HEIGHT / 2 - middle.y;
  return turned;
}

static int
compare (const void *a, const void *b)
{
  gdouble difference = *(const gdouble *) a - *(const gdouble *) b;

  return difference < 0 ? -1 : difference > 0;
}

typedef struct
{
  gdouble mean, worst_tenth, worst, unmoved;
  guint lost;
  gdouble read, follow, begin, catch_up;        /* ms: a frame's, a result's */
} Figures;

typedef struct
{
  KocrLumaPyramid *pictures[FRAMES];
  gdouble truth[FRAMES][8 * WORLD_MAX_SIGNS];
  gdouble read;
} Footage;

static void
shoot (Footage * footage, const Take * take, const MovingWorld * world)
{
  g_autofree guint8 *pixels = g_malloc (WIDTH * HEIGHT * 3 / 2);
  GstBuffer *buffer =
      gst_buffer_new_wrapped_full (0, pixels, WIDTH * HEIGHT * 3 / 2, 0,
      WIDTH * HEIGHT * 3 / 2, NULL, NULL);
  g_autoptr (KocrBlockPool) pool = kocr_block_pool_new ();
  GstVideoFrame frame;
  GstVideoInfo info;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT);
  gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ);
  footage->read = 0;
  for (guint i = 0; i < FRAMES; i++) {
    KocrSimilarity camera = camera_at (take, i);
    gdouble begin;

    moving_world_render (world, &camera, NOISE, i, pixels, WIDTH, HEIGHT,
        WIDTH);
    for (guint s = 0; s < world->n_signs; s++)
      moving_world_get_box (world, &camera, s, &footage->truth[i][8 * s]);
    footage->pictures[i] = kocr_luma_pyramid_new (pool, WIDTH, HEIGHT);
    memset (footage->pictures[i]->levels[0].pixels, 0,
        footage->pictures[i]->size);
    begin = measure_thread_ms ();
    kocr_luma_pyramid_fill (footage->pictures[i], &frame);
    footage->read += (measure_thread_ms () - begin) / FRAMES;
  }
  gst_video_frame_unmap (&frame);
  gst_buffer_unref (buffer);
}

static void
clear_footage (Footage * footage)
{
  for (guint i = 0; i < FRAMES; i++)
    kocr_luma_pyramid_unref (footage->pictures[i]);
}

static void
measure (const Footage * footage, guint n, Figures * figures)
{
  gdouble overlaps[CARRIED * WORLD_MAX_SIGNS], begin;
  KocrMotion *motion;
  guint count = 0, frame = 0;

  *figures = (Figures) {
  .read = footage->read};
  begin = measure_thread_ms ();
  motion = kocr_motion_new (footage->pictures[0], 0, footage->truth[0], n);
  figures->begin = measure_thread_ms () - begin;

  begin = measure_thread_ms ();
  for (guint step = 1; frame < LATE; step = MIN (2 * step, 4)) {
    step = MIN (step, LATE - frame);
    frame += step;
    kocr_motion_follow (motion, footage->pictures[frame], frame);
  }
  figures->catch_up = measure_thread_ms () - begin;

  for (frame = LATE + 1; frame < FRAMES; frame++) {
    const gdouble *boxes;
    const gboolean *lost;

    begin = measure_thread_ms ();
    kocr_motion_follow (motion, footage->pictures[frame], frame);
    figures->follow += (measure_thread_ms () - begin) / CARRIED;
    boxes = kocr_motion_get_boxes (motion);
    lost = kocr_motion_get_lost (motion);
    for (guint i = 0; i < n; i++) {
      const gdouble *truth = footage->truth[frame] + 8 * i;
      gdouble overlap = lost[i] ? 0 : quad_overlap (boxes + 8 * i, truth);

      overlaps[count++] = overlap;
      figures->mean += overlap / (CARRIED * n);
      figures->lost += lost[i];
      figures->unmoved +=
          quad_overlap (footage->truth[0] + 8 * i, truth) / (CARRIED * n);
    }
  }
  kocr_motion_unref (motion);

  qsort (overlaps, count, sizeof *overlaps, compare);
  figures->worst = overlaps[0];
  for (guint i = 0; i < count / 10; i++)
    figures->worst_tenth += overlaps[i] / (count / 10);
}

static void
report (const gchar * what, const Take * take, gdouble value,
    const gchar * unit, gdouble limit, gboolean at_least)
{
  g_autofree gchar *name = g_strdup_printf ("%s, %s", what, take->name);
  MeasureRow row = { .group = "motion",
    .name = name,
    .value = value,
    .unit = unit,
    .held = take->held ? MEASURE_VALUE : MEASURE_UNHELD,
    .limit = limit,
    .at_least = at_least };

  measure_report (&row);
}

/* The small pictures as frame-NN.pgm and the boxes at first, in their pixels.
 */
static void
dump (const Footage * footage, guint n, const gchar * directory)
{
  g_autoptr (GString) boxes = g_string_new (NULL);
  g_autofree gchar *boxes_path = g_build_filename (directory, "boxes", NULL);

  for (guint i = 0; i < FRAMES; i++) {
    const KocrLumaLevel *level = &footage->pictures[i]->levels[0];
    g_autofree gchar *path = g_strdup_printf ("%s/frame-%02u.pgm", directory,
        i);
    FILE *file = fopen (path, "wb");

    fprintf (file, "P5\n%d %d\n255\n", level->width, level->height);
    for (gint y = 0; y < level->height; y++)
      fwrite (level->pixels + (gsize) y * level->stride, 1, level->width, file);
    fclose (file);
  }
  for (guint i = 0; i < 8 * n; i++)
    g_string_append_printf (boxes, "%.2f%c", footage->truth[0][i]
        / footage->pictures[0]->reduction, i % 8 == 7 ? '\n' : ' ');
  g_file_set_contents (boxes_path, boxes->str, -1, NULL);
}

int
main (int argc, char **argv)
{
  g_autofree gchar *directory = NULL;
  GOptionEntry entries[] = {
    {"dump", 0, 0, G_OPTION_ARG_FILENAME, &directory, "Leave pictures", "DIR"},
    {NULL}
  };
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Footage *footage = g_new0 (Footage, 1);
  MovingWorld *worlds[3];

  g_option_context_add_main_entries (options, entries, NULL);
  g_option_context_add_group (options, gst_init_get_option_group ());
  if (!g_option_context_parse (options, &argc, &argv, &error)) {
    fprintf (stderr, "%s\n", error->message);
    return 2;
  }
  for (guint i = 0; i < G_N_ELEMENTS (worlds); i++)
    worlds[i] = world_new (i);

  for (guint i = 0; i < G_N_ELEMENTS (takes); i++) {
    const Take *take = &takes[i];
    MovingWorld *world = worlds[take->ground];
    Figures f;

    shoot (footage, take, world);
    measure (footage, world->n_signs, &f);
    report ("overlap", take, f.mean, "mean", 0.95, TRUE);
    report ("overlap", take, f.worst_tenth, "worst tenth", 0.85, TRUE);
    report ("a frame", take, f.read + f.follow, "ms", 0.65, FALSE);
    report ("of it the flow", take, f.follow, "ms", 0.65, FALSE);
    if (i == 0 && directory)
      dump (footage, world->n_signs, directory);
    clear_footage (footage);
  }
  for (guint i = 0; i < G_N_ELEMENTS (worlds); i++)
    moving_world_free (worlds[i]);
  g_free (footage);
  return measure_finish ();
}
