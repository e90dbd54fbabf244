/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "soakstream.h"

#include <gst/gst.h>

/* Where to a stream may seek (s). A live source waits for its clock to reach
 * the position, and keeps who seeks next waiting for as long. */
#define FARTHEST_LIVE 2
#define FARTHEST_EXACT 100

/* A live picture that stands still for so long is stuck; frames that wait for a
 * service that is gone may stand as long as the breaker stays open, twice. Both
 * of a machine that does nothing else. */
#define PATIENCE_LIVE (15 * G_USEC_PER_SEC)
#define PATIENCE_EXACT (800 * G_USEC_PER_SEC)

typedef struct
{
  SoakTiming timing;
  const gchar *description;
} Kind;

#define LIVE_SOURCE "videotestsrc name=src is-live=true pattern=ball ! " \
    "timeoverlay ! capsfilter name=caps ! "
#define OCR "kakaoocr name=ocr max-size-bytes=32000000 "

static const Kind kinds[] = {
  {SOAK_LATEST, LIVE_SOURCE OCR "timing=latest ! fakesink sync=true"},
  {SOAK_LATEST, LIVE_SOURCE OCR "timing=latest attach=ocr+roi ! tee name=t "
        "t. ! queue ! kakaoocroverlay name=overlay ! fakesink sync=true "
        "t. ! queue ! kakaoocrenc ! fakesink async=false"},
  {SOAK_ALIGNED, LIVE_SOURCE OCR "timing=aligned latency=400 emit-signals=true "
        "! queue ! kakaoocroverlay name=overlay fill=redact ! "
        "fakesink sync=true"},
  {SOAK_EXACT, "videotestsrc name=src pattern=snow ! capsfilter name=caps ! "
        OCR "timing=exact ! tee name=t t. ! queue ! fakesink sync=true "
        "t. ! queue ! kakaoocrenc granularity=track ! fakesink async=false"},
};

static const gchar *const caps[] = {
  "format=I420,width=640,height=360,framerate=25/1",
  "format=NV12,width=320,height=240,framerate=30/1",
  "format=YUY2,width=648,height=364,framerate=15/1",
  "format=BGRx,width=640,height=480,framerate=25/1",
  "format=RGB,width=322,height=178,framerate=25/1",
  "format=GRAY8,width=1280,height=720,framerate=10/1",
  "format=I420,width=1280,height=720,framerate=30/1",
  "format=I420,width=321,height=241,framerate=25/1",
};

static const struct
{
  const gchar *name;
  const gchar *values[4];
} properties[] = {
  {"interval", {"0", "100", "500", "1000"}},
  {"region", {"<>", "<10,20,200,100>", "<0,0,64,64>", "<100,100,5000,5000>"}},
  {"change-threshold", {"12", "0", "12", "255"}},
  {"memory", {"16", "0", "1", "16"}},
  {"refresh-interval", {"0", "2000", "0", "100"}},
  {"track-motion", {"true", "true", "false", "true"}},
  {"max-dimension", {"4096", "320", "64", "640"}},
  {"image-format", {"jpeg", "jpeg", "jpeg", "png"}},
  {"quality", {"90", "50", "100", "1"}},
  {"latency", {"400", "0", "100", "1000"}},
  {"result-lifetime", {"3000", "0", "500", "86400000"}},
  {"attach", {"ocr", "ocr+roi", "roi", "ocr"}},
  {"active", {"true", "true", "true", "false"}},
  {"post-messages", {"true", "true", "true", "false"}},
  {"emit-signals", {"true", "false", "true", "false"}},
  {"drop-unsampled", {"false", "false", "false", "true"}},
  {"sample-on-change", {"false", "true", "true", "true"}},
  {"max-size-bytes", {"32000000", "8000000", "0", "32000000"}},
};

static const gchar *const fills[] = { "redact", "redact", "blur", "tint" };

