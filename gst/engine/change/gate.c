/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "change/gate.h"

#include <math.h>
#include "kernels.h"
#include "change/brightnessfit.h"
#include "change/cellrow.h"
#include "base/prefetch.h"

/* Every so many rows of blocks are looked at first, of which some 60 means a
 * row are plenty for the drift's medians. */
#define PROBE_STEP 8
#define LEAST_PROBES 16
#define MEANS_A_PROBE 64
/* What the means are of; cells hold a row of them before they are in use. */
#define MEAN_SIDE 4

/* Text's threshold is this part of its contrast, but no less than what noise
 * leaves above the floor.  What has less contrast is not read. */
#define TEXT_PART 8
#define LEAST_TEXT_CHANGE KOCR_GATE_LEAST_CHANGE
/* That of noise which is more, in quarters of the floor: the mean of a block's
 * 64 (16) differences strays by up to 0.43 (0.84) of itself among a hundred
 * thousand of them, and the floor is never above KOCR_GATE_MOST_NOISE. */
#define STRAY_FULL 3
#define STRAY_HALF 5
#define LEAST_CONTRAST 8
/* The surroundings of a block that may be text, in blocks. */
#define SURROUNDINGS 3

/* Levels that drift and rounding may leave in a thumbnail. */
#define LEAST_THUMBNAIL_CHANGE 4

/* The area of a block in cells, and the most that one has in pixels. */
#define CELLS 4
#define MOST_AREA (CELLS * KOCR_GATE_FULL * KOCR_GATE_FULL)
/* Fractions that the drift's kernel takes. */
#define GAIN_BITS 15
#define OFFSET_BITS 7

struct _KocrChangeGate
{
  /* Sums of absolute differences, guint16. */
  GArray *rows;                 /* of 2x2 pixels, before they are joined */
  GArray *cells;
  GArray *blocks;               /* side by side */
  GArray *largest;              /* of each column of blocks that overlap */

  GByteArray *means[2];         /* that the drift is fitted to */
  GByteArray *corrected;        /* rows of the reference without the drift */
};

/* One comparison. */
typedef struct
{
  KocrChangeGate *gate;
  const KocrLumaPlane *reference, *sample;
  const KocrGateTerms *terms;
  gint cell;                    /* pixels on a side; a block has twice that */
  guint n_columns, n_rows;      /* of whole cells */
  guint stride;                 /* of a row of cells; even, for Orc's pairs */
  guint n_pairs;                /* of pixels in a row; even likewise */
  guint probe_step;             /* rows of cells; even */
  KocrBrightnessFit drift;
  guint least;                  /* sum over a block above the floor that is a
                                 * change in any text */
} Comparison;

KocrChangeGate *
kocr_change_gate_new (void)
{
  KocrChangeGate *self = g_new0 (KocrChangeGate, 1);

  self->rows = g_array_new (FALSE, FALSE, sizeof (guint16));
  self->cells = g_array_new (FALSE, FALSE, sizeof (guint16));
  self->blocks = g_array_new (FALSE, FALSE, sizeof (guint16));
  self->largest = g_array_new (FALSE, TRUE, sizeof (guint16));
  self->means[0] = g_byte_array_new ();
  self->means[1] = g_byte_array_new ();
  self->corrected = g_byte_array_new ();
  return self;
}

void
kocr_change_gate_free (KocrChangeGate * self)
{
  g_array_unref (self->rows);
  g_array_unref (self->cells);
  g_array_unref (self->blocks);
  g_array_unref (self->largest);
  g_byte_array_unref (self->means[0]);
  g_byte_array_unref (self->means[1]);
  g_byte_array_unref (self->corrected);
  g_free (self);
}

static guint16 *
sums (GArray * array, guint at)
{
  return &g_array_index (array, guint16, at);
}

static const guint8 *
row_at (const KocrLumaPlane * plane, gint y)
{
  return plane->data + (gssize) y *plane->stride;
}

static void
prepare (Comparison * self)
{
  KocrChangeGate *gate = self->gate;
  guint n_probes;

  self->n_columns = self->sample->width / self->cell;
  self->n_rows = self->sample->height / self->cell;
  self->stride = (self->n_columns + 1) / 2 * 2;
  n_probes = MAX (self->n_rows / 2 / LEAST_PROBES, 1);
  self->probe_step = 2 * MIN (n_probes, PROBE_STEP);

  self->n_pairs = (self->sample->width / 2 + 1) / 2 * 2;
  g_array_set_size (gate->rows, 2 * self->n_pairs);
  g_array_set_size (gate->cells, self->stride * self->n_rows);
  g_array_set_size (gate->blocks, self->n_columns / 2);
  g_array_set_size (gate->largest, 0);
  g_array_set_size (gate->largest, self->n_columns);
  g_byte_array_set_size (gate->means[0], 0);
  g_byte_array_set_size (gate->means[1], 0);
}

