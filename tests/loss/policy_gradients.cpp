// SPDX-License-Identifier: BSL-1.0

// The gradients that `policy_loss` writes, against dual numbers, one pass for each token, and against fractions.
#include <bellman/loss/policy_loss.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <cstddef>
#include <forward_list>
#include <initializer_list>
#include <limits>
#include <list>
#include <random>
#include <ranges>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "loss/tokens.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/sixteen_bits.hpp"

namespace policy_gradients {

using bellman::batch_mean;
using bellman::clipped;
using bellman::clipped_weight;
using bellman::dual;
using bellman::dual_clipped;
using bellman::fixed_length;
using bellman::geometric_mean_ratio;
using bellman::log_likelihood;
using bellman::policy_loss;
using bellman::rational;
using bellman::sampled_tokens;
using bellman::sequence_mean;
using bellman::sequence_ratio;
using bellman::sequence_ratio_by_token;
using bellman::sequence_sum;
using bellman::soft_clipped;
using bellman::token_mean;
using bellman::token_ratio;
using bellman::unclipped;
using bellman::test::approx_equal;
using bellman::test::fifth;
using bellman::test::true_at_both_times;

template <class T>
using rows = std::vector<std::vector<T>>;

// A batch in rows, the lengths of which differ.
template <class T>
struct recorded {
  rows<T> log_probs;
  rows<T> old_log_probs;
  rows<T> advantages;

  template <class P>
  constexpr auto batch(rows<P> const& now) const {
    std::vector<sampled_tokens<std::vector<P>, std::vector<T>, std::vector<T>>> all;
    for (std::size_t i = 0; i < now.size(); ++i) all.push_back({now[i], old_log_probs[i], advantages[i]});
    return all;
  }
  constexpr auto batch() const { return batch(log_probs); }
  // Each log-probability alone a variable.
  template <class Ratio, class Surrogate, class Scope>
  constexpr rows<T> by_duals(Ratio const& ratio, Surrogate const& surrogate, Scope const& scope) const {
    rows<T> gradients = log_probs;
    rows<dual<T>> point;
    for (auto const& row : log_probs) point.emplace_back(row.begin(), row.end());
    for (std::size_t i = 0; i < point.size(); ++i) {
      for (std::size_t t = 0; t < point[i].size(); ++t) {
        point[i][t] = dual<T>::variable(log_probs[i][t]);
        gradients[i][t] = policy_loss(batch(point), ratio, surrogate, scope).value().derivative[0];
        point[i][t] = dual<T>(log_probs[i][t]);
      }
    }
    return gradients;
  }
};

template <class T>
constexpr bool near(rows<T> const& a, rows<T> const& b, T tolerance) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t t = 0; t < a[i].size(); ++t) {
      if (!approx_equal(a[i][t], b[i][t], tolerance)) return false;
    }
  }
  return a.size() == b.size();
}

template <class T, class Ratio, class Surrogate, class Scope>
constexpr bool agree(recorded<T> const& tokens, Ratio const& ratio, Surrogate const& surrogate, Scope const& scope,
                     T tolerance) {
  rows<T> gradients = tokens.log_probs;
  auto const loss = policy_loss(tokens.batch(), ratio, surrogate, scope, gradients);
  auto const alone = policy_loss(tokens.batch(), ratio, surrogate, scope);
  return approx_equal(loss.value(), alone.value(), tolerance) && loss.count == alone.count &&
         near(gradients, tokens.by_duals(ratio, surrogate, scope), tolerance);
}

