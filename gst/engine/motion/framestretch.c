/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "motion/framestretch.h"

#include "motion/textjump.h"
#include "motion/textpassage.h"
#include "motion/textstay.h"

/* What anyone can read is there for longer. */
#define LEAST_STAND (250 * GST_MSECOND)

struct _KocrFrameStretch
{
  GPtrArray *pictures;          /* of KocrLumaPyramid; empty: one of the samples
                                 * was not looked at */
  GArray *times;                /* of them */
  guint first;                  /* of them, the first sample's */
  GstClockTime from;
  GstClockTime next;            /* of the second sample, if nothing is between */
};

KocrFrameStretch *
kocr_frame_stretch_new (GstClockTime from, GstClockTime to, gboolean is_next)
{
  KocrFrameStretch *self = g_new0 (KocrFrameStretch, 1);

  self->pictures = g_ptr_array_new_with_free_func (
      (GDestroyNotify)kocr_luma_pyramid_unref);
  self->times = g_array_new (FALSE, FALSE, sizeof (GstClockTime));
  self->from = from;
  self->next = is_next ? to : GST_CLOCK_TIME_NONE;
  return self;
}

void
kocr_frame_stretch_free (KocrFrameStretch *self)
{
  g_ptr_array_unref (self->pictures);
  g_array_unref (self->times);
  g_free (self);
}

void
kocr_frame_stretch_add (KocrFrameStretch *self, KocrLumaPyramid *picture,
    GstClockTime pts, gboolean is_first)
{
  if (is_first)
    self->first = self->pictures->len;
  g_ptr_array_add (self->pictures, kocr_luma_pyramid_ref (picture));
  g_array_append_val (self->times, pts);
}

GstClockTime
kocr_frame_stretch_get_from (const KocrFrameStretch *self)
{
  return self->from;
}

static KocrTextPictures
get_pictures (const KocrFrameStretch *self)
{
  return (KocrTextPictures) { (KocrLumaPyramid *const *)self->pictures->pdata,
    self->pictures->len, self->first };
}

static GstClockTime
get_time (const KocrFrameStretch *self, guint i)
{
  return g_array_index (self->times, GstClockTime, i);
}

/* Of a picture that is no first one, or is none. */
static GstClockTime
get_time_if_any (const KocrFrameStretch *self, guint i)
{
  return i > 0 ? get_time (self, i) : GST_CLOCK_TIME_NONE;
}

/* 0: it is not known. */
static guint
find_edge (const KocrTextPictures *pictures, const gdouble box[8],
    KocrFrameEdge edge)
{
  guint came, began;
  KocrTextJump jump;

  switch (edge) {
    case KOCR_FRAME_EDGE_BEGAN:
      came = kocr_text_edge_find (pictures, box, KOCR_TEXT_CAME);
      began = kocr_text_edge_find_beginning (pictures, box);
      return came > 0 && began > 0 ? MIN (came, began) : came;
    case KOCR_FRAME_EDGE_CAME:
      return kocr_text_edge_find (pictures, box, KOCR_TEXT_CAME);
    case KOCR_FRAME_EDGE_WENT:
      return kocr_text_edge_find (pictures, box, KOCR_TEXT_WENT);
    case KOCR_FRAME_EDGE_CHANGED:
      return kocr_text_edge_find (pictures, box, KOCR_TEXT_CHANGED);
    case KOCR_FRAME_EDGE_ROSE:
      return kocr_text_edge_find_rise (pictures, box);
    case KOCR_FRAME_EDGE_FELL:
      return kocr_text_edge_find_fall (pictures, box);
    case KOCR_FRAME_EDGE_JUMPED:
      kocr_text_jump_find (pictures, box, &jump);
      return jump.first;
    case KOCR_FRAME_EDGE_JUMPED_LAST:
      kocr_text_jump_find (pictures, box, &jump);
      return jump.last;
  }
  return 0;
}

/* Whether @edge is asked for of texts that may have none. */
static gboolean
may_not_be (KocrFrameEdge edge)
{
  return edge == KOCR_FRAME_EDGE_ROSE || edge == KOCR_FRAME_EDGE_FELL
         || edge == KOCR_FRAME_EDGE_JUMPED
         || edge == KOCR_FRAME_EDGE_JUMPED_LAST;
}

GstClockTime
kocr_frame_stretch_find_edge (
    const KocrFrameStretch *self, const gdouble box[8], KocrFrameEdge edge)
{
  const KocrTextPictures pictures = get_pictures (self);
  guint i = pictures.n > 0 ? find_edge (&pictures, box, edge) : 0;

  if (i > 0)
    return get_time (self, i);
  return may_not_be (edge) ? GST_CLOCK_TIME_NONE : self->next;
}

void
kocr_frame_stretch_find_passages (const KocrFrameStretch *self,
    const gdouble *boxes, guint n, gboolean comes, KocrFramePassage *passages)
{
  const KocrTextPictures pictures = get_pictures (self);
  g_autofree KocrTextPassage *found = g_new0 (KocrTextPassage, n);

  if (pictures.n > 0 && comes)
    kocr_text_passage_find_entries (&pictures, boxes, n, found);
  else if (pictures.n > 0)
    kocr_text_passage_find_exits (&pictures, boxes, n, found);
  for (guint i = 0; i < n; i++)
    passages[i] = (KocrFramePassage){ get_time_if_any (self, found[i].at),
      found[i].stays, get_time_if_any (self, found[i].leapt) };
}

KocrTextLook
kocr_frame_stretch_compare (
    const KocrFrameStretch *self, const gdouble box[8])
{
  const KocrTextPictures pictures = get_pictures (self);

  return pictures.n > 0
             ? kocr_text_look_compare (pictures.all[pictures.from],
                 pictures.all[pictures.n - 1], box)
             : KOCR_TEXT_LOOK_UNKNOWN;
}

gboolean
kocr_frame_stretch_has_passed (
    const KocrFrameStretch *self, const gdouble box[8])
{
  const KocrTextPictures pictures = get_pictures (self);
  KocrTextStay stay;

  if (pictures.n == 0)
    return FALSE;
  kocr_text_stay_find (&pictures, box, &stay);
  return stay.drifts
         || (stay.is_bounded
             && get_time (self, stay.end)
                    < get_time (self, stay.begin) + LEAST_STAND);
}
