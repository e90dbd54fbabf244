/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/category.h"

static GstDebugCategory *
get_category (gsize *once, const gchar *name, const gchar *description)
{
  if (g_once_init_enter (once))
    g_once_init_leave (once,
        GPOINTER_TO_SIZE (_gst_debug_category_new (name, 0, description)));
  return GSIZE_TO_POINTER (*once);
}

GstDebugCategory *
kocr_category_get_crop (void)
{
  static gsize once;

  return get_category (&once, "kakaoocrcrop", "recognised text as pictures");
}

GstDebugCategory *
kocr_category_get_enc (void)
{
  static gsize once;

  return get_category (&once, "kakaoocrenc", "recognised text as a stream");
}

GstDebugCategory *
kocr_category_get_overlay (void)
{
  static gsize once;

  return get_category (
      &once, "kakaoocroverlay", "recognised text drawn on the frames");
}
