/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mask/warnings.h"

#include <gst/kakaoocr/kakaoocr.h>

#include "common/samplingquery.h"

/* So long after its first frame a run without results is told of. */
#define PATIENCE GST_SECOND

#define NO_SOURCE "there is no kakaoocr before kakaoocroverlay"

void
kocr_mask_warnings_reset (KocrMaskWarnings * self)
{
  self->started = self->heard = FALSE;
  self->missed = self->doubted = self->shortened = FALSE;
}

/* The settings by which frames are left unread; (nullable) (transfer full) */
static gchar *
ask (KocrMaskWarnings * self)
{
  gboolean heard;
  gchar *unread = kocr_sampling_query_ask (self->sinkpad, &heard);

  self->heard |= heard;
  return unread;
}

/* --- That nobody reads --- */

/* Who forgot the element that reads, or put it behind this one, sees nothing at
 * all. */
static void
tell_missing (KocrMaskWarnings * self)
{
  g_autofree gchar *unread = NULL;

  if (self->heard || self->missed)
    return;
  unread = ask (self);
  if (self->heard)
    return;
  self->missed = TRUE;
  GST_ELEMENT_WARNING (self->element, STREAM, FAILED,
      ("No frame has a result: " NO_SOURCE "."),
      ("Put kakaoocr before it: kakaoocr ! kakaoocroverlay"));
}

void
kocr_mask_warnings_see (KocrMaskWarnings * self, GstBuffer * buffer, gint64 now)
{
  if (!self->started)
    self->first = now;
  self->started = TRUE;
  if (self->heard || self->missed)
    return;
  self->heard = gst_buffer_get_kakao_ocr_meta (buffer) != NULL;
  if (now - self->first >= (gint64) PATIENCE)
    tell_missing (self);
}

void
kocr_mask_warnings_end (KocrMaskWarnings * self)
{
  if (self->started)
    tell_missing (self);
}

/* --- That text may stay readable --- */

static void
tell_doubt (KocrMaskWarnings * self, const gchar * doubt, gboolean fail_closed)
{
  g_autofree gchar *alone = NULL;

  self->doubted = TRUE;
  if (!self->heard) {
    self->missed = TRUE;
    doubt = alone = g_strconcat (doubt, ", since " NO_SOURCE, NULL);
  }
  GST_ELEMENT_WARNING (self->element, STREAM, FAILED,
      ("Text may stay readable, or whole frames be hidden: %s.", doubt),
      ("To hide text for certain takes kakaoocr timing=exact interval=0 "
          "change-threshold=0 before this, and nothing between that changes "
          "time stamps. What was not read of a frame is %s.", fail_closed ?
          "blanked (fail-closed=true)" :
          "hidden only where older results have text (fail-closed=false)"));
}

void
kocr_mask_warnings_doubt (KocrMaskWarnings * self, const gchar * doubt,
    gboolean fail_closed)
{
  g_autofree gchar *unread = NULL;

  if (self->doubted)
    return;
  unread = ask (self);
  if (unread || doubt)
    tell_doubt (self, unread ? unread : doubt, fail_closed);
}

void
kocr_mask_warnings_shorten (KocrMaskWarnings * self)
{
  if (self->shortened)
    return;
  self->shortened = TRUE;
  GST_ELEMENT_WARNING (self->element, RESOURCE, NO_SPACE_LEFT,
      ("Masks are held for less than `hold`: the frames of that time are too "
          "large, or too many."), (NULL));
}
