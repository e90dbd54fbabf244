/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/video/video.h>

/* The way from a pixel of one frame to the same one of another, applied to
 * (x, y, 1); rows first. */
typedef struct
{
  gdouble m[3][3];
} KocrHomography;

/* Stretches a frame. */
void kocr_homography_init_scale (KocrHomography * homography,
    gdouble x, gdouble y);

/* What a GstVideoMetaTransformMatrix says: @matrix goes from the corner of @in
 * to that of @out. */
void kocr_homography_init_matrix (KocrHomography * homography,
    const GstVideoRectangle * in, const GstVideoRectangle * out,
    const gfloat matrix[3][3]);

/* Takes each of @n_points pairs of coordinates along. FALSE when one of them
 * has no place after it; @points are then spoilt. */
gboolean kocr_homography_apply (const KocrHomography *
    homography, gdouble * points, guint n_points);
