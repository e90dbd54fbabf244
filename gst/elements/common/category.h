/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Category: the elements' GST_DEBUG categories, each named as its element.  All
 * that an element is made of logs in it, a line a decision.
 *
 *   #define GST_CAT_DEFAULT KOCR_CATEGORY_ENC
 */
#pragma once

#include <gst/gst.h>

/* Not evaluated unless some category is as verbose as the line. */
#define KOCR_CATEGORY_CROP (kocr_category_get_crop ())
#define KOCR_CATEGORY_ENC (kocr_category_get_enc ())
#define KOCR_CATEGORY_OVERLAY (kocr_category_get_overlay ())

GstDebugCategory *kocr_category_get_crop (void);
GstDebugCategory *kocr_category_get_enc (void);
GstDebugCategory *kocr_category_get_overlay (void);
