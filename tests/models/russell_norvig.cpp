// SPDX-License-Identifier: BSL-1.0
#include <bellman/models/russell_norvig.hpp>

#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>

#include <array>
#include <cstddef>

#include "models/check_model.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace russell_norvig_tests {

using bellman::rational;
using bellman::rational512;
using bellman::models::russell_norvig;
using bellman::test::disagreements_of_solve;
using bellman::test::is_a_finite_environment;
using bellman::test::true_at_both_times;

TEST_CASE("the 4 x 3 world is a finite environment") {
  CHECK(true_at_both_times([] { return is_a_finite_environment(russell_norvig<>{}); }));
  CHECK(true_at_both_times([] { return is_a_finite_environment(russell_norvig<rational>{}); }));
}

TEST_CASE("a move goes to either side by chance, and not through the wall") {
  CHECK(true_at_both_times([] {
    using world = russell_norvig<rational>;
    auto const leads = [](int s, int a, std::array<int, 3> const& cells) {
      std::size_t n = 0;
      for (auto const& o : world{}.transition(s, a)) {
        rational const reward = o.value.next == 3   ? rational(24, 25)
                                : o.value.next == 6 ? rational(-26, 25)
                                                    : rational(-1, 25);
        if (o.value != bellman::outcome{reward, cells[n]}) return false;
        if (o.probability != (n == 0 ? rational(4, 5) : rational(1, 10))) return false;
        ++n;
      }
      return n == 3;
    };
    return leads(7, world::up, {4, 8, 7}) && leads(4, world::right, {4, 7, 0}) && leads(2, world::right, {3, 5, 2}) &&
           leads(5, world::right, {6, 9, 2}) && leads(1, world::down, {1, 0, 2}) && leads(8, world::up, {8, 9, 7}) &&
           leads(10, world::left, {9, 6, 10}) && leads(9, world::down, {9, 8, 10}) && leads(0, world::left, {0, 0, 4});
  }));
}

TEST_CASE("its values are those of the book, and fractions") {
  CHECK(true_at_both_times([] {
    using world = russell_norvig<rational>;
    return disagreements_of_solve(world{}, 1, [](int s) { return world::optimal_value_at_discount_1(s); }) == 0;
  }));
  CHECK(true_at_both_times([] {
    using world = russell_norvig<>;
    return disagreements_of_solve(world{}, 1, [](int s) { return world::optimal_value_at_discount_1(s); }) == 0;
  }));
  // Figure 17.3 of the 3rd edition; the ends are worth nothing here, and what they pay comes with the move.
  constexpr std::array printed{0.812, 0.868, 0.918, 0.0, 0.762, 0.660, 0.0, 0.705, 0.655, 0.611, 0.388};
  for (int s : russell_norvig<>{}.states()) {
    CHECK(bellman::absolutely_close(russell_norvig<>::optimal_value_at_discount_1(s),
                                    printed[static_cast<std::size_t>(s)], 0.0005));
  }
}

}  // namespace russell_norvig_tests
