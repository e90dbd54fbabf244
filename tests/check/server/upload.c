/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/upload.h"

#include <string.h>

#define RANDOM_FORMS 20000

static const struct
{
  const gchar *name;
  const gchar *type;
  const gchar *boundary;        /* NULL: refused */
} types[] = {
  {"plain", "multipart/form-data; boundary=abc", "abc"},
  {"capitals", "Multipart/Form-Data; Boundary=aBc", "aBc"},
  {"quoted", "multipart/form-data; boundary=\"a b;c\"", "a b;c"},
  {"escaped", "multipart/form-data; boundary=\"a\\\"b\"", "a\"b"},
  {"after_another", "multipart/form-data; charset=utf-8; boundary=b", "b"},
  {"no_blank", "multipart/form-data;boundary=b", "b"},
  {"last_semicolon", "multipart/form-data; boundary=b;", "b"},
  {"first_counts", "multipart/form-data; boundary=b; boundary=c", "b"},
  {"seventy", "multipart/form-data; boundary="
        "0123456789012345678901234567890123456789012345678901234567890123456789",
      "0123456789012345678901234567890123456789012345678901234567890123456789"},
  {"missing", NULL, NULL},
  {"empty", "", NULL},
  {"no_boundary", "multipart/form-data", NULL},
  {"empty_boundary", "multipart/form-data; boundary=", NULL},
  {"empty_quoted", "multipart/form-data; boundary=\"\"", NULL},
  {"open_quote", "multipart/form-data; boundary=\"a", NULL},
  {"too_long", "multipart/form-data; boundary="
        "01234567890123456789012345678901234567890123456789012345678901234567890",
      NULL},
  {"not_ascii", "multipart/form-data; boundary=\xed\x95\x9c", NULL},
  {"garbage_behind", "multipart/form-data; boundary=a b", NULL},
  {"other_multipart", "multipart/mixed; boundary=a", NULL},
  {"longer_type", "multipart/form-data-x; boundary=a", NULL},
  {"form", "application/x-www-form-urlencoded", NULL},
  {"json", "application/json", NULL},
};

static void
types_are_read (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree gchar *boundary = upload_parse_boundary (types[i].type);

  g_assert_cmpstr (boundary, ==, types[i].boundary);
}

#define PART(disposition, content) \
    "--b\r\nContent-Disposition: " disposition "\r\n\r\n" content "\r\n"
#define IMAGE(content) PART ("form-data; name=\"image\"", content)

static const struct
{
  const gchar *name;
  const gchar *body;
  const gchar *image;           /* NULL: none */
} forms[] = {
  {"plain", IMAGE ("x") "--b--\r\n", "x"},
  {"no_last_line_end", IMAGE ("x") "--b--", "x"},
  {"epilogue", IMAGE ("x") "--b--\r\nbye\r\n--b\r\n", "x"},
  {"preamble", "hello\r\n" IMAGE ("x") "--b--", "x"},
  {"blanks_behind_boundary", "--b \t\r\nContent-Disposition: form-data; "
        "name=image\r\n\r\nx\r\n--b--", "x"},
  {"file_name_and_type", "--b\r\ncontent-disposition: form-data; "
        "name=\"image\"; filename=\"a \\\"b\\\".jpg\"\r\n"
        "Content-Type: image/jpeg\r\n\r\nx\r\n--b--", "x"},
  {"type_first", "--b\r\nContent-Type: a/b\r\nContent-Disposition: "
        "form-data; filename=f; name=image\r\n\r\nx\r\n--b--", "x"},
  {"second_part", PART ("form-data; name=\"a\"", "y") IMAGE ("x") "--b--",
      "x"},
  {"first_of_two", IMAGE ("x") IMAGE ("y") "--b--", "x"},
  {"first_that_is_not_empty", IMAGE ("") IMAGE ("y") "--b--", "y"},
  {"line_ends_inside", IMAGE ("\r\n\r\nx\r\n") "--b--", "\r\n\r\nx\r\n"},
  {"boundary_inside_a_line", IMAGE ("x--b--") "--b--", "x--b--"},
  {"longer_than_the_boundary", IMAGE ("x\r\n--bc\r\ny") "--b--",
      "x\r\n--bc\r\ny"},
  {"nearly_closed", IMAGE ("x\r\n--b-\r\ny") "--b--", "x\r\n--b-\r\ny"},
  {"empty", "", NULL},
  {"only_close", "--b--", NULL},
  {"no_boundary", "x", NULL},
  {"not_closed", IMAGE ("x"), NULL},
  {"not_ended", "--b\r\nContent-Disposition: form-data; name=\"image\""
        "\r\n\r\nx", NULL},
  {"head_not_ended", "--b\r\nContent-Disposition: form-data; name=\"image\"",
      NULL},
  {"no_head", "--b\r\n\r\nx\r\n--b--", NULL},
  {"empty_image", IMAGE ("") "--b--", NULL},
  {"empty_image_of_one_line_end", "--b\r\nContent-Disposition: form-data; "
        "name=\"image\"\r\n\r\n--b--", NULL},
  {"other_name", PART ("form-data; name=\"Image\"", "x") "--b--", NULL},
  {"name_in_file_name", PART ("form-data; filename=\"name=image\"", "x")
      "--b--", NULL},
  {"attachment", PART ("attachment; name=\"image\"", "x") "--b--", NULL},
  {"open_quote", PART ("form-data; name=\"image", "x") "--b--", NULL},
  {"bare_line_feeds", "--b\nContent-Disposition: form-data; name=\"image\""
        "\n\nx\n--b--\n", NULL},
};

