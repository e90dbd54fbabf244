/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "commandline/command.h"

G_BEGIN_DECLS

extern const Command export_command;

G_END_DECLS
