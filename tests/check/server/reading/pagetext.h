/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Page text: all words of a picture, with a blank between them.
 */
#pragma once

#include "reading/recognizer.h"

/* Aborts when it cannot be read. */
gchar *page_text_read (Recognizer *recognizer, const GrayPicture *picture);
