/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "enc/wallclock.h"

/* From 1900-01-01, where NTP counts from, to 1970-01-01. */
#define NTP_TO_UNIX (G_GUINT64_CONSTANT (2208988800) * GST_SECOND)

/* Two clocks are looked at so often until they were within so much of one
 * moment. */
#define MOST_LOOKS 8
#define CLOSE (100 * GST_USECOND)

static GstClockTime
reference_time (GstBuffer * buffer, const gchar * media_type)
{
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple (media_type);
  GstReferenceTimestampMeta *meta =
      gst_buffer_get_reference_timestamp_meta (buffer, caps);

  return meta ? meta->timestamp : GST_CLOCK_TIME_NONE;
}

/* When frame was taken, by the one who took it. */
static GstClockTime
camera_time (GstBuffer * frame)
{
  GstClockTime time = reference_time (frame, "timestamp/x-unix");

  if (GST_CLOCK_TIME_IS_VALID (time))
    return time;
  time = reference_time (frame, "timestamp/x-ntp");
  if (GST_CLOCK_TIME_IS_VALID (time) && time >= NTP_TO_UNIX)
    return time - NTP_TO_UNIX;
  return GST_CLOCK_TIME_NONE;
}

/* What two clocks say at one moment. */
typedef struct
{
  GstClockTime utc, clock;
  GstClockTime apart;           /* how far from one moment they are at most */
} Moment;

/* The clock may be read late where a thread has to wait in between. */
static Moment
read_clocks (GstClock * clock)
{
  GstClockTime before = (GstClockTime) g_get_real_time () * GST_USECOND;
  Moment moment = { before, gst_clock_get_time (clock), 0 };
  GstClockTime after = (GstClockTime) g_get_real_time () * GST_USECOND;

  /* The time of day may be set back meanwhile. */
  moment.apart = after >= before ? after - before : GST_CLOCK_TIME_NONE;
  if (after >= before)
    moment.utc += moment.apart / 2;
  return moment;
}

static Moment
read_clocks_close (GstClock * clock)
{
  Moment best = read_clocks (clock);

  for (guint i = 1; i < MOST_LOOKS && best.apart > CLOSE; i++) {
    Moment moment = read_clocks (clock);

    if (moment.apart < best.apart)
      best = moment;
  }
  return best;
}

/* When the pipeline's clock is, or was, at running_time. */
static GstClockTime
clock_time (GstElement * element, GstClockTime running_time)
{
  g_autoptr (GstClock) clock = gst_element_get_clock (element);
  GstClockTime base_time = gst_element_get_base_time (element);
  Moment now;

  if (!clock || !GST_CLOCK_TIME_IS_VALID (base_time)
      || !GST_CLOCK_TIME_IS_VALID (running_time))
    return GST_CLOCK_TIME_NONE;
  now = read_clocks_close (clock);
  return MIN (now.utc + (base_time + running_time) - now.clock, now.utc);
}

GstClockTime
kocr_wall_clock_time (GstElement * element, GstBuffer * frame, GstClockTime pts,
    GstClockTime running_time)
{
  GstClockTime frame_time = camera_time (frame);

  /* The frame's time, taken back to the moment that is asked for. */
  if (GST_CLOCK_TIME_IS_VALID (frame_time) && GST_BUFFER_PTS_IS_VALID (frame))
    return frame_time + pts - GST_BUFFER_PTS (frame);
  return element ? clock_time (element, running_time) : GST_CLOCK_TIME_NONE;
}
