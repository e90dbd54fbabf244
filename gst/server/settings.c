/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "settings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bounds.h"
#include "engines/execengine.h"
#include "secret.h"

#define KEY_VARIABLE "KAKAOOCR_SERVER_KEY"
/* In $CREDENTIALS_DIRECTORY, where systemd puts what LoadCredential= names. */
#define KEY_CREDENTIAL "kakaoocr-server"
#define KEY_BYTES 512
#define SIGNATURE_BYTES 128
/* A reading engine costs half a second and 100 MB; by itself the service does
 * not take more of them than an element has requests in flight. */
#define DEFAULT_JOBS 4
#define MAX_JOBS 64
#define MAX_RATE 1e6
#define DEFAULT_READ_SECONDS 60
/* A day, as every time on a command line of this project. */
#define MAX_READ_SECONDS 86400

#define INVALID(error, ...) \
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, __VA_ARGS__)

/* What of the command line is not a setting as it is written. */
typedef struct
{
  gchar *api_key_file, *api_key, *engine, *tls_cert, *tls_key, *latency, *fail;
  gint seed;
  gboolean version;
} Arguments;

static void
arguments_clear (Arguments * a)
{
  g_free (a->api_key_file);
  secret_free (a->api_key);
  g_free (a->engine);
  g_free (a->tls_cert);
  g_free (a->tls_key);
  g_free (a->latency);
  g_free (a->fail);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static gboolean
parse_arguments (Settings * settings, Arguments * a, gchar ** argv,
    GError ** error)
{
  const GOptionEntry entries[] = {
    {"address", 0, 0, G_OPTION_ARG_STRING, &settings->address,
        "IP address to listen on (127.0.0.1)", "IP"},
    {"port", 0, 0, G_OPTION_ARG_INT, &settings->port,
        "TCP port (0: any free one)", "N"},
    {"listen-fd", 0, 0, G_OPTION_ARG_INT, &settings->listen_fd,
        "listening socket, TCP or Unix, that this process was given", "N"},
    {"insecure", 0, 0, G_OPTION_ARG_NONE, &settings->insecure,
        "allow an address beyond this machine without key or TLS", NULL},
    {"api-key-file", 0, 0, G_OPTION_ARG_FILENAME, &a->api_key_file,
          "file with the key that clients must send (-: stdin's first line)",
        "FILE"},
    {"api-key", 0, 0, G_OPTION_ARG_STRING, &a->api_key,
          "the key itself; $" KEY_VARIABLE " or a file keeps it from others",
        "KEY"},
    {"signature", 0, 0, G_OPTION_ARG_STRING, &settings->signature,
        "last part of the endpoint's path (local)", "S"},
    {"lang", 0, 0, G_OPTION_ARG_STRING, &settings->languages,
        "Tesseract languages (kor+eng)", "L+L"},
    {"tessdata", 0, 0, G_OPTION_ARG_FILENAME, &settings->tessdata,
        "folder of their models (the system's)", "DIR"},
    {"jobs", 0, 0, G_OPTION_ARG_INT, &settings->jobs,
        "pictures read at once (the number of cores, at most 4)", "N"},
    {"rate", 0, 0, G_OPTION_ARG_DOUBLE, &settings->rate,
        "requests a second, beyond which 429 is answered (0: no limit)", "R"},
    {"max-side", 0, 0, G_OPTION_ARG_INT, &settings->max_side,
        "most pixels on a side of a picture (4096)", "N"},
    {"max-pixels", 0, 0, G_OPTION_ARG_INT64, &settings->max_pixels,
        "most pixels of a picture in all (16777216)", "N"},
    {"max-regions", 0, 0, G_OPTION_ARG_INT, &settings->max_regions,
        "most words of a picture (100; 0: no limit)", "N"},
    {"read-seconds", 0, 0, G_OPTION_ARG_INT, &settings->read_seconds,
        "longest reading of a picture, then 503 (60)", "N"},
    {"tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &a->tls_cert,
        "certificate chain, PEM; serves https", "FILE"},
    {"tls-key", 0, 0, G_OPTION_ARG_FILENAME, &a->tls_key,
        "its private key, PEM", "FILE"},
    {"engine", 0, 0, G_OPTION_ARG_FILENAME, &a->engine,
          "tesseract, exec:COMMAND to read by a program, or replay:FILE to "
          "answer any valid picture with FILE",
        "ENGINE"},
    {"latency", 0, 0, G_OPTION_ARG_STRING, &a->latency,
        "least time to an answer (ms)", "MS[+-MS]"},
    {"fail", 0, 0, G_OPTION_ARG_STRING, &a->fail,
        "answer errors instead, as often", "STATUS[/CODE]=PROBABILITY,…"},
    {"seed", 0, 0, G_OPTION_ARG_INT, &a->seed,
        "of the draws for --fail and --latency (1)", "N"},
    {"exit-with-stdin", 0, 0, G_OPTION_ARG_NONE, &settings->exit_with_stdin,
        "end when stdin ends, and not by SIGINT", NULL},
    {"version", 0, 0, G_OPTION_ARG_NONE, &a->version,
        "print the version and exit", NULL},
    {NULL}
  };
  g_autoptr (GOptionContext) context =
      g_option_context_new ("- the General OCR API on your own machine");
  g_auto (GStrv) arguments = g_strdupv (argv);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, &arguments, error))
    return FALSE;
  if (g_strv_length (arguments) > 1) {
    INVALID (error, "unexpected argument \"%s\"; see --help", arguments[1]);
    return FALSE;
  }
  if (a->version) {
    g_print ("kakaoocr-server %s\n", VERSION);
    exit (EXIT_SUCCESS);
  }
  return TRUE;
}

