/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The service over real HTTP, with an answer that is replayed: every status of
 * the guide's table, its limits to the byte, and requests that no decent client
 * sends.
 */
#include <signal.h>
#include <string.h>

#include "../testrows.h"
#include "bounds.h"
#include "servicefixture.h"
#include "testpicture.h"

#define TESTS "/service/"

/* The guide's table */

typedef struct
{
  const gchar *name, *method, *path, *key, *type;
  guint status;
  const gchar *code;
} Row;

#define OTHER_PATH "/ocr/services/general-ocr/local"

static const Row rows[] = {
  {"path", "POST", SERVICE_PATH, SERVICE_KEY, SERVICE_FORM, 200, ""},
  {"other_path", "POST", OTHER_PATH, SERVICE_KEY, SERVICE_FORM, 200, ""},
  {"query", "POST", SERVICE_PATH "?a=b", SERVICE_KEY, SERVICE_FORM, 200, ""},
  {"escaped", "POST", "/ai/OCR/%6cocal", SERVICE_KEY, SERVICE_FORM, 200, ""},
  {"root", "POST", "/", SERVICE_KEY, SERVICE_FORM, 400, "Bad Request"},
  {"no_signature", "POST", "/ai/OCR", SERVICE_KEY, SERVICE_FORM, 400,
        "Bad Request"},
  {"empty_signature", "POST", "/ai/OCR/", SERVICE_KEY, SERVICE_FORM, 400,
        "Bad Request"},
  {"deeper", "POST", SERVICE_PATH "/x", SERVICE_KEY, SERVICE_FORM, 400,
        "Bad Request"},
  {"other_service", "POST", "/ai/ocr/local", SERVICE_KEY, SERVICE_FORM, 400,
        "Bad Request"},
  {"dots", "POST", "/ai/x/../OCR/local", SERVICE_KEY, SERVICE_FORM, 400,
        "Bad Request"},
  {"asterisk", "OPTIONS", "*", SERVICE_KEY, SERVICE_FORM, 400, "Bad Request"},
  {"signature", "POST", "/ai/OCR/x", SERVICE_KEY, SERVICE_FORM, 400,
        "INVALID_SIGNATURE"},
  {"other_signature", "POST", "/ocr/services/general-ocr/x", SERVICE_KEY,
        SERVICE_FORM, 400,
      "INVALID_SIGNATURE"},
  {"longer_signature", "POST", SERVICE_PATH "x", SERVICE_KEY, SERVICE_FORM, 400,
      "INVALID_SIGNATURE"},
  {"no_key", "POST", SERVICE_PATH, NULL, SERVICE_FORM, 401,
        "Authentication failed"},
  {"empty_key", "POST", SERVICE_PATH, "", SERVICE_FORM, 401,
        "Authentication failed"},
  {"wrong_key", "POST", SERVICE_PATH, "b-key", SERVICE_FORM, 401,
        "Authentication failed"},
  {"shorter_key", "POST", SERVICE_PATH, "a-ke", SERVICE_FORM, 401,
        "Authentication failed"},
  {"longer_key", "POST", SERVICE_PATH, SERVICE_KEY "x", SERVICE_FORM, 401,
        "Authentication failed"},
  {"get", "GET", SERVICE_PATH, SERVICE_KEY, SERVICE_FORM, 405,
        "Method Not Allowed"},
  {"put", "PUT", SERVICE_PATH, SERVICE_KEY, SERVICE_FORM, 405,
        "Method Not Allowed"},
  {"delete", "DELETE", SERVICE_PATH, SERVICE_KEY, SERVICE_FORM, 405,
        "Method Not Allowed"},
  {"options", "OPTIONS", SERVICE_PATH, SERVICE_KEY, SERVICE_FORM, 405,
        "Method Not Allowed"},
  {"patch", "PATCH", SERVICE_PATH, NULL, NULL, 405, "Method Not Allowed"},
  {"unknown_method", "RECOGNIZE", SERVICE_PATH, SERVICE_KEY, SERVICE_FORM, 404,
        "NOT FOUND"},
  {"small_letters", "post", SERVICE_PATH, SERVICE_KEY, SERVICE_FORM, 404,
        "NOT FOUND"},
  {"no_type", "POST", SERVICE_PATH, SERVICE_KEY, NULL, 415,
        "Unsupported content type"},
  {"no_boundary", "POST", SERVICE_PATH, SERVICE_KEY, "multipart/form-data", 415,
      "Unsupported content type"},
  {"url_encoded", "POST", SERVICE_PATH, SERVICE_KEY,
        "application/x-www-form-urlencoded",
      415, "Unsupported content type"},
  {"json", "POST", SERVICE_PATH, SERVICE_KEY, "application/json", 415,
      "Unsupported content type"},
  {"picture_alone", "POST", SERVICE_PATH, SERVICE_KEY, "image/png", 415,
      "Unsupported content type"},
  {"other_boundary", "POST", SERVICE_PATH, SERVICE_KEY,
        "multipart/form-data; boundary=b",
      400, "NO_IMAGE"},
};

