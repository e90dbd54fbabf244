/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The server: any bytes as a picture.
 */
#include "pictures/picture.h"
#include "target.h"

/* Small, so that no input takes long. */
#define MAX_SIDE 256

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  const PictureLimits limits = { MAX_SIDE, MAX_SIDE * MAX_SIDE, NULL };
  PictureProblem problem = -1;
  g_autoptr (GrayPicture) picture = picture_decode (bytes, &limits, NULL,
      &problem);

  if (!picture) {
    g_assert_true (problem == PICTURE_BROKEN || problem == PICTURE_UNSUPPORTED
        || problem == PICTURE_TOO_LARGE);
    return 0;
  }
  g_assert_cmpint (picture->width, >, 0);
  g_assert_cmpint (picture->width, <=, MAX_SIDE);
  g_assert_cmpint (picture->height, >, 0);
  g_assert_cmpint (picture->height, <=, MAX_SIDE);
  g_assert_cmpuint (picture->stride, >=, (gsize) picture->width);
  return 0;
}
