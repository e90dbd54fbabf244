/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mask/warnings.h"

void
kocr_mask_warnings_reset (KocrMaskWarnings * self)
{
  kocr_source_check_reset (&self->source);
  self->warned_doubt = self->warned_hold = FALSE;
}

static void
warn_doubt (KocrMaskWarnings *self, const gchar *doubt, gboolean fail_closed)
{
  g_autofree gchar *alone = NULL;

  self->warned_doubt = TRUE;
  if (!self->source.found) {
    self->source.warned = TRUE;
    doubt = alone = g_strconcat (doubt, ", since there is no kakaoocr before ",
        self->source.name, NULL);
  }
  GST_ELEMENT_WARNING (self->source.element, STREAM, FAILED,
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
  unread = kocr_source_check_ask (&self->source);
  if (unread || doubt)
    warn_doubt (self, unread ? unread : doubt, fail_closed);
}

void
kocr_mask_warnings_note_short_hold (KocrMaskWarnings *self)
{
  if (self->warned_hold)
    return;
  self->warned_hold = TRUE;
  GST_ELEMENT_WARNING (self->source.element, RESOURCE, NO_SPACE_LEFT,
      ("Masks are held for less than `hold`: the frames of that time are too "
          "large, or too many."), (NULL));
}
