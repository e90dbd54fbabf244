/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mask/hold.h"

#include <math.h>
#include <string.h>

#include "motion/lumareader.h"
#include "mask/maskedtext.h"
#include "motion/motion.h"

/* Boxes held on a frame, and texts that are held at a time: ten full pages. A
 * frame with more is hidden whole. */
#define MAX_HELD 1024

/* A mask that the picture has moved by less covers both places, in pixels. */
#define MIN_MOVE 1.0

struct _KocrHeldFrame
{
  gint64 time;
  GArray *texts;                /* of KocrMaskedText: those that were read */
  GArray *boxes;                /* of 8 numbers: what is held besides */
  gboolean overfull;
  KocrLumaPyramid *picture;     /* nullable */
};

/* Texts of one frame that the next one did not have. */
typedef struct
{
  gint64 seen;
  GArray *texts;                /* of KocrMaskedText, where they were read */
  gboolean *over;               /* which of them are held no more */
  KocrMotion *motion;           /* of them since; nullable */
  guint n_frames;               /* since */
} Held;

struct _KocrMaskHold
{
  GstVideoInfo info;
  KocrLumaReader reader;
  KocrBlockPool *pool;
  GQueue waiting;               /* of KocrHeldFrame, referenced, oldest first */
  KocrHeldFrame *last;              /* the newest, also when it has left */
  GQueue held;                  /* of Held */
  guint n_held;                 /* texts in them */
  gint64 overfull_until;        /* frames are hidden whole */
};

/* --- Frames --- */

static void
held_frame_clear (gpointer data)
{
  KocrHeldFrame *self = data;

  g_array_unref (self->texts);
  g_array_unref (self->boxes);
  g_clear_pointer (&self->picture, kocr_luma_pyramid_unref);
}

static void
held_frame_unref (gpointer self)
{
  g_atomic_rc_box_release_full (self, held_frame_clear);
}

const GArray *
kocr_held_frame_get_boxes (const KocrHeldFrame * self)
{
  return self->boxes;
}

gboolean
kocr_held_frame_is_overfull (const KocrHeldFrame * self)
{
  return self->overfull;
}

static void
add_box (KocrHeldFrame * self, const gdouble * box)
{
  if (self->boxes->len == MAX_HELD)
    self->overfull = TRUE;
  else
    g_array_append_vals (self->boxes, box, 1);
}

static gboolean
is_moved (const gdouble * from, const gdouble * to)
{
  gdouble furthest = 0.0;
  guint i;

  for (i = 0; i < GST_KAKAO_OCR_BOX_LEN; i++)
    furthest = MAX (furthest, fabs (to[i] - from[i]));
  return furthest >= MIN_MOVE;
}

/* Where it was read, and where @motion (nullable) says that it is by now. */
static void
hold_on (KocrHeldFrame *self, const KocrMaskedText *text,
    const KocrMotion *motion, guint i)
{
  add_box (self, text->box);
  if (motion) {
    const gdouble *box = &kocr_motion_get_boxes (motion)
        [GST_KAKAO_OCR_BOX_LEN * i];

    if (is_moved (text->box, box))
      add_box (self, box);
  }
}

/* --- Texts that are held --- */

static void
held_free (gpointer data)
{
  Held *self = data;

  g_array_unref (self->texts);
  g_free (self->over);
  g_clear_pointer (&self->motion, kocr_motion_unref);
  g_free (self);
}

/* Those of @texts that are not @found. */
static GArray *
select_missing (const GArray * texts, const gboolean * found)
{
  GArray *missing = kocr_masked_texts_new ();
  guint i;

  for (i = 0; i < texts->len; i++) {
    KocrMaskedText text = g_array_index (texts, KocrMaskedText, i);

    if (found[i])
      continue;
    text.text = g_strdup (text.text);
    g_array_append_val (missing, text);
  }
  return missing;
}

static KocrMotion *
start_motion (const KocrHeldFrame * frame, const GArray * texts)
{
  g_autofree gdouble *boxes = g_new (gdouble,
      GST_KAKAO_OCR_BOX_LEN * texts->len);
  guint i;

  if (!frame->picture)
    return NULL;
  for (i = 0; i < texts->len; i++)
    memcpy (&boxes[GST_KAKAO_OCR_BOX_LEN * i], g_array_index (texts,
            KocrMaskedText, i).box, GST_KAKAO_OCR_BOX_LEN * sizeof (gdouble));
  return kocr_motion_new (frame->picture, 0, boxes, texts->len);
}

