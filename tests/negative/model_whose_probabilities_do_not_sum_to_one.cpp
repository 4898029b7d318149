// SPDX-License-Identifier: BSL-1.0
// rule: the_outcomes_of_an_action_must_sum_to_one

#include <bellman/bellman.hpp>

#ifdef CONTROL
constexpr double rest = 0.5;
#else
constexpr double rest = 0.25;
#endif

constexpr bool built = [] {
  bellman::model_builder<double> builder(2);
  builder.add(0, 0, 1, 0.5, 1.0).add(0, 0, 0, rest, 0.0);
  return builder.build().size() == 2;
}();
