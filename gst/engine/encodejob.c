/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "encodejob.h"

#include <string.h>
#include "base/clock.h"

void
kocr_encode_job_compare (KocrEncodeJob * self, KocrRequest * request,
    KocrFrameViewer * viewer, KocrPictureCache * memory)
{
  const KocrAsked *asked = &request->asked;
  KocrTransfer *transfer = &request->transfer;

  *self = (KocrEncodeJob){ request,
    .buffer = g_steal_pointer (&transfer->buffer) };
  if (!kocr_frame_viewer_open (viewer, &asked->info, &asked->view,
          self->buffer, &self->view, &self->error))
    return;
  memcpy (transfer->shown, self->view.area.shown, sizeof transfer->shown);
  memcpy (transfer->settings.region, self->view.area.wanted,
      sizeof transfer->settings.region);
  transfer->settings.turn = asked->view.turn;
  request->outcome.match = kocr_picture_cache_look (memory, request,
      &self->view.frame, &self->duplicate_of);
  if (!self->duplicate_of)
    kocr_picture_cache_keep (memory, request);
}

/* The edges of a part that is read beyond which there is nothing to be read. A
 * whole frame is sent as it is. */
static KocrEdges
find_edges (const KocrReadArea * area, const GstVideoFrame * frame)
{
  const gint *read = area->read, *shown = area->shown;

  if (read[2] == GST_VIDEO_INFO_WIDTH (&frame->info)
      && read[3] == GST_VIDEO_INFO_HEIGHT (&frame->info))
    return 0;
  return (read[0] == shown[0] ? KOCR_EDGE_LEFT : 0)
      | (read[1] == shown[1] ? KOCR_EDGE_TOP : 0)
      | (read[0] + read[2] == shown[0] + shown[2] ? KOCR_EDGE_RIGHT : 0)
      | (read[1] + read[3] == shown[1] + shown[3] ? KOCR_EDGE_BOTTOM : 0);
}

static void
tell_masks (KocrPictureSettings * settings, const KocrViewSettings * view,
    const gint shown[4])
{
  for (guint i = 0; i < view->n_masks; i++) {
    if (kocr_area_resolve (&view->masks[i], shown,
            settings->masks[settings->n_masks]))
      settings->n_masks++;
  }
}

static KocrPicture *
encode (KocrEncodeJob * self, KocrPictureEncoder * encoder)
{
  const KocrReadArea *area = &self->view.area;
  KocrPictureSettings settings = self->request->transfer.settings;

  memcpy (settings.region, area->read, sizeof settings.region);
  memcpy (settings.shown, area->shown, sizeof settings.shown);
  if (memcmp (area->wanted, area->shown, sizeof area->wanted) != 0)
    memcpy (settings.wanted, area->wanted, sizeof settings.wanted);
  settings.may_fold = TRUE;
  settings.edges = find_edges (area, &self->view.frame);
  tell_masks (&settings, &self->request->asked.view, area->shown);
  return kocr_picture_encoder_encode (encoder, &self->view.frame, &settings,
      &self->error);
}

static gboolean
needs_picture (const KocrEncodeJob * self, gboolean lossless)
{
  const KocrRequest *original = self->duplicate_of;

  return !original || (lossless && !(kocr_request_is_settled (original)
          && original->outcome.result));
}

void
kocr_encode_job_encode (KocrEncodeJob * self, KocrEncoderPool * encoders,
    gboolean lossless)
{
  KocrRequest *request = self->request;

  if (!self->error) {
    if (needs_picture (self, lossless)) {
      KocrPictureEncoder *encoder = kocr_encoder_pool_take (encoders);

      request->transfer.picture = encode (self, encoder);
      request->transfer.encoded = kocr_clock_now ();
      kocr_encoder_pool_give (encoders, encoder);
    }
    kocr_frame_view_close (&self->view, encoders->pool);
  }
  gst_clear_buffer (&self->buffer);
}
