/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "read/readpipeline.h"

#include "media/mediapipeline.h"
#include "media/videoencoder.h"
#include "read/contactsheet.h"

/* Frames are turned upright as the file says (a telephone's are often not),
 * their text is recognised, and several branches use it. */
#define READER "videoconvert name=video ! videoflip video-direction=auto ! " \
    "kakaoocr name=ocr interval=500 ! tee name=frames "

/* Encoders need even sizes, so the last pixel of an odd one is scaled away after
 * drawing. */
#define ANNOTATED "frames. ! queue ! kakaoocroverlay ! videoconvert ! " \
    "videoscale ! video/x-raw,width=[2,16384,2],height=[2,16384,2] ! %s ! " \
    "queue ! matroskamux name=mux ! filesink name=annotated "

/* What has data only now and then is not waited for at the start
 * (async=false). */
#define THUMBNAILS "frames. ! queue name=news ! videoscale ! " \
    "video/x-raw,height=%d,pixel-aspect-ratio=1/1 ! " \
    "kakaoocroverlay show-text=false ! videoconvert ! " \
    "video/x-raw,format=BGRx ! " \
    "appsink name=thumbnails async=false sync=false "
#define TRACKS "frames. ! queue ! tee name=texts " \
    "texts. ! kakaoocrenc granularity=track ! application/x-ndjson ! " \
    "appsink name=tracks async=false sync=false "
#define JSONL "texts. ! kakaoocrenc name=enc ! application/x-ndjson ! " \
    "filesink name=text async=false "
#define VTT "texts. ! kakaoocrenc ! application/x-subtitle-vtt ! " \
    "filesink name=subtitles async=false "
#define CROPS "texts. ! kakaoocrcrop ! videoconvert ! " \
    "video/x-raw,format=BGRx ! appsink name=crops async=false sync=false "

static gchar *
describe (const gchar * source, ReadProducts products, GError ** error)
{
  GString *line = g_string_new (READER TRACKS);

  if (products & READ_ANNOTATED) {
    const gchar *encoder = video_encoder_describe (media_is_live (source),
        error);

    if (!encoder) {
      g_string_free (line, TRUE);
      return NULL;
    }
    g_string_append_printf (line, ANNOTATED, encoder);
  }
  if (products & READ_JSONL)
    g_string_append (line, JSONL);
  if (products & READ_VTT)
    g_string_append (line, VTT);
  if (products & READ_SHEET)
    g_string_append_printf (line, THUMBNAILS, CONTACT_SHEET_FRAME_HEIGHT);
  if (products & (READ_CROPS | READ_SHEET))
    g_string_append (line, CROPS);
  return g_string_free (line, FALSE);
}

GstElement *
read_pipeline_new (const gchar * source, ReadProducts products,
    GError ** error)
{
  g_autofree gchar *description = describe (source, products, error);

  return description ? media_pipeline_new (source, description, MEDIA_DECODED,
      error) : NULL;
}