template <class T, class Ratio, class Scope>
constexpr bool all_surrogates_agree(recorded<T> const& tokens, Ratio const& ratio, Scope const& scope, T tolerance) {
  return agree(tokens, ratio, unclipped{}, scope, tolerance) &&
         agree(tokens, ratio, clipped(T(0.25)), scope, tolerance) &&
         agree(tokens, ratio, clipped(T(0.25), T(0.5)), scope, tolerance) &&
         agree(tokens, ratio, dual_clipped(clipped(T(0.25)), T(1.5)), scope, tolerance) &&
         agree(tokens, ratio, soft_clipped(T(1), T(1.25)), scope, tolerance) &&
         agree(tokens, ratio, clipped_weight(T(0.25), T(0.5)), scope, tolerance) &&
         agree(tokens, ratio, log_likelihood{}, scope, tolerance);
}
template <class T, class Ratio>
constexpr bool all_scopes_agree(recorded<T> const& tokens, Ratio const& ratio, T tolerance) {
  return all_surrogates_agree(tokens, ratio, token_mean{}, tolerance) &&
         all_surrogates_agree(tokens, ratio, sequence_mean{}, tolerance) &&
         all_surrogates_agree(tokens, ratio, sequence_sum{}, tolerance) &&
         all_surrogates_agree(tokens, ratio, fixed_length{3}, tolerance);
}
template <class T>
bool everything_agrees(recorded<T> const& tokens, T tolerance) {
  return all_scopes_agree(tokens, token_ratio{}, tolerance) && all_scopes_agree(tokens, sequence_ratio{}, tolerance) &&
         all_scopes_agree(tokens, sequence_ratio_by_token{}, tolerance) &&
         all_scopes_agree(tokens, geometric_mean_ratio(T(0.25), T(0.375)), tolerance);
}

template <class T>
constexpr recorded<T> small() {
  return {rows<T>{{T(-1.1), T(-0.25), T(-2)}, {T(-0.5)}}, rows<T>{{T(-1), T(-0.75), T(-1.5)}, {T(-0.625)}},
          rows<T>{{T(1), T(-2), T(0.5)}, {T(-1)}}};
}

// Ratios that an exact number has: a token's own, and one that a sequence shares.
struct linear_ratio {
  constexpr auto operator()(auto const&) const {
    return [](auto const& now, auto const& old) { return now - old + 1; };
  }
};
struct shared_linear_ratio {
  template <class P, class Q>
  constexpr auto term(P const& now, Q const& old) const {
    return now - old;
  }
  template <class V>
  constexpr V of_sum(batch_mean<token_mean, V> const& terms) const {
    return terms.total + 1;
  }
  constexpr auto operator()(auto const& tokens) const {
    auto const log_ratio = [](auto const& now, auto const& old) { return now - old; };
    return bellman::common_ratio{of_sum(bellman::token_sum(log_ratio, tokens.log_probs, tokens.old_log_probs))};
  }
};

// Two sequences of 2 tokens and 1, whose linear ratios to old log-probabilities of -1 are these.
constexpr recorded<rational> exact(rational const& first, rational const& second, rational const& third) {
  return {rows<rational>{{first - 2, second - 2}, {third - 2}}, rows<rational>{{-1, -1}, {-1}},
          rows<rational>{{1, -2}, {3}}};
}
template <class Ratio, class Surrogate, class Scope>
constexpr rows<rational> gradients_of(recorded<rational> const& tokens, Ratio const& ratio, Surrogate const& surrogate,
                                      Scope const& scope) {
  rows<rational> gradients{{7, 7}, {7}};
  policy_loss(tokens.batch(), ratio, surrogate, scope, gradients);
  return gradients;
}

TEST_CASE("the gradients of a loss are its derivatives by dual numbers") {
  CHECK(true_at_both_times([] { return agree(small<double>(), token_ratio{}, clipped(0.25), token_mean{}, 1e-14); }));
  CHECK(true_at_both_times(
      [] { return agree(small<double>(), sequence_ratio{}, clipped(0.25, 0.5), sequence_mean{}, 1e-14); }));
  CHECK(true_at_both_times(
      [] { return agree(small<double>(), sequence_ratio{}, clipped_weight(0.25, 0.5), sequence_sum{}, 1e-14); }));
  CHECK(true_at_both_times(
      [] { return agree(small<double>(), sequence_ratio_by_token{}, clipped(0.25), fixed_length{3}, 1e-14); }));
  CHECK(true_at_both_times(
      [] { return agree(small<double>(), geometric_mean_ratio(0.25, 0.375), unclipped{}, sequence_mean{}, 1e-14); }));
  CHECK(everything_agrees(small<double>(), 1e-13));
  CHECK(everything_agrees(small<float>(), 1e-5f));
}

