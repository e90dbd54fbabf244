/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/log.h"

static GstDebugCategory *
get_category (gsize * once, const gchar * name, const gchar * description)
{
  if (g_once_init_enter (once)) {
    GstDebugCategory *category = NULL;

    GST_DEBUG_CATEGORY_INIT (category, name, 0, description);
    g_once_init_leave (once, GPOINTER_TO_SIZE (category));
  }
  return GSIZE_TO_POINTER (*once);
}

GstDebugCategory *
kocr_log_get_http (void)
{
  static gsize once;

  return get_category (&once, "kakaoocr-http", "requests to the OCR service");
}

GstDebugCategory *
kocr_log_get_gate (void)
{
  static gsize once;

  return get_category (&once, "kakaoocr-gate",
      "which pictures are like earlier ones");
}

void
kocr_log_init (void)
{
  kocr_log_get_http ();
  kocr_log_get_gate ();
}
