/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "subtitles/timeline.h"

#include "subtitles/dialogue.h"
#include "subtitles/screen.h"

/* So many tracks wait at most for an older one to end; then what is known of it
 * becomes a cue. A video with a text that never goes is written all the same,
 * and takes no more memory the longer it gets. */
#define MAX_WAITING 4096

struct _KocrCueTimeline
{
  GPtrArray *entries;           /* of KocrCueEntry */
  GstClockTime out;             /* up to when the screen is; 0: not at all */
  GstClockTime last;            /* where the newest cue of a file starts */
};

KocrCueTimeline *
kocr_cue_timeline_new (void)
{
  KocrCueTimeline *timeline = g_new0 (KocrCueTimeline, 1);

  timeline->entries = kocr_cue_entries_new ();
  return timeline;
}

void
kocr_cue_timeline_free (KocrCueTimeline * timeline)
{
  g_ptr_array_unref (timeline->entries);
  g_free (timeline);
}

void
kocr_cue_timeline_clear (KocrCueTimeline * timeline)
{
  g_ptr_array_set_size (timeline->entries, 0);
  timeline->out = timeline->last = 0;
}

GstClockTime
kocr_cue_timeline_get_start (const KocrCueTimeline * timeline)
{
  return timeline->entries->len > 0 ?
      kocr_cue_entries_get (timeline->entries, 0)->from : GST_CLOCK_TIME_NONE;
}

void
kocr_cue_timeline_take (KocrCueTimeline * timeline, guint producer,
    GstKakaoOcrTextTrack * track)
{
  kocr_cue_entries_take (timeline->entries, producer, track, timeline->out,
      timeline->last);
}

void
kocr_cue_timeline_drop_stale (KocrCueTimeline * timeline)
{
  kocr_cue_entries_drop_stale (timeline->entries);
}

/* Whether entry ends as a cue does that is from the timeline's start to @end;
 * @cut: the cue ends there although its text stays. Sets @known to FALSE when
 * that will only be seen. */
static gboolean
is_member (const KocrCueEntry * entry, GstClockTime end, gboolean cut,
    const KocrCueLimits * limits, gboolean * known)
{
  gboolean is_open = kocr_cue_entry_is_open (entry);

  if (cut) {
    if (kocr_cue_entry_get_known_end (entry) >= end
        && !kocr_cue_entry_is_uncertain (entry, limits))
      return TRUE;
    *known &= !is_open;
    return FALSE;
  }
  if (!is_open)
    return kocr_cue_times_are_together (entry->track->end, end);
  *known &= entry->track->last_seen > end + KOCR_CUE_TOGETHER;
  return FALSE;
}

/* Those of the first entries that are one cue up to @end; NULL when that is not
 * known yet. */
static GPtrArray *
find_members (const KocrCueTimeline * timeline, GstClockTime end, gboolean cut,
    const KocrCueLimits * limits)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  GstClockTime start = kocr_cue_timeline_get_start (timeline);
  gboolean known = TRUE;

  for (guint i = 0; i < timeline->entries->len; i++) {
    KocrCueEntry *entry = kocr_cue_entries_get (timeline->entries, i);

    if (!kocr_cue_times_are_together (entry->from, start))
      break;
    if (is_member (entry, end, cut, limits, &known))
      g_ptr_array_add (members, entry);
  }
  return known ? g_steal_pointer (&members) : NULL;
}

static gboolean
is_full (const KocrCueTimeline * timeline)
{
  return timeline->entries->len > MAX_WAITING;
}

/* Where the next cue ends: with its text, or before it (@cut). FALSE while that
 * is not known. */
static gboolean
find_end (const KocrCueTimeline * timeline, const KocrCueLimits * limits,
    GstClockTime * end, gboolean * cut)
{
  const KocrCueEntry *first;
  GstClockTime duration;

  first = kocr_cue_entries_get (timeline->entries, 0);
  *end = kocr_cue_entry_get_known_end (first);
  duration = *end > first->from ? *end - first->from : 0;
  *cut = TRUE;
  if (limits->max_duration > 0 && duration > limits->max_duration)
    *end = first->from + limits->max_duration;
  else if (!kocr_cue_entry_is_open (first))
    *cut = FALSE;
  else
    return is_full (timeline) && duration > 0;
  return !kocr_cue_entry_is_uncertain (first, limits);
}

