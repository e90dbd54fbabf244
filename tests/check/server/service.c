/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The service over real HTTP, with an answer that is replayed: every status of
 * the guide's table, its limits to the byte, and what no decent client sends.
 */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "bounds.h"
#include "httpexchange.h"
#include "serverprocess.h"
#include "testpicture.h"

#define KEY "a-key"
#define PATH "/ai/OCR/local"
#define REPLAY "{\"responses\":[{\"page\":1,\"results\":[]}]}"

typedef struct
{
  ServerProcess *server;
  GBytes *picture, *upload;
  gchar *replay_file;
} Fixture;

/* @data: the server's arguments, NULL for none. */
static void
set_up (Fixture * f, gconstpointer data)
{
  g_autofree gchar *arguments = g_strconcat ("--engine replay:%s ", data,
      NULL);
  gint fd = g_file_open_tmp ("replay-XXXXXX", &f->replay_file, NULL);

  close (fd);
  g_assert_true (g_file_set_contents (f->replay_file, REPLAY, -1, NULL));
  f->server = server_process_start (arguments, f->replay_file, KEY);
  f->picture = test_picture_new (64, 64, IFF_PNG);
  f->upload = http_build_upload (f->picture);
}

static void
tear_down (Fixture * f, gconstpointer data)
{
  if (f->server != NULL)
    server_process_free (f->server);
  g_unlink (f->replay_file);
  g_free (f->replay_file);
  g_bytes_unref (f->picture);
  g_bytes_unref (f->upload);
}

static GBytes *
build_upload_request (Fixture * f)
{
  return http_build_request ("POST", PATH, KEY, TEST_FORM_TYPE, NULL,
      f->upload);
}

static void
assert_serves (Fixture * f)
{
  g_autoptr (GBytes) request = build_upload_request (f);
  g_autoptr (HttpReply) reply = http_exchange (f->server->port, request);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (reply->body, ==, REPLAY);
}

/* The guide's table */

typedef struct
{
  const gchar *name, *method, *path, *key, *type;
  guint status;
  const gchar *code;
} Row;

#define OTHER_PATH "/ocr/services/general-ocr/local"
#define FORM TEST_FORM_TYPE

static const Row rows[] = {
  {"path", "POST", PATH, KEY, FORM, 200, ""},
  {"other_path", "POST", OTHER_PATH, KEY, FORM, 200, ""},
  {"query", "POST", PATH "?a=b", KEY, FORM, 200, ""},
  {"escaped", "POST", "/ai/OCR/%6cocal", KEY, FORM, 200, ""},
  {"root", "POST", "/", KEY, FORM, 400, "Bad Request"},
  {"no_signature", "POST", "/ai/OCR", KEY, FORM, 400, "Bad Request"},
  {"empty_signature", "POST", "/ai/OCR/", KEY, FORM, 400, "Bad Request"},
  {"deeper", "POST", PATH "/x", KEY, FORM, 400, "Bad Request"},
  {"other_service", "POST", "/ai/ocr/local", KEY, FORM, 400, "Bad Request"},
  {"dots", "POST", "/ai/x/../OCR/local", KEY, FORM, 400, "Bad Request"},
  {"asterisk", "OPTIONS", "*", KEY, FORM, 400, "Bad Request"},
  {"signature", "POST", "/ai/OCR/x", KEY, FORM, 400, "INVALID_SIGNATURE"},
  {"other_signature", "POST", "/ocr/services/general-ocr/x", KEY, FORM, 400,
      "INVALID_SIGNATURE"},
  {"longer_signature", "POST", PATH "x", KEY, FORM, 400,
      "INVALID_SIGNATURE"},
  {"no_key", "POST", PATH, NULL, FORM, 401, "Authentication failed"},
  {"empty_key", "POST", PATH, "", FORM, 401, "Authentication failed"},
  {"wrong_key", "POST", PATH, "b-key", FORM, 401, "Authentication failed"},
  {"shorter_key", "POST", PATH, "a-ke", FORM, 401, "Authentication failed"},
  {"longer_key", "POST", PATH, KEY "x", FORM, 401, "Authentication failed"},
  {"get", "GET", PATH, KEY, FORM, 405, "Method Not Allowed"},
  {"put", "PUT", PATH, KEY, FORM, 405, "Method Not Allowed"},
  {"delete", "DELETE", PATH, KEY, FORM, 405, "Method Not Allowed"},
  {"options", "OPTIONS", PATH, KEY, FORM, 405, "Method Not Allowed"},
  {"patch", "PATCH", PATH, NULL, NULL, 405, "Method Not Allowed"},
  {"unknown_method", "RECOGNIZE", PATH, KEY, FORM, 404, "NOT FOUND"},
  {"small_letters", "post", PATH, KEY, FORM, 404, "NOT FOUND"},
  {"no_type", "POST", PATH, KEY, NULL, 415, "Unsupported content type"},
  {"no_boundary", "POST", PATH, KEY, "multipart/form-data", 415,
      "Unsupported content type"},
  {"url_encoded", "POST", PATH, KEY, "application/x-www-form-urlencoded",
      415, "Unsupported content type"},
  {"json", "POST", PATH, KEY, "application/json", 415,
      "Unsupported content type"},
  {"picture_alone", "POST", PATH, KEY, "image/png", 415,
      "Unsupported content type"},
  {"other_boundary", "POST", PATH, KEY, "multipart/form-data; boundary=b",
      400, "NO_IMAGE"},
};

