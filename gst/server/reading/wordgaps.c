/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "reading/wordgaps.h"

#include "quantile.h"
#include "reading/syllable.h"
#include "reading/wordedges.h"

/* By the text's height. Between two syllables of a word is 0 to 0.23, with
 * hardly one of 1000 above 0.33, between two words 0.23 to 0.5; measured in the
 * drawn frames' eight fonts. Less than the first is no blank; more than the
 * second, by the third more than is between letters of that line, and no less than
 * that share of what is between its words, is one. */
#define NO_BLANK 0.2
#define BLANK 0.3
#define BLANK_GAIN 0.15
#define BLANK_SHARE 0.75
/* A line is found up to three times as high as its letters where it is in a border or
 * on a box: what is no blank is less than that by what a syllable takes, too. Fewer
 * of them tell nothing. */
#define FEW_STEPS 3
/* A column with less ink is blank. */
#define NOISE 0.05
/* Between Latin letters fonts differ more than their blanks and letters do:
 * what has this part of the room between the words of its line, by the text's
 * height no less than that, and so much more than any two other letters of it
 * have, is a blank. */
#define LATIN_BLANK 0.75
#define LEAST_LATIN_BLANK 0.22
#define LATIN_GAIN 1.5
/* What an I may be until bars have their names. */
#define BAR '|'

typedef struct
{
  const LineReading *reading;
  const LineCrop *crop;
  GArray *letters, *edges; /* of LetterPlace and WordEdges */
} Line;

static const LetterPlace *
letter_at (const Line *line, guint i)
{
  return &g_array_index (line->letters, LetterPlace, i);
}

/* The room before letter @i, by the text's height. */
static gdouble
gap_before (const Line *line, guint i)
{
  const WordEdges *edges = (const WordEdges *)line->edges->data;

  return (edges[i].left - edges[i - 1].right)
         / (line->crop->text_bottom - line->crop->text_top);
}

/* Is the column in the middle of it without ink, but for noise? A rule under a
 * line has ink in all, and tells nothing of what is over it. */
static gboolean
is_blank_before (const Line *line, guint i)
{
  const WordEdges *edges = (const WordEdges *)line->edges->data;
  gint x = (edges[i].left + edges[i - 1].right) / 2, y, n = 0;

  if (edges[i].left - edges[i - 1].right < 1)
    return FALSE;
  x = CLAMP (x, 0, line->crop->width - 1);
  for (y = line->crop->text_top; y < line->crop->text_bottom; y++)
    n += line_crop_is_ink (line->crop, x, y);
  return n < NOISE * (line->crop->text_bottom - line->crop->text_top);
}

static gunichar
character_at (const Line *line, guint i)
{
  const LetterPlace *place = letter_at (line, i);
  const ReadWord *word = g_ptr_array_index (line->reading->words, place->word);

  return g_utf8_get_char (word->text + place->start);
}

static gboolean
are_syllables (const Line *line, guint i)
{
  return is_syllable (character_at (line, i))
         && is_syllable (character_at (line, i - 1));
}

static gdouble
median (const GArray *gaps)
{
  return gaps->len > 0 ? kocr_median ((gdouble *)gaps->data, gaps->len) : 0;
}

/* The room between two letters of this line, in the median; 0: there are none. */
static gdouble
letter_gap (const Line *line)
{
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (gdouble));

  for (guint i = 1; i < line->letters->len; i++) {
    gdouble gap = gap_before (line, i);

    if (letter_at (line, i)->start > 0)
      g_array_append_val (gaps, gap);
  }
  return median (gaps);
}

/* That between two words, of which one ends and the other begins with a syllable. */
static gdouble
word_gap (const Line *line)
{
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (gdouble));

  for (guint i = 1; i < line->letters->len; i++) {
    gdouble gap = gap_before (line, i);

    if (letter_at (line, i)->start == 0 && are_syllables (line, i))
      g_array_append_val (gaps, gap);
  }
  return median (gaps);
}

/* What a syllable of the line takes, by the text's height, in the median; no more
 * than that. */
static gdouble
find_step (const Line *line)
{
  const WordEdges *edges = (const WordEdges *)line->edges->data;
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (gdouble));

  for (guint i = 1; i < line->letters->len; i++) {
    gdouble step = edges[i].left - edges[i - 1].left;

    if (letter_at (line, i)->start > 0 && are_syllables (line, i))
      g_array_append_val (steps, step);
  }
  if (steps->len < FEW_STEPS)
    return 1;
  return MIN (1, kocr_median ((gdouble *)steps->data, steps->len)
                     / (line->crop->text_bottom - line->crop->text_top));
}

static gboolean
are_one_word (const Line *line, guint i, gdouble step)
{
  return are_syllables (line, i) && gap_before (line, i) < NO_BLANK * step
         && is_blank_before (line, i);
}

static gboolean
are_two_words (
    const Line *line, guint i, gdouble between_letters, gdouble between_words)
{
  gunichar before = character_at (line, i - 1), after = character_at (line, i);
  gdouble gap = gap_before (line, i);

  return (is_syllable (before) || is_syllable (after))
         && g_unichar_isalnum (before) && g_unichar_isalnum (after)
         && gap > BLANK && gap > between_letters + BLANK_GAIN
         && gap >= BLANK_SHARE * between_words && is_blank_before (line, i);
}

/* A dash that a line begins with is a speaker's. */
static gboolean
begins_with_dash (const Line *line, guint i)
{
  return i == 1 && character_at (line, 0) == '-';
}

