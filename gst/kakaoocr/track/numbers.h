/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Numbers: those of a text, by which two readings that are alike say different
 * things. Pure.
 */
#pragma once

#include <glib.h>

/* Whether two readings are the same but for some numbers. */
gboolean kocr_numbers_changed (
    const gunichar *a, guint n_a, const gunichar *b, guint n_b);

/* Whether two readings are the same but for one number, which counted on by one, up or
 * down, to one of more or fewer digits: 9 and 10. Nobody misreads one as the other. */
gboolean kocr_numbers_carried (
    const gunichar *a, guint n_a, const gunichar *b, guint n_b);

/* Whether @part says what a part of @whole does, which has other numbers: it is
 * no part of it then. What is no number there was misread. */
gboolean kocr_numbers_are_others (
    const gunichar *part, guint n_part, const gunichar *whole, guint n_whole);
