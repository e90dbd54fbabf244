/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Reading engines, lent to one thread at a time. The one used last is lent
 * first, so there are as many as pictures were ever read at once. From any
 * thread.
 */
#pragma once

#include "reading/recognizer.h"

typedef struct _EnginePool EnginePool;

/* Of Tesseract with the models in @tessdata (nullable: the system's), or of
 * @command (nullable). Makes the first engine, so that what is missing is found
 * at the start: NULL with @error. */
EnginePool *engine_pool_new (const gchar * languages, const gchar * tessdata,
    const gchar * command, GError ** error);
/* All must be back. */
void engine_pool_free (EnginePool * self);

Recognizer *engine_pool_borrow (EnginePool * self, GError ** error);
void engine_pool_return (EnginePool * self, Recognizer * engine);
