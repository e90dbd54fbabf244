/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pictureencoder.h"

#include <math.h>
#include "error.h"
#include "jpegstrips.h"
#include "multipart.h"
#include "picturegeometry.h"
#include "picturesource.h"
#include "pngwriter.h"

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
/* libjpeg's own limit. */
#define JPEG_LONGEST_SIDE 65500
/* Bytes a pixel that a first picture is expected to take. */
#define EXPECTED_PIXELS_A_BYTE 4

struct _KocrPictureEncoder
{
  KocrPictureSource *source;
  KocrJpegStrips *jpeg;
  KocrMultipart body;
  gsize expected;               /* bytes: what the last picture took */
};

typedef struct
{
  const gchar *filename, *media_type;
} MediaType;

static const MediaType media_types[] = {
  [KOCR_IMAGE_JPEG] = {"frame.jpg", "image/jpeg"},
  [KOCR_IMAGE_PNG] = {"frame.png", "image/png"}
};

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
  for (guint i = 0; i < 8; i += 2) {
    box[i] = picture->offset_x + box[i] * picture->scale_x;
    box[i + 1] = picture->offset_y + box[i + 1] * picture->scale_y;
  }
}

KocrPictureEncoder *
kocr_picture_encoder_new (KocrBlockPool * pool)
{
  KocrPictureEncoder *self = g_new0 (KocrPictureEncoder, 1);

  self->source = kocr_picture_source_new (pool);
  self->jpeg = kocr_jpeg_strips_new ();
  kocr_multipart_init (&self->body, pool);
  return self;
}

void
kocr_picture_encoder_free (KocrPictureEncoder * self)
{
  kocr_picture_source_free (self->source);
  kocr_jpeg_strips_free (self->jpeg);
  kocr_multipart_clear (&self->body);
  g_free (self);
}

/* Writes what the source has fitted.  FALSE: the body is full, or @error. */
static gboolean
write_picture (KocrPictureEncoder * self, const GstVideoFrame * pixels,
    KocrImageFormat format, guint quality, gsize max_bytes,
    gdouble * part, GError ** error)
{
  gsize expected = self->expected;

  if (expected == 0)
    expected = (gsize) GST_VIDEO_FRAME_WIDTH (pixels)
        * GST_VIDEO_FRAME_HEIGHT (pixels) / EXPECTED_PIXELS_A_BYTE;
  *part = 0;
  if (!kocr_multipart_open (&self->body, media_types[format].filename,
          media_types[format].media_type, max_bytes, expected))
    return FALSE;
  if (format == KOCR_IMAGE_JPEG)
    return kocr_jpeg_strips_write (self->jpeg, pixels, quality, &self->body,
        part, error);
  return kocr_png_write (pixels, &self->body, part, error);
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
  gsize max_bytes = settings->max_bytes ?
      settings->max_bytes : KOCR_PICTURE_MAX_BYTES;
  guint longest = settings->max_dimension ? settings->max_dimension : G_MAXINT;
  GError *failure = NULL;

  if (settings->format == KOCR_IMAGE_JPEG)
    longest = MIN (longest, JPEG_LONGEST_SIDE);
  *quality = CLAMP (settings->quality, 1, 100);
  for (;;) {
    const GstVideoFrame *pixels;
    gdouble part;

    kocr_picture_geometry_fit (geometry, shape, longest);
    pixels = kocr_picture_source_fit (self->source, geometry, &failure);
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
    longest = MAX (geometry->sent_width, geometry->sent_height);
    if (settings->format == KOCR_IMAGE_JPEG
        && *quality >= LEAST_QUALITY + QUALITY_STEP)
      *quality -= QUALITY_STEP;
    else
      longest = shrunk_side (longest, part);
    if (longest < LEAST_SIDE) {
      g_set_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE,
          "no picture of this frame fits in %" G_GSIZE_FORMAT
          " bytes", max_bytes);
      return FALSE;
    }
  }
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
  picture->width = geometry->sent_width;
  picture->height = geometry->sent_height;
  picture->scale_x = geometry->scale_x;
  picture->scale_y = geometry->scale_y;
  picture->offset_x = geometry->offset_x;
  picture->offset_y = geometry->offset_y;
  picture->frame_width = shape->width;
  picture->frame_height = shape->height;
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

KocrPicture *
kocr_picture_encoder_reencode (KocrPictureEncoder * self,
    const KocrPicture * picture,
    const KocrPictureSettings * settings, GError ** error)
{
  KocrPicture *again = NULL;
  GstVideoFrame frame;

  if (picture->source == NULL || !gst_video_frame_map (&frame,
          (GstVideoInfo *) &
          picture->source_info, picture->source, GST_MAP_READ)) {
    g_set_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE,
        "the picture kept no pixels");
    return NULL;
  }
  again = kocr_picture_encoder_encode (self, &frame, settings, error);
  gst_video_frame_unmap (&frame);
  if (again == NULL)
    return NULL;
  again->offset_x = picture->offset_x + again->offset_x * picture->scale_x;
  again->offset_y = picture->offset_y + again->offset_y * picture->scale_y;
  again->scale_x *= picture->scale_x;
  again->scale_y *= picture->scale_y;
  again->frame_width = picture->frame_width;
  again->frame_height = picture->frame_height;
  return again;
}