TEST_CASE("so they are at random points") {
  std::mt19937_64 urbg(20);
  std::uniform_real_distribution<double> log_prob(-2.0, 0.0);
  std::uniform_real_distribution<double> advantage(-2.0, 2.0);
  for (int k = 0; k < 40; ++k) {
    recorded<double> tokens;
    for (std::size_t i = 0; i < 4; ++i) {
      std::size_t const n = urbg() % 5;
      auto const row = [&](auto& draw) {
        std::vector<double> all(n);
        for (double& x : all) x = draw(urbg);
        return all;
      };
      tokens.log_probs.push_back(row(log_prob));
      tokens.old_log_probs.push_back(row(log_prob));
      tokens.advantages.push_back(row(advantage));
    }
    tokens.log_probs.push_back({-1.0});
    tokens.old_log_probs.push_back({-1.0});
    tokens.advantages.push_back({0.0});
    CHECK(everything_agrees(tokens, 1e-12));
  }
}

TEST_CASE("gradients in fractions are those of the formulas") {
  CHECK(true_at_both_times([] {
    rational const n = 3;
    auto const tokens = exact(rational(11, 10), 1, rational(1, 2));
    // -A / n of each token; a third of it in a sequence of two in the mean of two sequences' means.
    return gradients_of(tokens, linear_ratio{}, unclipped{}, token_mean{}) ==
               rows<rational>{{-1 / n, 2 / n}, {-3 / n}} &&
           gradients_of(tokens, linear_ratio{}, unclipped{}, sequence_mean{}) ==
               rows<rational>{{rational(-1, 4), rational(1, 2)}, {rational(-3, 2)}} &&
           gradients_of(tokens, linear_ratio{}, unclipped{}, fixed_length{4}) ==
               rows<rational>{{rational(-1, 8), rational(1, 4)}, {rational(-3, 8)}};
  }));
  CHECK(true_at_both_times([] {
    // Each token has the advantages of the whole sequence.
    auto const tokens = exact(rational(11, 10), 1, rational(1, 2));
    return gradients_of(tokens, shared_linear_ratio{}, unclipped{}, sequence_sum{}) ==
               rows<rational>{{rational(1, 2), rational(1, 2)}, {rational(-3, 2)}} &&
           gradients_of(tokens, shared_linear_ratio{}, log_likelihood{}, sequence_sum{}) ==
               rows<rational>{{rational(-1, 2), 1}, {rational(-3, 2)}};
  }));
}

TEST_CASE("at a corner the derivative is that of the ratio within the clip") {
  clipped const clip(fifth);
  // On the bound a token keeps its gradient; beyond it, where nothing is won, it has none.
  CHECK(gradients_of(exact(rational(6, 5), rational(4, 5), rational(6, 5)), linear_ratio{}, clip, sequence_sum{}) ==
        rows<rational>{{rational(-1, 2), 1}, {rational(-3, 2)}});
  CHECK(gradients_of(exact(rational(13, 10), rational(7, 10), rational(13, 10)), linear_ratio{}, clip,
                     sequence_sum{}) == rows<rational>{{0, 0}, {0}});
  CHECK(gradients_of(exact(rational(4, 5), rational(6, 5), rational(4, 5)), linear_ratio{}, clip, sequence_sum{}) ==
        rows<rational>{{rational(-1, 2), 1}, {rational(-3, 2)}});
  // A dual clip: r = 3 is on the bound, 4 beyond it.
  dual_clipped const twice(clip, rational(3));
  CHECK(gradients_of(exact(1, 3, 1), linear_ratio{}, twice, sequence_sum{})[0][1] == 1);
  CHECK(gradients_of(exact(1, 4, 1), linear_ratio{}, twice, sequence_sum{})[0][1] == 0);
  // The clip of a log-ratio before the mean over the sequence: 1/4 is on the bound, 1/2 beyond it.
  auto const clipped_term = [](double log_ratio) {
    rows<double> gradients{{7, 7}};
    std::vector const batch{
        sampled_tokens{std::array{log_ratio - 1, -1.0}, std::array{-1.0, -1.0}, std::array{1.0, 1.0}}};
    policy_loss(batch, geometric_mean_ratio(0.25, 0.25), unclipped{}, sequence_sum{}, gradients);
    return gradients[0][0];
  };
  CHECK(approx_equal(clipped_term(0.25), -bellman::exp(0.125), 1e-14));
  CHECK(clipped_term(0.5) == 0);
}

