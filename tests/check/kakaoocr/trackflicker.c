/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Captions of which characters are misread at random: each is one track, with
 * the right text.
 */
#include <string.h>

#include "trackedtext.h"

static const gchar *const letters[] = {
  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
  "가나다라마바사아자차카타파하각난닫랄맘법섯응잊찾컥튼풀휴오늘의날씨는맑음미세먼지보통내일서울부산"
      "대구인천광주원세종제주특보속뉴스경제사회문화정치국제"
};

/* How characters are misread. */
typedef enum
{
  MISREAD_ONE_ANYWHERE,         /* in 20 % of the samples one, any */
  MISREAD_ONE_FIXED,            /* in 20 % of the samples the same one as the
                                 * same other one */
  MISREAD_EACH                  /* each with 20 % by itself */
} Misreading;

#define FLICKER 0.2
#define N_CAPTIONS 400
#define MIN_CHARS 4
#define MAX_CHARS 16
#define MIN_SAMPLES 3
#define MAX_SAMPLES 12

typedef struct
{
  const gchar *name;
  guint script;
  Misreading misreading;
  /* Least part of the captions in tenths of a percent. */
  guint min_one_track, min_right_text;
} Simulation;

static const Simulation simulations[] = {
  {"one_anywhere/latin", 0, MISREAD_ONE_ANYWHERE, 1000, 990},
  {"one_anywhere/hangul", 1, MISREAD_ONE_ANYWHERE, 1000, 990},
  {"one_fixed/latin", 0, MISREAD_ONE_FIXED, 950, 930},
  {"one_fixed/hangul", 1, MISREAD_ONE_FIXED, 990, 930},
  {"each/latin", 0, MISREAD_EACH, 900, 600},
  {"each/hangul", 1, MISREAD_EACH, 900, 600},
};

static gunichar
random_letter (GRand * rand, guint script)
{
  guint n = g_utf8_strlen (letters[script], -1);

  return g_utf8_get_char (g_utf8_offset_to_pointer (letters[script],
          g_rand_int_range (rand, 0, n)));
}

/* In Hangul another final, vowel or initial; in Latin any other letter. */
static gunichar
misread (GRand * rand, guint script, gunichar c)
{
  static const guint steps[] = { 1, 28, 588 };
  gunichar other;

  if (script == 1)
    return 0xac00 + (c - 0xac00 + steps[g_rand_int_range (rand, 0, 3)]) % 11172;
  do {
    other = random_letter (rand, script);
  } while (other == c);
  return other;
}

typedef struct
{
  const Simulation *simulation;
  GRand *rand;
  gunichar text[MAX_CHARS];
  guint n_chars;
  guint fixed;
  gunichar fixed_as;
} Caption;

static void
caption_init (Caption * caption)
{
  guint i, script = caption->simulation->script;

  caption->n_chars = g_rand_int_range (caption->rand, MIN_CHARS, MAX_CHARS + 1);
  for (i = 0; i < caption->n_chars; i++)
    caption->text[i] = random_letter (caption->rand, script);
  caption->fixed = g_rand_int_range (caption->rand, 0, caption->n_chars);
  caption->fixed_as = misread (caption->rand, script,
      caption->text[caption->fixed]);
}

static gchar *
read_caption (const Caption * caption)
{
  const Simulation *simulation = caption->simulation;
  gunichar read[MAX_CHARS];
  guint i, at = caption->fixed;

  memcpy (read, caption->text, sizeof (read));
  if (simulation->misreading == MISREAD_EACH) {
    for (i = 0; i < caption->n_chars; i++) {
      if (g_rand_double (caption->rand) < FLICKER)
        read[i] = misread (caption->rand, simulation->script, read[i]);
    }
  } else if (g_rand_double (caption->rand) < FLICKER) {
    if (simulation->misreading == MISREAD_ONE_ANYWHERE)
      at = g_rand_int_range (caption->rand, 0, caption->n_chars);
    read[at] = simulation->misreading == MISREAD_ONE_FIXED ?
        caption->fixed_as : misread (caption->rand, simulation->script,
        read[at]);
  }
  return g_ucs4_to_utf8 (read, caption->n_chars, NULL, NULL, NULL);
}

/* Shows @caption for a while, then nothing; counts its tracks. */
static guint
show_caption (const Caption * caption, GstKakaoOcrTextTracker * tracker,
    GstClockTime * time, gboolean * right)
{
  g_autofree gchar *text = g_ucs4_to_utf8 (caption->text, caption->n_chars,
      NULL, NULL, NULL);
  g_autoptr (GString) ids = g_string_new (NULL);
  guint i, n = g_rand_int_range (caption->rand, MIN_SAMPLES, MAX_SAMPLES + 1);
  guint n_tracks = 0;
  GstKakaoOcrTextTrack *track;

  *right = FALSE;
  for (i = 0; i < n + 2; i++) {
    g_autofree gchar *read = read_caption (caption);
    g_autofree gchar *sample = g_strconcat (read, "@100,600", NULL);

    *time = push_sample (tracker, i < n ? sample : "", *time + GST_SECOND, ids);
  }
  while ((track = gst_kakao_ocr_text_tracker_pop (tracker))) {
    n_tracks++;
    *right |= g_str_equal (track->text, text);
    gst_kakao_ocr_text_track_free (track);
  }
  return n_tracks;
}

static void
flicker_is_one_track_with_the_right_text (gconstpointer data)
{
  Caption caption = { data, g_rand_new_with_seed (20261122), };
  const Simulation *simulation = data;
  g_autoptr (GstKakaoOcrTextTracker) tracker =
      gst_kakao_ocr_text_tracker_new ();
  guint i, n_one = 0, n_right = 0;
  GstClockTime time = 0;

  for (i = 0; i < N_CAPTIONS; i++) {
    gboolean right;

    caption_init (&caption);
    if (show_caption (&caption, tracker, &time, &right) == 1)
      n_one++;
    n_right += right;
  }
  g_test_message ("%u captions: %u one track, %u right text", N_CAPTIONS,
      n_one, n_right);
  g_rand_free (caption.rand);
  g_assert_cmpuint (1000 * n_one, >=, simulation->min_one_track * N_CAPTIONS);
  g_assert_cmpuint (1000 * n_right, >=,
      simulation->min_right_text * N_CAPTIONS);
}

int
main (int argc, char *argv[])
{
  guint i;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  for (i = 0; i < G_N_ELEMENTS (simulations); i++) {
    g_autofree gchar *name = g_strconcat ("/kakaoocr/trackflicker/",
        simulations[i].name, NULL);

    g_test_add_data_func (name, &simulations[i],
        flicker_is_one_track_with_the_right_text);
  }
  return g_test_run ();
}
