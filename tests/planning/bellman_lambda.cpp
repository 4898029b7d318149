// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/bellman_lambda.hpp>

#include <bellman/decision/reward.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/decision/trajectories.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/bellman_n_step.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/value/bellman_operator.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <vector>

#include "models/frozen_lake.hpp"
#include "models/listed_mdp.hpp"
#include "planning/cases.hpp"
#include "planning/contains.hpp"
#include "planning/loop_and_end.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace bellman_lambda_tests {

using bellman::bellman_lambda;
using bellman::rational;
using bellman::test::any_way;
using bellman::test::contains;
using bellman::test::cycle;
using bellman::test::go_round;
using bellman::test::guess;
using bellman::test::half;
using bellman::test::loop_and_end;
using bellman::test::message_of;
using bellman::test::one;
using bellman::test::true_at_both_times;

constexpr rational g(3, 4);
constexpr rational l(2, 5);

// The mean over all courses of three steps of what an estimator says of the first step. Where a course is cut off, the
// state there stands for its value and its return, `(1 - lambda) v + lambda T_lambda v`.
template <class E, class V, class Estimate>
constexpr rational mean_estimate(E const& env, int s, std::size_t limit, V const& behind, Estimate const& estimate) {
  auto const paths = bellman::trajectories(env, any_way, s, bellman::step_limit{limit});
  return bellman::expectation(paths, [&](auto const& path) {
    std::vector<rational> values;
    for (std::size_t k = 0; k < path.size(); ++k) values.push_back(guess(path.states[k]));
    if (path.has_terminated()) return estimate(path.rewards, values, bellman::terminated{});
    int const last = path.states.back();
    return estimate(path.rewards, values, bellman::truncated{rational((one - l) * guess(last) + l * behind(last))});
  });
}
constexpr auto first_return = [](auto const& rewards, auto const& values, auto const& ending) {
  return bellman::lambda_returns(rewards, values, ending, {.gamma = g, .lambda = l})[0];
};
constexpr auto first_advantage = [](auto const& rewards, auto const& values, auto const& ending) {
  return bellman::gae(rewards, values, ending, {.gamma = g, .lambda = l}).advantages[0];
};

// Two choices in each of three states, and the end.
constexpr auto tree_of_choices() {
  return ::models::mdp_of_rows<rational>(4, {{0, 0, rational(1, 3), 1, rational(2)},
                                           {0, 0, rational(2, 3), 2, rational(-1)},
                                           {0, 1, rational(1), 2, rational(1, 2)},
                                           {1, 0, rational(1), 3, rational(7)},
                                           {1, 1, rational(1, 5), 2, rational(0)},
                                           {1, 1, rational(4, 5), 3, rational(1)},
                                           {2, 0, rational(1), 3, rational(-3)},
                                           {2, 1, rational(1), 3, rational(4)}});
}

TEST_CASE("over all episodes the mean of lambda-returns is T_lambda v, exactly, and that of GAE T_lambda v - v") {
  CHECK(true_at_both_times([] {
    auto const env = tree_of_choices();
    auto const v = bellman_lambda(env, any_way, g, l)(guess);
    auto const none_is_cut_off = [](int) { return rational(1000000); };
    for (int s = 0; s < 3; ++s) {
      if (v(s) != mean_estimate(env, s, 10, none_is_cut_off, first_return)) return false;
      if (v(s) - guess(s) != mean_estimate(env, s, 10, none_is_cut_off, first_advantage)) return false;
    }
    return v.error_bound() == rational(0);
  }));
}

TEST_CASE("the same where states come back, episodes being cut off") {
  CHECK(true_at_both_times([] {
    auto const env = loop_and_end<rational>();
    auto const v = bellman_lambda(env, any_way, g, l)(guess);
    for (int s : {0, 1}) {
      if (v(s) != mean_estimate(env, s, 3, v, first_return)) return false;
      if (v(s) - guess(s) != mean_estimate(env, s, 3, v, first_advantage)) return false;
    }
    return v(2) == rational(0);
  }));
}

TEST_CASE("it is the sum over operators of n steps") {
  CHECK(true_at_both_times([] {
    // In the tree no course takes more than three steps: T^n v is T^3 v from there on, which has the weight lambda^2.
    auto const env = tree_of_choices();
    auto const v = bellman_lambda(env, any_way, g, l)(guess);
    auto const after = [&](int n) { return bellman::bellman_n_step(env, any_way, g, n)(guess); };
    for (int s = 0; s < 3; ++s) {
      rational const all = (one - l) * (after(1)(s) + l * after(2)(s)) + l * l * after(3)(s);
      if (v(s) != all) return false;
    }
    return true;
  }));
}