// Rows of so many tokens that some are computed with at once, and some are left over; each is also a single token, in a
// batch of its own, where none is.
template <class T, class Surrogate>
void long_rows_agree(Surrogate const& surrogate, double tolerance) {
  std::mt19937_64 urbg(22);
  std::uniform_real_distribution<T> log_prob(T(-2), T(0));
  std::uniform_real_distribution<T> advantage(T(-2), T(2));
  for (std::size_t const n : {1u, 15u, 16u, 37u, 1000u}) {
    std::vector<T> now(n), old(n), advantages(n), gradients(n, T(7)), of_one(n, T(7));
    for (std::size_t t = 0; t < n; ++t) {
      old[t] = log_prob(urbg);
      now[t] = t % 5 == 0 ? old[t] : log_prob(urbg);
      advantages[t] = t % 7 == 0 ? T(0) : advantage(urbg);
    }
    if (n > 20) now[20] = T(80);  // a ratio that nearly overflows
    std::vector const batch{sampled_tokens{std::span(now), std::span(old), std::span(advantages)}};
    auto const loss = policy_loss(batch, token_ratio{}, surrogate, token_mean{}, std::array{std::span(gradients)});
    double total = 0;
    bool all_near = true;
    for (std::size_t t = 0; t < n; ++t) {
      std::array const one{sampled_tokens{std::array{static_cast<double>(now[t])},
                                          std::array{static_cast<double>(old[t])},
                                          std::array{static_cast<double>(advantages[t])}}};
      std::array<std::array<double, 1>, 1> gradient{};
      total += policy_loss(one, token_ratio{}, surrogate, token_mean{}, gradient).value();
      double const expected = gradient[0][0] / static_cast<double>(n);
      all_near = all_near && approx_equal(static_cast<double>(gradients[t]), expected, tolerance);
    }
    CHECK(all_near);
    if (n < 21) CHECK(approx_equal(static_cast<double>(loss.value()), total / static_cast<double>(n), tolerance));
    CHECK(loss.count == n);
    // The same with one advantage for all.
    std::vector<T> const same(n, T(1.5));
    std::vector const of_answer{sampled_tokens{std::span(now), std::span(old), T(1.5)}};
    std::vector const of_tokens{sampled_tokens{std::span(now), std::span(old), std::span(same)}};
    policy_loss(of_answer, token_ratio{}, surrogate, token_mean{}, std::array{std::span(gradients)});
    policy_loss(of_tokens, token_ratio{}, surrogate, token_mean{}, std::array{std::span(of_one)});
    CHECK(gradients == of_one);
  }
}

TEST_CASE("tokens that are computed with at once have the gradients that each has alone") {
  long_rows_agree<float>(clipped(0.2), 1e-5);
  long_rows_agree<float>(clipped(0.25f, 0.5f), 1e-5);
  long_rows_agree<float>(unclipped{}, 1e-5);
  long_rows_agree<double>(clipped(0.2), 1e-13);
  long_rows_agree<double>(unclipped{}, 1e-13);
  // A NaN, a corner and an advantage of 0 among them; every ratio is 1, on both bounds of the clip.
  float const nan = std::numeric_limits<float>::quiet_NaN();
  std::vector<float> now(32, -1.0f), old(32, -1.0f), advantages(32, 2.0f), gradients(32, 7.0f);
  now[3] = nan;
  now[5] = 0.0f;
  advantages[6] = 0.0f;
  now[6] = 99.0f;
  advantages[7] = nan;
  std::vector const batch{sampled_tokens{std::span(now), std::span(old), std::span(advantages)}};
  policy_loss(batch, token_ratio{}, clipped(0.0f), token_mean{}, std::array{std::span(gradients)});
  CHECK(gradients[3] != gradients[3]);
  CHECK(gradients[5] == 0.0f);
  CHECK(gradients[6] == 0.0f);
  CHECK(gradients[7] != gradients[7]);
  CHECK(gradients[8] == -2.0f / 32);
  old[30] = nan;
  CHECK_THROWS_AS(policy_loss(batch, token_ratio{}, clipped(0.0f), token_mean{}, std::array{std::span(gradients)}),
                  bellman::invalid_value);
  old[30] = -1.0f;
  old[31] = -std::numeric_limits<float>::infinity();
  CHECK_THROWS_AS(policy_loss(batch, token_ratio{}, clipped(0.0f), token_mean{}), bellman::invalid_value);
}

