/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ocr/settings.h"

#include <math.h>
#include <string.h>

#include "http/endpoint.h"

#define DAY KOCR_PROPERTY_DAY
#define NO_LIMIT KOCR_PROPERTY_NO_LIMIT
#define READY KOCR_PROPERTY_READY
#define PLAYING KOCR_PROPERTY_PLAYING

/* Half of what the least change of a digit of 12 pixels makes, twice what
 * blocks of a still picture differ by in noise with a standard deviation of 3.
 */
#define CHANGE_THRESHOLD 12

static const GEnumValue timings[] = {
  {KOCR_TIMING_AUTO, "latest when upstream is live, else exact", "auto"},
  {KOCR_TIMING_LATEST,
      "No frame waits; frames carry the newest result", "latest"},
  {KOCR_TIMING_ALIGNED,
      "Frames wait up to latency for their own result", "aligned"},
  {KOCR_TIMING_EXACT,
      "Every due frame gets its result; upstream waits", "exact"},
  {0, NULL, NULL}
};

const gchar *
kocr_timing_get_name (KocrTiming timing)
{
  return timings[timing].value_nick;
}

static const GEnumValue turns[] = {
  {KOCR_TURN_AUTO, "As the tag image-orientation says", "auto"},
  {GST_VIDEO_ORIENTATION_IDENTITY, "As it is", "0"},
  {GST_VIDEO_ORIENTATION_90R, "Clockwise by 90 degrees", "90r"},
  {GST_VIDEO_ORIENTATION_180, "By 180 degrees", "180"},
  {GST_VIDEO_ORIENTATION_90L, "Counter-clockwise by 90 degrees", "90l"},
  {0, NULL, NULL}
};

static const GFlagsValue metas[] = {
  {KOCR_ATTACH_OCR, "GstKakaoOcrMeta", "ocr"},
  {KOCR_ATTACH_ROI, "GstVideoRegionOfInterestMeta, one a region", "roi"},
  {KOCR_ATTACH_ANALYTICS,
      "GstAnalyticsRelationMeta (GStreamer 1.24 and newer)", "analytics"},
  {0, NULL, NULL}
};

static const GEnumValue gates[] = {
  {KOCR_GATE_PICTURE, "Anything in the picture: no text is missed", "picture"},
  {KOCR_GATE_TEXT, "What looks like text, for pictures that move", "text"},
  {0, NULL, NULL}
};

#define FIELD(field) G_STRUCT_OFFSET (KocrOcrSettings, field)

