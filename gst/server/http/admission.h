/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Whether a request may send its body: its address, method, key, type and
 * size, judged in this order by the head alone. Pure.
 *
 * The guide shows two shapes of address, /ai/OCR/{signature} and
 * /ocr/services/general-ocr/{signature}; both are answered. It gives two rows
 * for a method that is not supported: a method that HTTP defines is answered
 * 405, any other 404.
 */
#pragma once

#include "http/refusal.h"
#include "http/requesthead.h"

#define API_PATH "/ai/OCR/"
#define API_OTHER_PATH "/ocr/services/general-ocr/"

typedef struct
{
  const gchar *signature;
  const gchar *key;             /* NULL: any or none will do */
} Admission;

/* Whether @given (nullable) is the key. */
gboolean admission_check_key (const Admission * self, const gchar * given);

/* FALSE: refused, *@refusal says how. */
gboolean admission_check (const Admission * self, const RequestHead * head,
    Refusal * refusal);
