/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "changegate.h"

#include "kernels.h"
#include "lumadrift.h"

/* Every so many rows of blocks are looked at first: 17 of 1080p's 135, of
 * which some 1300 blocks are plenty for the drift's medians. */
#define PROBE_STEP 8
#define LEAST_PROBES 16
#define BLOCKS_A_PROBE 64
#define MOST_FLOOR (KOCR_GATE_MOST_NOISE * KOCR_GATE_BLOCK * KOCR_GATE_BLOCK)
/* Of the fractions that the kernel takes. */
#define DRIFT_BITS 15
#define OFFSET_BITS 7

struct _KocrChangeGate
{
  GArray *sums;                 /* guint16: of rows of 4x2 pixels */
  GArray *differences;          /* guint16: of all blocks */
  GByteArray *means[2];         /* of the blocks that the drift is fitted to */
  GByteArray *corrected;        /* rows of the reference without the drift */
};

/* One comparison. */
typedef struct
{
  KocrChangeGate *gate;
  KocrLumaPlane reference, sample;
  guint block;                  /* a whole block's side */
  guint width, height;          /* of the blocks: less in a tiny picture */
  guint n_columns, n_rows;
  guint n_whole;                /* columns that the kernels do */
  guint n_sums;                 /* in a row of sums; even, for Orc's pairs */
  guint probe_step;
  KocrLumaDrift drift;
} Comparison;

KocrChangeGate *
kocr_change_gate_new (void)
{
  KocrChangeGate *self = g_new0 (KocrChangeGate, 1);

  self->sums = g_array_new (FALSE, FALSE, sizeof (guint16));
  self->differences = g_array_new (FALSE, FALSE, sizeof (guint16));
  self->means[0] = g_byte_array_new ();
  self->means[1] = g_byte_array_new ();
  self->corrected = g_byte_array_new ();
  return self;
}

void
kocr_change_gate_free (KocrChangeGate * self)
{
  g_array_unref (self->sums);
  g_array_unref (self->differences);
  g_byte_array_unref (self->means[0]);
  g_byte_array_unref (self->means[1]);
  g_byte_array_unref (self->corrected);
  g_free (self);
}

static void
prepare (Comparison * self, KocrChangeGate * gate,
    const KocrLumaPlane * reference, const KocrLumaPlane * sample, guint block)
{
  *self = (Comparison) {
  .gate = gate,.reference = *reference,.sample = *sample,.block =
        block,.width = MIN (block, (guint) sample->width),.height =
        MIN (block, (guint) sample->height),};
  self->n_columns = (sample->width + block - 1) / block;
  self->n_rows = (sample->height + block - 1) / block;
  self->n_whole = self->height == block ? sample->width / block : 0;
  self->probe_step = CLAMP (self->n_rows / LEAST_PROBES, 1, PROBE_STEP);

  self->n_sums = (sample->width / 4 + 1) / 2 * 2;
  g_array_set_size (gate->sums, block / 2 * self->n_sums);
  g_array_set_size (gate->differences, self->n_columns * self->n_rows);
  g_byte_array_set_size (gate->corrected, block * reference->stride);
}

/* Where the blocks of row @row begin. */
static gint
top_of (const Comparison * self, guint row)
{
  return MIN (row * self->block, self->sample.height - self->height);
}

static const guint8 *
row_at (const KocrLumaPlane * plane, gint y)
{
  return plane->data + (gssize) y *plane->stride;
}

static guint16 *
sums_row (const Comparison * self, guint row)
{
  return (guint16 *) (gpointer) self->gate->sums->data + row * self->n_sums;
}

/* Joins the rows of 4x2 sums that a row of whole blocks has. */
static void
join (const Comparison * self, guint16 * out)
{
  if (self->block == KOCR_GATE_BLOCK)
    kocr_orc_join_8x8 (out, sums_row (self, 0), sums_row (self, 1),
        sums_row (self, 2), sums_row (self, 3), self->n_whole);
  else
    kocr_orc_join_4x4 (out, sums_row (self, 0), sums_row (self, 1),
        self->n_whole);
}

static void
sum_blocks (const Comparison * self, const KocrLumaPlane * plane, gint y,
    guint16 * out)
{
  for (guint i = 0; i < self->block / 2; i++)
    kocr_orc_sum_4x2 (sums_row (self, i), row_at (plane, y + 2 * i),
        row_at (plane, y + 2 * i + 1), self->n_whole * self->block / 4);
  join (self, out);
}

static void
note_means (const Comparison * self, GByteArray * means, const guint16 * sums)
{
  guint step = MAX (1, self->n_whole / BLOCKS_A_PROBE);
  guint area = self->block * self->block;

  for (guint i = 0; i < self->n_whole; i += step) {
    guint8 mean = sums[i] / area;

    g_byte_array_append (means, &mean, 1);
  }
}

