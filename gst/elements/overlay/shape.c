/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/shape.h"

#define NONE G_MAXUINT

/* A rectangle in the making. */
typedef struct
{
  GstVideoRectangle area;
  gdouble cost;
} Group;

void
kocr_overlay_shapes_add (GArray *shapes, const KocrOverlayShape *model,
    const gdouble quad[8], gdouble margin, gboolean hollow,
    const KocrOverlayTarget *target)
{
  g_autoptr (GArray) areas
      = g_array_new (FALSE, FALSE, sizeof (GstVideoRectangle));
  guint i;

  kocr_overlay_rectangles_cover (
      areas, quad, margin, hollow, target->width, target->height);
  for (i = 0; i < areas->len; i++) {
    KocrOverlayShape shape = *model;

    shape.area = g_array_index (areas, GstVideoRectangle, i);
    g_array_append_val (shapes, shape);
  }
}

/* What is saved when @b joins @a; nothing saved is not positive. */
static gdouble
gain (const Group * a, const Group * b, gint frame_width)
{
  GstVideoRectangle both = a->area;

  kocr_overlay_rectangle_join (&both, &b->area);
  return a->cost + b->cost
         - kocr_overlay_rectangle_get_cost (&both, frame_width);
}

/* The group among the first @n that @group joins best, or NONE. */
static guint
find_group (const Group * groups, guint n, const Group * group,
    gint frame_width)
{
  guint i, best = NONE;
  gdouble best_gain = 0.0;

  for (i = 0; i < n; i++) {
    gdouble saved = gain (&groups[i], group, frame_width);

    if (saved > best_gain) {
      best_gain = saved;
      best = i;
    }
  }
  return best;
}

/* Greedy: each shape joins what it joins best, and then the groups do until
 * none gains. Returns how many there are; @group_of says where each shape
 * went. */
static guint
group_shapes (GArray *shapes, gint frame_width, Group *groups, guint *group_of)
{
  guint i, j, n = 0;

  for (i = 0; i < shapes->len; i++) {
    const KocrOverlayShape *shape
        = &g_array_index (shapes, KocrOverlayShape, i);
    Group group = { shape->area,
      kocr_overlay_rectangle_get_cost (&shape->area, frame_width) };

    groups[n] = group;
    group_of[i] = n++;
    /* A group that has grown may join another. */
    while ((j = find_group (groups, group_of[i], &groups[group_of[i]],
                frame_width)) != NONE) {
      guint from = group_of[i], last = n - 1, k;

      kocr_overlay_rectangle_join (&groups[j].area, &groups[from].area);
      groups[j].cost
          = kocr_overlay_rectangle_get_cost (&groups[j].area, frame_width);
      groups[from] = groups[last];
      for (k = 0; k <= i; k++)
        group_of[k] = group_of[k] == from ? j :
            group_of[k] == last ? from : group_of[k];
      n--;
    }
  }
  return n;
}

void
kocr_overlay_shapes_draw (GArray *shapes, const KocrOverlayTarget *target)
{
  g_autofree Group *groups = g_new (Group, shapes->len + 1);
  g_autofree guint *group_of = g_new (guint, shapes->len + 1);
  guint i, j, n = group_shapes (shapes, target->width, groups, group_of);

  for (i = 0; i < n; i++) {
    KocrOverlayCanvas canvas;

    if (!kocr_overlay_canvas_begin (&canvas, target, &groups[i].area))
      return;
    for (j = 0; j < shapes->len; j++) {
      const KocrOverlayShape *shape
          = &g_array_index (shapes, KocrOverlayShape, j);

      if (group_of[j] != i)
        continue;
      canvas.clip = shape->area;
      shape->paint (&canvas, shape->data);
    }
    kocr_overlay_canvas_end (&canvas);
  }
}
