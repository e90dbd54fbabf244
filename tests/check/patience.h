/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Patience: how long is waited for what is to come. Only what is broken takes so
 * long, also on a machine that does twenty other things.
 */
#pragma once

#include <gst/gst.h>

#define PATIENCE (240 * GST_SECOND)
