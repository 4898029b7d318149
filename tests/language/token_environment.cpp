// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/token_environment.hpp>

#include <bellman/decision/environment.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/decision/reward.hpp>
#include <bellman/decision/start.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/vocabulary.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/uniform.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <string>
#include <vector>

#include "language/three_words.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::concat;
using bellman::context;
using bellman::dirac;
using bellman::length_limit;
using bellman::outcome;
using bellman::rational;
using bellman::reward_t;
using bellman::token;
using bellman::token_environment;
using bellman::test::three_words::stop;
using bellman::test::three_words::words;
using bellman::test::true_at_both_times;

constexpr auto by_token = [](context const&, token a) { return rational(a + 1, 10); };
constexpr auto by_step = [](context const& s, token a, context const& next) {
  return rational(static_cast<long long>(100 * s.size() + 10 * next.size()) + a);
};
constexpr auto says_b = [](context const& s) { return s.generated() == std::vector<token>{1, stop}; };

}  // namespace

TEST_CASE("a token environment is certain of its next state and lists no states") {
  constexpr auto env = token_environment(words, length_limit{3}, by_token);
  using E = std::remove_const_t<decltype(env)>;
  STATIC_REQUIRE(bellman::environment<E>);
  STATIC_REQUIRE(bellman::deterministic_environment<E>);
  STATIC_REQUIRE(!bellman::finite_environment<E>);
  STATIC_REQUIRE(!bellman::episodic_environment<E>);
  STATIC_REQUIRE(std::same_as<bellman::state_t<E>, context>);
  STATIC_REQUIRE(std::same_as<bellman::action_t<E>, token>);
}

TEST_CASE("prompts make a token environment episodic") {
  auto const env = bellman::with_start(token_environment(words, length_limit{3}, by_token),
                                       bellman::uniform(std::vector{context{0}, context{1}}));
  STATIC_REQUIRE(bellman::episodic_environment<decltype(env)>);
  CHECK(std::ranges::distance(env.start()) == 2);
}

TEST_CASE("a token is appended to the context") {
  CHECK(true_at_both_times([] {
    auto const env = token_environment(words, length_limit{3}, by_token);
    context const s = concat(context{0, 1}, 0);
    return env.transition(s, 1) == dirac{outcome{rational(2, 10), concat(s, 1)}};
  }));
}

TEST_CASE("every token may be taken in every context") {
  CHECK(true_at_both_times([] {
    auto const env = token_environment(words, length_limit{3}, by_token);
    std::array<token, 3> const all{0, 1, 2};
    return std::ranges::equal(env.actions(context{}), all) &&
           std::ranges::equal(env.actions(concat(context{}, 1)), all);
  }));
}

TEST_CASE("a sequence ends with the end of the sequence or at the length limit") {
  CHECK(true_at_both_times([] {
    auto const env = token_environment(words, length_limit{2}, by_token);
    context const s{0, 1};
    return !env.terminal(s) && env.terminal(concat(s, stop)) && !env.terminal(concat(s, 0)) &&
           env.terminal(concat(concat(s, 0), 1)) && env.terminal(concat(concat(s, 0), stop));
  }));
}

TEST_CASE("the prompt neither ends a sequence nor counts for its length") {
  CHECK(true_at_both_times([] {
    auto const env = token_environment(words, length_limit{1}, by_token);
    context const s{0, 1, stop};
    return !env.terminal(s) && !env.terminal(context{}) && env.terminal(concat(s, 0));
  }));
}

TEST_CASE("a length limit must allow a token") {
  auto const message = [] {
    try {
      token_environment(words, length_limit{0}, by_token);
    } catch (bellman::invalid_value const& e) {
      return std::string(e.what());
    }
    return std::string("nothing was thrown");
  };
  CHECK(message() == "bellman: the length limit is 0 tokens; it must be at least 1");
}

TEST_CASE("a reward on each token sees the context, the token and the next context") {
  CHECK(true_at_both_times([] {
    auto const on_tokens = token_environment(words, length_limit{3}, by_token);
    auto const on_steps = token_environment(words, length_limit{3}, by_step);
    context const s{0, 1};
    return on_tokens.transition(s, 0).value().reward == rational(1, 10) &&
           on_tokens.transition(s, stop).value().reward == rational(3, 10) &&
           on_steps.transition(s, 1).value().reward == 231 &&
           on_steps.transition(concat(s, 1), 0).value().reward == 340;
  }));
}

TEST_CASE("a rule that can be checked pays at the end only, 1 or 0") {
  CHECK(true_at_both_times([] {
    auto const env = token_environment(words, length_limit{3}, bellman::verifiable<rational>(says_b));
    context const b = concat(context{0}, 1);
    return env.transition(context{0}, 1).value().reward == 0 && env.transition(b, stop).value().reward == 1 &&
           env.transition(b, 0).value().reward == 0 && env.transition(context{0}, stop).value().reward == 0;
  }));
}

TEST_CASE("a reward for the outcome is not given before the end") {
  CHECK(true_at_both_times([] {
    auto const length =
        bellman::outcome_reward{[](context const& s) { return static_cast<double>(s.generated_size()); }};
    auto const env = token_environment(words, length_limit{2}, length);
    context const s{0};
    return env.transition(s, 0).value().reward == 0.0 && env.transition(s, stop).value().reward == 1.0 &&
           env.transition(concat(s, 0), 0).value().reward == 2.0 &&
           env.transition(concat(s, 0), stop).value().reward == 2.0;
  }));
}

TEST_CASE("rewards are made of whatever the reward gives") {
  auto const single = token_environment(words, length_limit{1}, bellman::verifiable<float>(says_b));
  auto const standard = token_environment(words, length_limit{1}, bellman::verifiable<>(says_b));
  auto const exact = token_environment(words, length_limit{1}, by_token);
  STATIC_REQUIRE(std::same_as<reward_t<std::remove_const_t<decltype(single)>>, float>);
  STATIC_REQUIRE(std::same_as<reward_t<std::remove_const_t<decltype(standard)>>, double>);
  STATIC_REQUIRE(std::same_as<reward_t<std::remove_const_t<decltype(exact)>>, rational>);
}

TEST_CASE("the reward of a token environment can be swapped") {
  CHECK(true_at_both_times([] {
    auto const env = token_environment(words, length_limit{2}, by_token);
    auto const other = bellman::with_reward(env, bellman::verifiable<rational>(says_b));
    context const b = concat(context{0}, 1);
    return other.transition(b, stop) == dirac{outcome{rational(1), concat(b, stop)}} &&
           other.transition(b, 0) == dirac{outcome{rational(0), concat(b, 0)}} && other.terminal(concat(b, 0));
  }));
}
