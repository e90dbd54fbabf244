/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "read/outputs.h"

#include <glib/gstdio.h>
#include <gst/app/app.h>
#include <gst/kakaoocr/kakaoocr.h>
#include <gst/video/video.h>
#include <string.h>

#include "commandline/command.h"
#include "read/contactsheet.h"

#define CROP_NAME "text-%05" G_GUINT64_FORMAT ".png"
#define IS_CROP_NAME(name) (g_str_has_prefix (name, "text-") \
    && g_str_has_suffix (name, ".png"))

struct _Outputs
{
  gchar *dir;
  gchar *crops_dir;
  GPtrArray *made; /* of gchar *: folders that the run has made, the
                    * innermost first */
  ReadProducts products;
  ContactSheet *sheet;
  gchar *unwritten;             /* the streaming thread's until it stopped: the
                                 * first crop that could not be written */
  VideoRecord *texts;           /* the streaming thread's until it stopped */

  GMutex lock;                  /* frames and crops come in different threads */
  GHashTable *shown;            /* tracks on thumbnails, to the thumbnail's
                                 * time; under the lock */
};

/* --- From the pipeline --- */

/* (transfer full) */
static cairo_surface_t *
copy_picture (GstSample * sample)
{
  GstVideoInfo info;
  GstVideoFrame frame;
  cairo_surface_t *picture;
  guint8 *to;
  gint y;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample))
      || !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample),
          GST_MAP_READ))
    return NULL;
  picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, info.width,
      info.height);
  to = cairo_image_surface_get_data (picture);
  for (y = 0; y < info.height; y++)
    memcpy (to + y * cairo_image_surface_get_stride (picture),
        (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0)
        + y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0), 4 * info.width);
  cairo_surface_mark_dirty (picture);
  gst_video_frame_unmap (&frame);
  return picture;
}

/* A crop is of the best sight of a text, its thumbnail is of the first one. */
static GstClockTime
find_thumbnail (Outputs * outputs, guint64 track, GstClockTime otherwise)
{
  const GstClockTime *time;

  g_mutex_lock (&outputs->lock);
  time = g_hash_table_lookup (outputs->shown, &track);
  if (time)
    otherwise = *time;
  g_mutex_unlock (&outputs->lock);
  return otherwise;
}

static GstFlowReturn
on_crop (GstAppSink * sink, gpointer data)
{
  Outputs *outputs = data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  guint64 track = gst_kakao_ocr_meta_get_track
      (gst_buffer_get_kakao_ocr_meta (buffer), 0);
  cairo_surface_t *picture = copy_picture (sample);
  g_autofree gchar *name = g_strdup_printf (CROP_NAME, track);
  g_autofree gchar *path = g_build_filename (outputs->crops_dir, name, NULL);

  if (!picture)
    return GST_FLOW_OK;
  if ((outputs->products & READ_CROPS) && !outputs->unwritten
      && cairo_surface_write_to_png (picture, path) != CAIRO_STATUS_SUCCESS)
    outputs->unwritten = g_strdup (path);
  contact_sheet_take_crop (outputs->sheet, find_thumbnail (outputs, track,
          GST_BUFFER_PTS (buffer)), track, picture);
  return GST_FLOW_OK;
}

static GstFlowReturn
on_thumbnail (GstAppSink * sink, gpointer data)
{
  Outputs *outputs = data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  cairo_surface_t *picture = copy_picture (sample);

  if (picture)
    contact_sheet_take_frame (outputs->sheet,
        GST_BUFFER_PTS (gst_sample_get_buffer (sample)), picture);
  return GST_FLOW_OK;
}

static GstFlowReturn
on_track (GstAppSink * sink, gpointer data)
{
  Outputs *outputs = data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstMapInfo map;

  if (gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ)) {
    video_record_add_track_line (outputs->texts, (gchar *) map.data,
        map.size);
    gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
  }
  return GST_FLOW_OK;
}

/* Frames in which a text was read that was in none before: where it has come, and
 * may still be fading in, is a frame or more earlier. */
static GstPadProbeReturn
on_frame (GstPad * pad, GstPadProbeInfo * info, gpointer data)
{
  Outputs *outputs = data;
  GstBuffer *frame = GST_PAD_PROBE_INFO_BUFFER (info);
  GstKakaoOcrMeta *meta = gst_buffer_get_kakao_ocr_meta (frame);
  gboolean was_read = meta
      && gst_kakao_ocr_result_get_pts (meta->result) == GST_BUFFER_PTS (frame);
  guint n = was_read ? gst_kakao_ocr_result_get_n_regions (meta->result) : 0, i;
  gboolean is_new = FALSE;

  g_mutex_lock (&outputs->lock);
  for (i = 0; i < n; i++) {
    guint64 track = gst_kakao_ocr_meta_get_track (meta, i);

    if (g_hash_table_contains (outputs->shown, &track))
      continue;
    g_hash_table_insert (outputs->shown, g_memdup2 (&track, sizeof track),
        g_memdup2 (&GST_BUFFER_PTS (frame), sizeof (GstClockTime)));
    is_new = TRUE;
  }
  g_mutex_unlock (&outputs->lock);
  return is_new ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
}

