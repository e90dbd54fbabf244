/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/lettera.h"

#include <string.h>

#include "component.h"
#include "reading/wordedges.h"

/* What is between its legs above the bar, by the height of the ink: how high at
 * least, of how much area, and where its foot is. */
#define COUNTER_HEIGHT 0.12
#define COUNTER_AREA 0.015
#define COUNTER_FOOT_MIN 0.5
#define COUNTER_FOOT_MAX 0.8
/* It ends so many heights from where the columns begin, of which a part of the next
 * syllable may be: what that encloses is farther. */
#define COUNTER_REACH 0.75
/* Its upper half has no more of the lower one's area than this: ㅁ and ㅇ are as wide
 * above as below. */
#define MOST_UPPER 0.65

static const struct
{
  const gchar *read, *is;
  gboolean alone;
} rows[] = { { "시", "AI", FALSE }, { "^", "A", TRUE } };

/* A byte for each pixel between two columns, and around them all ground. */
static guint8 *
find_ground (
    const LineCrop *crop, gint left, gint right, gint *top, gint *bottom)
{
  gint width = right - left + 2;
  guint8 *ground = g_malloc ((gsize)width * (crop->height + 2));

  memset (ground, 1, (gsize)width * (crop->height + 2));
  *top = crop->height;
  *bottom = 0;
  for (gint y = 0; y < crop->height; y++)
    for (gint x = left; x < right; x++)
      if (line_crop_is_ink (crop, x, y)) {
        ground[(gsize)(y + 1) * width + x - left + 1] = 0;
        *top = MIN (*top, y);
        *bottom = y + 1;
      }
  return ground;
}

static gboolean
is_wedge (const ComponentSet *set, const Component *part)
{
  gint upper = 0;

  for (guint i = 0; i < part->n_runs; i++) {
    const Run *run = &g_array_index (set->runs, Run, part->first_run + i);

    if (2 * run->y + 1 < part->y0 + part->y1)
      upper += run->x1 - run->x0;
  }
  return upper <= MOST_UPPER * (part->area - upper);
}

/* Does ink between two columns enclose ground as the legs of A and its bar do? */
static gboolean
has_counter (const LineCrop *crop, gint left, gint right)
{
  gint top, bottom;
  g_autofree guint8 *ground = find_ground (crop, left, right, &top, &bottom);
  const PyramidLevel level = { .width = right - left + 2,
    .height = crop->height + 2,
    .stride = right - left + 2,
    .pixels = ground,
    .scale = 1 };
  g_auto (ComponentSet) parts = { 0 };
  gdouble height = bottom - top;
  guint n = 0;

  if (height <= 0)
    return FALSE;
  kocr_component_set_init (&parts, &level, ground,
      COUNTER_AREA * height * height + 1, level.height);
  for (guint i = 0; i < parts.components->len; i++) {
    const Component *part = &g_array_index (parts.components, Component, i);
    gdouble foot = (part->y1 - 1 - top) / height;

    n += part->y0 > 0 && part->y1 - part->y0 >= COUNTER_HEIGHT * height
         && part->x1 - 1 <= COUNTER_REACH * height
         && foot >= COUNTER_FOOT_MIN && foot <= COUNTER_FOOT_MAX
         && is_wedge (&parts, part);
  }
  return n == 1;
}

/* Is @letter of @word what row @i has for an A? */
static gboolean
is_read (const ReadWord *word, const LetterPlace *letter, guint i)
{
  return letter->n_bytes == strlen (rows[i].read)
         && memcmp (word->text + letter->start, rows[i].read, letter->n_bytes)
                == 0
         && (!rows[i].alone || letter->n_bytes == strlen (word->text));
}

static void
restore (LineReading *self, const LetterPlace *letter, const WordEdges *edges,
    const LineCrop *crop)
{
  const ReadWord *word = g_ptr_array_index (self->words, letter->word);
  gint left = CLAMP ((gint)edges->left, 0, crop->width);
  gint right = CLAMP ((gint)edges->right, left, crop->width);
  guint i = 0;

  while (i < G_N_ELEMENTS (rows) && !is_read (word, letter, i))
    i++;
  if (i < G_N_ELEMENTS (rows) && has_counter (crop, left, right)) {
    g_autofree gchar *text
        = g_strdup_printf ("%.*s%s%s", (gint)letter->start, word->text,
            rows[i].is, word->text + letter->start + letter->n_bytes);

    line_reading_rename (self, letter->word, text, word->confidence);
  }
}

void
letters_a_restore (LineReading *self, const LineCrop *crop,
    const GArray *letters, const GArray *edges)
{
  /* From the last on: what is put in moves what comes after it. */
  for (guint i = letters->len; i > 0; i--)
    restore (self, &g_array_index (letters, LetterPlace, i - 1),
        &g_array_index (edges, WordEdges, i - 1), crop);
}
