/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Median: of what was measured. Pure.
 */
#pragma once

#include <glib.h>

/* Of @n values, at least one; sorts them. */
gdouble kocr_median (gdouble *values, guint n);
