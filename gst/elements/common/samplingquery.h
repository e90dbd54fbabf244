/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A question that who hides text asks upstream of kakaoocr: is every frame
 * read by itself, before it passes?
 */
#pragma once

#include <gst/gst.h>

/* Whether @query is that question. */
gboolean kocr_sampling_query_check (GstQuery * query);
/* @unread: the settings by which frames are left unread, " name=value" each;
 * empty: there are none. */
void kocr_sampling_query_answer (GstQuery * query, const gchar * unread);

/* Asks the nearest kakaoocr before @sinkpad. Returns the settings by which it
 * leaves frames unread, (transfer full); NULL when there are none, or no
 * kakaoocr hears it. @heard: (out): whether there is one that does. */
gchar *kocr_sampling_query_ask (GstPad * sinkpad, gboolean * heard);
