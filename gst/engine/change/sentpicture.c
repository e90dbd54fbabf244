/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "change/sentpicture.h"

/* After so long what has the same text is sent again, for the text that the
 * finder cannot see, unless a refresh interval was set. */
#define TEXT_REFRESH (10 * GST_SECOND)

void
kocr_sent_picture_free (KocrSentPicture *self)
{
  kocr_request_unref (self->request);
  kocr_chroma_store_clear (&self->chroma_store);
  kocr_luma_store_clear (&self->half_store);
  kocr_luma_store_clear (&self->thumbnail_store);
  g_free (self);
}

void
kocr_sent_picture_keep_colour (
    KocrSentPicture *self, KocrSeenSample *seen)
{
  KocrChromaStore spare = self->chroma_store;

  kocr_seen_sample_see_colour (seen);
  self->chroma_store = seen->chroma_store;
  self->chroma = seen->chroma;
  seen->chroma_store = spare;
  seen->has_chroma = FALSE;
}

void
kocr_sent_picture_keep_small (
    KocrSentPicture *self, KocrSeenSample *seen)
{
  KocrLumaStore spare = self->half_store;

  self->half_store = seen->half_store;
  self->half = seen->half;
  seen->half_store = spare;
  seen->half.data = NULL;
  if (!kocr_luma_plane_copy (&self->thumbnail, &seen->thumbnail,
          &self->thumbnail_store))
    self->half.data = NULL;
}

/* Where frames have no time it is counted as it passes. */
gboolean
kocr_sent_picture_is_stale (
    const KocrSentPicture *self, const KocrRequest *request)
{
  GstClockTime age = (request->taken - self->taken) * GST_USECOND;
  GstClockTime interval = request->asked.gate.refresh_interval;

  if (interval == 0 && request->outcome.text_alone)
    interval = TEXT_REFRESH;

  if (GST_CLOCK_TIME_IS_VALID (request->asked.stream_time)
      && GST_CLOCK_TIME_IS_VALID (self->stream_time))
    age = ABS (GST_CLOCK_DIFF (request->asked.stream_time, self->stream_time));
  return interval > 0 && age >= interval;
}
