/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Which result a frame carries, and for how long.
 */
#include "ocr/carriedresult.h"

#include "../../testrows.h"

#define TESTS "/carriedresult/"

#define LIFETIME (100 * GST_MSECOND)

/* Results are told apart by their PTS. */
static gboolean
offer (KocrCarriedResult * carried, guint64 serial, GstClockTime pts)
{
  g_autoptr (GstKakaoOcrResult) result =
      gst_kakao_ocr_result_new (pts, 64, 48, NULL, 0, FALSE, 0);

  return kocr_carried_result_offer (carried, serial, result, NULL);
}

/* Sample @serial at @at shows what sample @of did, as the result of @pts. */
static void
renew (KocrCarriedResult * carried, guint64 of, guint64 serial,
    GstClockTime at, GstClockTime pts)
{
  g_autoptr (GstKakaoOcrResult) result =
      gst_kakao_ocr_result_new (pts, 64, 48, NULL, 0, FALSE, 0);

  kocr_carried_result_renew (carried, of, serial, result, at, NULL);
}

/* PTS of what a frame at @ms carries; NONE: nothing. */
static GstClockTime
carried_at (KocrCarriedResult * carried, guint ms)
{
  GstClockTime pts = GST_CLOCK_TIME_NONE;
  KocrCarried frame;

  kocr_carried_result_get (carried, ms * GST_MSECOND, LIFETIME, &frame);
  if (frame.result)
    pts = gst_kakao_ocr_result_get_pts (frame.result);
  kocr_carried_clear (&frame);
  return pts;
}

static void
a_newer_sample_wins (void)
{
  KocrCarriedResult *carried = kocr_carried_result_new ();

  g_assert_true (offer (carried, 2, 20));
  g_assert_false (offer (carried, 1, 10));
  g_assert_cmpuint (carried_at (carried, 0), ==, 20);
  g_assert_true (offer (carried, 3, 30));
  g_assert_cmpuint (carried_at (carried, 0), ==, 30);
  kocr_carried_result_free (carried);
}

static void
what_was_sampled_before_is_forgotten (void)
{
  KocrCarriedResult *carried = kocr_carried_result_new ();

  offer (carried, 1, 10);
  kocr_carried_result_forget (carried, 2);
  g_assert_cmpuint (carried_at (carried, 0), ==, GST_CLOCK_TIME_NONE);
  g_assert_true (offer (carried, 2, 20));
  g_assert_cmpuint (carried_at (carried, 0), ==, GST_CLOCK_TIME_NONE);
  offer (carried, 3, 30);
  g_assert_cmpuint (carried_at (carried, 0), ==, 30);
  kocr_carried_result_free (carried);
}

static void
an_unchanged_sample_renews (void)
{
  KocrCarriedResult *carried = kocr_carried_result_new ();

  offer (carried, 1, 10);
  g_assert_cmpuint (carried_at (carried, 0), ==, 10);
  renew (carried, 1, 2, 20, 10);
  g_assert_cmpuint (carried_at (carried, 90), ==, 10);
  g_assert_cmpuint (carried_at (carried, 180), ==, 10);
  g_assert_cmpuint (carried_at (carried, 190), ==, GST_CLOCK_TIME_NONE);
  kocr_carried_result_free (carried);
}

static void
an_unchanged_sample_brings_back_what_expired (void)
{
  KocrCarriedResult *carried = kocr_carried_result_new ();

  offer (carried, 1, 10);
  g_assert_cmpuint (carried_at (carried, 0), ==, 10);
  g_assert_cmpuint (carried_at (carried, 100), ==, GST_CLOCK_TIME_NONE);
  renew (carried, 1, 2, 20, 10);
  g_assert_cmpuint (carried_at (carried, 200), ==, 10);
  kocr_carried_result_free (carried);
}

/* With gate=text what moved is a result of its own; what comes after it was
 * compared with what was sent, still. */
static void
a_renewal_brings_where_texts_are (void)
{
  KocrCarriedResult *carried = kocr_carried_result_new ();

  offer (carried, 1, 10);
  renew (carried, 1, 2, 20, 20);
  g_assert_cmpuint (carried_at (carried, 0), ==, 20);
  renew (carried, 1, 3, 30, 20);
  g_assert_cmpuint (carried_at (carried, 0), ==, 20);
  kocr_carried_result_free (carried);
}

/* Sample 3 was compared with 2, which has no answer yet. */
static void
another_samples_result_is_not_renewed (void)
{
  KocrCarriedResult *carried = kocr_carried_result_new ();

  offer (carried, 1, 10);
  g_assert_cmpuint (carried_at (carried, 0), ==, 10);
  renew (carried, 2, 3, 30, 20);
  g_assert_cmpuint (carried_at (carried, 100), ==, GST_CLOCK_TIME_NONE);
  kocr_carried_result_free (carried);
}

static void
what_a_renewal_confirms_is_not_overtaken (void)
{
  KocrCarriedResult *carried = kocr_carried_result_new ();

  offer (carried, 1, 10);
  renew (carried, 1, 3, 30, 10);
  g_assert_false (offer (carried, 2, 20));
  g_assert_cmpuint (carried_at (carried, 0), ==, 10);
  kocr_carried_result_free (carried);
}

static void
the_newest_sample_that_showed_it_is_told (void)
{
  KocrCarriedResult *carried = kocr_carried_result_new ();
  KocrCarried frame;

  offer (carried, 1, 10);
  kocr_carried_result_get (carried, 0, LIFETIME, &frame);
  g_assert_cmpuint (frame.last_seen, ==, 10);
  kocr_carried_clear (&frame);

  renew (carried, 1, 2, 20, 10);
  kocr_carried_result_get (carried, 0, LIFETIME, &frame);
  g_assert_cmpuint (frame.last_seen, ==, 20);
  kocr_carried_clear (&frame);
  kocr_carried_result_free (carried);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD (a_newer_sample_wins);
  ADD (what_was_sampled_before_is_forgotten);
  ADD (an_unchanged_sample_renews);
  ADD (an_unchanged_sample_brings_back_what_expired);
  ADD (a_renewal_brings_where_texts_are);
  ADD (another_samples_result_is_not_renewed);
  ADD (what_a_renewal_confirms_is_not_overtaken);
  ADD (the_newest_sample_that_showed_it_is_told);
  return g_test_run ();
}