TEST_CASE("a gradient of dual numbers has a derivative") {
  // Of the second log-probability in the direction of the first: all of it goes through the ratio that they share.
  CHECK(true_at_both_times([] {
    using number = dual<double>;
    std::array const now{number::variable(-1.0), number(-1.5)};
    std::vector const batch{sampled_tokens{now, std::array{-1.0, -1.5}, std::array{2.0, 2.0}}};
    std::array<std::array<number, 2>, 1> gradients{std::array{number(7), number(7)}};
    policy_loss(batch, sequence_ratio{}, unclipped{}, sequence_mean{}, gradients);
    // -2 exp(m), m the mean of the log-ratios: its gradient -1 in each token, of which each has the derivative -1/2.
    return gradients[0][1].value == -1 && gradients[0][1].derivative[0] == -0.5;
  }));
}

TEST_CASE("gradients are written where the caller says, in rows of any kind") {
  std::vector<float> memory(4, 7.0f);
  std::vector<std::span<float>> const gradients{std::span(memory).subspan(0, 3), std::span(memory).subspan(3, 1)};
  auto const tokens = small<float>();
  policy_loss(tokens.batch(), token_ratio{}, clipped(0.25f), token_mean{}, gradients);
  auto const expected = tokens.by_duals(token_ratio{}, clipped(0.25f), token_mean{});
  CHECK(near(rows<float>{{memory[0], memory[1], memory[2]}, {memory[3]}}, expected, 1e-6f));
  // Of more digits than the tokens, and rows that are made as they are asked for.
  std::vector<double> wide(4, 7.0);
  auto const row = [&wide](std::size_t i) { return std::span(wide).subspan(3 * i, i == 0 ? 3 : 1); };
  policy_loss(tokens.batch(), token_ratio{}, clipped(0.25f), token_mean{},
              std::views::iota(std::size_t{0}, std::size_t{2}) | std::views::transform(row));
  CHECK(wide[3] == static_cast<double>(memory[3]));
  // Of fewer digits than what is computed with: an advantage that is a double.
  std::vector const mixed{sampled_tokens{std::vector{-1.0f, -0.5f}, std::vector{-1.0f, -0.5f}, 0.25}};
  rows<float> narrow{{7, 7}};
  policy_loss(mixed, token_ratio{}, clipped(0.25), token_mean{}, narrow);
  CHECK(narrow == rows<float>{{-0.125f, -0.125f}});
}

TEST_CASE("gradients of numbers of 16 bits are computed in float") {
  using bellman::test::brain_float;
  std::vector<brain_float> const now{brain_float(-1.0f), brain_float(-0.5f)},
      old{brain_float(-1.0f), brain_float(-0.5f)};
  std::vector<std::vector<brain_float>> gradients(1, now);
  std::vector const batch{sampled_tokens{now, old, brain_float(0.5f)}};
  policy_loss(batch, token_ratio{}, clipped(0.25f), token_mean{}, gradients);
  CHECK(static_cast<float>(gradients[0][1]) == -0.25f);
  policy_loss(batch, sequence_ratio{}, clipped(0.25f), token_mean{}, gradients);
  CHECK(static_cast<float>(gradients[0][1]) == -0.25f);
}

