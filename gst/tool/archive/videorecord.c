/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "archive/videorecord.h"

#include <math.h>
#include <string.h>

#include "archive/archivetext.h"
#include "archive/jsonmembers.h"
#include "json/document.h"
#include "json/reader.h"

static const gchar *const states[] = { "indexed", "broken", "failed" };

static void
track_record_free (gpointer data)
{
  TrackRecord *track = data;

  if (!track)
    return;
  g_free (track->text);
  g_free (track->box);
  g_clear_pointer (&track->places, g_array_unref);
  g_clear_pointer (&track->crop, g_bytes_unref);
  g_free (track);
}

VideoRecord *
video_record_new (const gchar * path)
{
  VideoRecord *self = g_new0 (VideoRecord, 1);

  self->path = g_strdup (path);
  self->duration = GST_CLOCK_TIME_NONE;
  self->tracks = g_ptr_array_new_with_free_func (track_record_free);
  self->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  return self;
}

void
video_record_free (VideoRecord * self)
{
  g_free (self->path);
  g_free (self->sha256);
  g_free (self->orientation);
  g_free (self->error);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->tracks);
  g_free (self);
}

const gchar *
video_state_get_name (VideoState state)
{
  return states[state];
}

VideoState
video_state_from_name (const gchar * name)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i], name) == 0)
      return i;
  return VIDEO_FAILED;
}

/* Reading JSON: what is missing or of another type is unknown. */

static const gchar *
get_text (JsonObject * object, const gchar * name)
{
  return kocr_json_node_text (json_object_get_member (object, name));
}

static gint64
get_int (JsonObject * object, const gchar * name, gint64 unknown)
{
  JsonNode *node = json_object_get_member (object, name);

  return node && JSON_NODE_HOLDS_VALUE (node)
      && json_node_get_value_type (node) == G_TYPE_INT64
      ? json_node_get_int (node) : unknown;
}

static GstClockTime
get_time (JsonObject * object, const gchar * name)
{
  gint64 time = get_int (object, name, -1);

  return time < 0 ? GST_CLOCK_TIME_NONE : (GstClockTime) time;
}

TrackRecord *
video_record_find_track (const VideoRecord * self, guint64 id)
{
  return g_hash_table_lookup (self->by_id, &id);
}

static TrackRecord *
add_track (VideoRecord * self, guint64 id)
{
  TrackRecord *track = video_record_find_track (self, id);

  if (!track) {
    track = g_new0 (TrackRecord, 1);
    track->track = id;
    g_ptr_array_add (self->tracks, track);
    g_hash_table_insert (self->by_id, &track->track, track);
  }
  return track;
}

static void
read_track (VideoRecord * self, JsonObject * object)
{
  const gchar *text = get_text (object, "text");
  gint64 id = get_int (object, "track", -1);
  JsonNode *box = json_object_get_member (object, "box");
  gdouble agreement;
  gboolean moving;
  TrackRecord *track;

  if (!text || !*text || id < 0)
    return;
  track = add_track (self, id);
  if (track->text)
    return;
  track->text = archive_text_clean (text);
  track->start = get_time (object, "start");
  track->end = get_time (object, "end");
  track->samples = MAX (get_int (object, "samples", 0), 0);
  track->agreement = kocr_json_node_number (json_object_get_member (object,
          "agreement"), &agreement) ? agreement : -1.0;
  track->moving = kocr_json_node_boolean (json_object_get_member (object,
          "moving"), &moving) ? moving : -1;
  if (box && JSON_NODE_HOLDS_ARRAY (box))
    track->box = json_to_string (box, FALSE);
  if (!track->places)
    track->places = places_read (json_object_get_member (object, "places"));
}

/* A line of @type; NULL: it is none. Who wrote it is not known. */
static JsonObject *
parse_line (JsonParser ** parser, const gchar * line, gsize length,
    const gchar * type)
{
  /* A crop is in it as text. */
  static const KocrJsonLimits limits = {
    .max_bytes = 64 * 1024 * 1024,
    .max_depth = 32,
    .max_values = 100000,
    .max_digits = 19,
    .lenient = TRUE
  };
  KocrJsonProblem problem;
  JsonObject *object = kocr_json_load (line, length, &limits, parser,
      &problem);

  return object && g_strcmp0 (get_text (object, "type"), type) == 0 ? object : NULL;
}

void
video_record_add_track_line (VideoRecord * self, const gchar * line,
    gsize length)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *object = parse_line (&parser, line, length, "track");

  if (object)
    read_track (self, object);
}

void
video_record_add_crop (VideoRecord * self, guint64 id, GBytes * crop)
{
  TrackRecord *track = add_track (self, id);

  g_clear_pointer (&track->crop, g_bytes_unref);
  track->crop = g_bytes_ref (crop);
}

void
video_record_add_place (
    VideoRecord *self, guint64 id, GstClockTime time, const gdouble box[8])
{
  TrackRecord *track = add_track (self, id);

  if (!track->places)
    track->places = g_array_new (FALSE, FALSE, sizeof (Place));
  places_add (track->places, time, box);
}