/* *INDENT-OFF* */
static const KocrProperty rows[] = {
  { "endpoint", "Endpoint",
      READY ("The whole URL of the API. Unset: $KAKAOOCR_ENDPOINT, else the "
             "service bundled for this machine (also: local)."),
      KOCR_ROW_STRING (FIELD (endpoint), NULL) },
  { "api-key", "API key",
      READY ("The key of the API. Unset: api-key-file, else "
             "$CREDENTIALS_DIRECTORY/kakaoocr, else $KAKAOOCR_API_KEY. Not for "
             "the command line, where others see it."),
      KOCR_ROW_SECRET (FIELD (api_key)) },
  { "api-key-file", "API key file",
      READY ("A file that holds the key of the API and that only its owner may "
             "read."),
      KOCR_ROW_STRING (FIELD (api_key_file), NULL) },
  { "ca-file", "CA file",
      READY ("A PEM file of certificates to trust besides the system's, for a "
             "private endpoint."),
      KOCR_ROW_STRING (FIELD (ca_file), NULL) },
  { "local-languages", "Local languages",
      READY ("The service bundled for this machine: Tesseract's languages that "
             "it reads, joined by +. Debian's package of each is "
             "tesseract-ocr-LANGUAGE."),
      KOCR_ROW_STRING (FIELD (local_languages), KOCR_ENDPOINT_LANGUAGES) },
  { "timeout", "Timeout",
      READY ("How long a frame's recognition may take with all attempts (ms); "
             "timing=exact: each attempt."),
      KOCR_ROW_MILLISECONDS (FIELD (client.timeout), 15000, 1, DAY) },
  { "max-in-flight", "Maximum in flight",
      READY ("Concurrent requests of all elements in the process with the same "
             "endpoint, key and CA; the smallest setting among them wins."),
      KOCR_ROW_UINT (FIELD (client.max_in_flight), 4, 1, 64) },
  { "max-rate", "Maximum rate",
      READY ("Requests a second, shared like max-in-flight; 0: no limit of "
             "ours."),
      KOCR_ROW_DOUBLE (FIELD (client.max_rate), 0, 0, 1e6) },
  { "max-requests", "Maximum requests",
      READY ("Requests that this element may send from READY to READY, then it "
             "only passes frames (timing=exact: ERROR); 0: no limit."),
      KOCR_ROW_UINT64 (FIELD (client.max_requests), 0, 0, NO_LIMIT) },
  { "max-outage", "Maximum outage",
      READY ("timing=exact: how long to wait for a service that does not "
             "answer (ms), waits that it orders itself left out, before ERROR; "
             "0: for ever."),
      KOCR_ROW_MILLISECONDS (FIELD (client.max_outage), 300000, 0, DAY) },
  { "interval", "Interval",
      PLAYING ("Least stream time between two samples (ms); 0: every frame."),
      KOCR_ROW_MILLISECONDS (FIELD (frame.interval), 1000, 0, DAY) },
  { "gate", "Gate",
      PLAYING (
          "What must have changed for a sample to be sent. With text, lines of "
          "text of some 16 pixels and more in 1080p are compared by where they "
          "stand and what their strokes look like."),
      KOCR_ROW_ENUM (FIELD (frame.gate.mode), KOCR_GATE_PICTURE,
          "GstKakaoOcrGate", gates) },
  { "change-threshold", "Change threshold",
      PLAYING (
          "How much a block of 8x8 pixels must differ from the picture "
          "sent before, in levels of luma above the noise, for a sample to be "
          "sent; 0: every sample is."),
      KOCR_ROW_UINT (FIELD (frame.gate.threshold), CHANGE_THRESHOLD, 0, 255) },
  { "refresh-interval", "Refresh interval",
      PLAYING ("An unchanged picture is sent again after this much stream time "
               "(ms); 0: never, and with gate=text one of which only the text "
               "is unchanged after 10 s."),
      KOCR_ROW_MILLISECONDS (FIELD (frame.gate.refresh_interval), 0, 0, DAY) },
  { "memory", "Memory",
      PLAYING (
          "Pictures remembered with their results, which answer when one "
          "of them comes back; 0: off. Half a megabyte each at 1920x1080."),
      KOCR_ROW_UINT (FIELD (frame.gate.memory), 16, 0, 1024) },
  { "region", "Region",
      PLAYING (
          "The part of the picture that is read, <x,y,width,height> in "
          "pixels, or <0.0,0.67,1.0,0.33> in parts of its size; empty: all of "
          "it. Text whose middle is outside is left out."),
      KOCR_ROW_ARRAY (FIELD (region)) },
  { "mask", "Mask",
      PLAYING (
          "Parts of the picture that are never read nor sent, "
          "<<x,y,width,height>,...> as in region: a clock, a channel's logo."),
      KOCR_ROW_ARRAY (FIELD (mask)) },
  { "orientation", "Orientation",
      PLAYING ("How a sample is turned before it is read; boxes stay in the "
               "frame's own pixels."),
      KOCR_ROW_ENUM (FIELD (frame.view.turn), KOCR_TURN_AUTO,
          "GstKakaoOcrOrientation", turns) },
  { "max-dimension", "Maximum dimension",
      PLAYING ("Longest side of the picture that is sent, in pixels; larger "
               "ones are scaled down, never up."),
      KOCR_ROW_UINT (FIELD (frame.picture.max_dimension), 4096, 16, 32768) },
  { "image-format", "Image format", PLAYING ("How the picture is encoded."),
      KOCR_ROW_ENUM (FIELD (frame.picture.format), KOCR_IMAGE_JPEG,
          "GstKakaoOcrImageFormat", kocr_image_format_values) },
  { "quality", "Quality", PLAYING ("JPEG quality."),
      KOCR_ROW_UINT (FIELD (frame.picture.quality), 90, 1, 100) },
  { "timing", "Timing",
      READY ("What waits for what: frames never (latest), frames for a while "
             "(aligned), upstream as long as it takes (exact)."),
      KOCR_ROW_ENUM (
          FIELD (timing), KOCR_TIMING_AUTO, "GstKakaoOcrTiming", timings) },
  { "latency", "Latency",
      PLAYING ("timing=aligned: how long a frame waits for its result (ms)."),
      KOCR_ROW_MILLISECONDS (FIELD (frame.latency), 1000, 0, DAY) },
  { "max-size-bytes", "Maximum size",
      PLAYING ("Frames held in timing=aligned and exact, in bytes."),
      KOCR_ROW_UINT64 (
          FIELD (frame.max_size_bytes), 256 * 1024 * 1024, 0, NO_LIMIT) },
  { "result-lifetime", "Result lifetime",
      PLAYING (
          "timing=latest: how long a result is carried (ms), from the "
          "first frame that carried it; no less than two intervals, but with "
          "0 not at all."),
      KOCR_ROW_MILLISECONDS (FIELD (frame.result_lifetime), 3000, 0, DAY) },
  { "track-motion", "Track motion",
      PLAYING ("timing=latest: boxes follow the picture between results; not "
               "in memory that is slow to read."),
      KOCR_ROW_BOOLEAN (FIELD (frame.track_motion), TRUE) },
  { "drop-unsampled", "Drop unsampled",
      PLAYING ("timing=exact: pass on only the sampled frames, GAP events for "
               "the others."),
      KOCR_ROW_BOOLEAN (FIELD (frame.drop_unsampled), FALSE) },
  { "sample-on-change", "Sample on change",
      PLAYING (
          "Also sample the first steady picture after a change, between "
          "two due samples, and the last picture before EOS when it is new; "
          "counts against max-rate and max-requests."),
      KOCR_ROW_BOOLEAN (FIELD (frame.sample_on_change), FALSE) },
  { "active", "Active",
      PLAYING ("Whether text is recognised; else frames pass as they are."),
      KOCR_ROW_BOOLEAN (FIELD (frame.active), TRUE) },
  { "attach", "Attach",
      PLAYING ("The metas that carry a result. Some encoders act on roi."),
      KOCR_ROW_FLAGS (
          FIELD (frame.attach), KOCR_ATTACH_OCR, "GstKakaoOcrAttach", metas) },
  { "post-messages", "Post messages",
      PLAYING ("Whether each result is posted on the bus."),
      KOCR_ROW_BOOLEAN (FIELD (frame.post_messages), TRUE) },
  { "emit-signals", "Emit signals",
      PLAYING ("Whether each result is emitted as a signal."),
      KOCR_ROW_BOOLEAN (FIELD (frame.emit_signals), FALSE) },
  { "stats-interval", "Statistics interval",
      READY ("stats is posted as an element message kakaoocr-stats this often "
             "(ms), and at EOS; 0: never."),
      KOCR_ROW_MILLISECONDS (FIELD (stats_interval), 0, 0, DAY) },
};
/* *INDENT-ON* */

