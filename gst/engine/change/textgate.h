/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text gate: whether a picture has text that another one has not, or the other
 * way round, when all else in it may move.  Pure: planes of luma in.
 *
 * Pictures are looked at reduced, so that their longest side is 960 at most,
 * and lines of text are found there as the local service finds them, letters of
 * 8 pixels and more (16 in 1080p).  What was sent shows texts: those that were
 * read in it, or, until that is known, what the finder took for some.  A
 * picture is another one when
 * - a text of what was sent stands no more where it was, nor where a line like
 *   it is now, by its strokes (change/textstrokes.h); as long as nobody has
 *   read it, so does a line that it was sent for, however unlikely that is, and
 *   what it still shows of a text that had faded;
 * - or the finder sees a line that was not there, or what one has grown by:
 *   neither in what was sent, nor in the sample before, where the ground was
 *   then (change/groundmotion.h).
 * Texture that the finder takes for a line is old by the last, wherever the
 * ground has moved to; what comes in at the edges of a picture that pans, it
 * believes only when it is sure of it.  So it does in a sample that was taken
 * for no reason but the time, while others are taken of what comes and stands:
 * what it is not sure of there has to stand until the next one; so has what is
 * rather unlikely where the picture was cut.  Text that it cannot see is read
 * when the picture is sent again after the refresh interval.
 *
 * A 720p sample takes 3 to 5 ms, most of them the finder's.  Serves one thread
 * at a time.
 */
#pragma once

#include "change/textcontrast.h"
#include "request.h"

typedef struct _KocrTextGate KocrTextGate;

typedef enum
{
  KOCR_TEXT_GATE_SAME,
  KOCR_TEXT_GATE_GONE, /* or another one */
  KOCR_TEXT_GATE_NEW,
  KOCR_TEXT_GATE_UNKNOWN /* there was nothing to compare it with */
} KocrTextGateOutcome;

KocrTextGate *kocr_text_gate_new (void);
void kocr_text_gate_free (KocrTextGate *self);
/* Nothing was sent. */
void kocr_text_gate_forget (KocrTextGate *self);
/* Goes on to @sample. @is_routine: when something comes and stands, a sample
 * that is not is of that (KocrAsked). @texts: where what was sent was read to
 * have text, in pixels of its plane; NULL: that is not known. */
KocrTextGateOutcome kocr_text_gate_look (KocrTextGate *self,
    const KocrLumaPlane *sample, gboolean is_routine, const GArray *texts);
/* Where the @i-th text of what was sent was, and how far it has moved until the
 * sample that was looked at last, which has the same texts; in pixels of that.
 * Returns FALSE where there are no more. */
gboolean kocr_text_gate_get_move (
    const KocrTextGate *self, guint i, KocrTextMove *move);
/* What was looked at last is sent. */
void kocr_text_gate_keep (KocrTextGate *self);