void
video_record_finish (VideoRecord * self)
{
  g_autoptr (GPtrArray) all = g_steal_pointer (&self->tracks);

  self->tracks = g_ptr_array_new_with_free_func (track_record_free);
  for (guint i = 0; i < all->len; i++) {
    TrackRecord *track = g_steal_pointer (&g_ptr_array_index (all, i));

    if (track->places && (track->moving != TRUE || track->places->len < 2))
      g_clear_pointer (&track->places, g_array_unref);
    if (track->text) {
      g_ptr_array_add (self->tracks, track);
    } else {
      g_hash_table_remove (self->by_id, &track->track);
      track_record_free (track);
    }
  }
}

/* Lines. */

static void
append_video (GString * lines, const VideoRecord * self)
{
  KocrJsonWriter json = { lines };

  kocr_json_open (&json, NULL, '{');
  json_add_string (&json, "type", "video");
  json_add_string (&json, "path", self->path);
  json_add_int (&json, "size", self->size);
  json_add_int (&json, "mtime", self->mtime);
  json_add_string (&json, "sha256", self->sha256);
  json_add_int (&json, "duration", self->duration);
  json_add_int (&json, "width", self->width);
  json_add_int (&json, "height", self->height);
  json_add_string (&json, "orientation", self->orientation);
  json_add_string (&json, "state", video_state_get_name (self->state));
  json_add_string (&json, "error", self->error);
  json_add_int (&json, "indexed", self->indexed);
  json_add_int (&json, "tracks", self->tracks->len);
  kocr_json_close (&json, '}');
  g_string_append_c (lines, '\n');
}

static void
append_track (GString * lines, const TrackRecord * track)
{
  KocrJsonWriter json = { lines };
  g_autofree gchar *crop = NULL;

  kocr_json_open (&json, NULL, '{');
  json_add_string (&json, "type", "track");
  json_add_int (&json, "track", track->track);
  json_add_string (&json, "text", track->text);
  json_add_int (&json, "start", track->start);
  json_add_int (&json, "end", track->end);
  json_add_int (&json, "samples", track->samples);
  kocr_json_add_number (&json, "agreement",
      track->agreement >= 0.0 ? track->agreement : NAN);
  json_add_boolean (&json, "moving", track->moving);
  json_add_box (&json, "box", track->box);
  places_write (&json, "places", track->places);
  if (track->crop)
    crop = g_base64_encode (g_bytes_get_data (track->crop, NULL),
        g_bytes_get_size (track->crop));
  json_add_string (&json, "crop", crop);
  kocr_json_close (&json, '}');
  g_string_append_c (lines, '\n');
}

gchar *
video_record_to_lines (const VideoRecord * self)
{
  GString *lines = g_string_new (NULL);

  append_video (lines, self);
  for (guint i = 0; i < self->tracks->len; i++)
    append_track (lines, g_ptr_array_index (self->tracks, i));
  return g_string_free (lines, FALSE);
}

static VideoRecord *
read_video (JsonObject * object)
{
  const gchar *path = get_text (object, "path");
  const gchar *state = get_text (object, "state");
  VideoRecord *self;

  if (!path)
    return NULL;
  self = video_record_new (path);
  self->size = MAX (get_int (object, "size", 0), 0);
  self->mtime = get_int (object, "mtime", 0);
  self->sha256 = g_strdup (get_text (object, "sha256"));
  self->duration = get_time (object, "duration");
  self->width = CLAMP (get_int (object, "width", 0), 0, G_MAXINT);
  self->height = CLAMP (get_int (object, "height", 0), 0, G_MAXINT);
  self->orientation = g_strdup (get_text (object, "orientation"));
  self->state = video_state_from_name (state);
  self->error = g_strdup (get_text (object, "error"));
  self->indexed = get_int (object, "indexed", 0);
  return self;
}

static void
read_crop (VideoRecord * self, JsonObject * object)
{
  const gchar *encoded = get_text (object, "crop");
  gint64 id = get_int (object, "track", -1);
  gsize size;
  guchar *data;

  if (!encoded || id < 0)
    return;
  data = g_base64_decode (encoded, &size);
  if (data) {
    g_autoptr (GBytes) crop = g_bytes_new_take (data, size);

    video_record_add_crop (self, id, crop);
  }
}

VideoRecord *
video_record_from_lines (const gchar * lines, GError ** error)
{
  g_auto (GStrv) all = g_strsplit (lines, "\n", -1);
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *object = parse_line (&parser, *all ? *all : "", *all ? strlen (*all) : 0,
      "video");
  gint64 n_tracks = object ? get_int (object, "tracks", -1) : -1;
  g_autoptr (VideoRecord) self = object ? read_video (object) : NULL;

  for (gchar ** line = self ? all + 1 : NULL; line && *line; line++) {
    g_autoptr (JsonParser) other = NULL;

    object = parse_line (&other, *line, strlen (*line), "track");
    if (object) {
      read_track (self, object);
      read_crop (self, object);
    }
  }
  if (!self || n_tracks != self->tracks->len) {
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
        "it holds no whole result of a video");
    return NULL;
  }
  video_record_finish (self);
  return g_steal_pointer (&self);
}
