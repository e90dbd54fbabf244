/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cuetimeline.h"

/* What comes, or goes, within this much of each other does it together: lines
 * that fade in are read a few samples apart, and nobody sees them part. */
#define TOGETHER (200 * GST_MSECOND)

/* So many tracks wait at most for an older one to end; then what is known of it
 * becomes a cue. A video with a text that never goes is written all the same,
 * and takes no more memory the longer it gets. */
#define MAX_WAITING 4096

typedef struct
{
  guint producer;
  GstKakaoOcrTextTrack *track;
  GstClockTime from;            /* what was before is out as cues */
  gboolean told;                /* taken since cue_timeline_drop_untold() */
} Entry;

struct _CueTimeline
{
  GPtrArray *entries;           /* of Entry, in the order of from */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  gst_kakao_ocr_text_track_free (entry->track);
  g_free (entry);
}

static const Entry *
nth_entry (const CueTimeline * timeline, guint n)
{
  return g_ptr_array_index (timeline->entries, n);
}

static gboolean
is_open (const Entry * entry)
{
  return entry->track->state == GST_KAKAO_OCR_TEXT_TRACK_OPEN;
}

/* Until when it is known to be there. */
static GstClockTime
known_end (const Entry * entry)
{
  return is_open (entry) ? entry->track->last_seen : entry->track->end;
}

static gboolean
are_together (GstClockTime a, GstClockTime b)
{
  return (a > b ? a - b : b - a) <= TOGETHER;
}

CueTimeline *
cue_timeline_new (void)
{
  CueTimeline *timeline = g_new0 (CueTimeline, 1);

  timeline->entries = g_ptr_array_new_with_free_func (entry_free);
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
}

GstClockTime
cue_timeline_get_start (const CueTimeline * timeline)
{
  return timeline->entries->len > 0 ? nth_entry (timeline, 0)->from
      : GST_CLOCK_TIME_NONE;
}

/* Puts entry where its from belongs; new ones belong at the end. */
static void
insert (CueTimeline * timeline, Entry * entry)
{
  guint n = timeline->entries->len;

  while (n > 0 && nth_entry (timeline, n - 1)->from > entry->from)
    n--;
  g_ptr_array_insert (timeline->entries, n, entry);
}

void
cue_timeline_take (CueTimeline * timeline, guint producer,
    GstKakaoOcrTextTrack * track)
{
  Entry *entry;

  for (guint i = 0; i < timeline->entries->len; i++) {
    entry = g_ptr_array_index (timeline->entries, i);
    if (entry->producer == producer && entry->track->id == track->id) {
      gst_kakao_ocr_text_track_free (entry->track);
      entry->track = track;
      entry->told = TRUE;
      return;
    }
  }
  /* Without times there is nothing to show it at. */
  if (!GST_CLOCK_TIME_IS_VALID (track->start)) {
    gst_kakao_ocr_text_track_free (track);
    return;
  }
  entry = g_new0 (Entry, 1);
  entry->producer = producer;
  entry->track = track;
  entry->from = track->start;
  entry->told = TRUE;
  insert (timeline, entry);
}

void
cue_timeline_drop_untold (CueTimeline * timeline)
{
  for (guint i = timeline->entries->len; i-- > 0;) {
    Entry *entry = g_ptr_array_index (timeline->entries, i);

    if (is_open (entry) && !entry->told)
      g_ptr_array_remove_index (timeline->entries, i);
    else
      entry->told = FALSE;
  }
}

/* Takes out what was too short to be read, and what is out to its end. */
static void
drop_short (CueTimeline * timeline, GstClockTime min_duration)
{
  for (guint i = timeline->entries->len; i-- > 0;) {
    const Entry *entry = nth_entry (timeline, i);
    gboolean is_whole = entry->from == entry->track->start;

    if (is_open (entry))
      continue;
    if (is_whole ? entry->track->end < entry->from + min_duration
        : entry->track->end <= entry->from)
      g_ptr_array_remove_index (timeline->entries, i);
  }
}