/* What is left of the members of a cue stays, from the cue's end. */
static void
advance_members (KocrCueTimeline * timeline, GPtrArray * members,
    GstClockTime end, gboolean cut)
{
  for (guint i = 0; i < members->len; i++) {
    KocrCueEntry *entry = g_ptr_array_index (members, i);

    if (cut)
      kocr_cue_entries_advance (timeline->entries, entry, end);
    else
      g_ptr_array_remove (timeline->entries, entry);
  }
}

static KocrSubtitleCue *
make_cue (const KocrCueTimeline *timeline, GPtrArray *members, GstClockTime end,
    gboolean cut)
{
  g_autofree const GstKakaoOcrTextTrack **tracks =
      g_new (const GstKakaoOcrTextTrack *, members->len);

  for (guint i = 0; i < members->len; i++) {
    const KocrCueEntry *entry = g_ptr_array_index (members, i);

    tracks[i] = entry->track;
    if (!cut)
      end = MAX (end, entry->track->end);
  }
  return kocr_subtitle_cue_new (
      kocr_cue_timeline_get_start (timeline), end, tracks, members->len);
}

/* Those of @dialogue that stay go on with what comes; of one that goes with the
 * others nothing is left that could be seen. */
static void
advance_speakers (KocrCueTimeline * timeline, const KocrDialogue * dialogue)
{
  for (guint i = 0; i < dialogue->speakers->len; i++) {
    KocrCueEntry *entry = g_ptr_array_index (dialogue->speakers, i);

    if (!kocr_cue_entry_is_open (entry)
        && entry->track->end <= dialogue->end + KOCR_CUE_TOGETHER)
      g_ptr_array_remove (timeline->entries, entry);
    else
      kocr_cue_entries_advance (timeline->entries, entry, dialogue->next);
  }
}

/* What stands of a dialogue until it changes. */
static KocrSubtitleCue *
pop_dialogue (KocrCueTimeline * timeline, KocrDialogue * dialogue)
{
  g_autoptr (GPtrArray) speakers = dialogue->speakers;
  KocrSubtitleCue *cue = make_cue (timeline, speakers, dialogue->end, TRUE);

  timeline->last = cue->start;
  advance_speakers (timeline, dialogue);
  return cue;
}

KocrSubtitleCue *
kocr_cue_timeline_pop (KocrCueTimeline * timeline, const KocrCueLimits * limits)
{
  g_autoptr (GPtrArray) members = NULL;
  KocrCueLimits bounded = *limits;
  KocrDialogue dialogue;
  GstClockTime end;
  KocrSubtitleCue *cue;
  gboolean cut;

  kocr_cue_entries_drop_short (timeline->entries, limits->min_duration);
  if (is_full (timeline))
    bounded.min_duration = bounded.hold = 0;
  if (timeline->entries->len == 0)
    return NULL;
  switch (kocr_dialogue_find (timeline->entries, &bounded, &dialogue)) {
    case KOCR_DIALOGUE_CHANGES:
      return pop_dialogue (timeline, &dialogue);
    case KOCR_DIALOGUE_OPEN:
      if (!is_full (timeline))
        return NULL;
      break;
    case KOCR_DIALOGUE_NONE:
      break;
  }
  if (!find_end (timeline, &bounded, &end, &cut))
    return NULL;
  members = find_members (timeline, end, cut, &bounded);
  if (!members)
    return NULL;
  cue = make_cue (timeline, members, end, cut);
  timeline->last = cue->start;
  advance_members (timeline, members, end, cut);
  return cue;
}

KocrSubtitleCue *
kocr_cue_timeline_pop_screen (
    KocrCueTimeline *timeline, const KocrCueLimits *limits)
{
  KocrSubtitleCue *cue = kocr_cue_screen_pop (timeline->entries, limits);

  if (cue)
    timeline->out = cue->end;
  return cue;
}
