/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/upload.h"

#include <string.h>

#include "bounds.h"

/* RFC 2046 */
#define BOUNDARY_MAX 70

/* Skips blanks; @text may end anywhere. */
static const gchar *
skip_blanks (const gchar * text)
{
  return text + strspn (text, " \t");
}

/* Reads one `; name=value` at *@cursor, value a token or a quoted string.
 * FALSE at the end of the header or at what is not a parameter. */
static gboolean
next_parameter (const gchar ** cursor, gchar ** name, gchar ** value)
{
  const gchar *p = skip_blanks (*cursor);
  g_autoptr (GString) text = NULL;
  gsize length;

  if (*p != ';')
    return FALSE;
  p = skip_blanks (p + 1);
  length = strcspn (p, "=; \t");
  if (length == 0 || p[length] != '=')
    return FALSE;
  *name = g_ascii_strdown (p, length);
  p += length + 1;

  text = g_string_new (NULL);
  if (*p == '"') {
    for (p++; *p != '"' && *p != '\0'; p++) {
      if (*p == '\\' && p[1] != '\0')
        p++;
      g_string_append_c (text, *p);
    }
    if (*p != '"') {
      g_clear_pointer (name, g_free);
      return FALSE;
    }
    p++;
  } else {
    length = strcspn (p, "; \t\"");
    g_string_append_len (text, p, length);
    p += length;
  }
  *value = g_strdup (text->str);
  *cursor = p;
  return TRUE;
}

/* The value of @wanted in a header like `type; a=b; c="d"`, when the type is
 * @type and all of it is well formed. */
static gchar *
get_parameter (const gchar * header, const gchar * type, const gchar * wanted)
{
  g_autofree gchar *found = NULL;
  const gchar *cursor = skip_blanks (header);
  gsize length = strcspn (cursor, "; \t");
  gchar *name, *value;

  if (length != strlen (type) || g_ascii_strncasecmp (cursor, type, length))
    return NULL;
  cursor += length;
  while (next_parameter (&cursor, &name, &value)) {
    if (found == NULL && strcmp (name, wanted) == 0)
      found = g_steal_pointer (&value);
    g_free (name);
    g_free (value);
  }
  cursor = skip_blanks (cursor);
  if (*cursor == ';')
    cursor = skip_blanks (cursor + 1);
  return *cursor == '\0' ? g_steal_pointer (&found) : NULL;
}

gchar *
upload_parse_boundary (const gchar * content_type)
{
  g_autofree gchar *boundary = NULL;
  const gchar *p;

  if (content_type == NULL)
    return NULL;
  boundary = get_parameter (content_type, "multipart/form-data", "boundary");
  if (boundary == NULL || *boundary == '\0' || strlen (boundary) > BOUNDARY_MAX)
    return NULL;
  for (p = boundary; *p != '\0'; p++)
    if (!g_ascii_isprint (*p))
      return NULL;
  return g_steal_pointer (&boundary);
}

typedef enum
{
  DELIMITER_NONE,               /* none left: the form is broken */
  DELIMITER_PART,
  DELIMITER_CLOSE,
} Delimiter;

/* A form's bytes from the cursor on. */
typedef struct
{
  const gchar *bytes, *end;
  gchar *mark;                  /* "\r\n--boundary" */
  gsize mark_length;
} Form;

/* Moves behind the next delimiter; *@before ends what stood in front of it. */
static Delimiter
next_delimiter (Form * form, gboolean at_start, const gchar ** before)
{
  const gchar *from = form->bytes, *p;

  for (;;) {
    if (at_start && (gsize) (form->end - from) >= form->mark_length - 2
        && memcmp (from, form->mark + 2, form->mark_length - 2) == 0) {
      *before = from;
      p = from + form->mark_length - 2;
    } else {
      *before = memmem (from, form->end - from, form->mark, form->mark_length);
      if (*before == NULL)
        return DELIMITER_NONE;
      p = *before + form->mark_length;
    }
    at_start = FALSE;
    from = p;
    if (form->end - p >= 2 && p[0] == '-' && p[1] == '-')
      return DELIMITER_CLOSE;
    while (p < form->end && (*p == ' ' || *p == '\t'))
      p++;
    if (form->end - p >= 2 && p[0] == '\r' && p[1] == '\n') {
      form->bytes = p + 2;
      return DELIMITER_PART;
    }
    /* Only a longer text that starts like the boundary: it is content. */
  }
}

/* Whether a part's headers name it "image". */
static gboolean
is_image_part (const gchar * head, gsize length)
{
  g_autofree gchar *text = g_strndup (head, length);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  guint i;

  if (strlen (text) != length)
    return FALSE;
  for (i = 0; lines[i] != NULL; i++) {
    static const gchar header[] = "content-disposition:";

    if (g_ascii_strncasecmp (lines[i], header, strlen (header)) == 0) {
      g_autofree gchar *name = get_parameter (lines[i] + strlen (header),
          "form-data", "name");

      return g_strcmp0 (name, "image") == 0;
    }
  }
  return FALSE;
}

/* The content of the part at the cursor, which @before ends; its head's length
 * in *@head_length. NULL: the part has no end of its head. */
static const gchar *
part_content (Form * form, gsize * head_length)
{
  gsize left = form->end - form->bytes;
  const gchar *gap;

  if (left >= 2 && memcmp (form->bytes, "\r\n", 2) == 0) {
    *head_length = 0;
    return form->bytes + 2;
  }
  gap = memmem (form->bytes, MIN (left, LIMIT_PART_HEAD_BYTES), "\r\n\r\n", 4);
  if (gap == NULL)
    return NULL;
  *head_length = gap - form->bytes;
  return gap + 4;
}

GBytes *
upload_get_image (GBytes * body, const gchar * boundary)
{
  g_autofree gchar *mark = g_strconcat ("\r\n--", boundary, NULL);
  g_autoptr (GBytes) image = NULL;
  Form form = { NULL, NULL, mark, strlen (mark) };
  const gchar *start, *content, *before;
  gsize size, head_length;
  Delimiter delimiter;
  guint n_parts;

  start = g_bytes_get_data (body, &size);
  if (size == 0)
    return NULL;
  form.bytes = start;
  form.end = start + size;

  delimiter = next_delimiter (&form, TRUE, &before);
  for (n_parts = 0; delimiter == DELIMITER_PART; n_parts++) {
    const gchar *head = form.bytes;

    content = part_content (&form, &head_length);
    if (content == NULL || n_parts == LIMIT_PARTS)
      return NULL;
    /* The blank line's end may be the delimiter's start: an empty part. */
    form.bytes = content - 2;
    delimiter = next_delimiter (&form, FALSE, &before);
    if (delimiter != DELIMITER_NONE && image == NULL && before > content
        && is_image_part (head, head_length))
      image = g_bytes_new_from_bytes (body, content - start, before - content);
  }
  return delimiter == DELIMITER_CLOSE ? g_steal_pointer (&image) : NULL;
}
