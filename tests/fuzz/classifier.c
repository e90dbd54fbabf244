/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What an answer's status and body ask for. The input's first two bytes are
 * the status.
 */
#include "http/statuses.h"
#include "target.h"

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  const KocrFault *fault;
  guint status;

  if (size < 2)
    return 0;
  status = data[0] << 8 | data[1];
  fault = kocr_fault_for_answer (status, (const gchar *) data + 2, size - 2);
  g_assert_nonnull (fault);
  g_assert_nonnull (fault->message);
  g_assert_true (fault->action != KOCR_ACTION_NONE || status / 100 == 2);
  return 0;
}
