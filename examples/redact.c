/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * redact-file FILE OUT.mkv PATTERN
 *
 * Copies a video with every text that matches PATTERN painted black. So that no
 * frame shows what another one hides, each is read, and waits for its result.
 *
 * examples/redact builds it and runs it.
 */
#include "media/mediapipeline.h"
#include "media/videoencoder.h"

#include <locale.h>
#include <stdlib.h>

#define USAGE "Usage: redact-file FILE OUT.mkv PATTERN\n"
#define PIPELINE \
  "videoconvert name=video ! videoflip video-direction=auto ! " \
  "kakaoocr timing=exact interval=0 change-threshold=0 ! " \
  "kakaoocroverlay name=overlay fill=redact show-boxes=false ! " \
  "videoconvert ! videoscale ! " \
  "video/x-raw,width=[2,16384,2],height=[2,16384,2] ! %s ! queue ! " \
  "matroskamux name=mux ! filesink name=out"

static GstElement *
create_pipeline (gchar ** argv, GError ** error)
{
  const gchar *encoder = video_encoder_describe (FALSE, error);
  g_autofree gchar *description = g_strdup_printf (PIPELINE, encoder);

  return encoder ? media_pipeline_new (argv[1], description, MEDIA_DECODED,
      error) : NULL;
}

int
main (int argc, char **argv)
{
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  gst_init (NULL, NULL);
  if (argc == 2 && g_str_equal (argv[1], "--help")) {
    g_print (USAGE);
    return EXIT_SUCCESS;
  }
  if (argc != 4) {
    g_printerr (USAGE);
    return EXIT_FAILURE;
  }
  if (media_is_same_file (argv[1], argv[2])) {
    g_printerr ("%s is what is read: it would be lost. Choose another name.\n",
        argv[2]);
    return EXIT_FAILURE;
  }
  pipeline = create_pipeline (argv, &error);
  if (!pipeline) {
    g_printerr ("Cannot read %s: %s\n", argv[1], error->message);
    return EXIT_FAILURE;
  }
  media_pipeline_set (pipeline, "overlay", "text-pattern", argv[3]);
  media_pipeline_set (pipeline, "out", "location", argv[2]);
  return media_pipeline_run (pipeline) ? EXIT_SUCCESS : EXIT_FAILURE;
}
