/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mask/unread.h"

/* Several kakaoocr, each with a region and a dozen masks, have fewer parts in
 * common; with more, all of the frame is one. */
#define MAX_PARTS 256

/* Why a frame may have text that is not known, for a sentence. */
#define NO_RESULT "a frame has no result"
#define NO_TIME "frames have no time stamps that tell whose a result is"
#define OTHER_FRAME "a frame has the result of another one"
#define UNCHANGED "a frame was not read, since it looked like another one"
#define TRUNCATED "a frame may have more text than the service told of"
#define DROPPED "of a text of a frame nobody can tell where it is"

static const gchar *
find_doubt (const GstKakaoOcrMeta *meta, GstClockTime pts, gboolean *own)
{
  GstClockTime read = gst_kakao_ocr_result_get_pts (meta->result);
  GstClockTime seen = gst_kakao_ocr_meta_get_last_seen (meta);

  *own = FALSE;
  if (!GST_CLOCK_TIME_IS_VALID (pts) || !GST_CLOCK_TIME_IS_VALID (read))
    return NO_TIME;
  if (gst_kakao_ocr_result_get_truncated (meta->result))
    return TRUNCATED;
  if (gst_kakao_ocr_result_get_regions_dropped (meta->result) > 0)
    return DROPPED;

  *own = read == pts || seen == pts;
  if (!*own)
    return OTHER_FRAME;
  return read == pts ? NULL : UNCHANGED;
}

gboolean
kocr_unread_check (GstBuffer *buffer, const gchar **reason)
{
  gboolean all_own = TRUE;
  gpointer state = NULL;
  GstMeta *each;

  *reason = NULL;
  while ((each = gst_buffer_iterate_meta_filtered (
              buffer, &state, GST_KAKAO_OCR_META_API_TYPE))) {
    gboolean own;
    const gchar *doubt
        = find_doubt ((GstKakaoOcrMeta *)each, GST_BUFFER_PTS (buffer), &own);

    all_own &= own;
    *reason = doubt ? doubt : *reason;
  }
  if (!gst_buffer_get_kakao_ocr_meta (buffer)) {
    *reason = NO_RESULT;
    return FALSE;
  }
  return all_own;
}

/* --- Parts --- */

typedef struct
{
  gdouble left, top, right, bottom;
} Part;

/* As they are on a frame of @width x @height. */
static GArray *
get_parts (const GstKakaoOcrResult *result, gint width, gint height)
{
  gdouble scale_x = (gdouble)width / gst_kakao_ocr_result_get_width (result);
  gdouble scale_y = (gdouble)height / gst_kakao_ocr_result_get_height (result);
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));
  guint i;

  for (i = 0; i < gst_kakao_ocr_result_get_n_unread (result); i++) {
    gint x, y, w, h;
    Part part;

    gst_kakao_ocr_result_get_unread (result, i, &x, &y, &w, &h);
    part.left = x * scale_x;
    part.top = y * scale_y;
    part.right = (x + w) * scale_x;
    part.bottom = (y + h) * scale_y;
    g_array_append_val (parts, part);
  }
  return parts;
}

/* What the two have in common. */
static GArray *
intersect (const GArray *some, const GArray *others)
{
  GArray *common = g_array_new (FALSE, FALSE, sizeof (Part));
  guint i, j;

  for (i = 0; i < some->len; i++) {
    const Part *a = &g_array_index (some, Part, i);

    for (j = 0; j < others->len; j++) {
      const Part *b = &g_array_index (others, Part, j);
      Part part = { MAX (a->left, b->left), MAX (a->top, b->top),
        MIN (a->right, b->right), MIN (a->bottom, b->bottom) };

      if (part.left < part.right && part.top < part.bottom)
        g_array_append_val (common, part);
    }
  }
  return common;
}

GArray *
kocr_unread_gather_parts (GstBuffer *buffer, const GstVideoInfo *info)
{
  gint width = GST_VIDEO_INFO_WIDTH (info);
  gint height = GST_VIDEO_INFO_HEIGHT (info);
  const Part whole = { 0.0, 0.0, width, height };
  GArray *boxes
      = g_array_new (FALSE, FALSE, GST_KAKAO_OCR_BOX_LEN * sizeof (gdouble));
  g_autoptr (GArray) parts = NULL;
  gpointer state = NULL;
  GstMeta *each;
  guint i;

  while ((each = gst_buffer_iterate_meta_filtered (
              buffer, &state, GST_KAKAO_OCR_META_API_TYPE))) {
    g_autoptr (GArray) unread
        = get_parts (((GstKakaoOcrMeta *)each)->result, width, height);
    g_autoptr (GArray) before = g_steal_pointer (&parts);

    parts = before ? intersect (before, unread) : g_steal_pointer (&unread);
    if (parts->len > MAX_PARTS) {
      g_array_set_size (parts, 0);
      g_array_append_val (parts, whole);
    }
  }
  for (i = 0; parts && i < parts->len; i++) {
    const Part *part = &g_array_index (parts, Part, i);
    const gdouble box[GST_KAKAO_OCR_BOX_LEN]
        = { part->left, part->top, part->right, part->top, part->right,
            part->bottom, part->left, part->bottom };

    g_array_append_val (boxes, box);
  }
  return boxes;
}
