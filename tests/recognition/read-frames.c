/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * read-frames [--whole [--twice] | --leptonica | --boxes FILE | --lines]
 *     [--languages kor+eng] [--tessdata DIR] LIST
 *
 * Reads the pictures listed in LIST, one path a line, and prints for each
 *   T <path> <CPU ms>
 *   W <path> <x0> <y0> … <y3> <text>       a line for each word
 * with tabs between. --whole gives the frame to Tesseract as it is, with
 * --psm 11: the peer that the score is compared with. --leptonica and --boxes
 * have it read line by line what another finder found: Leptonica's
 * pixExtractTextlines, or the lines "<path> <x> <y> <width> <height>" of FILE,
 * with tabs between. --lines prints, for the
 * fit of the two decisions (fit.py), each candidate with what it reads as:
 *   L <path> <x> <y> <width> <height> <tilt> <light> <confidence>
 *     <characters> <feature> … <text>
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <gio/gio.h>
#include <leptonica/allheaders.h>
#include <tesseract/capi.h>

#include "bounds.h"
#include "reading/linereader.h"
#include "pictures/picture.h"
#include "reading/tesseract.h"

static gdouble
cpu_milliseconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static void
print_word (const gchar * path, const gchar * text, const gdouble box[8])
{
  guint i;

  printf ("W\t%s", path);
  for (i = 0; i < 8; i++)
    printf ("\t%.1f", box[i]);
  printf ("\t%s\n", text);
}

/* As the service decodes it. */
static GrayPicture *
picture_load (const gchar * path)
{
  static const PictureLimits limits = { LIMIT_SIDE_HIGHEST,
    LIMIT_PIXELS_HIGHEST, NULL
  };
  g_autoptr (GBytes) bytes = NULL;
  gchar *data;
  gsize size;
  PictureProblem problem;

  if (!g_file_get_contents (path, &data, &size, NULL))
    return NULL;
  bytes = g_bytes_new_take (data, size);
  return picture_decode (bytes, &limits, NULL, &problem);
}

static void
read_by_lines (Recognizer * recognizer, const gchar * path,
    const GrayPicture * picture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) words = recognizer_read (recognizer, picture, 0, NULL,
      &error);
  guint i;

  if (!words)
    g_error ("%s: %s", path, error->message);
  for (i = 0; i < words->len; i++) {
    const KocrAnswerWord *word = g_ptr_array_index (words, i);

    print_word (path, word->text, word->box);
  }
}

/* @x and @y: where the picture stands in the one that is listed. */
static void
read_whole (TessBaseAPI * engine, const gchar * path,
    const GrayPicture * picture, gint x, gint y)
{
  TessResultIterator *results;
  gint left, top, right, bottom;

  TessBaseAPISetImage (engine, picture->pixels, picture->width,
      picture->height, 1, picture->stride);
  TessBaseAPIRecognize (engine, NULL);
  results = TessBaseAPIGetIterator (engine);
  if (results) {
    do {
      gchar *text = TessResultIteratorGetUTF8Text (results, RIL_WORD);

      if (text && TessPageIteratorBoundingBox
          (TessResultIteratorGetPageIteratorConst (results), RIL_WORD,
              &left, &top, &right, &bottom)) {
        gdouble box[8] = { x + left, y + top, x + right, y + top, x + right,
          y + bottom, x + left, y + bottom
        };

        print_word (path, text, box);
      }
      TessDeleteText (text);
    }
    while (TessResultIteratorNext (results, RIL_WORD));
    TessResultIteratorDelete (results);
  }
  TessBaseAPIClear (engine);
}

/* Reads what is in a box, as one line. */
static void
read_box (TessBaseAPI * engine, const gchar * path,
    const GrayPicture * picture, gint x, gint y, gint width, gint height)
{
  gint margin = height / 5;
  gint x0 = CLAMP (x - margin, 0, picture->width);
  gint y0 = CLAMP (y - margin, 0, picture->height);
  gint x1 = CLAMP (x + width + margin, 0, picture->width);
  gint y1 = CLAMP (y + height + margin, 0, picture->height);
  GrayPicture part = { x1 - x0, y1 - y0, picture->stride,
    picture->pixels + y0 * picture->stride + x0
  };

  if (part.width > 0 && part.height > 0)
    read_whole (engine, path, &part, x0, y0);
}

static void
read_leptonica_lines (TessBaseAPI * engine, const gchar * path,
    const GrayPicture * picture)
{
  PIX *pix = pixRead (path);
  PIXA *lines = pixExtractTextlines (pix, 150, 150, 5, 5, 5, 5, NULL);
  l_int32 n = lines ? pixaGetCount (lines) : 0, i, x, y, width, height;

  for (i = 0; i < n; i++)
    if (pixaGetBoxGeometry (lines, i, &x, &y, &width, &height) == 0)
      read_box (engine, path, picture, x, y, width, height);
  pixaDestroy (&lines);
  pixDestroy (&pix);
}

static void
read_listed_boxes (TessBaseAPI * engine, const gchar * path,
    const GrayPicture * picture, gchar ** boxes)
{
  guint i;

  for (i = 0; boxes[i]; i++) {
    g_auto (GStrv) fields = g_strsplit (boxes[i], "\t", -1);

    if (g_strv_length (fields) == 5 && g_str_equal (fields[0], path))
      read_box (engine, path, picture, atoi (fields[1]), atoi (fields[2]),
          atoi (fields[3]), atoi (fields[4]));
  }
}

