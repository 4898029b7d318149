// SPDX-License-Identifier: BSL-1.0

// What group methods do to the gradient of a policy, by listing every group of answers that the policy can give. The
// policy of a prompt gives answer 0 with probability a, answer 1 with b and answer 2 with 1 - a - b; a and b are its
// parameters.
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/group_methods.hpp>
#include <bellman/groups/of_the_others.hpp>
#include <bellman/groups/optimal_token_baseline.hpp>
#include <bellman/groups/pass_at_k.hpp>
#include <bellman/groups/whiten.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::statistics;
using bellman::statistics_of;
using bellman::test::approx_equal;
using bellman::test::at_run_time;
using bellman::test::true_at_both_times;

using gradient = std::array<rational, 2>;

struct prompt {
  std::array<rational, 3> probability;
  std::array<rational, 3> reward;

  // d log p / d (a, b)
  constexpr gradient score(std::size_t answer) const {
    rational const share = 1 / probability[answer];
    if (answer == 2) return {-share, -share};
    return {answer == 0 ? share : rational(0), answer == 1 ? share : rational(0)};
  }

  // J = a r_0 + b r_1 + (1 - a - b) r_2
  constexpr gradient of_the_objective() const { return {reward[0] - reward[2], reward[1] - reward[2]}; }
};

constexpr prompt sums{{rational(1, 2), rational(1, 3), rational(1, 6)}, {rational(1), rational(-2), rational(4)}};
constexpr prompt coins{{rational(1, 5), rational(3, 5), rational(1, 5)}, {rational(1), rational(0), rational(0)}};

// f(answers, their probability) for each of the 3^N groups.
template <std::size_t N, class Function>
constexpr void for_every_group(prompt const& p, Function const& f) {
  std::array<std::size_t, N> answers{};
  while (true) {
    rational weight(1);
    for (std::size_t const a : answers) weight *= p.probability[a];
    f(answers, weight);
    std::size_t i = 0;
    while (i < N && answers[i] == 2) answers[i++] = 0;
    if (i == N) return;
    ++answers[i];
  }
}

template <std::size_t N>
constexpr std::array<rational, N> rewards_of(prompt const& p, std::array<std::size_t, N> const& answers) {
  std::array<rational, N> rewards{};
  for (std::size_t i = 0; i < N; ++i) rewards[i] = p.reward[answers[i]];
  return rewards;
}

// The expectation of (1 / n) sum_i advantage_i score_i.
template <std::size_t N, class Method>
constexpr gradient expected_gradient(prompt const& p, Method const& method) {
  gradient total{};
  for_every_group<N>(p, [&](auto const& answers, rational const& weight) {
    auto const advantages = method(rewards_of(p, answers));
    for (std::size_t i = 0; i < N; ++i) {
      gradient const s = p.score(answers[i]);
      for (std::size_t k = 0; k < 2; ++k) total[k] += weight * advantages[i] * s[k] / static_cast<int>(N);
    }
  });
  return total;
}

constexpr gradient times(rational const& f, gradient const& g) { return {f * g[0], f * g[1]}; }

template <std::size_t N>
constexpr bool without_a_baseline_the_gradient_is_unbiased(prompt const& p) {
  return expected_gradient<N>(p, bellman::reinforce) == p.of_the_objective();
}
template <std::size_t N>
constexpr bool the_gradient_of_rloo_is_unbiased(prompt const& p) {
  return expected_gradient<N>(p, bellman::rloo) == p.of_the_objective();
}
template <std::size_t N>
constexpr bool the_group_mean_takes_one_nth_of_the_gradient(prompt const& p) {
  rational const kept(static_cast<int>(N) - 1, static_cast<int>(N));
  return expected_gradient<N>(p, bellman::dr_grpo) == times(kept, p.of_the_objective());
}
template <std::size_t N>
constexpr bool rloo_is_the_centred_reward_times_n_over_n_minus_1(prompt const& p) {
  bool equal = true;
  for_every_group<N>(p, [&](auto const& answers, rational const&) {
    auto const rewards = rewards_of(p, answers);
    auto const left_out = bellman::rloo(rewards);
    auto const centred = bellman::dr_grpo(rewards);
    rational const factor(static_cast<int>(N), static_cast<int>(N) - 1);
    for (std::size_t i = 0; i < N; ++i) {
      rational others(0);
      for (std::size_t j = 0; j < N; ++j) others += j == i ? rational(0) : rewards[j];
      equal =
          equal && left_out[i] == factor * centred[i] && left_out[i] == rewards[i] - others / (static_cast<int>(N) - 1);
    }
  });
  return equal;
}

