/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/framecaps.h"

#include <string.h>

#include "frame/framereader.h"

#define CONVERT "Put a converter before kakaoocr that brings the frames to " \
    "system memory, for example: vapostproc ! video/x-raw ! kakaoocr"

#define LINEAR 0                /* DRM_FORMAT_MOD_LINEAR */

/* Linear DMA_DRM frames are mapped like any others; what is tiled has an info,
 * but none that says where a pixel is. */
static gboolean
to_video_info (const GstCaps * caps, GstVideoInfo * info)
{
#if GST_CHECK_VERSION (1, 24, 0)
  GstVideoInfoDmaDrm drm;

  if (gst_video_is_dma_drm_caps (caps))
    return gst_video_info_dma_drm_from_caps (&drm, caps)
        && drm.drm_modifier == LINEAR
        && gst_video_info_dma_drm_to_video_info (&drm, info);
#endif
  return gst_video_info_from_caps (info, caps)
      && GST_VIDEO_INFO_FORMAT (info) > GST_VIDEO_FORMAT_ENCODED
      && GST_VIDEO_INFO_SIZE (info) > 0;
}

gboolean
kocr_frame_caps_to_video_info (const GstCaps * caps, GstVideoInfo * info,
    const gchar ** reason)
{
  *reason = NULL;
  if (!to_video_info (caps, info)) {
    *reason =
        "Frames of this kind of memory cannot be read here: nothing is "
        "recognised. " CONVERT;
    return FALSE;
  }
  return GST_VIDEO_INFO_INTERLACE_MODE (info) !=
      GST_VIDEO_INTERLACE_MODE_ALTERNATE;
}

gboolean
kocr_frame_caps_allow_copies (const GstCaps * caps)
{
  GstCapsFeatures *features = gst_caps_get_features (caps, 0);

  for (guint i = 0; i < gst_caps_features_get_size (features); i++) {
    const gchar *feature = gst_caps_features_get_nth (features, i);

    if (g_str_has_prefix (feature, "memory:")
        && strcmp (feature, GST_CAPS_FEATURE_MEMORY_SYSTEM_MEMORY) != 0)
      return FALSE;
  }
  return TRUE;
}

/* A shallow copy has no pool but shares the memory of one that may have; when
 * that one is released its pool sees the memory in use and makes another, so
 * plain memory is safe. */
gboolean
kocr_frame_may_be_held (GstBuffer * buffer)
{
  if (!kocr_frame_is_in_system_memory (buffer))
    return FALSE;
  if (gst_buffer_get_parent_buffer_meta (buffer))
    return FALSE;
  if (buffer->pool) {
    GstStructure *config = gst_buffer_pool_get_config (buffer->pool);
    guint max_buffers = 0;

    gst_buffer_pool_config_get_params (config, NULL, NULL, NULL, &max_buffers);
    gst_structure_free (config);
    return max_buffers == 0;
  }
  return TRUE;
}