struct _SoakStream
{
  const Kind *kind;
  GRand *random;
  SoakServices *services;
  SoakCounts *counts;
  GstElement *pipeline, *src, *filter, *ocr;
  GstElement *overlay;          /* nullable */
  GstCaps *entered;             /* names the time at which a frame came */
  guint bus_watch;
  gboolean playing, draining;
  gchar *problem;

  GMutex lock;
  /* lock */
  GArray *passes;
  guint64 n_dropped;
  gboolean inside;              /* a frame came and has not left */
  gboolean flushing;            /* a flush or a stop is on its way */
  gboolean excused;             /* which may take it */
  gboolean left;                /* a frame, since somebody looked */
  gint64 still;                 /* us without one */
};

static GstPadProbeReturn
frame_comes (GstPad * pad, GstPadProbeInfo * info, gpointer data)
{
  SoakStream *self = data;
  GstBuffer *frame =
      gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));

  gst_buffer_add_reference_timestamp_meta (frame, self->entered,
      g_get_monotonic_time (), GST_CLOCK_TIME_NONE);
  GST_PAD_PROBE_INFO_DATA (info) = frame;

  g_mutex_lock (&self->lock);
  if (self->kind->timing == SOAK_LATEST && self->inside && !self->excused)
    self->n_dropped++;
  self->inside = TRUE;
  g_mutex_unlock (&self->lock);
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
frame_leaves (GstPad * pad, GstPadProbeInfo * info, gpointer data)
{
  SoakStream *self = data;
  GstReferenceTimestampMeta *entered =
      gst_buffer_get_reference_timestamp_meta (GST_PAD_PROBE_INFO_BUFFER (info),
      self->entered);
  gint64 now = g_get_monotonic_time ();
  gint64 pass = now - (gint64) entered->timestamp;

  g_mutex_lock (&self->lock);
  g_array_append_val (self->passes, pass);
  self->inside = FALSE;
  self->excused = self->flushing;
  self->left = TRUE;
  g_mutex_unlock (&self->lock);
  return GST_PAD_PROBE_OK;
}

static void
begin_flush (SoakStream * self)
{
  g_mutex_lock (&self->lock);
  self->flushing = self->excused = TRUE;
  g_mutex_unlock (&self->lock);
}

static void
end_flush (SoakStream * self)
{
  g_mutex_lock (&self->lock);
  self->flushing = FALSE;
  g_mutex_unlock (&self->lock);
}

static void
be_patient (SoakStream * self)
{
  g_mutex_lock (&self->lock);
  self->left = TRUE;
  g_mutex_unlock (&self->lock);
}

static void
add_problem (SoakStream * self, const gchar * problem)
{
  if (!self->problem)
    self->problem = g_strdup (problem);
}

static guint64
get_stat (const GstStructure * stats, const gchar * name)
{
  guint64 value = 0;

  gst_structure_get_uint64 (stats, name, &value);
  return value;
}

static void
count_stats (SoakStream * self, gboolean whole)
{
  g_autoptr (GstStructure) stats = NULL;
  guint64 ended;

  g_object_get (self->ocr, "stats", &stats, NULL);
  self->counts->n_recognized += get_stat (stats, "recognized");
  self->counts->n_failed += get_stat (stats, "failed");
  ended = get_stat (stats, "unchanged") + get_stat (stats, "remembered")
      + get_stat (stats, "recognized") + get_stat (stats, "failed");
  if (whole && self->kind->timing == SOAK_EXACT
      && ended != get_stat (stats, "sampled")) {
    g_autofree gchar *text = gst_structure_to_string (stats);

    add_problem (self, text);
  }
}

void
soak_stream_start (SoakStream * self)
{
  g_object_set (self->ocr, "endpoint", soak_services_pick (self->services,
          g_rand_double (self->random)), NULL);
  be_patient (self);
  self->playing = TRUE;
  self->draining = FALSE;
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
}

static void
stop (SoakStream * self, GstState state)
{
  begin_flush (self);
  gst_element_set_state (self->pipeline, state);
  end_flush (self);
  count_stats (self, self->draining);
  self->playing = FALSE;
}

