/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Frames with a number that nobody is to read, in all the ways that video shows
 * text, and a word that everybody may.
 */
#pragma once

#include <gst/video/video.h>

#define REDACTION_WIDTH 640
#define REDACTION_HEIGHT 360
#define REDACTION_FRAME (40 * GST_MSECOND)
#define REDACTION_CAPS "video/x-raw,format=BGRx,width=640,height=360," \
    "framerate=25/1,interlace-mode=mixed"

/* What a crop meta leaves. */
#define REDACTION_CROP_X 40
#define REDACTION_CROP_Y 24
#define REDACTION_CROP_WIDTH 560
#define REDACTION_CROP_HEIGHT 312

#define REDACTION_OPEN "EXIT"

typedef enum
{
  REDACTION_MOVING,
  REDACTION_FADING,
  REDACTION_WRAPPED,            /* over two lines */
  REDACTION_ROTATED,
  REDACTION_CROPPED,            /* by a meta, and cut by its edge */
  REDACTION_ATTACHED,           /* as a composition meta */
  REDACTION_INTERLACED,         /* its fields are of different times */
  REDACTION_N_SCENES
} RedactionScene;

/* A word that can be read. */
typedef struct
{
  gdouble box[8];               /* pixels of the frame */
  const gchar *text;
} RedactionWord;

/* Frame @step of a scene, with @words (of RedactionWord) that are on it. The
 * whole scene lasts @n_steps. */
GstBuffer *redaction_scene_draw (RedactionScene scene, guint step,
    guint n_steps, GArray * words);
