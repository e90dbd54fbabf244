/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Box motion: brings results that come late up to the present frame, so that
 * their boxes are right when they are first shown, and from there on with every
 * frame.
 *
 * The streaming thread looks at frames as long as a sample has no answer or
 * there are boxes to move: it makes a small picture of each, nothing more.
 * When the answer comes, a worker follows its regions through the pictures
 * since (a millisecond or two), and hands it on with its motion, which is the
 * streaming thread's from then on.
 */
#pragma once

#include "motion/lumareader.h"
#include "motion/motion.h"
#include "request.h"

typedef struct _KocrBoxMotion KocrBoxMotion;

/* From a worker or from the thread that offered @request, with no lock held. */
typedef struct
{
  /* It may be shown. @motion: (nullable) of its regions, up to the newest frame
   * that was looked at; NULL when they stay where they are. */
  void (*arrived) (KocrRequest * request, KocrMotion * motion,
      gpointer user_data);
  /* It need not be shown: a later one that has no use for it was offered before
   * a worker got to it. */
  void (*overtaken) (KocrRequest * request, gpointer user_data);
} KocrBoxMotionCallbacks;

KocrBoxMotion *kocr_box_motion_new (const KocrBoxMotionCallbacks * callbacks,
    gpointer user_data);
/* Waits for what workers are at, not for what they have left to do. */
void kocr_box_motion_free (KocrBoxMotion * self);

/* Streaming thread. */

/* Frames from now on are of @info, or (@readable FALSE) not to be looked at. */
void kocr_box_motion_set_up (KocrBoxMotion * self, const GstVideoInfo * info,
    gboolean readable);
/* What was before has nothing to do with what follows. */
void kocr_box_motion_forget (KocrBoxMotion * self);
/* The next frame begins; @enabled: whether to follow anything from it on. */
void kocr_box_motion_begin_frame (KocrBoxMotion * self, GstBuffer * buffer,
    gboolean enabled);
/* This frame is sample @serial; before it can be answered. */
void kocr_box_motion_expect (KocrBoxMotion * self, guint64 serial);
/* At the end of the frame: looks at it if there is need. @motion: (nullable) of
 * the boxes on it, goes on to it. */
void kocr_box_motion_follow (KocrBoxMotion * self, KocrMotion * motion);

/* Any thread. */

/* @request was published. */
void kocr_box_motion_offer (KocrBoxMotion * self, KocrRequest * request);
/* Waits until @request, which was published, may be shown. */
void kocr_box_motion_wait (KocrBoxMotion * self, const KocrRequest * request);
