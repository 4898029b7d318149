// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/policy_loss.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/value_loss.hpp>
#include <bellman/scalar/clamp.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/stop_gradient.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::clipped;
using bellman::clipped_value_loss;
using bellman::clipped_weight;
using bellman::dual_clipped;
using bellman::log_likelihood;
using bellman::policy_loss;
using bellman::rational;
using bellman::sampled_tokens;
using bellman::sequence_mean;
using bellman::sequence_ratio;
using bellman::sequence_ratio_by_token;
using bellman::soft_clipped;
using bellman::token_mean;
using bellman::token_ratio;
using bellman::unclipped;
using bellman::test::absolutely_close;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

using dual = bellman::dual<double>;
using exact = bellman::dual<rational>;

constexpr rational fifth(1, 5);

// The objective of a token at a ratio r, and its derivative in r.
template <class Surrogate>
constexpr exact at(Surrogate const& surrogate, rational const& r, rational const& advantage) {
  return surrogate(exact::variable(r), advantage);
}
constexpr bool is(exact const& x, rational const& value, rational const& derivative) {
  return x.value == value && x.derivative[0] == derivative;
}

// Three log-probabilities of which one is a variable; old ones and advantages.
constexpr auto tokens(std::size_t k, std::array<double, 3> const& now, std::array<double, 3> const& old,
                      std::array<double, 3> const& advantages) {
  auto const p = [&](std::size_t i) { return i == k ? dual::variable(now[i]) : dual(now[i]); };
  return std::array{sampled_tokens{std::array{p(0), p(1), p(2)}, old, advantages}};
}

constexpr std::array<double, 3> old_log_probs{-1.0, -0.5, -2.0};
constexpr std::array<double, 3> log_probs{-1.1, -0.25, -2.0625};
constexpr std::array<double, 3> advantages{1.0, -2.0, 0.5};
constexpr std::array<double, 3> of_a_sequence{1.5, 1.5, 1.5};

