/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Test rows: adds a program's tests by the names of their functions, below the
 * path that it defines as TESTS ("/enc/stream/").
 */
#pragma once

#include <glib.h>

#define ADD(func) g_test_add_func (TESTS #func, func)

/* A test of @func with @row, which @name tells from others. */
#define ADD_ROW(func, name, row) \
  G_STMT_START { \
    g_autofree gchar *path = g_strconcat (TESTS #func "/", name, NULL); \
\
    g_test_add_data_func (path, row, func); \
  } \
  G_STMT_END

/* A test for each of @rows, an array of structures with a name. */
#define ADD_ROWS(func, rows) \
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) { \
    ADD_ROW (func, (rows)[i].name, &(rows)[i]); \
  }
