/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "linereader.h"

#include <math.h>
#include <string.h>

#include "languages.h"
#include "linecrop.h"

/* The first crop, and the ones that are tried when it reads badly: larger on
 * a softer background, then with the surroundings blanked. Found by trying
 * heights of 24 to 60, paddings of 0 to 0.5 and backdrops of 0.5 to 1. */
static const LineCropStyle crop_styles[] = {
  {.text_height = 36,.padding = 0.1,.backdrop = 0.95},
  {.text_height = 48,.padding = 0.2,.backdrop = 0.65},
  {.text_height = 36,.padding = 0.15,.backdrop = 0.9,.masked = TRUE},
};

/* Lines that read above this are nearly all right. */
#define GOOD_CONFIDENCE 90
/* Log odds under which what was read is texture, and no crop betters it. */
#define HOPELESS_LOGIT -4

struct _LineReader
{
  TessBaseAPI *engine;
};

LineReader *
line_reader_new (const gchar * languages, GError ** error)
{
  TessBaseAPI *engine = languages_open_engine (languages, error);
  LineReader *self;

  if (!engine)
    return NULL;
  TessBaseAPISetPageSegMode (engine, PSM_SINGLE_LINE);
  /* Crops are black on white already. */
  TessBaseAPISetVariable (engine, "tessedit_do_invert", "0");
  /* Else blanks are put between Hangul syllables that stand apart. */
  TessBaseAPISetVariable (engine, "preserve_interword_spaces", "1");
  self = g_new0 (LineReader, 1);
  self->engine = engine;
  return self;
}

void
line_reader_free (LineReader * self)
{
  if (!self)
    return;
  TessBaseAPIEnd (self->engine);
  TessBaseAPIDelete (self->engine);
  g_free (self);
}

static void
read_word_free (ReadWord * word)
{
  g_free (word->text);
  g_free (word);
}

static LineReading *
line_reading_new (void)
{
  LineReading *self = g_new0 (LineReading, 1);

  self->words =
    g_ptr_array_new_with_free_func ((GDestroyNotify) read_word_free);
  return self;
}

void
line_reading_free (LineReading * self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->words);
  g_free (self);
}

/* Adds a piece that Tesseract sees as a word. It parts Hangul that has no
 * blank between: then the piece goes on with the word before. */
static void
add_piece (LineReading * self, const gchar * text, gdouble confidence,
	   const gdouble box[8], gboolean starts_word)
{
  guint n = g_utf8_strlen (text, -1);
  ReadWord *word;

  if (starts_word || self->words->len == 0)
    {
      word = g_new0 (ReadWord, 1);
      word->text = g_strdup (text);
      memcpy (word->box, box, sizeof word->box);
      word->confidence = confidence;
      word->n_characters = n;
      g_ptr_array_add (self->words, word);
    }
  else
    {
      gchar *joined;

      word = g_ptr_array_index (self->words, self->words->len - 1);
      joined = g_strconcat (word->text, text, NULL);
      g_free (word->text);
      word->text = joined;
      memcpy (word->box + 2, box + 2, 4 * sizeof *box);
      word->confidence = (word->confidence * word->n_characters
			  + confidence * n) / (word->n_characters + n);
      word->n_characters += n;
    }
  self->confidence = (self->confidence * self->n_characters + confidence * n)
    / (self->n_characters + n);
  self->n_characters += n;
}

/* Moves @rest, what follows in the line's text, past the piece. Returns
 * whether a blank was before it. */
static gboolean
skip_piece (const gchar ** rest, const gchar * piece)
{
  gboolean blank = **rest == ' ';

  while (**rest == ' ')
    (*rest)++;
  if (!g_str_has_prefix (*rest, piece))
    return TRUE;
  *rest += strlen (piece);
  return blank;
}

static void
collect_words (TessResultIterator * results, const LineCrop * crop,
	       LineReading * reading)
{
  const TessPageIterator *page =
    TessResultIteratorGetPageIteratorConst (results);
  gchar *line = NULL, *piece;
  const gchar *rest = "";
  gint left, top, right, bottom;
  gdouble box[8];

  do
    {
      if (TessPageIteratorIsAtBeginningOf (page, RIL_TEXTLINE))
	{
	  TessDeleteText (line);
	  line = TessResultIteratorGetUTF8Text (results, RIL_TEXTLINE);
	  rest = line ? line : "";
	}
      piece = TessResultIteratorGetUTF8Text (results, RIL_WORD);
      if (piece && *piece && g_utf8_validate (piece, -1, NULL)
	  && TessPageIteratorBoundingBox (page, RIL_WORD, &left, &top, &right,
					  &bottom))
	{
	  gboolean starts_word = skip_piece (&rest, piece);

	  /* Upper and lower edges are the finder's: Tesseract's follow the
	   * letters of each word. */
	  line_crop_quad (crop, left, right, box);
	  add_piece (reading, piece,
		     TessResultIteratorConfidence (results, RIL_WORD), box,
		     starts_word);
	}
      TessDeleteText (piece);
    }
  while (TessResultIteratorNext (results, RIL_WORD));
  TessDeleteText (line);
}

/* Logistic regression of "this is what is written there" on the confidence,
 * the number of characters and what the finder made of the line, fitted by
 * tests/recognition/fit.py to the tuning seed. */
static gdouble
judge (const LineReading * self, const TextLine * line)
{
  if (self->n_characters == 0)
    return -G_MAXDOUBLE;
  return -12.90 + 0.1329 * self->confidence + 1.91 * log (self->n_characters)
    + 0.405 * CLAMP (line->logit, -8, 8);
}

static LineReading *
read_crop (LineReader * self, const Pyramid * pyramid, const TextLine * line,
	   const LineCropStyle * style)
{
  LineReading *reading = line_reading_new ();
  g_auto (LineCrop) crop = { 0 };

  line_crop_init (&crop, pyramid, line, style);
  TessBaseAPISetImage (self->engine, crop.pixels, crop.width, crop.height, 1,
		       crop.width);
  TessBaseAPISetSourceResolution (self->engine, 300);
  if (TessBaseAPIRecognize (self->engine, NULL) == 0)
    {
      TessResultIterator *results = TessBaseAPIGetIterator (self->engine);

      if (results)
	{
	  collect_words (results, &crop, reading);
	  TessResultIteratorDelete (results);
	}
    }
  TessBaseAPIClear (self->engine);
  reading->logit = judge (reading, line);
  return reading;
}

/* Confidence counts more the more characters bear it out. */
static gdouble
worth (const LineReading * reading)
{
  return (reading->confidence - 30) * pow (reading->n_characters, 0.3);
}

LineReading *
line_reader_read (LineReader * self, const Pyramid * pyramid,
		  const TextLine * line)
{
  LineReading *best = read_crop (self, pyramid, line, &crop_styles[0]);
  guint i;

  for (i = 1; i < G_N_ELEMENTS (crop_styles); i++)
    {
      LineReading *other;

      if (best->confidence >= GOOD_CONFIDENCE
	  || best->logit <= HOPELESS_LOGIT)
	break;
      other = read_crop (self, pyramid, line, &crop_styles[i]);
      if (other->n_characters > 0 && worth (other) > worth (best) + 1)
	{
	  line_reading_free (best);
	  best = other;
	}
      else
	{
	  line_reading_free (other);
	}
    }
  return best;
}
