/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crop/bestshot.h"

#include <string.h>

/* Readings of one text that are kept apart: the right one and some slips. */
#define MAX_READINGS 4

/* A sample may miss a text that is there; two do not. */
#define MISSED 2

/* Sights of one reading that are nearer than this show the same. */
#define SPACING (200 * GST_MSECOND)

/* A text that grew was the whole of what it is now. One reading alone may be
 * longer for what is not there. */
#define MIN_GROWN 2

typedef struct
{
  gchar *text;
  guint n_sights;
  GstClockTime last;            /* time of the last sight */
  gdouble sharpness;            /* of the best one */
  GstBuffer *picture;
  GstVideoInfo info;
} Reading;

typedef struct
{
  guint producer;
  guint64 track;
  GstClockTime first;           /* time of the first sight */
  guint missed;                 /* samples in a row */
  gboolean seen;                /* in the sample that is told of */
  Reading readings[MAX_READINGS];
  guint n_readings;
} Shot;

struct _KocrCropShots
{
  GPtrArray *shots;             /* of Shot, in the order of their first sight */
};

static void
reading_clear (Reading * reading)
{
  g_free (reading->text);
  gst_clear_buffer (&reading->picture);
}

static void
shot_free (gpointer data)
{
  Shot *shot = data;

  for (guint i = 0; i < shot->n_readings; i++)
    reading_clear (&shot->readings[i]);
  g_free (shot);
}

KocrCropShots *
kocr_crop_shots_new (void)
{
  KocrCropShots *self = g_new0 (KocrCropShots, 1);

  self->shots = g_ptr_array_new_with_free_func (shot_free);
  return self;
}

void
kocr_crop_shots_free (KocrCropShots * self)
{
  g_ptr_array_unref (self->shots);
  g_free (self);
}

void
kocr_crop_shots_clear (KocrCropShots * self)
{
  g_ptr_array_set_size (self->shots, 0);
}

gboolean
kocr_crop_shots_are_empty (const KocrCropShots * self)
{
  return self->shots->len == 0;
}

static Shot *
find_shot (const KocrCropShots * self, guint producer, guint64 track)
{
  for (guint i = 0; i < self->shots->len; i++) {
    Shot *shot = g_ptr_array_index (self->shots, i);

    if (shot->producer == producer && shot->track == track)
      return shot;
  }
  return NULL;
}

static Reading *
find_reading (Shot * shot, const gchar * text)
{
  for (guint i = 0; i < shot->n_readings; i++)
    if (g_str_equal (shot->readings[i].text, text))
      return &shot->readings[i];
  return NULL;
}

/* --- How good a picture is --- */

/* The mean square of the steps from pixel to pixel, both ways: what fades has
 * lower steps, what is blurred has them spread, which makes their squares
 * less. */
static gdouble
measure_sharpness (GstBuffer * picture, const GstVideoInfo * info)
{
  gint width = GST_VIDEO_INFO_WIDTH (info);
  gint height = GST_VIDEO_INFO_HEIGHT (info);
  gint stride = GST_VIDEO_INFO_PLANE_STRIDE (info, 0);
  guint64 sum = 0;
  GstMapInfo map;

  if (!gst_buffer_map (picture, &map, GST_MAP_READ))
    return 0.0;
  for (gint y = 0; y + 1 < height; y++) {
    const guint8 *row = map.data + (gsize) y * stride;

    for (gint x = 0; x + 3 < 3 * width; x++) {
      gint across = row[x + 3] - row[x], down = row[x + stride] - row[x];

      sum += across * across + down * down;
    }
  }
  gst_buffer_unmap (picture, &map);
  return (gdouble) sum / ((gdouble) width * height);
}

/* How many sights speak for @reading: its own, and those of what it grew
 * from. */
static guint
count_votes (const Shot * shot, const Reading * reading)
{
  guint votes = reading->n_sights;

  for (guint i = 0; i < shot->n_readings; i++) {
    const Reading *other = &shot->readings[i];

    if (other != reading && reading->n_sights >= MIN_GROWN
        && strstr (reading->text, other->text))
      votes += other->n_sights;
  }
  return votes;
}

/* The order is from the best on. */
static gint
compare (const Shot * shot, const Reading * a, const Reading * b)
{
  guint a_votes = count_votes (shot, a), b_votes = count_votes (shot, b);

  if (a_votes != b_votes)
    return a_votes > b_votes ? -1 : 1;
  return a->sharpness > b->sharpness ? -1 : a->sharpness < b->sharpness;
}

