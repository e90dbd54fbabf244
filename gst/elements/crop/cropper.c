/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crop/cropper.h"

#include "common/category.h"
#include "common/resulthistory.h"
#include "common/resultidentity.h"
#include "crop/bestshot.h"
#include "crop/selection.h"
#include "crop/textcrop.h"

#define GST_CAT_DEFAULT KOCR_CATEGORY_CROP

struct _KocrCropper
{
  GstElement *element;
  KocrSparseStream *out;
  const GstVideoInfo *info; /* of frames */

  GstVideoInfo out_info; /* of the last picture; format unknown: none */
  gboolean warned;       /* that frames cannot be read */
  KocrResultHistory *history;
  KocrCropSelection *selection;
  KocrCropShots *shots;
};

KocrCropper *
kocr_cropper_new (
    GstElement *element, KocrSparseStream *out, const GstVideoInfo *info)
{
  KocrCropper *self = g_new0 (KocrCropper, 1);

  self->element = element;
  self->out = out;
  self->info = info;
  self->history = kocr_result_history_new ();
  self->selection = kocr_crop_selection_new ();
  self->shots = kocr_crop_shots_new ();
  gst_video_info_init (&self->out_info);
  return self;
}

void
kocr_cropper_free (KocrCropper *self)
{
  kocr_result_history_free (self->history);
  kocr_crop_selection_free (self->selection);
  kocr_crop_shots_free (self->shots);
  g_free (self);
}

void
kocr_cropper_clear (KocrCropper *self)
{
  gst_video_info_init (&self->out_info);
  self->warned = FALSE;
  kocr_result_history_clear (self->history);
  kocr_crop_selection_clear (self->selection);
  kocr_crop_shots_clear (self->shots);
}

/* --- One picture --- */

static gboolean
make_info (KocrCropper *self, const KocrTextCrop *crop, GstVideoInfo *info)
{
  if (!gst_video_info_set_format (info, GST_VIDEO_FORMAT_RGB,
          crop->rectification.width, crop->rectification.height))
    return FALSE;
  info->fps_n = 0;
  info->fps_d = 1;
  if (crop->rectification.plain) {
    info->par_n = GST_VIDEO_INFO_PAR_N (self->info);
    info->par_d = GST_VIDEO_INFO_PAR_D (self->info);
  }
  return TRUE;
}

/* NULL: nothing of piece is in the frame, or flow says why. */
static GstBuffer *
cut_out (KocrCropper *self, const GstVideoFrame *frame,
    const KocrCropPiece *piece, guint producer,
    const KocrCropSettings *settings, GstVideoInfo *info, GstFlowReturn *flow)
{
  g_auto (KocrTextCrop) crop = { NULL };
  GstBuffer *picture;

  if (!kocr_text_crop_init (
          &crop, piece->result, frame, settings->rectify, settings->padding)) {
    GST_DEBUG_OBJECT (self->element,
        "track %" G_GUINT64_FORMAT ": nothing of it is in the frame",
        piece->track);
    return NULL;
  }
  picture = make_info (self, &crop, info)
                ? kocr_text_crop_render (&crop, frame, info)
                : NULL;
  if (!picture) {
    GST_ELEMENT_ERROR (self->element, STREAM, FAILED, (NULL),
        ("a part of a frame cannot be converted"));
    *flow = GST_FLOW_ERROR;
    return NULL;
  }
  gst_kakao_ocr_meta_set_producer (
      gst_buffer_add_kakao_ocr_meta (picture, crop.result), producer);
  return picture;
}

static gboolean
set_caps (KocrCropper *self, const GstVideoInfo *info)
{
  g_autoptr (GstCaps) caps = NULL;

  if (gst_video_info_is_equal (info, &self->out_info))
    return TRUE;
  caps = gst_video_info_to_caps (info);
  if (!gst_pad_set_caps (self->out->pad, caps))
    return FALSE;
  self->out_info = *info;
  return TRUE;
}

/* Takes its picture. */
static GstFlowReturn
push_picture (KocrCropper *self, const KocrCropBest *best)
{
  GST_DEBUG_OBJECT (self->element,
      "track %" G_GUINT64_FORMAT ": picture of %" GST_TIME_FORMAT
      " pushed, %dx%d: %s",
      best->track, GST_TIME_ARGS (GST_BUFFER_PTS (best->picture)),
      best->info.width, best->info.height, best->reason);
  if (!set_caps (self, &best->info)) {
    gst_buffer_unref (best->picture);
    return GST_PAD_IS_FLUSHING (self->out->pad) ? GST_FLOW_FLUSHING
                                                : GST_FLOW_NOT_NEGOTIATED;
  }
  return kocr_sparse_stream_push (self->out, best->picture);
}

/* What was waited for long enough, or with all whatever there is. */
static GstFlowReturn
push_best (
    KocrCropper *self, GstClockTime time, GstClockTime max_wait, gboolean all)
{
  GstFlowReturn flow = GST_FLOW_OK;
  KocrCropBest best;

  while (flow == GST_FLOW_OK
         && (all ? kocr_crop_shots_pop_any (self->shots, &best)
                 : kocr_crop_shots_pop (self->shots, time, max_wait, &best)))
    flow = push_picture (self, &best);
  return flow;
}

