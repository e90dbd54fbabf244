/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * HDR pictures get the contrast that SDR has.
 */
#include "frame/sdrcurve.h"

#define LEVELS 256

static void
apply (GstVideoTransferFunction transfer, guint8 levels[LEVELS])
{
  GstVideoFrame frame = { {0,}, };

  gst_video_info_set_format (&frame.info, GST_VIDEO_FORMAT_GRAY8, LEVELS, 1);
  frame.info.colorimetry.transfer = transfer;
  frame.info.colorimetry.range = GST_VIDEO_COLOR_RANGE_0_255;
  frame.data[0] = levels;
  for (guint i = 0; i < LEVELS; i++)
    levels[i] = i;
  g_assert_true (kocr_sdr_curve_is_needed (&frame.info.colorimetry));
  kocr_sdr_curve_apply (&frame);
  g_assert_false (kocr_sdr_curve_is_needed (&frame.info.colorimetry));
  for (guint i = 1; i < LEVELS; i++)
    g_assert_cmpuint (levels[i], >=, levels[i - 1]);
  g_assert_cmpuint (levels[0], ==, 0);
  g_assert_cmpuint (levels[255], ==, 255);
}

/* Grey of 50 cd/m2 on paper of 203: 0.44 and 0.58 of PQ's range. */
static void
pq_has_the_contrast_of_sdr (void)
{
  guint8 levels[LEVELS];

  apply (GST_VIDEO_TRANSFER_SMPTE2084, levels);
  g_assert_cmpuint (levels[148] - levels[112], >, 90);
}

static void
hlg_has_its_white_where_sdr_has_it (void)
{
  guint8 levels[LEVELS];

  apply (GST_VIDEO_TRANSFER_ARIB_STD_B67, levels);
  g_assert_cmpuint (levels[191], >, 210);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/sdrcurve/pq_has_the_contrast_of_sdr",
      pq_has_the_contrast_of_sdr);
  g_test_add_func ("/engine/sdrcurve/hlg_has_its_white_where_sdr_has_it",
      hlg_has_its_white_where_sdr_has_it);
  return g_test_run ();
}
