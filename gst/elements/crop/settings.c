/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crop/settings.h"

#define READY KOCR_PROPERTY_READY
#define PLAYING KOCR_PROPERTY_PLAYING
#define FIELD(field) G_STRUCT_OFFSET (KocrCropSettings, field)

/* *INDENT-OFF* */
static const KocrProperty rows[] = {
  {"every", "Every",
      PLAYING ("A picture of each region of each result, not only of each new "
          "text track."),
      KOCR_ROW_BOOLEAN (FIELD (every), FALSE)},
  {"padding", "Padding",
      PLAYING ("Pixels around the text, as far as the frame goes; -1: a tenth "
          "of the text's height."),
      KOCR_ROW_INT (FIELD (padding), -1, -1, 4096)},
  {"rectify", "Rectify",
      READY ("Turn the text upright and take its perspective out; false: the "
          "upright rectangle around it."),
      KOCR_ROW_BOOLEAN (FIELD (rectify), TRUE)},
  {"best-shot", "Best shot",
      PLAYING ("The sharpest and best-read picture of a text, once it is gone "
          "or after max-wait; false: the first one, at once."),
      KOCR_ROW_BOOLEAN (FIELD (best_shot), TRUE)},
  {"max-wait", "Maximum wait",
      PLAYING ("How long best-shot waits for a better picture of a text that "
          "stays (ms)."),
      KOCR_ROW_MILLISECONDS (FIELD (max_wait), 5000, 0, KOCR_PROPERTY_DAY)},
};
/* *INDENT-ON* */

const KocrPropertyTable kocr_crop_properties = { rows, G_N_ELEMENTS (rows) };
