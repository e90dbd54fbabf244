/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "subtitles/dialogue.h"

/* Of the lower line's height that is between two lines at most. */
#define MOST_GAP 1.0

typedef struct
{
  gdouble left, top, right, bottom;
} Bounds;

static gboolean
has_dash (const GstKakaoOcrTextTrack * track)
{
  gunichar c = g_utf8_get_char (track->text);

  return g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
}

static Bounds
find_bounds (const GstKakaoOcrTextTrack * track)
{
  Bounds bounds = { G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE };

  for (guint i = 0; i < GST_KAKAO_OCR_BOX_LEN; i += 2) {
    bounds.left = MIN (bounds.left, track->box[i]);
    bounds.right = MAX (bounds.right, track->box[i]);
    bounds.top = MIN (bounds.top, track->box[i + 1]);
    bounds.bottom = MAX (bounds.bottom, track->box[i + 1]);
  }
  return bounds;
}

/* Whether one stands below the other. */
static gboolean
are_stacked (const GstKakaoOcrTextTrack * a, const GstKakaoOcrTextTrack * b)
{
  Bounds p = find_bounds (a), q = find_bounds (b);
  gdouble gap = MAX (p.top, q.top) - MIN (p.bottom, q.bottom);
  gdouble lower = MIN (p.bottom - p.top, q.bottom - q.top);

  return MIN (p.right, q.right) > MAX (p.left, q.left)
         && (p.top + p.bottom > 2 * q.bottom || q.top + q.bottom > 2 * p.bottom)
         && gap <= MOST_GAP * lower;
}

static gboolean
speak_together (const KocrCueEntry * a, const KocrCueEntry * b)
{
  return a->producer == b->producer
         && (has_dash (a->track) || has_dash (b->track))
         && are_stacked (a->track, b->track);
}

static gboolean
is_of (const GPtrArray * speakers, const KocrCueEntry * entry)
{
  for (guint i = 0; i < speakers->len; i++)
    if (speak_together (g_ptr_array_index (speakers, i), entry))
      return TRUE;
  return FALSE;
}

/* The first entry, and those that stand from its start on with it. */
static GPtrArray *
list_speakers (const GPtrArray * entries)
{
  const KocrCueEntry *first = kocr_cue_entries_get (entries, 0);
  GPtrArray *speakers = g_ptr_array_new ();

  g_ptr_array_add (speakers, kocr_cue_entries_get (entries, 0));
  for (guint i = 1; i < entries->len; i++) {
    KocrCueEntry *entry = kocr_cue_entries_get (entries, i);

    if (kocr_cue_times_are_together (entry->from, first->from)
        && is_of (speakers, entry))
      g_ptr_array_add (speakers, entry);
  }
  return speakers;
}

/* The next one that joins @speakers before @end. */
static const KocrCueEntry *
find_next (const GPtrArray * entries, const GPtrArray * speakers,
    GstClockTime end)
{
  const KocrCueEntry *first = kocr_cue_entries_get (entries, 0);

  for (guint i = 1; i < entries->len; i++) {
    const KocrCueEntry *entry = kocr_cue_entries_get (entries, i);

    if (!kocr_cue_times_are_together (entry->from, first->from)
        && entry->from < end && is_of (speakers, entry))
      return entry;
  }
  return NULL;
}

static GstClockTime
find_first_end (const GPtrArray * speakers)
{
  GstClockTime end = GST_CLOCK_TIME_NONE;

  for (guint i = 0; i < speakers->len; i++) {
    const KocrCueEntry *entry = g_ptr_array_index (speakers, i);

    if (!kocr_cue_entry_is_open (entry))
      end = MIN (end, entry->track->end);
  }
  return end;
}

static GstClockTime
find_last_end (const GPtrArray * speakers)
{
  GstClockTime end = 0;

  for (guint i = 0; i < speakers->len; i++)
    end = MAX (end,
        kocr_cue_entry_get_known_end (g_ptr_array_index (speakers, i)));
  return end;
}

/* Whether some of @speakers stay when the first of them goes. */
static KocrDialogueState
find_state (const GPtrArray * speakers, GstClockTime end)
{
  KocrDialogueState state = KOCR_DIALOGUE_NONE;

  for (guint i = 0; i < speakers->len; i++) {
    const KocrCueEntry *entry = g_ptr_array_index (speakers, i);

    if (kocr_cue_entry_get_known_end (entry) > end + KOCR_CUE_TOGETHER)
      state = MAX (state, KOCR_DIALOGUE_CHANGES);
    else if (kocr_cue_entry_is_open (entry))
      return KOCR_DIALOGUE_OPEN;
  }
  return state;
}

KocrDialogueState
kocr_dialogue_find (const GPtrArray *entries, const KocrCueLimits *limits,
    KocrDialogue *dialogue)
{
  g_autoptr (GPtrArray) speakers = list_speakers (entries);
  GstClockTime start = kocr_cue_entries_get (entries, 0)->from;
  GstClockTime end = find_first_end (speakers);
  const KocrCueEntry *next
      = find_next (entries, speakers, find_last_end (speakers));

  if (next && (!GST_CLOCK_TIME_IS_VALID (end) || next->from <= end)) {
    dialogue->end = dialogue->next = next->from;
  } else if (GST_CLOCK_TIME_IS_VALID (end)) {
    KocrDialogueState state = find_state (speakers, end);

    if (state != KOCR_DIALOGUE_CHANGES)
      return state;
    dialogue->end = dialogue->next = end;
    if (next && kocr_cue_times_are_together (next->from, end))
      dialogue->next = next->from;
  } else {
    return KOCR_DIALOGUE_NONE;
  }
  if (limits->max_duration > 0 && dialogue->end > start + limits->max_duration)
    return KOCR_DIALOGUE_NONE;
  if (next && kocr_cue_entry_is_uncertain (next, limits))
    return KOCR_DIALOGUE_OPEN;
  for (guint i = 0; i < speakers->len; i++)
    if (kocr_cue_entry_is_uncertain (g_ptr_array_index (speakers, i), limits))
      return KOCR_DIALOGUE_OPEN;
  dialogue->speakers = g_steal_pointer (&speakers);
  return KOCR_DIALOGUE_CHANGES;
}
