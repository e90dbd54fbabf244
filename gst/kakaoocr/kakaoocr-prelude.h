/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What of the library is exported.
 */
#pragma once

#include <gst/gst.h>

/* Marks what the library exports; everything else stays hidden. */
#ifndef GST_KAKAO_OCR_API
#  ifdef BUILDING_GST_KAKAO_OCR
#    define GST_KAKAO_OCR_API GST_API_EXPORT
#  else
#    define GST_KAKAO_OCR_API GST_API_IMPORT
#  endif
#endif
