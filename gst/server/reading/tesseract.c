/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/tesseract.h"

#include <gio/gio.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "linefinder.h"
#include "reading/linesense.h"
#include "reading/pagelines.h"
#include "reading/parallelregions.h"
#include "reading/standingwords.h"
#include "textfinder.h"
#include "turnedpicture.h"

/* Pixels from the left or right of a picture that are at its side. */
#define SIDE 2
/* Log odds that a letter that stands alone must have. */
#define SINGLE_MIN_LOGIT 0.0
/* Candidates are read from the likeliest on: after as many in a row that were
 * none, the rest are texture. */
#define MAX_FAILURES 24

/* A picture of less, upright, is read turned as well: hardly any text, by the
 * sum of its characters' confidence beyond 40 ... */
#define UPRIGHT_MIN_WORTH 1
/* ... and turned it must say more than texture is read as. */
#define TURNED_MIN_WORTH 150
/* Syllables one above the other are taken for a column that is worth this share
 * of them. */
#define STACKED_SHARE 0.7
/* Whether a turned picture is worth reading is seen on one so small: most
 * frames that have no text upright have none at all. */
#define TURNED_SEARCH_SIDE 640
#define TURNED_SEARCH_LEVELS 3
#define TURNED_MIN_SCORE 1.0
#define TURNED_MAX_FAILURES 5
/* How many of the ways are for columns, for what stands, and for all. */
#define COLUMN_WAYS 1
#define STANDING_WAYS 3
#define ALL_WAYS 6
/* Beside text that runs, so many lines that stand are looked at, the longest
 * first. They are less likely to be, and turned they must say more. */
#define MAX_STANDING 2
#define STANDING_MIN_LOGIT 0.0
#define STANDING_MAX_FAILURES 2
#define STANDING_MIN_WORTH 300

typedef struct
{
  Recognizer parent;
  LineReader *reader;
  locale_t numbers;
} TesseractRecognizer;

typedef struct
{
  const GrayPicture *picture;
  PageLimits limits;
  GCancellable *cancellable;
  gboolean columns;             /* lines are columns turned to the left */
  gdouble min_logit;            /* of lines that are read */
  GArray *standing;             /* of StandingLine, what stands so is added */
} Page;

static gboolean
is_cancelled (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

/* The quad of a column that lay to the left starts at what was its lower left
 * corner. */
static void
stand_up (gdouble box[8])
{
  gdouble last[2] = { box[6], box[7] };

  memmove (box + 2, box, 6 * sizeof *box);
  memcpy (box, last, sizeof last);
}

static gboolean
is_at_side (const ReadWord * word, const GrayPicture * picture)
{
  return MIN (word->box[0], word->box[6]) < SIDE
      || MAX (word->box[2], word->box[4]) > picture->width - SIDE;
}

/* A letter alone, or with marks, is found in any texture: it must be likelier than
 * not. At the picture's side it is the piece of one that comes in or goes out, and
 * reads as any other. What is in doubt speaks against no other find of the same. */
static void
drop_doubtful_letters (GArray * candidates, const GrayPicture * picture)
{
  guint i;

  for (i = 0; i < candidates->len; i++) {
    Candidate *candidate = candidate_at (candidates, i);
    const LineReading *reading = candidate->reading;

    if (reading && reading->words->len == 1 && line_sense_is_single (reading)
        && (reading->logit < SINGLE_MIN_LOGIT
            || is_at_side (g_ptr_array_index (reading->words, 0), picture)))
      candidate_clear (candidate);
  }
}

/* What was read of a page. */
typedef struct
{
  GPtrArray *words;             /* of KocrAnswerWord */
  gdouble worth;
  guint n_unread;               /* lines, as Recognizer has them */
} PageText;

static void
page_text_clear (PageText *self)
{
  g_clear_pointer (&self->words, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PageText, page_text_clear)

/* FALSE with @error. */
static gboolean
read_page (TesseractRecognizer *self, const Page *page, PageText *text,
    GError **error)
{
  g_auto (ColourPlanes) planes = { 0 };
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GPtrArray) figures =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kocr_text_line_free);
  g_autoptr (GArray) candidates = NULL;
  LineSearch search = { .min_logit = page->min_logit,
    .is_cancelled = is_cancelled,
    .user_data = page->cancellable,
    .standing = page->standing,
    .figures = figures };

  colour_planes_init (&planes, page->picture);
  lines = colour_planes_find (&planes, &search);
  if (!lines) {
    g_cancellable_set_error_if_cancelled (page->cancellable, error);
    return FALSE;
  }
  line_reader_set_columns (self->reader, page->columns);
  candidates = page_lines_read (self->reader, &planes, lines, figures,
      &page->limits, page->cancellable, error);
  line_reader_set_columns (self->reader, FALSE);
  if (!candidates)
    return FALSE;
  drop_doubtful_letters (candidates, page->picture);
  text->n_unread = page_words_count_unread (candidates);
  text->words = page_words_collect (candidates);
  text->worth = page_words_worth (candidates);
  return TRUE;
}

