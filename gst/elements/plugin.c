/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "elements.h"

static gboolean
plugin_init (GstPlugin * plugin)
{
  return GST_ELEMENT_REGISTER (kakaoocr, plugin)
      && GST_ELEMENT_REGISTER (kakaoocrcrop, plugin)
      && GST_ELEMENT_REGISTER (kakaoocrenc, plugin)
      && GST_ELEMENT_REGISTER (kakaoocroverlay, plugin);
}

#define PACKAGE "gst-kakaoocr"

GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, kakaoocr,
    "Text recognition in video by the Kakao i Cloud General OCR API",
    plugin_init, PACKAGE_VERSION, "LGPL", PACKAGE_NAME, PACKAGE_ORIGIN)
