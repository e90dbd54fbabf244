/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/bodystream.h"

struct _KocrBodyStream
{
  GMemoryInputStream parent_instance;
  gint priority;
};

G_DEFINE_FINAL_TYPE (
    KocrBodyStream, kocr_body_stream, G_TYPE_MEMORY_INPUT_STREAM)

/* GLib's splicing loses the priority that libsoup gives it: each piece is read
 * at this one instead. */
static void
kocr_body_stream_read_async (GInputStream *stream, void *buffer, gsize size,
    gint io_priority, GCancellable *cancellable, GAsyncReadyCallback callback,
    gpointer user_data)
{
  g_autoptr (GTask) task
      = g_task_new (stream, cancellable, callback, user_data);

  g_task_set_priority (task, KOCR_BODY_STREAM (stream)->priority);
  g_task_return_int (task, G_INPUT_STREAM_GET_CLASS (stream)->read_fn (
                               stream, buffer, size, NULL, NULL));
}

static gssize
kocr_body_stream_read_finish (
    GInputStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

static void
kocr_body_stream_class_init (KocrBodyStreamClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  stream_class->read_async = kocr_body_stream_read_async;
  stream_class->read_finish = kocr_body_stream_read_finish;
}

static void
kocr_body_stream_init (KocrBodyStream *self)
{
}

GInputStream *
kocr_body_stream_new (GBytes *body, gint priority)
{
  KocrBodyStream *self = g_object_new (KOCR_TYPE_BODY_STREAM, NULL);

  self->priority = priority;
  g_memory_input_stream_add_bytes (G_MEMORY_INPUT_STREAM (self), body);
  return G_INPUT_STREAM (self);
}
