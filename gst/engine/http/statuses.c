/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/statuses.h"

#include <string.h>

/* How far into a body a code is looked for. */
#define CODE_SEARCH_BYTES 4096

#define CHECK_ADDRESS "The address is wrong: compare `endpoint` with the " \
    "API Endpoint URL of the console."

/* Rows with a code stand before the row of their status alone. A code that
 * another status also carries would match only under its own. */
static const KocrFault answers[] = {
  {400, "INVALID_SIGNATURE", KOCR_ACTION_LATCH, KOCR_ERROR_CONFIGURATION,
      "The signature at the end of the address is wrong: compare `endpoint` "
        "with the API Endpoint URL of the console."},
  {400, "NO_IMAGE", KOCR_ACTION_RESEND_OTHER_FORMAT, KOCR_ERROR_REFUSED,
      "The service does not recognise the picture as an image."},
  {400, NULL, KOCR_ACTION_LATCH, KOCR_ERROR_CONFIGURATION, CHECK_ADDRESS},
  {401, NULL, KOCR_ACTION_LATCH, KOCR_ERROR_CREDENTIALS,
      "The service does not accept the key: compare it with the AI API Key "
        "of the console."},
  {402, NULL, KOCR_ACTION_LATCH, KOCR_ERROR_CREDENTIALS,
      "The service wants payment: check the account in the console."},
  {403, NULL, KOCR_ACTION_LATCH, KOCR_ERROR_CREDENTIALS,
      "The service forbids this key to use it: check the key's rights in "
        "the console."},
  {404, NULL, KOCR_ACTION_LATCH, KOCR_ERROR_CONFIGURATION, CHECK_ADDRESS},
  {405, "TOO_MANY_BOXES", KOCR_ACTION_SPLIT, KOCR_ERROR_REFUSED,
      "The picture has more text regions than the service allows: set "
        "`region` to a part of it."},
  {405, "UNSUPPORTED_IMAGE_FORMAT", KOCR_ACTION_RESEND_OTHER_FORMAT,
      KOCR_ERROR_REFUSED, "The service does not take this image format: set "
        "`image-format` to the other one."},
  {405, NULL, KOCR_ACTION_LATCH, KOCR_ERROR_CONFIGURATION,
      "The address does not take pictures: compare `endpoint` with the API "
        "Endpoint URL of the console."},
  {407, NULL, KOCR_ACTION_LATCH, KOCR_ERROR_CONFIGURATION,
      "The proxy wants a login: check the proxy settings of the system."},
  {408, NULL, KOCR_ACTION_RETRY, KOCR_ERROR_TIMEOUT,
      "The service waited too long for the picture: check the network's "
        "speed, or lower `max-dimension` or `quality`."},
  {410, NULL, KOCR_ACTION_LATCH, KOCR_ERROR_CONFIGURATION, CHECK_ADDRESS},
  {411, NULL, KOCR_ACTION_LATCH, KOCR_ERROR_CONFIGURATION, CHECK_ADDRESS},
  {413, "EXCEED_MAX_LEN", KOCR_ACTION_RESEND_HALVED, KOCR_ERROR_REFUSED,
      "The picture has too many pixels on a side: lower `max-dimension`."},
  {413, "EXCEED_MAX_PAGES", KOCR_ACTION_FAIL, KOCR_ERROR_REFUSED,
      "The service counts too many pages in the picture."},
  {413, NULL, KOCR_ACTION_RESEND_SMALLER, KOCR_ERROR_REFUSED,
      "The picture has too many bytes: lower `quality` or " "`max-dimension`."},
  {414, NULL, KOCR_ACTION_LATCH, KOCR_ERROR_CONFIGURATION, CHECK_ADDRESS},
  {415, NULL, KOCR_ACTION_LATCH, KOCR_ERROR_CONFIGURATION,
      "The address does not take multipart/form-data: check that "
        "`endpoint` is a General OCR API."},
  {421, NULL, KOCR_ACTION_RETRY, KOCR_ERROR_UNAVAILABLE,
      "The request reached a host that does not serve this address: check "
        "`endpoint`, the name service and the proxy."},
  {425, "Domain not deployed", KOCR_ACTION_LATCH, KOCR_ERROR_CONFIGURATION,
      "The domain is not deployed yet: deploy it in the console."},
  {425, NULL, KOCR_ACTION_LATCH, KOCR_ERROR_CONFIGURATION,
      "The domain does not exist: make it and deploy it in the console, "
        "and set `endpoint` to its address."},
  {429, NULL, KOCR_ACTION_THROTTLE, KOCR_ERROR_THROTTLED,
      "More requests than the quota allows: set `max-rate`, or raise the "
        "quota in the console."},
  {431, NULL, KOCR_ACTION_LATCH, KOCR_ERROR_CREDENTIALS,
      "The service refuses the request's headers: check the key."},
  {501, NULL, KOCR_ACTION_FAIL, KOCR_ERROR_REFUSED,
      "The service does not implement what was asked: check that "
        "`endpoint` is a General OCR API."},
  {503, NULL, KOCR_ACTION_RETRY, KOCR_ERROR_UNAVAILABLE,
      "The service has an internal error; it is asked again."},
};

