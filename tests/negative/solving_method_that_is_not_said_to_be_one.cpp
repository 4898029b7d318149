// SPDX-License-Identifier: BSL-1.0
// refused: after_the_discount_comes_where_to_begin_or_a_solving_method_or_both_in_this_order

#include <bellman/bellman.hpp>

#include "../models/two_state_cycle.hpp"

struct rewards_at_once {
  template <class Problem>
  constexpr auto operator()(Problem const& problem) const {
    using V = typename Problem::value_type;
    return std::vector<V>(problem.table().size(), V(0));
  }
};

#ifdef CONTROL
template <>
inline constexpr bool bellman::is_solving_method_v<rewards_at_once> = true;
#endif

int main() { auto const best = bellman::solve(models::two_state_cycle<double>{}, 0.5, rewards_at_once{}); }
