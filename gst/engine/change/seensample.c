/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "change/seensample.h"

#include "picture/geometry.h"

void
kocr_seen_sample_clear (KocrSeenSample * self)
{
  kocr_luma_store_clear (&self->luma_store);
  kocr_luma_store_clear (&self->half_store);
  kocr_chroma_store_clear (&self->chroma_store);
  kocr_luma_store_clear (&self->shrinking_stores[0]);
  kocr_luma_store_clear (&self->shrinking_stores[1]);
}

void
kocr_seen_sample_begin (KocrSeenSample * self)
{
  self->luma.data = self->half.data = NULL;
  self->has_chroma = FALSE;
}

gboolean
kocr_seen_sample_look (KocrSeenSample * self, const GstVideoFrame * frame,
    const KocrPictureSettings * settings)
{
  KocrFrameShape shape = {
    .width = GST_VIDEO_INFO_WIDTH (&frame->info),
    .height = GST_VIDEO_INFO_HEIGHT (&frame->info),
    .row_step = GST_VIDEO_INFO_INTERLACE_MODE (&frame->info)
                        == GST_VIDEO_INTERLACE_MODE_ALTERNATE
                    ? 2
                    : 1,
    .align_x = 1,
    .align_y = 1,
  };
  KocrPictureGeometry taken;

  if (!kocr_picture_geometry_take (&taken, &shape, settings->region))
    return FALSE;
  self->area[0] = taken.x;
  self->area[1] = taken.y;
  self->area[2] = taken.width;
  self->area[3] = taken.height;
  self->frame = frame;
  return kocr_luma_plane_of_frame (&self->luma, frame, self->area,
      &self->luma_store);
}

gboolean
kocr_seen_sample_shrink (KocrSeenSample * self)
{
  if (self->half.data)
    return TRUE;
  if (!kocr_luma_plane_halve (&self->half, &self->luma, &self->half_store))
    return FALSE;
  self->thumbnail = self->half;
  for (guint i = 1; i < KOCR_THUMBNAIL_HALVINGS; i++) {
    KocrLumaPlane larger = self->thumbnail;

    if (!kocr_luma_plane_halve (&self->thumbnail, &larger,
            &self->shrinking_stores[i % 2])) {
      self->half.data = NULL;
      return FALSE;
    }
  }
  return TRUE;
}

void
kocr_seen_sample_see_colour (KocrSeenSample * self)
{
  if (!self->has_chroma)
    kocr_chroma_planes_of_frame (&self->chroma, self->frame, self->area,
        &self->chroma_store);
  self->has_chroma = TRUE;
}

gboolean
kocr_seen_sample_is_near (KocrSeenSample * self,
    const KocrChromaPlanes * chroma, guint most)
{
  return !self->has_chroma && kocr_chroma_planes_are_near (chroma,
      self->frame, self->area, &self->chroma_store, most);
}
