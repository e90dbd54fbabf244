/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The server: the head of a request, and the boundary that it names.
 */
#include "http/requesthead.h"
#include "target.h"
#include "http/upload.h"

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  gsize length = request_head_find_end ((const gchar *) data, size);
  g_autoptr (RequestHead) head = NULL;
  g_autofree gchar *boundary = NULL;

  g_assert_cmpuint (length, <=, size);
  if (length == 0)
    return 0;
  head = request_head_parse ((const gchar *) data, length);
  if (!head)
    return 0;
  g_assert_nonnull (head->method);
  g_assert_nonnull (head->path);
  boundary = upload_parse_boundary (head->content_type);
  return 0;
}
