/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The server: any bytes as a picture.
 */
#include "picture.h"
#include "target.h"

/* Small, so that no input takes long. */
#define MAX_SIDE 256

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  const PictureLimits limits = { MAX_SIDE, MAX_SIDE * MAX_SIDE, NULL };
  Refusal refusal = N_REFUSALS;
  g_autoptr (GrayPicture) picture = picture_decode (bytes, &limits, NULL, &refusal);

  if (!picture) {
    g_assert_true (refusal == REFUSAL_NO_IMAGE || refusal == REFUSAL_FORMAT
        || refusal == REFUSAL_MAX_LEN);
    return 0;
  }
  g_assert_cmpint (picture->width, >, 0);
  g_assert_cmpint (picture->width, <=, MAX_SIDE);
  g_assert_cmpint (picture->height, >, 0);
  g_assert_cmpint (picture->height, <=, MAX_SIDE);
  g_assert_cmpuint (picture->stride, >=, (gsize) picture->width);
  return 0;
}