static GBytes *
get_image (const gchar * body, gsize size)
{
  /* A copy of its exact size, so that a sanitizer sees what is beyond. */
  g_autoptr (GBytes) bytes = g_bytes_new (body, size);

  return upload_get_image (bytes, "b");
}

static void
forms_are_read (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GBytes) image = get_image (forms[i].body, strlen (forms[i].body));

  if (forms[i].image == NULL) {
    g_assert_null (image);
    return;
  }
  g_assert_nonnull (image);
  g_assert_cmpmem (g_bytes_get_data (image, NULL), g_bytes_get_size (image),
      forms[i].image, strlen (forms[i].image));
}

static void
a_form_cut_anywhere_has_no_image (void)
{
  static const gchar form[] = IMAGE ("x") "--b--";
  gsize i;

  for (i = 0; i < strlen (form); i++)
    g_assert_null (get_image (form, i));
}

static void
zeros_are_content (void)
{
  static const gchar form[] = IMAGE ("\0x\0") "--b--";
  g_autoptr (GBytes) image = get_image (form, sizeof form - 1);

  g_assert_nonnull (image);
  g_assert_cmpmem (g_bytes_get_data (image, NULL), g_bytes_get_size (image),
      "\0x\0", 3);
}

/* Whatever comes: an image is never empty and lies inside its form. */
static void
random_forms_stay_in_their_bounds (void)
{
  static const gchar *const pieces[] = {
    "--b", "\r\n", "--", "\r\n--b", "\r\n--b--", "\r\n\r\n", ";", "\"", "\\",
    "Content-Disposition: form-data; name=\"image\"", "image", "x", "\n", " ",
    "Content-Disposition:", "form-data", "; name=image", "\xff", "=",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  guint i, n_found = 0;

  for (i = 0; i < RANDOM_FORMS; i++) {
    g_autoptr (GString) form = g_string_new (NULL);
    g_autoptr (GBytes) image = NULL;
    guint n = g_rand_int_range (random, 0, 16);

    while (n-- > 0)
      g_string_append (form, pieces[g_rand_int_range (random, 0,
                  G_N_ELEMENTS (pieces))]);
    if (i % 2)
      g_string_prepend (form, IMAGE ("x"));
    image = get_image (form->str, form->len);
    if (image == NULL)
      continue;
    n_found++;
    g_assert_cmpuint (g_bytes_get_size (image), >, 0);
    g_assert_cmpuint (g_bytes_get_size (image), <, form->len);
  }
  g_assert_cmpuint (n_found, >, 0);
}

int
main (int argc, char **argv)
{
  guint i;

  g_test_init (&argc, &argv, NULL);
  for (i = 0; i < G_N_ELEMENTS (types); i++) {
    g_autofree gchar *path = g_strdup_printf ("/upload/types_are_read/%s",
        types[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), types_are_read);
  }
  for (i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autofree gchar *path = g_strdup_printf ("/upload/forms_are_read/%s",
        forms[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), forms_are_read);
  }
  g_test_add_func ("/upload/a_form_cut_anywhere_has_no_image",
      a_form_cut_anywhere_has_no_image);
  g_test_add_func ("/upload/zeros_are_content", zeros_are_content);
  g_test_add_func ("/upload/random_forms_stay_in_their_bounds",
      random_forms_stay_in_their_bounds);
  return g_test_run ();
}