/* An unknown status: by its first digit. */
static const KocrFault classes[] = {
  {0, NULL, KOCR_ACTION_RETRY, KOCR_ERROR_ANSWER,
      "The answer has no valid status: check that `endpoint` is a General "
        "OCR API."},
  {100, NULL, KOCR_ACTION_RETRY, KOCR_ERROR_ANSWER,
      "The answer stops before its status: check that `endpoint` is a "
        "General OCR API."},
  {200, NULL, KOCR_ACTION_NONE, KOCR_ERROR_ANSWER, ""},
  {300, NULL, KOCR_ACTION_LATCH, KOCR_ERROR_CONFIGURATION,
      "The service redirects to another address, which is not followed "
        "because the key would go along: set `endpoint` to the final one."},
  {400, NULL, KOCR_ACTION_FAIL, KOCR_ERROR_REFUSED,
      "The service refuses this request."},
  {500, NULL, KOCR_ACTION_RETRY, KOCR_ERROR_UNAVAILABLE,
      "The service cannot answer now; it is asked again."},
};

static const KocrFault format_refused = {
  405, "UNSUPPORTED_IMAGE_FORMAT", KOCR_ACTION_LATCH, KOCR_ERROR_CONFIGURATION,
  "The service takes neither JPEG nor PNG: check that `endpoint` is a General "
      "OCR API."
};

static const KocrFault key_missing = {
  401, NULL, KOCR_ACTION_LATCH, KOCR_ERROR_CREDENTIALS,
  "The service wants a key and none is set: set `api-key-file` to a file with "
      "the AI API Key of the console."
};

/* Of the bundled service. */
static const KocrFault own_refused = {
  0, NULL, KOCR_ACTION_RETRY, KOCR_ERROR_UNAVAILABLE,
  "The bundled service refuses a request that is right, which is a fault of "
      "this project; it is asked again."
};

static const KocrFault own_failed = {
  0, NULL, KOCR_ACTION_FAIL, KOCR_ERROR_REFUSED,
  "The bundled service does not take this picture."
};

static const KocrFault own_throttled = {
  0, NULL, KOCR_ACTION_THROTTLE, KOCR_ERROR_THROTTLED,
  "The bundled service has more to do than it takes; it is asked again later."
};

static const KocrFault own_crowded = {
  0, NULL, KOCR_ACTION_FAIL, KOCR_ERROR_REFUSED,
  "The picture has more text regions than the bundled service reads: set "
      "`region` to a part of it."
};

/* Failures without an answer. */
static const KocrFault no_certificate = {
  0, NULL, KOCR_ACTION_LATCH, KOCR_ERROR_CERTIFICATE,
  "The service's certificate is not trusted, the key was not sent: set "
      "`ca-file` for a private service, check the clock and the host's name."
};

static const KocrFault no_tls = {
  0, NULL, KOCR_ACTION_LATCH, KOCR_ERROR_CERTIFICATE,
  "There is no TLS on this system: install the package glib-networking."
};

static const KocrFault no_time = {
  0, NULL, KOCR_ACTION_RETRY, KOCR_ERROR_TIMEOUT,
  "The service did not answer in time: check the network, or raise `timeout`."
};

