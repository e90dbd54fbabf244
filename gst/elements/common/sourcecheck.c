/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/sourcecheck.h"

#include <gst/kakaoocr/kakaoocr.h>

#include "common/samplingquery.h"

/* A run without results is warned of this long after its first frame. */
#define PATIENCE GST_SECOND

void
kocr_source_check_reset (KocrSourceCheck * self)
{
  self->started = self->found = self->warned = FALSE;
}

gchar *
kocr_source_check_ask (KocrSourceCheck * self)
{
  gboolean found;
  gchar *unread = kocr_sampling_query_ask (self->sinkpad, &found);

  self->found |= found;
  return unread;
}

static void
warn (KocrSourceCheck * self)
{
  g_autofree gchar *unread = NULL;

  if (self->found || self->warned)
    return;
  unread = kocr_source_check_ask (self);
  if (self->found)
    return;
  self->warned = TRUE;
  GST_ELEMENT_WARNING (self->element, STREAM, FAILED,
      ("No frame has a result: there is no kakaoocr before %s.", self->name),
      ("Put kakaoocr before it: kakaoocr ! %s", self->name));
}

void
kocr_source_check_note_frame (
    KocrSourceCheck *self, GstBuffer *frame, gint64 now)
{
  if (!self->started)
    self->first = now;
  self->started = TRUE;
  if (self->found || self->warned)
    return;
  self->found = gst_buffer_get_kakao_ocr_meta (frame) != NULL;
  if (now - self->first >= (gint64) PATIENCE)
    warn (self);
}

void
kocr_source_check_note_end (KocrSourceCheck * self)
{
  if (self->started)
    warn (self);
}
