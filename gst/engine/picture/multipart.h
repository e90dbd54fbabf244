/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Multipart: the body of a request while it is being written.
 *
 * One growing buffer takes the head of the one form part "image", then the
 * picture as its codec writes it, then the tail; what comes out is the GBytes
 * that goes over the wire, with no copy in between, and whose memory comes back
 * for a later body.  A body never grows past its limit: writing more is a fault
 * that tells the encoder to try smaller.
 *
 * Memory is asked for so that it may be refused; nothing here aborts.
 */
#pragma once

#include "base/blockpool.h"

typedef enum
{
  KOCR_MULTIPART_FITS,
  KOCR_MULTIPART_TOO_LARGE,
  KOCR_MULTIPART_NO_MEMORY
} KocrMultipartState;

typedef struct
{
  KocrBlockPool *pool;          /* that bodies return to */
  KocrBlock block;              /* no data: none is open */
  gsize length;                 /* written, head included */
  gsize capacity;               /* without the room kept for the tail */
  gsize limit;                  /* of capacity */
  KocrMultipartState state;
  gchar boundary[40];
} KocrMultipart;

/* @pool stays the caller's, and until after the clear. */
void kocr_multipart_init (KocrMultipart * self, KocrBlockPool * pool);
/* Bodies that were given away stay. */
void kocr_multipart_clear (KocrMultipart * self);
/* Starts a body of at most @max_bytes, for a picture that will take about
 * @expected bytes, in the place of one that is open.  FALSE: see state. */
gboolean kocr_multipart_open (KocrMultipart * self, const gchar * filename,
    const gchar * media_type, gsize max_bytes, gsize expected);
/* Gives more room behind length. */
gboolean kocr_multipart_grow (KocrMultipart * self);
gboolean kocr_multipart_append (KocrMultipart * self, const guint8 * bytes,
    gsize n);
/* The content type, with the boundary; (transfer full). */
gchar *kocr_multipart_content_type (const KocrMultipart * self);
/* Ends the body and gives it away. */
GBytes *kocr_multipart_close (KocrMultipart * self);