/* Has @small, when it is turned, what looks like a line of text? */
static gboolean
is_promising (const GrayPicture * small, gdouble degrees,
    GCancellable * cancellable)
{
  KocrFindingOptions options = { .max_side = 2 * TURNED_SEARCH_SIDE,
    .levels = TURNED_SEARCH_LEVELS,
    .min_score = TURNED_MIN_SCORE,
    .is_cancelled = is_cancelled,
    .user_data = cancellable };
  g_auto (TurnedPicture) turned = { 0 };
  g_autoptr (GArray) lines = NULL;
  guint i;

  kocr_turned_picture_init (&turned, small, degrees);
  lines = kocr_text_finder_find (turned.picture.pixels, turned.picture.width,
      turned.picture.height, turned.picture.stride, &options);
  for (i = 0; lines && i < lines->len; i++)
    if (g_array_index (lines, KocrFoundLine, i).n_glyphs
        >= LINE_FINDER_SHORT_GLYPHS)
      return TRUE;
  return FALSE;
}

/* Are most words single characters, one above the other? */
static gboolean
are_stacked (const GPtrArray * words)
{
  guint i, n = 0;

  for (i = 0; i + 1 < words->len; i++) {
    const KocrAnswerWord *a = g_ptr_array_index (words, i);
    const KocrAnswerWord *b = g_ptr_array_index (words, i + 1);

    n += g_utf8_strlen (a->text, -1) == 1 && g_utf8_strlen (b->text, -1) == 1
        && MIN (a->box[2], b->box[2]) > MAX (a->box[0], b->box[0])
        && b->box[1] > (a->box[1] + a->box[5]) / 2;
  }
  return n >= 2 && 2 * n >= words->len - 1;
}

/* Brings the words of a turned page back to where they are in the picture. */
static void
turn_back (const PageText *text, const TurnedPicture *turned, gboolean columns)
{
  guint i;

  for (i = 0; i < text->words->len; i++) {
    gdouble *box = ((KocrAnswerWord *) g_ptr_array_index (text->words, i))->box;

    kocr_turned_picture_turn_back (turned, box);
    if (columns)
      stand_up (box);
  }
}

/* Text on its side, upside down, or that rises or falls more steeply than the
 * finder looks for; and columns of Hangul, which turned to the left are lines.
 * The best reading of all takes the place of @best, if it is worth more; FALSE
 * with @error. Which ways are worth reading is seen on @small; NULL: they are. */
static gboolean
read_turned (TesseractRecognizer *self, const Page *upright, guint n_ways,
    const GrayPicture *small, PageText *best, GError **error)
{
  static const struct
  {
    gdouble degrees;
    gboolean columns;
  } ways[ALL_WAYS] = {
    {-90, TRUE}, {-90, FALSE}, {90, FALSE}, {-38, FALSE}, {38, FALSE},
    {180, FALSE},
  };
  gboolean promising = TRUE;
  guint i;

  for (i = 0; i < n_ways; i++) {
    g_auto (TurnedPicture) turned = { 0 };
    g_auto (PageText) text = { 0 };
    Page page = *upright;

    if (small && (i == 0 || ways[i].degrees != ways[i - 1].degrees))
      promising = is_promising (small, ways[i].degrees, page.cancellable);
    if (!promising
        || (ways[i].columns && !line_reader_has_columns (self->reader)))
      continue;
    kocr_turned_picture_init (&turned, upright->picture, ways[i].degrees);
    page.picture = &turned.picture;
    page.columns = ways[i].columns;
    page.limits.max_failures
        = MIN (TURNED_MAX_FAILURES, upright->limits.max_failures);
    page.standing = NULL;
    if (!read_page (self, &page, &text, error))
      return FALSE;
    if (text.worth <= best->worth)
      continue;
    turn_back (&text, &turned, page.columns);
    page_text_clear (best);
    *best = text;
    text.words = NULL;
  }
  return TRUE;
}

