/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Reshape: the same picture once more, as resend.h plans it.
 */
#pragma once

#include "mosaic.h"

G_BEGIN_DECLS

/* Encodes the picture of @request, which kept its source, as its settings say
 * or, if it is tiled, in tiles. @parts: (out) (transfer full): what is to be
 * sent, the request itself or its tiles. Returns how many; 0: it cannot be
 * encoded so, and stays as it is. */
guint kocr_reshape (KocrRequest * request, KocrPictureEncoder * encoder,
    KocrRequest * parts[KOCR_N_TILES]);

G_END_DECLS
