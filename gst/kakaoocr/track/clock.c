/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/clock.h"

#include <math.h>
#include <string.h>

#include "track/textdistance.h"

/* Steps at one pace that make a clock. */
#define STEPS 2
/* Readings in a row that do not fit: it jumped, or something else is there. */
#define MISFITS 3
/* Numbers of a value: hours, minutes, seconds, frames. */
#define MOST_NUMBERS 4
/* Digits of a number, and of a fraction; and of a number of frames. */
#define MOST_DIGITS 3
#define MOST_COUNTED_DIGITS 9
/* Characters of a line that counts frames. */
#define LEAST_COUNTER 3
/* A value is rounded down, and so is what is compared with it; a sample's time
 * is that of its frame. */
#define SLACK 1.1
#define FRACTION_SLACK 0.3
/* A number that counts frames goes on by so much a second, and as much as it did
 * first but for a part of it: what is between two samples is a whole number of
 * frames. */
#define LEAST_FRAMES 12
#define MOST_FRAMES 130
#define FRAMES_SLACK 1.5
#define FRAMES_PART 0.1

/* Values go on by so much of what time does. Without seconds, by a unit a
 * minute. */
static const gdouble paces[] = { 1.0, -1.0, 1.0 / 60, -1.0 / 60 };

/* A time in a text. */
typedef struct
{
  guint at, n;                  /* characters */
  gdouble value;                /* in units of its last number but frames */
  gboolean has_fraction;
  gint frames;                  /* -1: it has none */
  gboolean counts;              /* it is a number of frames */
} Value;

void
kocr_clock_init (KocrClock * self)
{
  memset (self, 0, sizeof (*self));
  self->time = GST_CLOCK_TIME_NONE;
}

void
kocr_clock_clear (KocrClock * self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->first, g_free);
}

/* The number at @at, of up to @most digits; 0: there is none. */
static guint
read_digits (const gunichar * chars, guint n_chars, guint at, guint most,
    guint * number)
{
  guint n = 0;

  *number = 0;
  while (at + n < n_chars && chars[at + n] >= '0' && chars[at + n] <= '9') {
    if (n == most)
      return 0;
    *number = *number * 10 + (chars[at + n++] - '0');
  }
  return n;
}

static guint
read_number (const gunichar * chars, guint n_chars, guint at, guint * number)
{
  return read_digits (chars, n_chars, at, MOST_DIGITS, number);
}

/* Whether a time begins at @at. */
static gboolean
read_value (const gunichar * chars, guint n_chars, guint at, Value * value)
{
  guint number, n, count = 1, end;

  n = read_number (chars, n_chars, at, &number);
  if (n == 0)
    return FALSE;
  *value = (Value) { at, 0, number, FALSE, -1, FALSE };
  for (end = at + n; count < MOST_NUMBERS && end < n_chars
      && (chars[end] == ':' || chars[end] == ';'); count++) {
    if (read_number (chars, n_chars, end + 1, &number) != 2 || number >= 60)
      break;
    /* It is not known how many of them are a second. */
    if (count < MOST_NUMBERS - 1)
      value->value = value->value * 60 + number;
    else
      value->frames = number;
    end += 3;
  }
  if (count > 1 && end + 1 < n_chars && (chars[end] == '.'
          || chars[end] == ',')) {
    n = read_number (chars, n_chars, end + 1, &number);
    if (n > 0) {
      value->value += number * pow (10, -(gdouble) n);
      value->has_fraction = TRUE;
      end += 1 + n;
    }
  }
  value->n = end - at;
  return count > 1;
}

