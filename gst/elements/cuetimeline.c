/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cuetimeline.h"

#include "cuescreen.h"

/* So many tracks wait at most for an older one to end; then what is known of it
 * becomes a cue. A video with a text that never goes is written all the same,
 * and takes no more memory the longer it gets. */
#define MAX_WAITING 4096

struct _CueTimeline
{
  GPtrArray *entries;           /* of CueEntry */
  GstClockTime out;             /* up to when the screen is; 0: not at all */
};

CueTimeline *
cue_timeline_new (void)
{
  CueTimeline *timeline = g_new0 (CueTimeline, 1);

  timeline->entries = cue_entries_new ();
  return timeline;
}

void
cue_timeline_free (CueTimeline * timeline)
{
  g_ptr_array_unref (timeline->entries);
  g_free (timeline);
}

void
cue_timeline_clear (CueTimeline * timeline)
{
  g_ptr_array_set_size (timeline->entries, 0);
  timeline->out = 0;
}

GstClockTime
cue_timeline_get_start (const CueTimeline * timeline)
{
  return timeline->entries->len > 0 ?
      cue_entries_get (timeline->entries, 0)->from : GST_CLOCK_TIME_NONE;
}

void
cue_timeline_take (CueTimeline * timeline, guint producer,
    GstKakaoOcrTextTrack * track)
{
  cue_entries_take (timeline->entries, producer, track, timeline->out);
}

void
cue_timeline_drop_untold (CueTimeline * timeline)
{
  cue_entries_drop_untold (timeline->entries);
}

/* Whether entry ends as a cue does that is from the timeline's start to @end;
 * @cut: the cue ends there although its text stays. Sets @known to FALSE when
 * that will only be seen. */
static gboolean
is_member (const CueEntry * entry, GstClockTime end, gboolean cut,
    const CueLimits * limits, gboolean * known)
{
  gboolean is_open = cue_entry_is_open (entry);

  if (cut) {
    if (cue_entry_get_known_end (entry) >= end
        && !cue_entry_is_uncertain (entry, limits))
      return TRUE;
    *known &= !is_open;
    return FALSE;
  }
  if (!is_open)
    return cue_times_are_together (entry->track->end, end);
  *known &= entry->track->last_seen > end + CUE_TOGETHER;
  return FALSE;
}

/* Those of the first entries that are one cue up to @end; NULL when that is not
 * known yet. */
static GPtrArray *
find_members (const CueTimeline * timeline, GstClockTime end, gboolean cut,
    const CueLimits * limits)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  GstClockTime start = cue_timeline_get_start (timeline);
  gboolean known = TRUE;

  for (guint i = 0; i < timeline->entries->len; i++) {
    CueEntry *entry = cue_entries_get (timeline->entries, i);

    if (!cue_times_are_together (entry->from, start))
      break;
    if (is_member (entry, end, cut, limits, &known))
      g_ptr_array_add (members, entry);
  }
  return known ? g_steal_pointer (&members) : NULL;
}

static gboolean
is_full (const CueTimeline * timeline)
{
  return timeline->entries->len > MAX_WAITING;
}

/* Where the next cue ends: with its text, or before it (@cut). FALSE while that
 * is not known. */
static gboolean
find_end (const CueTimeline * timeline, const CueLimits * limits,
    GstClockTime * end, gboolean * cut)
{
  const CueEntry *first;
  GstClockTime duration;

  if (timeline->entries->len == 0)
    return FALSE;
  first = cue_entries_get (timeline->entries, 0);
  *end = cue_entry_get_known_end (first);
  duration = *end > first->from ? *end - first->from : 0;
  *cut = TRUE;
  if (limits->max_duration > 0 && duration > limits->max_duration)
    *end = first->from + limits->max_duration;
  else if (!cue_entry_is_open (first))
    *cut = FALSE;
  else
    return is_full (timeline) && duration > 0;
  return !cue_entry_is_uncertain (first, limits);
}

/* What is left of the members of a cue stays, from the cue's end. */
static void
advance_members (CueTimeline * timeline, GPtrArray * members,
    GstClockTime end, gboolean cut)
{
  for (guint i = 0; i < members->len; i++) {
    CueEntry *entry = g_ptr_array_index (members, i);

    if (cut)
      cue_entries_advance (timeline->entries, entry, end);
    else
      g_ptr_array_remove (timeline->entries, entry);
  }
}

static SubtitleCue *
make_cue (const CueTimeline * timeline, GPtrArray * members, GstClockTime end,
    gboolean cut)
{
  g_autofree const GstKakaoOcrTextTrack **tracks =
      g_new (const GstKakaoOcrTextTrack *, members->len);

  for (guint i = 0; i < members->len; i++) {
    const CueEntry *entry = g_ptr_array_index (members, i);

    tracks[i] = entry->track;
    if (!cut)
      end = MAX (end, entry->track->end);
  }
  return subtitle_cue_new (cue_timeline_get_start (timeline), end, tracks,
      members->len);
}

SubtitleCue *
cue_timeline_pop (CueTimeline * timeline, const CueLimits * limits)
{
  g_autoptr (GPtrArray) members = NULL;
  CueLimits bounded = *limits;
  GstClockTime end;
  SubtitleCue *cue;
  gboolean cut;

  cue_entries_drop_short (timeline->entries, limits->min_duration);
  if (is_full (timeline))
    bounded.min_duration = bounded.hold = 0;
  if (!find_end (timeline, &bounded, &end, &cut))
    return NULL;
  members = find_members (timeline, end, cut, &bounded);
  if (!members)
    return NULL;
  cue = make_cue (timeline, members, end, cut);
  advance_members (timeline, members, end, cut);
  return cue;
}

SubtitleCue *
cue_timeline_pop_screen (CueTimeline * timeline, const CueLimits * limits)
{
  SubtitleCue *cue = cue_screen_pop (timeline->entries, limits);

  if (cue)
    timeline->out = cue->end;
  return cue;
}
