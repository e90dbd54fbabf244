/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Picture encoder: from a mapped video frame to the body of one request.
 *
 * region -> square pixels -> at most max_dimension on the longest side (never
 * enlarged) -> an image format, inside a multipart/form-data envelope that is
 * written into the same buffer, so that the bytes are copied nowhere.  The
 * body never exceeds the service's limit: first the quality is lowered, in
 * steps down to 45, then the size (a PNG's size alone).  The way back from the
 * sent picture's pixels to the frame's is kept exactly (sub-pixel), and is the
 * only thing the rest of the engine needs to know of all this.
 *
 * Square pixels: the longest side keeps its length and the other follows from
 * the displayed aspect ratio (picture/geometry.h).  A region that starts inside
 * a chroma sample is widened to it, which the way back accounts for.  Alpha is
 * ignored; a single field is sent at the height of its frame.  What is turned
 * is turned last.
 *
 * An encoder keeps its buffers from picture to picture; it serves one thread
 * at a time.  Nothing here knows a network or an element.
 */
#pragma once

#include <gst/video/video.h>
#include "base/blockpool.h"
#include "frame/readarea.h"
#include "picture/fold.h"
#include "picture/imageformat.h"
#include "picture/transform.h"

/* The service's limit for image and envelope together, bytes. */
#define KOCR_PICTURE_MAX_BYTES 8000000

typedef struct
{
  gint region[4];               /* x, y, width, height in frame pixels; all 0:
                                 * the whole frame. Clipped to the frame */
  gint wanted[4];               /* of it, where the middle of a text has to be;
                                 * all 0: anywhere */
  gint shown[4];                /* boxes end at its edges; all 0: the frame's */
  gint masks[KOCR_MAX_MASKS][4];        /* flat parts of the frame, which say
                                         * nothing */
  guint n_masks;
  guint edges; /* KocrEdges, of the whole frame, that are padded
                * where something touches them */
  gboolean may_fold;            /* a strip longer than max_dimension is sent in
                                 * rows, instead of smaller */
  guint turn;                   /* GstVideoOrientationMethod, after all else */
  guint max_dimension;          /* longest side sent, pixels */
  KocrImageFormat format;
  guint quality;                /* 1 - 100, of a format that has one */
  gsize max_bytes;              /* of the whole body; 0:
                                 * KOCR_PICTURE_MAX_BYTES */
  gboolean keep_source;         /* keep the scaled pixels, so that the picture
                                 * can be encoded again in another shape */
} KocrPictureSettings;

/* Whether what is read by one answers for the other: what changes the reading is
 * compared here. */
gboolean kocr_picture_settings_match (
    const KocrPictureSettings *a, const KocrPictureSettings *b);

/* One encoded picture; immutable, refcounted. */
typedef struct
{
  GBytes *body;                 /* the whole multipart body */
  gchar *content_type;          /* with its boundary */
  KocrImageFormat format;
  guint quality;                /* as used */
  gint width, height;           /* of the picture that is sent */
  KocrTransform to_frame;       /* from its pixels to the frame's; if it is
                                 * folded, to the sheet's */
  KocrFold fold;                /* its n is not 0: leads from the sheet to the
                                 * frame */
  gint frame_width, frame_height;
  gint shown[4], wanted[4];     /* as in the settings */
  gint masks[KOCR_MAX_MASKS][4];
  guint n_masks;
  GstBuffer *source;            /* nullable; with source_info */
  GstVideoInfo source_info;
} KocrPicture;

KocrPicture *kocr_picture_ref (KocrPicture * picture);
void kocr_picture_unref (KocrPicture * picture);
/* Maps @box (x0,y0 .. x3,y3) from sent pixels to frame pixels, in place. */
void kocr_picture_to_frame (const KocrPicture * picture, gdouble box[8]);
/* Whether text at @box, in sent pixels, is told of where it is, and not in
 * another row, which has it whole. */
gboolean kocr_picture_counts (const KocrPicture * picture,
    const gdouble box[8]);
/* The part of the frame that boxes may be in: x, y, width, height. */
void kocr_picture_get_shown (const KocrPicture * picture, gint shown[4]);
/* Upright bounds of the picture in the frame: left, top, right, bottom. */
void kocr_picture_get_bounds (const KocrPicture * picture, gdouble bounds[4]);
/* Whether text at @box, in frame pixels, is what was asked for, not of the
 * margin around it. */
gboolean kocr_picture_wants (const KocrPicture * picture,
    const gdouble box[8]);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrPicture, kocr_picture_unref)

typedef struct _KocrPictureEncoder KocrPictureEncoder;

/* Pictures are in memory of @pool, which may serve other encoders too and must
 * outlive this one, but not its pictures. */
KocrPictureEncoder *kocr_picture_encoder_new (KocrBlockPool * pool);
void kocr_picture_encoder_free (KocrPictureEncoder * self);
/* Returns (transfer full) the picture, or NULL with a KOCR_ERROR_PICTURE. */
KocrPicture *kocr_picture_encoder_encode (KocrPictureEncoder * self,
    const GstVideoFrame * frame, const KocrPictureSettings * settings,
    GError ** error);
/* Encodes @picture, which kept its source, once more: another format, a
 * smaller size or a part of it (settings->region is then in the sent pixels of
 * @picture; the way back of the new picture leads to the frame all the same).
 */
KocrPicture *kocr_picture_encoder_reencode (KocrPictureEncoder * self,
    const KocrPicture * picture, const KocrPictureSettings * settings,
    GError ** error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrPictureEncoder, kocr_picture_encoder_free)
