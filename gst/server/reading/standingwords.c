/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/standingwords.h"

#include <string.h>

#include "quadoverlap.h"

/* Room around a line, by its width: at its sides, and before and after it, where
 * a word more may stand. */
#define ROOM_ASIDE 0.6
#define ROOM_ALONG 2.0
/* Words that run cover more of it, if it is theirs. */
#define MIN_COVERED 0.35
/* What has more than this of it in one place with another is of that. */
#define MAX_COMMON 0.5
#define MAX_OVERLAP 0.2

GrayPicture
standing_words_part (const GrayPicture *picture, const StandingLine *line,
    gint *x, gint *y)
{
  gdouble width = line->x1 - line->x0;
  gint right = MIN (line->x1 + ROOM_ASIDE * width, picture->width);
  gint bottom = MIN (line->y1 + ROOM_ALONG * width, picture->height);

  *x = MAX (line->x0 - ROOM_ASIDE * width, 0);
  *y = MAX (line->y0 - ROOM_ALONG * width, 0);
  return (GrayPicture){ .width = right - *x,
    .height = bottom - *y,
    .stride = picture->stride,
    .pixels = picture->pixels + *y * picture->stride + *x };
}

static KocrAnswerWord *
word_at (const GPtrArray *words, guint i)
{
  return g_ptr_array_index (words, i);
}

static void
quad_of (const StandingLine *line, gdouble room, gdouble quad[8])
{
  const gdouble corners[8]
      = { line->x0, line->y0 - room, line->x1, line->y0 - room, line->x1,
          line->y1 + room, line->x0, line->y1 + room };

  memcpy (quad, corners, sizeof corners);
}

/* The share of @word that is in @quad. */
static gdouble
share_within (const KocrAnswerWord *word, const gdouble quad[8])
{
  return kocr_quad_common_area (word->box, quad)
         / MAX (kocr_quad_area (word->box), 1);
}

gboolean
standing_words_are_read (const GPtrArray *words, const StandingLine *line)
{
  gdouble quad[8], covered = 0;
  guint i;

  quad_of (line, 0, quad);
  for (i = 0; i < words->len; i++)
    if (g_utf8_strlen (word_at (words, i)->text, -1) > 1)
      covered += kocr_quad_common_area (word_at (words, i)->box, quad);
  return covered > MIN_COVERED * kocr_quad_area (quad);
}

/* Takes away the words of which most is in @quad. */
static void
drop_within (GPtrArray *words, const gdouble quad[8])
{
  guint i;

  for (i = words->len; i > 0; i--)
    if (share_within (word_at (words, i - 1), quad) > MAX_COMMON)
      g_ptr_array_remove_index (words, i - 1);
}

/* Does it stand where no word runs? */
static gboolean
is_free (const GPtrArray *words, const KocrAnswerWord *word)
{
  guint i;

  for (i = 0; i < words->len; i++)
    if (share_within (word, word_at (words, i)->box) > MAX_OVERLAP)
      return FALSE;
  return TRUE;
}

void
standing_words_add (GPtrArray *words, GPtrArray *standing,
    const StandingLine *line, gint x, gint y)
{
  gdouble own[8], around[8];
  guint i, j;

  quad_of (line, 0, own);
  quad_of (line, ROOM_ALONG * (line->x1 - line->x0), around);
  drop_within (words, own);
  for (i = 0; i < standing->len; i++) {
    KocrAnswerWord *word = word_at (standing, i);

    for (j = 0; j < G_N_ELEMENTS (word->box); j++)
      word->box[j] += j % 2 ? y : x;
    if (share_within (word, around) <= MAX_COMMON || !is_free (words, word))
      continue;
    drop_within (words, word->box);
    g_ptr_array_add (words, kocr_answer_word_new (word->text, word->box));
  }
}
