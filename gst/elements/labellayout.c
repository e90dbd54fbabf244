/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "labellayout.h"

#include <math.h>

const gdouble label_layout_sizes[LABEL_LAYOUT_N_SIZES] = { 1.0, 0.8, 0.64 };

/* What is bad about a place, in parts of the label's area; judged by eye on
 * captions, signs, slides and tables. Each place costs a little by itself so
 * that the order of preference holds where nothing is in the way. */
#define COST_REGION 1.0		/* covers another text */
#define COST_LABEL 2.0		/* covers another label: neither can be read */
#define COST_OUTSIDE 4.0	/* is cut off */
#define COST_SMALLER 0.04	/* a size */
#define COST_ON_LINE 0.12	/* hides the picture of what it says */

/* Boxes are off by a pixel or two from one sample to the next; an overlap as
 * small as this must not make a label jump. */
#define NEGLIGIBLE 0.03

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
  LabelSlot *slots;
  guint n_placed;
  const OrientedBox *regions;
  guint n_regions;
  gdouble width, height, gap;
} Layout;

/* Along the text into the frame, as far as that helps. */
static void
slide_into_frame (const Layout * self, OrientedBox * box)
{
  gdouble left, top, right, bottom, missing;
  gboolean upright = fabs (box->cos) >= fabs (box->sin);

  oriented_box_get_bounds (box, &left, &top, &right, &bottom);
  if (upright)
    missing = left < 0.0 || right - left > self->width ? -left :
      MIN (0.0, self->width - right);
  else
    missing = top < 0.0 || bottom - top > self->height ? -top :
      MIN (0.0, self->height - bottom);
  box->left += missing / (upright ? box->cos : box->sin);
}

static void
make_place (const Layout * self, const LabelSlot * slot, Place place,
	    gdouble size, OrientedBox * box)
{
  const OrientedBox *line = &slot->line;

  *box = *line;
  box->width = slot->width * size;
  box->height = slot->height * size;

  switch (place)
    {
    case ABOVE:
    case ABOVE_END:
      box->top = line->top - self->gap - box->height;
      break;
    case BELOW:
    case BELOW_END:
      box->top = line->top + line->height + self->gap;
      break;
    case RIGHT:
      box->left = line->left + line->width + self->gap;
      break;
    case LEFT:
      box->left = line->left - self->gap - box->width;
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
area_outside (const Layout * self, const OrientedBox * box)
{
  const OrientedBox frame = { 1.0, 0.0, 0.0, 0.0, self->width, self->height };

  return box->width * box->height - oriented_box_overlap (box, &frame);
}

/* May stop at anything that is not better than @limit. */
static gdouble
judge (const Layout * self, const LabelSlot * slot, const OrientedBox * box,
       gdouble cost, gdouble limit)
{
  gdouble area = MAX (box->width * box->height, 1e-6);
  guint i;

  cost += COST_OUTSIDE * area_outside (self, box) / area;
  for (i = 0; i < self->n_placed && cost < limit; i++)
    cost += COST_LABEL *
      oriented_box_overlap (box, &self->slots[i].place) / area;
  for (i = 0; i < self->n_regions && cost < limit; i++)
    {
      gdouble part;

      if (i >= slot->first_region && i < slot->first_region + slot->n_regions)
	continue;
      part = oriented_box_overlap (box, &self->regions[i]) / area;
      cost += part > NEGLIGIBLE ? COST_REGION * part : 0.0;
    }
  return cost;
}

static void
place_label (const Layout * self, LabelSlot * slot)
{
  gdouble best = G_MAXDOUBLE;
  guint size, place;

  for (size = slot->largest; size <= slot->smallest; size++)
    {
      for (place = 0; place < N_PLACES; place++)
	{
	  gdouble cost = place_costs[place] +
	    COST_SMALLER * (size - slot->largest);
	  OrientedBox box;

	  /* Costs only add up, and later sizes cost more. */
	  if (cost >= best)
	    continue;
	  make_place (self, slot, place, label_layout_sizes[size], &box);
	  cost = judge (self, slot, &box, cost, best);
	  if (cost < best)
	    {
	      best = cost;
	      slot->place = box;
	      slot->size = size;
	    }
	}
    }
}

void
label_layout_place (LabelSlot * slots, guint n_slots,
		    const OrientedBox * regions, guint n_regions,
		    gdouble width, gdouble height, gdouble gap)
{
  Layout self = { slots, 0, regions, n_regions, width, height, gap };

  for (; self.n_placed < n_slots; self.n_placed++)
    place_label (&self, &slots[self.n_placed]);
}
