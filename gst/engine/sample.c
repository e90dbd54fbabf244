/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sample.h"

#include "clock.h"
#include "framereader.h"

void
kocr_sample_compare (KocrSample * self, KocrRequest * request,
    KocrPictureMemory * memory)
{
  *self = (KocrSample) {
  request,.buffer = g_steal_pointer (&request->buffer)};
  if (!kocr_frame_map (&self->frame, request, self->buffer, &self->error))
    return;
  request->likeness = kocr_picture_memory_look (memory, request, &self->frame,
      &self->like);
  if (!self->like)
    kocr_picture_memory_keep (memory, request);
}

static gboolean
needs_picture (const KocrSample * self, gboolean lossless)
{
  const KocrRequest *like = self->like;

  return !like || (lossless && !(kocr_request_is_settled (like)
          && like->result));
}

void
kocr_sample_encode (KocrSample * self, KocrEncoders * encoders,
    gboolean lossless)
{
  KocrRequest *request = self->request;

  if (!self->error) {
    if (needs_picture (self, lossless)) {
      KocrPictureEncoder *encoder = kocr_encoders_take (encoders);

      request->picture = kocr_picture_encoder_encode (encoder, &self->frame,
          &request->settings, &self->error);
      request->encoded = kocr_clock_now ();
      kocr_encoders_give (encoders, encoder);
    }
    gst_video_frame_unmap (&self->frame);
  }
  gst_clear_buffer (&self->buffer);
}
