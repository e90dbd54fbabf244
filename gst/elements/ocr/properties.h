/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The properties of `kakaoocr`: their ids, types, ranges, defaults and texts.
 * What they are set to is kept by ocr/settings.h.
 */
#pragma once

#include "ocr/settings.h"

G_BEGIN_DECLS

#define KOCR_DEFAULT_TIMEOUT 15000
#define KOCR_DEFAULT_MAX_IN_FLIGHT 4
#define KOCR_DEFAULT_MAX_OUTAGE 300000
#define KOCR_DEFAULT_INTERVAL 1000
/* Half of what the least change of a digit of 12 pixels makes, twice what
 * blocks of a still picture differ by in noise with a standard deviation of 3.
 */
#define KOCR_DEFAULT_CHANGE_THRESHOLD 12
#define KOCR_DEFAULT_MEMORY 16
#define KOCR_DEFAULT_MAX_DIMENSION 4096
#define KOCR_DEFAULT_QUALITY 90
#define KOCR_DEFAULT_LATENCY 1000
#define KOCR_DEFAULT_MAX_SIZE_BYTES (256 * 1024 * 1024)
#define KOCR_DEFAULT_RESULT_LIFETIME 3000

enum
{
  PROP_0,
  PROP_ENDPOINT,
  PROP_API_KEY,
  PROP_API_KEY_FILE,
  PROP_CA_FILE,
  PROP_LOCAL_LANGUAGES,
  PROP_TIMEOUT,
  PROP_MAX_IN_FLIGHT,
  PROP_MAX_RATE,
  PROP_MAX_REQUESTS,
  PROP_MAX_OUTAGE,
  PROP_INTERVAL,
  PROP_CHANGE_THRESHOLD,
  PROP_REFRESH_INTERVAL,
  PROP_MEMORY,
  PROP_REGION,
  PROP_MASK,
  PROP_ORIENTATION,
  PROP_MAX_DIMENSION,
  PROP_IMAGE_FORMAT,
  PROP_QUALITY,
  PROP_TIMING,
  PROP_LATENCY,
  PROP_MAX_SIZE_BYTES,
  PROP_RESULT_LIFETIME,
  PROP_TRACK_MOTION,
  PROP_DROP_UNSAMPLED,
  PROP_SAMPLE_ON_CHANGE,
  PROP_ACTIVE,
  PROP_ATTACH,
  PROP_POST_MESSAGES,
  PROP_EMIT_SIGNALS,
  PROP_STATS_INTERVAL
};

void kocr_ocr_properties_install (GObjectClass * klass);

G_END_DECLS
