/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Consensus: what a text says, out of several readings of it.
 */
#pragma once

#include <glib.h>

/* What several readings of one text agree on: the readings are aligned with
 * one another, and at each place the character wins that most of them have
 * there; of equals the one that led before, but a mark at an end, which is lost
 * more easily than made up. One reading that differs everywhere
 * thus changes nothing, and a text comes out right that no single reading had.
 * A line that was read to begin with a note, and to end with one, has both.
 *
 * The way is that of ROVER (Fiscus, 1997), character by character. Of a text of
 * more than 256 characters whole readings are counted instead. */
typedef struct
{
  GArray *columns;              /* a place in the text each */
  guint n_readings;
  gboolean begins_with_note, ends_with_note; /* a reading did */

  /* The text as it stands. */
  gunichar *chars;
  guint n_chars;
  guint n_votes;                /* for all of it, where whole readings count */

  GArray *spellings;            /* whole readings and how often each came */
  guint latest;                 /* of them; G_MAXUINT: one that is not kept */
  guint64 n_spelled;
} KocrConsensus;

/* Where a reading differs. */
typedef struct
{
  guint place;                  /* 2 · column + 1, or 2 · column: before it */
  gunichar shown, read;         /* 0: no character */
  guint votes, others;          /* for shown and for read */
} KocrDifference;

void kocr_consensus_init (KocrConsensus * self);
void kocr_consensus_clear (KocrConsensus * self);
/* Forgets all readings. */
void kocr_consensus_reset (KocrConsensus * self);

void kocr_consensus_add (KocrConsensus * self,
    const gunichar * chars, guint n_chars);

/* The latest reading would have come once more; it votes no other time. */
void kocr_consensus_repeat (KocrConsensus * self);

/* The share of readings, repeated ones too, that were the text as it stands. */
gdouble kocr_consensus_get_agreement (const KocrConsensus *self);

/* Appends to @differences (of KocrDifference) where a reading differs
 * from the text as it stands; nothing where whole readings count. Places are
 * the same until the next reading is added. */
void kocr_consensus_compare (const KocrConsensus * self,
    const gunichar * chars, guint n_chars, GArray * differences);