static ServerProcess *table_server;
static Fixture table_fixture;

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
    g_assert_cmpstr (reply->body, ==, REPLAY);
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
  {"bmp", NAMED, NULL, 64, 64, IFF_BMP, NULL, 0, 200, ""},
  {"one_pixel", NAMED, NULL, 1, 1, IFF_PNG, NULL, 0, 200, ""},
  {"other_name", "; name=\"file\"", NULL, 64, 64, IFF_PNG, NULL, 0, 400,
      "NO_IMAGE"},
  {"empty", NAMED, NULL, 0, 0, 0, "", 0, 400, "NO_IMAGE"},
  {"not_an_image", NAMED, NULL, 0, 0, 0, "hello", 0, 400, "NO_IMAGE"},
  {"gif", NAMED, NULL, 0, 0, 0, "GIF89a", 0, 405,
      "UNSUPPORTED_IMAGE_FORMAT"},
  {"pdf", NAMED, NULL, 0, 0, 0, "%PDF-1.7 /Type /Page ", 0, 405,
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
  g_autoptr (GBytes) request = http_build_request ("POST", PATH, KEY, FORM,
      NULL, form);
  g_autoptr (HttpReply) reply = http_exchange (table_server->port, request);

  g_assert_cmpuint (reply->status, ==, row->status);
  g_assert_cmpstr (http_reply_get_code (reply), ==, row->code);
}

/* Requests as text */

#define HEAD "POST " PATH " HTTP/1.1\r\nHost: a\r\nx-api-key: " KEY "\r\n" \
    "Content-Type: " FORM "\r\n"
#define CHUNKED HEAD "Transfer-Encoding: chunked\r\n\r\n"

static const struct
{
  const gchar *name, *text;
  guint status;                 /* 0: no answer, the connection ends */
} texts[] = {
  {"empty_line_first", "\r\n" HEAD "\r\n", 400},
  {"no_body", HEAD "\r\n", 400},
  {"garbage", "\x16\x03\x01\x02 hello\r\n\r\n", 400},
  {"no_version", "GET /\r\n\r\n", 400},
  {"line_feeds", "GET / HTTP/1.1\nHost: a\n\n", 400},
  {"no_host", "POST " PATH " HTTP/1.1\r\n\r\n", 400},
  {"two_lengths", HEAD "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
      400},
  {"length_and_chunked", HEAD
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400},
  {"gzip", HEAD "Transfer-Encoding: gzip\r\n\r\n", 400},
  {"huge_length", HEAD "Content-Length: 9999999999999999\r\n\r\n", 413},
  {"length_beyond_numbers", HEAD "Content-Length: 99999999999999999999\r\n"
        "\r\n", 400},
  {"empty_chunks", CHUNKED "0\r\n\r\n", 400},
  {"chunk_extension", CHUNKED "1;a=b\r\nx\r\n0\r\n\r\n", 400},
  {"trailers", CHUNKED "1\r\nx\r\n0\r\nA: b\r\n\r\n", 400},
  {"chunk_size_not_hexadecimal", CHUNKED "x\r\n", 400},
  {"chunk_size_negative", CHUNKED "-1\r\nx\r\n", 400},
  {"chunk_size_huge", CHUNKED "ffffffffffffffffffff\r\n", 400},
  {"chunk_too_large", CHUNKED "7a1201\r\n", 413},
  {"chunk_without_end", CHUNKED "1\r\nxy\r\n0\r\n\r\n", 400},
  {"chunk_line_feed", CHUNKED "1\nx\n0\n\n", 400},
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
  assert_serves (&table_fixture);
}

