/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "engines/enginepool.h"

#include "engines/execengine.h"
#include "reading/tesseract.h"

struct _EnginePool
{
  gchar *languages;
  gchar *tessdata;
  gchar *command;

  GMutex lock;
  GPtrArray *idle;              /* under the lock; the last was used last */
};

static Recognizer *
make_engine (EnginePool * self, GError ** error)
{
  return self->command != NULL ? exec_engine_new (self->command, error)
      : tesseract_recognizer_new (self->languages, self->tessdata, error);
}

EnginePool *
engine_pool_new (const gchar * languages, const gchar * tessdata,
    const gchar * command, GError ** error)
{
  EnginePool *self = g_new0 (EnginePool, 1);
  Recognizer *first;

  self->languages = g_strdup (languages);
  self->tessdata = g_strdup (tessdata);
  self->command = g_strdup (command);
  g_mutex_init (&self->lock);
  self->idle = g_ptr_array_new_with_free_func ((GDestroyNotify)
      recognizer_free);
  first = make_engine (self, error);
  if (first == NULL) {
    engine_pool_free (self);
    return NULL;
  }
  g_ptr_array_add (self->idle, first);
  return self;
}

void
engine_pool_free (EnginePool * self)
{
  g_ptr_array_unref (self->idle);
  g_mutex_clear (&self->lock);
  g_free (self->languages);
  g_free (self->tessdata);
  g_free (self->command);
  g_free (self);
}

Recognizer *
engine_pool_borrow (EnginePool * self, GError ** error)
{
  Recognizer *engine = NULL;

  g_mutex_lock (&self->lock);
  if (self->idle->len > 0)
    engine = g_ptr_array_steal_index (self->idle, self->idle->len - 1);
  g_mutex_unlock (&self->lock);
  return engine != NULL ? engine : make_engine (self, error);
}

void
engine_pool_return (EnginePool * self, Recognizer * engine)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->idle, engine);
  g_mutex_unlock (&self->lock);
}
