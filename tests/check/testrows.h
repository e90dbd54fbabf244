/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Test rows: adds a program's tests by the names of their functions, below the
 * path that it defines as TESTS ("/enc/stream/").
 */
#pragma once

#include <glib.h>

#define ADD(func) g_test_add_func (TESTS #func, func)

/* A test for each of @rows, an array of structures with a name. */
#define ADD_ROWS(func, rows) \
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) { \
    g_autofree gchar *path \
        = g_strconcat (TESTS #func "/", (rows)[i].name, NULL); \
\
    g_test_add_data_func (path, &(rows)[i], func); \
  }
