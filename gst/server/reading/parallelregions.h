/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * OpenMP's parallel regions, of which this process has none: Tesseract asks for four
 * threads at each step of its networks, which costs more than it gains and takes the
 * cores from the other jobs.
 */
#pragma once

/* For the calling thread, where Tesseract brought another compiler's OpenMP along:
 * GCC's is stood in for. */
void parallel_regions_forbid (void);
