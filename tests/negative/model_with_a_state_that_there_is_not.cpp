// SPDX-License-Identifier: BSL-1.0
// rule: a_transition_must_be_between_the_states

#include <bellman/bellman.hpp>

#ifdef CONTROL
constexpr int next = 1;
#else
constexpr int next = 2;
#endif

constexpr bool built = [] {
  bellman::model_builder<double> builder(2);
  builder.add(0, 0, next, 1.0, 1.0);
  return builder.build().size() == 2;
}();
