/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A question that who hides text asks upstream of kakaoocr: is every frame
 * read by itself, before it passes?
 */
#pragma once

#include "ocrsettings.h"

G_BEGIN_DECLS

/* Answers @query when it is that question; FALSE when it is another. */
gboolean sampling_query_answer (GstQuery * query, GstKakaoOcrTiming timing,
    const GstKakaoOcrFrameSettings * settings);

/* Asks the nearest kakaoocr before @sinkpad. Returns the settings by which it
 * leaves frames unread, (transfer full); NULL when there are none, or no
 * kakaoocr hears it. @heard: (out): whether there is one that does. */
gchar *sampling_query_ask (GstPad * sinkpad, gboolean * heard);

G_END_DECLS