void
soak_stream_stop (SoakStream * self)
{
  self->draining = FALSE;
  stop (self, GST_STATE_NULL);
}

static gboolean
bus_message (GstBus * bus, GstMessage * message, gpointer data)
{
  SoakStream *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gchar *debug = NULL;
  g_autofree gchar *text = NULL;

  switch (GST_MESSAGE_TYPE (message)) {
    case GST_MESSAGE_ERROR:
      gst_message_parse_error (message, &error, &debug);
      text = g_strdup_printf ("%s: %s (%s)", GST_OBJECT_NAME (message->src),
          error->message, debug);
      add_problem (self, text);
      break;
    case GST_MESSAGE_WARNING:
      self->counts->n_warnings++;
      break;
    case GST_MESSAGE_EOS:
      stop (self, GST_STATE_NULL);
      soak_stream_start (self);
      break;
    default:
      break;
  }
  return G_SOURCE_CONTINUE;
}

static void
change_caps (SoakStream * self)
{
  g_autofree gchar *text = g_strconcat ("video/x-raw,",
      caps[g_rand_int_range (self->random, 0, G_N_ELEMENTS (caps))], NULL);

  self->counts->n_caps++;
  gst_util_set_object_arg (G_OBJECT (self->filter), "caps", text);
}

static void
change_property (SoakStream * self)
{
  guint i = g_rand_int_range (self->random, 0, G_N_ELEMENTS (properties));

  gst_util_set_object_arg (G_OBJECT (self->ocr), properties[i].name,
      properties[i].values[g_rand_int_range (self->random, 0, 4)]);
}

static void
change_fill (SoakStream * self)
{
  if (self->overlay)
    gst_util_set_object_arg (G_OBJECT (self->overlay), "fill",
        fills[g_rand_int_range (self->random, 0, G_N_ELEMENTS (fills))]);
}

static void
ask_to_recognize (SoakStream * self)
{
  g_signal_emit_by_name (self->ocr, "recognize");
}

static void
read_stats (SoakStream * self)
{
  g_autoptr (GstStructure) stats = NULL;

  g_object_get (self->ocr, "stats", &stats, NULL);
}

static void
seek (SoakStream * self)
{
  gint farthest =
      self->kind->timing == SOAK_EXACT ? FARTHEST_EXACT : FARTHEST_LIVE;

  self->counts->n_seeks++;
  begin_flush (self);
  gst_element_seek_simple (self->pipeline, GST_FORMAT_TIME,
      GST_SEEK_FLAG_FLUSH,
      g_rand_double_range (self->random, 0, farthest) * GST_SECOND);
  end_flush (self);
}

static void
hold (SoakStream * self)
{
  self->playing = FALSE;
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
}

static void
restart (SoakStream * self)
{
  self->counts->n_restarts++;
  stop (self, g_rand_boolean (self->random) ? GST_STATE_NULL : GST_STATE_READY);
  soak_stream_start (self);
}

/* The answer to it starts the stream anew. A source that negotiates while the
 * sinks preroll keeps who ends it, and that one the state's lock, which the
 * pipeline needs to go on: so not while a change of state is under way. */
static void
end (SoakStream * self)
{
  if (gst_element_get_state (self->pipeline, NULL, NULL, 0)
      == GST_STATE_CHANGE_ASYNC)
    return;
  self->counts->n_restarts++;
  self->draining = TRUE;
  gst_element_send_event (self->pipeline, gst_event_new_eos ());
}

static const struct
{
  const gchar *name;
  void (*act) (SoakStream * self);
  guint weight;
} actions[] = {
  {"property", change_property, 30},
  {"caps", change_caps, 15},
  {"fill", change_fill, 10},
  {"recognize", ask_to_recognize, 10},
  {"stats", read_stats, 10},
  {"seek", seek, 10},
  {"pause", hold, 8},
  {"restart", restart, 8},
  {"end", end, 4},
};

