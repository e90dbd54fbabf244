/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Whole pipelines with a kakaoocr in them, played to their end, and the results
 * that it posted.
 */
#pragma once

#include "ocrharness.h"
#include "../../patience.h"

#define READER "kakaoocr name=ocr timing=exact interval=0 "
#define FONT                                                                   \
  "font-desc=\"DejaVu Sans Bold 32\" draw-shadow=false "                    \
  "draw-outline=false "
/* @format: the frame's. */
#define TWO_TEXTS                                                              \
  "videotestsrc num-buffers=1 pattern=black ! "                                \
  "video/x-raw,format=%s,width=1280,height=360,framerate=25/1 ! "              \
  "textoverlay " FONT "text=\"LEFT 111\" halignment=left ! "                   \
  "textoverlay " FONT "text=\"RIGHT 222\" halignment=right ! "

/* A result, of the message that tells of it. */
typedef struct
{
  gchar *text;
  gint width, height;
  GArray *boxes; /* 8 doubles a region */
} PlayedResult;

GstElement *played_parse (const gchar *format, ...) G_GNUC_PRINTF (1, 2);
/* All results of @pipeline. (element-type PlayedResult) */
GPtrArray *played_pipeline (GstElement *pipeline);
/* The same of what @format describes. */
GPtrArray *played (const gchar *format, ...) G_GNUC_PRINTF (1, 2);

const PlayedResult *played_get (GPtrArray *all, guint i);
void played_result_get_box (const PlayedResult *self, guint i, gdouble box[8]);
/* All boxes are in the picture. */
void played_result_assert_inside (const PlayedResult *self);
