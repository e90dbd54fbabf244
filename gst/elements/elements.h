/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The elements this plugin registers.
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

GST_ELEMENT_REGISTER_DECLARE (kakaoocr);
GST_ELEMENT_REGISTER_DECLARE (kakaoocrcrop);
GST_ELEMENT_REGISTER_DECLARE (kakaoocrenc);
GST_ELEMENT_REGISTER_DECLARE (kakaoocroverlay);

G_END_DECLS
