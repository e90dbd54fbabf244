/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "read/contactsheet.h"

#include <pango/pangocairo.h>

#include "commandline/terminaltext.h"

/* Frames on a sheet; when there are twice as many every other one goes, so that
 * what is kept is spread over all of the video. */
#define MAX_FRAMES 12
/* Texts below a frame. */
#define MAX_CROPS 8

/* Pixels. */
#define COLUMNS 3
#define MARGIN 32
#define GAP 28
#define HEADER 60
#define FRAME_WIDTH 480
#define CROP_HEIGHT 40
#define LINE 78                 /* a crop, its text and the room around them */
#define WIDTH (2 * MARGIN + COLUMNS * FRAME_WIDTH + (COLUMNS - 1) * GAP)
/* Of a text's line, for its time. */
#define TIME_WIDTH 170

#define FONT "Noto Sans CJK KR"
/* Brightness. */
#define PAPER 0.965
#define INK 0.1
#define PALE_INK 0.45

typedef struct
{
  guint64 track;
  cairo_surface_t *picture;
} Crop;

typedef struct
{
  GstClockTime time;
  cairo_surface_t *frame;       /* NULL: did not come (yet) */
  GArray *crops;                /* of Crop */
} Card;

struct _ContactSheet
{
  GMutex lock;
  GPtrArray *cards;             /* of Card, by time */
};

static void
crop_clear (gpointer data)
{
  cairo_surface_destroy (((Crop *) data)->picture);
}

static void
card_free (gpointer data)
{
  Card *card = data;

  g_clear_pointer (&card->frame, cairo_surface_destroy);
  g_array_unref (card->crops);
  g_free (card);
}

ContactSheet *
contact_sheet_new (void)
{
  ContactSheet *sheet = g_new0 (ContactSheet, 1);

  g_mutex_init (&sheet->lock);
  sheet->cards = g_ptr_array_new_with_free_func (card_free);
  return sheet;
}

void
contact_sheet_free (ContactSheet * sheet)
{
  g_ptr_array_unref (sheet->cards);
  g_mutex_clear (&sheet->lock);
  g_free (sheet);
}

/* --- What is on it --- */

static void
thin_out (ContactSheet * sheet)
{
  guint i;

  for (i = sheet->cards->len; i-- > 0;) {
    if (i % 2 == 1)
      g_ptr_array_remove_index (sheet->cards, i);
  }
}

/* Of the frame and the crops of one time any may come first. */
static Card *
get_card (ContactSheet * sheet, GstClockTime time)
{
  guint i = sheet->cards->len;
  Card *card;

  while (i > 0) {
    card = g_ptr_array_index (sheet->cards, i - 1);
    if (card->time == time)
      return card;
    if (card->time < time)
      break;
    i--;
  }
  card = g_new0 (Card, 1);
  card->time = time;
  card->crops = g_array_new (FALSE, FALSE, sizeof (Crop));
  g_array_set_clear_func (card->crops, crop_clear);
  g_ptr_array_insert (sheet->cards, i, card);
  return card;
}

void
contact_sheet_take_frame (ContactSheet * sheet, GstClockTime time,
    cairo_surface_t * frame)
{
  Card *card;

  g_mutex_lock (&sheet->lock);
  if (sheet->cards->len >= 2 * MAX_FRAMES)
    thin_out (sheet);
  card = get_card (sheet, time);
  g_clear_pointer (&card->frame, cairo_surface_destroy);
  card->frame = frame;
  g_mutex_unlock (&sheet->lock);
}

void
contact_sheet_take_crop (ContactSheet * sheet, GstClockTime time,
    guint64 track, cairo_surface_t * picture)
{
  Crop crop = { track, picture };

  g_mutex_lock (&sheet->lock);
  g_array_append_val (get_card (sheet, time)->crops, crop);
  g_mutex_unlock (&sheet->lock);
}

/* --- How it is drawn --- */

#define LEFT PANGO_ALIGN_LEFT
#define RIGHT PANGO_ALIGN_RIGHT

static void
draw_text (cairo_t * cairo, gdouble x, gdouble y, gdouble width,
    PangoAlignment alignment, const gchar * style, gdouble gray,
    const gchar * text)
{
  g_autofree gchar *font = g_strdup_printf (FONT " %s", style);
  PangoFontDescription *description = pango_font_description_from_string (font);
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cairo);

  pango_layout_set_font_description (layout, description);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_alignment (layout, alignment);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_text (layout, text, -1);
  cairo_set_source_rgb (cairo, gray, gray, gray);
  cairo_move_to (cairo, x, y);
  pango_cairo_show_layout (cairo, layout);
  pango_font_description_free (description);
}

/* As large as it is, or as it fits, in the middle of the height. */
static void
draw_picture (cairo_t * cairo, cairo_surface_t * picture, gdouble x,
    gdouble y, gdouble width, gdouble height)
{
  gint w = cairo_image_surface_get_width (picture);
  gint h = cairo_image_surface_get_height (picture);
  gdouble scale = MIN (1.0, MIN (width / w, height / h));

  cairo_save (cairo);
  cairo_translate (cairo, x, y + (height - h * scale) / 2);
  cairo_scale (cairo, scale, scale);
  cairo_set_source_surface (cairo, picture, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cairo), CAIRO_FILTER_BEST);
  cairo_rectangle (cairo, 0, 0, w, h);
  cairo_fill (cairo);
  cairo_restore (cairo);
}