static const KocrFault no_host = {
  0, NULL, KOCR_ACTION_RETRY, KOCR_ERROR_NETWORK,
  "The service's host was not found: check `endpoint` and the name service."
};

static const KocrFault no_connection = {
  0, NULL, KOCR_ACTION_RETRY, KOCR_ERROR_NETWORK,
  "No connection to the service: check `endpoint`, the network and the proxy."
};

static const KocrFault no_proxy = {
  0, NULL, KOCR_ACTION_LATCH, KOCR_ERROR_CONFIGURATION,
  "The proxy wants a login: check the proxy settings of the system."
};

static const KocrFault no_answer = {
  0, NULL, KOCR_ACTION_RETRY, KOCR_ERROR_NETWORK,
  "The connection to the service broke before its answer was complete."
};

static const KocrFault no_result = {
  0, NULL, KOCR_ACTION_RETRY, KOCR_ERROR_ANSWER,
  "The service's answer is not usable: check that `endpoint` is a General OCR "
      "API."
};

static const KocrFault no_local_service = {
  0, NULL, KOCR_ACTION_LATCH, KOCR_ERROR_LOCAL_SERVICE,
  "The bundled service cannot be started."
};

static const KocrFault no_local_answer = {
  0, NULL, KOCR_ACTION_RETRY, KOCR_ERROR_UNAVAILABLE,
  "The bundled service ended before it could be asked; it is started again."
};

static gboolean
is_word_char (gchar c)
{
  return g_ascii_isalnum (c) || c == '_';
}

/* Whether @word stands in @body, delimited, in any case. */
static gboolean
has_word (const gchar * body, gsize length, const gchar * word)
{
  gsize n = strlen (word), i;

  for (i = 0; i + n <= length; i++) {
    if (g_ascii_strncasecmp (body + i, word, n) == 0
        && (i == 0 || !is_word_char (body[i - 1]))
        && (i + n == length || !is_word_char (body[i + n])))
      return TRUE;
  }
  return FALSE;
}

const KocrFault *
kocr_fault_for_answer (guint status, const gchar * body, gsize length)
{
  guint i;

  length = body ? MIN (length, CODE_SEARCH_BYTES) : 0;
  for (i = 0; i < G_N_ELEMENTS (answers); i++) {
    if (answers[i].status == status && (!answers[i].code
            || has_word (body, length, answers[i].code)))
      return &answers[i];
  }
  return &classes[status < 600 ? status / 100 : 0];
}

const KocrFault *
kocr_fault_of_own_service (const KocrFault * fault)
{
  switch (fault->action) {
    case KOCR_ACTION_LATCH:
      return &own_refused;
    case KOCR_ACTION_RETRY:
      return fault->status == 408 || fault->status >= 500 ?
          fault : &own_refused;
    case KOCR_ACTION_FAIL:
      return &own_failed;
    case KOCR_ACTION_THROTTLE:
      return &own_throttled;
    case KOCR_ACTION_SPLIT:
      return &own_crowded;
    default:
      return fault;
  }
}

const KocrFault *
kocr_fault_without_key (const KocrFault * fault)
{
  return fault->status == 401 || fault->status == 403 ? &key_missing : fault;
}

const KocrFault *
kocr_fault_for_format_refused (void)
{
  return &format_refused;
}

const KocrFault *
kocr_fault_for_error (const GError * error)
{
  if (error->domain == KOCR_ERROR) {
    switch (error->code) {
      case KOCR_ERROR_LOCAL_SERVICE:
        return &no_local_service;
      case KOCR_ERROR_UNAVAILABLE:
        return &no_local_answer;
      case KOCR_ERROR_TIMEOUT:
        return &no_time;
      case KOCR_ERROR_ANSWER:
        return &no_result;
      default:
        return &no_answer;
    }
  }
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return &no_certificate;
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_UNAVAILABLE))
    return &no_tls;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return &no_time;
  if (error->domain == G_RESOLVER_ERROR)
    return &no_host;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_AUTH_FAILED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH))
    return &no_proxy;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED))
    return &no_connection;
  return &no_answer;
}
