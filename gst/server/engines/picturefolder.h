/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A folder of one engine's own for the pictures that a program is to read,
 * which nobody else can look into.
 *
 * It goes with its engine. What a service that was killed could not remove goes
 * when the next folder is made: each is locked for as long as its process
 * lives.
 */
#pragma once

#include <glib.h>

typedef struct _PictureFolder PictureFolder;

PictureFolder *picture_folder_new (GError **error);
void picture_folder_free (PictureFolder *self);
const gchar *picture_folder_get_path (PictureFolder *self);
