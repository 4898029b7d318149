// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/language_policy.hpp>

#include <bellman/decision/policy.hpp>
#include <bellman/decision/reward.hpp>
#include <bellman/error.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/token_environment.hpp>
#include <bellman/language/vocabulary.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include "language/three_words.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::concat;
using bellman::context;
using bellman::language_policy;
using bellman::token;
using bellman::test::approx_equal;
using bellman::test::three_words::words;
using bellman::test::true_at_both_times;

constexpr double infinity = std::numeric_limits<double>::infinity();

template <class D>
constexpr double probability_of(D const& d, token a) {
  double p = 0;
  for (auto const& e : d) {
    if (e.value == a) p += e.probability;
  }
  return p;
}

}  // namespace

TEST_CASE("a language policy is the softmax of its logits over the tokens") {
  // logits log 1, log 2, log 5: probabilities 1/8, 2/8, 5/8
  CHECK(true_at_both_times([] {
    language_policy const pi(words, [](context const&) {
      return std::array{0.0, bellman::log(2.0), bellman::log(5.0)};
    });
    auto const d = pi(context{});
    return approx_equal(probability_of(d, 0), 0.125, 1e-14) && approx_equal(probability_of(d, 1), 0.25, 1e-14) &&
           approx_equal(probability_of(d, 2), 0.625, 1e-14);
  }));
}

TEST_CASE("a language policy is a policy over tokens, from any callable") {
  constexpr auto task =
      bellman::token_environment(words, bellman::length_limit{2}, [](context const&, token) { return 1.0; });
  using environment = std::remove_const_t<decltype(task)>;
  language_policy const of_a_lambda(words, [](context const&) { return std::vector<double>{0, 0, 0}; });
  language_policy const of_a_function(
      words, +[](context const&) {
        return std::array{0.0F, 0.0F, 0.0F};
      });
  STATIC_REQUIRE(bellman::stochastic_policy_for<decltype(of_a_lambda), environment>);
  STATIC_REQUIRE(bellman::stochastic_policy_for<decltype(of_a_function), environment>);
  STATIC_REQUIRE(std::is_same_v<bellman::support_t<decltype(of_a_lambda(context{}))>, token>);
  STATIC_REQUIRE(std::is_same_v<bellman::probability_t<decltype(of_a_function(context{}))>, float>);
  CHECK(approx_equal(probability_of(of_a_function(context{}), 2), 1.0 / 3, 1e-6));
}

TEST_CASE("logits may depend on all of the context") {
  CHECK(true_at_both_times([] {
    language_policy const pi(words, [](context const& s) {
      // as many times as likely as there are tokens
      return std::array{bellman::log(static_cast<double>(s.size())), 0.0, -infinity};
    });
    context const s{0, 1};
    return approx_equal(probability_of(pi(s), 0), 2.0 / 3, 1e-14) &&
           approx_equal(probability_of(pi(concat(s, 1)), 0), 3.0 / 4, 1e-14);
  }));
}

TEST_CASE("a logit of minus infinity forbids a token") {
  CHECK(true_at_both_times([] {
    language_policy const pi(words, [](context const&) { return std::array{-infinity, 0.0, 0.0}; });
    auto const d = pi(context{});
    return probability_of(d, 0) == 0.0 && probability_of(d, 1) == 0.5 && probability_of(d, 2) == 0.5;
  }));
}

TEST_CASE("a language policy has the derivatives of its probabilities") {
  // d pi_a / d z_k = pi_a (1[a = k] - pi_k)
  CHECK(true_at_both_times([] {
    using dual = bellman::dual<double, 3>;
    language_policy const pi(words, [](context const&) {
      return std::array{dual::variable(0.0, 0), dual::variable(bellman::log(2.0), 1),
                        dual::variable(bellman::log(5.0), 2)};
    });
    std::array<double, 3> const p{0.125, 0.25, 0.625};
    std::size_t a = 0;
    for (auto const& e : pi(context{})) {
      for (std::size_t k = 0; k < 3; ++k) {
        if (!approx_equal(e.probability.derivative[k], p[a] * ((a == k ? 1 : 0) - p[k]), 1e-13)) return false;
      }
      ++a;
    }
    return a == 3;
  }));
}

TEST_CASE("a number of logits other than that of tokens is refused") {
  auto const message = [](std::size_t n) {
    language_policy const pi(words, [n](context const&) { return std::vector<double>(n, 0.0); });
    try {
      pi(context{0, 1, 1});
    } catch (bellman::invalid_value const& e) {
      return std::string(e.what());
    }
    return std::string("nothing was thrown");
  };
  CHECK(message(2) ==
        "bellman: for a context of 3 tokens the language policy has 2 logits; it needs one for each of the 3 tokens of "
        "the vocabulary");
  CHECK(message(4) ==
        "bellman: for a context of 3 tokens the language policy has 4 logits; it needs one for each of the 3 tokens of "
        "the vocabulary");
  CHECK(message(0) ==
        "bellman: for a context of 3 tokens the language policy has 0 logits; it needs one for each of the 3 tokens of "
        "the vocabulary");
  CHECK(message(3) == "nothing was thrown");
}

TEST_CASE("logits that are no numbers are refused, through every algorithm") {
  auto const pi = [](double z) {
    return language_policy(words, [z](context const& s) {
      return std::array{s.generated_size() == 1 ? z : 0.0, 0.0, 0.0};
    });
  };
  auto const task =
      bellman::token_environment(words, bellman::length_limit{2}, [](context const&, token) { return 1.0; });
  CHECK_NOTHROW(pi(infinity)(context{}));
  CHECK_THROWS_AS(bellman::state_value(task, pi(infinity), 1.0)(context{}), bellman::invalid_value);
  CHECK_THROWS_AS(bellman::state_value(task, pi(std::numeric_limits<double>::quiet_NaN()), 1.0)(context{}),
                  bellman::invalid_value);
  CHECK_NOTHROW(bellman::state_value(task, pi(-infinity), 1.0)(context{}));
}
