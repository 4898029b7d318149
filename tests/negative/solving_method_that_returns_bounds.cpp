// SPDX-License-Identifier: BSL-1.0
// refused: the_call_operator_of_the_solving_method_must_return_a_vector_of_the_value_type

#include <bellman/bellman.hpp>

#include "../models/two_state_cycle.hpp"

struct rewards_at_once {
  template <class Problem>
  constexpr auto operator()(Problem const& problem) const {
    using V = typename Problem::value_type;
    std::vector<V> v(problem.table().size(), V(0));
#ifdef CONTROL
    return v;
#else
    return bellman::bounded_values<V>{v};
#endif
  }
};
template <>
inline constexpr bool bellman::is_solving_method_v<rewards_at_once> = true;

constexpr auto go = [](int) { return 1; };
constexpr auto value = [] {
  return bellman::state_value(models::two_state_cycle<double>{}, go, 0.5, rewards_at_once{})(0);
}();
