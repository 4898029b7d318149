// SPDX-License-Identifier: BSL-1.0
#include "extensions/operator.hpp"

#include <bellman/decision/outcome.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/discount.hpp>

#include <array>
#include <cstddef>
#include <ranges>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::test::true_at_both_times;

// Who takes the last of `heap` stones wins; one, two or three at a turn. A state is 2 stones + whose turn it is.
struct stones {
  using state_type = int;
  using action_type = int;
  using reward_type = rational;
  int heap;
  constexpr auto states() const { return std::views::iota(0, 2 * heap + 2); }
  constexpr auto actions(int s) const { return std::views::iota(1, (s / 2 < 3 ? s / 2 : 3) + 1); }
  constexpr bool terminal(int s) const { return s < 2; }
  constexpr auto transition(int s, int n) const {
    int const left = s / 2 - n;
    rational const wins(s % 2 == 0 ? 1 : -1);
    return bellman::dirac{bellman::outcome{left == 0 ? wins : rational(0), 2 * left + 1 - s % 2}};
  }
};

// A coin is tossed for 0 or 4, or 1 is taken.
struct coin {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  constexpr auto states() const { return std::views::iota(0, 2); }
  constexpr auto actions(int) const { return std::views::iota(0, 2); }
  constexpr bool terminal(int s) const { return s == 1; }
  constexpr auto transition(int, int a) const {
    using o = bellman::outcome<double, int>;
    return bellman::uniform(a == 0 ? std::array{o{0.0, 1}, o{4.0, 1}} : std::array{o{1.5, 1}, o{1.5, 1}});
  }
};

}  // namespace

TEST_CASE("a choice that is added from outside makes an operator, whose fixed point is found: multiples of four lose") {
  CHECK(true_at_both_times([] {
    auto const even = [](auto s) { return s % 2 == 0; };
    extensions::by_turns const choice{even};
    auto const v = bellman::solve(bellman::bellman_operator(stones{12}, choice, bellman::discount(rational(1))));
    auto const t = bellman::tabulate(stones{12});
    auto const found = bellman::fixed_point_of(bellman::bellman_operator(t, choice, bellman::discount(rational(1))));
    for (int s = 2; s < 26; ++s) {
      rational const worth((even(s) ? 1 : -1) * (s / 2 % 4 == 0 ? -1 : 1));
      if (v(s) != worth || found.values[static_cast<std::size_t>(s)] != worth) return false;
    }
    return v.error_bound() == rational(0);
  }));
}

TEST_CASE("a certainty equivalent that is added from outside is solved with, in exact and in floating point") {
  // Of the coin half of 2 and half of 0.
  auto const [v, pi] = bellman::solve(coin{}, 0.9, extensions::cautious{});
  CHECK(v.lower(0) <= 1.5);
  CHECK(v.upper(0) >= 1.5);
  CHECK(v.error_bound() < 1e-12);
  CHECK(pi.action(0) == 1);
  CHECK(bellman::solve(coin{}, 0.9).policy.action(0) == 0);
}
