/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/ticker.h"

#include <math.h>

#include "track/textdistance.h"

/* Of a line's height: so near to an edge it ends there. Letters have gaps, and a
 * line that leaves upwards none. */
#define NEAR_SIDE 0.6
#define NEAR_ROW 0.1
/* A letter that is cut may not be read at all. */
#define LETTER 1.0
/* Rows of one ticker are at one height, and as high. */
#define ROW_SHIFT 0.4
#define ROW_HEIGHTS 0.6

/* What an alignment gains and loses, and the least that it must gain: three
 * letters and a blank, and half of what all of the part would. */
#define SAME 3
#define ALIKE 1
#define OTHER -2
#define LEAST_SCORE 9
#define LEAST_SHARE 1.5

/* @near: to the left and right edge, in heights of the line. */
static guint
find_sides (const KocrLineBox * box, gint width, gint height, gdouble near)
{
  gdouble left = G_MAXDOUBLE, top = G_MAXDOUBLE;
  gdouble right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;

  for (guint i = 0; i < GST_KAKAO_OCR_BOX_LEN; i += 2) {
    left = MIN (left, box->corners[i]);
    right = MAX (right, box->corners[i]);
    top = MIN (top, box->corners[i + 1]);
    bottom = MAX (bottom, box->corners[i + 1]);
  }
  return (left <= near * box->height ? KOCR_CUT_LEFT : 0)
      | (right >= width - near * box->height ? KOCR_CUT_RIGHT : 0)
      | (top <= NEAR_ROW * box->height ? KOCR_CUT_ABOVE : 0)
      | (bottom >= height - NEAR_ROW * box->height ? KOCR_CUT_BELOW : 0);
}

guint
kocr_line_box_get_cut (const KocrLineBox * box, gint width, gint height)
{
  return find_sides (box, width, height, NEAR_SIDE);
}

guint
kocr_line_box_get_near (const KocrLineBox * box, gint width, gint height)
{
  return find_sides (box, width, height, NEAR_SIDE + LETTER);
}

gboolean
kocr_line_boxes_share_row (const KocrLineBox * a, const KocrLineBox * b)
{
  gdouble higher = MAX (a->height, b->height);

  return fabs (a->y - b->y) <= ROW_SHIFT * higher
      && MIN (a->height, b->height) >= ROW_HEIGHTS * higher;
}

void
kocr_ticker_trim (guint cut, guint n_chars, guint * first, guint * end)
{
  *first = cut & KOCR_CUT_LEFT ? MIN (KOCR_CUT_LETTERS, n_chars) : 0;
  *end = cut & KOCR_CUT_RIGHT ? n_chars - MIN (KOCR_CUT_LETTERS, n_chars) : n_chars;
  *end = MAX (*end, *first);
}

static gint
gain (gunichar a, gunichar b)
{
  guint distance = kocr_char_distance (a, b);

  return distance == 0 ? SAME : distance == 1 ? ALIKE : OTHER;
}

/* An alignment that ends at a place. */
typedef struct
{
  gint score;
  guint from;                   /* where in the whole it began */
} Cell;

static Cell
better (Cell a, gint score, guint from)
{
  return score > a.score ? (Cell) {score, from} : a;
}

gboolean
kocr_ticker_fit (const gunichar * whole, guint n_whole, const gunichar * part,
    guint n_part, KocrTickerFit * fit)
{
  guint skipped = n_whole > KOCR_TEXT_COMPARED ? n_whole - KOCR_TEXT_COMPARED :
      0;
  Cell row[KOCR_TEXT_COMPARED + 1];
  gint best = G_MININT;

  whole += skipped;
  n_whole -= skipped;
  n_part = MIN (n_part, KOCR_TEXT_COMPARED);
  if (n_whole == 0 || n_part == 0)
    return FALSE;
  for (guint j = 0; j <= n_part; j++)
    row[j] = (Cell) {(gint) j * OTHER, 0};
  for (guint i = 1; i <= n_whole; i++) {
    Cell diagonal = row[0];

    row[0] = (Cell) {0, i};
    for (guint j = 1; j <= n_part; j++) {
      Cell above = row[j];
      Cell cell = { diagonal.score + gain (whole[i - 1], part[j - 1]),
        diagonal.from
      };

      cell = better (cell, above.score + OTHER, above.from);
      row[j] = better (cell, row[j - 1].score + OTHER, row[j - 1].from);
      diagonal = above;
    }
    if (row[n_part].score > best) {
      best = row[n_part].score;
      *fit = (KocrTickerFit) {skipped + row[n_part].from, 0, skipped + i};
    }
  }
  for (guint j = 1; j < n_part; j++) {
    if (row[j].score > best) {
      best = row[j].score;
      *fit = (KocrTickerFit) {skipped + row[j].from, n_part - j,
        skipped + n_whole};
    }
  }
  return best >= LEAST_SCORE
      && best >= LEAST_SHARE * (n_part - fit->n_more);
}
