/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "frame/framereader.h"

#include "base/error.h"

/* What brings memory that cannot be mapped to where it can, by the start of
 * the memory's type. */
static const gchar *
converter_for (GstBuffer * buffer)
{
  static const struct
  {
    const gchar *memory, *converter;
  } converters[] = {
    {"GL", "gldownload"},
    {"gst.cuda", "cudadownload"},
    {"VA", "vapostproc"},
    {"dmabuf", "vapostproc"},
    {"D3D11", "d3d11download"},
    {"D3D12", "d3d12download"},
    {"Vulkan", "vulkandownload"},
  };
  GstMemory *memory = gst_buffer_n_memory (buffer) > 0 ?
      gst_buffer_peek_memory (buffer, 0) : NULL;
  const gchar *type = memory && memory->allocator ?
      memory->allocator->mem_type : NULL;

  for (guint i = 0; type && i < G_N_ELEMENTS (converters); i++) {
    if (g_str_has_prefix (type, converters[i].memory))
      return converters[i].converter;
  }
  return "videoconvert";
}

gboolean
kocr_frame_is_of_caps (const GstVideoInfo *info, GstBuffer *buffer)
{
  const GstVideoMeta *meta = gst_buffer_get_video_meta (buffer);

  return !meta
         || (meta->format == GST_VIDEO_INFO_FORMAT (info)
             && meta->width >= (guint)GST_VIDEO_INFO_WIDTH (info)
             && meta->height >= (guint)GST_VIDEO_INFO_HEIGHT (info));
}

gboolean
kocr_frame_map (GstVideoFrame * frame, const GstVideoInfo * info,
    GstBuffer * buffer, GError ** error)
{
  if (kocr_frame_is_of_caps (info, buffer)
      && gst_video_frame_map (frame, info, buffer, GST_MAP_READ))
    return TRUE;
  g_set_error (error, KOCR_ERROR, KOCR_ERROR_PICTURE,
      "A frame's memory cannot be read here. Put a converter before "
      "kakaoocr that brings it to system memory, for example: %s ! "
      "video/x-raw ! kakaoocr", converter_for (buffer));
  return FALSE;
}

gboolean
kocr_frame_is_in_system_memory (GstBuffer * buffer)
{
  for (guint i = 0; i < gst_buffer_n_memory (buffer); i++) {
    if (!gst_memory_is_type (gst_buffer_peek_memory (buffer, i),
            GST_ALLOCATOR_SYSMEM))
      return FALSE;
  }
  return TRUE;
}
