/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Request: one frame's recognition, from the sample to the result.
 *
 * Refcounted: the element, the encode pool and the network thread each hold a
 * reference for as long as they may look at it, so a late callback hits a live
 * record and is harmless.  It is of records with an owner each, at a time; the
 * hand over is through a queue or a lock, so none needs a lock of its own:
 * - asked: what was asked; nobody changes it;
 * - transfer: how its picture is made and sent: the encode pool, then the
 *   network's thread;
 * - resends: in which shapes it was tried: the engine, between these two;
 * - outcome: what came of it, which all may read once it is settled.
 * An element's own record of a sample begins with its request.
 */
#pragma once

#include <gst/video/video.h>
#include <gst/kakaoocr/kakaoocr.h>
#include "base/error.h"
#include "picture/encoder.h"
#include "frame/readarea.h"

/* What a service turned out to take, for the pictures to come. All 0: nothing
 * is known. */
typedef struct
{
  guint max_dimension;
  gsize max_bytes;
  gboolean format_known;
  KocrImageFormat format;
} KocrShapeLimits;

/* What must change for a sample to be sent. */
typedef enum
{
  KOCR_GATE_PICTURE,
  KOCR_GATE_TEXT                /* what looks like text in it */
} KocrGateMode;

/* When a sample need not be sent. */
typedef struct
{
  KocrGateMode mode;
  guint threshold;              /* levels of luma that are a change; 0: all
                                 * samples are sent */
  guint memory;                 /* pictures remembered with their results */
  GstClockTime refresh_interval;        /* a picture is sent again after; 0:
                                         * never, or the text gate's own */
} KocrGateSettings;

/* What a sample's picture is like. */
typedef enum
{
  KOCR_PICTURE_NEW,             /* no other: it is sent */
  KOCR_PICTURE_UNCHANGED,       /* the one before it */
  KOCR_PICTURE_REMEMBERED       /* an earlier one that came back */
} KocrMatch;

/* What was asked. */
typedef struct
{
  guint64 serial;               /* samples of one engine, counted from 1 */
  GstClockTime pts, stream_time;
  GstVideoInfo info;
  KocrPictureSettings settings; /* its region: what is wanted of the frame */
  KocrViewSettings view;
  KocrGateSettings gate;
  gboolean forced;              /* sent whatever its picture is like */
  gboolean is_routine;          /* it was due and no more: what comes and stands
                                 * is watched for, and becomes a sample of its
                                 * own */
} KocrAsked;

/* How its picture is made and sent. */
typedef struct
{
  GstBuffer *buffer;            /* until it is encoded */
  KocrPictureSettings settings; /* as asked, in the pixels of the frame and
                                 * within what the service takes */
  gint shown[4];                /* the part of the frame that is shown, once it
                                 * is mapped */
  KocrPicture *picture;         /* from the encoder to the client, and then
                                 * read-only until completion */
  gint64 encoded;               /* when it was, us; 0: not yet */
  gint64 sent;                  /* when its last attempt began, us; 0: none */
  guint attempts;               /* requests that reached the wire */
  guint retried, throttled;     /* attempts repeated, and for being throttled */
  guint64 bytes_sent;
} KocrTransfer;

/* What @other took to be sent, as part of @self. */
void kocr_transfer_add (KocrTransfer * self, const KocrTransfer * other);

/* In which shapes it was tried. */
typedef struct
{
  guint shrinks;                /* sent again smaller */
  gboolean tiled;               /* sent again as a tiling */
  guint tried_formats;          /* KOCR_IMAGE_FORMAT_BIT of each */
  KocrShapeLimits learned;      /* from what was refused */
  struct _KocrTiling *tiling;   /* that this is a tile of; nullable, not
                                 * owned */
} KocrResends;

/* Where a text was in the picture that was sent, and how far it has moved since, in
 * pixels of the frame. */
typedef struct
{
  gdouble x, y, width, height;
  gdouble dx, dy;
} KocrTextMove;

/* What came of it: exactly one of result and error is set. */
typedef struct
{
  /* Of the comparison with earlier pictures; a sample that is sent after all is
   * reset to NEW. */
  KocrMatch match;
  gboolean text_alone;          /* UNCHANGED: its text, while the rest moved */
  GArray *moves;                /* (nullable) of KocrTextMove, with text_alone */
  guint64 duplicate_of;         /* serial of the sample that it is like; 0 */

  GstKakaoOcrResult *result;    /* an unchanged sample's is that of the sample
                                 * it is like, the same object */
  GError *error;
  const struct _KocrFault *fault;       /* nullable: the answer that ended it */
  guint http_status;            /* of the last answer, 0: none */
  guint regions_dropped;        /* degenerate ones left out of the result */
  gboolean unread;              /* the bundled service found lines that its
                                 * languages do not fit */
  gint64 completed;             /* monotonic, us */
} KocrOutcome;

/* Its sample is like no other, after all. */
void kocr_outcome_is_of_its_own (KocrOutcome *self);

typedef struct
{
  const KocrAsked asked;
  gchar id[37];                 /* X-Request-Id, the same for all attempts */

  /* Of the engine's submit on. */
  gint64 taken;                 /* monotonic time of the sample, us */
  gint64 deadline;              /* monotonic, us: no attempt ends after it;
                                 * G_MAXINT64: only the attempt's own timeout */
  guint epoch;                  /* in another one no picture is unchanged, nor
                                 * like one that is still in flight */
  guint flushes;                /* that were before it: after one more it is not
                                 * sent any more */

  KocrTransfer transfer;
  KocrResends resends;

  /* The engine's lock. */
  GQueue followers;             /* of KocrRequest, in order: samples like this
                                 * one that wait for its answer */
  gboolean closed;              /* takes no more of them */
  gboolean follows;             /* is one of them */

  KocrOutcome outcome;
  gint settled;                 /* atomic: once it is 1, what stands above may
                                 * be read by anyone */

  GDestroyNotify clear_owner;   /* nullable */
} KocrRequest;

/* @asked: (nullable). */
KocrRequest *kocr_request_new (const KocrAsked * asked);
/* The beginning of an owner's record of @size bytes, all else 0, of which
 * @clear frees what the owner has put there. */
KocrRequest *kocr_request_new_sized (const KocrAsked * asked, gsize size,
    GDestroyNotify clear);
KocrRequest *kocr_request_ref (KocrRequest * request);
void kocr_request_unref (KocrRequest * request);
/* @request has its outcome, and ends: once, by its engine, or by its owner when
 * it was not submitted. */
void kocr_request_settle (KocrRequest * request);
/* Whether the request is settled, and result and error may be read. */
gboolean kocr_request_is_settled (const KocrRequest * request);
/* Gives @request what became of @original, which is settled: its error, its
 * result, or a result of @request's own with the same regions when the picture
 * is one that came back. */
void kocr_request_share (KocrRequest * request, const KocrRequest * original);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrRequest, kocr_request_unref)
