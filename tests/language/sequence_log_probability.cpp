// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/sequence_log_probability.hpp>

#include <bellman/error.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/language_policy.hpp>
#include <bellman/language/token_log_probabilities.hpp>
#include <bellman/language/top_k.hpp>
#include <bellman/language/vocabulary.hpp>
#include <bellman/language/with_rules.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <type_traits>
#include <vector>

#include "language/three_words.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/infinity.hpp"
#include "support/message_of.hpp"

namespace sequence_log_probability_of_language {

namespace {

using bellman::context;
using bellman::language_policy;
using bellman::sequence_log_probability;
using bellman::token;
using bellman::token_log_probabilities;
using bellman::test::approx_equal;
using bellman::test::infinity;
using bellman::test::message_of;
using bellman::test::three_words::words;
using bellman::test::true_at_both_times;

// 1/2, 1/4, 1/4 at first and after "b"; 1/8, 6/8, 1/8 after "a"; by numbers that are not normalised.
constexpr auto model = [](context const& s) {
  return s.last() == 0 ? std::array{5.0, 5 + bellman::log(6.0), 5.0} : std::array{bellman::log(2.0), 0.0, 0.0};
};

}  // namespace

TEST_CASE("the log-probability of a text is the sum over its tokens, given those before") {
  CHECK(true_at_both_times([] {
    std::array const text{0, 1, 2};  // 1/2 * 6/8 * 1/4
    auto const each = token_log_probabilities(model, context{1}, text);
    return approx_equal(each[0], -bellman::log(2.0), 1e-14) && approx_equal(each[1], bellman::log(0.75), 1e-14) &&
           approx_equal(each[2], -bellman::log(4.0), 1e-14) && each.size() == 3 &&
           approx_equal(sequence_log_probability(model, context{1}, text), bellman::log(3.0 / 32), 1e-14) &&
           approx_equal(sequence_log_probability(language_policy{words, model}, context{1}, text),
                        bellman::log(3.0 / 32), 1e-14) &&
           sequence_log_probability(model, context{}, std::array<token, 0>{}) == 0;
  }));
  // Behind "a", be it in the prompt or generated.
  CHECK(approx_equal(sequence_log_probability(model, bellman::concat(context{}, 0), std::vector{0}), std::log(0.125),
                     1e-14));
}

TEST_CASE("the probabilities of all texts of one length sum to one") {
  double total = 0;
  for (int a = 0; a < 3; ++a) {
    for (int b = 0; b < 3; ++b) {
      for (int c = 0; c < 3; ++c) {
        total += std::exp(sequence_log_probability(model, context{}, std::array{a, b, c}));
      }
    }
  }
  CHECK(approx_equal(total, 1.0, 1e-14));
}

TEST_CASE("it is the logarithm of what the policy says, and of what it forbids minus infinity") {
  language_policy const policy(words, bellman::with_rules(model, bellman::top_k{2}));
  for (auto const& e : policy(context{})) {
    double const log_prob = sequence_log_probability(policy, context{}, std::array{e.value});
    CHECK((e.probability == 0 ? log_prob == -infinity : approx_equal(std::exp(log_prob), e.probability, 1e-14)));
  }
  CHECK(sequence_log_probability(policy, context{}, std::array{0, 2, 1}) == -infinity);
  CHECK(token_log_probabilities(policy, context{}, std::array{2, 0})[0] == -infinity);
}

TEST_CASE("what is so unlikely that its probability is 0 has a log-probability all the same") {
  auto const sure = [](context const&) { return std::array{0.0F, -1000.0F}; };
  float const log_prob = sequence_log_probability(sure, context{}, std::array{1, 1, 0});
  CHECK(log_prob == -2000.0F);
}

TEST_CASE("it has the score function as its derivative") {
  // d log pi(a) / d z_k = 1[a = k] - pi_k, added up over the text
  using dual = bellman::dual<double, 3>;
  auto const logits = [](context const&) {
    return std::array{dual::variable(bellman::log(2.0), 0), dual::variable(0.0, 1), dual::variable(0.0, 2)};
  };
  auto const d = sequence_log_probability(logits, context{}, std::array{0, 0, 1}).derivative;
  CHECK(approx_equal(d[0], 2 - 3 * 0.5, 1e-14));
  CHECK(approx_equal(d[1], 1 - 3 * 0.25, 1e-14));
  CHECK(approx_equal(d[2], -3 * 0.25, 1e-14));
}

TEST_CASE("a token without a logit and logits that are none are refused") {
  CHECK(message_of([] { sequence_log_probability(model, context{}, std::array{0, 3}); }) ==
        "bellman: token 3 has no logit; there are 3, so that it must lie in [0, 3)");
  CHECK(message_of([] { token_log_probabilities(model, context{}, std::array{-1}); }) ==
        "bellman: token -1 has no logit; there are 3, so that it must lie in [0, 3)");
  auto const forbids_all = [](context const&) { return std::array{-infinity, -infinity}; };
  CHECK_THROWS_AS(sequence_log_probability(forbids_all, context{}, std::array{0}), bellman::invalid_value);
  auto const too_few = language_policy(words, [](context const&) { return std::array{0.0, 0.0}; });
  CHECK_THROWS_AS(sequence_log_probability(too_few, context{}, std::array{0}), bellman::invalid_value);
}

}  // namespace sequence_log_probability_of_language
