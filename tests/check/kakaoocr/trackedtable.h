/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Tracked table: samples, and which tracks they are to make.
 */
#pragma once

#include <glib.h>

/* A sample a second, as push_sample() takes it. After the last one the stream
 * ends, half a second later. */
typedef struct
{
  const gchar *name;
  const gchar *samples[16];
  const gchar *ids;             /* of the regions of each result */
  const gchar *tracks;
} TrackedTable;

/* Adds two tests for each below @path: of a tracker, and of one behind it, which is
 * told the tracks. */
void tracked_tables_add (
    const gchar *path, const TrackedTable *tables, guint n);
