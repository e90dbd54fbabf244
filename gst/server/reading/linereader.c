/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/linereader.h"

#include <math.h>

#include "reading/languages.h"
#include "reading/linesense.h"
#include "reading/mixedwords.h"
#include "reading/readingmerge.h"
#include "reading/spelling.h"

/* The first crop, and the ones that are tried when it reads badly: letters without
 * the ground beyond their outline, or as they are where they have none; as they
 * are; larger on a softer background; without the ground once more, where the same
 * letters at another size are misread otherwise; with the surroundings blanked. */
static const LineCropStyle crop_styles[] = {
  { .text_height = 40, .padding = 0.1, .padding_across = 0.2, .backdrop = 0.95,
        .outlined = TRUE},
  { .text_height = 40, .padding = 0.1, .padding_across = 0.2, .backdrop = 0.95,
        .is_second = TRUE},
  { .text_height = 48, .padding = 0.2, .padding_across = 0.3, .backdrop = 0.65},
  { .text_height = 52, .padding = 0.1, .padding_across = 0.2, .outlined = TRUE},
  { .text_height = 36, .padding = 0.15, .padding_across = 0.25, .backdrop = 0.9,
        .masked = TRUE},
};

/* And one more where a word was read that is in no dictionary. */
static const LineCropStyle spelling_styles[] = {
  { .text_height = 32, .padding = 0.1, .padding_across = 0.2, .outlined = TRUE},
};

/* A word that was read with this much says what is written, be it in a dictionary
 * or not: of 40 lines read again for such words none changed, and the misread ones
 * had at most 93. */
#define SPELT_CONFIDENCE 94
/* Lines that read above this are nearly all right. */
#define GOOD_CONFIDENCE 90
/* A line of which two crops say the same is right where no word of it was read with
 * less in one of them: of 45 none was mended by a third. */
#define AGREED_CONFIDENCE 88
/* A word that the script's model reads above this, all in Latin letters, the
 * other model reads the same: of 60 such lines none became better. */
#define SURE_CONFIDENCE 94
/* Log odds under which what was read is texture, and no crop betters it; but a line
 * that looks this much like text is not: the engine looks for the row's own edges in
 * a crop, and where it is wrong there it reads nothing of the clearest text, until it
 * is given a row or two of pixels more. */
#define HOPELESS_LOGIT -4
#define SURE_LINE_LOGIT 4
/* What is likelier texture than text, and is hopeless by the first model, the other
 * one reads no better where it is far more or fewer letters than there are marks, by
 * this share of these: of 500 such readings one of text changed. */
#define TEXTURE_LOGIT 0
#define UNLIKE_LETTERS 0.5
/* A few Latin letters must be surer than other text, when all crops were tried: in
 * 650 drawn frames seven of nine phantoms were such, with log odds of -0.7 to 0.5,
 * which none of 190 texts as short had. */
#define SHORT_LATIN_WEIGHT 1.4
/* What the crops are taken for: Tesseract guesses when it is not told. */
#define DOTS_PER_INCH 300

struct _LineReader
{
  gboolean columns;
  Languages languages;
};

static void
prepare (TessBaseAPI * engine)
{
  TessBaseAPISetPageSegMode (engine, PSM_SINGLE_LINE);
  /* Crops are black on white already. */
  TessBaseAPISetVariable (engine, "tessedit_do_invert", "0");
  /* Else blanks are put between Hangul syllables that stand apart. */
  TessBaseAPISetVariable (engine, "preserve_interword_spaces", "1");
  /* It would look for type of one width, letter by letter, which tells the engine
   * of lines nothing: 1,500 lines read the same without. */
  TessBaseAPISetVariable (engine, "textord_all_prop", "1");
}

LineReader *
line_reader_new (const gchar * languages, const gchar * tessdata,
    GError ** error)
{
  LineReader *self = g_new0 (LineReader, 1);

  if (!languages_open (&self->languages, languages, tessdata, error)) {
    g_free (self);
    return NULL;
  }
  prepare (self->languages.engine);
  if (self->languages.second)
    prepare (self->languages.second);
  return self;
}

void
line_reader_free (LineReader * self)
{
  if (!self)
    return;
  languages_close (&self->languages);
  g_free (self);
}

gboolean
line_reader_has_columns (LineReader * self)
{
  return languages_get_columns (&self->languages) != NULL;
}

void
line_reader_set_columns (LineReader * self, gboolean columns)
{
  self->columns = columns;
}

/* Asked before each word. */
static bool
is_cancelled (void *cancellable, int n_words)
{
  return g_cancellable_is_cancelled (cancellable);
}

