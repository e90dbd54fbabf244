/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Clock: whether what a line says is the time, and runs.
 */
#pragma once

#include <gst/gst.h>

/* Of a clock, a stopwatch or a time code each sample shows another value, and
 * none of them is a caption. What tells it from a score or a countdown in words,
 * whose values are captions each, is its form and its pace: numbers joined by
 * colons, of which all but the first have two digits and are below 60; and three
 * readings in a row between which it went on by as much as time did, up or down
 * (the minutes of one without seconds, too), while all around it stayed. A number
 * alone that goes on by 12 to 130 a second, and at one pace, counts frames.
 *
 * From then on the line is one text with the values that it went through, also
 * where it stands or is misread now and then, until it jumps. */
typedef enum
{
  KOCR_CLOCK_NONE,
  KOCR_CLOCK_MAYBE,             /* two readings would be those of one */
  KOCR_CLOCK_RUNS
} KocrClockState;

typedef struct
{
  KocrClockState state;
  gunichar *text;               /* the latest reading that fits */
  guint n_text;
  guint at, n_value;            /* where its value is in it */
  GstClockTime time;            /* of that; NONE: there was none */
  gdouble pace;                 /* of the value by that of time */
  guint n_paced;                /* steps at that pace */
  guint n_misfits;              /* readings in a row that do not fit */
  gunichar *first;              /* value */
  guint n_first;
  GstClockTime first_time;
} KocrClock;

void kocr_clock_init (KocrClock * self);
void kocr_clock_clear (KocrClock * self);

/* The next reading of a line, at @time. */
KocrClockState kocr_clock_read (KocrClock * self, const gunichar * chars,
    guint n_chars, GstClockTime time);

/* The picture was the same at @time. */
void kocr_clock_stand (KocrClock * self, GstClockTime time);

/* Whether a line that says @chars at @time may be its next reading, however
 * little its digits have in common with those before. */
gboolean kocr_clock_fits (const KocrClock * self, const gunichar * chars,
    guint n_chars, GstClockTime time);

/* What it says with all its values, "12:34:50–12:34:59"; NULL: it does not run.
 * (transfer full) */
gchar *kocr_clock_get_text (const KocrClock * self);