TEST_CASE("the fixed point is the value of the policy; lambda 0 is the operator, lambda 1 the value") {
  CHECK(true_at_both_times([] {
    auto const env = loop_and_end<rational>();
    auto const v = bellman::state_value(env, any_way, g);
    auto const once = bellman::bellman_expectation(env, any_way, g)(guess);
    for (int s = 0; s < 3; ++s) {
      if (bellman_lambda(env, any_way, g, l)(v)(s) != v(s)) return false;
      if (bellman_lambda(env, any_way, g, 0)(guess)(s) != once(s)) return false;
      if (bellman_lambda(env, any_way, g, 1)(guess)(s) != v(s)) return false;
      if (bellman_lambda(env, any_way, one, one)(guess)(s) != bellman::state_value(env, any_way, one)(s)) return false;
    }
    return true;
  }));
}

TEST_CASE("monotone, and a contraction by gamma (1 - lambda) / (1 - gamma lambda)") {
  CHECK(true_at_both_times([] {
    auto const env = loop_and_end<rational>();
    auto const T = bellman_lambda(env, any_way, g, l);
    auto const above = [](int s) { return rational(guess(s) + rational(s + 1)); };
    rational most(0);
    for (int s : {0, 1}) {
      if (T(above)(s) < T(guess)(s)) return false;
      rational const apart = T(above)(s) - T(guess)(s);
      if (most < apart) most = apart;
    }
    // Of a cycle that goes on for ever, all of it.
    auto const on = bellman_lambda(cycle{}, go_round, g, l);
    rational const factor = g * (one - l) / (one - g * l);
    rational const moved = on([](int) { return rational(5); })(0) - on([](int) { return rational(0); })(0);
    return rational(0) < most && most <= factor * rational(2) && moved == factor * rational(5);
  }));
}

TEST_CASE("in floating point with bounds that hold the exact value") {
  auto const exact = bellman_lambda(loop_and_end<rational>(), any_way, rational(3, 4), rational(1, 2))(guess);
  auto const in_double = [](int s) {
    return std::array{bellman::weighted{0, 1.0 / (s + 2)}, bellman::weighted{1, (s + 1.0) / (s + 2)}};
  };
  auto const v =
      bellman_lambda(loop_and_end<double>(), in_double, 0.75, 0.5)([](int s) { return (2 * s - 3.0) / (s + 1); });
  for (int s : {0, 1}) {
    CHECK(v.lower(s) <= bellman::to_double(exact(s)) + 1e-15);
    CHECK(bellman::to_double(exact(s)) - 1e-15 <= v.upper(s));
  }
  CHECK(v.error_bound() < 1e-13);
  CHECK(0.0 < v.error_bound());
  // Sums of operators of n steps, on the lake.
  ::models::frozen_lake<double> const lake{};
  auto const right = [](int) { return 2; };
  auto const w = bellman_lambda(lake, right, 0.9, 0.6)([](int s) { return 0.1 * s; });
  double sum = 0;
  double weight = 0.4;
  for (int n = 1; n < 80; ++n) {
    sum += weight * bellman::bellman_n_step(lake, right, 0.9, n)([](int s) { return 0.1 * s; })(0);
    weight *= 0.6;
  }
  CHECK(bellman::test::absolutely_close(w(0), sum, 1e-12));
}

TEST_CASE("several rewards at once, and by the numbers of a table") {
  CHECK(true_at_both_times([] {
    using vector = bellman::coordinates<rational, 2>;
    auto const env = bellman::with_reward(cycle{}, [](int s, int) { return vector{rational(s == 0 ? 3 : -1), one}; });
    auto const both = bellman_lambda(env, go_round, g, l)([](int s) { return vector{rational(s), rational(2)}; });
    auto const first = bellman_lambda(cycle{}, go_round, g, l)([](int s) { return rational(s); });
    auto const table = bellman::tabulate(cycle{});
    auto const by_number =
        bellman_lambda(table, go_round, g, l)([](bellman::index_t s) { return rational(static_cast<int>(s)); });
    return both(0)[0] == first(0) && both(1)[0] == first(1) && by_number(1) == first(1) && both(0)[1] == both(1)[1];
  }));
}

TEST_CASE("of an environment without a list, what can be reached from a start") {
  CHECK(true_at_both_times([] {
    using bellman::test::tree;
    ::models::answer const a = ::models::answer{}.followed_by('a');
    auto const stops = [](::models::answer const&) { return '.'; };
    auto const nothing = [](::models::answer const&) { return rational(0); };
    auto const v = bellman_lambda(tree{}, stops, g, l, a)(nothing);
    auto const once = bellman::bellman_n_step(tree{}, stops, g, 1, a)(nothing);
    return v(a) == bellman::state_value(tree{}, stops, g, a)(a) && once(a) == v(a);
  }));
}

TEST_CASE("what is wrong with a lambda is said") {
  CHECK(contains(message_of([] { bellman_lambda(cycle{}, go_round, half, rational(3, 2)); }), "lambda is 3/2"));
  CHECK(contains(message_of([] { bellman_lambda(cycle{}, go_round, one, one)([](int) { return one; }); }),
                 "the policy never ends"));
  using maker = decltype(bellman_lambda);
  STATIC_REQUIRE(!std::is_invocable_v<maker const&, cycle, decltype(go_round), rational, char const*>);
}

}  // namespace bellman_lambda_tests
