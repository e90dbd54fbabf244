/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/answer.h"

#include <string.h>

#include "json/writer.h"

static Answer *
answer_new (guint status, const gchar * type, GBytes * body)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->status = status;
  answer->type = type;
  answer->body = body;
  return answer;
}

static Answer *
answer_new_text (guint status, const gchar * type, gchar * text)
{
  return answer_new (status, type, g_bytes_new_take (text, strlen (text)));
}

Answer *
answer_new_json (gchar * json)
{
  return answer_new_text (200, ANSWER_JSON, json);
}

Answer *
answer_new_bytes (const gchar * type, GBytes * body)
{
  return answer_new (200, type, g_bytes_ref (body));
}

Answer *
answer_new_error (guint status, const gchar * code, const gchar * message)
{
  KocrJsonWriter writer = KOCR_JSON_WRITER_INIT;

  kocr_json_open (&writer, NULL, '{');
  kocr_json_add_text (&writer, "code", code);
  kocr_json_add_text (&writer, "message", message);
  kocr_json_close (&writer, '}');
  return answer_new_text (status, ANSWER_JSON, kocr_json_finish (&writer));
}

Answer *
answer_new_refusal (Refusal refusal)
{
  return answer_new_error (refusal_get_status (refusal),
      refusal_get_code (refusal), refusal_get_message (refusal));
}

void
answer_free (Answer * answer)
{
  g_bytes_unref (answer->body);
  g_free (answer);
}