const KocrPropertyTable kocr_ocr_properties = { rows, G_N_ELEMENTS (rows) };

void
kocr_ocr_settings_init (KocrOcrSettings * self)
{
  *self = (KocrOcrSettings) { 0, };
  kocr_property_table_init (&kocr_ocr_properties, self);
}

void
kocr_ocr_settings_clear (KocrOcrSettings * self)
{
  kocr_property_table_clear (&kocr_ocr_properties, self);
}

/* Rectangles: arrays of four numbers, x, y, width and height, in pixels when
 * all of them are integers, else in parts of the picture's size. */

/* The number in @value. @whole: (inout): FALSE when it is no integer. */
static gboolean
number_from_value (const GValue *value, gdouble *number, gboolean *whole)
{
  GValue real = G_VALUE_INIT;

  if (G_VALUE_TYPE (value) == G_TYPE_BOOLEAN
      || !g_value_type_transformable (G_VALUE_TYPE (value), G_TYPE_DOUBLE))
    return FALSE;
  g_value_init (&real, G_TYPE_DOUBLE);
  g_value_transform (value, &real);
  *number = g_value_get_double (&real);
  if (G_VALUE_HOLDS_DOUBLE (value) || G_VALUE_HOLDS_FLOAT (value)
      || GST_VALUE_HOLDS_FRACTION (value))
    *whole = FALSE;
  return isfinite (*number);
}

