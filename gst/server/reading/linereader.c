/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "linereader.h"

#include "languages.h"

/* The first crop, and the ones that are tried when it reads badly: larger on
 * a softer background, then with the surroundings blanked. */
static const LineCropStyle crop_styles[] = {
  {.text_height = 36,.padding = 0.1,.backdrop = 0.95},
  {.text_height = 48,.padding = 0.2,.backdrop = 0.65},
  {.text_height = 36,.padding = 0.15,.backdrop = 0.9,.masked = TRUE},
};

/* Lines that read above this are nearly all right. */
#define GOOD_CONFIDENCE 90
/* Log odds under which what was read is texture, and no crop betters it. */
#define HOPELESS_LOGIT -4
/* What the crops are taken for: Tesseract guesses when it is not told. */
#define DOTS_PER_INCH 300

struct _LineReader
{
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
}

LineReader *
line_reader_new (const gchar * languages, GError ** error)
{
  LineReader *self = g_new0 (LineReader, 1);

  if (!languages_open (&self->languages, languages, error)) {
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

static LineReading *
recognize (TessBaseAPI * engine, const LineCrop * crop)
{
  LineReading *reading;

  TessBaseAPISetImage (engine, crop->pixels, crop->width, crop->height, 1,
      crop->width);
  TessBaseAPISetSourceResolution (engine, DOTS_PER_INCH);
  TessBaseAPIRecognize (engine, NULL);
  reading = line_reading_new (engine);
  TessBaseAPIClear (engine);
  return reading;
}

static LineReading *
read_crop (LineReader * self, const Pyramid * pyramid, const TextLine * line,
    const LineCropStyle * style)
{
  const Languages *languages = &self->languages;
  g_auto (LineCrop) crop = { 0 };
  LineReading *reading;

  line_crop_init (&crop, pyramid, line, style);
  reading = recognize (languages->engine, &crop);
  if (languages->second
      && line_reading_has_foreign_words (reading, languages->script)) {
    g_autoptr (LineReading) other = recognize (languages->second, &crop);

    line_reading_improve (reading, other, languages->script);
  }
  line_reading_finish (reading, &crop, line);
  return reading;
}

LineReading *
line_reader_read (LineReader * self, const Pyramid * pyramid,
    const TextLine * line)
{
  LineReading *best = read_crop (self, pyramid, line, &crop_styles[0]);
  guint i;

  for (i = 1; i < G_N_ELEMENTS (crop_styles)
      && best->confidence < GOOD_CONFIDENCE && best->logit > HOPELESS_LOGIT;
      i++) {
    LineReading *other = read_crop (self, pyramid, line, &crop_styles[i]);

    if (line_reading_is_better (other, best)) {
      line_reading_free (best);
      best = other;
    } else {
      line_reading_free (other);
    }
  }
  return best;
}
