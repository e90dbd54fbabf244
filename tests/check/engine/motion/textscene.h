/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Text scene: pictures of which it is known when their text comes and goes, by
 * several cameras.
 */
#pragma once

#include "motion/textedge.h"

#include "movingworld.h"

#define WIDTH 640
#define HEIGHT 360
#define N 25
#define LEFT 200
#define TOP 300
#define LETTERS 14
#define LETTER 16 /* pixels from one to the next */
#define LIT 200   /* pixels beside them on which light may fall */

extern const gdouble text_box[8];

/* What the camera does between two pictures, and the noise of its sensor. */
typedef struct
{
  const gchar *name;
  gdouble pan, noise;
  WorldGround ground;
} SceneCamera;

#define N_CAMERAS 6
extern const SceneCamera cameras[N_CAMERAS];
/* Its ground has nothing in it. */
#define NOTHING 5

typedef struct
{
  KocrBlockPool *pool;
  MovingWorld *world;
  guint camera;
  gdouble light; /* that falls on what is right of the letters */
  KocrLumaPyramid *pictures[N];
} Scene;

Scene scene_new (guint camera);
void scene_free (Scene *self);

/* Of picture @i: letters from @x on. @strength: 0 to 1, none to all of it.
 * @kind: which text. */
void scene_show (Scene *self, guint i, gint x, gdouble strength, guint kind);
/* The first @n letters of it. */
void scene_show_part (
    Scene *self, guint i, gint x, gdouble strength, guint kind, gint n);

/* The first @n, of which the first sample is @from. */
KocrTextPictures pictures_from (const Scene *scene, guint from, guint n);

#define ADD(test) g_test_add_func (TESTS #test, test)
#define ADD_FOR(test, row)                                                     \
  G_STMT_START                                                                 \
  {                                                                            \
    g_autofree gchar *path                                                     \
        = g_strconcat (TESTS #test "_", cameras[row].name, NULL);              \
    g_test_add_data_func (path, GUINT_TO_POINTER (row), test);                 \
  }                                                                            \
  G_STMT_END
