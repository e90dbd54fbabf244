/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "enc/warnings.h"

#include "common/category.h"

#define GST_CAT_DEFAULT KOCR_CATEGORY_ENC

void
kocr_enc_warnings_reset (KocrEncWarnings *self)
{
  self->warned_time_of_day = FALSE;
  self->warned_untimed = FALSE;
  kocr_source_check_reset (&self->source);
}

void
kocr_enc_warnings_note_frame (KocrEncWarnings *self, GstBuffer *frame,
    const KocrTextEncoder *encoder, const KocrEncSettings *settings)
{
  if (self->warned_time_of_day || !settings->absolute_time)
    return;
  self->warned_time_of_day = TRUE;
  if (!kocr_text_encoder_writes_results (encoder, settings))
    GST_ELEMENT_WARNING (self->source.element, LIBRARY, SETTINGS,
        ("absolute-time does nothing here: only lines of results have a time "
         "of day."), (NULL));
  else if (!kocr_text_encoder_is_live (encoder)
      && !gst_buffer_get_reference_timestamp_meta (frame, NULL))
    GST_ELEMENT_WARNING (self->source.element, LIBRARY, SETTINGS,
        ("absolute-time does nothing here: a file does not tell when its "
         "frames were taken."), (NULL));
}

void
kocr_enc_warnings_note_untimed (KocrEncWarnings *self,
    const KocrTextEncoder *encoder, const KocrEncSettings *settings)
{
  if (!self->warned_untimed
      && !kocr_text_encoder_writes_results (encoder, settings))
    GST_ELEMENT_WARNING (self->source.element, STREAM, FORMAT,
        ("The frames have no time stamps and no framerate: nothing tells when "
         "a text was there, and there are no subtitles and tracks. Let the "
         "source stamp them (do-timestamp=true), or put a framerate into its "
         "caps."), (NULL));
  self->warned_untimed = TRUE;
}
