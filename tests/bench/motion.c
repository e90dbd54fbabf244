/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * How well boxes follow the picture, and what that costs: 1080p30, five signs,
 * answers that come 15 frames after their sample and are carried for 30 more.
 *
 * Prints a table; each row once more as a line of JSON to the file that
 * --json names. --dump DIR leaves the pictures and points that peers are
 * measured on.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "corners.h"
#include "motion.h"
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
  WorldGround ground;
  gdouble x, y;                 /* pixels a second */
  gdouble zoom;                 /* a second */
  gdouble turn;                 /* degrees a second */
} Take;

static const Take takes[] = {
  {"pan 100 px/s", WORLD_EDGES, 100, 0},
  {"pan 200 px/s", WORLD_EDGES, 180, 80},
  {"pan 400 px/s", WORLD_EDGES, 390, 90},
  {"pan 400 px/s, soft", WORLD_BLOBS, 390, 90},
  {"pan 400 px/s, plain", WORLD_FLAT, 390, 90},
  {"zoom 12 %/s", WORLD_EDGES, 0, 0, 0.12},
  {"zoom 12 %/s, soft", WORLD_BLOBS, 0, 0, 0.12},
  {"zoom out 12 %/s", WORLD_EDGES, 0, 0, -0.12},
  {"zoom, pan, turn", WORLD_EDGES, 135, 0, 0.12, 4.5},
};

static gdouble
cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

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
  KocrSimilarity turned =
      { scale * cos (take->turn * DEGREE * seconds),
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
    footage->pictures[i] = kocr_luma_pyramid_new (WIDTH, HEIGHT);
    memset (footage->pictures[i]->levels[0].pixels, 0,
        footage->pictures[i]->size);
    begin = cpu_ms ();
    kocr_luma_pyramid_fill (footage->pictures[i], &frame);
    footage->read += (cpu_ms () - begin) / FRAMES;
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

  *figures = (Figures) {.read = footage->read };
  begin = cpu_ms ();
  motion = kocr_motion_new (footage->pictures[0], 0, footage->truth[0], n);
  figures->begin = cpu_ms () - begin;

  begin = cpu_ms ();
  for (guint step = 1; frame < LATE; step = MIN (2 * step, 4)) {
    step = MIN (step, LATE - frame);
    frame += step;
    kocr_motion_follow (motion, footage->pictures[frame], frame);
  }
  figures->catch_up = cpu_ms () - begin;

  for (frame = LATE + 1; frame < FRAMES; frame++) {
    const gdouble *boxes;
    const gboolean *lost;

    begin = cpu_ms ();
    kocr_motion_follow (motion, footage->pictures[frame], frame);
    figures->follow += (cpu_ms () - begin) / CARRIED;
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
print (FILE * json, const gchar * name, const Figures * f)
{
  printf ("%-20s %.3f   %.3f  %.3f  %.2f  %4u | %.3f  %.3f  %.2f  %.2f\n",
      name, f->mean, f->worst_tenth, f->worst, f->unmoved, f->lost, f->read,
      f->follow, f->begin, f->catch_up);
  if (json)
    fprintf (json, "{\"bench\":\"motion\",\"row\":\"%s\",\"overlap\":%.4f,"
        "\"overlap_worst_tenth\":%.4f,\"overlap_worst\":%.4f,"
        "\"overlap_unmoved\":%.4f,\"lost\":%u,\"read_ms\":%.4f,"
        "\"follow_ms\":%.4f,\"frame_ms\":%.4f,\"begin_ms\":%.4f,"
        "\"catch_up_ms\":%.4f}\n",
        name, f->mean, f->worst_tenth, f->worst, f->unmoved, f->lost, f->read,
        f->follow, f->read + f->follow, f->begin, f->catch_up);
}

int
main (int argc, char **argv)
{
  g_autofree gchar *json_name = NULL, *dump = NULL;
  GOptionEntry entries[] = {
    {"json", 0, 0, G_OPTION_ARG_FILENAME, &json_name, "Append rows", "FILE"},
    {"dump", 0, 0, G_OPTION_ARG_FILENAME, &dump, "Leave pictures", "DIR"},
    {NULL}
  };
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Footage *footage = g_new0 (Footage, 1);
  MovingWorld *worlds[3];
  FILE *json = NULL;

  g_option_context_add_main_entries (options, entries, NULL);
  g_option_context_add_group (options, gst_init_get_option_group ());
  if (!g_option_context_parse (options, &argc, &argv, &error)) {
    fprintf (stderr, "%s\n", error->message);
    return 2;
  }
  if (json_name)
    json = fopen (json_name, "a");
  for (guint i = 0; i < G_N_ELEMENTS (worlds); i++)
    worlds[i] = world_new (i);

  printf ("%-20s mean  tenth  worst  unmoved lost | read  follow "
      "first  catch-up (ms of CPU)\n", "overlap");
  for (guint i = 0; i < G_N_ELEMENTS (takes); i++) {
    MovingWorld *world = worlds[takes[i].ground];
    Figures figures;

    shoot (footage, &takes[i], world);
    measure (footage, world->n_signs, &figures);
    print (json, takes[i].name, &figures);
    clear_footage (footage);
  }
  for (guint i = 0; i < G_N_ELEMENTS (worlds); i++)
    moving_world_free (worlds[i]);
  if (json)
    fclose (json);
  g_free (footage);
  return 0;
}
