/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "http/tokenbucket.h"

#define SECOND G_USEC_PER_SEC

static void
a_second_s_worth_goes_at_once (void)
{
  TokenBucket bucket;
  guint i, retry_after = 0;

  token_bucket_init (&bucket, 5, 0);
  for (i = 0; i < 5; i++)
    g_assert_true (token_bucket_take (&bucket, 0, &retry_after));
  g_assert_false (token_bucket_take (&bucket, 0, &retry_after));
  g_assert_cmpuint (retry_after, ==, 1);
}

static void
tokens_come_back_at_the_rate (void)
{
  TokenBucket bucket;
  guint i, n = 0, retry_after;

  token_bucket_init (&bucket, 4, 0);
  for (i = 0; i < 1000; i++)
    if (token_bucket_take (&bucket, i * SECOND / 100, &retry_after))
      n++;
  g_assert_cmpuint (n, >=, 4 + 39);
  g_assert_cmpuint (n, <=, 4 + 40);
}

static void
a_slow_rate_tells_how_long_to_wait (void)
{
  TokenBucket bucket;
  guint retry_after;

  token_bucket_init (&bucket, 0.1, 0);
  g_assert_true (token_bucket_take (&bucket, 0, &retry_after));
  g_assert_false (token_bucket_take (&bucket, 0, &retry_after));
  g_assert_cmpuint (retry_after, ==, 10);
  g_assert_false (token_bucket_take (&bucket, 9 * SECOND, &retry_after));
  g_assert_cmpuint (retry_after, ==, 1);
  g_assert_true (token_bucket_take (&bucket, 11 * SECOND, &retry_after));

  token_bucket_init (&bucket, 1e-12, 0);
  g_assert_true (token_bucket_take (&bucket, 0, &retry_after));
  g_assert_false (token_bucket_take (&bucket, 0, &retry_after));
  g_assert_cmpuint (retry_after, ==, 86400);
}

static void
no_rate_is_no_limit (void)
{
  TokenBucket bucket;
  guint i, retry_after;

  token_bucket_init (&bucket, 0, 0);
  for (i = 0; i < 1000; i++)
    g_assert_true (token_bucket_take (&bucket, 0, &retry_after));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tokenbucket/a_second_s_worth_goes_at_once",
      a_second_s_worth_goes_at_once);
  g_test_add_func ("/tokenbucket/tokens_come_back_at_the_rate",
      tokens_come_back_at_the_rate);
  g_test_add_func ("/tokenbucket/a_slow_rate_tells_how_long_to_wait",
      a_slow_rate_tells_how_long_to_wait);
  g_test_add_func ("/tokenbucket/no_rate_is_no_limit", no_rate_is_no_limit);
  return g_test_run ();
}
