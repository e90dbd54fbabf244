/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/edges.h"

#include "track/sampletimes.h"

#define MAX_EDGES 1024

typedef struct
{
  guint64 track;
  GstClockTime time;
} Edge;

void
kocr_edges_init (KocrEdges * self)
{
  self->n_old = 0;
  self->told = g_array_new (FALSE, FALSE, sizeof (Edge));
  self->steady = g_array_new (FALSE, FALSE, sizeof (guint64));
}

void
kocr_edges_clear (KocrEdges * self)
{
  g_array_unref (self->told);
  g_array_unref (self->steady);
}

void
kocr_edges_forget (KocrEdges * self)
{
  g_array_set_size (self->told, 0);
  kocr_edges_end_sample (self);
}

void
kocr_edges_tell (KocrEdges * self, guint64 track, GstClockTime time)
{
  const Edge edge = { track, time };

  if (self->told->len == MAX_EDGES) {
    g_array_remove_index (self->told, 0);
    self->n_old -= MIN (self->n_old, 1);
  }
  g_array_append_val (self->told, edge);
}

void
kocr_edges_tell_steady (KocrEdges * self, guint64 track)
{
  if (self->steady->len < MAX_EDGES)
    g_array_append_val (self->steady, track);
}

gboolean
kocr_edges_is_steady (const KocrEdges * self, guint64 track)
{
  for (guint i = 0; i < self->steady->len; i++) {
    if (g_array_index (self->steady, guint64, i) == track)
      return TRUE;
  }
  return FALSE;
}

void
kocr_edges_end_sample (KocrEdges * self)
{
  g_array_set_size (self->steady, 0);
  self->n_old = self->told->len;
}

/* Of those from @first on. */
static const Edge *
find (const KocrEdges * self, guint first, guint64 track, GstClockTime after,
    GstClockTime until)
{
  for (guint i = self->told->len; i-- > first;) {
    const Edge *edge = &g_array_index (self->told, Edge, i);

    if (edge->track == track && GST_CLOCK_TIME_IS_VALID (after)
        && edge->time > after && edge->time <= until)
      return edge;
  }
  return NULL;
}

gboolean
kocr_edges_was_told (const KocrEdges * self, guint64 track, GstClockTime after,
    GstClockTime until)
{
  return find (self, 0, track, after, until) != NULL;
}

gboolean
kocr_edges_has_passed (const KocrEdges * self, guint64 track,
    GstClockTime time)
{
  return time > 0 && find (self, 0, track, time - 1, time) != NULL;
}

GstClockTime
kocr_edges_find (const KocrEdges * self, guint64 track, GstClockTime after,
    GstClockTime until)
{
  const Edge *edge = find (self, 0, track, after, until);

  return edge ? edge->time : kocr_time_between (after, until);
}

GstClockTime
kocr_edges_find_new (const KocrEdges * self, guint64 track, GstClockTime after,
    GstClockTime until)
{
  const Edge *edge = find (self, self->n_old, track, after, until);

  return edge ? edge->time : GST_CLOCK_TIME_NONE;
}
