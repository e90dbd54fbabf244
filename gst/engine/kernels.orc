# SPDX-License-Identifier: LGPL-2.1-or-later
# Kernels of the picture encoder: range and matrix to JFIF (BT.601 matrix, full
# range), and rows brought to planar 4:2:0; and of motion: smaller pictures.
# What differs between BT.601, BT.709, BT.2020 and between the ranges comes in as
# parameters with 7 (matrix) or 8 (range) bits of fraction, so a kernel serves
# them all: constants and parameters share the registers, of which Orc 0.4.33
# needs all to be at hand.
# Orc takes an array of 2 or 4 bytes an element to be aligned to that.

# Luma, or any component without an offset to its middle, to full range.
.function kocr_orc_range
.dest 1 d guint8
.source 1 s guint8
.param 1 offset
.param 1 most
.param 2 gain
.temp 1 c
.temp 2 t
subusb c, s, offset
minub c, c, most
convubw t, c
mullw t, t, gain
addw t, t, 128
shruw t, t, 8
convwb d, t

# One chroma plane to full range.
.function kocr_orc_chroma_range
.dest 1 d guint8
.source 1 s guint8
.param 2 gain
.temp 2 t
convubw t, s
subw t, t, 128
mullw t, t, gain
addw t, t, 64
shrsw t, t, 7
addw t, t, 128
convsuswb d, t

# Chroma through a matrix, and its share of the luma with 7 bits of fraction.
.function kocr_orc_chroma_matrix
.dest 1 cb guint8
.dest 1 cr guint8
.dest 2 share gint16
.source 1 u guint8
.source 1 v guint8
.param 2 cb_u
.param 2 cb_v
.param 2 cr_u
.param 2 cr_v
.param 2 y_u
.param 2 y_v
.temp 2 b
.temp 2 r
.temp 2 s
.temp 2 t
convubw b, u
subw b, b, 128
convubw r, v
subw r, r, 128
mullw s, b, cb_u
mullw t, r, cb_v
addw s, s, t
addw s, s, 64
shrsw s, s, 7
addw s, s, 128
convsuswb cb, s
mullw s, b, cr_u
mullw t, r, cr_v
addw s, s, t
addw s, s, 64
shrsw s, s, 7
addw s, s, 128
convsuswb cr, s
mullw s, b, y_u
mullw t, r, y_v
addw share, s, t

# The share for both pixels of a pair.
.function kocr_orc_twice
.dest 4 d gint16
.source 2 s gint16
mergewl d, s, s

# Luma with the share of its chroma.
.function kocr_orc_luma_matrix
.dest 1 d guint8
.source 1 y guint8
.source 2 share gint16
.param 1 offset
.param 1 most
.param 2 gain
.temp 1 c
.temp 2 t
subusb c, y, offset
minub c, c, most
convubw t, c
mullw t, t, gain
shruw t, t, 1
addssw t, t, share
addssw t, t, 64
shrsw t, t, 7
convsuswb d, t

# A row of chroma pairs.
.function kocr_orc_split
.dest 1 u guint8
.dest 1 v guint8
.source 2 uv guint8
splitwb v, u, uv

# Two rows of chroma to one.
.function kocr_orc_average
.dest 1 d guint8
.source 1 a guint8
.source 1 b guint8
avgub d, a, b

# Two rows of chroma pairs to one.
.function kocr_orc_split_average
.dest 1 u guint8
.dest 1 v guint8
.source 2 a guint8
.source 2 b guint8
.temp 2 t
x2 avgub t, a, b
splitwb v, u, t

# Means of 2x2 pixels: two rows to one of half the width.
.function kocr_orc_quarter
.dest 1 d guint8
.source 2 a guint8
.source 2 b guint8
.temp 2 s
.temp 2 t
andw s, a, 255
shruw t, a, 8
addw s, s, t
andw t, b, 255
addw s, s, t
shruw t, b, 8
addw s, s, t
addw s, s, 2
shruw s, s, 2
convwb d, s

# Two rows of packed 4:2:2, luma in the low bytes (YUY2).
.function kocr_orc_unpack_yc
.dest 2 y0 guint8
.dest 2 y1 guint8
.dest 1 u guint8
.dest 1 v guint8
.source 4 a guint8
.source 4 b guint8
.temp 2 c0
.temp 2 c1
x2 splitwb c0, y0, a
x2 splitwb c1, y1, b
x2 avgub c0, c0, c1
splitwb v, u, c0