TEST_CASE("the gradient of a mean over two parts is that of each, times its share of the count") {
  auto const tokens = exact(1, rational(1, 2), 2);
  auto const all = gradients_of(tokens, linear_ratio{}, clipped(fifth), token_mean{});
  recorded<rational> const first{{tokens.log_probs[0]}, {tokens.old_log_probs[0]}, {tokens.advantages[0]}};
  rows<rational> part{{7, 7}};
  auto const loss = policy_loss(first.batch(), linear_ratio{}, clipped(fifth), token_mean{}, part);
  CHECK(loss.count == 2);
  for (std::size_t t = 0; t < 2; ++t) CHECK(part[0][t] * rational(2, 3) == all[0][t]);
}

TEST_CASE("an advantage of 0 hides a ratio that overflowed, a NaN stays one") {
  rows<float> gradients{{7, 7}};
  std::vector const hidden{sampled_tokens{std::array{-0.1f, -0.1f}, std::array{-95.0f, -0.1f}, std::array{0.0f, 1.0f}}};
  policy_loss(hidden, token_ratio{}, clipped(0.2f), token_mean{}, gradients);
  CHECK(gradients == rows<float>{{0.0f, -0.5f}});
  std::vector const overflowed{sampled_tokens{std::array{-0.1f}, std::array{-95.0f}, std::array{1.0f}}};
  gradients = {{7}};
  policy_loss(overflowed, token_ratio{}, clipped(0.2f), token_mean{}, gradients);
  CHECK(gradients[0][0] == 0.0f);
  float const nan = std::numeric_limits<float>::quiet_NaN();
  std::vector const unknown{sampled_tokens{std::array{nan}, std::array{-1.0f}, std::array{1.0f}}};
  policy_loss(unknown, token_ratio{}, clipped(0.2f), token_mean{}, gradients);
  CHECK(gradients[0][0] != gradients[0][0]);
}

TEST_CASE("a ratio that overflowed has no part in a gradient where a clip, an advantage or a weight of 0 hides it") {
  // The geometric mean of the ratios is exp(100): no float. Its derivative is as large.
  auto const gradients_at = [](float advantage, float weight, auto const& ratio, auto const& surrogate) {
    rows<float> gradients{{7, 7}};
    std::vector const batch{sampled_tokens{std::array{0.0f, 0.0f}, std::array{-100.0f, -100.0f},
                                           std::array{advantage, 0.0f}, std::array{weight, weight}}};
    policy_loss(batch, ratio, surrogate, sequence_mean{}, gradients);
    return gradients;
  };
  rows<float> const zeros{{0, 0}};
  clipped const clip(0.2f);
  geometric_mean_ratio const within_e200(200.0f, 200.0f);
  CHECK(gradients_at(1, 1, sequence_ratio{}, clip) == zeros);
  CHECK(gradients_at(1, 1, within_e200, clip) == zeros);
  CHECK(gradients_at(0, 1, sequence_ratio{}, clip) == zeros);
  CHECK(gradients_at(-1, 0, sequence_ratio{}, clip) == zeros);
  CHECK(gradients_at(-1, 1, sequence_ratio{}, dual_clipped(clip, 3.0f)) == zeros);
  CHECK(gradients_at(1, 1, sequence_ratio{}, soft_clipped(1.0f, 1.0f)) == zeros);
  CHECK(gradients_at(1, 1, token_ratio{}, soft_clipped(1.0f, 1.0f)) == zeros);
  CHECK(gradients_at(1, 1, sequence_ratio_by_token{}, soft_clipped(1.0f, 1.0f)) == zeros);
  // The ratio is a constant in these: the derivative is -1.2 / 2 and -1 / 2.
  CHECK(gradients_at(1, 1, sequence_ratio{}, clipped_weight(0.2f, 0.2f)) == rows<float>{{-0.6f, 0}});
  CHECK(gradients_at(1, 1, sequence_ratio{}, log_likelihood{}) == rows<float>{{-0.5f, 0}});
  // A term that its own clip holds has no part in what is infinite.
  rows<float> gradients{{7, 7}};
  std::vector const held{sampled_tokens{std::array{0.0f, 0.0f}, std::array{-400.0f, -100.0f}, std::array{1.0f, 1.0f}}};
  policy_loss(held, geometric_mean_ratio(150.0f, 150.0f), unclipped{}, sequence_mean{}, gradients);
  CHECK(gradients[0][0] == 0);
  CHECK(gradients[0][1] < -std::numeric_limits<float>::max());
}

