/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/chunks.h"

#include <string.h>

#include "../testrows.h"

#define TESTS "/chunks/"

typedef struct
{
  const gchar *name, *text;
  gsize size;
  ChunksResult result;
  const gchar *content;         /* when it is done */
} Row;

#define ROW(name, text, result, content) \
    {name, text, sizeof text - 1, result, content}

static const Row rows[] = {
  ROW ("empty", "0\r\n\r\n", CHUNKS_DONE, ""),
  ROW ("one", "5\r\nhello\r\n0\r\n\r\n", CHUNKS_DONE, "hello"),
  ROW ("two", "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", CHUNKS_DONE, "hello"),
  ROW ("data_like_an_end", "7\r\n\r\n0\r\n\r\n\r\n0\r\n\r\n", CHUNKS_DONE,
      "\r\n0\r\n\r\n"),
  ROW ("capitals", "A\r\n0123456789\r\n0\r\n\r\n", CHUNKS_DONE, "0123456789"),
  ROW ("extension", "1;a=\"b\"\r\nx\r\n0;c\r\n\r\n", CHUNKS_DONE, "x"),
  ROW ("blank_before_extension", "1 ;a\r\nx\r\n0\r\n\r\n", CHUNKS_DONE, "x"),
  ROW ("trailers", "0\r\nA: b\r\nc:\r\n\r\n", CHUNKS_DONE, ""),
  ROW ("unfinished", "5\r\nhel", CHUNKS_MORE, NULL),
  ROW ("unfinished_end", "0\r\n\r", CHUNKS_MORE, NULL),
  ROW ("no_size", "\r\n", CHUNKS_MALFORMED, NULL),
  ROW ("size_not_hexadecimal", "x\r\n", CHUNKS_MALFORMED, NULL),
  ROW ("size_with_sign", "+1\r\nx\r\n", CHUNKS_MALFORMED, NULL),
  ROW ("size_with_prefix", "0x1\r\nx\r\n", CHUNKS_MALFORMED, NULL),
  ROW ("blank_before_size", " 1\r\nx\r\n", CHUNKS_MALFORMED, NULL),
  ROW ("text_behind_size", "1 a\r\nx\r\n", CHUNKS_MALFORMED, NULL),
  ROW ("nul_in_size", "1\0002\r\nx\r\n", CHUNKS_MALFORMED, NULL),
  ROW ("nul_behind_size", "1\0\r\nx\r\n", CHUNKS_MALFORMED, NULL),
  ROW ("nul_in_extension", "1;a\0b\r\nx\r\n", CHUNKS_MALFORMED, NULL),
  ROW ("nul_in_trailer", "0\r\nA: \0\r\n\r\n", CHUNKS_MALFORMED, NULL),
  ROW ("nul_for_the_last_line", "0\r\n\0\r\n", CHUNKS_MALFORMED, NULL),
  ROW ("trailer_without_colon", "0\r\nA\r\n\r\n", CHUNKS_MALFORMED, NULL),
  ROW ("folded_trailer", "0\r\nA: b\r\n c: d\r\n\r\n", CHUNKS_MALFORMED,
      NULL),
  ROW ("line_feed", "1\nx\n0\n\n", CHUNKS_MALFORMED, NULL),
  ROW ("carriage_return", "1\rx", CHUNKS_MALFORMED, NULL),
  ROW ("two_carriage_returns", "1\r\r\n", CHUNKS_MALFORMED, NULL),
  ROW ("longer_data", "1\r\nxy\r\n0\r\n\r\n", CHUNKS_MALFORMED, NULL),
  ROW ("size_of_64_bits", "ffffffffffffffff\r\n", CHUNKS_MALFORMED, NULL),
  ROW ("size_beyond", "ffffffffffffffffffff\r\n", CHUNKS_MALFORMED, NULL),
  ROW ("too_large", "7a1201\r\n", CHUNKS_TOO_LARGE, NULL),
  ROW ("too_large_together", "1\r\nx\r\n7a1200\r\n", CHUNKS_TOO_LARGE, NULL),
};

static ChunksResult
decode (const Row * row, gsize piece, GByteArray * body, gsize * consumed)
{
  ChunkDecoder decoder = { 0 };
  ChunksResult result = CHUNKS_MORE;

  for (*consumed = 0; *consumed < row->size && result == CHUNKS_MORE;) {
    gsize n = MIN (piece, row->size - *consumed), used;

    result = chunk_decoder_feed (&decoder, row->text + *consumed, n, &used,
        body);
    g_assert_cmpuint (used, <=, n);
    if (result == CHUNKS_MORE)
      g_assert_cmpuint (used, ==, n);
    *consumed += used;
  }
  return result;
}

/* In one piece, and in pieces of every length. */
static void
chunks_are_read_strictly (gconstpointer data)
{
  const Row *row = data;
  gsize piece, consumed;

  for (piece = 1; piece <= row->size; piece++) {
    g_autoptr (GByteArray) body = g_byte_array_new ();

    g_assert_cmpint (decode (row, piece, body, &consumed), ==, row->result);
    if (row->content != NULL) {
      g_assert_cmpmem (body->data, body->len, row->content,
          strlen (row->content));
      g_assert_cmpuint (consumed, ==, row->size);
    }
  }
}

static void
what_follows_is_left (void)
{
  static const Row row = ROW ("", "1\r\nx\r\n0\r\n\r\nGET /", CHUNKS_DONE, "x");
  gsize consumed;

  g_assert_cmpint (decode (&row, row.size, NULL, &consumed), ==, CHUNKS_DONE);
  g_assert_cmpstr (row.text + consumed, ==, "GET /");
}

/* Neither a size line nor trailers without end. */
static void
lines_are_bounded (void)
{
  static const gchar *const starts[] = { "1;", "0\r\nA: ", "000" };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (starts); i++) {
    g_autoptr (GString) text = g_string_new (starts[i]);
    Row row = { "", NULL, 0, CHUNKS_MALFORMED, NULL };
    gsize consumed;

    while (text->len < 2 * LIMIT_CHUNK_LINE_BYTES)
      g_string_append_c (text, '0');
    row.text = text->str;
    row.size = text->len;
    g_assert_cmpint (decode (&row, row.size, NULL, &consumed), ==,
        CHUNKS_MALFORMED);
  }
}

static void
trailers_are_bounded (void)
{
  g_autoptr (GString) text = g_string_new ("0\r\n");
  Row row = { "", NULL, 0, CHUNKS_MALFORMED, NULL };
  gsize consumed;

  while (text->len < 4 * LIMIT_HEAD_BYTES)
    g_string_append (text, "name: value\r\n");
  row.text = text->str;
  row.size = text->len;
  g_assert_cmpint (decode (&row, row.size, NULL, &consumed), ==,
      CHUNKS_MALFORMED);
  g_assert_cmpuint (consumed, <, 2 * LIMIT_HEAD_BYTES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS (chunks_are_read_strictly, rows);
  ADD (what_follows_is_left);
  ADD (lines_are_bounded);
  ADD (trailers_are_bounded);
  return g_test_run ();
}