/* Takes @texts, of @frame. */
static Held *
held_new (const KocrHeldFrame * frame, GArray * texts)
{
  Held *self = g_new0 (Held, 1);

  self->seen = frame->time;
  self->texts = texts;
  self->over = g_new0 (gboolean, texts->len);
  self->motion = start_motion (frame, texts);
  return self;
}

/* Where its texts are by now. */
static GArray *
get_present (const Held * self)
{
  g_autofree gboolean *none = g_new0 (gboolean, self->texts->len);
  GArray *present = select_missing (self->texts, none);
  guint i;

  for (i = 0; self->motion && i < present->len; i++)
    memcpy (g_array_index (present, KocrMaskedText, i).box,
        &kocr_motion_get_boxes (self->motion)[GST_KAKAO_OCR_BOX_LEN * i],
        GST_KAKAO_OCR_BOX_LEN * sizeof (gdouble));
  return present;
}

/* Goes on to @frame, the next one, and holds what that does not have. FALSE:
 * there is nothing left to hold. */
static gboolean
held_go_on (Held * self, KocrHeldFrame * frame, GstClockTime hold)
{
  g_autoptr (GArray) present = NULL;
  g_autofree gboolean *found = NULL;
  gboolean going = FALSE;
  guint i;

  if (ABS (frame->time - self->seen) > (gint64) hold)
    return FALSE;
  self->n_frames++;
  if (self->motion && frame->picture)
    kocr_motion_follow (self->motion, frame->picture, self->n_frames);
  present = get_present (self);
  found = kocr_masked_texts_find (present, frame->texts);
  for (i = 0; i < self->texts->len; i++) {
    self->over[i] |= found[i];
    if (self->over[i])
      continue;
    hold_on (frame, &g_array_index (self->texts, KocrMaskedText, i),
        self->motion, i);
    going = TRUE;
  }
  return going;
}

/* --- --- */

KocrMaskHold *
kocr_mask_hold_new (void)
{
  KocrMaskHold *self = g_new0 (KocrMaskHold, 1);

  self->pool = kocr_block_pool_new ();
  g_queue_init (&self->waiting);
  g_queue_init (&self->held);
  self->overfull_until = G_MININT64;
  gst_video_info_init (&self->info);
  return self;
}

void
kocr_mask_hold_free (KocrMaskHold * self)
{
  kocr_mask_hold_clear (self);
  kocr_block_pool_free (self->pool);
  g_free (self);
}

static void
rescale_texts (GArray * texts, gdouble x, gdouble y)
{
  guint i, j;

  for (i = 0; i < texts->len; i++) {
    for (j = 0; j < GST_KAKAO_OCR_BOX_LEN; j++)
      g_array_index (texts, KocrMaskedText, i).box[j] *= j % 2 ? y : x;
  }
}

/* What is held goes on in frames of another size, where it stands in the
 * picture; the small pictures of those before are of no use to them. */
static void
rescale (KocrMaskHold * self, const GstVideoInfo * info)
{
  gdouble x = (gdouble) GST_VIDEO_INFO_WIDTH (info) /
      MAX (GST_VIDEO_INFO_WIDTH (&self->info), 1);
  gdouble y = (gdouble) GST_VIDEO_INFO_HEIGHT (info) /
      MAX (GST_VIDEO_INFO_HEIGHT (&self->info), 1);
  GList *l;

  for (l = self->held.head; l; l = l->next) {
    Held *held = l->data;
    GArray *present = get_present (held);

    g_array_unref (held->texts);
    held->texts = present;
    g_clear_pointer (&held->motion, kocr_motion_unref);
    rescale_texts (held->texts, x, y);
  }
  if (self->last) {
    rescale_texts (self->last->texts, x, y);
    g_clear_pointer (&self->last->picture, kocr_luma_pyramid_unref);
  }
}

void
kocr_mask_hold_set_up (
    KocrMaskHold *self, const GstVideoInfo *info, gboolean readable)
{
  if (GST_VIDEO_INFO_WIDTH (info) != GST_VIDEO_INFO_WIDTH (&self->info) ||
      GST_VIDEO_INFO_HEIGHT (info) != GST_VIDEO_INFO_HEIGHT (&self->info))
    rescale (self, info);
  self->info = *info;
  kocr_luma_reader_set_up (&self->reader, info, readable);
}

