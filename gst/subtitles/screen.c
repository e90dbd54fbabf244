/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "subtitles/screen.h"

/* From a change of what stands to the next one. */
typedef struct
{
  GstClockTime start, end;
  gboolean goes;                /* texts go at the end, none comes */
} Span;

/* When @entry goes; GST_CLOCK_TIME_NONE, which is after all others, while that
 * is not known. */
static GstClockTime
get_end (const KocrCueEntry * entry)
{
  return kocr_cue_entry_is_open (entry) ? GST_CLOCK_TIME_NONE
                                        : entry->track->end;
}

/* Up to when it is known what stands. */
static GstClockTime
find_horizon (const GPtrArray * entries, const KocrCueLimits * limits)
{
  GstClockTime horizon = GST_CLOCK_TIME_NONE;

  for (guint i = 0; i < entries->len; i++) {
    const KocrCueEntry *entry = kocr_cue_entries_get (entries, i);

    /* Even that it comes then is not known. */
    if (kocr_cue_entry_is_uncertain (entry, limits))
      horizon = MIN (horizon, entry->from - MIN (entry->from, 1));
    else if (kocr_cue_entry_is_open (entry))
      horizon = MIN (horizon, entry->track->last_seen);
  }
  return horizon;
}

/* Whether @entry, of @entries, stands from @start on, or comes so soon after
 * that nobody would see it come by itself. */
static gboolean
stands_from (const GPtrArray * entries, const KocrCueEntry * entry,
    GstClockTime start)
{
  return entry->from == start
         || (kocr_cue_times_are_together (entry->from, start)
             && get_end (kocr_cue_entries_get (entries, 0)) > entry->from);
}

/* The first change after the start. */
static Span
find_span (const GPtrArray * entries)
{
  Span span
      = { kocr_cue_entries_get (entries, 0)->from, GST_CLOCK_TIME_NONE, FALSE };

  for (guint i = 0; i < entries->len; i++) {
    const KocrCueEntry *entry = kocr_cue_entries_get (entries, i);

    if (!stands_from (entries, entry, span.start)) {
      if (entry->from <= span.end)
        span.goes = FALSE;
      span.end = MIN (span.end, entry->from);
      break;
    }
    if (get_end (entry) < span.end) {
      span.end = get_end (entry);
      span.goes = TRUE;
    }
  }
  return span;
}

/* Texts that go together go with the last of them, unless another one comes
 * before. */
static GstClockTime
find_last_end (const GPtrArray * entries, const Span * span)
{
  GstClockTime last = span->end;

  for (guint i = 0; i < entries->len; i++) {
    const KocrCueEntry *entry = kocr_cue_entries_get (entries, i);

    if (!stands_from (entries, entry, span->start))
      return MIN (last, entry->from);
    if (kocr_cue_times_are_together (get_end (entry), span->end))
      last = MAX (last, get_end (entry));
  }
  return last;
}

/* FALSE while it is not known where the span ends. */
static gboolean
end_span (const GPtrArray * entries, const KocrCueLimits * limits, Span * span)
{
  GstClockTime horizon = find_horizon (entries, limits);
  GstClockTime longest = limits->max_duration > 0 ?
      span->start + limits->max_duration : GST_CLOCK_TIME_NONE;

  if (span->end > longest) {
    span->end = longest;
    span->goes = FALSE;
    return longest < horizon;
  }
  if (!span->goes)
    return span->end <= horizon && GST_CLOCK_TIME_IS_VALID (span->end);
  if (GST_CLOCK_TIME_IS_VALID (horizon)
      && horizon <= span->end + KOCR_CUE_TOGETHER)
    return FALSE;
  span->end = find_last_end (entries, span);
  return TRUE;
}

static GPtrArray *
find_members (const GPtrArray * entries, GstClockTime start)
{
  GPtrArray *members = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++) {
    KocrCueEntry *entry = kocr_cue_entries_get (entries, i);

    if (!stands_from (entries, entry, start))
      break;
    g_ptr_array_add (members, entry);
  }
  return members;
}

/* Whether another text comes at @time. */
static gboolean
one_comes (const GPtrArray * entries, const GPtrArray * members,
    GstClockTime time)
{
  for (guint i = members->len; i < entries->len; i++)
    if (kocr_cue_entries_get (entries, i)->from == time)
      return TRUE;
  return FALSE;
}

/* What is left of the members stands on after @span; where others come then, a
 * rest that nobody would see does not. */
static void
advance (GPtrArray * entries, GPtrArray * members, const Span * span)
{
  GstClockTime seen = one_comes (entries, members, span->end) ?
      span->end + KOCR_CUE_TOGETHER : span->end;

  for (guint i = 0; i < members->len; i++) {
    KocrCueEntry *entry = g_ptr_array_index (members, i);

    if (get_end (entry) <= seen)
      g_ptr_array_remove (entries, entry);
    else
      kocr_cue_entries_advance (entries, entry, span->end);
  }
}

KocrSubtitleCue *
kocr_cue_screen_pop (GPtrArray * entries, const KocrCueLimits * limits)
{
  g_autoptr (GPtrArray) members = NULL;
  g_autofree const GstKakaoOcrTextTrack **tracks = NULL;
  KocrSubtitleCue *cue;
  Span span;

  kocr_cue_entries_drop_short (entries, limits->min_duration);
  if (entries->len == 0)
    return NULL;
  span = find_span (entries);
  if (!end_span (entries, limits, &span))
    return NULL;
  members = find_members (entries, span.start);
  tracks = g_new (const GstKakaoOcrTextTrack *, members->len);
  for (guint i = 0; i < members->len; i++)
    tracks[i] = ((const KocrCueEntry *) g_ptr_array_index (members, i))->track;
  cue = kocr_subtitle_cue_new (span.start, span.end, tracks, members->len);
  advance (entries, members, &span);
  return cue;
}
