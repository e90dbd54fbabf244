/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture/encoder.h"

#include <math.h>
#include <string.h>
#include "base/error.h"
#include "frame/orientation.h"
#include "picture/geometry.h"
#include "picture/multipart.h"
#include "picture/source.h"

/* Text stays legible down to about this quality; below it a smaller picture
 * reads better than a coarser one. */
#define LEAST_QUALITY 45
#define QUALITY_STEP 15
/* A picture whose longest side would be less holds nothing to be read. */
#define LEAST_SIDE 16
/* How far one step shrinks a side: at least so that steps end, and at most so
 * that an estimate from a few rows cannot cost the whole picture. */
#define LEAST_SHRINK 0.9
#define MOST_SHRINK 0.25
/* Bytes a pixel that a first picture is expected to take. */
#define EXPECTED_PIXELS_A_BYTE 4

struct _KocrPictureEncoder
{
  KocrPictureSource *source;
  gpointer writers[KOCR_N_IMAGE_FORMATS];       /* nullable */
  KocrMultipart body;
  gsize expected;               /* bytes: what the last picture took */
};

gboolean
kocr_picture_settings_match (
    const KocrPictureSettings *a, const KocrPictureSettings *b)
{
  for (guint i = 0; i < G_N_ELEMENTS (a->region); i++) {
    if (a->region[i] != b->region[i])
      return FALSE;
  }
  return a->max_dimension == b->max_dimension && a->format == b->format
      && a->quality == b->quality && a->turn == b->turn;
}

static void
kocr_picture_clear (KocrPicture * picture)
{
  g_clear_pointer (&picture->body, g_bytes_unref);
  g_clear_pointer (&picture->content_type, g_free);
  gst_clear_buffer (&picture->source);
}

KocrPicture *
kocr_picture_ref (KocrPicture * picture)
{
  return g_atomic_rc_box_acquire (picture);
}

void
kocr_picture_unref (KocrPicture * picture)
{
  g_atomic_rc_box_release_full (picture, (GDestroyNotify) kocr_picture_clear);
}

void
kocr_picture_to_frame (const KocrPicture * picture, gdouble box[8])
{
  kocr_transform_apply (&picture->to_frame, box);
  if (picture->fold.n > 0)
    kocr_fold_open (&picture->fold, box);
}

gboolean
kocr_picture_counts (const KocrPicture * picture, const gdouble box[8])
{
  gdouble placed[8];

  if (picture->fold.n == 0)
    return TRUE;
  memcpy (placed, box, sizeof placed);
  kocr_transform_apply (&picture->to_frame, placed);
  return kocr_fold_counts (&picture->fold, placed);
}

static gboolean
is_empty (const gint rectangle[4])
{
  return rectangle[2] == 0 || rectangle[3] == 0;
}

void
kocr_picture_get_shown (const KocrPicture * picture, gint shown[4])
{
  gint frame[4] = { 0, 0, picture->frame_width, picture->frame_height };

  memcpy (shown, is_empty (picture->shown) ? frame : picture->shown,
      sizeof frame);
}

void
kocr_picture_get_bounds (const KocrPicture * picture, gdouble bounds[4])
{
  gdouble box[8] = { 0, 0, picture->width, 0, picture->width, picture->height,
    0, picture->height
  };

  if (picture->fold.n > 0) {
    const KocrFold *fold = &picture->fold;

    gdouble all[8] = { 0, 0, fold->tall ? fold->width : fold->whole,
      fold->tall ? fold->whole : fold->width
    };

    kocr_transform_apply (&fold->to_frame, all);
    memcpy (bounds, all, 4 * sizeof bounds[0]);
    return;
  }
  kocr_picture_to_frame (picture, box);
  for (guint i = 0; i < 2; i++) {
    bounds[i] = MIN (box[i], box[i + 4]);
    bounds[i + 2] = MAX (box[i], box[i + 4]);
  }
}

gboolean
kocr_picture_wants (const KocrPicture * picture, const gdouble box[8])
{
  const gint *wanted = picture->wanted;

  if (is_empty (wanted))
    return TRUE;
  for (guint i = 0; i < 2; i++) {
    gdouble middle = (box[i] + box[i + 2] + box[i + 4] + box[i + 6]) / 4;

    if (middle < wanted[i] || middle > wanted[i] + wanted[i + 2])
      return FALSE;
  }
  return TRUE;
}