static gboolean
is_probe (const Comparison * self, guint row)
{
  return row % self->probe_step == self->probe_step / 2;
}

static void
fit_drift (Comparison * self)
{
  KocrChangeGate *gate = self->gate;
  /* They are not in use before the first difference is written. */
  guint16 *sums = (guint16 *) (gpointer) gate->differences->data;

  g_byte_array_set_size (gate->means[0], 0);
  g_byte_array_set_size (gate->means[1], 0);
  for (guint row = 0; row < self->n_rows; row++) {
    if (!is_probe (self, row))
      continue;
    sum_blocks (self, &self->reference, top_of (self, row), sums);
    note_means (self, gate->means[0], sums);
    sum_blocks (self, &self->sample, top_of (self, row), sums);
    note_means (self, gate->means[1], sums);
  }
  kocr_luma_drift_fit (&self->drift, gate->means[0]->data,
      gate->means[1]->data, gate->means[0]->len);
}

/* The reference's rows from @y on as they would be in the sample. */
static KocrLumaPlane
correct (const Comparison * self, gint y)
{
  KocrLumaPlane rows = self->reference;
  gint gain = self->drift.gain * (1 << DRIFT_BITS) + 0.5;
  gint offset = self->drift.offset * (1 << OFFSET_BITS)
      + (1 << OFFSET_BITS) / 2;

  rows.data = row_at (&self->reference, y);
  rows.height = self->height;
  if (!self->drift.noticeable)
    return rows;
  for (guint i = 0; i < self->height; i++)
    kocr_orc_drift (self->gate->corrected->data + i * rows.stride,
        row_at (&rows, i), gain, MAX (offset, 0), MAX (-offset, 0), rows.width);
  rows.data = self->gate->corrected->data;
  return rows;
}

/* The one block from column @x on, of any size. */
static guint16
differ_block (const Comparison * self, const KocrLumaPlane * a,
    const KocrLumaPlane * b, gint x)
{
  guint sum = 0;

  for (guint j = 0; j < self->height; j++)
    for (guint i = 0; i < self->width; i++)
      sum += ABS (row_at (a, j)[x + i] - row_at (b, j)[x + i]);
  return sum;
}

/* Writes the differences of one row of blocks and returns the largest. */
static guint
differ_row (const Comparison * self, guint row)
{
  guint16 *out = &g_array_index (self->gate->differences, guint16,
      row * self->n_columns);
  KocrLumaPlane a = correct (self, top_of (self, row)), b = self->sample;
  guint largest = 0;

  b.data = row_at (&self->sample, top_of (self, row));
  if (self->n_whole > 0) {
    for (guint i = 0; i < self->block / 2; i++)
      kocr_orc_differ_4x2 (sums_row (self, i), row_at (&a, 2 * i),
          row_at (&a, 2 * i + 1), row_at (&b, 2 * i), row_at (&b, 2 * i + 1),
          self->n_whole * self->block / 4);
    join (self, out);
  }
  for (guint i = self->n_whole; i < self->n_columns; i++)
    out[i] = differ_block (self, &a, &b,
        MIN (i * self->block, self->sample.width - self->width));
  for (guint i = 0; i < self->n_columns; i++)
    largest = MAX (largest, out[i]);
  return largest;
}

/* The median over all blocks, as a sum over one. */
static guint
noise_floor (const Comparison * self, guint area)
{
  const GArray *differences = self->gate->differences;
  guint counts[MOST_FLOOR + 1] = { 0, }, seen, floor = 0;

  for (guint i = 0; i < differences->len; i++)
    counts[MIN (g_array_index (differences, guint16, i),
            KOCR_GATE_MOST_NOISE * area)]++;
  for (seen = counts[0]; seen <= differences->len / 2; seen += counts[floor])
    floor++;
  return floor;
}

gboolean
kocr_change_gate_differs (KocrChangeGate * self,
    const KocrLumaPlane * reference, const KocrLumaPlane * sample,
    guint block, guint threshold)
{
  Comparison comparison;
  guint largest = 0, area;

  prepare (&comparison, self, reference, sample, block);
  area = comparison.width * comparison.height;
  fit_drift (&comparison);

  for (guint row = 0; row < comparison.n_rows; row++)
    if (is_probe (&comparison, row))
      largest = MAX (largest, differ_row (&comparison, row));
  if (largest > (KOCR_GATE_MOST_NOISE + threshold) * area)
    return TRUE;
  for (guint row = 0; row < comparison.n_rows; row++)
    if (!is_probe (&comparison, row))
      largest = MAX (largest, differ_row (&comparison, row));

  return largest > threshold * area
      && largest > noise_floor (&comparison, area) + threshold * area;
}