/* Whether @row and the next make a row of blocks that is looked at first. */
static gboolean
is_probe (const Comparison * self, guint row)
{
  return row % self->probe_step == self->probe_step / 4 * 2
      && row + 1 < self->n_rows;
}

/* Asks for the pixels of a row of cells. */
static inline G_ALWAYS_INLINE void
prefetch (const Comparison * self, guint row)
{
  gint end = (row + 1) * self->cell;

  for (gint y = row * self->cell; y < end; y++) {
    kocr_prefetch (row_at (self->reference, y), self->reference->width);
    kocr_prefetch (row_at (self->sample, y), self->sample->width);
  }
}

/* Notes means of @plane's pixels in a row that begins at @y. */
static void
note_means (Comparison * self, const KocrLumaPlane * plane, gint y,
    GByteArray * means)
{
  guint n = plane->width / MEAN_SIDE;
  guint step = MAX (1, n / MEANS_A_PROBE);
  guint n_before = means->len;
  guint16 *top = sums (self->gate->rows, 0), *bottom = top + self->n_pairs;
  guint16 *joined = sums (self->gate->cells, 0);

  kocr_orc_sum (top, row_at (plane, y), row_at (plane, y + 1), 2 * n);
  kocr_orc_sum (bottom, row_at (plane, y + 2), row_at (plane, y + 3), 2 * n);
  kocr_orc_join (joined, top, bottom, n);
  g_byte_array_set_size (means, n_before + (n + step - 1) / step);
  for (guint i = 0; i < n; i += step)
    means->data[n_before++] = joined[i] / (MEAN_SIDE * MEAN_SIDE);
}

static void
fit_drift (Comparison * self)
{
  GByteArray **means = self->gate->means;

  for (guint row = 0; row < self->n_rows; row++) {
    gint y = row * self->cell;

    if (!is_probe (self, row) || y + MEAN_SIDE > self->sample->height)
      continue;
    prefetch (self, row);
    note_means (self, self->reference, y, means[0]);
    note_means (self, self->sample, y, means[1]);
  }
  kocr_brightness_fit (&self->drift, means[0]->data, means[1]->data,
      means[0]->len, self->terms->pivot);
}

/* @n_rows of the reference from @y on as they would be in the sample. */
static KocrLumaPlane
correct (const Comparison * self, gint y, guint n_rows)
{
  KocrLumaPlane rows = *self->reference;
  gint gain = self->drift.gain * (1 << GAIN_BITS) + 0.5;
  gint offset = self->drift.offset * (1 << OFFSET_BITS)
      + (1 << OFFSET_BITS) / 2;

  rows.data = row_at (self->reference, y);
  if (!self->drift.noticeable)
    return rows;
  g_byte_array_set_size (self->gate->corrected, n_rows * rows.stride);
  for (guint i = 0; i < n_rows; i++)
    kocr_orc_drift (self->gate->corrected->data + i * rows.stride,
        row_at (&rows, i), gain, MAX (offset, 0), MAX (-offset, 0), rows.width);
  rows.data = self->gate->corrected->data;
  return rows;
}

/* Fills a row of cells. @ahead: the next one comes next. */
static void
differ_row (const Comparison * self, guint row, gboolean ahead)
{
  gint y = row * self->cell;
  KocrLumaPlane a = correct (self, y, self->cell), b = *self->sample;
  guint16 *out = sums (self->gate->cells, row * self->stride);

  ahead = ahead && row + 1 < self->n_rows;
  b.data = row_at (&b, y);
  if (ahead && (self->drift.noticeable || self->cell == KOCR_GATE_HALF))
    prefetch (self, row + 1);
  if (self->cell == KOCR_GATE_HALF)
    kocr_orc_differ (out, a.data, row_at (&a, 1), b.data, row_at (&b, 1),
        self->n_columns);
  else
    kocr_cell_row_differ (out, a.data, a.stride, b.data, b.stride,
        self->n_columns, ahead && !self->drift.noticeable,
        sums (self->gate->rows, 0));
}

static guint
largest_of (GArray * array)
{
  guint largest = 0;

  for (guint i = 0; i < array->len; i++)
    largest = MAX (largest, g_array_index (array, guint16, i));
  return largest;
}

