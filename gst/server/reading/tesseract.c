/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tesseract.h"

#include <dlfcn.h>
#include <gio/gio.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>

#include "linefinder.h"
#include "linereader.h"

/* Log odds from which a reading is taken for text: a likelihood of 0.3, where
 * a word missed and a word invented weigh the same. */
#define MIN_LOGIT -0.85
/* Lines that share more than this are finds of the same text. */
#define MAX_OVERLAP 0.5
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

typedef struct
{
  const TextLine *line;
  LineReading *reading;         /* NULL: not read */
} Candidate;

static void
candidate_clear (Candidate * candidate)
{
  g_clear_pointer (&candidate->reading, line_reading_free);
}

static Candidate *
candidate_at (GArray * candidates, guint i)
{
  return &g_array_index (candidates, Candidate, i);
}

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
        && kocr_text_line_overlap (own->line, other->line) > MAX_OVERLAP)
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

  if (own->reading->logit < MIN_LOGIT
      || own->reading->confidence < SURE_CONFIDENCE)
    return 0;
  for (j = 0; j < candidates->len; j++) {
    Candidate *other = candidate_at (candidates, j);

    if (j != i && other->reading
        && kocr_text_line_overlap (own->line, other->line) >= MAX_OVERLAP)
      return 0;
  }
  return own->reading->words->len;
}

/* NULL with @error. Ends when there are surely more than @max_words. */
static GArray *
read_lines (TesseractRecognizer * self, const Pyramid * pyramid,
    const GPtrArray * lines, guint max_words, GCancellable * cancellable,
    GError ** error)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, TRUE, sizeof (Candidate));
  guint round, i, n_read = 0, n_failed, n_words = 0;

  g_array_set_clear_func (candidates, (GDestroyNotify) candidate_clear);
  for (i = 0; i < lines->len; i++) {
    Candidate candidate = { g_ptr_array_index (lines, i), NULL };

    g_array_append_val (candidates, candidate);
  }
  for (round = 1; round <= 2; round++)
    for (i = 0, n_failed = 0; i < candidates->len && n_read < MAX_READINGS
        && n_failed < MAX_FAILURES; i++) {
      Candidate *candidate = candidate_at (candidates, i);

      if (candidate->reading || is_covered (candidates, i, round))
        continue;
      candidate->reading = line_reader_read (self->reader, pyramid,
          candidate->line, cancellable, error);
      if (!candidate->reading)
        return NULL;
      n_words += count_sure_words (candidates, i);
      if (max_words > 0 && n_words > max_words)
        return g_steal_pointer (&candidates);
      n_read++;
      n_failed = candidate->reading->logit < MIN_LOGIT ? n_failed + 1 : 0;
    }
  return g_steal_pointer (&candidates);
}

static gdouble
worth (const LineReading * reading)
{
  return (reading->confidence - 40) * sqrt (reading->n_characters);
}

/* Of overlapping lines the one that reads best stays. */
static void
suppress (GArray * candidates)
{
  guint i, j;

  for (i = 0; i < candidates->len; i++)
    for (j = i + 1; j < candidates->len; j++) {
      Candidate *a = candidate_at (candidates, i);
      Candidate *b = candidate_at (candidates, j);

      if (!a->reading || !b->reading
          || kocr_text_line_overlap (a->line, b->line) < MAX_OVERLAP)
        continue;
      candidate_clear (worth (a->reading) >= worth (b->reading) ? b : a);
    }
}

/* A line where it stands when the page is turned upright. */
typedef struct
{
  const Candidate *candidate;
  gdouble along, across, height;
} PlacedLine;

static gint
compare_across (gconstpointer a, gconstpointer b)
{
  const PlacedLine *upper = a, *lower = b;

  return (upper->across > lower->across) - (upper->across < lower->across);
}

static gint
compare_along (gconstpointer a, gconstpointer b)
{
  const PlacedLine *left = a, *right = b;

  return (left->along > right->along) - (left->along < right->along);
}

static gint
compare_tilt (gconstpointer a, gconstpointer b)
{
  const Candidate *const *left = a, *const *right = b;
  gdouble x = (*left)->line->tilt, y = (*right)->line->tilt;

  return (x > y) - (x < y);
}

/* Returns (transfer full) an array of PlacedLine in reading order: from top
 * to bottom as most of the lines are tilted, and lines that stand beside each
 * other from left to right. */
static GArray *
order_lines (GPtrArray * kept)
{
  GArray *placed = g_array_new (FALSE, FALSE, sizeof (PlacedLine));
  gdouble tilt, c, s;
  guint i, row, end;

  if (kept->len == 0)
    return placed;
  g_ptr_array_sort (kept, compare_tilt);
  tilt = ((Candidate *) g_ptr_array_index (kept, kept->len / 2))->line->tilt;
  c = cos (tilt);
  s = sin (tilt);
  for (i = 0; i < kept->len; i++) {
    const Candidate *candidate = g_ptr_array_index (kept, i);
    const TextLine *line = candidate->line;
    PlacedLine at = { candidate, line->x * c + line->y * s,
      line->y * c - line->x * s, line->height
    };

    g_array_append_val (placed, at);
  }
  g_array_sort (placed, compare_across);
  for (row = 0; row < placed->len; row = end) {
    PlacedLine *first = &g_array_index (placed, PlacedLine, row);

    for (end = row + 1; end < placed->len; end++) {
      PlacedLine *next = &g_array_index (placed, PlacedLine, end);

      if (next->across - first->across > MIN (first->height, next->height) / 2)
        break;
    }
    qsort (first, end - row, sizeof *first, compare_along);
  }
  return placed;
}

static GPtrArray *
collect_words (GArray * candidates)
{
  GPtrArray *words =
      g_ptr_array_new_with_free_func ((GDestroyNotify) recognized_word_free);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_autoptr (GArray) ordered = NULL;
  guint i, j;

  for (i = 0; i < candidates->len; i++) {
    Candidate *candidate = candidate_at (candidates, i);

    if (candidate->reading && candidate->reading->logit >= MIN_LOGIT)
      g_ptr_array_add (kept, candidate);
  }
  ordered = order_lines (kept);
  for (i = 0; i < ordered->len; i++) {
    const LineReading *reading =
        g_array_index (ordered, PlacedLine, i).candidate->reading;

    for (j = 0; j < reading->words->len; j++) {
      const ReadWord *word = g_ptr_array_index (reading->words, j);

      g_ptr_array_add (words, recognized_word_new (word->text, word->box));
    }
  }
  return words;
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
  g_auto (Pyramid) pyramid = { 0 };
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
  kocr_pyramid_init (&pyramid, picture);
  lines = kocr_line_finder_find (&pyramid, &search);
  if (lines)
    candidates = read_lines (self, &pyramid, lines, max_words, cancellable,
        error);
  else
    g_cancellable_set_error_if_cancelled (cancellable, error);
  uselocale (before);
  if (!candidates)
    return NULL;
  suppress (candidates);
  return collect_words (candidates);
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
tesseract_recognizer_new (const gchar * languages, GError ** error)
{
  /* Tesseract and its models write numbers with a point. */
  locale_t numbers = newlocale (LC_ALL_MASK, "C", (locale_t) 0);
  locale_t before = uselocale (numbers);
  LineReader *reader = line_reader_new (languages, error);
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
