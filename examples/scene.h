/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the sample clip shows: a street at dusk that the camera pans along,
 * with captions that appear and go, a sign that moves across, a slide with
 * several lines in Korean and English, and film grain over all of it.
 *
 * Every frame is made from its number alone, so the clip is the same each time
 * (fonts aside), and what it says where and when is known.
 */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

#define SCENE_WIDTH 1280
#define SCENE_HEIGHT 720
#define SCENE_FPS 30
#define SCENE_FRAMES (14 * SCENE_FPS)

typedef struct _Scene Scene;

/* Draws everything once; frames only put it together. */
Scene *scene_new (void);
void scene_free (Scene * scene);

/* Paints frame number frame into canvas, CAIRO_FORMAT_RGB24 of the size
 * above. */
void scene_paint (Scene * scene, guint frame, cairo_surface_t * canvas);

/* What the clip says, as JSON: for each line of text when it is to be seen
 * ([start, end) in ns), the corners of its ink at start, from the top left of
 * the text clockwise, in pixels, and how many pixels it moves in a second.
 * The first and last `fade` ns it is fading. Free with g_free(). */
gchar *scene_truth (const Scene * scene);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

G_END_DECLS
