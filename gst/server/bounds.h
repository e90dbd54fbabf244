/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the service bounds. The first four are the vendor's published limits;
 * the others keep a broken or hostile client from stopping the service.
 */
#pragma once

/* "8MB", counted on the body of the request: the picture and its envelope. */
#define LIMIT_REQUEST_BYTES 8000000
#define LIMIT_REGIONS 100
#define LIMIT_PDF_PAGES 30
/* Of the longer side of a page when it is drawn: A4 at 200 dots an inch. */
#define LIMIT_PDF_SIDE 2400
/* The vendor does not publish its limit of pixels on a side; its own sample
 * client scales to this. --max-side changes it. */
#define LIMIT_SIDE 4096
#define LIMIT_SIDE_HIGHEST 16384
/* In all; --max-pixels changes it. */
#define LIMIT_PIXELS (LIMIT_SIDE * LIMIT_SIDE)
#define LIMIT_PIXELS_HIGHEST (LIMIT_SIDE_HIGHEST * LIMIT_SIDE_HIGHEST)
/* While a picture is decoded, beside its one byte of gray a pixel: the
 * coefficients of a progressive JPEG of full chroma take six, of half of it
 * three; PNG with alpha takes two. What needs more is too large. */
#define LIMIT_DECODE_BYTES_A_PIXEL 4

/* Request line and headers; a client's are under 1 KiB. */
#define LIMIT_HEAD_BYTES 16384
#define LIMIT_CHUNK_LINE_BYTES 256
#define LIMIT_PARTS 32
#define LIMIT_PART_HEAD_BYTES 4096

/* Each connection has a thread and may hold one request, so these also bound
 * memory: connections × LIMIT_REQUEST_BYTES. More wait in the kernel's
 * backlog. An element has at most 64 in flight. */
#define LIMIT_CONNECTIONS 128
/* Uploads that wait for a job thread; more are answered 429. */
#define LIMIT_WAITING 64

/* Seconds. HEAD holds for a TLS handshake too; an upload of the full size in
 * BODY needs 1.1 Mbit/s. */
#define LIMIT_IDLE_SECONDS 75
#define LIMIT_HEAD_SECONDS 15
#define LIMIT_BODY_SECONDS 60
#define LIMIT_WRITE_SECONDS 30
/* From SIGTERM on, for requests that have come. */
#define LIMIT_DRAIN_SECONDS 60
/* A refused upload is read on and thrown away for so long, so that a client
 * that sends everything before it reads still gets to see the answer. */
#define LIMIT_LINGER_SECONDS 5
#define LIMIT_LINGER_BYTES (64 * 1024 * 1024)

/* What an engine that is a program of its own may answer in a line. */
#define LIMIT_EXEC_LINE_BYTES (16 * 1024 * 1024)

/* A progressive JPEG can ask for a whole decoding pass in a few bytes. Real
 * ones have about ten. */
#define LIMIT_JPEG_SCANS 100