TEST_CASE("a token that the policy has ruled out has a ratio of 0, and no gradient through it") {
  float const inf = std::numeric_limits<float>::infinity();
  std::vector const batch{sampled_tokens{std::array{-inf, -1.0f}, std::array{-1.0f, -1.0f}, std::array{1.0f, 1.0f}}};
  auto const gradients_of = [&](auto const& ratio, auto const& surrogate) {
    rows<float> gradients{{7, 7}};
    auto const loss = policy_loss(batch, ratio, surrogate, token_mean{}, gradients).value();
    CHECK(loss == policy_loss(batch, ratio, surrogate, token_mean{}).value());
    gradients[0].push_back(loss);
    return gradients[0];
  };
  CHECK(gradients_of(token_ratio{}, clipped(0.25f)) == std::vector{0.0f, -0.5f, -0.5f});
  CHECK(gradients_of(sequence_ratio{}, clipped(0.25f)) == std::vector{0.0f, 0.0f, 0.0f});
  CHECK(gradients_of(sequence_ratio_by_token{}, clipped(0.25f)) == std::vector{0.0f, 0.0f, 0.0f});
  CHECK(gradients_of(geometric_mean_ratio(0.25f, 0.25f), unclipped{}) == std::vector{0.0f, 0.0f, 0.0f});
  CHECK(gradients_of(token_ratio{}, clipped_weight(0.25f, 0.25f)) == std::vector{-0.375f, -0.5f, inf});
  // The same of the mean by dual numbers.
  using number = dual<float>;
  std::vector const of_duals{sampled_tokens{std::array{number(-inf, {1.0f}), number(-1.0f)}, std::array{-1.0f, -1.0f},
                                            std::array{1.0f, 1.0f}}};
  number const loss = policy_loss(of_duals, sequence_ratio{}, clipped(0.25f), token_mean{}).value();
  CHECK((loss.value == 0 && loss.derivative[0] == 0));
}

TEST_CASE("an infinite loss is infinite, however many tokens are computed with at once") {
  auto const loss_of = []<class T>(T zero) {
    std::vector<T> const now(40, zero);
    std::vector<T> old(40, T(-1));
    old[3] = old[4] = T(-2000);
    rows<T> gradients{std::vector<T>(40, T(7))};
    std::vector const batch{sampled_tokens{now, old, T(-1)}};
    return policy_loss(batch, token_ratio{}, clipped(T(0.25)), token_mean{}, gradients).value();
  };
  CHECK(loss_of(0.0f) == std::numeric_limits<float>::infinity());
  CHECK(loss_of(0.0) == std::numeric_limits<double>::infinity());
}

TEST_CASE("rows side by side need no operator [] to be computed with at once") {
  std::initializer_list<float> const now{-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0};
  std::vector const batch{sampled_tokens{now, now, 1.0f}};
  rows<float> gradients{std::vector<float>(19, 7.0f)};
  policy_loss(batch, token_ratio{}, clipped(0.25f), sequence_sum{}, gradients);
  CHECK(gradients[0] == std::vector<float>(19, -1.0f));
}

TEST_CASE("an old policy that gives all tokens one probability is a row without an end") {
  bellman::one_advantage const old{-1.0};
  std::vector const now{-1.0, -1.0, -1.0};
  rows<double> gradients{{7, 7, 7}};
  std::vector const batch{sampled_tokens{now, old, 3.0}};
  CHECK(policy_loss(batch, token_ratio{}, clipped(0.25), token_mean{}).value() == -3);
  CHECK(policy_loss(batch, token_ratio{}, clipped(0.25), token_mean{}, gradients).value() == -3);
  CHECK(gradients == rows<double>{{-1, -1, -1}});
  bellman::one_advantage const never{-std::numeric_limits<double>::infinity()};
  CHECK_THROWS_AS(policy_loss(std::vector{sampled_tokens{now, never, 3.0}}, token_ratio{}, clipped(0.25), token_mean{}),
                  bellman::invalid_value);
}