void
kocr_mask_hold_clear (KocrMaskHold *self)
{
  g_queue_clear_full (&self->waiting, held_frame_unref);
  g_clear_pointer (&self->last, held_frame_unref);
  g_queue_clear_full (&self->held, held_free);
  self->n_held = 0;
  self->overfull_until = G_MININT64;
  kocr_block_pool_drop_idle (self->pool);
}

/* Holds what was before @frame, and what the one before it had. */
static void
hold_after (KocrMaskHold * self, KocrHeldFrame * frame, const gboolean * found,
    GstClockTime hold)
{
  g_autoptr (GArray) missing = self->last ? select_missing (self->last->texts,
      found) : NULL;
  GList *l, *next;

  if (missing && missing->len > 0) {
    self->n_held += missing->len;
    g_queue_push_tail (&self->held, held_new (self->last,
            g_steal_pointer (&missing)));
  }
  for (l = self->held.head; l; l = next) {
    Held *held = l->data;

    next = l->next;
    if (held_go_on (held, frame, hold))
      continue;
    self->n_held -= held->texts->len;
    held_free (held);
    g_queue_delete_link (&self->held, l);
  }
  while (self->n_held > MAX_HELD) {
    Held *held = g_queue_pop_head (&self->held);

    self->overfull_until = frame->time + (gint64) hold;
    self->n_held -= held->texts->len;
    held_free (held);
  }
  frame->overfull |= frame->time <= self->overfull_until;
}

/* Holds what @frame has, and the one before it had not, on those before it. */
static void
hold_before (KocrMaskHold *self, const KocrHeldFrame *frame,
    const gboolean *found, GstClockTime hold)
{
  GArray *missing = select_missing (frame->texts, found);
  Held *held = held_new (frame, missing);
  GList *l;

  for (l = self->waiting.tail; l && missing->len > 0; l = l->prev) {
    if (!held_go_on (held, l->data, hold))
      break;
  }
  held_free (held);
}

static gboolean
is_interlaced (const KocrMaskHold * self, GstBuffer * buffer)
{
  GstVideoInterlaceMode mode = GST_VIDEO_INFO_INTERLACE_MODE (&self->info);

  return mode == GST_VIDEO_INTERLACE_MODE_INTERLEAVED ||
      (mode != GST_VIDEO_INTERLACE_MODE_PROGRESSIVE &&
      GST_BUFFER_FLAG_IS_SET (buffer, GST_VIDEO_BUFFER_FLAG_INTERLACED));
}

/* A text was read in one field; in the other one it is on its way from the
 * frame before, or to the next. */
static void
hold_between (KocrHeldFrame * frame, KocrHeldFrame * next)
{
  guint i;

  for (i = 0; i < frame->texts->len; i++)
    add_box (next, g_array_index (frame->texts, KocrMaskedText, i).box);
  for (i = 0; i < next->texts->len; i++)
    add_box (frame, g_array_index (next->texts, KocrMaskedText, i).box);
}

KocrHeldFrame *
kocr_mask_hold_push (KocrMaskHold *self, GstBuffer *buffer, gint64 time,
    const GArray *texts, GstClockTime hold)
{
  KocrHeldFrame *frame = g_atomic_rc_box_new0 (KocrHeldFrame);
  g_autofree gboolean *none = g_new0 (gboolean, texts->len);

  frame->time = time;
  frame->texts = select_missing (texts, none);
  frame->boxes = g_array_new (FALSE, FALSE,
      GST_KAKAO_OCR_BOX_LEN * sizeof (gdouble));
  frame->picture = kocr_luma_reader_read (&self->reader, self->pool, buffer);

  if (self->last) {
    g_autofree gboolean *stays = kocr_masked_texts_find (self->last->texts,
        frame->texts);
    g_autofree gboolean *stood = kocr_masked_texts_find (frame->texts,
        self->last->texts);

    hold_after (self, frame, stays, hold);
    hold_before (self, frame, stood, hold);
    if (is_interlaced (self, buffer) && frame->time - self->last->time <=
        (gint64) hold)
      hold_between (self->last, frame);
    held_frame_unref (self->last);
  }
  self->last = g_atomic_rc_box_acquire (frame);
  g_queue_push_tail (&self->waiting, g_atomic_rc_box_acquire (frame));
  return frame;
}

void
kocr_mask_hold_pop (KocrMaskHold *self, KocrHeldFrame *frame)
{
  KocrHeldFrame *oldest = g_queue_pop_head (&self->waiting);

  g_assert (oldest == frame);
  held_frame_unref (oldest);
  held_frame_unref (frame);
}
