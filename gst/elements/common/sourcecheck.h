/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Source check: whether there is a kakaoocr before an element that uses results.
 * Who forgot it, or put it behind, gets nothing at all, and a WARNING that says
 * so, once a run. Streaming thread.
 */
#pragma once

#include <gst/gst.h>

typedef struct
{
  GstElement *element;          /* that warns; outlives this */
  const gchar *name;            /* of it, for the user; static */
  GstPad *sinkpad;              /* of it, by which upstream is asked */
  gboolean started;             /* a frame came */
  gint64 first;                 /* where it is in time, ns */
  gboolean found;               /* upstream has one, or frames results */
  gboolean warned;
} KocrSourceCheck;

/* A new run. */
void kocr_source_check_reset (KocrSourceCheck * self);
/* A frame came, which is at @now in time (ns). */
void kocr_source_check_note_frame (
    KocrSourceCheck *self, GstBuffer *frame, gint64 now);
/* The stream ends. */
void kocr_source_check_note_end (KocrSourceCheck * self);
/* Asks upstream; as kocr_sampling_query_ask(). */
gchar *kocr_source_check_ask (KocrSourceCheck * self);
