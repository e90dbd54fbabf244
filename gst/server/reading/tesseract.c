/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tesseract.h"

#include <dlfcn.h>
#include <gio/gio.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>

#include "linefinder.h"
#include "linereader.h"
#include "pagewords.h"

/* Above this the others of the same text need not be read. */
#define SURE_CONFIDENCE 80
/* More lines than a frame that can be read holds: the API allows 100 words. */
#define MAX_READINGS 160
/* Candidates are read from the likeliest on: after as many in a row that were
 * none, the rest are texture. */
#define MAX_FAILURES 24

typedef struct
{
  Recognizer parent;
  LineReader *reader;
  locale_t numbers;
} TesseractRecognizer;

/* Is there another find of @i's text that makes reading it needless? On the
 * first round a likelier one that is about to be read, on the second one that
 * read well. */
static gboolean
is_covered (GArray * candidates, guint i, guint round)
{
  Candidate *own = candidate_at (candidates, i);
  guint j, end = round == 1 ? i : candidates->len;

  for (j = 0; j < end; j++) {
    Candidate *other = candidate_at (candidates, j);

    if (j != i && other->reading
        && (round == 1 || other->reading->confidence >= SURE_CONFIDENCE)
        && kocr_text_line_overlap (own->line, other->line) > CANDIDATE_MAX_OVERLAP)
      return TRUE;
  }
  return FALSE;
}

/* The words of @i that stay whatever is read after it: it reads so well that
 * no other find of its text will be read, and none has been. */
static guint
count_sure_words (GArray * candidates, guint i)
{
  Candidate *own = candidate_at (candidates, i);
  guint j;

  if (own->reading->logit < CANDIDATE_MIN_LOGIT
      || own->reading->confidence < SURE_CONFIDENCE)
    return 0;
  for (j = 0; j < candidates->len; j++) {
    Candidate *other = candidate_at (candidates, j);

    if (j != i && other->reading
        && kocr_text_line_overlap (own->line, other->line) >= CANDIDATE_MAX_OVERLAP)
      return 0;
  }
  return own->reading->words->len;
}

/* NULL with @error. Ends when there are surely more than @max_words. */
static GArray *
read_lines (TesseractRecognizer * self, const ColourPlanes * planes,
    const GPtrArray * lines, guint max_words, GCancellable * cancellable,
    GError ** error)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, TRUE, sizeof (Candidate));
  guint round, i, n_read = 0, n_failed, n_words = 0;

  g_array_set_clear_func (candidates, (GDestroyNotify) candidate_clear);
  for (i = 0; i < lines->len; i++) {
    Candidate candidate = { g_ptr_array_index (lines, i), NULL };

    if (candidate.line->n_glyphs >= LINE_FINDER_SHORT_GLYPHS
        || candidate.line->logit >= LINE_FINDER_MIN_LOGIT_SHORT)
      g_array_append_val (candidates, candidate);
  }
  for (round = 1; round <= 2; round++)
    for (i = 0, n_failed = 0; i < candidates->len && n_read < MAX_READINGS
        && n_failed < MAX_FAILURES; i++) {
      Candidate *candidate = candidate_at (candidates, i);

      if (candidate->reading || is_covered (candidates, i, round))
        continue;
      candidate->reading = line_reader_read (self->reader, planes,
          candidate->line, cancellable, error);
      if (!candidate->reading)
        return NULL;
      n_words += count_sure_words (candidates, i);
      if (max_words > 0 && n_words > max_words)
        return g_steal_pointer (&candidates);
      n_read++;
      n_failed = candidate->reading->logit < CANDIDATE_MIN_LOGIT ? n_failed + 1 : 0;
    }
  return g_steal_pointer (&candidates);
}

/* Tesseract asks OpenMP for four threads a line, which costs more than it
 * gains and takes the cores from the other jobs. OMP_THREAD_LIMIT=1 must be
 * in the environment before the process starts; this holds for the calling
 * thread, whichever OpenMP library Tesseract brought along, if any. */
static void
forbid_parallel_regions (void)
{
  void (*set_max_active_levels) (int) =
      (void (*)(int)) dlsym (RTLD_DEFAULT, "omp_set_max_active_levels");

  if (set_max_active_levels)
    set_max_active_levels (0);
}

static gboolean
is_cancelled (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

static GPtrArray *
tesseract_recognizer_read (Recognizer * recognizer,
    const GrayPicture * picture, guint max_words, GCancellable * cancellable,
    GError ** error)
{
  TesseractRecognizer *self = (TesseractRecognizer *) recognizer;
  g_auto (ColourPlanes) planes = { 0 };
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GArray) candidates = NULL;
  LineSearch search = {.min_logit = LINE_FINDER_MIN_LOGIT,
    .is_cancelled = is_cancelled,.user_data = cancellable
  };
  locale_t before;

  if (picture->width < 1 || picture->height < 1) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        "The picture has no pixels");
    return NULL;
  }
  forbid_parallel_regions ();
  before = uselocale (self->numbers);
  colour_planes_init (&planes, picture);
  lines = colour_planes_find (&planes, &search);
  if (lines)
    candidates = read_lines (self, &planes, lines, max_words, cancellable,
        error);
  else
    g_cancellable_set_error_if_cancelled (cancellable, error);
  uselocale (before);
  if (!candidates)
    return NULL;
  return page_words_collect (candidates);
}

static void
tesseract_recognizer_free (Recognizer * recognizer)
{
  TesseractRecognizer *self = (TesseractRecognizer *) recognizer;

  line_reader_free (self->reader);
  freelocale (self->numbers);
  g_free (self);
}

static const RecognizerClass tesseract_recognizer_class = {
  .read = tesseract_recognizer_read,
  .free = tesseract_recognizer_free,
};

Recognizer *
tesseract_recognizer_new (const gchar * languages, const gchar * tessdata,
    GError ** error)
{
  /* Tesseract and its models write numbers with a point. */
  locale_t numbers = newlocale (LC_ALL_MASK, "C", (locale_t) 0);
  locale_t before = uselocale (numbers);
  LineReader *reader = line_reader_new (languages, tessdata, error);
  TesseractRecognizer *self;

  uselocale (before);
  if (!reader) {
    freelocale (numbers);
    return NULL;
  }
  self = g_new0 (TesseractRecognizer, 1);
  self->parent.klass = &tesseract_recognizer_class;
  self->reader = reader;
  self->numbers = numbers;
  return &self->parent;
}