/* Whether entry ends as a cue does that is from the timeline's start to @end;
 * @cut: the cue ends there although its text stays. Sets @known to FALSE when
 * that will only be seen. */
static gboolean
is_member (const Entry * entry, GstClockTime end, gboolean cut,
    gboolean * known)
{
  if (cut) {
    if (known_end (entry) >= end)
      return TRUE;
    *known &= !is_open (entry);
    return FALSE;
  }
  if (!is_open (entry))
    return are_together (entry->track->end, end);
  *known &= entry->track->last_seen > end + TOGETHER;
  return FALSE;
}

/* Those of the first entries that are one cue up to @end; NULL when that is not
 * known yet. */
static GPtrArray *
find_members (const CueTimeline * timeline, GstClockTime end, gboolean cut)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  GstClockTime start = cue_timeline_get_start (timeline);
  gboolean known = TRUE;

  for (guint i = 0; i < timeline->entries->len; i++) {
    Entry *entry = g_ptr_array_index (timeline->entries, i);

    if (!are_together (entry->from, start))
      break;
    if (is_member (entry, end, cut, &known))
      g_ptr_array_add (members, entry);
  }
  return known ? g_steal_pointer (&members) : NULL;
}

/* Where the next cue ends: with its text, or before it (@cut). FALSE while that
 * is not known. */
static gboolean
find_end (const CueTimeline * timeline, GstClockTime max_duration,
    GstClockTime * end, gboolean * cut)
{
  gboolean is_full = timeline->entries->len > MAX_WAITING;
  const Entry *first;
  GstClockTime duration;

  if (timeline->entries->len == 0)
    return FALSE;
  first = nth_entry (timeline, 0);
  *end = known_end (first);
  duration = *end > first->from ? *end - first->from : 0;
  *cut = TRUE;
  if (max_duration > 0 && duration > max_duration)
    *end = first->from + max_duration;
  else if (!is_open (first))
    *cut = FALSE;
  else
    return is_full && duration > 0;
  return TRUE;
}

/* What is left of the members of a cue stays, from the cue's end. */
static void
advance_members (CueTimeline * timeline, GPtrArray * members,
    GstClockTime end, gboolean cut)
{
  for (guint i = 0; i < members->len; i++) {
    Entry *entry = g_ptr_array_index (members, i);
    guint index;

    g_ptr_array_find (timeline->entries, entry, &index);
    if (cut) {
      g_ptr_array_steal_index (timeline->entries, index);
      entry->from = end;
      insert (timeline, entry);
    } else {
      g_ptr_array_remove_index (timeline->entries, index);
    }
  }
}

static SubtitleCue *
make_cue (const CueTimeline * timeline, GPtrArray * members, GstClockTime end,
    gboolean cut)
{
  g_autofree const GstKakaoOcrTextTrack **tracks =
      g_new (const GstKakaoOcrTextTrack *, members->len);

  for (guint i = 0; i < members->len; i++) {
    const Entry *entry = g_ptr_array_index (members, i);

    tracks[i] = entry->track;
    if (!cut)
      end = MAX (end, entry->track->end);
  }
  return subtitle_cue_new (cue_timeline_get_start (timeline), end, tracks,
      members->len);
}

SubtitleCue *
cue_timeline_pop (CueTimeline * timeline, GstClockTime min_duration,
    GstClockTime max_duration)
{
  g_autoptr (GPtrArray) members = NULL;
  GstClockTime end;
  SubtitleCue *cue;
  gboolean cut;

  drop_short (timeline, min_duration);
  if (!find_end (timeline, max_duration, &end, &cut))
    return NULL;
  members = find_members (timeline, end, cut);
  if (!members)
    return NULL;
  cue = make_cue (timeline, members, end, cut);
  advance_members (timeline, members, end, cut);
  return cue;
}
