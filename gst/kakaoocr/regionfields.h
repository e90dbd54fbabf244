/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Region fields: what a region tells, in one table, from which it is written to
 * JSON and to a GstStructure, and read from JSON.
 */
#pragma once

#include "json/writer.h"
#include "region.h"

#include <json-glib/json-glib.h>

/* As an object in an array. */
void kocr_region_write (const GstKakaoOcrRegion * region,
    KocrJsonWriter * writer);

/* FALSE: a member is not there or wrong; the name is in @field and what it is
 * to be in @expected. @region, all 0 before, then holds what was read until
 * then. */
gboolean kocr_region_read (GstKakaoOcrRegion * region, JsonObject * object,
    const gchar ** field, const gchar ** expected);
