/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Queries: what `kakaoocr` answers itself, and what it adds to answers that go
 * through it.
 */
#pragma once

#include "ocr/run.h"

/* One that upstream asks. @run: (nullable) */
gboolean kocr_query_answer_upstream (GstPad *sinkpad, GstPad *srcpad,
    GstQuery *query, KocrRun *run, const KocrFrameSettings *settings);

/* One that downstream asks, of a run with @timing. */
gboolean kocr_query_answer_downstream (GstPad *srcpad, GstPad *sinkpad,
    GstQuery *query, KocrTiming timing, const KocrFrameSettings *settings);
