/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The elements this plugin registers.
 */
#pragma once

#include <gst/gst.h>

GST_ELEMENT_REGISTER_DECLARE (kakaoocr);
GST_ELEMENT_REGISTER_DECLARE (kakaoocrcrop);
GST_ELEMENT_REGISTER_DECLARE (kakaoocrenc);
GST_ELEMENT_REGISTER_DECLARE (kakaoocroverlay);
