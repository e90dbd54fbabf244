/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The pipeline of `kakaoocr read`: a video whose text is recognised, and a
 * branch for each thing that is to be left.
 */
#pragma once

#include <gst/gst.h>

#include "read/readproducts.h"

/* Elements that others find by their names: `ocr`, and where they are wanted
 * `annotated`, `text` and `subtitles` (filesinks), `enc` (of the lines), `news`
 * (a queue), and the appsinks `thumbnails`, `crops` and `tracks`.
 * (transfer full) */
GstElement *read_pipeline_new (const gchar * source, ReadProducts products,
    GError ** error);