/* Overwrites the value of --api-key where the kernel shows it. */
static void
hide_key (gint argc, gchar ** argv)
{
  static const gchar option[] = "--api-key";
  const gsize length = strlen (option);
  gint i;

  for (i = 1; i < argc; i++) {
    gchar *value = NULL;

    if (strcmp (argv[i], option) == 0 && i + 1 < argc)
      value = argv[++i];
    else if (g_str_has_prefix (argv[i], option) && argv[i][length] == '=')
      value = argv[i] + length + 1;
    if (value != NULL)
      memset (value, '*', strlen (value));
  }
}

static gboolean
is_of (const gchar * text, gsize max_length, gboolean (*is_allowed) (gchar))
{
  const gchar *p;

  for (p = text; *p != '\0'; p++)
    if (!is_allowed (*p))
      return FALSE;
  return p > text && (gsize) (p - text) <= max_length;
}

static gboolean
is_visible (gchar c)
{
  return g_ascii_isgraph (c);
}

static gboolean
is_unreserved (gchar c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '_' || c == '.' || c == '~';
}

/* Byte by byte: what follows the line is of whoever watches for stdin's end. */
static gchar *
read_key_line (void)
{
  gchar line[KEY_BYTES + 2] = { 0 };
  gsize length = 0;
  gchar *key;

  while (length + 1 < sizeof line) {
    gssize n = read (STDIN_FILENO, line + length, 1);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0 || line[length] == '\n')
      break;
    length++;
  }
  line[length] = '\0';
  key = g_strdup (line);
  explicit_bzero (line, sizeof line);
  return key;
}

/* The file of the key that systemd hands over; NULL without one. */
static gchar *
credential_path (void)
{
  const gchar *directory = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree gchar *path = NULL;

  if (directory == NULL)
    return NULL;
  path = g_build_filename (directory, KEY_CREDENTIAL, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS)
      ? g_steal_pointer (&path) : NULL;
}

static gboolean
set_key (Settings * settings, const Arguments * a, GError ** error)
{
  g_autofree gchar *credential = credential_path ();
  const gchar *file = a->api_key_file != NULL ? a->api_key_file : credential;
  g_autoptr (Secret) given = NULL;
  gchar *variable;

  if (a->api_key != NULL) {
    given = g_strdup (a->api_key);
  } else if (g_strcmp0 (a->api_key_file, "-") == 0) {
    given = read_key_line ();
  } else if (file != NULL) {
    if (!g_file_get_contents (file, &given, NULL, error))
      return FALSE;
  } else if ((variable = getenv (KEY_VARIABLE)) != NULL) {
    /* Where it stands it is in /proc/self/environ for as long as we run. */
    given = g_strdup (variable);
    explicit_bzero (variable, strlen (variable));
    g_unsetenv (KEY_VARIABLE);
  }
  if (given == NULL)
    return TRUE;
  settings->key = g_strstrip (g_strdup (given));
  if (is_of (settings->key, KEY_BYTES, is_visible))
    return TRUE;
  INVALID (error, "the key must be 1-%d visible ASCII characters", KEY_BYTES);
  return FALSE;
}