// Each answer's advantage times its score, summed, is the gradient of the expected best reward of a group of N. That
// one comes from the same list with dual probabilities.
template <std::size_t N>
constexpr bool the_best_of_a_group_has_the_gradient_of_the_expected_maximum(prompt const& p) {
  using number = bellman::dual<rational, 2>;
  number const a = number::variable(p.probability[0], 0);
  number const b = number::variable(p.probability[1], 1);
  std::array<number, 3> const probability{a, b, 1 - a - b};
  number best(0);
  for_every_group<N>(p, [&](auto const& answers, rational const&) {
    number weight(1);
    rational most = p.reward[answers[0]];
    for (std::size_t const answer : answers) {
      weight = weight * probability[answer];
      if (most < p.reward[answer]) most = p.reward[answer];
    }
    best = best + weight * most;
  });
  return expected_gradient<N>(p, bellman::best_of_group) == times(rational(1, static_cast<int>(N)), best.derivative);
}

// The expectation over the number of correct answers, a binomial, is 1 - (1 - p)^k.
constexpr bool pass_at_k_is_unbiased(std::size_t n, std::size_t k, rational const& p) {
  rational expected(0);
  for (std::size_t correct = 0; correct <= n; ++correct) {
    rational weight(1);
    for (std::size_t i = 0; i < correct; ++i) {
      weight *= p * rational(static_cast<long long>(n - i), static_cast<long long>(i + 1));
    }
    for (std::size_t i = correct; i < n; ++i) weight *= 1 - p;
    expected += weight * bellman::pass_at_k<rational>(n, correct, k);
  }
  rational all_wrong(1);
  for (std::size_t i = 0; i < k; ++i) all_wrong *= 1 - p;
  return expected == 1 - all_wrong;
}

// The mean of 1 / scale over what the others may be.
template <std::size_t N, class Scale>
constexpr bool scales_of_the_others_keep_the_direction_of_the_gradient(prompt const& p, Scale const& scale) {
  rational kept(0);
  for_every_group<N - 1>(p, [&](auto const& others, rational const& weight) {
    kept += weight / scale(statistics_of(rewards_of(p, others)));
  });
  bellman::group_advantages const method{bellman::leave_one_out{}, bellman::of_the_others{scale}};
  return expected_gradient<N>(p, method) == times(kept, p.of_the_objective());
}
template <std::size_t N, class Scale>
constexpr bool scales_of_the_group_turn_the_gradient(prompt const& p, Scale const& scale) {
  gradient const g = expected_gradient<N>(p, bellman::group_advantages{bellman::leave_one_out{}, scale});
  gradient const j = p.of_the_objective();
  return g[0] * j[1] != g[1] * j[0];
}
template <std::size_t N>
constexpr bool the_mean_of_the_others_leaves_one_out(prompt const& p) {
  bool equal = true;
  for_every_group<N>(p, [&](auto const& answers, rational const&) {
    auto const rewards = rewards_of(p, answers);
    equal = equal &&
            bellman::rloo(rewards) == bellman::group_advantages{bellman::of_the_others{bellman::group_mean{}}}(rewards);
  });
  return equal;
}

constexpr std::array values{rational(3),    rational(-1, 2), rational(3), rational(0),
                            rational(7, 3), rational(-1, 2), rational(5)};

constexpr bool statistics_are_what_their_names_say() {
  auto const s = statistics_of(values);
  rational total(0);
  for (auto const& x : values) total += x;
  rational const mean = total / static_cast<int>(values.size());
  rational squares(0);
  for (auto const& x : values) squares += (x - mean) * (x - mean);
  return s == statistics<rational>{values.size(), mean, squares};
}

constexpr bool statistics_do_not_depend_on_how_a_batch_is_split() {
  std::span<rational const> const all(values);
  auto const whole = statistics_of(all);
  bool equal = true;
  for (std::size_t i = 0; i <= all.size(); ++i) {
    for (std::size_t j = i; j <= all.size(); ++j) {
      auto const a = statistics_of(all.first(i));
      auto const b = statistics_of(all.subspan(i, j - i));
      auto const c = statistics_of(all.subspan(j));
      equal = equal && bellman::merged(bellman::merged(a, b), c) == whole &&
              bellman::merged(a, bellman::merged(b, c)) == whole && bellman::merged(bellman::merged(c, a), b) == whole;
    }
  }
  return equal && bellman::merged(whole, {}) == whole && bellman::merged({}, whole) == whole;
}

constexpr bool a_weight_is_how_often_a_value_counts() {
  std::array const weights{2, 1, 0, 3};
  std::array const once{values[0], values[1], values[4], values[6]};
  std::array const repeated{values[0], values[0], values[1], values[6], values[6], values[6]};
  auto const weighed = statistics_of(once, weights);
  auto const counted = statistics_of(repeated);
  return weighed.count == 6 && weighed.mean == counted.mean && weighed.squares == counted.squares;
}