/* --- The object --- */

static void
remove_old_crops (const gchar * path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const gchar *name;

  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree gchar *file = g_build_filename (path, name, NULL);

    if (IS_CROP_NAME (name))
      g_unlink (file);
  }
}

/* (transfer full): of @path and what it lies in, the innermost first. */
static GPtrArray *
list_missing_folders (const gchar *path)
{
  GPtrArray *missing = g_ptr_array_new_with_free_func (g_free);
  gchar *folder = g_canonicalize_filename (path, NULL);

  while (!g_file_test (folder, G_FILE_TEST_EXISTS)) {
    g_ptr_array_add (missing, folder);
    folder = g_path_get_dirname (folder);
  }
  g_free (folder);
  return missing;
}

static void
listen (Outputs * outputs, GstElement * pipeline, const gchar * name,
    GstFlowReturn (*on_sample) (GstAppSink * sink, gpointer data))
{
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), name);
  GstAppSinkCallbacks callbacks = {.new_sample = on_sample };

  if (sink)
    gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, outputs, NULL);
}

static void
watch_news (Outputs * outputs, GstElement * pipeline)
{
  g_autoptr (GstElement) news = gst_bin_get_by_name (GST_BIN (pipeline),
      "news");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (news, "sink");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_frame, outputs, NULL);
}

Outputs *
outputs_new (GstElement * pipeline, const gchar * dir, ReadProducts products,
    GError ** error)
{
  g_autoptr (Outputs) outputs = g_new0 (Outputs, 1);
  const gchar *needed = dir;

  outputs->dir = g_strdup (dir);
  outputs->crops_dir = g_build_filename (dir, "crops", NULL);
  outputs->products = products;
  outputs->sheet = contact_sheet_new ();
  outputs->texts = video_record_new (NULL);
  g_mutex_init (&outputs->lock);
  outputs->shown = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
      g_free);
  if (products & READ_CROPS)
    needed = outputs->crops_dir;
  outputs->made = list_missing_folders (needed);
  if (!command_make_folder (needed, error))
    return NULL;
  if (products & READ_CROPS)
    remove_old_crops (outputs->crops_dir);
  listen (outputs, pipeline, "crops", on_crop);
  listen (outputs, pipeline, "thumbnails", on_thumbnail);
  listen (outputs, pipeline, "tracks", on_track);
  if (products & READ_SHEET)
    watch_news (outputs, pipeline);
  return g_steal_pointer (&outputs);
}

void
outputs_free (Outputs * outputs)
{
  g_free (outputs->dir);
  g_free (outputs->crops_dir);
  g_ptr_array_unref (outputs->made);
  g_free (outputs->unwritten);
  contact_sheet_free (outputs->sheet);
  video_record_free (outputs->texts);
  g_hash_table_unref (outputs->shown);
  g_mutex_clear (&outputs->lock);
  g_free (outputs);
}

static gint
compare_starts (gconstpointer a, gconstpointer b)
{
  const TrackRecord *one = *(TrackRecord * const *) a;
  const TrackRecord *other = *(TrackRecord * const *) b;

  if (one->start != other->start)
    return one->start < other->start ? -1 : 1;
  return one->track < other->track ? -1 : one->track > other->track;
}

ReadProducts
outputs_finish (Outputs *outputs, const gchar *title, GError **error)
{
  g_autofree gchar *sheet
      = g_build_filename (outputs->dir, "contact-sheet.png", NULL);
  const gchar *unwritten = outputs->unwritten;
  ReadProducts written = outputs->products;

  if (unwritten)
    written &= ~READ_CROPS;
  g_ptr_array_sort (outputs->texts->tracks, compare_starts);
  if ((written & READ_SHEET)
      && !contact_sheet_write (outputs->sheet, title, outputs->texts, sheet)) {
    written &= ~READ_SHEET;
    if (!unwritten)
      unwritten = sheet;
  }
  if (unwritten)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
        "%s cannot be written", unwritten);
  return written;
}

void
outputs_discard (Outputs *outputs)
{
  for (guint i = 0; i < READ_PRODUCT_COUNT; i++) {
    g_autofree gchar *path
        = g_build_filename (outputs->dir, read_products[i].path, NULL);

    if (outputs->products & read_products[i].product)
      g_unlink (path);
  }
  if (outputs->products & READ_CROPS)
    remove_old_crops (outputs->crops_dir);
  for (guint i = 0; i < outputs->made->len; i++)
    g_rmdir (g_ptr_array_index (outputs->made, i));
}

const VideoRecord *
outputs_get_texts (const Outputs * outputs)
{
  return outputs->texts;
}