/* The blocks side by side that two rows of cells from @row on make. */
static void
join (const Comparison * self, guint row)
{
  const guint16 *top = sums (self->gate->cells, row * self->stride);

  kocr_orc_join (sums (self->gate->blocks, 0), top, top + self->stride,
      self->gate->blocks->len);
}

/* Whether rows that were looked at first already tell. */
static gboolean
differ_early (const Comparison * self, guint least)
{
  for (guint row = 0; row < self->n_rows; row++) {
    if (!is_probe (self, row))
      continue;
    differ_row (self, row, TRUE);
    differ_row (self, row + 1, FALSE);
    join (self, row);
    if (largest_of (self->gate->blocks) > least)
      return TRUE;
  }
  return FALSE;
}

/* The largest difference of blocks of whole cells. */
static guint
join_overlapping (const Comparison * self)
{
  GArray *largest = self->gate->largest;

  for (guint row = 0; row + 1 < self->n_rows && self->n_columns > 1; row++) {
    const guint16 *top = sums (self->gate->cells, row * self->stride);
    const guint16 *bottom = top + self->stride;

    kocr_orc_join_largest (sums (largest, 0), top, top + 1, bottom, bottom + 1,
        self->n_columns - 1);
  }
  return largest_of (largest);
}

/* What the drift's kernel makes of one pixel. */
static gint
drifted (const Comparison * self, guint8 level)
{
  gdouble value = self->drift.gain * level + self->drift.offset;

  return self->drift.noticeable ? (gint) CLAMP (value + 0.5, 0, 255) : level;
}

static guint
differ_block (const Comparison * self, gint x, gint y, gint width, gint height)
{
  guint sum = 0;

  for (gint j = y; j < y + height; j++) {
    const guint8 *a = row_at (self->reference, j);
    const guint8 *b = row_at (self->sample, j);

    for (gint i = x; i < x + width; i++)
      sum += ABS (drifted (self, a[i]) - b[i]);
  }
  return sum;
}

/* The largest difference of blocks at the right and the lower edge, where that
 * is not the end of a cell, or the picture is less than a block; as if they had
 * @area. */
static guint
differ_edges (const Comparison * self, guint area)
{
  gint width = self->sample->width, height = self->sample->height;
  gint w = MIN (width, 2 * self->cell), h = MIN (height, 2 * self->cell);
  guint largest = 0;

  if (width % self->cell || width < 2 * self->cell)
    for (gint y = 0; y < height; y += self->cell)
      largest = MAX (largest, differ_block (self, width - w,
              MIN (y, height - h), w, h));
  if (height % self->cell || height < 2 * self->cell)
    for (gint x = 0; x < width; x += self->cell)
      largest = MAX (largest, differ_block (self, MIN (x, width - w),
              height - h, w, h));
  return largest * area / (w * h);
}

/* The median over blocks side by side, as a sum over one. */
static guint
noise_floor (const Comparison * self, guint area)
{
  guint most = MIN (self->terms->most_noise, KOCR_GATE_MOST_NOISE) * area;
  guint counts[KOCR_GATE_MOST_NOISE * MOST_AREA + 1] = { 0, };
  guint n = 0, seen, floor = 0;

  for (guint row = 0; row + 1 < self->n_rows; row += 2) {
    const GArray *blocks = self->gate->blocks;

    join (self, row);
    for (guint i = 0; i < blocks->len; i++)
      counts[MIN (g_array_index (blocks, guint16, i), most)]++;
    n += blocks->len;
  }
  for (seen = counts[0]; seen <= n / 2 && floor < most; seen += counts[floor])
    floor++;
  return n > 0 ? floor : 0;
}

gboolean
kocr_change_gate_thumbnails_differ (KocrChangeGate * self,
    const KocrLumaPlane * reference, const KocrLumaPlane * sample,
    guint threshold)
{
  GByteArray **means = self->means;
  KocrBrightnessFit drift;
  gdouble largest = 0;

  for (guint i = 0; i < 2; i++)
    g_byte_array_set_size (means[i], 0);
  for (gint y = 0; y < sample->height; y++) {
    g_byte_array_append (means[0], row_at (reference, y), sample->width);
    g_byte_array_append (means[1], row_at (sample, y), sample->width);
  }
  if (means[0]->len < KOCR_DRIFT_LEAST_BLOCKS)
    return FALSE;
  kocr_brightness_fit (&drift, means[0]->data, means[1]->data, means[0]->len,
      0);
  for (guint i = 0; i < means[0]->len; i++)
    largest = MAX (largest, fabs (drift.gain * means[0]->data[i]
            + drift.offset - means[1]->data[i]));
  return largest > MAX (threshold, LEAST_THUMBNAIL_CHANGE);
}

