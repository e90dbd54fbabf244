/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * SANITIZED: whether this is built with the address sanitizer. Programs without
 * it cannot load a plugin that has it, memory is not what it seems, and all takes
 * SANITIZED_TIMES as long.
 */
#pragma once

#if defined (__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined (__has_feature)
#define SANITIZED __has_feature (address_sanitizer)
#else
#define SANITIZED 0
#endif

#define SANITIZED_TIMES (SANITIZED ? 4 : 1)