static ServerProcess *table_server;
static ServiceFixture table_fixture;

static void
requests_are_answered_as_the_guide_says (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GBytes) request = http_build_request (row->method, row->path,
      row->key, row->type, NULL, table_fixture.upload);
  g_autoptr (HttpReply) reply = http_exchange (table_server->port, request);
  g_autofree gchar *type = http_reply_get_header (reply, "Content-Type");

  g_assert_cmpuint (reply->status, ==, row->status);
  g_assert_cmpstr (http_reply_get_code (reply), ==, row->code);
  g_assert_cmpstr (type, ==, "application/json");
  if (row->status == 200)
    g_assert_cmpstr (reply->body, ==, SERVICE_REPLAY);
}

/* Uploads */

/* What is in the form; @size: zeros are added to make the body that long. */
typedef struct
{
  const gchar *name;
  const gchar *disposition, *type;
  gint width, height, format;   /* 0: @content instead */
  const gchar *content;
  gsize size;
  guint status;
  const gchar *code;
} UploadRow;

#define NAMED "; name=\"image\""

static const UploadRow uploads[] = {
  {"name_alone", NAMED, NULL, 64, 64, IFF_PNG, NULL, 0, 200, ""},
  {"name_twice", NAMED "; filename=\"image\"", NULL, 64, 64, IFF_PNG, NULL, 0,
      200, ""},
  {"wrong_type", NAMED "; filename=\"a.txt\"", "text/plain", 64, 64, IFF_PNG,
      NULL, 0, 200, ""},
  {"jpeg", NAMED, "image/jpeg", 64, 64, IFF_JFIF_JPEG, NULL, 0, 200, ""},
  {"bmp", NAMED, NULL, 64, 64, IFF_BMP, NULL, 0, 405,
      "UNSUPPORTED_IMAGE_FORMAT"},
  {"tiff", NAMED, NULL, 64, 64, IFF_TIFF_LZW, NULL, 0, 405,
      "UNSUPPORTED_IMAGE_FORMAT"},
  {"webp", NAMED, NULL, 64, 64, IFF_WEBP, NULL, 0, 405,
      "UNSUPPORTED_IMAGE_FORMAT"},
  {"one_pixel", NAMED, NULL, 1, 1, IFF_PNG, NULL, 0, 200, ""},
  {"other_name", "; name=\"file\"", NULL, 64, 64, IFF_PNG, NULL, 0, 400,
      "NO_IMAGE"},
  {"empty", NAMED, NULL, 0, 0, 0, "", 0, 400, "NO_IMAGE"},
  {"not_an_image", NAMED, NULL, 0, 0, 0, "hello", 0, 400, "NO_IMAGE"},
  {"gif", NAMED, NULL, 0, 0, 0, "GIF89a", 0, 405,
      "UNSUPPORTED_IMAGE_FORMAT"},
  {"widest", NAMED, NULL, 4096, 2, IFF_PNG, NULL, 0, 200, ""},
  {"highest", NAMED, NULL, 2, 4096, IFF_JFIF_JPEG, NULL, 0, 200, ""},
  {"too_wide", NAMED, NULL, 4097, 2, IFF_PNG, NULL, 0, 413,
      "EXCEED_MAX_LEN"},
  {"too_high", NAMED, NULL, 2, 4097, IFF_JFIF_JPEG, NULL, 0, 413,
      "EXCEED_MAX_LEN"},
  {"longest", NAMED, NULL, 64, 64, IFF_PNG, NULL, LIMIT_REQUEST_BYTES, 200,
      ""},
  {"too_long", NAMED, NULL, 64, 64, IFF_PNG, NULL, LIMIT_REQUEST_BYTES + 1,
      413, "Request Entity Too Large"},
  {"far_too_long", NAMED, NULL, 64, 64, IFF_PNG, NULL,
      4 * LIMIT_REQUEST_BYTES, 413, "Request Entity Too Large"},
};

