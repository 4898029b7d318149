// SPDX-License-Identifier: BSL-1.0
// refused: the_solving_method_has_no_call_operator_of_a_problem

#include <bellman/bellman.hpp>

#include "../models/two_state_cycle.hpp"

struct rewards_at_once {
#ifdef CONTROL
  template <class Problem>
  constexpr auto operator()(Problem const& problem) const {
    using V = typename Problem::value_type;
    return std::vector<V>(problem.table().size(), V(0));
  }
#endif
};
template <>
inline constexpr bool bellman::is_solving_method_v<rewards_at_once> = true;

int main() { auto const best = bellman::solve(models::two_state_cycle<double>{}, 0.5, rewards_at_once{}); }
