/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/lineink.h"

#include <string.h>

#include "solidmark.h"
#include "strokewidth.h"

/* Letters set apart in a title are no wider; by the line's height. */
#define MAX_CHARACTER_WIDTH 1.5

/* What is longer speaks for itself, and what is beside a single one may be most of
 * its crop. */
#define FEW_CHARACTERS 6
/* Strokes of letters are much alike in width: of 150 readings of so few characters,
 * in drawn frames, captions and screens, one in a hundred has a spread of more than
 * 0.37, and leaves that are read as a few letters, however surely, have 0.3 to 0.6.
 * These are read with 94 of confidence: what 8 of it give is taken from what has
 * strokes as uneven as theirs mostly are. */
#define STROKE_SPREAD 0.3
#define UNEVENNESS_WEIGHT 6
/* Of 310 such readings in 1,150 drawn frames none has more than 0.55 of its ink in
 * solid marks, of small print on screens one has 0.77, and of leaves that were read
 * as surely as text all. */
#define SOLID_SHARE 0.6
#define SOLID_WEIGHT 8
/* Letters and digits that are. */
#define SOLID "1lIi"

static const ReadWord *
word_at (const LineReading *self, guint i)
{
  return g_ptr_array_index (self->words, i);
}

gdouble
line_ink_excess_width (const LineReading *self, const LineCrop *crop)
{
  gdouble height = crop->text_bottom - crop->text_top, width = 0;
  guint i;

  for (i = 0; i < self->words->len; i++)
    width += word_at (self, i)->right - word_at (self, i)->left;
  return MAX (width / height / self->n_characters - MAX_CHARACTER_WIDTH, 0);
}

/* Is more than half of it straight strokes and marks, whose ink is solid? */
static gboolean
is_solid_text (const LineReading *self)
{
  guint n = 0, i;

  for (i = 0; i < self->words->len; i++) {
    const gchar *at;

    for (at = word_at (self, i)->text; *at; at = g_utf8_next_char (at)) {
      gunichar c = g_utf8_get_char (at);

      n += !g_unichar_isalnum (c) || (c < 128 && strchr (SOLID, c));
    }
  }
  return 2 * n > self->n_characters;
}

gdouble
line_ink_unlikeness (const LineReading *self, const LineCrop *crop)
{
  gsize n = (gsize)crop->width * crop->height, i;
  g_autofree guint8 *ink = NULL;
  gdouble spread, solid = 0;

  if (self->n_characters < 2 || self->n_characters > FEW_CHARACTERS)
    return 0;
  ink = g_malloc (n);
  for (i = 0; i < n; i++)
    ink[i] = crop->pixels[i] < LINE_CROP_DARK;
  spread = kocr_stroke_width_spread (ink, crop->width, crop->height);
  if (!is_solid_text (self))
    solid = kocr_solid_marks_share (ink, crop->width, crop->height);
  return UNEVENNESS_WEIGHT * MAX (spread - STROKE_SPREAD, 0)
         + SOLID_WEIGHT * MAX (solid - SOLID_SHARE, 0);
}
