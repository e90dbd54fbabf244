/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The properties of `kakaoocr`: their names, types, ranges, defaults and texts.
 * What they are set to is kept by ocr/settings.h: a new one takes a field there
 * and a row here.
 */
#pragma once

#include "common/propertytable.h"
#include "ocr/settings.h"

G_BEGIN_DECLS

/* Of a KocrOcrSettings. */
extern const KocrPropertyTable kocr_ocr_properties;

G_END_DECLS
