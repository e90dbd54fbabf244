/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * kakaoocr search DB QUERY
 */
#include "commands.h"

#include <string.h>
#include <unistd.h>

#include "archive/archivetext.h"
#include "archive/jsonmembers.h"
#include "commandline/terminaltext.h"
#include "search/query.h"

#define DEFAULT_LIMIT 50
#define MAX_LIMIT 100000
/* Around what was found, on a terminal. */
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

static void
build_hit (KocrJsonWriter * writer, const Hit * hit)
{
  g_autofree gchar *path = g_filename_display_name (hit->path);

  kocr_json_open (writer, NULL, '{');
  json_add_string (writer, "file", path);
  hit_add_members (hit, writer);
  kocr_json_close (writer, '}');
}

static void
print_json (const GPtrArray * hits)
{
  g_auto (KocrJsonWriter) json = KOCR_JSON_WRITER_INIT;

  kocr_json_open (&json, NULL, '[');
  for (guint i = 0; i < hits->len; i++)
    build_hit (&json, g_ptr_array_index (hits, i));
  kocr_json_close (&json, ']');
  command_print_json (&json);
}

/* The text with the query in it marked, where it stands in it letter by
 * letter. (transfer full) */
static gchar *
mark (const gchar * text, const gchar * query)
{
  g_autofree gchar *printable = printable_text (text);
  g_autofree gchar *composed = archive_text_compose (printable);
  g_autofree gchar *wanted = archive_text_compose (query);
  const gchar *found = *wanted ? strstr (composed, wanted) : NULL;

  /* Lower case may have other letters, as many, but for a few. */
  if (!found
      || g_utf8_strlen (composed, -1) != g_utf8_strlen (printable, -1))
    return g_steal_pointer (&printable);
  {
    glong begin = g_utf8_strlen (composed, found - composed);
    const gchar *first = g_utf8_offset_to_pointer (printable, begin);
    const gchar *last = g_utf8_offset_to_pointer (first,
        g_utf8_strlen (wanted, -1));

    return g_strdup_printf ("%.*s" BOLD "%.*s" PLAIN "%s",
        (gint) (first - printable), printable, (gint) (last - first), first,
        last);
  }
}

static void
print_hits (const GPtrArray * hits, const gchar * query)
{
  gboolean interactive = isatty (STDOUT_FILENO);

  for (guint i = 0; i < hits->len; i++) {
    const Hit *hit = g_ptr_array_index (hits, i);
    g_autofree gchar *path = printable_file_name (hit->path);
    g_autofree gchar *start = time_text_format (hit->start);
    g_autofree gchar *end = time_text_format (hit->end);
    g_autofree gchar *text = interactive ? mark (hit->text, query) :
        printable_text (hit->text);

    g_print ("%s  %s – %s  %s\n", path, start, end, text);
  }
}

static CommandStatus
run_search (gint argc, gchar ** argv)
{
  gboolean fuzzy = FALSE, json = FALSE;
  g_autofree gchar *from = NULL, *to = NULL, *glob = NULL, *text = NULL;
  gint limit = DEFAULT_LIMIT;
  const GOptionEntry entries[] = {
    {"fuzzy", 0, 0, G_OPTION_ARG_NONE, &fuzzy, "find what was misread, too",
        NULL},
    {"from", 0, 0, G_OPTION_ARG_STRING, &from,
        "seen at this time of the video or later", "[[H:]M:]S"},
    {"to", 0, 0, G_OPTION_ARG_STRING, &to,
        "seen at this time of the video or earlier", "[[H:]M:]S"},
    {"file", 0, 0, G_OPTION_ARG_FILENAME, &glob,
        "of files whose path is like this (*, ?, [abc])", "GLOB"},
    {"limit", 'n', 0, G_OPTION_ARG_INT, &limit, "hits at most (50)", "N"},
    {"json", 0, 0, G_OPTION_ARG_NONE, &json, "print an array of JSON", NULL},
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (Database) database = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  Query query = { NULL };

  if (!command_parse (&argc, &argv, "DB QUERY",
          "Finds texts of an archive that have the words of the query in any "
          "part of a word.", entries, NULL, 2, -1))
    return COMMAND_USAGE;
  if (!time_text_parse (from, &query.from)
      || !time_text_parse (to, &query.to) || limit < 1 || limit > MAX_LIMIT) {
    g_printerr ("kakaoocr search: --from and --to are times as 90, 1:30 or "
        "0:01:30.5, --limit is from 1 to %d\n", MAX_LIMIT);
    return COMMAND_USAGE;
  }
  text = g_strjoinv (" ", argv + 2);
  query.text = text;
  query.fuzzy = fuzzy;
  query.glob = glob;
  query.limit = limit;
  database = database_open (argv[1], DATABASE_READ, &error);
  if (database)
    hits = query_run (database, &query, &error);
  if (!hits) {
    g_printerr ("Cannot search %s: %s\n", argv[1], error->message);
    return COMMAND_NOTHING_DONE;
  }
  if (json)
    print_json (hits);
  else
    print_hits (hits, text);
  return COMMAND_DONE;
}

const Command search_command = {
  "search", "finds texts in an archive", run_search
};
