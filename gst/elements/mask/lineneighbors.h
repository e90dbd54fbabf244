/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Line neighbors: the lines that a text may go on in where one ends. Pure.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>

#define KOCR_LINE_NEIGHBORS_NONE G_MAXUINT

/* By numbers of lines, or NONE. */
typedef struct
{
  guint right;                  /* of the same row, beyond a gap */
  guint below;
} KocrLineNeighbors;

/* Those of each line of @result: (array length=n_lines) (transfer full) */
KocrLineNeighbors *kocr_line_neighbors_find (GstKakaoOcrResult * result);
