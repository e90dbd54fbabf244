/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Held service: a General OCR API in the test's own process that answers when
 * the test says so, and by the picture: each frame of testframe.h has an id,
 * which its pixels tell, so that no answer can end up on another frame
 * unnoticed.
 *
 * The answer to a picture has two regions: the id, with the box 8,4 - 24,12 in
 * the pixels of the picture, and below it what was sent, as "64x48".
 */
#pragma once

#include <glib.h>

typedef struct _HeldService HeldService;

/* Holds every picture until it is told to answer. */
HeldService *held_service_new (void);
void held_service_free (HeldService * self);
const gchar *held_service_get_url (HeldService * self);

/* Waits until so many pictures have come since the start. */
void held_service_wait (HeldService * self, guint n_pictures);
guint held_service_get_n_pictures (HeldService * self);

/* Waits for the picture of frame @id and answers it. */
void held_service_answer (HeldService * self, guint id);
/* The same, with @answer. */
void held_service_answer_with (HeldService * self, guint id,
    const gchar * answer);
/* The same, with an error. @code: (nullable) */
void held_service_refuse (HeldService * self, guint id, guint status,
    const gchar * code);

/* From now on pictures are answered as they come, those it holds at once. */
void held_service_open (HeldService * self);
