/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The element's own kakaoocr-server, for endpoint=local.
 *
 * One a process and a set of languages, shared by all who acquire it. The
 * program is $KAKAOOCR_SERVER, else the one that was compiled in, never one of
 * PATH. It is started by the first request for its endpoint, not by acquiring;
 * it gets a random key through its stdin, a pipe of ours, so that it ends with
 * this process however this process ends.
 *
 * It listens on a socket that is made and kept here: no other user reaches it,
 * and who connects while a process is followed by another waits for that one.
 *
 *   service = kocr_local_service_acquire ("kor+eng");
 *   kocr_local_service_get_endpoint_async (service, 0, cancellable, ready, x);
 *   in ready():
 *     endpoint = kocr_local_service_get_endpoint_finish (result, &error);
 *     POST to endpoint->url at endpoint->address, x-api-key: endpoint->key
 *   kocr_local_service_release (service);
 *
 * Ask for the endpoint before every attempt: a known one costs a few
 * microseconds, and somebody must see that a process runs. When an attempt
 * fails in transport (reset, no answer at all), pass its generation as @suspect
 * to the next call. An endpoint of another generation then means that the
 * process died with the picture in flight: the caller counts that on the
 * picture, and fails a picture that was there twice. A process that does not
 * answer any more is replaced when the caller says so.
 *
 * Every function may be called from any thread and none blocks. A process
 * that ends is started again by the next call, 100 ms after it ended, doubling
 * to 30 s when it keeps ending; calls wait for that, so cancel them at the
 * picture's deadline.
 */
#pragma once

#include "base/error.h"
#include "local/localendpoint.h"

typedef struct _KocrLocalService KocrLocalService;

/* The process-wide service for @languages, Tesseract's names joined by "+"; one
 * user more. Pair with release. */
KocrLocalService *kocr_local_service_acquire (const gchar * languages);

/* How many pictures it reads at once. */
guint kocr_local_service_get_n_jobs (KocrLocalService * self);

/* One user less. With the last one calls that still wait are cancelled, the
 * process is told to end and is reaped in the background (killed when it does
 * not end within two seconds). */
void kocr_local_service_release (KocrLocalService * self);

/* Starts the process when none runs and answers, in the thread-default main
 * context of the caller, once it listens. The caller must be a user of @self.
 * @suspect: 0, or the generation whose process failed an attempt in transport:
 * the answer then waits until it is certain whether that process still runs
 * (at most 100 ms). The source object of @callback is NULL. */
void kocr_local_service_get_endpoint_async (KocrLocalService * self,
    guint suspect, GCancellable * cancellable, GAsyncReadyCallback callback,
    gpointer user_data);

/* (transfer full) or NULL with one of
 * - KOCR_ERROR_LOCAL_SERVICE: there is no program to start, or it ended by
 *   itself before it listened (no language data, say); the message says what
 *   to do, by the last line it wrote to stderr. Asking again soon is useless;
 * - KOCR_ERROR_UNAVAILABLE: it crashed or stayed silent before it listened.
 *   Asking again starts it again, after the backoff;
 * - G_IO_ERROR_CANCELLED. */
KocrLocalEndpoint *kocr_local_service_get_endpoint_finish (
    GAsyncResult * result, GError ** error);

/* The process @generation does not answer: it is killed if it still runs, with
 * the connections that wait for it, and the next call starts another. */
void kocr_local_service_replace (KocrLocalService * self,
    guint generation);

/* How many processes have been started; the running one's generation. */
guint kocr_local_service_get_generation (KocrLocalService * self);

/* What the process @generation has had of processors so far, in microseconds, or
 * KOCR_CPU_UNKNOWN. */
gint64 kocr_local_service_get_cpu_time (KocrLocalService * self,
    guint generation);