// The baseline of each position makes the weighted squares least: their derivative is 0.
constexpr bool the_optimal_token_baseline_balances_the_weights() {
  std::vector<std::vector<rational>> const returns{{1, 2, 0}, {rational(1, 2), 3}, {4, rational(-1), 5}};
  std::vector<std::vector<rational>> const norms{{rational(1, 2), 0, 1}, {rational(1, 3), 2}, {1, 1, rational(1, 5)}};
  auto const advantages = bellman::optimal_token_advantages(returns, norms);
  for (std::size_t t = 0; t < 3; ++t) {
    rational balance(0);
    for (std::size_t i = 0; i < 3; ++i) {
      if (returns[i].size() <= t) continue;
      rational weight(0);
      for (std::size_t u = 0; u <= t; ++u) weight += norms[i][u];
      balance += weight * advantages[i][t];
    }
    if (balance != 0) return false;
  }
  return true;
}

// For a coin of probability p with reward 1 or 0: the expectation of (1 / n) sum_i A_i d log p(answer_i) / dp, over the
// number of successes. What the policy's gradient is multiplied by, for dJ/dp is 1.
template <class Method>
double weight_of_a_prompt(std::size_t n, double p, Method const& method) {
  double expected = 0;
  double weight = std::pow(1 - p, static_cast<double>(n));
  for (std::size_t k = 0; k <= n; ++k) {
    std::vector<double> rewards(n, 0.0);
    for (std::size_t i = 0; i < k; ++i) rewards[i] = 1;
    auto const advantages = method(rewards);
    double total = 0;
    for (std::size_t i = 0; i < n; ++i) total += advantages[i] * (i < k ? 1 / p : -1 / (1 - p));
    expected += weight * total / static_cast<double>(n);
    weight *= p / (1 - p) * static_cast<double>(n - k) / static_cast<double>(k + 1);
  }
  return expected;
}

// sqrt(n (n - 1)) / n^2 E[sqrt(K (n - K))] / (p (1 - p)) for K successes of n
double closed_form(std::size_t n, double p) {
  double const m = static_cast<double>(n);
  double mean_root = 0;
  double weight = std::pow(1 - p, m);
  for (std::size_t k = 0; k <= n; ++k) {
    double const successes = static_cast<double>(k);
    mean_root += weight * std::sqrt(successes * (m - successes));
    weight *= p / (1 - p) * (m - successes) / (successes + 1);
  }
  return std::sqrt(m * (m - 1)) / (m * m) * mean_root / (p * (1 - p));
}

}  // namespace

TEST_CASE("the gradient of RLOO is unbiased, as that without a baseline is") {
  CHECK(true_at_both_times([] { return the_gradient_of_rloo_is_unbiased<2>(sums); }));
  CHECK(true_at_both_times([] { return the_gradient_of_rloo_is_unbiased<3>(coins); }));
  CHECK(true_at_both_times([] { return without_a_baseline_the_gradient_is_unbiased<2>(sums); }));
  CHECK(the_gradient_of_rloo_is_unbiased<3>(at_run_time(sums)));
  CHECK(the_gradient_of_rloo_is_unbiased<4>(at_run_time(sums)));
  CHECK(the_gradient_of_rloo_is_unbiased<4>(at_run_time(coins)));
  CHECK(without_a_baseline_the_gradient_is_unbiased<4>(at_run_time(sums)));
}

TEST_CASE("a scale of the others keeps the direction of the gradient, that of the group turns it") {
  bellman::spread_plus const wide{bellman::sample_variance{}, rational(1)};
  CHECK(true_at_both_times([] {
    bellman::spread_plus const scale{bellman::sample_variance{}, rational(1)};
    return scales_of_the_others_keep_the_direction_of_the_gradient<3>(sums, scale) &&
           scales_of_the_group_turn_the_gradient<3>(sums, scale) && the_mean_of_the_others_leaves_one_out<3>(sums);
  }));
  CHECK(scales_of_the_others_keep_the_direction_of_the_gradient<4>(at_run_time(sums), wide));
  CHECK(scales_of_the_others_keep_the_direction_of_the_gradient<4>(at_run_time(coins), wide));
  CHECK(scales_of_the_group_turn_the_gradient<4>(at_run_time(sums), wide));
}

TEST_CASE("the mean of the group as a baseline leaves (n - 1) / n of the gradient") {
  CHECK(true_at_both_times([] { return the_group_mean_takes_one_nth_of_the_gradient<2>(sums); }));
  CHECK(true_at_both_times([] { return the_group_mean_takes_one_nth_of_the_gradient<3>(coins); }));
  CHECK(the_group_mean_takes_one_nth_of_the_gradient<3>(at_run_time(sums)));
  CHECK(the_group_mean_takes_one_nth_of_the_gradient<4>(at_run_time(sums)));
}

