/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pictures/pdfdocument.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "digits.h"
#include "pictures/picture.h"

#define DRAW "pdftoppm"
#define INFORM "pdfinfo"
/* The document's descriptor in these programs. */
#define DOCUMENT_FD 3
#define DOCUMENT_PATH "/dev/fd/3"
/* Of memory; a page of pictures takes a tenth. */
#define MAX_BYTES (1024 * 1024 * 1024)
/* A line of what they write; pdfinfo repeats texts from the document. */
#define MAX_LINE_BYTES 65536

G_DEFINE_QUARK (kakaoocr-pdf-error, pdf_error)

struct _PdfDocument
{
  gint fd;
};

gboolean
pdf_document_can_be_read (void)
{
  g_autofree gchar *draw = g_find_program_in_path (DRAW);
  g_autofree gchar *inform = g_find_program_in_path (INFORM);

  return draw != NULL && inform != NULL;
}

PdfDocument *
pdf_document_new (GBytes * file, GError ** error)
{
  gint fd = memfd_create ("document", MFD_CLOEXEC);
  gsize size, done = 0;
  const gchar *bytes = g_bytes_get_data (file, &size);
  PdfDocument *self;
  gssize n = fd < 0 ? -1 : 0;

  for (; n >= 0 && done < size; done += MAX (n, 0))
    n = write (fd, bytes + done, size - done);
  if (n < 0) {
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
        "cannot keep a document: %s", g_strerror (errno));
    if (fd >= 0)
      close (fd);
    return NULL;
  }
  self = g_new0 (PdfDocument, 1);
  self->fd = fd;
  return self;
}

void
pdf_document_free (PdfDocument * self)
{
  close (self->fd);
  g_free (self);
}

/* In the new process. */
static void
limit_process (gpointer data)
{
  const struct rlimit memory = { MAX_BYTES, MAX_BYTES };

  setrlimit (RLIMIT_AS, &memory);
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  signal (SIGPIPE, SIG_DFL);
}

static GSubprocess *
start (PdfDocument * self, const gchar * const *arguments, GError ** error)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE
      | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  gint fd = dup (self->fd);

  if (fd < 0) {
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
        "cannot hand over a document: %s", g_strerror (errno));
    return NULL;
  }
  g_subprocess_launcher_take_fd (launcher, fd, DOCUMENT_FD);
  g_subprocess_launcher_set_child_setup (launcher, limit_process, NULL, NULL);
  return g_subprocess_launcher_spawnv (launcher, arguments, error);
}

static void
set_broken (GError ** error)
{
  g_set_error_literal (error, PDF_ERROR, PDF_ERROR_BROKEN,
      "The document cannot be drawn");
}

/* Its next line in @line; FALSE at the end, or when it is longer. */
static gboolean
read_line (GInputStream * stream, GString * line, GCancellable * cancellable)
{
  gchar c;

  g_string_truncate (line, 0);
  while (line->len < MAX_LINE_BYTES
      && g_input_stream_read (stream, &c, 1, cancellable, NULL) == 1) {
    if (c == '\n')
      return TRUE;
    g_string_append_c (line, c);
  }
  return FALSE;
}

static guint
find_page_count (GInputStream * stream, GCancellable * cancellable)
{
  static const gchar name[] = "Pages:";
  g_autoptr (GString) line = g_string_new (NULL);
  guint64 n_pages = 0;

  while (read_line (stream, line, cancellable))
    if (g_str_has_prefix (line->str, name)) {
      const gchar *digits = line->str + strlen (name);

      digits += strspn (digits, " ");
      if (!digits_parse (digits, strlen (digits), 10, G_MAXUINT, &n_pages))
        n_pages = 0;
    }
  return n_pages;
}

guint
pdf_document_count_pages (PdfDocument * self, GCancellable * cancellable,
    GError ** error)
{
  static const gchar *const arguments[] = { INFORM, DOCUMENT_PATH, NULL };
  g_autoptr (GSubprocess) process = start (self, arguments, error);
  g_autoptr (GInputStream) output = NULL;
  guint n_pages;

  if (process == NULL)
    return 0;
  output =
      g_buffered_input_stream_new (g_subprocess_get_stdout_pipe (process));
  n_pages = find_page_count (output, cancellable);
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return 0;
  if (n_pages == 0)
    set_broken (error);
  return n_pages;
}

/* "P5\n", "WIDTH HEIGHT\n", "255\n", pixels */
static GrayPicture *
read_pgm (GInputStream * stream, guint side, GCancellable * cancellable)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GrayPicture) picture = NULL;
  guint64 width, height;
  gsize blank, size, n;

  if (!read_line (stream, line, cancellable) || strcmp (line->str, "P5") != 0
      || !read_line (stream, line, cancellable))
    return NULL;
  blank = strcspn (line->str, " ");
  if (blank == line->len
      || !digits_parse (line->str, blank, 10, side, &width)
      || !digits_parse (line->str + blank + 1, line->len - blank - 1, 10, side,
          &height)
      || !read_line (stream, line, cancellable)
      || strcmp (line->str, "255") != 0)
    return NULL;
  picture = picture_new (width, height);
  if (picture == NULL)
    return NULL;
  size = width * height;
  if (!g_input_stream_read_all (stream, picture->pixels, size, &n, cancellable,
          NULL) || n != size)
    return NULL;
  return g_steal_pointer (&picture);
}

GrayPicture *
pdf_document_draw (PdfDocument * self, guint page, guint side,
    GCancellable * cancellable, GError ** error)
{
  g_autofree gchar *number = g_strdup_printf ("%u", page);
  g_autofree gchar *pixels = g_strdup_printf ("%u", side);
  const gchar *const arguments[] = { DRAW, "-gray", "-scale-to", pixels, "-f",
    number, "-l", number, DOCUMENT_PATH, NULL
  };
  g_autoptr (GSubprocess) process = start (self, arguments, error);
  g_autoptr (GInputStream) output = NULL;
  GrayPicture *picture;

  if (process == NULL)
    return NULL;
  output =
      g_buffered_input_stream_new (g_subprocess_get_stdout_pipe (process));
  picture = read_pgm (output, side, cancellable);
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  if (picture == NULL
      && !g_cancellable_set_error_if_cancelled (cancellable, error))
    set_broken (error);
  return picture;
}
