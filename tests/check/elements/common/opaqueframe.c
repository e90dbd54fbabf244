/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "opaqueframe.h"

typedef GstAllocator OpaqueAllocator;
typedef GstAllocatorClass OpaqueAllocatorClass;
GType opaque_allocator_get_type (void);
G_DEFINE_TYPE (OpaqueAllocator, opaque_allocator, GST_TYPE_ALLOCATOR);

static GstMemory *
opaque_alloc (GstAllocator *allocator, gsize size, GstAllocationParams *params)
{
  GstMemory *memory = g_new0 (GstMemory, 1);

  gst_memory_init (memory, 0, allocator, NULL, size, 0, 0, size);
  return memory;
}

static void
opaque_free (GstAllocator *allocator, GstMemory *memory)
{
  g_free (memory);
}

static gpointer
opaque_map (GstMemory *memory, gsize size, GstMapFlags flags)
{
  return NULL;
}

static void
opaque_allocator_class_init (OpaqueAllocatorClass *klass)
{
  klass->alloc = opaque_alloc;
  klass->free = opaque_free;
}

static void
opaque_allocator_init (OpaqueAllocator *allocator)
{
  allocator->mem_map = opaque_map;
}

GstBuffer *
opaque_frame_new (guint id, const gchar *type)
{
  GstAllocator *allocator
      = g_object_ref_sink (g_object_new (opaque_allocator_get_type (), NULL));
  GstBuffer *buffer = gst_buffer_new ();

  allocator->mem_type = type;
  gst_buffer_append_memory (
      buffer, gst_allocator_alloc (allocator,
                  TEST_FRAME_WIDTH * TEST_FRAME_HEIGHT * 3 / 2, NULL));
  gst_object_unref (allocator);
  GST_BUFFER_PTS (buffer) = id * TEST_FRAME_DURATION;
  return buffer;
}
