/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "result.h"

/* The texts of @regions joined to lines, in reading order; free with
 * g_strfreev(). Of more than 2,048 regions each is a line of its own, as they
 * came. Pure. */
gchar **gst_kakao_ocr_lines_read (const GstKakaoOcrRegion * regions,
    guint n_regions);