/* Connections */

static void
a_connection_serves_many_requests (Fixture * f, gconstpointer data)
{
  g_autoptr (GIOStream) stream = http_connect (f->server->port);
  g_autoptr (GBytes) good = build_upload_request (f);
  g_autoptr (GBytes) keyless = http_build_request ("POST", PATH, NULL, FORM,
      NULL, f->upload);
  guint i;

  for (i = 0; i < 100; i++) {
    g_autoptr (HttpReply) reply = NULL;

    g_assert_true (http_send_bytes (stream, i % 10 == 5 ? keyless : good));
    reply = http_read_reply (stream);
    g_assert_cmpuint (reply->status, ==, i % 10 == 5 ? 401 : 200);
  }
}

static void
pipelined_requests_are_answered_in_order (Fixture * f, gconstpointer data)
{
  g_autoptr (GIOStream) stream = http_connect (f->server->port);
  g_autoptr (GBytes) good = build_upload_request (f);
  g_autoptr (HttpReply) first = NULL, second = NULL, third = NULL;

  g_assert_true (http_send_bytes (stream, good));
  g_assert_true (http_send_text (stream,
          "HEAD " PATH " HTTP/1.1\r\nHost: a\r\n\r\n"));
  g_assert_true (http_send_bytes (stream, good));
  first = http_read_reply (stream);
  second = http_read_reply_to_head (stream);
  third = http_read_reply (stream);
  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (second->status, ==, 405);
  g_assert_cmpuint (third->status, ==, 200);
}

static void
a_closing_client_is_closed (Fixture * f, gconstpointer data)
{
  g_autoptr (GIOStream) stream = http_connect (f->server->port);
  g_autoptr (GBytes) request = http_build_request ("POST", PATH, KEY, FORM,
      "Connection: close\r\n", f->upload);
  g_autoptr (HttpReply) reply = NULL, end = NULL;
  g_autofree gchar *connection = NULL;

  g_assert_true (http_send_bytes (stream, request));
  reply = http_read_reply (stream);
  connection = http_reply_get_header (reply, "Connection");
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (connection, ==, "close");
  end = http_read_reply (stream);
  g_assert_cmpuint (end->status, ==, 0);
}

static void
a_chunked_upload_is_read (Fixture * f, gconstpointer data)
{
  g_autoptr (GIOStream) stream = http_connect (f->server->port);
  g_autoptr (HttpReply) reply = NULL;
  gsize i, size;
  const gchar *bytes = g_bytes_get_data (f->upload, &size);

  g_assert_true (http_send_text (stream, CHUNKED));
  for (i = 0; i < size; i += 50) {
    gsize n = MIN (50, size - i);
    g_autofree gchar *line = g_strdup_printf ("%x\r\n", (guint) n);

    g_assert_true (http_send_text (stream, line));
    g_assert_true (http_send (stream, bytes + i, n));
    g_assert_true (http_send_text (stream, "\r\n"));
  }
  g_assert_true (http_send_text (stream, "0\r\n\r\n"));
  reply = http_read_reply (stream);
  g_assert_cmpuint (reply->status, ==, 200);
}

static void
expect_is_answered_before_the_upload (Fixture * f, gconstpointer data)
{
  static const gchar expect[] = "Expect: 100-continue\r\n";
  g_autoptr (GIOStream) stream = http_connect (f->server->port);
  g_autoptr (GIOStream) refused = http_connect (f->server->port);
  g_autofree gchar *head = g_strdup_printf (HEAD "%s"
      "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", expect,
      g_bytes_get_size (f->upload));
  g_autofree gchar *too_large = g_strdup_printf (HEAD "%s"
      "Content-Length: 8000001\r\n\r\n", expect);
  g_autoptr (HttpReply) go_on = NULL, reply = NULL, refusal = NULL;

  g_assert_true (http_send_text (stream, head));
  go_on = http_read_reply (stream);
  g_assert_cmpuint (go_on->status, ==, 100);
  g_assert_true (http_send_bytes (stream, f->upload));
  reply = http_read_reply (stream);
  g_assert_cmpuint (reply->status, ==, 200);

  g_assert_true (http_send_text (refused, too_large));
  refusal = http_read_reply (refused);
  g_assert_cmpuint (refusal->status, ==, 413);
}

