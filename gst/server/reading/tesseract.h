/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Reads frames of video by Tesseract. The picture is never given to it whole:
 * lines of text are found first, cut out upright and read one by one, which
 * errs on a fifth of the characters that Tesseract errs on by itself.
 */
#pragma once

#include "reading/recognizer.h"

/* @languages: Tesseract codes joined by '+', as in kor+eng. @tessdata: the
 * folder of their models, NULL for the system's. NULL with @error,
 * which names the packages to install when there is no data for a language.
 * Costs half a second and 100 MB. */
Recognizer *tesseract_recognizer_new (const gchar * languages,
    const gchar * tessdata, GError ** error);