/* Whether there is something of a picture in it. */
static gboolean
is_rectangle (const KocrArea *area)
{
  gdouble most = area->relative ? 1.0 : G_MAXINT;

  for (guint i = 0; i < 4; i++) {
    if (area->at[i] < 0 || area->at[i] > most)
      return FALSE;
  }
  return area->at[2] > 0 && area->at[3] > 0
         && (!area->relative || (area->at[0] < 1 && area->at[1] < 1));
}

/* An array of no number (all of the picture) or of four. FALSE: it is neither,
 * or no rectangle; @area is all 0. */
static gboolean
read_area (KocrArea *area, const GValue *value)
{
  guint n = gst_value_array_get_size (value);
  KocrArea found = { {
                         0,
                     },
    FALSE };
  gboolean whole = TRUE;

  memset (area, 0, sizeof *area);
  if (n == 0)
    return TRUE;
  if (n != 4)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    if (!number_from_value (
            gst_value_array_get_value (value, i), &found.at[i], &whole))
      return FALSE;
  }
  found.relative = !whole;
  if (!is_rectangle (&found))
    return FALSE;
  *area = found;
  return TRUE;
}

/* FALSE: one is no rectangle, or there are too many. */
static gboolean
read_masks (KocrViewSettings *settings, const GValue *value)
{
  guint n = gst_value_array_get_size (value);

  settings->n_masks = 0;
  if (n > KOCR_MAX_MASKS)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    const GValue *item = gst_value_array_get_value (value, i);

    if (!GST_VALUE_HOLDS_ARRAY (item) || gst_value_array_get_size (item) != 4
        || !read_area (&settings->masks[i], item))
      return FALSE;
  }
  settings->n_masks = n;
  return TRUE;
}

/* What is set wrongly stays as it is set, and is told of when frames come: the
 * whole frame is not what was asked for. */
static void
read_view (KocrOcrSettings * self)
{
  KocrFrameSettings *frame = &self->frame;

  frame->view_problem = NULL;
  if (!read_area (&frame->view.region, &self->region))
    frame->view_problem =
        "region is not usable: it takes no value or four, "
        "<x,y,width,height>, in pixels (integers) or in parts of the frame "
        "(0.0 to 1.0), with a width and a height above 0.";
  if (!read_masks (&frame->view, &self->mask))
    frame->view_problem =
        "mask is not usable: it takes rectangles, at most "
        G_STRINGIFY (KOCR_MAX_MASKS) ", <<x,y,width,height>,...>, in pixels "
        "(integers) or in parts of the frame (0.0 to 1.0).";
}

gboolean
kocr_ocr_settings_set (KocrOcrSettings * self, guint id, const GValue * value)
{
  gboolean known = kocr_property_table_set (&kocr_ocr_properties, self, id,
      value);

  if (known && GST_VALUE_HOLDS_ARRAY (value))
    read_view (self);
  return known;
}
