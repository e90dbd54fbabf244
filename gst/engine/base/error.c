/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/error.h"

/* *INDENT-OFF* */
G_DEFINE_QUARK (kocr-error-quark, kocr_error)
/* *INDENT-ON* */