/* A time, or else the only number, if it is more than a digit or two. */
static gboolean
find_value (const gunichar * chars, guint n_chars, Value * value)
{
  guint n_numbers = 0, at = 0, n, number;

  for (guint i = 0; i < n_chars; i++) {
    if (chars[i] >= '0' && chars[i] <= '9') {
      if (read_value (chars, n_chars, i, value))
        return TRUE;
      at = i;
      n_numbers++;
      while (i + 1 < n_chars && chars[i + 1] >= '0' && chars[i + 1] <= '9')
        i++;
    }
  }
  if (n_numbers != 1 || n_chars < LEAST_COUNTER)
    return FALSE;
  n = read_digits (chars, n_chars, at, MOST_COUNTED_DIGITS, &number);
  *value = (Value) { at, n, number, FALSE, -1, TRUE };
  return n > 0;
}

/* Whether the text around the value is what it was. */
static gboolean
is_around (const KocrClock * self, const gunichar * chars, guint n_chars,
    const Value * value)
{
  guint end = self->at + self->n_value;

  return kocr_texts_equal (self->text, self->at, chars, value->at)
      && kocr_texts_equal (self->text + end, self->n_text - end,
      chars + value->at + value->n, n_chars - value->at - value->n);
}

/* @step: that it went on by. */
static gdouble
get_slack (const Value * value, gdouble step)
{
  if (value->counts)
    return FRAMES_SLACK + FRAMES_PART * fabs (step);
  return value->has_fraction ? FRACTION_SLACK : SLACK;
}

static gdouble
get_seconds (GstClockTime from, GstClockTime to)
{
  return ((gdouble) to - (gdouble) from) / GST_SECOND;
}

/* How far @value is from where the clock would be at @time since its first
 * reading, in its units. */
static gdouble
get_drift (const KocrClock * self, const Value * value, GstClockTime time)
{
  Value first;

  find_value (self->first, self->n_first, &first);
  return fabs (value->value - first.value
      - self->pace * get_seconds (self->first_time, time));
}

/* The pace of a step to @value, or 0.0. */
static gdouble
find_pace (const Value * value, gdouble step, gdouble passed)
{
  gdouble pace = passed > 0 ? step / passed : 0;

  if (value->counts)
    return pace >= LEAST_FRAMES && pace <= MOST_FRAMES ? pace : 0;
  /* Within a second frames alone go on. */
  if (value->frames >= 0 && step == 0)
    return passed <= get_slack (value, step) ? paces[0] : 0;
  for (guint i = 0; i < G_N_ELEMENTS (paces); i++) {
    if (step != 0 && fabs (step - paces[i] * passed) <= get_slack (value, step)
        && step * paces[i] > 0)
      return paces[i];
  }
  return 0.0;
}

/* Whether a step at @pace goes on with those before. */
static gboolean
keeps_pace (const KocrClock * self, const Value * value, gdouble pace,
    GstClockTime time)
{
  Value first;

  if (self->n_paced == 0)
    return TRUE;
  find_value (self->first, self->n_first, &first);
  return (value->counts || pace == self->pace)
      && get_drift (self, value, time)
      <= get_slack (value, value->value - first.value);
}

static void
keep (KocrClock * self, const gunichar * chars, guint n_chars,
    const Value * value, GstClockTime time)
{
  g_free (self->text);
  self->text = g_memdup2 (chars, n_chars * sizeof (gunichar));
  self->n_text = n_chars;
  self->at = value->at;
  self->n_value = value->n;
  self->time = time;
  self->n_misfits = 0;
}

/* Nothing is known of what was before this reading. */
static KocrClockState
begin (KocrClock * self, const gunichar * chars, guint n_chars,
    const Value * value, GstClockTime time)
{
  keep (self, chars, n_chars, value, time);
  g_free (self->first);
  self->first = g_memdup2 (chars + value->at, value->n * sizeof (gunichar));
  self->n_first = value->n;
  self->first_time = time;
  self->n_paced = 0;
  return self->state = KOCR_CLOCK_NONE;
}

static KocrClockState
end (KocrClock * self)
{
  kocr_clock_clear (self);
  kocr_clock_init (self);
  return KOCR_CLOCK_NONE;
}

/* Whether a clock that runs may show @step more after @passed seconds: it may
 * have stood. */
