// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/group_methods.hpp>

#include <bellman/groups/optimal_token_baseline.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/square_root.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::grouping;
using bellman::rational;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("each named method is its formula") {
  CHECK(true_at_both_times([] {
    // mean 2, squares 1 + 4 + 0 + 9 = 14, deviation sqrt(14 / 3)
    std::array const rewards{1.0, 0.0, 2.0, 5.0};
    double const deviation = bellman::sqrt(14.0 / 3);
    auto const g = bellman::grpo(rewards);
    bool equal = true;
    for (std::size_t i = 0; i < 4; ++i) equal = equal && approx_equal(g[i], (rewards[i] - 2) / deviation, 1e-15);
    return equal && bellman::reinforce(rewards) == rewards &&
           bellman::dr_grpo(rewards) == std::array{-1.0, -2.0, 0.0, 3.0} &&
           approx_equal(bellman::rloo(rewards)[1], -8.0 / 3, 1e-15) && bellman::rloo(rewards)[3] == 4.0 &&
           bellman::opo(rewards, std::array{1, 1, 1, 1}) == bellman::dr_grpo(rewards) &&
           bellman::opo(rewards, std::array{0, 0, 0, 7}) == std::array{-4.0, -5.0, -3.0, 0.0};
  }));
}

TEST_CASE("methods write into the caller's memory what they give") {
  std::vector const rewards{rational(1), rational(0), rational(1), rational(1), rational(0), rational(3)};
  auto const groups = grouping::consecutive(6, 2);
  std::vector<rational> out(8, rational(9));
  auto const written = [&](auto const& end, auto const& expected) {
    return static_cast<std::size_t>(end - out.begin()) == expected.size() &&
           std::equal(expected.begin(), expected.end(), out.begin());
  };
  CHECK(written(bellman::remax(rewards, rational(1, 2), out.begin()), bellman::remax(rewards, rational(1, 2))));
  CHECK(written(bellman::remax(rewards, rewards, out.begin()), std::vector<rational>(6, rational(0))));
  CHECK(written(bellman::gpg(rewards, groups, out.begin()), bellman::gpg(rewards, groups)));
  std::vector const dead(4, rational(1));
  CHECK(written(bellman::gpg(dead, grouping::consecutive(4, 2), out.begin()), std::vector<rational>(4, rational(0))));
  CHECK(written(bellman::best_of_group(rewards, out.begin()), bellman::best_of_group(rewards)));
  CHECK(written(bellman::best_of_group(rewards, groups, out.begin()), bellman::best_of_group(rewards, groups)));
  std::vector<std::vector<rational>> const nested{{1, 4}, {0, 0, 6}};
  std::vector<rational> const best_of_nested{0, 3, 0, 0, 6};
  CHECK(written(bellman::best_of_group(nested, out.begin()), best_of_nested));
  CHECK(out[6] == rational(9));

  bellman::several_rewards const summed{bellman::reinforce, bellman::dr_grpo};
  std::vector<std::vector<rational>> const objectives{{1, 0, 0, 1}, {2, 0, 0, 0}};
  std::array const weights{rational(3), rational(1)};
  auto const pairs = grouping::consecutive(4, 2);
  CHECK(written(summed(objectives, weights, pairs, out.begin()), summed(objectives, weights, pairs)));

  std::vector<std::vector<rational>> const returns{{1, 1}, {0}, {4, 2}};
  std::vector<std::vector<rational>> const norms{{1, 1}, {2}, {1, 3}};
  std::vector<rational> const of_tokens{rational(-1, 4), rational(-2, 3), rational(-5, 4), rational(11, 4),
                                        rational(1, 3)};
  CHECK(written(bellman::optimal_token_advantages(returns, norms, out.begin()), of_tokens));
  CHECK(written(bellman::optimal_token_advantages(returns, norms, grouping(std::vector{0, 0, 0}), out.begin()),
                of_tokens));

  std::vector<double> numbers(5, 9.0);
  std::vector<std::vector<double>> const sequences{{0, 0, 4}, {2}};
  auto const whitened = bellman::reinforce_plus_plus(sequences, 0.5);
  CHECK(bellman::reinforce_plus_plus(sequences, 0.5, numbers.begin()) == numbers.begin() + 4);
  CHECK(numbers == std::vector{whitened[0][0], whitened[0][1], whitened[0][2], whitened[1][0], 9.0});
  std::vector const scores{1.0, 0.0, 5.0, 5.0};
  std::vector const lengths{3, 1, 2, 2};
  auto const centred = bellman::reinforce_plus_plus_baseline(scores, lengths, pairs);
  CHECK(bellman::reinforce_plus_plus_baseline(scores, lengths, pairs, numbers.begin()) == numbers.begin() + 4);
  CHECK(numbers == std::vector{centred[0], centred[1], centred[2], centred[3], 9.0});
  std::vector<std::vector<double>> const two{{1, 0, 0, 1}, {100, 0, 100, 0}};
  auto const decoupled = bellman::gdpo(two, std::array{3.0, 1.0}, pairs);
  CHECK(bellman::gdpo(two, std::array{3.0, 1.0}, pairs, numbers.begin()) == numbers.begin() + 4);
  CHECK(numbers == std::vector{decoupled[0], decoupled[1], decoupled[2], decoupled[3], 9.0});
}

