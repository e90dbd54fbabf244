/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the command line and the environment ask for, checked.
 */
#pragma once

#include <gio/gio.h>

#include "http/faults.h"

typedef struct
{
  gchar *address;
  gint port;                    /* 0: any free one */
  gint listen_fd;               /* instead of these two; -1: none */
  gboolean insecure;            /* without key or TLS beyond this machine */
  gchar *key;                   /* NULL: any or none is accepted */
  gchar *signature;
  gchar *languages;
  gchar *tessdata;              /* NULL: the system's */
  gint jobs;
  gdouble rate;                 /* requests a second; 0: no limit */
  gint max_side;
  gint64 max_pixels;
  gint max_regions;             /* 0: no limit */
  gint read_seconds;
  GTlsCertificate *certificate; /* NULL: plain HTTP */
  GBytes *replay;               /* NULL: pictures are read */
  gchar *command;               /* by this program; NULL: by Tesseract */
  Faults *faults;
  gboolean exit_with_stdin;
} Settings;

/* A key in @argv is overwritten, so that the process list does not show it;
 * one on stdin is its first line. NULL with @error; ends the program for
 * --help and --version. */
Settings *settings_parse (gint argc, gchar ** argv, GError ** error);
void settings_free (Settings * settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Settings, settings_free)