void
soak_stream_act (SoakStream * self)
{
  gint64 start = g_get_monotonic_time ();
  const gchar *name = "resume";
  gdouble seconds;
  gint draw = 0;
  guint i;

  if (self->draining)
    return;
  self->counts->n_actions++;
  if (self->playing) {
    for (i = 0; i < G_N_ELEMENTS (actions); i++)
      draw += actions[i].weight;
    draw = g_rand_int_range (self->random, 0, draw);
    for (i = 0; draw >= (gint) actions[i].weight; i++)
      draw -= actions[i].weight;
    name = actions[i].name;
    actions[i].act (self);
  } else {
    gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
    be_patient (self);
    self->playing = TRUE;
  }
  seconds = (g_get_monotonic_time () - start) / 1e6;
  if (seconds > self->counts->slowest_action) {
    self->counts->slowest_action = seconds;
    self->counts->slowest_name = name;
  }
}

void
soak_stream_take_frames (SoakStream * self, SoakFrames * frames)
{
  g_mutex_lock (&self->lock);
  g_array_append_vals (frames->passes[self->kind->timing], self->passes->data,
      self->passes->len);
  g_array_set_size (self->passes, 0);
  frames->n_dropped += self->n_dropped;
  self->n_dropped = 0;
  g_mutex_unlock (&self->lock);
}

gchar *
soak_stream_dup_problem (SoakStream * self, gint64 passed)
{
  gint64 patience =
      self->kind->timing == SOAK_EXACT ? PATIENCE_EXACT : PATIENCE_LIVE;
  gint64 still;

  g_mutex_lock (&self->lock);
  still = self->still = self->left ? 0 : self->still + passed;
  self->left = FALSE;
  g_mutex_unlock (&self->lock);
  if (self->playing && still > patience)
    add_problem (self, "no frame comes out any more");
  return self->problem
      ? g_strdup_printf ("stream %d: %s", (gint) (self->kind - kinds),
      self->problem) : NULL;
}

guint
soak_stream_get_n_kinds (void)
{
  return G_N_ELEMENTS (kinds);
}

static void
add_probe (SoakStream * self, const gchar * name, GstPadProbeCallback probe)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (self->ocr, name);

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, probe, self, NULL);
}

SoakStream *
soak_stream_new (guint kind, GRand * random, SoakServices * services,
    SoakCounts * counts)
{
  SoakStream *self = g_new0 (SoakStream, 1);
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->lock);
  self->kind = &kinds[kind];
  self->random = random;
  self->services = services;
  self->counts = counts;
  self->passes = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->entered = gst_caps_new_empty_simple ("timestamp/x-soak");
  self->pipeline = gst_parse_launch (self->kind->description, &error);
  g_assert_no_error (error);
  self->src = gst_bin_get_by_name (GST_BIN (self->pipeline), "src");
  self->filter = gst_bin_get_by_name (GST_BIN (self->pipeline), "caps");
  self->ocr = gst_bin_get_by_name (GST_BIN (self->pipeline), "ocr");
  self->overlay = gst_bin_get_by_name (GST_BIN (self->pipeline), "overlay");
  change_caps (self);
  add_probe (self, "sink", frame_comes);
  add_probe (self, "src", frame_leaves);
  bus = gst_pipeline_get_bus (GST_PIPELINE (self->pipeline));
  self->bus_watch = gst_bus_add_watch (bus, bus_message, self);
  return self;
}

void
soak_stream_free (SoakStream * self)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_source_remove (self->bus_watch);
  gst_object_unref (self->src);
  gst_object_unref (self->filter);
  gst_object_unref (self->ocr);
  gst_clear_object (&self->overlay);
  gst_object_unref (self->pipeline);
  gst_caps_unref (self->entered);
  g_array_unref (self->passes);
  g_mutex_clear (&self->lock);
  g_free (self->problem);
  g_free (self);
}
