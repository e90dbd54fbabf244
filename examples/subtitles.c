/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * subtitles-file FILE OUT.mkv
 *
 * Copies a video with a subtitle track of its text: the streams as they are, and
 * beside them what kakaoocrenc makes of the decoded picture.
 *
 * examples/subtitles builds it and runs it.
 */
#include "media/mediapipeline.h"

#include <locale.h>
#include <stdlib.h>

#define USAGE "Usage: subtitles-file FILE OUT.mkv\n"
/* A subtitle is known when it ends, up to five seconds after it began; the video
 * of that time waits. */
#define PIPELINE                                                               \
  "tee name=video "                                                            \
  "video. ! queue max-size-time=30000000000 max-size-bytes=0 "                 \
  "max-size-buffers=0 ! matroskamux name=mux ! filesink name=out "             \
  "video. ! queue ! decodebin ! videoconvert ! "                               \
  "kakaoocr interval=500 sample-on-change=true ! "                             \
  "kakaoocrenc ! text/x-raw,format=utf8 ! queue ! mux."

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
  if (argc != 3) {
    g_printerr (USAGE);
    return EXIT_FAILURE;
  }
  if (media_is_same_file (argv[1], argv[2])) {
    g_printerr ("%s is what is read: it would be lost. Choose another name.\n",
        argv[2]);
    return EXIT_FAILURE;
  }
  pipeline = media_pipeline_new (argv[1], PIPELINE, MEDIA_AS_IT_IS, &error);
  if (!pipeline) {
    g_printerr ("Cannot read %s: %s\n", argv[1], error->message);
    return EXIT_FAILURE;
  }
  media_pipeline_set (pipeline, "out", "location", argv[2]);
  return media_pipeline_run (pipeline) ? EXIT_SUCCESS : EXIT_FAILURE;
}