/* The sum over the block that begins at a cell. */
static guint
block_at (const Comparison * self, guint column, guint row)
{
  const guint16 *top = sums (self->gate->cells, row * self->stride + column);
  const guint16 *bottom = top + self->stride;

  return top[0] + top[1] + bottom[0] + bottom[1];
}

/* What is a change in text of @contrast, as a sum over a block of @area. */
static guint
text_threshold (const Comparison * self, guint contrast, guint area)
{
  guint threshold = self->terms->threshold * area;

  if (contrast < LEAST_CONTRAST)
    return threshold;
  return MIN (threshold, MAX (contrast / TEXT_PART * area, self->least));
}

/* Whether some block inside of @text differs by more than its threshold. */
static gboolean
differs_in (const Comparison * self, const KocrPlaneArea * text, guint floor,
    guint area)
{
  gint cell = self->cell;
  gint left = MAX (text->x, 0) / cell, top = MAX (text->y, 0) / cell;
  gint right = MIN ((text->x + text->width) / cell, (gint) self->n_columns - 1);
  gint bottom = MIN ((text->y + text->height) / cell, (gint) self->n_rows - 1);
  guint largest = 0;

  for (gint row = top; row < bottom; row++)
    for (gint column = left; column < right; column++)
      largest = MAX (largest, block_at (self, column, row));
  if (largest <= floor + self->least)
    return FALSE;
  return largest > floor + text_threshold (self,
      kocr_text_contrast (self->reference, text), area);
}

/* Whether the block that begins at a cell may be text that has changed. */
static gboolean
may_be_text (const Comparison * self, guint column, guint row, guint floor,
    guint area)
{
  gint side = 2 * self->cell;
  KocrPlaneArea around
      = { (gint) column * self->cell - (SURROUNDINGS - 1) / 2 * side,
    (gint) row * self->cell - (SURROUNDINGS - 1) / 2 * side,
    SURROUNDINGS * side, SURROUNDINGS * side
  };

  return block_at (self, column, row) > floor + text_threshold (self,
      kocr_text_contrast (self->reference, &around), area);
}

static gboolean
differs_anywhere (const Comparison * self, guint floor, guint area)
{
  guint least = floor + self->least;

  for (guint column = 0; column + 1 < self->n_columns; column++) {
    if (g_array_index (self->gate->largest, guint16, column) <= least)
      continue;
    for (guint row = 0; row + 1 < self->n_rows; row++) {
      if (block_at (self, column, row) > least
          && may_be_text (self, column, row, floor, area))
        return TRUE;
    }
  }
  return FALSE;
}

/* Whether a text has changed by less than others would have to. */
static gboolean
text_differs (const Comparison * self, guint floor, guint area)
{
  const KocrGateTerms *terms = self->terms;

  if (!terms->text_is_known)
    return differs_anywhere (self, floor, area);
  for (guint i = 0; i < terms->n_texts; i++) {
    if (differs_in (self, &terms->texts[i], floor, area))
      return TRUE;
  }
  return FALSE;
}

gboolean
kocr_change_gate_differs (KocrChangeGate * self,
    const KocrLumaPlane * reference, const KocrLumaPlane * sample,
    const KocrGateTerms * terms, guint * floor)
{
  Comparison comparison = {
    .gate = self,
    .reference = reference,
    .sample = sample,
    .terms = terms,
    .cell = terms->cell,
  };
  guint area = CELLS * terms->cell * terms->cell;
  guint threshold = terms->threshold * area;
  guint largest, noise;

  prepare (&comparison);
  fit_drift (&comparison);
  if (differ_early (&comparison, KOCR_GATE_MOST_NOISE * area + threshold))
    return TRUE;
  for (guint row = 0; row < comparison.n_rows; row++)
    if (!is_probe (&comparison, row)
        && (row == 0 || !is_probe (&comparison, row - 1)))
      differ_row (&comparison, row, TRUE);
  largest = MAX (join_overlapping (&comparison), differ_edges (&comparison,
          area));
  noise = noise_floor (&comparison, area);
  if (floor)
    *floor = (noise + area - 1) / area;
  comparison.least = MAX (LEAST_TEXT_CHANGE * area,
      noise * (terms->cell == KOCR_GATE_FULL ? STRAY_FULL : STRAY_HALF) / 4);
  return largest > noise + threshold
      || (largest > noise + comparison.least
      && text_differs (&comparison, noise, area));
}