static gpointer
send_without_end (gpointer stream)
{
  static const gchar zeros[65536];

  while (http_send_text (stream, "10000\r\n")
      && http_send (stream, zeros, sizeof zeros)
      && http_send_text (stream, "\r\n"));
  return NULL;
}

static void
an_endless_upload_is_cut_and_answered (Fixture * f, gconstpointer data)
{
  g_autoptr (GIOStream) stream = http_connect (f->server->port);
  g_autoptr (HttpReply) reply = NULL;
  GThread *sender;

  g_assert_true (http_send_text (stream, CHUNKED));
  sender = g_thread_new ("sender", send_without_end, stream);
  reply = http_read_reply (stream);
  g_assert_cmpuint (reply->status, ==, 413);
  g_assert_cmpstr (http_reply_get_code (reply), ==, "Request Entity Too Large");
  g_thread_join (sender);
  assert_serves (f);
}

static void
an_endless_head_is_cut (Fixture * f, gconstpointer data)
{
  g_autoptr (GIOStream) stream = http_connect (f->server->port);
  g_autoptr (HttpReply) reply = NULL;
  guint i;

  g_assert_true (http_send_text (stream, "GET / HTTP/1.1\r\n"));
  for (i = 0; i < 4096 && http_send_text (stream, "aaaaaaaa: bbbbbbbb\r\n");)
    i++;
  reply = http_read_reply (stream);
  g_assert_cmpuint (reply->status, ==, 400);
  assert_serves (f);
}

static void
slow_clients_hold_nobody_up (Fixture * f, gconstpointer data)
{
  GIOStream *slow[30];
  g_autoptr (HttpReply) reply = NULL;
  gsize half = g_bytes_get_size (f->upload) / 2;
  g_autofree gchar *head = g_strdup_printf (HEAD
      "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
      g_bytes_get_size (f->upload));
  guint i;

  for (i = 0; i < G_N_ELEMENTS (slow); i++) {
    slow[i] = http_connect (f->server->port);
    if (i % 3 == 1)
      http_send_text (slow[i], "POST /ai");
    if (i % 3 == 2) {
      http_send_text (slow[i], head);
      http_send (slow[i], g_bytes_get_data (f->upload, NULL), half);
    }
  }
  assert_serves (f);

  /* And a slow one gets its answer in the end. */
  http_send (slow[2], (gchar *) g_bytes_get_data (f->upload, NULL) + half,
      g_bytes_get_size (f->upload) - half);
  reply = http_read_reply (slow[2]);
  g_assert_cmpuint (reply->status, ==, 200);
  for (i = 0; i < G_N_ELEMENTS (slow); i++)
    g_object_unref (slow[i]);
}

static gpointer
upload_some (gpointer data)
{
  guint i;

  for (i = 0; i < 5; i++)
    assert_serves (data);
  return NULL;
}

