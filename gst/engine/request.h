/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The record of one frame's recognition, from the sample to the result.
 *
 * Refcounted: the element, the encode pool and the network thread each hold a
 * reference for as long as they may look at it, so a late callback hits a live
 * record and is harmless.  Fields have one owner at a time, as noted; the hand
 * over is through a queue or a lock, so none needs a lock of its own.
 */
#pragma once

#include <gst/video/video.h>
#include <gst/kakaoocr/kakaoocr.h>
#include "base/error.h"
#include "picture/encoder.h"
#include "frame/readarea.h"

G_BEGIN_DECLS

/* What a service turned out to take, for the pictures to come. All 0: nothing
 * is known. */
typedef struct
{
  guint max_dimension;
  gsize max_bytes;
  gboolean format_known;
  KocrImageFormat format;
} KocrShapeLimits;

/* When a sample need not be sent. */
typedef struct
{
  guint threshold;              /* levels of luma that are a change; 0: all
                                 * samples are sent */
  guint memory;                 /* pictures remembered with their results */
  GstClockTime refresh_interval;        /* a picture is sent again after; 0:
                                         * never */
} KocrGateSettings;

/* What a sample's picture is like. */
typedef enum
{
  KOCR_PICTURE_NEW,             /* no other: it is sent */
  KOCR_PICTURE_UNCHANGED,       /* the one before it */
  KOCR_PICTURE_REMEMBERED       /* an earlier one that came back */
} KocrMatch;

typedef struct
{
  /* Set when the sample is taken, encoded by the encode pool and sent by the
   * network thread; never changes otherwise. */
  guint64 serial;               /* samples of one engine, counted from 1 */
  GstClockTime pts, duration;
  GstClockTime stream_time, running_time;
  GstClockTime moment;          /* running time, but of frames that have none,
                                 * or one that is astray: where they came */
  gint64 taken;                 /* monotonic time of the sample, us */
  gint64 encoded;               /* when it was, us; 0: not yet */
  gint64 sent;                  /* when its last attempt began, us; 0: none */
  gint64 deadline;              /* monotonic, us: no attempt ends after it;
                                 * G_MAXINT64: only the attempt's own timeout */
  gchar id[37];                 /* X-Request-Id, the same for all attempts */
  KocrPictureSettings settings; /* its region: what is wanted of the frame,
                                 * once that is mapped */
  KocrViewSettings view;
  KocrGateSettings gate;
  gboolean forced;              /* sent whatever its picture is like */
  guint epoch;                  /* in another one no picture is unchanged, nor
                                 * like one that is still in flight */
  guint flushes;                /* that were before it: after one more it is not
                                 * sent any more */

  /* Until it is encoded: encode pool. */
  GstBuffer *buffer;
  GstVideoInfo info;

  /* The part of the frame that is shown, once it is mapped: encode pool. */
  gint shown[4];

  /* What came out of the comparison with earlier pictures: encode pool, then
   * engine, which resets a sample that is sent after all to NEW. */
  KocrMatch match;
  guint64 duplicate_of; /* serial of the sample that it is like; 0 */

  /* Samples like this one that wait for its answer, until it is settled; the
   * engine's lock. */
  GQueue followers;             /* of KocrRequest, in order */
  gboolean closed;              /* takes no more of them */

  /* From the encoder to the client, then read-only until completion. */
  KocrPicture *picture;

  /* While in flight: network thread. */
  guint attempts;               /* requests that reached the wire */
  guint retried, throttled;     /* attempts repeated, and for being throttled */
  guint64 bytes_sent;
  guint http_status;            /* of the last answer, 0: none */

  /* Between the client and the encoder: engine. */
  guint shrinks;                /* sent again smaller */
  gboolean tiled;               /* sent again as a tiling */
  gboolean other_format;        /* sent again in the other format */
  KocrShapeLimits learned;      /* from what was refused */
  struct _KocrTiling *tiling; /* that this is a tile of; nullable, not owned */

  /* At completion: exactly one of result and error is set. An unchanged
   * sample's result is that of the sample it is like, the same object. */
  GstKakaoOcrResult *result;
  GError *error;
  const KocrFault *fault;       /* nullable: the answer that ended it */
  guint regions_dropped;        /* degenerate ones left out of the result */
  gint64 completed;             /* monotonic, us */
  gint settled;                 /* atomic: once it is 1, what stands above may
                                 * be read by anyone */

  /* The owner's, who publishes each request that is settled. */
  GstKakaoOcrResult *tracked;   /* result with the tracks of its regions */
  gint published;               /* atomic: once it is 1, tracked may be read by
                                 * anyone */
} KocrRequest;

KocrRequest *kocr_request_new (void);
KocrRequest *kocr_request_ref (KocrRequest * request);
void kocr_request_unref (KocrRequest * request);
/* Whether the request is settled, and result and error may be read. */
gboolean kocr_request_is_settled (const KocrRequest * request);
/* Takes @tracked: (nullable). Once, of a request that is settled. */
void kocr_request_publish (KocrRequest * request, GstKakaoOcrResult * tracked);
/* Whether the request is published, and tracked may be read. */
gboolean kocr_request_is_published (KocrRequest * request);
/* Gives @request what became of @like, which is settled: its error, its result,
 * or a result of @request's own with the same regions when the picture is one
 * that came back. */
void kocr_request_share (KocrRequest * request, const KocrRequest * like);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KocrRequest, kocr_request_unref)

G_END_DECLS
