/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The commands of the program, each in a folder of its own.
 */
#pragma once

#include "commandline/command.h"

extern const Command read_command;
extern const Command index_command;
extern const Command merge_command;
extern const Command estimate_command;
extern const Command search_command;
extern const Command serve_command;
extern const Command export_command;