/* --- Frames --- */

/* The picture of a piece goes out, or waits for a better one. */
static GstFlowReturn
take_piece (KocrCropper *self, const GstVideoFrame *frame,
    const KocrCropPiece *piece, guint producer,
    const KocrCropSettings *settings)
{
  GstClockTime time = GST_BUFFER_PTS (frame->buffer);
  const gchar *text = gst_kakao_ocr_result_get_text (piece->result);
  gboolean wanted
      = kocr_crop_shots_want (self->shots, producer, piece->track, text, time)
        || piece->is_new || settings->every;
  KocrCropBest cut = { .track = piece->track };
  GstFlowReturn flow = GST_FLOW_OK;

  if (wanted)
    cut.picture
        = cut_out (self, frame, piece, producer, settings, &cut.info, &flow);
  if (!cut.picture)
    return flow;
  if (settings->every || !settings->best_shot) {
    cut.reason = settings->every ? "every is set" : "its text is new";
    return push_picture (self, &cut);
  }
  GST_LOG_OBJECT (self->element,
      "track %" G_GUINT64_FORMAT ": a sight at %" GST_TIME_FORMAT
      ", until its best one is known",
      piece->track, GST_TIME_ARGS (time));
  kocr_crop_shots_offer (
      self->shots, producer, piece->track, text, time, cut.picture, &cut.info);
  return flow;
}

static GstFlowReturn
take_result (KocrCropper *self, const GstVideoFrame *frame,
    const GstKakaoOcrMeta *meta, gboolean renewed,
    const KocrCropSettings *settings)
{
  guint producer = gst_kakao_ocr_meta_get_producer (meta);
  g_autoptr (GPtrArray) pieces = kocr_crop_selection_take (
      self->selection, meta, settings->every, renewed);
  GstFlowReturn flow = GST_FLOW_OK;

  if (!pieces)
    return flow;
  for (guint i = 0; i < pieces->len && flow == GST_FLOW_OK; i++)
    flow = take_piece (
        self, frame, g_ptr_array_index (pieces, i), producer, settings);
  kocr_crop_shots_end_sample (self->shots, producer);
  return flow;
}

/* One sample is one result. */
static gboolean
is_newest (GstBuffer *buffer, const GstKakaoOcrMeta *meta)
{
  return meta
         == gst_buffer_get_kakao_ocr_meta_by_producer (
             buffer, gst_kakao_ocr_meta_get_producer (meta));
}

/* The metas on buffer of which a picture may be cut out: of new results, and
 * while better sights are waited for, of those that were seen once more.
 * (nullable) */
static GPtrArray *
find_metas (KocrCropper *self, GstBuffer *buffer, guint *n_new)
{
  gboolean waits = !kocr_crop_shots_are_empty (self->shots);
  GPtrArray *metas = kocr_result_history_take_new (self->history, buffer);
  gpointer state = NULL;
  GstKakaoOcrMeta *meta;

  *n_new = metas ? metas->len : 0;
  while ((meta = (GstKakaoOcrMeta *)gst_buffer_iterate_meta_filtered (
              buffer, &state, GST_KAKAO_OCR_META_API_TYPE))) {
    if (!is_newest (buffer, meta) || kocr_result_is_view (meta->result)
        || !kocr_crop_selection_is_renewed (self->selection, meta) || !waits
        || (metas && g_ptr_array_find (metas, meta, NULL)))
      continue;
    if (!metas)
      metas = g_ptr_array_new ();
    g_ptr_array_add (metas, meta);
  }
  return metas;
}

static GstFlowReturn
take_frame (
    KocrCropper *self, GstBuffer *buffer, const KocrCropSettings *settings)
{
  g_autoptr (GPtrArray) metas = NULL;
  GstFlowReturn flow = GST_FLOW_OK;
  GstVideoFrame frame;
  guint n_new;

  metas = find_metas (self, buffer, &n_new);
  if (!metas)
    return GST_FLOW_OK;
  if (!gst_video_frame_map (&frame, self->info, buffer, GST_MAP_READ)) {
    if (!self->warned)
      GST_ELEMENT_WARNING (self->element, RESOURCE, READ,
          ("A frame cannot be read: its texts make no pictures."), (NULL));
    self->warned = TRUE;
    return GST_FLOW_OK;
  }
  for (guint i = 0; i < metas->len && flow == GST_FLOW_OK; i++)
    flow = take_result (
        self, &frame, g_ptr_array_index (metas, i), i >= n_new, settings);
  gst_video_frame_unmap (&frame);
  return flow;
}

GstFlowReturn
kocr_cropper_take (
    KocrCropper *self, GstBuffer *frame, const KocrCropSettings *settings)
{
  GstFlowReturn flow = take_frame (self, frame, settings);

  if (flow == GST_FLOW_OK)
    flow = push_best (self, GST_BUFFER_PTS (frame), settings->max_wait, FALSE);
  return flow;
}

void
kocr_cropper_finish (KocrCropper *self)
{
  push_best (self, GST_CLOCK_TIME_NONE, 0, TRUE);
  kocr_crop_selection_break (self->selection);
}
