/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track/differences.h"

#include "track/consensus.h"

static gboolean
has_place (const GArray * differences, guint place, const gunichar * read)
{
  guint i;

  for (i = 0; i < differences->len; i++) {
    const KocrDifference *difference =
        &g_array_index (differences, KocrDifference, i);

    if (difference->place == place && (!read || difference->read == *read))
      return TRUE;
  }
  return FALSE;
}

/* Whether they say different things of a place. */
static gboolean
conflict (const GArray * stable, const GArray * found)
{
  for (guint i = 0; i < stable->len; i++) {
    const KocrDifference *difference =
        &g_array_index (stable, KocrDifference, i);

    if (has_place (found, difference->place, NULL)
        && !has_place (found, difference->place, &difference->read))
      return TRUE;
  }
  return FALSE;
}

gboolean
kocr_differences_intersect (GArray * stable, const GArray * found,
    gboolean all)
{
  guint i, n_common = 0;

  if (all && conflict (stable, found))
    return FALSE;
  for (i = 0; i < stable->len; i++) {
    const KocrDifference *difference =
        &g_array_index (stable, KocrDifference, i);

    n_common += has_place (found, difference->place, &difference->read);
  }
  if (n_common == 0)
    return FALSE;
  for (i = stable->len; i-- > 0;) {
    const KocrDifference *difference =
        &g_array_index (stable, KocrDifference, i);

    if (!has_place (found, difference->place, &difference->read))
      g_array_remove_index (stable, i);
  }
  return TRUE;
}

gboolean
kocr_differences_share_place (const GArray * stable,
    const GArray * found)
{
  guint i;

  for (i = 0; i < stable->len; i++) {
    if (has_place (found, g_array_index (stable, KocrDifference,
                i).place, NULL))
      return TRUE;
  }
  return FALSE;
}

guint
kocr_differences_count (const GArray * differences)
{
  guint i, n = 0, gone = 0, come = 0;

  for (i = 0; i < differences->len; i++) {
    const KocrDifference *difference =
        &g_array_index (differences, KocrDifference, i);

    if (difference->read == 0)
      gone = 1;
    else if (difference->shown == 0)
      come = 1;
    else
      n++;
  }
  return n + gone + come;
}
