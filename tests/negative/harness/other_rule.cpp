// SPDX-License-Identifier: BSL-1.0
// rule: weights_must_sum_to_one
// harness: the call that is not constexpr must be that of: weights_must_sum_to_one

void weights_must_sum_to_one_half() {}
constexpr int check(bool good) {
  if (!good) weights_must_sum_to_one_half();
  return 0;
}

#ifdef CONTROL
constexpr int x = check(true);
#else
constexpr int x = check(false);
#endif