static void
twenty_clients_upload_at_once (Fixture * f, gconstpointer data)
{
  GThread *threads[20];
  guint i;

  for (i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("client", upload_some, f);
  for (i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* Bytes of an upload changed, lost and doubled: always an answer. */
static void
damaged_uploads_are_answered (Fixture * f, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GIOStream) stream = http_connect (f->server->port);
  guint i, n_refused = 0;

  for (i = 0; i < 1000; i++) {
    GByteArray *bytes = g_byte_array_new ();
    g_autoptr (GBytes) form = NULL;
    g_autoptr (GBytes) request = NULL;
    g_autoptr (HttpReply) reply = NULL;
    guint at;

    g_byte_array_append (bytes, g_bytes_get_data (f->upload, NULL),
        g_bytes_get_size (f->upload));
    at = g_rand_int_range (random, 0, bytes->len - 1);
    switch (i % 4) {
      case 0:
        bytes->data[at] ^= 1 << g_rand_int_range (random, 0, 8);
        break;
      case 1:
        g_byte_array_remove_index (bytes, at);
        break;
      case 2:
        g_byte_array_set_size (bytes, at);
        break;
      default:
        g_byte_array_append (bytes, g_bytes_get_data (f->upload, NULL), at);
    }
    form = g_byte_array_free_to_bytes (bytes);
    request = http_build_request ("POST", PATH, KEY, FORM, NULL, form);
    g_assert_true (http_send_bytes (stream, request));
    reply = http_read_reply (stream);
    g_assert_true (reply->status == 200 || reply->status == 400
        || reply->status == 405 || reply->status == 413);
    n_refused += reply->status != 200;
  }
  g_assert_cmpuint (n_refused, >, 250);
}

/* Waits until the server has as many descriptors as before: it can only be
 * seen, not awaited. */
static void
assert_descriptors_fall_to (Fixture * f, guint n)
{
  gint64 deadline = g_get_monotonic_time ()
      + TEST_TIMEOUT_SECONDS * G_USEC_PER_SEC;

  while (server_process_count_descriptors (f->server) > n) {
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_usleep (1000);
  }
}

static void
a_client_that_leaves_frees_its_place (Fixture * f, gconstpointer data)
{
  guint n = server_process_count_descriptors (f->server), i;
  g_autoptr (GBytes) request = build_upload_request (f);

  /* More than there are places, one after the other; none is answered. */
  for (i = 0; i < 2 * LIMIT_CONNECTIONS; i++) {
    g_autoptr (GIOStream) stream = http_connect (f->server->port);

    g_assert_true (http_send_bytes (stream, request));
    g_io_stream_close (stream, NULL, NULL);
  }
  assert_descriptors_fall_to (f, n);
}

static void
connections_beyond_the_limit_wait (Fixture * f, gconstpointer data)
{
  GIOStream *idle[LIMIT_CONNECTIONS + 10];
  guint i;

  for (i = 0; i < G_N_ELEMENTS (idle); i++)
    idle[i] = http_connect (f->server->port);
  for (i = 0; i < 20; i++)
    g_object_unref (idle[i]);
  assert_serves (f);
  for (i = 20; i < G_N_ELEMENTS (idle); i++)
    g_object_unref (idle[i]);
}

/* Faults on purpose */

static void
faults_come_as_ordered (Fixture * f, gconstpointer data)
{
  g_autoptr (GBytes) request = build_upload_request (f);
  g_autoptr (GIOStream) stream = http_connect (f->server->port);
  guint n_503 = 0, n_425 = 0, i;

  for (i = 0; i < 400; i++) {
    g_autoptr (HttpReply) reply = NULL;

    g_assert_true (http_send_bytes (stream, request));
    reply = http_read_reply (stream);
    if (reply->status == 503) {
      g_assert_cmpstr (http_reply_get_code (reply), ==, "INTERNAL ERROR");
      n_503++;
    } else if (reply->status == 425) {
      g_assert_cmpstr (http_reply_get_code (reply), ==, "Domain not deployed");
      n_425++;
    } else {
      g_assert_cmpuint (reply->status, ==, 200);
    }
  }
  /* A quarter each, four standard deviations. */
  g_assert_cmpuint (n_503, >, 65);
  g_assert_cmpuint (n_503, <, 135);
  g_assert_cmpuint (n_425, >, 65);
  g_assert_cmpuint (n_425, <, 135);
}

static void
latencies_pass_side_by_side (Fixture * f, gconstpointer data)
{
  g_autoptr (GBytes) request = build_upload_request (f);
  GIOStream *streams[20];
  gint64 start = g_get_monotonic_time ();
  guint i;

  for (i = 0; i < G_N_ELEMENTS (streams); i++) {
    streams[i] = http_connect (f->server->port);
    g_assert_true (http_send_bytes (streams[i], request));
  }
  for (i = 0; i < G_N_ELEMENTS (streams); i++) {
    g_autoptr (HttpReply) reply = http_read_reply (streams[i]);

    g_assert_cmpuint (reply->status, ==, 200);
    if (i == 0)
      g_assert_cmpint (g_get_monotonic_time () - start, >=, 500000);
    g_object_unref (streams[i]);
  }
  /* One after the other would take ten seconds. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5000000);
}

static void
a_rate_is_kept_by_429 (Fixture * f, gconstpointer data)
{
  g_autoptr (GBytes) request = build_upload_request (f);
  guint i, n_throttled = 0;

  for (i = 0; i < 5; i++) {
    g_autoptr (HttpReply) reply = http_exchange (f->server->port, request);
    g_autofree gchar *retry_after = http_reply_get_header (reply,
        "Retry-After");

    if (reply->status == 200)
      continue;
    g_assert_cmpuint (reply->status, ==, 429);
    g_assert_cmpstr (http_reply_get_code (reply), ==, "Too many Requests");
    g_assert_cmpstr (retry_after, !=, NULL);
    g_assert_cmpint (atoi (retry_after), >=, 1);
    n_throttled++;
  }
  g_assert_cmpuint (n_throttled, >, 0);
}

/* The end */

static void
sigterm_ends_it_cleanly (Fixture * f, gconstpointer data)
{
  g_autoptr (GIOStream) idle = http_connect (f->server->port);
  g_autoptr (GIOStream) busy = http_connect (f->server->port);
  g_autoptr (GBytes) request = build_upload_request (f);

  g_assert_true (http_send_text (idle, "POST /"));
  g_assert_true (http_send_bytes (busy, request));
  assert_serves (f);
  g_assert_cmpint (server_process_end (g_steal_pointer (&f->server),
          SIGTERM), ==, 0);
}

static void
sigint_ends_it_cleanly (Fixture * f, gconstpointer data)
{
  g_assert_cmpint (server_process_end (g_steal_pointer (&f->server), SIGINT),
      ==, 0);
}

static void
it_ends_with_its_stdin (Fixture * f, gconstpointer data)
{
  /* Ctrl-C in the terminal of whoever holds it is none of its business. */
  g_subprocess_send_signal (f->server->process, SIGINT);
  assert_serves (f);
  g_assert_cmpint (server_process_end (g_steal_pointer (&f->server), 0), ==, 0);
}

static void
it_outlives_its_stdin (Fixture * f, gconstpointer data)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (f->server->process),
      NULL, NULL);
  assert_serves (f);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const gchar *name, *arguments;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    {"a_connection_serves_many_requests", NULL,
        a_connection_serves_many_requests},
    {"pipelined_requests_are_answered_in_order", NULL,
        pipelined_requests_are_answered_in_order},
    {"a_closing_client_is_closed", NULL, a_closing_client_is_closed},
    {"a_chunked_upload_is_read", NULL, a_chunked_upload_is_read},
    {"expect_is_answered_before_the_upload", NULL,
        expect_is_answered_before_the_upload},
    {"an_endless_upload_is_cut_and_answered", NULL,
        an_endless_upload_is_cut_and_answered},
    {"an_endless_head_is_cut", NULL, an_endless_head_is_cut},
    {"slow_clients_hold_nobody_up", NULL, slow_clients_hold_nobody_up},
    {"twenty_clients_upload_at_once", NULL, twenty_clients_upload_at_once},
    {"damaged_uploads_are_answered", NULL, damaged_uploads_are_answered},
    {"a_client_that_leaves_frees_its_place", "--latency 86400000",
        a_client_that_leaves_frees_its_place},
    {"connections_beyond_the_limit_wait", NULL,
        connections_beyond_the_limit_wait},
    {"faults_come_as_ordered",
          "--seed 5 --fail 503=0.25,425/Domain-not-deployed=0.25",
        faults_come_as_ordered},
    {"latencies_pass_side_by_side", "--latency 600+-100",
        latencies_pass_side_by_side},
    {"a_rate_is_kept_by_429", "--rate 1", a_rate_is_kept_by_429},
    {"sigterm_ends_it_cleanly", NULL, sigterm_ends_it_cleanly},
    {"sigint_ends_it_cleanly", NULL, sigint_ends_it_cleanly},
    {"it_ends_with_its_stdin", "--exit-with-stdin", it_ends_with_its_stdin},
    {"it_outlives_its_stdin", NULL, it_outlives_its_stdin},
  };
  guint i;
  gint result;

  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  set_up (&table_fixture, NULL);
  table_server = table_fixture.server;
  for (i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree gchar *path =
        g_strdup_printf ("/service/requests_are_answered_as_the_guide_says/%s",
        rows[i].name);

    g_test_add_data_func (path, &rows[i],
        requests_are_answered_as_the_guide_says);
  }
  for (i = 0; i < G_N_ELEMENTS (uploads); i++) {
    g_autofree gchar *path =
        g_strdup_printf ("/service/uploads_are_answered_as_the_guide_says/%s",
        uploads[i].name);

    g_test_add_data_func (path, &uploads[i],
        uploads_are_answered_as_the_guide_says);
  }
  for (i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree gchar *path =
        g_strdup_printf ("/service/broken_requests_are_refused/%s",
        texts[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i),
        broken_requests_are_refused);
  }
  for (i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree gchar *path = g_strconcat ("/service/", tests[i].name, NULL);

    g_test_add (path, Fixture, tests[i].arguments, set_up, tests[i].test,
        tear_down);
  }
  result = g_test_run ();
  tear_down (&table_fixture, NULL);
  return result;
}