static Reading *
find_extreme (Shot * shot, gint sign)
{
  Reading *found = &shot->readings[0];

  for (guint i = 1; i < shot->n_readings; i++)
    if (sign * compare (shot, &shot->readings[i], found) < 0)
      found = &shot->readings[i];
  return found;
}

/* --- In and out --- */

gboolean
kocr_crop_shots_want (const KocrCropShots * self, guint producer, guint64 track,
    const gchar * text, GstClockTime time)
{
  Shot *shot = find_shot (self, producer, track);
  const Reading *reading;

  if (!shot)
    return FALSE;
  shot->seen = TRUE;
  reading = find_reading (shot, text);
  return !reading || !GST_CLOCK_TIME_IS_VALID (time)
      || time < reading->last || time - reading->last >= SPACING;
}

static Reading *
add_reading (Shot * shot, const gchar * text)
{
  Reading *reading;

  if (shot->n_readings < MAX_READINGS) {
    reading = &shot->readings[shot->n_readings++];
  } else {
    reading = find_extreme (shot, -1);
    reading_clear (reading);
  }
  memset (reading, 0, sizeof *reading);
  reading->text = g_strdup (text);
  return reading;
}

void
kocr_crop_shots_offer (KocrCropShots * self, guint producer, guint64 track,
    const gchar * text, GstClockTime time, GstBuffer * picture,
    const GstVideoInfo * info)
{
  gdouble sharpness = measure_sharpness (picture, info);
  Shot *shot = find_shot (self, producer, track);
  Reading *reading;

  if (!shot) {
    shot = g_new0 (Shot, 1);
    shot->producer = producer;
    shot->track = track;
    shot->first = time;
    g_ptr_array_add (self->shots, shot);
  }
  shot->seen = TRUE;
  reading = find_reading (shot, text);
  if (!reading)
    reading = add_reading (shot, text);
  reading->n_sights++;
  reading->last = time;
  if (reading->picture && sharpness <= reading->sharpness) {
    gst_buffer_unref (picture);
    return;
  }
  gst_clear_buffer (&reading->picture);
  reading->picture = picture;
  reading->info = *info;
  reading->sharpness = sharpness;
}

void
kocr_crop_shots_end_sample (KocrCropShots * self, guint producer)
{
  for (guint i = 0; i < self->shots->len; i++) {
    Shot *shot = g_ptr_array_index (self->shots, i);

    if (shot->producer != producer)
      continue;
    shot->missed = shot->seen ? 0 : shot->missed + 1;
    shot->seen = FALSE;
  }
}

static gboolean
take (KocrCropShots *self, guint i, const gchar *reason, KocrCropBest *best)
{
  Shot *shot = g_ptr_array_index (self->shots, i);
  Reading *reading = find_extreme (shot, 1);

  best->picture = g_steal_pointer (&reading->picture);
  best->info = reading->info;
  best->track = shot->track;
  best->reason = reason;
  g_ptr_array_remove_index (self->shots, i);
  return TRUE;
}

/* Why the picture of @shot is due; NULL: it is not. Times that went back are of
 * another line, on which nobody waited. */
static const gchar *
find_reason (const Shot *shot, GstClockTime time, GstClockTime max_wait)
{
  if (shot->missed >= MISSED)
    return "its text is gone";
  if (!GST_CLOCK_TIME_IS_VALID (time)
      || !GST_CLOCK_TIME_IS_VALID (shot->first))
    return NULL;
  if (time < shot->first)
    return "times went back";
  return time - shot->first >= max_wait ? "it waited for max-wait" : NULL;
}

gboolean
kocr_crop_shots_pop (KocrCropShots *self, GstClockTime time,
    GstClockTime max_wait, KocrCropBest *best)
{
  for (guint i = 0; i < self->shots->len; i++) {
    const gchar *reason
        = find_reason (g_ptr_array_index (self->shots, i), time, max_wait);

    if (reason)
      return take (self, i, reason, best);
  }
  return FALSE;
}

gboolean
kocr_crop_shots_pop_any (KocrCropShots *self, KocrCropBest *best)
{
  return self->shots->len > 0 && take (self, 0, "the stream ends", best);
}
