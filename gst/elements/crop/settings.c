/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crop/settings.h"

#define MAX_PADDING 4096
#define MAX_MS 86400000u        /* a day */
#define DEFAULT_MAX_WAIT 5000

enum
{
  PROP_0,
  PROP_EVERY,
  PROP_PADDING,
  PROP_RECTIFY,
  PROP_BEST_SHOT,
  PROP_MAX_WAIT
};

#define FLAGS (G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS)
#define READY (FLAGS | GST_PARAM_MUTABLE_READY)
#define PLAYING (FLAGS | GST_PARAM_MUTABLE_PLAYING)

void
kocr_crop_settings_install (GObjectClass * klass)
{
  g_object_class_install_property (klass, PROP_EVERY,
      g_param_spec_boolean ("every", "Every",
          "A picture of each region of each result, not only of each new text "
          "track. May change at any time", FALSE, PLAYING));
  g_object_class_install_property (klass, PROP_PADDING,
      g_param_spec_int ("padding", "Padding",
          "Pixels around the text, as far as the frame goes; -1: a tenth of "
          "the "
          "text's height. May change at any time",
          -1, MAX_PADDING, -1, PLAYING));
  g_object_class_install_property (klass, PROP_RECTIFY,
      g_param_spec_boolean ("rectify", "Rectify",
          "Turn the text upright and take its perspective out; false: the "
          "upright rectangle around it. May change in NULL and READY", TRUE,
          READY));
  g_object_class_install_property (klass, PROP_BEST_SHOT,
      g_param_spec_boolean ("best-shot", "Best shot",
          "The sharpest and best-read sight of a text, once it is gone or "
          "after "
          "max-wait; false: the first one, at once. May change at any time",
          TRUE, PLAYING));
  g_object_class_install_property (klass, PROP_MAX_WAIT,
      g_param_spec_uint ("max-wait", "Maximum wait",
          "How long a text that stands on is waited for with best-shot (ms). "
          "May change at any time", 0, MAX_MS, DEFAULT_MAX_WAIT, PLAYING));
}

gboolean
kocr_crop_settings_set (KocrCropSettings * self, guint id, const GValue * value)
{
  switch (id) {
    case PROP_EVERY:
      self->every = g_value_get_boolean (value);
      break;
    case PROP_PADDING:
      self->padding = g_value_get_int (value);
      break;
    case PROP_RECTIFY:
      self->rectify = g_value_get_boolean (value);
      break;
    case PROP_BEST_SHOT:
      self->best_shot = g_value_get_boolean (value);
      break;
    case PROP_MAX_WAIT:
      self->max_wait = g_value_get_uint (value) * GST_MSECOND;
      break;
    default:
      return FALSE;
  }
  return TRUE;
}

gboolean
kocr_crop_settings_get (const KocrCropSettings * self, guint id, GValue * value)
{
  switch (id) {
    case PROP_EVERY:
      g_value_set_boolean (value, self->every);
      break;
    case PROP_PADDING:
      g_value_set_int (value, self->padding);
      break;
    case PROP_RECTIFY:
      g_value_set_boolean (value, self->rectify);
      break;
    case PROP_BEST_SHOT:
      g_value_set_boolean (value, self->best_shot);
      break;
    case PROP_MAX_WAIT:
      g_value_set_uint (value, self->max_wait / GST_MSECOND);
      break;
    default:
      return FALSE;
  }
  return TRUE;
}
