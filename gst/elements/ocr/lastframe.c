/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/lastframe.h"

#include "common/framecaps.h"

struct _KocrLastFrame
{
  KocrRunTiming *timing;
  KocrFrameHistory *history;
  KocrOutput *output;
  KocrLastFrameFunc sample;
  gpointer user_data;
  gboolean may_copy;
  GstBuffer *buffer; /* nullable */
  gboolean waits;    /* buffer has not been pushed */
};

KocrLastFrame *
kocr_last_frame_new (KocrRunTiming *timing, KocrFrameHistory *history,
    KocrOutput *output, KocrLastFrameFunc sample, gpointer user_data)
{
  KocrLastFrame *self = g_new0 (KocrLastFrame, 1);

  self->timing = timing;
  self->history = history;
  self->output = output;
  self->sample = sample;
  self->user_data = user_data;
  return self;
}

void
kocr_last_frame_free (KocrLastFrame *self)
{
  kocr_last_frame_drop (self);
  g_free (self);
}

void
kocr_last_frame_set_may_copy (KocrLastFrame *self, gboolean may_copy)
{
  self->may_copy = may_copy;
}

void
kocr_last_frame_drop (KocrLastFrame *self)
{
  gst_clear_buffer (&self->buffer);
  self->waits = FALSE;
}

/* A reference where that takes nothing from anybody, else a copy. */
static void
remember (KocrLastFrame *self, GstBuffer *buffer)
{
  if (kocr_frame_may_be_held (buffer))
    self->buffer = gst_buffer_ref (buffer);
  else if (self->may_copy)
    self->buffer = gst_buffer_copy_deep (buffer);
}

gboolean
kocr_last_frame_keep (KocrLastFrame *self, GstBuffer *buffer,
    const KocrFrameSettings *settings)
{
  gboolean waits = kocr_run_timing_get (self->timing) == KOCR_TIMING_EXACT;

  /* Where it waits for nothing, it may be copied: not each that moves. */
  if (!settings->sample_on_change || !settings->active
      || !kocr_frame_history_is_new (self->history, waits))
    return FALSE;
  self->waits = waits;
  if (self->waits)
    self->buffer = buffer;
  else
    remember (self, buffer);
  return self->waits;
}

static void
push (KocrLastFrame *self, GstBuffer *buffer, KocrRequest *sample,
    const KocrFrameSettings *settings)
{
  self->waits = FALSE;
  kocr_output_push_buffer (self->output, buffer, sample, TRUE, settings);
}

void
kocr_last_frame_pass (KocrLastFrame *self, const KocrFrameSettings *settings)
{
  if (self->waits)
    push (self, g_steal_pointer (&self->buffer), NULL, settings);
  kocr_last_frame_drop (self);
}

void
kocr_last_frame_let_go (KocrLastFrame *self, const KocrFrameSettings *settings)
{
  GstBuffer *buffer;

  if (!self->waits)
    return;
  buffer = g_steal_pointer (&self->buffer);
  remember (self, buffer);
  push (self, buffer, NULL, settings);
}

gboolean
kocr_last_frame_sample (
    KocrLastFrame *self, const KocrFrameSettings *settings, gint64 end)
{
  g_autoptr (KocrRequest) sample = NULL;

  if (!self->buffer)
    return TRUE;
  sample = self->sample (self->buffer, settings, self->user_data);
  if (self->waits)
    push (self, g_steal_pointer (&self->buffer), sample, settings);
  else if (!sample)
    return FALSE;
  else if (kocr_run_timing_get (self->timing) != KOCR_TIMING_LATEST)
    kocr_output_push_result (self->output, sample, settings, end);
  kocr_last_frame_drop (self);
  return TRUE;
}

gboolean
kocr_last_frame_end (
    KocrLastFrame *self, const KocrFrameSettings *settings, gint64 *end)
{
  *end = kocr_run_timing_get_end (self->timing, settings);
  return kocr_last_frame_sample (self, settings, *end);
}