// The derivative of a loss in the log-probability of token k, where the policy is still that which was sampled from.
template <class Ratio, class Surrogate>
constexpr double at_the_start(std::size_t k, std::array<double, 3> const& a, Ratio const& ratio,
                              Surrogate const& surrogate) {
  return policy_loss(tokens(k, old_log_probs, old_log_probs, a), ratio, surrogate, token_mean{}).value().derivative[0];
}
template <class Ratio, class Surrogate>
constexpr bool starts_with_the_policy_gradient(std::array<double, 3> const& a, Ratio const& ratio,
                                               Surrogate const& surrogate) {
  for (std::size_t k = 0; k < 3; ++k) {
    if (!approx_equal(at_the_start(k, a, ratio, surrogate), -a[k] / 3, 1e-14)) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("a clamp keeps what lies between its bounds, and derivatives with it") {
  CHECK(true_at_both_times([] {
    return bellman::clamp(rational(1, 2), 0, 1) == rational(1, 2) && bellman::clamp(rational(-1, 2), 0, 1) == 0 &&
           bellman::clamp(rational(3, 2), 0, 1) == 1;
  }));
  CHECK(true_at_both_times([] {
    return is(bellman::clamp(exact::variable(1), 0, 1), 1, 1) && is(bellman::clamp(exact::variable(2), 0, 1), 1, 0);
  }));
  double const x = bellman::clamp(std::numeric_limits<double>::quiet_NaN(), 0.0, 1.0);
  CHECK(x != x);
}

TEST_CASE("a stopped gradient leaves the value") {
  CHECK(true_at_both_times([] { return is(bellman::stop_gradient(exact::variable(3)), 3, 0); }));
  CHECK(true_at_both_times([] {
    using second = bellman::dual<exact>;
    second const x = second::variable(exact::variable(3));
    auto const stopped = bellman::stop_gradient(x);
    return is(stopped.value, 3, 0) && is(stopped.derivative[0], 0, 0) && bellman::stop_gradient(2.5) == 2.5;
  }));
}

TEST_CASE("a clipped objective is flat where the ratio has gone far enough in the advantage's direction") {
  CHECK(true_at_both_times([] {
    clipped const s(fifth);
    return is(at(s, rational(11, 10), 2), rational(11, 5), 2) && is(at(s, rational(3, 2), 2), rational(12, 5), 0) &&
           is(at(s, rational(1, 2), 2), 1, 2) && is(at(s, rational(1, 2), -2), rational(-8, 5), 0) &&
           is(at(s, rational(3, 2), -2), -3, -2) && is(at(s, rational(9, 10), -2), rational(-9, 5), -2);
  }));
  CHECK(true_at_both_times([] {
    clipped const s(fifth);
    return s.binds(rational(3, 2), rational(2)) && !s.binds(rational(1, 2), rational(2)) &&
           s.binds(rational(1, 2), rational(-2)) && !s.binds(rational(3, 2), rational(-2)) &&
           !s.binds(rational(3, 2), rational(0)) && !s.binds(rational(6, 5), rational(2));
  }));
}

TEST_CASE("a clip that is higher than it is low is both") {
  CHECK(true_at_both_times([] {
    clipped const s(fifth, rational(1, 2));
    return is(at(s, rational(7, 5), 1), rational(7, 5), 1) && is(at(s, rational(8, 5), 1), rational(3, 2), 0) &&
           is(at(s, rational(7, 10), -1), rational(-4, 5), 0);
  }));
}

TEST_CASE("a dual clip bounds the loss of a ratio that explodes, for negative advantages alone") {
  CHECK(true_at_both_times([] {
    dual_clipped const s{clipped{fifth}, rational(3)};
    return is(at(s, 5, -2), -6, 0) && is(at(s, 2, -2), -4, -2) && is(at(s, 5, 2), rational(12, 5), 0) &&
           s.binds_below(rational(5), rational(-2)) && !s.binds_below(rational(2), rational(-2)) &&
           !s.binds_below(rational(5), rational(2)) && s.binds(rational(5), rational(2));
  }));
}

TEST_CASE("a soft clip is a sigmoid with slope one at ratio one") {
  CHECK(true_at_both_times([] {
    soft_clipped const s(1.0, 2.0);
    dual const up = s(dual::variable(1.0), 3.0);
    dual const down = s(dual::variable(1.0), -3.0);
    // 4 / tau sigmoid(0) A
    return up.value == 6.0 && approx_equal(up.derivative[0], 3.0, 1e-15) && down.value == -3.0 &&
           approx_equal(down.derivative[0], -3.0, 1e-15);
  }));
  CHECK(true_at_both_times([] {
    soft_clipped const s(1.0, 2.0);
    // sigmoid(log 3) = 3/4
    double const r = 1.0 + bellman::log(3.0);
    return approx_equal(s(r, 1.0), 3.0, 1e-14) && approx_equal(s(1.0 + bellman::log(3.0) / 2, -1.0), -1.5, 1e-14) &&
           s(1e9, 1.0) == 4.0;
  }));
}

TEST_CASE("a clipped weight leaves every token its gradient") {
  CHECK(true_at_both_times([] {
    clipped_weight const s(fifth, rational(1));
    auto const far = s(exact(rational(5)), rational(3), exact::variable(rational(-1)));
    auto const near = s(exact(rational(3, 2)), rational(3), exact::variable(rational(-1)));
    return is(far, -6, 6) && is(near, rational(-9, 2), rational(9, 2)) && s.binds(rational(5), rational(0)) &&
           !s.binds(rational(3, 2), rational(3));
  }));
}

TEST_CASE("every loss starts with the policy gradient") {
  CHECK(true_at_both_times([] { return starts_with_the_policy_gradient(advantages, token_ratio{}, unclipped{}); }));
  CHECK(true_at_both_times([] { return starts_with_the_policy_gradient(advantages, token_ratio{}, clipped(0.2)); }));
  CHECK(true_at_both_times(
      [] { return starts_with_the_policy_gradient(advantages, token_ratio{}, dual_clipped(clipped(0.2), 3.0)); }));
  CHECK(true_at_both_times(
      [] { return starts_with_the_policy_gradient(advantages, token_ratio{}, soft_clipped(1.0, 1.05)); }));
  CHECK(true_at_both_times(
      [] { return starts_with_the_policy_gradient(advantages, token_ratio{}, clipped_weight(0.2, 5.0)); }));
  CHECK(
      true_at_both_times([] { return starts_with_the_policy_gradient(advantages, token_ratio{}, log_likelihood{}); }));
  CHECK(true_at_both_times(
      [] { return starts_with_the_policy_gradient(advantages, sequence_ratio_by_token{}, clipped(0.2)); }));
  // A ratio of the sequence is that of its tokens only where they share one advantage.
  CHECK(true_at_both_times(
      [] { return starts_with_the_policy_gradient(of_a_sequence, sequence_ratio{}, clipped(0.2)); }));
  CHECK(true_at_both_times([] {
    return starts_with_the_policy_gradient(of_a_sequence, bellman::geometric_mean_ratio{0.4, 0.4}, unclipped{});
  }));
  CHECK(!starts_with_the_policy_gradient(advantages, sequence_ratio{}, clipped(0.2)));
}

TEST_CASE("the ratio of a sequence is the geometric mean of those of its tokens") {
  CHECK(true_at_both_times([] {
    auto const batch = tokens(3, log_probs, old_log_probs, advantages);
    double const product = bellman::exp(-0.1) * bellman::exp(0.25) * bellman::exp(-0.0625);
    double const s = sequence_ratio{}(batch[0])(dual(), 0.0).value;
    return approx_equal(s * s * s, product, 1e-14);
  }));
}

TEST_CASE("the gradient by token moves the sequence as the ratio of the sequence does, when the advantage is one") {
  // With the advantage in common, both give each token s A / n.
  CHECK(true_at_both_times([] {
    for (std::size_t k = 0; k < 3; ++k) {
      auto const batch = tokens(k, log_probs, old_log_probs, of_a_sequence);
      auto const whole = policy_loss(batch, sequence_ratio{}, clipped(0.2), sequence_mean{}).value();
      auto const by_token = policy_loss(batch, sequence_ratio_by_token{}, clipped(0.2), sequence_mean{}).value();
      double const s = bellman::exp((-0.1 + 0.25 - 0.0625) / 3);
      if (!approx_equal(whole.value, -1.5 * s, 1e-14) || !approx_equal(by_token.value, -1.5 * s, 1e-14) ||
          !approx_equal(whole.derivative[0], -1.5 * s / 3, 1e-14) ||
          !approx_equal(by_token.derivative[0], -1.5 * s / 3, 1e-14)) {
        return false;
      }
    }
    return true;
  }));
}

TEST_CASE("a geometric mean clips each ratio on the side of its advantage") {
  CHECK(true_at_both_times([] {
    bellman::geometric_mean_ratio const ratio{rational(2, 5), rational(1, 5)};
    return ratio.clipped(rational(1), rational(3)) == rational(1, 5) &&
           ratio.clipped(rational(-1), rational(3)) == -1 && ratio.clipped(rational(1), rational(-3)) == 1 &&
           ratio.clipped(rational(-1), rational(-3)) == rational(-2, 5) &&
           ratio.clipped(rational(-3, 10), rational(-3)) == rational(-3, 10) &&
           ratio.clipped(rational(1), rational(0)) == 0;
  }));
  CHECK(true_at_both_times([] {
    // Log-ratios -0.1, 0.25, -0.0625; the second is of a negative advantage, so that only low ones would be clipped.
    auto const batch = tokens(0, log_probs, old_log_probs, advantages);
    double const s = bellman::exp((-0.1 + 0.25 - 0.0625) / 3);
    auto const loss =
        policy_loss(batch, bellman::geometric_mean_ratio{0.01, 0.01}, unclipped{}, token_mean{}).value();
    return approx_equal(loss.value, s * 0.5 / 3, 1e-14) && approx_equal(loss.derivative[0], s * 0.5 / 9, 1e-13);
  }));
}

TEST_CASE("a loss is the mean over its scope, and splits as one") {
  CHECK(true_at_both_times([] {
    auto const one = tokens(1, log_probs, old_log_probs, advantages);
    auto const two = tokens(3, old_log_probs, log_probs, of_a_sequence);
    auto const both = std::array{one[0], two[0]};
    auto const part = [](auto const& batch) {
      return policy_loss(batch, token_ratio{}, clipped(0.2), sequence_mean{});
    };
    auto const sum = part(one) + part(two);
    return part(both).total == sum.total && part(both).total.derivative == sum.total.derivative && sum.count == 2;
  }));
  std::vector<decltype(tokens(0, log_probs, old_log_probs, advantages))::value_type> const none;
  CHECK_THROWS_AS(policy_loss(none, token_ratio{}, unclipped{}, token_mean{}).value(), bellman::invalid_value);
}

TEST_CASE("a clip fraction counts the tokens that a clip changes") {
  CHECK(true_at_both_times([] {
    auto const batch = tokens(3, log_probs, old_log_probs, {1.0, 1.0, -1.0});
    return bellman::clip_fraction(batch, token_ratio{}, clipped(0.2)).value() == 1.0 / 3 &&
           bellman::clip_fraction(batch, token_ratio{}, clipped(0.01)).value() == 2.0 / 3;
  }));
}

TEST_CASE("the bounds of a clip may be integers beside numbers") {
  CHECK(true_at_both_times([] {
    return clipped{0.2, 1}(3.0, 1.0) == 2.0 && clipped{0, 0.5}(2.0, 1.0) == 1.5 && clipped{1}(1.5, 1.0) == 1.5 &&
           clipped{fifth, 1}(rational(3), rational(1)) == 2 && clipped_weight{0.2, 1}(5.0, 1.0, -1.0) == -2.0 &&
           dual_clipped{clipped{0.2}, 3}(5.0, -2.0) == -6.0 && soft_clipped{1, 2.0}(1.0, 3.0) == 6.0;
  }));
}

TEST_CASE("an advantage of 0 hides a ratio that overflowed") {
  double const infinity = std::numeric_limits<double>::infinity();
  CHECK(clipped(0.2)(infinity, 0.0) == 0.0);
  CHECK(unclipped{}(infinity, 0.0) == 0.0);
  CHECK(dual_clipped(clipped(0.2), 3.0)(infinity, 0.0) == 0.0);
  CHECK(!clipped(0.2).binds(infinity, 0.0));
  CHECK(soft_clipped(1.0, 1.0)(-infinity, 0.0) == 0.0);
  CHECK(clipped(0.2)(infinity, 1.0) == 1.2);
  std::vector const batch{sampled_tokens{std::array{-0.1f, -0.1f}, std::array{-95.0f, -0.1f}, std::array{0.0f, 1.0f}}};
  CHECK(policy_loss(batch, token_ratio{}, clipped(0.2f), token_mean{}).value() == -0.5f);
  // Its derivative, where there is one, stays.
  CHECK(unclipped{}(exact(rational(3)), exact::variable(0)).derivative[0] == 3);
}

TEST_CASE("a sampled token had a probability") {
  double const bad = GENERATE(-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(),
                              std::numeric_limits<double>::quiet_NaN());
  auto const batch = [](double old) {
    return std::vector{sampled_tokens{std::array{-1.0, -0.5}, std::array{-1.0, old}, std::array{1.0, 1.0}}};
  };
  auto const loss = [](auto const& tokens, auto const& ratio) {
    return policy_loss(tokens, ratio, clipped(0.2), token_mean{}).value();
  };
  CHECK_THROWS_AS(loss(batch(bad), token_ratio{}), bellman::invalid_value);
  CHECK_THROWS_AS(loss(batch(bad), sequence_ratio{}), bellman::invalid_value);
  CHECK_THROWS_AS(loss(batch(bad), sequence_ratio_by_token{}), bellman::invalid_value);
  CHECK_THROWS_AS(loss(batch(bad), bellman::geometric_mean_ratio{0.4, 0.4}), bellman::invalid_value);
  CHECK_THROWS_AS(bellman::clip_fraction(batch(bad), token_ratio{}, clipped(0.2)), bellman::invalid_value);
  CHECK(loss(batch(-0.5), token_ratio{}) == -1.0);
}

TEST_CASE("what cannot be meant is refused") {
  double const not_a_number = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(clipped(-0.1), bellman::invalid_value);
  CHECK_THROWS_AS(clipped(0.1, -0.1), bellman::invalid_value);
  CHECK_THROWS_AS(clipped(not_a_number), bellman::invalid_value);
  CHECK_THROWS_AS(dual_clipped(clipped(0.2), 1.0), bellman::invalid_value);
  CHECK_THROWS_AS(dual_clipped(clipped(0.2), not_a_number), bellman::invalid_value);
  CHECK_THROWS_AS(soft_clipped(0.0, 1.0), bellman::invalid_value);
  CHECK_THROWS_AS(soft_clipped(1.0, -1.0), bellman::invalid_value);
  CHECK_THROWS_AS(bellman::geometric_mean_ratio(-0.1, 0.1), bellman::invalid_value);
  CHECK_THROWS_AS(bellman::geometric_mean_ratio(0.1, not_a_number), bellman::invalid_value);
  CHECK_THROWS_AS(clipped_value_loss(-1.0), bellman::invalid_value);
  CHECK_THROWS_AS(clipped_value_loss(not_a_number), bellman::invalid_value);
  std::vector const two_and_three{
      sampled_tokens{std::vector{1.0, 2.0}, std::vector{1.0, 2.0}, std::vector{1.0, 2.0, 3.0}}};
  CHECK_THROWS_AS(policy_loss(two_and_three, token_ratio{}, unclipped{}, token_mean{}), bellman::invalid_value);
}

TEST_CASE("a value gains nothing from leaving its old value by more than a range") {
  CHECK(true_at_both_times([] {
    clipped_value_loss const loss(fifth);
    // Towards the return, out of the range: the error of the clipped value, without a gradient.
    exact const out = loss(exact::variable(2), rational(1), rational(3));
    // Away from it, or within: its own.
    exact const away = loss(exact::variable(0), rational(1), rational(3));
    exact const within = loss(exact::variable(rational(11, 10)), rational(1), rational(3));
    return is(out, rational(81, 50), 0) && is(away, rational(9, 2), -3) &&
           is(within, rational(361, 200), rational(-19, 10));
  }));
  CHECK(true_at_both_times([] {
    clipped_value_loss const loss(fifth);
    return loss.binds(rational(2), rational(1), rational(3)) && !loss.binds(rational(0), rational(1), rational(3)) &&
           !loss.binds(rational(1), rational(1), rational(3)) &&
           bellman::squared_error(rational(1), rational(4)) == rational(9, 2);
  }));
}

TEST_CASE("values that are integers are computed with as double") {
  CHECK(true_at_both_times([] {
    return bellman::squared_error(3, 2) == 0.5 && approx_equal(clipped_value_loss{0.2}(1.0, 0, 1.0), 0.32, 1e-15) &&
           approx_equal(clipped_value_loss{0.2}(1, 0, 1), 0.32, 1e-15) && clipped_value_loss{0.2}.binds(1, 0, 1);
  }));
}

TEST_CASE("an old value that is a NaN makes the loss a NaN") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  double const loss = clipped_value_loss(0.2)(1.0, nan, 2.0);
  CHECK(loss != loss);
  double const of_value = clipped_value_loss(0.2)(nan, 1.0, 2.0);
  CHECK(of_value != of_value);
}

TEST_CASE("the mean of a value's loss is a mean over a scope") {
  CHECK(true_at_both_times([] {
    auto const loss = token_mean{}(
        bellman::token_sum(clipped_value_loss(0.5), std::array{1.0, 2.0}, std::array{1.0, 1.0}, std::array{2.0, 2.0}));
    return loss.value() == (0.5 + 0.125) / 2;
  }));
}