static gboolean
run_engine (TessBaseAPI * engine, GCancellable * cancellable, GError ** error)
{
  ETEXT_DESC *monitor = TessMonitorCreate ();
  gint status;

  TessMonitorSetCancelFunc (monitor, is_cancelled);
  TessMonitorSetCancelThis (monitor, cancellable);
  status = TessBaseAPIRecognize (engine, monitor);
  TessMonitorDelete (monitor);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (status != 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
        "Tesseract failed to read a line");
  return status == 0;
}

static LineReading *
recognize (TessBaseAPI * engine, const LineCrop * crop,
    GCancellable * cancellable, GError ** error)
{
  LineReading *reading = NULL;

  TessBaseAPISetImage (engine, crop->pixels, crop->width, crop->height, 1,
      crop->width);
  TessBaseAPISetSourceResolution (engine, DOTS_PER_INCH);
  if (run_engine (engine, cancellable, error))
    reading = line_reading_new (engine);
  TessBaseAPIClear (engine);
  return reading;
}

/* A column stands upright before its reader. */
static LineReading *
recognize_column (TessBaseAPI * engine, const LineCrop * crop,
    GCancellable * cancellable, GError ** error)
{
  g_autofree guint8 *pixels =
      g_malloc ((gsize) crop->width * crop->height);
  LineCrop upright = { .width = crop->height, .height = crop->width,
    .pixels = pixels
  };
  LineReading *reading;
  gint u, v;

  for (v = 0; v < crop->height; v++)
    for (u = 0; u < crop->width; u++)
      pixels[(gsize) u * crop->height + crop->height - 1 - v] =
          crop->pixels[(gsize) v * crop->width + u];
  TessBaseAPISetPageSegMode (engine, PSM_SINGLE_BLOCK_VERT_TEXT);
  reading = recognize (engine, &upright, cancellable, error);
  if (reading)
    line_reading_join (reading, 0, crop->width);
  return reading;
}

/* Has what is of another script in the words of @reading read by itself. */
static gboolean
read_mixed_words (LineReader *self, LineReading *reading, const LineCrop *crop,
    GCancellable *cancellable, GError **error)
{
  TessBaseAPI *engine = self->languages.second;
  g_autoptr (GArray) stretches
      = mixed_words_find (reading, self->languages.script);
  guint i;

  for (i = stretches->len; i > 0; i--) {
    const ForeignStretch *stretch
        = &g_array_index (stretches, ForeignStretch, i - 1);
    gint left = CLAMP ((gint)stretch->left, 0, crop->width);
    gint width = CLAMP ((gint)stretch->right - left, 0, crop->width - left);
    LineCrop part = { 0 };
    g_autoptr (LineReading) other = NULL;

    if (width == 0)
      continue;
    line_crop_cut (crop, left, width, &part);
    other = recognize (engine, &part, cancellable, error);
    line_crop_clear (&part);
    if (!other)
      return FALSE;
    mixed_words_replace (reading, stretch, other);
  }
  return TRUE;
}

static gboolean
is_texture (const LineReading *reading, const TextLine *line)
{
  gdouble n_odd = fabs ((gdouble)reading->n_characters - line->n_glyphs);

  return line->logit < TEXTURE_LOGIT
         && line_reading_prospect (reading, line) <= HOPELESS_LOGIT
         && n_odd > MAX (1, UNLIKE_LETTERS * line->n_glyphs);
}

static LineReading *
read_crop (LineReader * self, const LineCrop * crop, const TextLine * line,
    GCancellable * cancellable, GError ** error)
{
  Languages *languages = &self->languages;
  g_autoptr (LineReading) reading = NULL;

  if (self->columns) {
    reading = recognize_column (languages_get_columns (&self->languages), crop,
        cancellable, error);
    if (!reading)
      return NULL;
    line_reading_finish (reading, crop, line);
    return g_steal_pointer (&reading);
  }
  reading = recognize (languages->engine, crop, cancellable, error);
  if (!reading)
    return NULL;
  if (languages->second
      && !read_mixed_words (self, reading, crop, cancellable, error))
    return NULL;
  if (languages->second && !is_texture (reading, line)
      && line_reading_has_foreign_words (reading, languages->script,
          SURE_CONFIDENCE)) {
    g_autoptr (LineReading) other =
        recognize (languages->second, crop, cancellable, error);

    if (!other)
      return NULL;
    line_reading_improve (reading, other, languages->script);
  }
  line_reading_finish (reading, crop, line);
  return g_steal_pointer (&reading);
}

static gboolean
has_misspelt_word (const LineReading *reading)
{
  guint i;

  for (i = 0; i < reading->words->len; i++) {
    const ReadWord *word = g_ptr_array_index (reading->words, i);

    if (word->confidence < SPELT_CONFIDENCE && spelling_rejects (word->text))
      return TRUE;
  }
  return FALSE;
}

