/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The pages of a PDF, drawn by poppler's own programs: each page is drawn by a
 * process of its own, which is limited in memory and time, can be killed at any
 * moment, and takes nothing with it when a hostile file makes it crash.
 */
#pragma once

#include <gio/gio.h>

#include "graypicture.h"

#define PDF_ERROR (pdf_error_quark ())
GQuark pdf_error_quark (void);

typedef enum
{
  PDF_ERROR_BROKEN,             /* it cannot be drawn, or needs a password */
} PdfError;

typedef struct _PdfDocument PdfDocument;

/* Whether poppler-utils is installed. */
gboolean pdf_document_can_be_read (void);

PdfDocument *pdf_document_new (GBytes * file, GError ** error);
void pdf_document_free (PdfDocument * self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfDocument, pdf_document_free)

/* 0 with @error. */
guint pdf_document_count_pages (PdfDocument * self,
    GCancellable * cancellable, GError ** error);
/* @page: from 1 on. Its longer side becomes @side pixels. */
GrayPicture *pdf_document_draw (PdfDocument * self, guint page,
guint side, GCancellable * cancellable, GError ** error);