KocrPictureEncoder *
kocr_picture_encoder_new (KocrBlockPool * pool)
{
  KocrPictureEncoder *self = g_new0 (KocrPictureEncoder, 1);

  self->source = kocr_picture_source_new (pool);
  for (guint i = 0; i < KOCR_N_IMAGE_FORMATS; i++) {
    const KocrImageFormatInfo *info = kocr_image_format_get_info (i);

    self->writers[i] = info->writer_new ? info->writer_new () : NULL;
  }
  kocr_multipart_init (&self->body, pool);
  return self;
}

void
kocr_picture_encoder_free (KocrPictureEncoder * self)
{
  kocr_picture_source_free (self->source);
  for (guint i = 0; i < KOCR_N_IMAGE_FORMATS; i++) {
    if (self->writers[i])
      kocr_image_format_get_info (i)->writer_free (self->writers[i]);
  }
  kocr_multipart_clear (&self->body);
  g_free (self);
}

/* Writes what the source has fitted.  FALSE: the body is full, or @error. */
static gboolean
write_picture (KocrPictureEncoder * self, const GstVideoFrame * pixels,
    KocrImageFormat format, guint quality, gsize max_bytes,
    gdouble * part, GError ** error)
{
  const KocrImageFormatInfo *info = kocr_image_format_get_info (format);
  gsize expected = self->expected;

  if (expected == 0)
    expected = (gsize) GST_VIDEO_FRAME_WIDTH (pixels)
        * GST_VIDEO_FRAME_HEIGHT (pixels) / EXPECTED_PIXELS_A_BYTE;
  *part = 0;
  if (!kocr_multipart_open (&self->body, info->filename, info->media_type,
          max_bytes, expected))
    return FALSE;
  return info->write (self->writers[format], pixels, quality, &self->body,
      part, error);
}

/* The longest side to try after a picture of @longest was full at @part. */
static guint
shrunk_side (guint longest, gdouble part)
{
  gdouble factor = CLAMP (sqrt (part), MOST_SHRINK, LEAST_SHRINK);

  return longest * factor;
}

/* Fits and writes until it is inside @max_bytes: less quality, then less
 * size.  Leaves the picture in the body and its pixels in the source. */
static gboolean
write_within (KocrPictureEncoder * self, const KocrFrameShape * shape,
    const KocrPictureSettings * settings,
    KocrPictureGeometry * geometry, guint * quality, GError ** error)
{
  const KocrImageFormatInfo *info =
      kocr_image_format_get_info (settings->format);
  KocrEdges edges = kocr_picture_source_find_touched (self->source, geometry,
      settings->edges);
  gsize max_bytes = settings->max_bytes ?
      settings->max_bytes : KOCR_PICTURE_MAX_BYTES;
  guint longest = settings->max_dimension ?
      MIN (settings->max_dimension, info->longest_side) : info->longest_side;
  gboolean may_fold = settings->may_fold;
  GError *failure = NULL;

  *quality = CLAMP (settings->quality, 1, 100);
  for (;;) {
    const GstVideoFrame *pixels;
    gdouble part;

    if (!may_fold || !kocr_picture_geometry_fold (geometry, shape, longest))
      kocr_picture_geometry_fit (geometry, shape, longest, edges);
    pixels = kocr_picture_source_fit (self->source, geometry, settings->turn,
        &failure);
    if (pixels && write_picture (self, pixels, settings->format, *quality,
            max_bytes, &part, &failure))
      return TRUE;
    if (failure) {
      g_propagate_error (error, failure);
      return FALSE;
    }
    if (self->body.state == KOCR_MULTIPART_NO_MEMORY) {
      g_set_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE,
          "no memory for a body of %" G_GSIZE_FORMAT " bytes", max_bytes);
      return FALSE;
    }
    if (info->has_quality
        && *quality >= LEAST_QUALITY + QUALITY_STEP) {
      *quality -= QUALITY_STEP;
    } else {
      longest = MIN (longest,
          (guint) MAX (geometry->sent_width, geometry->sent_height));
      longest = shrunk_side (longest, part);
      may_fold = FALSE;
    }
    if (longest < LEAST_SIDE) {
      g_set_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE,
          "no picture of this frame fits in %" G_GSIZE_FORMAT
          " bytes", max_bytes);
      return FALSE;
    }
  }
}

