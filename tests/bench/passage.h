/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Passage: an element between a pad that pushes frames to it and a pad that
 * drops what comes out, and nothing else, so that what is measured is the
 * element. The frames are headers around the same memory.
 */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS typedef struct
{
  GstElement *element;
  guint64 n_pushed, n_dropped;  /* frames */
  guint64 n_late;               /* played, and not through when the next was
                                 * due */
  gboolean carries;             /* the last one had a meta */

  /*< private > */
  GstPad *src, *sink;
  GstBus *bus;
  GstMemory *memory;
  GstClockTime duration;
  guint64 n_out;
  GMutex lock;
  GCond cond;
  gboolean ended;               /* lock */
} Passage;

/* @launch: the element with its properties; upstream is live. @info: with a
 * frame rate. @memory: the picture of all frames. */
Passage *passage_new (const gchar * launch, const GstVideoInfo * info,
    GstMemory * memory);
void passage_free (Passage * self);

/* Pushes @n frames as fast as it goes, and takes messages off the bus. */
void passage_push (Passage * self, guint n);
/* The same at their pace, as a camera does. */
void passage_play (Passage * self, guint seconds);
/* Pushes EOS and waits until all has come out. */
void passage_finish (Passage * self);
guint64 passage_get_stat (Passage * self, const gchar * name);

/* What a `kakaoocr` is, that has one result of ten regions from the service
 * @url and carries it on all frames; @more: further properties. */
Passage *passage_new_carrying (const gchar * url, const GstVideoInfo * info,
    GstMemory * memory, const gchar * more);

/* An answer of ten regions. */
extern const gchar passage_answer[];
