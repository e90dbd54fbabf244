/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "read/tracklist.h"

#include <json-glib/json-glib.h>

#include "commandline/printable.h"

struct _TrackList
{
  GPtrArray *tracks;            /* of Track, by start */
};

static void
track_free (gpointer data)
{
  g_free (((Track *) data)->text);
  g_free (data);
}

TrackList *
track_list_new (void)
{
  TrackList *list = g_new0 (TrackList, 1);

  list->tracks = g_ptr_array_new_with_free_func (track_free);
  return list;
}

void
track_list_free (TrackList * list)
{
  g_ptr_array_unref (list->tracks);
  g_free (list);
}

static gint
compare_starts (gconstpointer a, gconstpointer b)
{
  const Track *one = *(Track * const *) a, *other = *(Track * const *) b;

  if (one->start != other->start)
    return one->start < other->start ? -1 : 1;
  return one->id < other->id ? -1 : one->id > other->id;
}

void
track_list_add (TrackList * list, const gchar * line, gsize length)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;
  Track *track;

  if (!json_parser_load_from_data (parser, line, length, NULL)
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return;
  object = json_node_get_object (json_parser_get_root (parser));
  if (g_strcmp0 (json_object_get_string_member_with_default (object, "type",
              NULL), "track") != 0)
    return;
  track = g_new0 (Track, 1);
  track->id = json_object_get_int_member_with_default (object, "track", 0);
  track->text = printable_text (json_object_get_string_member_with_default
      (object, "text", ""));
  track->start = json_object_get_int_member_with_default (object, "start", 0);
  track->end = json_object_get_int_member_with_default (object, "end", 0);
  g_ptr_array_add (list->tracks, track);
  g_ptr_array_sort (list->tracks, compare_starts);
}

guint
track_list_get_n (const TrackList * list)
{
  return list->tracks->len;
}

const Track *
track_list_get (const TrackList * list, guint i)
{
  return g_ptr_array_index (list->tracks, i);
}

const Track *
track_list_find (const TrackList * list, guint64 id)
{
  guint i;

  for (i = 0; i < list->tracks->len; i++) {
    const Track *track = track_list_get (list, i);

    if (track->id == id)
      return track;
  }
  return NULL;
}
