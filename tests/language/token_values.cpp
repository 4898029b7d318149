// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/reward.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/decision/start.hpp>
#include <bellman/decision/trajectories.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/language_policy.hpp>
#include <bellman/language/token_environment.hpp>
#include <bellman/language/vocabulary.hpp>
#include <bellman/learning/objective.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/advantage.hpp>
#include <bellman/value/return.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <vector>

#include "language/three_words.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

// Exact values of token sequences, by the functions for any environment, against closed forms.

namespace {

using bellman::concat;
using bellman::context;
using bellman::length_limit;
using bellman::rational;
using bellman::token;
using bellman::test::approx_equal;
using bellman::test::three_words::stop;
using bellman::test::three_words::words;
using bellman::test::true_at_both_times;

constexpr auto uniform_policy = [](context const&) { return bellman::uniform(words.tokens()); };
// Stops with probability 1/2, otherwise a or b alike.
constexpr auto fair_coin = [](context const&) {
  return bellman::categorical(std::array{bellman::weighted{token{0}, rational(1, 4)},
                                         bellman::weighted{token{1}, rational(1, 4)},
                                         bellman::weighted{stop, rational(1, 2)}});
};

constexpr auto says_ab = [](context const& s) { return s.generated() == std::vector<token>{0, 1, stop}; };
constexpr auto cost = [](context const&, token) { return rational(-1); };

constexpr rational power(rational x, int n) {
  rational y = 1;
  for (int k = 0; k < n; ++k) y *= x;
  return y;
}

}  // namespace

TEST_CASE("the value of uniform tokens is the probability of the right answer, discounted to its last token") {
  // Three tokens, each 1/3, the reward two steps after the first.
  CHECK(true_at_both_times([] {
    auto const env = bellman::token_environment(words, length_limit{3}, bellman::verifiable<rational>(says_ab));
    rational const gamma(9, 10);
    auto const v = bellman::state_value(env, uniform_policy, gamma);
    context const s{1};
    context const a = concat(s, 0);
    return v(s) == power(gamma, 2) / 27 && v(a) == gamma / 9 && v(concat(a, 1)) == rational(1, 3) &&
           v(concat(a, 0)) == 0 && v(concat(s, stop)) == 0;
  }));
}

TEST_CASE("the cost of tokens is that of a geometric length, cut off at the limit") {
  // With probability q a token stops: V = -(1 + x + ... + x^(L-1)) with x = gamma (1 - q).
  CHECK(true_at_both_times([] {
    auto const env = bellman::token_environment(words, length_limit{4}, cost);
    rational const gamma(2, 3);
    rational const x = gamma / 2;
    auto const v = bellman::state_value(env, fair_coin, gamma, context{0});
    return v(context{0}) == -(1 - power(x, 4)) / (1 - x) && v(concat(context{0}, 1)) == -(1 - power(x, 3)) / (1 - x) &&
           bellman::state_value(env, fair_coin, rational(1))(context{}) == -(1 - power(rational(1, 2), 4)) * 2;
  }));
}

TEST_CASE("the values are the expectation of the return over every continuation") {
  CHECK(true_at_both_times([] {
    auto const env = bellman::token_environment(words, length_limit{3}, cost);
    rational const gamma(1, 2);
    auto const G = [&](auto const& tau) { return bellman::discounted_return(tau.rewards, gamma); };
    return bellman::expectation(bellman::trajectories(env, fair_coin, context{0}), G) ==
           bellman::state_value(env, fair_coin, gamma)(context{0});
  }));
}

TEST_CASE("every continuation up to the limit is a state, once") {
  // (k - 1)^i contexts of i < L tokens go on; each has k continuations, and the prompt has none before it.
  for (std::size_t limit = 1; limit <= 6; ++limit) {
    auto const env = bellman::token_environment(words, length_limit{limit}, cost);
    auto const table = bellman::tabulate(env, context{0, 1});
    std::size_t const going_on = (std::size_t{1} << limit) - 1;
    CHECK(table.slots() == 3 * going_on);
    CHECK(table.size() == 1 + 3 * going_on);
  }
}

TEST_CASE("a horizon of one token makes a bandit") {
  CHECK(true_at_both_times([] {
    auto const env =
        bellman::token_environment(words, length_limit{1}, [](context const&, token a) { return rational(a * a); });
    auto const v = bellman::state_value(env, fair_coin, rational(1, 2));
    auto const [best, policy] = bellman::solve(env, rational(1, 2), context{});
    return v(context{}) == rational(1, 4) + 2 && best(context{}) == 4 &&
           std::ranges::equal(policy.optimal_actions(context{}), std::vector<token>{stop});
  }));
}

