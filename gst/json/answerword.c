/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "json/answerword.h"

#include <string.h>

#include "json/reader.h"

KocrAnswerWord *
kocr_answer_word_new (const gchar *text, const gdouble box[8])
{
  KocrAnswerWord *self = g_new0 (KocrAnswerWord, 1);

  self->text = g_strdup (text);
  memcpy (self->box, box, sizeof self->box);
  return self;
}

void
kocr_answer_word_free (KocrAnswerWord *self)
{
  if (!self)
    return;
  g_free (self->text);
  g_strfreev (self->words);
  g_free (self);
}

void
kocr_answer_word_write (const KocrAnswerWord *self, KocrJsonWriter *writer)
{
  gchar *alone[] = { self->text, NULL };

  kocr_json_open (writer, NULL, '{');
  kocr_json_add_box (writer, "box", self->box);
  kocr_json_add_texts (
      writer, "recognized_word", self->words ? self->words : alone);
  kocr_json_close (writer, '}');
}

/* The guide spells it both ways. */
static JsonNode *
get_words (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "recognized_word");

  return node ? node : json_object_get_member (object, "recongnized_word");
}

KocrAnswerWord *
kocr_answer_word_read (JsonNode *node, const gchar **problem)
{
  g_autoptr (KocrAnswerWord) self = g_new0 (KocrAnswerWord, 1);
  JsonObject *object = kocr_json_node_object (node);

  *problem = NULL;
  if (!object)
    *problem = "a region is not an object";
  else if (!kocr_json_node_box (
               json_object_get_member (object, "box"), self->box))
    *problem = "a box is not four corners of two numbers";
  else if (!(self->words = kocr_json_node_texts (get_words (object))))
    *problem = "a region has no list of words";
  if (*problem)
    return NULL;
  self->text = g_strjoinv (NULL, self->words);
  return g_steal_pointer (&self);
}
