/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "filereader.h"

#include "bounds.h"
#include "pageanswer.h"
#include "pictures/pdfdocument.h"
#include "pictures/picture.h"

static const Refusal refusals[] = {
  [PICTURE_BROKEN] = REFUSAL_NO_IMAGE,
  [PICTURE_UNSUPPORTED] = REFUSAL_FORMAT,
  [PICTURE_TOO_LARGE] = REFUSAL_MAX_LEN,
};

static gboolean
on_time_over (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

typedef GSource Timer;

/* It runs in the main thread. */
static Timer *
timer_start (const FileReader * self, GCancellable * cancellable)
{
  Timer *timer = g_timeout_source_new_seconds (self->read_seconds);

  g_source_set_callback (timer, on_time_over, g_object_ref (cancellable),
      g_object_unref);
  g_source_attach (timer, NULL);
  return timer;
}

static void
timer_stop (Timer * timer)
{
  g_source_destroy (timer);
  g_source_unref (timer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Timer, timer_stop)

/* That nobody waits any more, or too long, is not worth a line. */
static Answer *
fail (const GError * error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_printerr ("kakaoocr-server: %s\n", error->message);
  return answer_new_refusal (REFUSAL_INTERNAL);
}

/* @file: the picture as it was sent, where it is the same; nullable. */
static gboolean
read_page (const FileReader * self, const GrayPicture * picture, GBytes * file,
    GCancellable * cancellable, ReadPage * page, GError ** error)
{
  Recognizer *engine = engine_pool_borrow (self->engines, error);

  if (engine == NULL)
    return FALSE;
  page->width = picture->width;
  page->height = picture->height;
  page->words = file != NULL && engine->klass->read_file != NULL
      ? recognizer_read_file (engine, file, cancellable, error)
      : recognizer_read (engine, picture, self->max_regions, cancellable,
      error);
  page->n_unread = engine->n_unread;
  engine_pool_return (self->engines, engine);
  return page->words != NULL;
}

static Answer *
read_picture (const FileReader * self, GBytes * file,
    GCancellable * cancellable)
{
  const PictureLimits limits = { self->max_side, self->max_pixels,
    cancellable
  };
  g_autoptr (Timer) timer G_GNUC_UNUSED = timer_start (self, cancellable);
  g_autoptr (GrayPicture) picture = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (ReadPage) page = { NULL, 0, 0 };
  gboolean is_turned = FALSE;
  PictureProblem problem;

  picture = picture_decode (file, &limits, &is_turned, &problem);
  if (picture == NULL)
    return answer_new_refusal (g_cancellable_is_cancelled (cancellable)
        ? REFUSAL_INTERNAL : refusals[problem]);
  if (self->engines == NULL)
    return answer_new_bytes (ANSWER_JSON, self->replay);
  if (!read_page (self, picture, is_turned ? NULL : file, cancellable, &page,
          &error))
    return fail (error);
  return page_answer_new (&page, 1, self->max_regions);
}

static gboolean
draw_and_read_page (const FileReader * self, PdfDocument * document, guint i,
    GCancellable * cancellable, ReadPage * page, GError ** error)
{
  g_autoptr (Timer) timer G_GNUC_UNUSED = timer_start (self, cancellable);
  g_autoptr (GrayPicture) picture = pdf_document_draw (document, i,
      MIN (self->max_side, LIMIT_PDF_SIDE), cancellable, error);

  return picture != NULL
      && read_page (self, picture, NULL, cancellable, page, error);
}

static Answer *
read_pages (const FileReader * self, PdfDocument * document, guint n_pages,
    GCancellable * cancellable)
{
  ReadPage pages[LIMIT_PDF_PAGES] = { {NULL, 0, 0} };
  g_autoptr (GError) error = NULL;
  gboolean too_many = FALSE;
  Answer *answer;
  guint i;

  for (i = 0; i < n_pages && error == NULL && !too_many; i++)
    too_many = draw_and_read_page (self, document, i + 1, cancellable,
        &pages[i], &error) && self->max_regions > 0
        && pages[i].words->len > self->max_regions;
  if (error != NULL)
    answer = g_error_matches (error, PDF_ERROR, PDF_ERROR_BROKEN)
        ? answer_new_refusal (REFUSAL_NO_IMAGE) : fail (error);
  else
    answer = page_answer_new (pages, i, self->max_regions);
  while (i-- > 0)
    read_page_clear (&pages[i]);
  return answer;
}

static Answer *
read_document (const FileReader * self, GBytes * file,
    GCancellable * cancellable)
{
  g_autoptr (PdfDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  guint n_pages = 0;

  if (!pdf_document_can_be_read ())
    return answer_new_refusal (REFUSAL_FORMAT);
  document = pdf_document_new (file, &error);
  if (document != NULL) {
    g_autoptr (Timer) timer G_GNUC_UNUSED = timer_start (self, cancellable);

    n_pages = pdf_document_count_pages (document, cancellable, &error);
  }
  if (error != NULL)
    return g_error_matches (error, PDF_ERROR, PDF_ERROR_BROKEN)
        ? answer_new_refusal (REFUSAL_NO_IMAGE) : fail (error);
  if (n_pages > LIMIT_PDF_PAGES)
    return answer_new_refusal (REFUSAL_MAX_PAGES);
  if (self->engines == NULL)
    return answer_new_bytes (ANSWER_JSON, self->replay);
  return read_pages (self, document, n_pages, cancellable);
}

Answer *
file_reader_read (const FileReader * self, GBytes * file,
    GCancellable * cancellable)
{
  return picture_identify (file) == PICTURE_PDF
      ? read_document (self, file, cancellable)
      : read_picture (self, file, cancellable);
}
