// SPDX-License-Identifier: BSL-1.0
#include <bellman/value/turn_choice.hpp>

#include <bellman/decision/reward.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/discount.hpp>

#include <array>
#include <vector>

#include "models/listed_mdp.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace turn_choice_tests {

using bellman::bellman_operator;
using bellman::discount;
using bellman::rational;
using bellman::turn_choice;
using bellman::test::true_at_both_times;

constexpr auto game() {
  rational const third(1, 3);
  return models::mdp_of_rows<rational>(3, {{0, 0, rational(1), 0, rational(1)},
                                           {0, 1, third, 1, rational(3)},
                                           {0, 1, rational(2, 3), 0, rational(-2)},
                                           {1, 0, rational(1), 0, rational(-1)},
                                           {1, 1, rational(1), 1, rational(1)},
                                           {1, 2, rational(1, 2), 2, rational(5)},
                                           {1, 2, rational(1, 2), 1, rational(-4)},
                                           {2, 0, rational(1), 1, rational(1, 2)}});
}
constexpr rational discounted(3, 4);
constexpr auto first_moves_in_even = [](int s) { return s % 2 == 0; };

constexpr rational v(int s) { return rational(7 * s * s - 9, 2 + s); }
constexpr rational w(int s) { return v(s) + rational(s + 1, 3); }

TEST_CASE("the greatest where the one moves, the least where the other does") {
  CHECK(true_at_both_times([] {
    bellman_operator const T(game(), turn_choice{first_moves_in_even}, discount(discounted));
    auto const q = T.action_values(v);
    auto const next = T(v);
    auto const greatest = q(0, 0) < q(0, 1) ? q(0, 1) : q(0, 0);
    auto least = q(1, 0);
    for (int a : {1, 2}) {
      if (q(1, a) < least) least = q(1, a);
    }
    return next(0) == greatest && next(1) == least && next(2) == q(2, 0);
  }));
}

TEST_CASE("with one player it is the best action, or the worst") {
  CHECK(true_at_both_times([] {
    auto const turned = bellman::with_reward(game(), [](int s, int a, int next) {
      auto const env = game();
      for (auto const& o : env.transition(s, a)) {
        if (o.value.next == next) return rational(-o.value.reward);
      }
      return rational(0);
    });
    bellman_operator const all_his(game(), turn_choice{[](int) { return true; }}, discount(discounted));
    bellman_operator const all_hers(game(), turn_choice{[](int) { return false; }}, discount(discounted));
    auto const best = bellman::bellman_optimality(game(), discounted)(v);
    auto const of_turned = bellman::bellman_optimality(turned, discounted)([](int s) { return rational(-v(s)); });
    for (int s : {0, 1, 2}) {
      if (all_his(v)(s) != best(s) || all_hers(v)(s) != rational(-of_turned(s))) return false;
    }
    return true;
  }));
}

TEST_CASE("monotone, shifted by a constant, and a contraction") {
  CHECK(true_at_both_times([] {
    bellman_operator const T(game(), turn_choice{first_moves_in_even}, discount(discounted));
    auto const tv = T(v);
    auto const tw = T(w);
    auto const shifted = T([](int s) { return rational(v(s) + rational(5)); });
    rational most(0);
    rational farthest(0);
    for (int s : {0, 1, 2}) {
      if (tw(s) < tv(s)) return false;
      if (shifted(s) != tv(s) + discounted * rational(5)) return false;
      if (most < tw(s) - tv(s)) most = tw(s) - tv(s);
      if (farthest < w(s) - v(s)) farthest = w(s) - v(s);
    }
    return most <= discounted * farthest && rational(0) < most;
  }));
}

}  // namespace turn_choice_tests
