/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/palette.h"

/* All at least 0.35 in relative luminance, hence 6:1 and more against the
 * plate; picked by eye so that no two look alike at two pixels' width, which
 * ends at ten. Ordered so that neighbours are far apart. */
static const guint32 colors[] = {
  0xff4cc9f0,                   /* sky */
  0xffffb703,                   /* amber */
  0xff7cf29c,                   /* mint */
  0xffff7b9c,                   /* rose */
  0xfff4f06a,                   /* lemon */
  0xffc095ff,                   /* violet */
  0xffff8f4a,                   /* orange */
  0xff4ff0d8,                   /* turquoise */
  0xfff59cf5,                   /* pink */
  0xffb9e34b,                   /* lime */
};

guint32
kocr_palette_get_color (guint64 track)
{
  return colors[track % G_N_ELEMENTS (colors)];
}

guint32
kocr_palette_get_bit (guint64 track)
{
  return 1u << (track % G_N_ELEMENTS (colors));
}

guint32
kocr_palette_pick_color (const gchar *text, guint32 *taken)
{
  guint first = g_str_hash (text) % G_N_ELEMENTS (colors);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (colors); i++) {
    if (!(*taken & kocr_palette_get_bit (first + i)))
      break;
  }
  *taken |= kocr_palette_get_bit (first + i);
  return kocr_palette_get_color (first + i);
}