static gboolean
goes_on (const KocrClock * self, gdouble step, gdouble passed, gdouble slack)
{
  gdouble forwards = step / self->pace;

  return forwards >= -slack && forwards <= passed + slack / fabs (self->pace);
}

static KocrClockState
misfit (KocrClock * self)
{
  if (self->state == KOCR_CLOCK_RUNS && ++self->n_misfits < MISFITS)
    return KOCR_CLOCK_RUNS;
  return end (self);
}

KocrClockState
kocr_clock_read (KocrClock * self, const gunichar * chars, guint n_chars,
    GstClockTime time)
{
  Value value, before;
  gdouble step, passed, pace;

  if (!GST_CLOCK_TIME_IS_VALID (time)
      || !find_value (chars, n_chars, &value))
    return misfit (self);
  if (!self->text)
    return begin (self, chars, n_chars, &value, time);
  if (!is_around (self, chars, n_chars, &value)) {
    if (self->state == KOCR_CLOCK_RUNS)
      return misfit (self);
    return begin (self, chars, n_chars, &value, time);
  }
  find_value (self->text, self->n_text, &before);
  step = value.value - before.value;
  passed = get_seconds (self->time, time);
  if (self->state == KOCR_CLOCK_RUNS) {
    if (!goes_on (self, step, passed, get_slack (&value, step)))
      return misfit (self);
    keep (self, chars, n_chars, &value, time);
    return KOCR_CLOCK_RUNS;
  }
  if (step == 0 && value.frames == before.frames) {
    /* It was read twice with this value, shows the minutes, or is none. */
    if (self->n_paced == 0 ? passed < 60
                           : get_drift (self, &value, time)
                                 <= get_slack (&value, 0))
      return self->state;
    return begin (self, chars, n_chars, &value, time);
  }
  pace = find_pace (&value, step, passed);
  if (pace == 0.0 || !keeps_pace (self, &value, pace, time))
    return begin (self, chars, n_chars, &value, time);
  if (self->n_paced++ == 0)
    self->pace = pace;
  keep (self, chars, n_chars, &value, time);
  return self->state = self->n_paced >= STEPS ? KOCR_CLOCK_RUNS :
      KOCR_CLOCK_MAYBE;
}

void
kocr_clock_stand (KocrClock * self, GstClockTime time)
{
  Value value;

  if (self->state != KOCR_CLOCK_MAYBE)
    return;
  find_value (self->text, self->n_text, &value);
  if (get_drift (self, &value, time) > get_slack (&value, 0))
    end (self);
}

gboolean
kocr_clock_fits (const KocrClock * self, const gunichar * chars,
    guint n_chars, GstClockTime time)
{
  Value value, before;
  gdouble step, passed;

  if (!self->text || !GST_CLOCK_TIME_IS_VALID (time) || time < self->time
      || !find_value (chars, n_chars, &value)
      || !is_around (self, chars, n_chars, &value))
    return FALSE;
  find_value (self->text, self->n_text, &before);
  step = value.value - before.value;
  passed = get_seconds (self->time, time);
  return self->state == KOCR_CLOCK_RUNS ?
      goes_on (self, step, passed, get_slack (&value, step)) :
      find_pace (&value, step, passed) != 0.0;
}

gchar *
kocr_clock_get_text (const KocrClock * self)
{
  GString *text;
  g_autofree gchar *before = NULL;
  g_autofree gchar *first = NULL;
  g_autofree gchar *rest = NULL;

  if (self->state != KOCR_CLOCK_RUNS)
    return NULL;
  before = g_ucs4_to_utf8 (self->text, self->at, NULL, NULL, NULL);
  first = g_ucs4_to_utf8 (self->first, self->n_first, NULL, NULL, NULL);
  rest = g_ucs4_to_utf8 (self->text + self->at, self->n_text - self->at, NULL,
      NULL, NULL);
  text = g_string_new (NULL);
  g_string_append_printf (text, "%s%s–%s", before, first, rest);
  return g_string_free (text, FALSE);
}