# Two rows of packed 4:2:2, luma in the high bytes (UYVY).
.function kocr_orc_unpack_cy
.dest 2 y0 guint8
.dest 2 y1 guint8
.dest 1 u guint8
.dest 1 v guint8
.source 4 a guint8
.source 4 b guint8
.temp 2 c0
.temp 2 c1
x2 splitwb y0, c0, a
x2 splitwb y1, c1, b
x2 avgub c0, c0, c1
splitwb v, u, c0

# Kernels of the change gate.  Sums by steps: pixels to cells of 2x2, and those
# to larger ones.  No element is larger than two bytes where pixels are read, so
# that registers are full: temporaries of eight bytes, which a sum of four pixels
# would take, cost two and a half times as much.  A kernel for four rows of both
# pictures would have nine arrays; for that many, Orc 0.4.33 overwrites a
# register of its caller's on x86-64.

# Two rows of two pictures to the sums of their 2x2 absolute differences.
.function kocr_orc_differ
.dest 2 d guint16
.source 2 a0 guint8
.source 2 a1 guint8
.source 2 b0 guint8
.source 2 b1 guint8
.temp 2 h
.temp 2 l
.temp 2 t
.temp 2 s
x2 maxub h, a0, b0
x2 minub l, a0, b0
x2 subb h, h, l
andw s, h, 255
shruw t, h, 8
addw s, s, t
x2 maxub h, a1, b1
x2 minub l, a1, b1
x2 subb h, h, l
andw t, h, 255
addw s, s, t
shruw t, h, 8
addw d, s, t

# Two rows of a picture to the sums of its 2x2 pixels.
.function kocr_orc_sum
.dest 2 d guint16
.source 2 a0 guint8
.source 2 a1 guint8
.temp 2 t
.temp 2 s
andw s, a0, 255
shruw t, a0, 8
addw s, s, t
andw t, a1, 255
addw s, s, t
shruw t, a1, 8
addw d, s, t

# Two rows of cells to one of cells that are twice as large.
.function kocr_orc_join
.dest 2 d guint16
.source 4 top guint16
.source 4 bottom guint16
.temp 4 t
.temp 2 w0
.temp 2 w1
x2 addw t, top, bottom
splitlw w1, w0, t
addw d, w0, w1

# Two rows of cells, and the same from the next cell on, to blocks that overlap,
# of which the largest of each column of blocks is kept.
.function kocr_orc_join_largest
.dest 2 d guint16
.source 2 top0 guint16
.source 2 top1 guint16
.source 2 bottom0 guint16
.source 2 bottom1 guint16
.temp 2 s
.temp 2 t
addw s, top0, top1
addw t, bottom0, bottom1
addw s, s, t
maxuw d, d, s

# The largest difference of a row and the means of another's pairs, and of those
# before them.
.function kocr_orc_farthest
.dest 1 d guint8
.source 1 a guint8
.source 2 pairs guint8
.temp 2 even
.temp 2 odd
.temp 1 b
.temp 1 h
.temp 1 l
andw even, pairs, 255
shruw odd, pairs, 8
avguw even, even, odd
convwb b, even
maxub h, a, b
minub l, a, b
subb h, h, l
maxub d, d, h

# Kernels of the change watch.

# 255 times the number of pixels that differ by no more than a level.
.function kocr_orc_count_alike
.accumulator 4 n guint32
.source 1 a guint8
.source 1 b guint8
.param 1 level
.temp 1 h
.temp 1 l
.const 1 none 0
maxub h, a, b
minub l, a, b
subb h, h, l
subusb h, h, level
cmpeqb h, h, none
accsadubl n, h, none

# Counts one more for pixels that stand off the next one by an edge, and for those
# of them that differ by a level from another picture's.
.function kocr_orc_gone_edges
.dest 1 edges guint8
.dest 1 gone guint8
.source 1 a guint8
.source 1 next guint8
.source 1 other guint8
.param 1 edge
.param 1 level
.temp 1 h
.temp 1 l
.temp 1 no
maxub h, a, next
minub l, a, next
subb h, h, l
subusb h, h, edge
cmpeqb no, h, 0
addb h, no, 1
addb edges, edges, h
maxub h, a, other
minub l, a, other
subb h, h, l
subusb h, h, level
cmpeqb h, h, 0
orb no, no, h
addb no, no, 1
addb gone, gone, no

