/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/labellayout.h"

#include <math.h>

const gdouble kocr_label_layout_sizes[KOCR_LABEL_LAYOUT_N_SIZES]
    = { 1.0, 0.8, 0.64 };

/* What is bad about a place, judged by eye on captions, signs, slides and
 * tables: for what is covered, in parts of it or of the label, whichever is
 * smaller. Each place costs a little by itself so that the order of preference
 * holds where nothing is in the way. */
#define COST_REGION 2.0         /* covers another text */
#define COST_LABEL 3.0          /* covers another label: neither can be read */
#define COST_OUTSIDE 4.0        /* is cut off */
#define COST_SMALLER 0.04       /* a size */
#define COST_ON_LINE 0.12       /* hides the picture of what it says */

/* Boxes are off by a pixel or two from one sample to the next, which must not
 * make a label jump: this much of a label's height, all around it, may cover
 * something. */
#define NEGLIGIBLE 0.06

typedef enum
{
  ABOVE,
  BELOW,
  ABOVE_END,
  BELOW_END,
  RIGHT,
  LEFT,
  ON_LINE,
  N_PLACES
} Place;

static const gdouble place_costs[N_PLACES] = {
  0.0, 0.01, 0.012, 0.015, 0.02, 0.025, COST_ON_LINE
};

typedef struct
{
  KocrLabelSlot *slots;
  guint n_placed;
  const KocrOrientedBox *regions;
  guint n_regions;
  gdouble width, height;
} Layout;

/* Along the text into the frame, as far as that helps. */
static void
slide_into_frame (const Layout * self, KocrOrientedBox * box)
{
  gdouble left, top, right, bottom, missing;
  gboolean upright = fabs (box->cos) >= fabs (box->sin);

  kocr_oriented_box_get_bounds (box, &left, &top, &right, &bottom);
  if (upright)
    missing = left < 0.0 || right - left > self->width ? -left :
        MIN (0.0, self->width - right);
  else
    missing = top < 0.0 || bottom - top > self->height ? -top :
        MIN (0.0, self->height - bottom);
  box->left += missing / (upright ? box->cos : box->sin);
}

static void
make_place (const Layout * self, const KocrLabelSlot * slot, Place place,
    gdouble size, KocrOrientedBox * box)
{
  const KocrOrientedBox *line = &slot->line;

  *box = *line;
  box->width = slot->width * size;
  box->height = slot->height * size;

  switch (place) {
    case ABOVE:
    case ABOVE_END:
      box->top = line->top - box->height;
      break;
    case BELOW:
    case BELOW_END:
      box->top = line->top + line->height;
      break;
    case RIGHT:
      box->left = line->left + line->width;
      break;
    case LEFT:
      box->left = line->left - box->width;
      break;
    case ON_LINE:
      /* All of it or it looks as if the text went on under the label. */
      box->width = MAX (box->width, line->width);
      box->height = MAX (box->height, line->height);
      break;
    default:
      break;
  }
  if (place == ABOVE_END || place == BELOW_END)
    box->left = line->left + line->width - box->width;
  if (place == RIGHT || place == LEFT || place == ON_LINE)
    box->top = line->top + (line->height - box->height) / 2.0;
  if (place != RIGHT && place != LEFT)
    slide_into_frame (self, box);
}

static gdouble
area_outside (const Layout * self, const KocrOrientedBox * box)
{
  const KocrOrientedBox frame
      = { 1.0, 0.0, 0.0, 0.0, self->width, self->height };

  return box->width * box->height - kocr_oriented_box_overlap (box, &frame);
}

/* How much of @core or of @other the two share. */
static gdouble
covered (const KocrOrientedBox * core, const KocrOrientedBox * other)
{
  gdouble smaller = MIN (core->width * core->height,
      other->width * other->height);

  return smaller > 0.0 ? kocr_oriented_box_overlap (core, other) / smaller
                       : 0.0;
}

/* May stop at anything that is not better than @limit. */
static gdouble
judge (const Layout *self, const KocrLabelSlot *slot,
    const KocrOrientedBox *box, gdouble cost, gdouble limit)
{
  gdouble inset = NEGLIGIBLE * box->height;
  KocrOrientedBox core = *box;
  guint i;

  core.left += inset;
  core.top += inset;
  core.width = MAX (0.0, core.width - 2.0 * inset);
  core.height -= 2.0 * inset;

  cost += COST_OUTSIDE * area_outside (self, box) /
      MAX (box->width * box->height, 1.0);
  for (i = 0; i < self->n_placed && cost < limit; i++)
    cost += COST_LABEL * covered (&core, &self->slots[i].place);
  for (i = 0; i < self->n_regions && cost < limit; i++) {
    if (i < slot->first_region || i >= slot->first_region + slot->n_regions)
      cost += COST_REGION * covered (&core, &self->regions[i]);
  }
  return cost;
}

static void
place_label (const Layout * self, KocrLabelSlot * slot)
{
  gdouble best = G_MAXDOUBLE;
  guint size, place;

  for (size = slot->largest; size <= slot->smallest; size++) {
    for (place = 0; place < N_PLACES; place++) {
      gdouble cost = place_costs[place] + COST_SMALLER * (size - slot->largest);
      KocrOrientedBox box;

      /* Costs only add up, and later sizes cost more. */
      if (cost >= best)
        continue;
      make_place (self, slot, place, kocr_label_layout_sizes[size], &box);
      cost = judge (self, slot, &box, cost, best);
      if (cost < best) {
        best = cost;
        slot->place = box;
        slot->size = size;
      }
    }
  }
}

void
kocr_label_layout_place (KocrLabelSlot *slots, guint n_slots,
    const KocrOrientedBox *regions, guint n_regions, gdouble width,
    gdouble height)
{
  Layout self = { slots, 0, regions, n_regions, width, height };

  for (; self.n_placed < n_slots; self.n_placed++)
    place_label (&self, &slots[self.n_placed]);
}
