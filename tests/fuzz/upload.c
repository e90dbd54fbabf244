/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The server: a form whose boundary is "b", and the picture in it.
 */
#include "target.h"
#include "http/upload.h"

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  g_autoptr (GBytes) body = g_bytes_new_static (data, size);
  g_autoptr (GBytes) image = upload_get_image (body, "b");

  if (image) {
    gsize length;
    const guint8 *bytes = g_bytes_get_data (image, &length);

    g_assert_cmpuint (length, >, 0);
    g_assert_true (bytes >= data && bytes + length <= data + size);
  }
  return 0;
}