TEST_CASE("gradients through a shared ratio may take the place of the log-probabilities") {
  auto const agree_in_place = [](auto const& surrogate) {
    auto tokens = small<double>();
    rows<double> expected = tokens.log_probs;
    policy_loss(tokens.batch(), sequence_ratio{}, surrogate, sequence_mean{}, expected);
    std::vector<sampled_tokens<std::span<double const>, std::span<double const>, std::span<double const>>> batch;
    for (std::size_t i = 0; i < 2; ++i) {
      batch.push_back({tokens.log_probs[i], tokens.old_log_probs[i], tokens.advantages[i]});
    }
    policy_loss(batch, sequence_ratio{}, surrogate, sequence_mean{}, tokens.log_probs);
    return tokens.log_probs == expected;
  };
  CHECK(agree_in_place(clipped(0.25)));
  CHECK(agree_in_place(clipped_weight(0.25, 0.5)));
  CHECK(agree_in_place(log_likelihood{}));
}

TEST_CASE("of nothing there are no gradients") {
  rows<double> gradients{{}, {}};
  recorded<double> const nothing{{{}, {}}, {{}, {}}, {{}, {}}};
  CHECK(policy_loss(nothing.batch(), token_ratio{}, clipped(0.2), token_mean{}, gradients).count == 0);
  CHECK(policy_loss(nothing.batch(), sequence_ratio{}, clipped(0.2), sequence_mean{}, gradients).count == 0);
}

TEST_CASE("gradients of another shape are refused, before one is written") {
  auto const tokens = small<double>();
  auto const message = [&](rows<double> gradients) -> std::string {
    rows<double> const before = gradients;
    try {
      policy_loss(tokens.batch(), token_ratio{}, clipped(0.2), token_mean{}, gradients);
    } catch (bellman::invalid_value const& error) {
      return gradients == before ? error.what() : "written";
    }
    return "";
  };
  CHECK(message({{7, 7, 7}, {7}}) == "");
  CHECK(message({{7, 7, 7}, {7, 7}}) ==
        "bellman: sequence 1 has 1 tokens and a row of 2 gradients; there must be a gradient for each token");
  CHECK(message({{7, 7, 7}}) ==
        "bellman: the gradients end after 1, the sequences go on; there must be a row of "
        "gradients for each sequence");
  CHECK(message({{7, 7, 7}, {7}, {}}) ==
        "bellman: the sequences end after 2, the gradients go on; there must be a row "
        "of gradients for each sequence");
}

TEST_CASE("a batch that is refused leaves the gradients as they were") {
  auto const refuses = [](auto const& second) {
    using row = std::remove_cvref_t<decltype(second.old_log_probs)>;
    row const first{-1.0, -1.0};
    std::list const batch{sampled_tokens{first, first, 1.0}, second};
    rows<double> gradients{{7, 7}, {7, 7}};
    CHECK_THROWS_AS(policy_loss(batch, token_ratio{}, clipped(0.2), token_mean{}, gradients), bellman::invalid_value);
    return gradients == rows<double>{{7, 7}, {7, 7}};
  };
  double const inf = std::numeric_limits<double>::infinity();
  using vector = std::vector<double>;
  using list = std::forward_list<double>;
  CHECK(refuses(sampled_tokens{vector{-1, -1}, vector{-1, -inf}, 1.0}));
  CHECK(refuses(sampled_tokens{vector{-1, -1}, vector{-1}, 1.0}));
  CHECK(refuses(sampled_tokens{list{-1, -1}, list{-1}, 1.0}));
  CHECK(refuses(sampled_tokens{list{-1, -1}, list{-1, -inf}, 1.0}));
}

}  // namespace policy_gradients
