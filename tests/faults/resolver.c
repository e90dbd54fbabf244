/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "resolver.h"

typedef GResolver FaultResolver;
typedef GResolverClass FaultResolverClass;

GType fault_resolver_get_type (void);
G_DEFINE_TYPE (FaultResolver, fault_resolver, G_TYPE_RESOLVER)
     static GResolver *original;
     static gint fault, n_asked;

     static void cancelled (GCancellable * cancellable, gpointer task)
{
  g_task_return_error_if_cancelled (task);
}

static void
look_up (GResolver * resolver, const gchar * name, GCancellable * cancellable,
    GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (resolver, cancellable, callback, data);

  g_atomic_int_inc (&n_asked);
  if (g_atomic_int_get (&fault) == RESOLVER_FAILS) {
    g_task_return_new_error (task, G_RESOLVER_ERROR,
        G_RESOLVER_ERROR_NOT_FOUND, "No such name");
    g_object_unref (task);
  } else {
    g_assert_nonnull (cancellable);
    g_cancellable_connect (cancellable, G_CALLBACK (cancelled), task,
        g_object_unref);
  }
}

static void
look_up_with_flags (GResolver * resolver, const gchar * name,
    GResolverNameLookupFlags flags, GCancellable * cancellable,
    GAsyncReadyCallback callback, gpointer data)
{
  look_up (resolver, name, cancellable, callback, data);
}

static GList *
finish (GResolver * resolver, GAsyncResult * result, GError ** error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fault_resolver_class_init (FaultResolverClass * klass)
{
  klass->lookup_by_name_async = look_up;
  klass->lookup_by_name_finish = finish;
  klass->lookup_by_name_with_flags_async = look_up_with_flags;
  klass->lookup_by_name_with_flags_finish = finish;
}

static void
fault_resolver_init (FaultResolver * self)
{
}

void
resolver_replace (ResolverFault new_fault)
{
  GResolver *resolver = g_object_new (fault_resolver_get_type (), NULL);

  g_atomic_int_set (&fault, new_fault);
  g_atomic_int_set (&n_asked, 0);
  original = g_resolver_get_default ();
  g_resolver_set_default (resolver);
  g_object_unref (resolver);
}

guint
resolver_restore (void)
{
  g_resolver_set_default (original);
  g_clear_object (&original);
  return g_atomic_int_get (&n_asked);
}