/* Where hardly any text runs, or syllables were read one above the other, which
 * are nothing but columns. FALSE with @error. */
static gboolean
read_otherwise (TesseractRecognizer *self, const Page *page, PageText *text,
    GError **error)
{
  gboolean is_stacked = are_stacked (text->words);
  g_auto (PageText) turned
      = { .worth = MAX (TURNED_MIN_WORTH, text->worth * STACKED_SHARE) };
  g_auto (Pyramid) halved = { 0 };
  const PyramidLevel *level;
  GrayPicture small;

  if (text->worth >= UPRIGHT_MIN_WORTH && !is_stacked)
    return TRUE;
  kocr_pyramid_init_bounded (&halved, page->picture, TURNED_SEARCH_SIDE, 1);
  level = &halved.levels[halved.first];
  small = (GrayPicture) {
  level->width, level->height, level->stride, (guint8 *) level->pixels};
  if (!read_turned (self, page, is_stacked ? COLUMN_WAYS : ALL_WAYS, &small,
          &turned, error))
    return FALSE;
  if (turned.words) {
    page_text_clear (text);
    *text = turned;
    turned.words = NULL;
  }
  return TRUE;
}

/* Adds the words of what stands beside text that runs, unless these are too many
 * already. */
static gboolean
read_standing (TesseractRecognizer *self, const Page *page, GPtrArray *words,
    GError **error)
{
  guint i, n_read = 0;

  if (page->limits.max_words > 0 && words->len > page->limits.max_words)
    return TRUE;
  for (i = 0; i < page->standing->len && n_read < MAX_STANDING; i++) {
    const StandingLine *line
        = &g_array_index (page->standing, StandingLine, i);
    g_auto (PageText) found = { .worth = STANDING_MIN_WORTH };
    Page part = *page;
    GrayPicture picture;
    gint x, y;

    if (standing_words_are_read (words, line))
      continue;
    n_read++;
    picture = standing_words_part (page->picture, line, &x, &y);
    part.picture = &picture;
    part.limits.max_failures = STANDING_MAX_FAILURES;
    part.min_logit = STANDING_MIN_LOGIT;
    if (!read_turned (self, &part, STANDING_WAYS, NULL, &found, error))
      return FALSE;
    if (found.words)
      standing_words_add (words, found.words, line, x, y);
  }
  return TRUE;
}

static GPtrArray *
tesseract_recognizer_read (Recognizer * recognizer,
    const GrayPicture * picture, guint max_words, GCancellable * cancellable,
    GError ** error)
{
  TesseractRecognizer *self = (TesseractRecognizer *) recognizer;
  g_autoptr (GArray) standing
      = g_array_new (FALSE, FALSE, sizeof (StandingLine));
  Page page = { picture, { max_words, MAX_FAILURES }, cancellable, FALSE,
    LINE_FINDER_MIN_LOGIT, standing };
  g_auto (PageText) text = { 0 };
  gboolean is_read;
  locale_t before;

  if (picture->width < 1 || picture->height < 1) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
        "The picture has no pixels");
    return NULL;
  }
  parallel_regions_forbid ();
  before = uselocale (self->numbers);
  is_read = read_page (self, &page, &text, error)
            && (text.worth < UPRIGHT_MIN_WORTH
                || read_standing (self, &page, text.words, error))
            && read_otherwise (self, &page, &text, error);
  uselocale (before);
  if (!is_read)
    return NULL;
  recognizer->n_unread = text.n_unread;
  return g_steal_pointer (&text.words);
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