# All bits where a pixel is as it was in two pictures before.
.function kocr_orc_standing
.dest 1 d guint8
.source 1 now guint8
.source 1 before guint8
.source 1 first guint8
.param 1 standing
.temp 1 h
.temp 1 l
.temp 1 g
maxub h, now, before
minub l, now, before
subb h, h, l
maxub g, now, first
minub l, now, first
subb g, g, l
maxub h, h, g
subusb h, h, standing
cmpeqb d, h, 0

# Counts one more for pixels that stand off the next one by an edge, differ by a
# change from those of another picture, and stand, as the next one does.
.function kocr_orc_new_edges
.dest 1 d guint8
.source 1 a guint8
.source 1 next guint8
.source 1 other guint8
.source 1 stands guint8
.source 1 stands_next guint8
.param 1 edge
.param 1 change
.temp 1 h
.temp 1 l
.temp 1 no
maxub h, a, next
minub l, a, next
subb h, h, l
subusb h, h, edge
cmpeqb no, h, 0
maxub h, a, other
minub l, a, other
subb h, h, l
subusb h, h, change
cmpeqb h, h, 0
orb no, no, h
andb h, stands, stands_next
andnb h, no, h
subb d, d, h

# A plane by a gain with 15 bits of fraction and an offset with 7, which is more
# or less.
.function kocr_orc_drift
.dest 1 d guint8
.source 1 s guint8
.param 2 gain
.param 2 more
.param 2 less
.temp 2 t
convubw t, s
shlw t, t, 8
mulhuw t, t, gain
addusw t, t, more
subusw t, t, less
shruw t, t, 7
convsuswb d, t

# The high bits of luma, or its byte of a pair, where a pixel has two bytes.
.function kocr_orc_luma_of_pairs
.dest 1 d guint8
.source 2 s guint16
.param 2 shift
.temp 2 t
shruw t, s, shift
convwb d, t

# Luma of pixels of four bytes, by weights with 8 bits of fraction.
.function kocr_orc_luma_of_pixels
.dest 1 d guint8
.source 4 s guint8
.param 2 w0
.param 2 w1
.param 2 w2
.param 2 w3
.temp 2 l
.temp 2 h
.temp 1 b0
.temp 1 b1
.temp 2 t
.temp 2 sum
splitlw h, l, s
splitwb b1, b0, l
convubw sum, b0
mullw sum, sum, w0
convubw t, b1
mullw t, t, w1
addw sum, sum, t
splitwb b1, b0, h
convubw t, b0
mullw t, t, w2
addw sum, sum, t
convubw t, b1
mullw t, t, w3
addw sum, sum, t
addw sum, sum, 128
shruw sum, sum, 8
convwb d, sum
# A difference of colour of pixels of four bytes, by weights with 7 bits of
# fraction, which may be negative, and the level that no colour has.
.function kocr_orc_chroma_of_pixels
.dest 1 d guint8
.source 4 s guint8
.param 2 w0
.param 2 w1
.param 2 w2
.param 2 w3
.param 2 middle
.temp 2 l
.temp 2 h
.temp 1 b0
.temp 1 b1
.temp 2 t
.temp 2 sum
splitlw h, l, s
splitwb b1, b0, l
convubw sum, b0
mullw sum, sum, w0
convubw t, b1
mullw t, t, w1
addw sum, sum, t
splitwb b1, b0, h
convubw t, b0
mullw t, t, w2
addw sum, sum, t
convubw t, b1
mullw t, t, w3
addw sum, sum, t
shrsw sum, sum, 7
addw sum, sum, middle
convsuswb d, sum

# Means of 4x4 pixels, two rows at a time, which whoever calls asks for ahead: unasked,
# a picture that is in no cache is read twice as slowly so as row by row.

# The means of two rows to the sums of their pairs.
.function kocr_orc_sum_pairs
.dest 2 d guint16
.source 2 a guint8
.source 2 b guint8
.temp 2 t
.temp 2 u
x2 avgub t, a, b
andw u, t, 255
shruw t, t, 8
addw d, t, u

# With those of two further rows to the means of four.
.function kocr_orc_mean_4x4
.dest 1 d guint8
.source 4 sums guint16
.source 4 a guint8
.source 4 b guint8
.temp 4 pairs
.temp 4 s
.temp 2 t
.temp 2 u
x4 avgub s, a, b
andl pairs, s, 0x00ff00ff
x2 shruw s, s, 8
x2 addw s, s, pairs
x2 addw s, s, sums
splitlw t, u, s
addw t, t, u
addw t, t, 4
shruw t, t, 3
convwb d, t