static gboolean
check_numbers (const Settings * settings, GError ** error)
{
  const struct
  {
    const gchar *option;
    gint64 value, least, most;
  } numbers[] = {
    {"port", settings->port, 0, G_MAXUINT16},
    {"jobs", settings->jobs, 1, MAX_JOBS},
    {"max-side", settings->max_side, 1, LIMIT_SIDE_HIGHEST},
    {"max-pixels", settings->max_pixels, 1, LIMIT_PIXELS_HIGHEST},
    {"max-regions", settings->max_regions, 0, G_MAXINT},
    {"read-seconds", settings->read_seconds, 1, MAX_READ_SECONDS},
    /* -1: none. */
    {"listen-fd", settings->listen_fd == -1 ? 0 : settings->listen_fd, 0,
        G_MAXINT},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (numbers[i].value < numbers[i].least
        || numbers[i].value > numbers[i].most) {
      INVALID (error, "--%s: %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT,
          numbers[i].option, numbers[i].least, numbers[i].most);
      return FALSE;
    }
  if (settings->rate >= 0 && settings->rate <= MAX_RATE)
    return TRUE;
  INVALID (error, "--rate: 0-%g", MAX_RATE);
  return FALSE;
}

static gboolean
set_engine (Settings * settings, const Arguments * a, GError ** error)
{
  static const gchar replay[] = "replay:", exec[] = "exec:";
  gchar *contents;
  gsize length;

  if (a->engine == NULL || strcmp (a->engine, "tesseract") == 0)
    return TRUE;
  if (g_str_has_prefix (a->engine, exec)) {
    settings->command = g_strdup (a->engine + strlen (exec));
    return exec_engine_check (settings->command, error);
  }
  if (!g_str_has_prefix (a->engine, replay)) {
    INVALID (error, "--engine: tesseract, exec:COMMAND or replay:FILE");
    return FALSE;
  }
  if (!g_file_get_contents (a->engine + strlen (replay), &contents, &length,
          error))
    return FALSE;
  settings->replay = g_bytes_new_take (contents, length);
  return TRUE;
}

static gboolean
set_certificate (Settings * settings, const Arguments * a, GError ** error)
{
  if (a->tls_cert == NULL && a->tls_key == NULL)
    return TRUE;
  if (a->tls_cert == NULL || a->tls_key == NULL) {
    INVALID (error, "--tls-cert and --tls-key go together");
    return FALSE;
  }
  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ())) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
        "there is no TLS backend; install glib-networking");
    return FALSE;
  }
  settings->certificate = g_tls_certificate_new_from_files (a->tls_cert,
      a->tls_key, error);
  return settings->certificate != NULL;
}

static gboolean
check_signature (const Settings * settings, GError ** error)
{
  if (is_of (settings->signature, SIGNATURE_BYTES, is_unreserved))
    return TRUE;
  INVALID (error, "--signature: 1-%d of A-Z a-z 0-9 - _ . ~", SIGNATURE_BYTES);
  return FALSE;
}

static void
set_default (gchar ** setting, const gchar * value)
{
  if (*setting == NULL)
    *setting = g_strdup (value);
}

static Settings *
settings_new (void)
{
  Settings *settings = g_new0 (Settings, 1);

  settings->jobs = MIN (g_get_num_processors (), DEFAULT_JOBS);
  settings->max_side = LIMIT_SIDE;
  settings->max_pixels = LIMIT_PIXELS;
  settings->max_regions = LIMIT_REGIONS;
  settings->read_seconds = DEFAULT_READ_SECONDS;
  settings->listen_fd = -1;
  return settings;
}

Settings *
settings_parse (gint argc, gchar ** argv, GError ** error)
{
  g_auto (Arguments) a = {.seed = 1 };
  g_autoptr (Settings) settings = settings_new ();

  if (!parse_arguments (settings, &a, argv, error))
    return NULL;
  hide_key (argc, argv);
  set_default (&settings->address, "127.0.0.1");
  set_default (&settings->signature, "local");
  set_default (&settings->languages, "kor+eng");
  if (!set_key (settings, &a, error) || !check_numbers (settings, error)
      || !check_signature (settings, error)
      || !set_engine (settings, &a, error)
      || !set_certificate (settings, &a, error))
    return NULL;
  settings->faults = faults_new (a.fail, a.latency, a.seed, error);
  return settings->faults != NULL ? g_steal_pointer (&settings) : NULL;
}

void
settings_free (Settings * settings)
{
  g_free (settings->address);
  secret_free (settings->key);
  g_free (settings->signature);
  g_free (settings->languages);
  g_free (settings->tessdata);
  g_clear_object (&settings->certificate);
  g_clear_pointer (&settings->replay, g_bytes_unref);
  g_free (settings->command);
  g_clear_pointer (&settings->faults, faults_free);
  g_free (settings);
}