static void
draw_crop (cairo_t * cairo, const Crop * crop, const VideoRecord * texts,
    gdouble x, gdouble y)
{
  const TrackRecord *track = video_record_find_track (texts, crop->track);

  draw_picture (cairo, crop->picture, x, y, FRAME_WIDTH, CROP_HEIGHT);
  if (track) {
    g_autofree gchar *start = time_text_format (track->start);
    g_autofree gchar *end = time_text_format (track->end);
    g_autofree gchar *span = g_strdup_printf ("%s – %s", start, end);
    g_autofree gchar *text = printable_text (track->text);

    y += CROP_HEIGHT + 3;
    draw_text (cairo, x, y, FRAME_WIDTH - TIME_WIDTH, LEFT, "Medium 17px", INK,
        text);
    draw_text (cairo, x + FRAME_WIDTH - TIME_WIDTH, y + 2, TIME_WIDTH, RIGHT,
        "14px", PALE_INK, span);
  }
}

static gdouble
measure_card (const Card * card)
{
  return CONTACT_SHEET_FRAME_HEIGHT + GAP / 2
      + LINE * MIN (card->crops->len, MAX_CROPS + 0.5);
}

static void
draw_card (cairo_t * cairo, const Card * card, const VideoRecord * texts,
    gdouble x, gdouble y)
{
  guint i;

  draw_picture (cairo, card->frame, x, y, FRAME_WIDTH,
      CONTACT_SHEET_FRAME_HEIGHT);
  y += CONTACT_SHEET_FRAME_HEIGHT + GAP / 2;
  for (i = 0; i < MIN (card->crops->len, MAX_CROPS); i++)
    draw_crop (cairo, &g_array_index (card->crops, Crop, i), texts, x,
        y + i * LINE);
  if (card->crops->len > MAX_CROPS) {
    g_autofree gchar *more = g_strdup_printf ("… and %u more",
        card->crops->len - MAX_CROPS);

    draw_text (cairo, x, y + i * LINE, FRAME_WIDTH, LEFT, "15px", PALE_INK,
        more);
  }
}

/* (transfer full) (element-type Card): at most MAX_FRAMES that are complete. */
static GPtrArray *
choose_cards (ContactSheet * sheet)
{
  g_autoptr (GPtrArray) complete = g_ptr_array_new ();
  GPtrArray *chosen = g_ptr_array_new ();
  guint i, n;

  for (i = 0; i < sheet->cards->len; i++) {
    Card *card = g_ptr_array_index (sheet->cards, i);

    if (card->frame && card->crops->len > 0)
      g_ptr_array_add (complete, card);
  }
  n = MIN (complete->len, MAX_FRAMES);
  for (i = 0; i < n; i++)
    g_ptr_array_add (chosen, g_ptr_array_index (complete,
            i * complete->len / n));
  return chosen;
}

/* Draws the cards, or only measures them without cairo. Returns where they
 * end. */
static gdouble
lay_out (cairo_t * cairo, GPtrArray * cards, const VideoRecord * texts)
{
  gdouble y = MARGIN + HEADER, height = 0.0;
  guint i;

  for (i = 0; i < cards->len; i++) {
    const Card *card = g_ptr_array_index (cards, i);

    if (i > 0 && i % COLUMNS == 0) {
      y += height + GAP / 2;
      height = 0.0;
    }
    height = MAX (height, measure_card (card));
    if (cairo)
      draw_card (cairo, card, texts,
          MARGIN + i % COLUMNS * (FRAME_WIDTH + GAP), y);
  }
  return y + height;
}

static void
draw_header (cairo_t * cairo, const gchar * title, const VideoRecord * texts)
{
  guint n = texts->tracks->len;
  g_autofree gchar *count = g_strdup_printf (n == 1 ? "%u text" : "%u texts",
      n);

  cairo_set_source_rgb (cairo, PAPER, PAPER, PAPER);
  cairo_paint (cairo);
  draw_text (cairo, MARGIN, MARGIN - 10, WIDTH - 2 * MARGIN, LEFT, "Bold 28px",
      INK, title);
  draw_text (cairo, MARGIN, MARGIN + 28, WIDTH - 2 * MARGIN, LEFT, "15px",
      PALE_INK, count);
}

gboolean
contact_sheet_write (ContactSheet * sheet, const gchar * title,
    const VideoRecord * texts, const gchar * path)
{
  g_autoptr (GPtrArray) cards = NULL;
  cairo_surface_t *surface;
  gboolean written;
  cairo_t *cairo;

  g_mutex_lock (&sheet->lock);
  cards = choose_cards (sheet);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH,
      lay_out (NULL, cards, texts) + MARGIN);
  cairo = cairo_create (surface);
  draw_header (cairo, title, texts);
  lay_out (cairo, cards, texts);
  cairo_destroy (cairo);
  written = cairo_surface_write_to_png (surface, path) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy (surface);
  g_mutex_unlock (&sheet->lock);
  return written;
}
