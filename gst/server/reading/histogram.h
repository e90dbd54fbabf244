/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Histogram: how many pixels have each brightness. Pure.
 */
#pragma once

#include <glib.h>

/* The brightness that @share of the pixels do not exceed. */
gint histogram_find_quantile (const guint histogram[256], gdouble share);
