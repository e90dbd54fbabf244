/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Arrays of GstKakaoOcrDifference from one text, which tell where readings of
 * it differ. */

/* Leaves those of @stable that @found has, too. FALSE: none, nothing changed. */
gboolean gst_kakao_ocr_differences_intersect (GArray * stable,
    const GArray * found);

/* Whether both have a difference at one place. */
gboolean gst_kakao_ocr_differences_share_place (const GArray * stable,
    const GArray * found);

/* How many there are; a word that is left out, or comes in, is one. */
guint gst_kakao_ocr_differences_count (const GArray * differences);
