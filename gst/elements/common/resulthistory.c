/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/resulthistory.h"

#include "common/resultidentity.h"

typedef struct
{
  guint producer;
  GstKakaoOcrResult *result;    /* a reference */
} Entry;

struct _KocrResultHistory
{
  GArray *entries;              /* of Entry; a handful at most */
};

static void
entry_clear (gpointer data)
{
  gst_kakao_ocr_result_unref (((Entry *) data)->result);
}

KocrResultHistory *
kocr_result_history_new (void)
{
  KocrResultHistory *history = g_new0 (KocrResultHistory, 1);

  history->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (history->entries, entry_clear);
  return history;
}

void
kocr_result_history_free (KocrResultHistory * history)
{
  g_array_unref (history->entries);
  g_free (history);
}

void
kocr_result_history_clear (KocrResultHistory * history)
{
  g_array_set_size (history->entries, 0);
}

static gboolean
knows (const KocrResultHistory * history, const GstKakaoOcrMeta * meta)
{
  for (guint i = 0; i < history->entries->len; i++) {
    const Entry *entry = &g_array_index (history->entries, Entry, i);

    if (entry->producer == gst_kakao_ocr_meta_get_producer (meta)
        && kocr_result_identity_matches (entry->result, meta))
      return TRUE;
  }
  return FALSE;
}

static void
forget_producer (KocrResultHistory * history, guint producer)
{
  for (guint i = history->entries->len; i-- > 0;)
    if (g_array_index (history->entries, Entry, i).producer == producer)
      g_array_remove_index (history->entries, i);
}

/* The next meta of ours on buffer after the one that state stands at, but for
 * what is no reading. */
static GstKakaoOcrMeta *
next_meta (GstBuffer * buffer, gpointer * state)
{
  GstMeta *meta;

  do {
    meta = gst_buffer_iterate_meta_filtered (buffer, state,
        GST_KAKAO_OCR_META_API_TYPE);
  } while (meta && kocr_result_is_view (((GstKakaoOcrMeta *) meta)->result));
  return (GstKakaoOcrMeta *) meta;
}

/* Of the producers on buffer, keeps what they show there and no more. */
static void
replace (KocrResultHistory * history, GstBuffer * buffer)
{
  GstKakaoOcrMeta *meta;
  gpointer state = NULL;

  while ((meta = next_meta (buffer, &state)))
    forget_producer (history, gst_kakao_ocr_meta_get_producer (meta));
  state = NULL;
  while ((meta = next_meta (buffer, &state))) {
    Entry entry = { gst_kakao_ocr_meta_get_producer (meta),
      gst_kakao_ocr_result_ref (meta->result)
    };

    g_array_append_val (history->entries, entry);
  }
}

GPtrArray *
kocr_result_history_take_new (KocrResultHistory * history, GstBuffer * buffer)
{
  GPtrArray *fresh = NULL;
  GstKakaoOcrMeta *meta;
  gpointer state = NULL;

  while ((meta = next_meta (buffer, &state))) {
    if (knows (history, meta))
      continue;
    if (!fresh)
      fresh = g_ptr_array_new ();
    g_ptr_array_add (fresh, meta);
  }
  if (fresh)
    replace (history, buffer);
  return fresh;
}