/* The dash before syllables that have @blank between two words. */
static gboolean
is_dash_apart (const Line *line, guint i, gdouble blank)
{
  return begins_with_dash (line, i) && is_syllable (character_at (line, i))
         && blank > 0 && gap_before (line, i) >= BLANK_SHARE * blank
         && is_blank_before (line, i);
}

static gboolean
is_latin (gunichar c)
{
  return c < 128 && g_ascii_isalnum (c);
}

/* Letter @i and the one before, of any but Hangul's; two digits, of which a 1
 * has the room of the others, tell nothing. */
static gboolean
are_latin (const Line *line, guint i)
{
  gunichar before = character_at (line, i - 1), after = character_at (line, i);

  return is_latin (before) && is_latin (after)
         && !(g_unichar_isdigit (before) && g_unichar_isdigit (after));
}

/* Room between the Latin letters of a line. */
typedef struct
{
  gdouble blank;   /* between two words, in the median; 0: not known */
  gdouble letters; /* between two letters of a word, at most */
} LatinRoom;

static gboolean
is_latin_blank (gdouble gap, const LatinRoom *room)
{
  return room->blank > 0 && gap >= LATIN_BLANK * room->blank
         && gap > LATIN_GAIN * room->letters;
}

static LatinRoom
find_latin_room (const Line *line, gdouble between_letters)
{
  g_autoptr (GArray) blanks = g_array_new (FALSE, FALSE, sizeof (gdouble));
  LatinRoom room = { 0 };
  gdouble widest = 0;
  guint i;

  for (i = 1; i < line->letters->len; i++) {
    gdouble gap = gap_before (line, i);

    if (!are_latin (line, i))
      continue;
    if (letter_at (line, i)->start == 0) {
      g_array_append_val (blanks, gap);
    } else {
      room.letters = MAX (room.letters, MIN (gap, widest));
      widest = MAX (widest, gap);
    }
  }
  /* Where letters run together, their room tells nothing. */
  if (blanks->len > 0 && between_letters > 0)
    room.blank = median (blanks);
  /* Until here without the widest, which may be the blank that was not read. */
  if (!is_latin_blank (widest, &room))
    room.letters = widest;
  return room;
}

static gboolean
are_two_latin_words (const Line *line, guint i, const LatinRoom *room)
{
  gdouble gap = gap_before (line, i);

  return ((are_latin (line, i) && gap >= LEAST_LATIN_BLANK)
             || (begins_with_dash (line, i)
                 && (is_latin (character_at (line, i))
                     || character_at (line, i) == BAR)))
         && is_latin_blank (gap, room) && is_blank_before (line, i);
}

/* Makes one of the @i-th word and the next. */
static void
join_words (LineReading *reading, guint i)
{
  ReadWord *word = g_ptr_array_index (reading->words, i);
  const ReadWord *next = g_ptr_array_index (reading->words, i + 1);
  guint n = word->n_characters + next->n_characters;
  gchar *before = word->text;

  word->text = g_strconcat (before, next->text, NULL);
  word->confidence = (word->confidence * word->n_characters
                         + next->confidence * next->n_characters)
                     / n;
  word->n_characters = n;
  word->right = next->right;
  if (word->letters && next->letters)
    g_array_append_vals (
        word->letters, next->letters->data, next->letters->len);
  else
    g_clear_pointer (&word->letters, g_array_unref);
  g_free (before);
  g_ptr_array_remove_index (reading->words, i + 1);
}

/* Makes a word of its own of what begins at byte @at of the @i-th word, which
 * ends at column @right, and at column @left. */
static void
part_word (LineReading *reading, guint i, gsize at, gdouble right, gdouble left)
{
  ReadWord *word = g_ptr_array_index (reading->words, i);
  ReadWord *next = g_new0 (ReadWord, 1);
  guint n = 0;

  next->text = g_strdup (word->text + at);
  next->confidence = word->confidence;
  next->n_characters = g_utf8_strlen (next->text, -1);
  next->left = left;
  next->right = word->right;
  next->letters = g_array_new (FALSE, FALSE, sizeof (ReadLetter));
  word->text[at] = '\0';
  word->n_characters -= next->n_characters;
  word->right = right;
  for (gsize n_bytes = 0; n_bytes < at; n++)
    n_bytes += g_array_index (word->letters, ReadLetter, n).n_bytes;
  g_array_append_vals (next->letters,
      &g_array_index (word->letters, ReadLetter, n), word->letters->len - n);
  g_array_set_size (word->letters, n);
  g_ptr_array_insert (reading->words, i + 1, next);
}

void
word_gaps_mend (LineReading *self, const LineCrop *crop)
{
  g_autoptr (GArray) letters = g_array_new (FALSE, FALSE, sizeof (LetterPlace));
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (WordEdges));
  Line line = { self, crop, letters, edges };
  gdouble between_letters, between_words, step;
  LatinRoom room;
  guint i;

  word_edges_find_letters (self, crop, letters, edges);
  between_letters = letter_gap (&line);
  between_words = word_gap (&line);
  step = find_step (&line);
  room = find_latin_room (&line, between_letters);
  /* From the last one on: what is before stays where it is. */
  for (i = letters->len; i-- > 1;) {
    const LetterPlace *place = letter_at (&line, i);
    const WordEdges *columns = &g_array_index (edges, WordEdges, i);

    if (place->start == 0 && are_one_word (&line, i, step))
      join_words (self, place->word - 1);
    else if (place->start > 0
             && (are_two_words (&line, i, between_letters, between_words)
                 || is_dash_apart (&line, i, between_words)
                 || are_two_latin_words (&line, i, &room)))
      part_word (
          self, place->word, place->start, columns[-1].right, columns->left);
  }
}
