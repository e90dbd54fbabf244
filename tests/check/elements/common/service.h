/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Service: a kakaoocr-server of the test's own, which answers every picture
 * with the same file.
 */
#pragma once

#include <gio/gio.h>

typedef struct
{
  gchar *url;

  /*< private >*/
  GSubprocess *process;
  gchar *answer;                /* (nullable): path of the file */
} Service;

/* Nothing listens there: the port is one that needs root. */
#define SERVICE_REFUSING_URL "http://127.0.0.1:1/ai/OCR/local"

/* Environment: the program, where $KAKAOOCR_SERVER is made another for the
 * element's own service. */
#define SERVICE_VARIABLE "KAKAOOCR_SERVER_OF_TESTS"

/* An answer of one region, "EXIT", with the box 8,4 - 24,12 in the pixels of the
 * picture that was sent. */
extern const gchar service_answer[];

/* Starts the server and waits until it listens. @answer: what it says to any
 * picture; @arguments: (nullable): more of its options, blanks between. */
Service *service_new (const gchar * answer, const gchar * arguments);
/* One that reads pictures, by Tesseract. */
Service *service_new_reading (void);
/* Ends it, as a program that holds its stdin does. */
void service_free (Service * self);

/* A file of the test's own with @contents and @mode. (transfer full): its
 * path, to be removed by service_remove_file(). */
gchar *service_write_file (const gchar * contents, gint mode);
void service_remove_file (gchar * path);
