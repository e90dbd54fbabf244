/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Differences: at which characters two readings differ.
 */
#pragma once

#include <glib.h>

/* Arrays of KocrDifference from one text, which tell where readings of
 * it differ. */

/* Leaves those of @stable that @found has, too. FALSE: none, or (@all) they say
 * different things of a place; nothing changed. */
gboolean kocr_differences_intersect (GArray * stable,
    const GArray * found, gboolean all);

/* Whether both have a difference at one place. */
gboolean kocr_differences_share_place (const GArray * stable,
    const GArray * found);

/* How many there are; a word that is left out, or comes in, is one. */
guint kocr_differences_count (const GArray * differences);