TEST_CASE("RLOO is n / (n - 1) times the centred reward, and the reward less the mean of the others") {
  CHECK(true_at_both_times([] { return rloo_is_the_centred_reward_times_n_over_n_minus_1<2>(sums); }));
  CHECK(true_at_both_times([] { return rloo_is_the_centred_reward_times_n_over_n_minus_1<3>(sums); }));
  CHECK(rloo_is_the_centred_reward_times_n_over_n_minus_1<4>(at_run_time(sums)));
}

TEST_CASE("the best of a group has the gradient of the expected maximum") {
  CHECK(true_at_both_times([] { return the_best_of_a_group_has_the_gradient_of_the_expected_maximum<2>(sums); }));
  CHECK(the_best_of_a_group_has_the_gradient_of_the_expected_maximum<3>(at_run_time(sums)));
  CHECK(the_best_of_a_group_has_the_gradient_of_the_expected_maximum<4>(at_run_time(coins)));
}

TEST_CASE("dividing by the standard deviation weighs prompts by how hard they are") {
  using bellman::grpo;
  for (double const p : {0.05, 0.3, 0.5, 0.8}) {
    for (std::size_t n = 2; n < 9; ++n) CHECK(approx_equal(weight_of_a_prompt(n, p, grpo), closed_form(n, p), 1e-12));
    // Two answers: either they tell nothing, or they are 1 / sqrt(2) and -1 / sqrt(2), however likely that was. The
    // gradient of the prompt does not depend on p at all.
    CHECK(approx_equal(weight_of_a_prompt(2, p, grpo), std::sqrt(0.5), 1e-12));
    // Many answers: the deviation is that of the coin, and the gradient is divided by sqrt(p (1 - p)).
    CHECK(approx_equal(weight_of_a_prompt(200, p, grpo), 1 / std::sqrt(p * (1 - p)), 0.02));
    CHECK(approx_equal(weight_of_a_prompt(200, p, bellman::rloo), 1.0, 1e-9));
  }
}

TEST_CASE("the estimate of pass at k is unbiased") {
  CHECK(true_at_both_times([] {
    bool unbiased = true;
    for (std::size_t k = 0; k <= 4; ++k) unbiased = unbiased && pass_at_k_is_unbiased(4, k, rational(1, 3));
    return unbiased;
  }));
  for (std::size_t k = 0; k <= 7; ++k) CHECK(pass_at_k_is_unbiased(7, k, at_run_time(rational(2, 5))));
}

TEST_CASE("statistics are a monoid, and a batch may be split anywhere") {
  CHECK(true_at_both_times([] { return statistics_are_what_their_names_say(); }));
  CHECK(true_at_both_times([] { return a_weight_is_how_often_a_value_counts(); }));
  STATIC_REQUIRE(statistics_of(std::array<double, 0>{}) == statistics<double>{});
  CHECK(true_at_both_times([] { return statistics_do_not_depend_on_how_a_batch_is_split(); }));
}

TEST_CASE("the optimal token baseline balances the weights at every position") {
  CHECK(true_at_both_times([] { return the_optimal_token_baseline_balances_the_weights(); }));
}

TEST_CASE("a constant more for every reward changes no advantage") {
  CHECK(true_at_both_times([] {
    std::array const rewards{rational(1), rational(-2), rational(4), rational(1, 3)};
    auto moved = rewards;
    for (auto& r : moved) r += rational(7, 2);
    bellman::group_advantages const by_variance{bellman::group_mean{}, bellman::sample_variance{}};
    return bellman::rloo(moved) == bellman::rloo(rewards) && bellman::dr_grpo(moved) == bellman::dr_grpo(rewards) &&
           bellman::best_of_group(moved) == bellman::best_of_group(rewards) &&
           by_variance(moved) == by_variance(rewards);
  }));
}

TEST_CASE("where the deviation is the scale, a factor for every reward changes no advantage") {
  CHECK(true_at_both_times([] {
    // Powers of two round nothing.
    std::array const rewards{1.0, -2.0, 4.0, 0.3};
    auto larger = rewards;
    for (auto& r : larger) r *= 1024;
    return bellman::grpo(larger) == bellman::grpo(rewards) && bellman::whiten(larger) == bellman::whiten(rewards);
  }));
}

TEST_CASE("normalised advantages have mean 0 and deviation 1") {
  auto const s = statistics_of(bellman::grpo(std::array{1.0, -2.0, 4.0, 0.3, 17.0}));
  CHECK(std::abs(s.mean) < 1e-15);
  CHECK(approx_equal(bellman::standard_deviation{}(s), 1.0, 1e-15));
}
