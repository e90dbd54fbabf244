/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/edges.h"

#include "track/sampletimes.h"

#define MAX_EDGES 1024

typedef struct
{
  guint64 track;
  GstKakaoOcrTextEdge edge;
  GstClockTime time;
} Edge;

void
kocr_edges_init (KocrEdges *self)
{
  self->n_old = 0;
  self->told = g_array_new (FALSE, FALSE, sizeof (Edge));
}

void
kocr_edges_clear (KocrEdges *self)
{
  g_array_unref (self->told);
}

void
kocr_edges_forget (KocrEdges *self)
{
  g_array_set_size (self->told, 0);
  self->n_old = 0;
}

void
kocr_edges_tell (KocrEdges *self, guint64 track, GstKakaoOcrTextEdge edge,
    GstClockTime time)
{
  const Edge told = { track, edge, time };

  if (self->told->len == MAX_EDGES) {
    g_array_remove_index (self->told, 0);
    self->n_old -= MIN (self->n_old, 1);
  }
  g_array_append_val (self->told, told);
}

void
kocr_edges_pass_on (KocrEdges *self, guint64 track, guint64 other)
{
  for (guint i = self->n_old; i < self->told->len; i++) {
    Edge *told = &g_array_index (self->told, Edge, i);

    if (told->track == track)
      told->track = other;
  }
}

static const Edge *
get (const KocrEdges *self, guint i)
{
  return &g_array_index (self->told, Edge, i);
}

/* Whether nothing of it is asked for once its sample is over. */
static gboolean
is_of_one_sample (GstKakaoOcrTextEdge edge)
{
  return edge == GST_KAKAO_OCR_TEXT_EDGE_STAYED
         || edge == GST_KAKAO_OCR_TEXT_EDGE_UNCLEAR;
}

void
kocr_edges_end_sample (KocrEdges *self)
{
  for (guint i = self->told->len; i-- > self->n_old;)
    if (is_of_one_sample (get (self, i)->edge))
      g_array_remove_index (self->told, i);
  self->n_old = self->told->len;
}

/* The newest from @first on; NULL: there is none. */
static const Edge *
find (const KocrEdges *self, guint first, guint64 track,
    GstKakaoOcrTextEdge edge)
{
  for (guint i = self->told->len; i-- > first;)
    if (get (self, i)->track == track && get (self, i)->edge == edge)
      return get (self, i);
  return NULL;
}

/* The same, NONE: there is none. */
static GstClockTime
find_time (const KocrEdges *self, guint first, guint64 track,
    GstKakaoOcrTextEdge edge, GstClockTime after, GstClockTime until)
{
  for (guint i = self->told->len; i-- > first;) {
    const Edge *told = get (self, i);

    if (told->track == track && told->edge == edge
        && GST_CLOCK_TIME_IS_VALID (after) && told->time > after
        && told->time <= until)
      return told->time;
  }
  return GST_CLOCK_TIME_NONE;
}

gboolean
kocr_edges_was_told_new (
    const KocrEdges *self, guint64 track, GstKakaoOcrTextEdge edge)
{
  return find (self, self->n_old, track, edge) != NULL;
}

GstClockTime
kocr_edges_find_new (const KocrEdges *self, guint64 track,
    GstKakaoOcrTextEdge edge, GstClockTime after, GstClockTime until)
{
  return find_time (self, self->n_old, track, edge, after, until);
}

gboolean
kocr_edges_has_passed (const KocrEdges *self, guint64 track)
{
  return find (self, 0, track, GST_KAKAO_OCR_TEXT_EDGE_PASSED) != NULL;
}

static GstClockTime
find_change (const KocrEdges *self, guint64 track, GstClockTime after,
    GstClockTime until)
{
  return find_time (
      self, 0, track, GST_KAKAO_OCR_TEXT_EDGE_CHANGED, after, until);
}

gboolean
kocr_edges_has_changed (const KocrEdges *self, guint64 track,
    GstClockTime after, GstClockTime until)
{
  return GST_CLOCK_TIME_IS_VALID (find_change (self, track, after, until));
}

GstClockTime
kocr_edges_find_change (const KocrEdges *self, guint64 track,
    GstClockTime after, GstClockTime until)
{
  GstClockTime time = find_change (self, track, after, until);

  return GST_CLOCK_TIME_IS_VALID (time) ? time
                                        : kocr_time_between (after, until);
}