/* At one line. */
typedef struct
{
  LineReader *reader;
  const ColourPlanes *planes;
  const TextLine *line;
  LineReading *best;
  GPtrArray *others;            /* of LineReading: the rest */
  gboolean is_plain;            /* one had the letters as they are */
  gboolean is_borne_out;        /* the last one says the same as the best */
} Attempts;

/* Do both say the same, letter by letter, and one of them surely, word by word? */
static gboolean
agree (const LineReading *a, const LineReading *b)
{
  gdouble least_a = 100, least_b = 100;
  guint i;

  if (a->words->len != b->words->len || a->n_characters < 2)
    return FALSE;
  for (i = 0; i < a->words->len; i++) {
    const ReadWord *x = g_ptr_array_index (a->words, i);
    const ReadWord *y = g_ptr_array_index (b->words, i);

    if (!g_str_equal (x->text, y->text))
      return FALSE;
    least_a = MIN (least_a, x->confidence);
    least_b = MIN (least_b, y->confidence);
  }
  return MAX (least_a, least_b) >= AGREED_CONFIDENCE;
}

/* Whatever its confidence. */
static gboolean
is_odd (const LineReading * reading)
{
  return line_sense_has_split_number (reading)
         || line_sense_has_odd_figure (reading) || has_misspelt_word (reading);
}

/* FALSE with @error. */
static gboolean
try_crop (Attempts * self, const LineCropStyle * style,
    GCancellable * cancellable, GError ** error)
{
  g_auto (LineCrop) crop = { 0 };
  LineReading *reading;

  if (style->is_second && self->is_plain)
    return TRUE;
  if (!line_crop_init (&crop, self->planes, self->line, style))
    return TRUE;
  reading = read_crop (self->reader, &crop, self->line, cancellable, error);
  if (!reading)
    return FALSE;
  reading->lacks_marks = style->masked;
  self->is_plain |= !crop.is_outlined;
  /* The eyes of 60 are as two letters in an outline. */
  if (crop.is_outlined && reading->n_characters == 0) {
    line_reading_free (reading);
    return TRUE;
  }
  self->is_borne_out
      = self->best && agree (reading, self->best) && !is_odd (reading);
  if (!self->best || line_reading_is_better (reading, self->best)) {
    LineReading *worse = self->best;

    self->best = reading;
    reading = worse;
  }
  if (reading)
    g_ptr_array_add (self->others, reading);
  return TRUE;
}

static gboolean
is_unsure (const LineReading *reading)
{
  return reading->confidence < GOOD_CONFIDENCE || is_odd (reading);
}

/* Would another crop tell more? Not of what two say, nor of texture, nor where
 * nothing is in doubt. */
static gboolean
is_open (const Attempts *self,
    gboolean (*is_in_doubt) (const LineReading *reading))
{
  if (!self->best)
    return TRUE;
  return !self->is_borne_out
         && (self->best->logit > HOPELESS_LOGIT
             || self->line->logit >= SURE_LINE_LOGIT)
         && is_in_doubt (self->best);
}

/* As many of @styles as it takes, and what else they read for the best. */
static gboolean
try_crops (Attempts * self, const LineCropStyle * styles, guint n_styles,
    gboolean (*is_in_doubt) (const LineReading * reading),
    GCancellable * cancellable, GError ** error)
{
  guint first = self->others->len, i;

  for (i = 0; i < n_styles && is_open (self, is_in_doubt); i++)
    if (!try_crop (self, &styles[i], cancellable, error))
      return FALSE;
  for (i = first; !self->reader->columns && i < self->others->len; i++) {
    const LineReading *other = g_ptr_array_index (self->others, i);

    reading_merge (self->best, other, self->line->tilt);
    if (self->best->lacks_marks && !other->lacks_marks)
      reading_take_marks (self->best, other, self->line->tilt);
  }
  return TRUE;
}

LineReading *
line_reader_read (LineReader * self, const ColourPlanes * planes,
    const TextLine * line, GCancellable * cancellable, GError ** error)
{
  g_autoptr (GPtrArray) others
      = g_ptr_array_new_with_free_func ((GDestroyNotify)line_reading_free);
  Attempts attempts = { self, planes, line, NULL, others, FALSE, FALSE };
  g_autoptr (LineReading) best = NULL;
  gboolean is_read = try_crops (&attempts, crop_styles,
      G_N_ELEMENTS (crop_styles), is_unsure, cancellable, error)
      && try_crops (&attempts, spelling_styles, G_N_ELEMENTS (spelling_styles),
      has_misspelt_word, cancellable, error);

  best = attempts.best;
  if (!is_read)
    return NULL;
  line_sense_drop_doubtful_letters (best);
  if (line_sense_is_texture (best))
    best->logit = -G_MAXDOUBLE;
  if (line_sense_is_short_latin (best))
    best->logit -= SHORT_LATIN_WEIGHT;
  best->logit -= best->unlikeness;
  return g_steal_pointer (&best);
}