TEST_CASE("the best answer is found, with its ties") {
  // "ab." pays 1, every token costs 1/10: from the prompt 1 - 3/10. Where it is out of reach, stopping is best.
  CHECK(true_at_both_times([] {
    auto const reward = [](context const&, token, context const& next) {
      return rational(says_ab(next)) - rational(1, 10);
    };
    auto const env = bellman::token_environment(words, length_limit{3}, reward);
    context const s{};
    auto const [v, pi] = bellman::solve(env, rational(1), s);
    context const a = concat(s, 0);
    context const aa = concat(a, 0);
    return v(s) == rational(7, 10) && std::ranges::equal(pi.optimal_actions(s), std::vector<token>{0}) &&
           v(a) == rational(8, 10) && std::ranges::equal(pi.optimal_actions(a), std::vector<token>{1}) &&
           v(concat(s, 1)) == rational(-1, 10) &&
           std::ranges::equal(pi.optimal_actions(concat(s, 1)), std::vector<token>{stop}) &&
           std::ranges::equal(pi.optimal_actions(aa), std::vector<token>{0, 1, stop});  // the last token in any case
  }));
}

TEST_CASE("the advantages of a right answer's tokens add up to what it gained") {
  // With a discount of 1 and certain transitions, the sum of A over a path is its return less V of the prompt.
  CHECK(true_at_both_times([] {
    auto const env = bellman::token_environment(words, length_limit{3}, bellman::verifiable<rational>(says_ab));
    context const s{1};
    auto const v = bellman::state_value(env, fair_coin, rational(1), s);
    auto const a = bellman::advantage(bellman::action_value(env, rational(1), v), v);
    context const s_2 = concat(s, 0);
    context const s_3 = concat(s_2, 1);
    return v(s) == rational(1, 32) && a(s, 0) == rational(1, 8) - rational(1, 32) &&
           a(s, 0) + a(s_2, 1) + a(s_3, stop) == 1 - rational(1, 32) && a(s, 1) == rational(-1, 32);
  }));
}

TEST_CASE("a language model's value is the product of its tokens' probabilities") {
  // Logits by the last token: log 2, 0, 0 at first and after b; 0, log 6, 0 after a. "ab.": 1/2 * 6/8 * 1/4.
  CHECK(true_at_both_times([] {
    bellman::language_policy const pi(words, [](context const& s) {
      return s.last() == 0 ? std::array{0.0, bellman::log(6.0), 0.0} : std::array{bellman::log(2.0), 0.0, 0.0};
    });
    auto const env = bellman::token_environment(words, length_limit{3}, bellman::verifiable<double>(says_ab));
    return approx_equal(bellman::state_value(env, pi, 1.0)(context{}), 3.0 / 32, 1e-14) &&
           approx_equal(bellman::state_value(env, pi, 0.5)(context{}), 3.0 / 128, 1e-14);
  }));
}

TEST_CASE("rewards of several kinds are evaluated at once") {
  CHECK(true_at_both_times([] {
    using both = bellman::coordinates<rational, 2>;
    auto const reward = [](context const&, token, context const& next) {
      return both{{rational(says_ab(next)), rational(-1)}};
    };
    auto const env = bellman::token_environment(words, length_limit{3}, reward);
    rational const gamma(1, 2);
    auto const v = bellman::state_value(env, fair_coin, gamma)(context{});
    return v[0] == power(gamma, 2) / 32 && v[1] == -(1 - power(gamma / 2, 3)) / (1 - gamma / 2);
  }));
}

TEST_CASE("the objective is the mean over the prompts") {
  // The right answer repeats the prompt's first token: 1/3 for "a" and for "b"; a prompt of "." cannot be answered.
  CHECK(true_at_both_times([] {
    auto const repeats = [](context const& s) {
      return s.generated_size() == 1 && s.prompt().front() != stop && s.last() == s.prompt().front();
    };
    auto const env = bellman::token_environment(words, length_limit{1}, bellman::verifiable<rational>(repeats));
    auto const prompts = bellman::uniform(std::vector{context{0}, context{1}, context{stop}, context{1, 0}});
    return bellman::objective(bellman::with_start(env, prompts), uniform_policy, rational(1)) == rational(1, 4) &&
           bellman::objective(env, uniform_policy, rational(1), context{stop}) == 0;
  }));
}

TEST_CASE("sampled answers are right as often as the value says") {
  // 20,000 answers with p = 1/32: the standard deviation of the frequency is 0.00123, five of them are allowed.
  auto const env = bellman::token_environment(words, length_limit{3}, bellman::verifiable<double>(says_ab));
  std::mt19937_64 chance(5);
  bool all_ended = true;
  int right = 0;
  for (int k = 0; k < 20'000; ++k) {
    auto const tau = bellman::rollout(env, fair_coin, context{1}, chance);
    all_ended = all_ended && tau.has_terminated() && env.terminal(tau.states.back());
    right += tau.rewards.back() == 1.0;
  }
  CHECK(all_ended);
  CHECK(bellman::test::absolutely_close(right / 20'000.0, 1 / 32.0, 5 * 0.00123));
}
