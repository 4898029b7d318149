// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/projected_value.hpp>

#include <bellman/learning/learner.hpp>
#include <bellman/learning/linear_prediction.hpp>
#include <bellman/learning/td_learning.hpp>
#include <bellman/learning/value_table.hpp>
#include <bellman/planning/discounted_occupancy.hpp>
#include <bellman/planning/state_value.hpp>

#include <array>
#include <functional>
#include <string>
#include <type_traits>
#include <vector>

#include <boost/rational.hpp>

#include "learning/small_world.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace projected_value {

namespace b = bellman;
using learning_models::each_step;
using learning_models::observed;
using learning_models::small_world;
using learning_models::some_policy;
using b::test::true_at_both_times;
using rational = boost::rational<long long>;

TEST_CASE("with a weight for each state the projected value is the state value, whatever counts") {
  CHECK(true_at_both_times([] {
    small_world<rational, true> const env;
    auto const pi = some_policy<rational>;
    auto const v = b::state_value(env, pi, rational(3, 4));
    auto const projected = b::projected_value(env, pi, rational(3, 4), b::value_table<rational, int>{},
                                              [](int s) { return rational(2 * s + 1, 7); });
    return projected(0) == v(0) && projected(1) == v(1) && projected(2) == v(2);
  }));
}

TEST_CASE("the expected step of TD(0) from the projected value is zero") {
  CHECK(true_at_both_times([] {
    small_world<rational, true> const env;
    auto const pi = some_policy<rational>;
    rational const gamma(1, 2), alpha(1, 3);
    auto const features = [](int s) { return std::array{rational(1), rational(s)}; };
    auto const d = b::discounted_occupancy(env, pi, gamma, 0);
    auto const v = b::projected_value(env, pi, gamma, b::linear_prediction(std::vector(2, rational(0)), features), d);
    b::learner const agent(v, b::td_learning{.gamma = gamma}, alpha);
    std::array moved{rational(0), rational(0)};
    bool stays = true;
    for (int s = 0; s < 3; ++s) {
      each_step(env, pi, s, [&](rational p, int a, rational r, int next) {
        auto const after = observed(agent, env, s, a, r, next);
        for (std::size_t i = 0; i < 2; ++i) {
          rational const step = after.prediction().weights()[i] - v.weights()[i];
          stays = stays && step == 0;
          moved[i] += d(s) * p * step;
        }
      });
    }
    return moved[0] == 0 && moved[1] == 0 && !stays;
  }));
}

TEST_CASE("a projected value takes an environment by reference, and refuses what determines nothing") {
  small_world<double, true> const env;
  auto const pi = some_policy<double>;
  auto const features = [](int s) { return s; };
  auto const v = b::projected_value(std::cref(env), pi, 0.5, b::linear_prediction(3, features), [](int) { return 1; });
  CHECK(v.weights().size() == 3);
  CHECK(b::test::message_of([&] {
          b::projected_value(env, pi, 0.5, b::linear_prediction(3, features), [](int s) { return s == 1 ? 0 : 1; });
        }).find("do not determine weight ") != std::string::npos);
  CHECK(b::test::message_of([&] {
          b::projected_value(env, pi, 0.5, b::linear_prediction(3, features), [](int s) { return s - 1; });
        }) == "bellman: state 0 counts -1; it must be at least 0 and finite");
  // The last weight is of no state: as any other that is not determined it is refused, and not left as it was.
  CHECK(b::test::message_of([&] {
          b::projected_value(env, pi, 0.5, b::linear_prediction(4, features), [](int) { return 1; });
        }).find("do not determine weight 3") != std::string::npos);
  using by_states = b::value_table<double, int>;
  auto const counts = [](int) { return 1; };
  auto const text = [](int) { return std::string("much"); };
  STATIC_REQUIRE(std::is_invocable_v<decltype(b::projected_value), decltype(env), decltype(pi), double, by_states,
                                     decltype(counts)>);
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(b::projected_value), decltype(env), decltype(pi), double, by_states, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(b::projected_value), decltype(env), decltype(pi), double, by_states,
                                           decltype(text)>);
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(b::projected_value), int, decltype(pi), double, by_states, decltype(counts)>);
}

}  // namespace projected_value
