/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mask/warnings.h"

#include <gst/kakaoocr/kakaoocr.h>

#include "common/samplingquery.h"

/* A run without results is warned of this long after its first frame. */
#define PATIENCE GST_SECOND

#define NO_SOURCE "there is no kakaoocr before kakaoocroverlay"

void
kocr_mask_warnings_reset (KocrMaskWarnings * self)
{
  self->started = self->has_source = FALSE;
  self->warned_missing = self->warned_doubt = self->warned_hold = FALSE;
}

/* The settings by which frames are left unread; (nullable) (transfer full) */
static gchar *
ask (KocrMaskWarnings * self)
{
  gboolean has_source;
  gchar *unread = kocr_sampling_query_ask (self->sinkpad, &has_source);

  self->has_source |= has_source;
  return unread;
}

/* --- There is nobody who reads --- */

/* Who forgot the element that reads, or put it behind this one, sees nothing at
 * all. */
static void
warn_missing (KocrMaskWarnings *self)
{
  g_autofree gchar *unread = NULL;

  if (self->has_source || self->warned_missing)
    return;
  unread = ask (self);
  if (self->has_source)
    return;
  self->warned_missing = TRUE;
  GST_ELEMENT_WARNING (self->element, STREAM, FAILED,
      ("No frame has a result: " NO_SOURCE "."),
      ("Put kakaoocr before it: kakaoocr ! kakaoocroverlay"));
}

void
kocr_mask_warnings_note_frame (
    KocrMaskWarnings *self, GstBuffer *buffer, gint64 now)
{
  if (!self->started)
    self->first = now;
  self->started = TRUE;
  if (self->has_source || self->warned_missing)
    return;
  self->has_source = gst_buffer_get_kakao_ocr_meta (buffer) != NULL;
  if (now - self->first >= (gint64) PATIENCE)
    warn_missing (self);
}

void
kocr_mask_warnings_note_end (KocrMaskWarnings *self)
{
  if (self->started)
    warn_missing (self);
}

/* --- Text may stay readable --- */

static void
warn_doubt (KocrMaskWarnings *self, const gchar *doubt, gboolean fail_closed)
{
  g_autofree gchar *alone = NULL;

  self->warned_doubt = TRUE;
  if (!self->has_source) {
    self->warned_missing = TRUE;
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
kocr_mask_warnings_note_mask (
    KocrMaskWarnings *self, const gchar *doubt, gboolean fail_closed)
{
  g_autofree gchar *unread = NULL;

  if (self->warned_doubt)
    return;
  unread = ask (self);
  if (unread || doubt)
    warn_doubt (self, unread ? unread : doubt, fail_closed);
}

void
kocr_mask_warnings_note_short_hold (KocrMaskWarnings *self)
{
  if (self->warned_hold)
    return;
  self->warned_hold = TRUE;
  GST_ELEMENT_WARNING (self->element, RESOURCE, NO_SPACE_LEFT,
      ("Masks are held for less than `hold`: the frames of that time are too "
          "large, or too many."), (NULL));
}
