/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "media/videoencoder.h"

typedef struct
{
  const gchar *factory;
  const gchar *offline;
  const gchar *live;
} VideoEncoder;

/* Quick rather than small; a constant quantizer keeps text sharp. */
#define X264 "x264enc speed-preset=ultrafast pass=quant quantizer=25 " \
    "key-int-max=60"
#define VP8 "vp8enc deadline=1 cpu-used=8 threads=2 target-bitrate=6000000"

static const VideoEncoder encoders[] = {
  {"x264enc", X264, X264 " tune=zerolatency"},
  {"vp8enc", VP8, VP8 " lag-in-frames=0"},
};

const gchar *
video_encoder_describe (gboolean live, GError ** error)
{
  for (guint i = 0; i < G_N_ELEMENTS (encoders); i++) {
    g_autoptr (GstElementFactory) factory =
        gst_element_factory_find (encoders[i].factory);

    if (factory)
      return live ? encoders[i].live : encoders[i].offline;
  }
  g_set_error (error, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN,
      "there is no video encoder: install gstreamer1.0-plugins-ugly (x264enc) "
      "or gstreamer1.0-plugins-good (vp8enc)");
  return NULL;
}