/* The way back from what is sent: from the turned sheet to the frame. */
static void
tell_way_back (KocrPicture * picture, const KocrPictureGeometry * geometry,
    guint method)
{
  static const KocrTransform same = { .scale_x = 1, .scale_y = 1 };
  KocrTransform sheet = same, unturned = same;
  KocrOrientation turn;

  kocr_orientation_init (&turn, method);
  picture->width = turn.swap ? geometry->sheet_height : geometry->sheet_width;
  picture->height = turn.swap ? geometry->sheet_width : geometry->sheet_height;
  unturned.swapped = turn.swap;
  if (turn.flip_x) {
    unturned.scale_x = -1;
    unturned.offset_x = geometry->sheet_width;
  }
  if (turn.flip_y) {
    unturned.scale_y = -1;
    unturned.offset_y = geometry->sheet_height;
  }
  picture->fold = geometry->fold;
  if (picture->fold.n == 0) {
    sheet.offset_x = -geometry->left;
    sheet.offset_y = -geometry->top;
    sheet = kocr_transform_compose (&geometry->to_frame, &sheet);
  }
  picture->to_frame = kocr_transform_compose (&sheet, &unturned);
}

static KocrPicture *
take_picture (KocrPictureEncoder * self, const KocrFrameShape * shape,
    const KocrPictureGeometry * geometry,
    const KocrPictureSettings * settings, guint quality, GError ** error)
{
  g_autoptr (KocrPicture) picture = g_atomic_rc_box_new0 (KocrPicture);

  if (settings->keep_source) {
    picture->source = kocr_picture_source_keep (self->source,
        &picture->source_info, error);
    if (picture->source == NULL)
      return NULL;
  }
  /* An eighth more: the next picture will not be exactly as large. */
  self->expected = self->body.length + self->body.length / 8;
  picture->content_type = kocr_multipart_content_type (&self->body);
  picture->body = kocr_multipart_close (&self->body);
  picture->format = settings->format;
  picture->quality = quality;
  tell_way_back (picture, geometry, settings->turn);
  picture->frame_width = shape->width;
  picture->frame_height = shape->height;
  memcpy (picture->shown, settings->shown, sizeof picture->shown);
  memcpy (picture->wanted, settings->wanted, sizeof picture->wanted);
  memcpy (picture->masks, settings->masks, sizeof picture->masks);
  picture->n_masks = settings->n_masks;
  return g_steal_pointer (&picture);
}

KocrPicture *
kocr_picture_encoder_encode (KocrPictureEncoder * self,
    const GstVideoFrame * frame,
    const KocrPictureSettings * settings, GError ** error)
{
  KocrPictureGeometry geometry = { 0 };
  KocrFrameShape shape = { 0 };
  KocrPicture *picture = NULL;
  guint quality;

  if (!kocr_picture_source_open (self->source, frame, &shape, error))
    return NULL;
  if (!kocr_picture_geometry_take (&geometry, &shape, settings->region))
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE,
        "region <%d,%d,%d,%d> has no pixel in the frame of %dx%d",
        settings->region[0], settings->region[1],
        settings->region[2], settings->region[3], shape.width, shape.height);
  else if (write_within (self, &shape, settings, &geometry, &quality, error))
    picture = take_picture (self, &shape, &geometry, settings, quality, error);
  kocr_picture_source_release (self->source);
  return picture;
}

/* The way back of @again, which was made of @picture's pixels, leads on to the
 * frame. */
static void
join_ways_back (KocrPicture * again, const KocrPicture * picture)
{
  again->to_frame = kocr_transform_compose (&picture->to_frame,
      &again->to_frame);
  again->fold = picture->fold;
  again->frame_width = picture->frame_width;
  again->frame_height = picture->frame_height;
  memcpy (again->shown, picture->shown, sizeof again->shown);
  memcpy (again->wanted, picture->wanted, sizeof again->wanted);
  memcpy (again->masks, picture->masks, sizeof again->masks);
  again->n_masks = picture->n_masks;
}

KocrPicture *
kocr_picture_encoder_reencode (KocrPictureEncoder * self,
    const KocrPicture * picture,
    const KocrPictureSettings * settings, GError ** error)
{
  /* The pixels that were kept are turned and padded. */
  KocrPictureSettings plain = *settings;
  KocrPicture *again = NULL;
  GstVideoFrame frame;

  if (picture->source == NULL || !gst_video_frame_map (&frame,
          (GstVideoInfo *) &
          picture->source_info, picture->source, GST_MAP_READ)) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE,
        "the picture kept no pixels");
    return NULL;
  }
  plain.edges = plain.turn = 0;
  again = kocr_picture_encoder_encode (self, &frame, &plain, error);
  gst_video_frame_unmap (&frame);
  if (again)
    join_ways_back (again, picture);
  return again;
}