/* Twice as large, by straight lines between the pixels. */
static void
read_twice_as_large (TessBaseAPI * engine, const gchar * path,
    const GrayPicture * picture)
{
  GrayPicture large = { 2 * picture->width, 2 * picture->height,
    2 * picture->width, NULL
  };
  gint x, y;

  large.pixels = g_malloc (large.stride * large.height);
  for (y = 0; y < large.height; y++)
    for (x = 0; x < large.width; x++) {
      const guint8 *near = picture->pixels + y / 2 * picture->stride;
      const guint8 *far = picture->pixels
          + CLAMP (y / 2 + (y & 1 ? 1 : -1), 0,
          picture->height - 1) * picture->stride;
      gint beside = CLAMP (x / 2 + (x & 1 ? 1 : -1), 0, picture->width - 1);

      large.pixels[y * large.stride + x] = (9 * near[x / 2] + 3 * near[beside]
          + 3 * far[x / 2] + far[beside] + 8) / 16;
    }
  read_whole (engine, path, &large, 0, 0);
  g_free (large.pixels);
}

static void
print_lines (LineReader * reader, const gchar * path,
    const GrayPicture * picture)
{
  g_auto (ColourPlanes) planes = { 0 };
  g_autoptr (GPtrArray) lines = NULL;
  LineSearch search = {.min_logit = -G_MAXDOUBLE };
  guint i, j;

  colour_planes_init (&planes, picture);
  lines = colour_planes_find (&planes, &search);
  for (i = 0; i < lines->len; i++) {
    const TextLine *line = g_ptr_array_index (lines, i);
    g_autoptr (LineReading) reading = line_reader_read (reader, &planes, line,
        NULL, NULL);

    printf ("L\t%s\t%.1f\t%.1f\t%.1f\t%.1f\t%.4f\t%d\t%.1f\t%u", path,
        line->x, line->y, line->width, line->height, line->tilt,
        line->light, reading->confidence, reading->n_characters);
    for (j = 0; j < LINE_N_FEATURES; j++)
      printf ("\t%.4f", line->features[j]);
    printf ("\t");
    for (j = 0; j < reading->words->len; j++)
      printf ("%s%s", j ? " " : "",
          ((ReadWord *) g_ptr_array_index (reading->words, j))->text);
    printf ("\n");
  }
}

static gboolean whole, twice, leptonica, as_lines;
static gchar *languages, *boxes_file, *tessdata;

static const GOptionEntry options[] = {
  {"whole", 0, 0, G_OPTION_ARG_NONE, &whole, "Tesseract alone, --psm 11",
      NULL},
  {"twice", 0, 0, G_OPTION_ARG_NONE, &twice, "Twice as large", NULL},
  {"leptonica", 0, 0, G_OPTION_ARG_NONE, &leptonica,
      "Tesseract on pixExtractTextlines' lines", NULL},
  {"boxes", 0, 0, G_OPTION_ARG_FILENAME, &boxes_file,
      "Tesseract on the lines of a file", "FILE"},
  {"lines", 0, 0, G_OPTION_ARG_NONE, &as_lines, "All candidates", NULL},
  {"languages", 0, 0, G_OPTION_ARG_STRING, &languages, "kor+eng", "CODES"},
  {"tessdata", 0, 0, G_OPTION_ARG_FILENAME, &tessdata,
      "Folder of the models", "DIR"},
  {NULL}
};

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("LIST");
  g_autoptr (Recognizer) recognizer = NULL;
  g_autoptr (LineReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree gchar *list = NULL;
  g_autofree gchar *boxes_text = NULL;
  g_auto (GStrv) paths = NULL, boxes = NULL;
  TessBaseAPI *engine = NULL;
  guint i;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2
      || !g_file_get_contents (argv[1], &list, NULL, &error)) {
    fprintf (stderr, "%s\n", error ? error->message : "No LIST is given");
    return 1;
  }
  if (!languages)
    languages = g_strdup ("kor+eng");
  if (boxes_file
      && !g_file_get_contents (boxes_file, &boxes_text, NULL, &error)) {
    fprintf (stderr, "%s\n", error->message);
    return 1;
  }
  boxes = g_strsplit (boxes_text ? boxes_text : "", "\n", -1);
  if (whole || leptonica || boxes_file) {
    engine = TessBaseAPICreate ();
    if (TessBaseAPIInit2 (engine, tessdata, languages, OEM_LSTM_ONLY) != 0)
      return 1;
    TessBaseAPISetVariable (engine, "debug_file", "/dev/null");
    TessBaseAPISetPageSegMode (engine,
        whole ? PSM_SPARSE_TEXT : PSM_SINGLE_LINE);
  } else if (as_lines) {
    reader = line_reader_new (languages, tessdata, &error);
  } else {
    recognizer = tesseract_recognizer_new (languages, tessdata, &error);
  }
  if (error) {
    fprintf (stderr, "%s\n", error->message);
    return 1;
  }

  paths = g_strsplit (g_strstrip (list), "\n", -1);
  for (i = 0; paths[i]; i++) {
    g_autoptr (GrayPicture) picture = picture_load (paths[i]);
    gdouble start;

    if (!picture) {
      fprintf (stderr, "%s is no picture\n", paths[i]);
      return 1;
    }
    start = cpu_milliseconds ();
    if (whole && twice)
      read_twice_as_large (engine, paths[i], picture);
    else if (whole)
      read_whole (engine, paths[i], picture, 0, 0);
    else if (leptonica)
      read_leptonica_lines (engine, paths[i], picture);
    else if (boxes_file)
      read_listed_boxes (engine, paths[i], picture, boxes);
    else if (as_lines)
      print_lines (reader, paths[i], picture);
    else
      read_by_lines (recognizer, paths[i], picture);
    printf ("T\t%s\t%.1f\n", paths[i], cpu_milliseconds () - start);
  }
  if (engine)
    TessBaseAPIDelete (engine);
  return 0;
}