TEST_CASE("methods may write over the rewards they read") {
  CHECK(true_at_both_times([] {
    std::array a{rational(1), rational(0), rational(5)};
    bellman::remax(a, a, a.begin());
    std::array b{rational(1), rational(0), rational(5)};
    bellman::best_of_group(b, b.begin());
    std::vector c{rational(1), rational(0), rational(1), rational(1)};
    bellman::gpg(c, grouping::consecutive(4, 2), c.begin());
    return a == std::array{rational(0), rational(0), rational(0)} &&
           b == std::array{rational(0), rational(0), rational(4)} &&
           c == std::vector{rational(1), rational(-1), rational(0), rational(0)};
  }));
}

TEST_CASE("methods of batches are the same in constant expressions") {
  CHECK(true_at_both_times([] {
    std::vector const rewards{rational(1), rational(0), rational(1), rational(1), rational(0), rational(3)};
    auto const groups = grouping(std::array{1, 1, 2, 2, 3, 3});
    auto const g = bellman::gpg(rewards, groups);
    auto const b = bellman::best_of_group(rewards, groups);
    auto const o = bellman::opo(rewards, std::array{1, 3, 1, 1, 2, 1}, groups);
    return g[0] == rational(3, 4) && g[2] == rational(0) && g[5] == rational(9, 4) && b[0] == rational(1) &&
           b[1] == rational(0) && b[5] == rational(3) && o[0] == rational(3, 4) && o[1] == rational(-1, 4) &&
           o[5] == rational(2);
  }));
  CHECK(true_at_both_times([] {
    std::vector<std::vector<double>> const objectives{{1, 0, 0, 1}, {100, 0, 100, 0}};
    auto const a = bellman::gdpo(objectives, std::array{3.0, 1.0}, grouping::consecutive(4, 2));
    // sqrt(1 / 2) 4 / sqrt(20 / 3)
    return approx_equal(a[0], 1.0954451150103324, 1e-14) && approx_equal(a[2], -0.54772255750516619, 1e-14);
  }));
  CHECK(true_at_both_times([] {
    std::vector<std::vector<double>> const rewards{{0, 0, 4}, {2}};
    auto const a = bellman::reinforce_plus_plus(rewards, 0.5);
    auto const b = bellman::reinforce_plus_plus_baseline(std::array{1.0, 0.0, 5.0, 5.0}, std::array{3, 1, 2, 2},
                                                         grouping::consecutive(4, 2));
    double const width = bellman::sqrt(76.0 / 16 / 3);
    return approx_equal(a[0][2], 1.75 / width, 1e-15) && b[2] == b[3] && b[1] < b[2] && b[2] < b[0];
  }));
  CHECK(true_at_both_times([] {
    std::vector<std::vector<rational>> const returns{{1, 1}, {0}, {4, 2}};
    std::vector<std::vector<rational>> const norms{{1, 1}, {2}, {1, 3}};
    auto const a = bellman::optimal_token_advantages(returns, norms, grouping(std::array{0, 0, 0}));
    return a[0][1] == rational(-2, 3) && a[1][0] == rational(-5, 4) && a[2][1] == rational(1, 3);
  }));
}