static GBytes *
build_row_form (const UploadRow * row)
{
  g_autoptr (GBytes) content = row->width > 0
      ? test_picture_new (row->width, row->height, row->format)
      : g_bytes_new_static (row->content, strlen (row->content));
  GBytes *form = http_build_form (row->disposition, row->type, content);
  gsize missing;

  if (row->size > 0) {
    GByteArray *longer = g_byte_array_new ();

    missing = row->size - g_bytes_get_size (form);
    g_byte_array_append (longer, g_bytes_get_data (content, NULL),
        g_bytes_get_size (content));
    g_byte_array_set_size (longer, longer->len + missing);
    memset (longer->data + longer->len - missing, 0, missing);
    g_bytes_unref (content);
    content = g_byte_array_free_to_bytes (longer);
    g_bytes_unref (form);
    form = http_build_form (row->disposition, row->type, content);
    g_assert_cmpuint (g_bytes_get_size (form), ==, row->size);
  }
  return form;
}

static void
uploads_are_answered_as_the_guide_says (gconstpointer data)
{
  const UploadRow *row = data;
  g_autoptr (GBytes) form = build_row_form (row);
  g_autoptr (GBytes) request =
      http_build_request ("POST", SERVICE_PATH, SERVICE_KEY, SERVICE_FORM, NULL,
      form);
  g_autoptr (HttpReply) reply = http_exchange (table_server->port, request);

  g_assert_cmpuint (reply->status, ==, row->status);
  g_assert_cmpstr (http_reply_get_code (reply), ==, row->code);
}

/* Requests as text */

static const struct
{
  const gchar *name, *text;
  guint status;                 /* 0: no answer, the connection ends */
} texts[] = {
  {"empty_line_first", "\r\n" SERVICE_HEAD "\r\n", 400},
  {"no_body", SERVICE_HEAD "\r\n", 400},
  {"garbage", "\x16\x03\x01\x02 hello\r\n\r\n", 400},
  {"no_version", "GET /\r\n\r\n", 400},
  {"line_feeds", "GET / HTTP/1.1\nHost: a\n\n", 400},
  {"no_host", "POST " SERVICE_PATH " HTTP/1.1\r\n\r\n", 400},
  {"two_hosts", "POST " SERVICE_PATH " HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      400},
  {"chunks_of_http_1_0", "POST " SERVICE_PATH " HTTP/1.0\r\n"
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
  {"two_lengths",
        SERVICE_HEAD "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
      400},
  {"length_and_chunked", SERVICE_HEAD
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400},
  {"gzip", SERVICE_HEAD "Transfer-Encoding: gzip\r\n\r\n", 400},
  {"huge_length", SERVICE_HEAD "Content-Length: 9999999999999999\r\n\r\n", 413},
  {"length_beyond_numbers",
        SERVICE_HEAD "Content-Length: 99999999999999999999\r\n" "\r\n", 400},
  {"empty_chunks", SERVICE_CHUNKED "0\r\n\r\n", 400},
  {"chunk_extension", SERVICE_CHUNKED "1;a=b\r\nx\r\n0\r\n\r\n", 400},
  {"trailers", SERVICE_CHUNKED "1\r\nx\r\n0\r\nA: b\r\n\r\n", 400},
  {"chunk_size_not_hexadecimal", SERVICE_CHUNKED "x\r\n", 400},
  {"chunk_size_negative", SERVICE_CHUNKED "-1\r\nx\r\n", 400},
  {"chunk_size_huge", SERVICE_CHUNKED "ffffffffffffffffffff\r\n", 400},
  {"chunk_too_large", SERVICE_CHUNKED "7a1201\r\n", 413},
  {"chunk_without_end", SERVICE_CHUNKED "1\r\nxy\r\n0\r\n\r\n", 400},
  {"chunk_line_feed", SERVICE_CHUNKED "1\nx\n0\n\n", 400},
};

static void
broken_requests_are_refused (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GIOStream) stream = http_connect (table_server->port);
  g_autoptr (HttpReply) reply = NULL;

  g_assert_true (http_send_text (stream, texts[i].text));
  reply = http_read_reply (stream);
  g_assert_cmpuint (reply->status, ==, texts[i].status);
  service_assert_serves (&table_fixture);
}

int
main (int argc, char **argv)
{
  guint i;
  gint result;

  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  service_set_up (&table_fixture, NULL);
  table_server = table_fixture.server;
  ADD_ROWS (requests_are_answered_as_the_guide_says, rows);
  ADD_ROWS (uploads_are_answered_as_the_guide_says, uploads);
  for (i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree gchar *path =
        g_strdup_printf ("/service/broken_requests_are_refused/%s",
        texts[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i),
        broken_requests_are_refused);
  }
  result = g_test_run ();
  service_tear_down (&table_fixture, NULL);
  return result;
}
