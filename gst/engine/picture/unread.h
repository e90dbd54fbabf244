/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Unread: what of a frame the picture that was sent does not show, or not at
 * its size. Pure.
 */
#pragma once

#include <gst/kakaoocr/kakaoocr.h>
#include "picture/encoder.h"

/* Tells @result, which is new, what of its frame @picture leaves unread: all
 * around the part that was sent, and all of it when that was made smaller. */
void kocr_unread_tell (const KocrPicture * picture, GstKakaoOcrResult * result);
