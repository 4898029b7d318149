// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/group_methods.hpp>

#include <bellman/error.hpp>
#include <bellman/groups/optimal_token_baseline.hpp>
#include <bellman/groups/pass_at_k.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::grouping;
using bellman::invalid_value;
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

TEST_CASE("ReMax subtracts the reward of the greedy answer") {
  CHECK(true_at_both_times([] {
    std::array const returns{rational(1), rational(1), rational(3)};
    return bellman::remax(returns, rational(1, 2)) == std::array{rational(1, 2), rational(1, 2), rational(5, 2)} &&
           bellman::remax(returns, std::array{rational(1), rational(0), rational(4)}) ==
               std::array{rational(0), rational(1), rational(-1)};
  }));
  CHECK_THROWS_AS(bellman::remax(std::array{1.0, 2.0}, std::array{1.0}), invalid_value);
  CHECK_THROWS_AS(bellman::remax(std::array{1.0, 2.0}, std::array{1.0, 2.0, 3.0}), invalid_value);
}

TEST_CASE("ReMax is the same with a baseline for all as with one for each") {
  // In float the baseline would be 1.
  std::vector const rewards{1.0f, 2.0f};
  double const b = 1.00000001;
  CHECK(bellman::remax(rewards, std::vector{b, b}) == bellman::remax(rewards, b));
  CHECK(bellman::remax(rewards, std::vector{b, b})[0] < 0.0f);
  using number = bellman::dual<double>;
  auto const a = bellman::remax(std::array{number(3.0)}, std::array{number::variable(1.0)});
  CHECK(a[0].derivative[0] == -1.0);
}

TEST_CASE("ReMax refuses rewards and baselines that are not finite, in both forms") {
  double const bad = GENERATE(std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity());
  CHECK_THROWS_AS(bellman::remax(std::array{bad, 1.0}, std::array{1.0, 1.0}), invalid_value);
  CHECK_THROWS_AS(bellman::remax(std::array{bad, 1.0}, 1.0), invalid_value);
  CHECK_THROWS_AS(bellman::remax(std::array{1.0, 1.0}, std::array{1.0, bad}), invalid_value);
  CHECK_THROWS_AS(bellman::remax(std::array{1.0, 1.0}, bad), invalid_value);
  try {
    bellman::remax(std::array{1.0, 1.0}, std::array{1.0, bad});
    FAIL("not refused");
  } catch (invalid_value const& e) {
    CHECK(std::string(e.what()).find("baseline 1 is ") != std::string::npos);
  }
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

TEST_CASE("GPG makes up for the groups without signal") {
  // Two of three groups differ in rewards: 6 answers, 4 of them alive.
  std::vector const rewards{rational(1), rational(0), rational(1), rational(1), rational(0), rational(3)};
  auto const groups = grouping::consecutive(6, 2);
  CHECK(bellman::gpg(rewards, groups) ==
        std::vector{rational(3, 4), rational(-3, 4), rational(0), rational(0), rational(-9, 4), rational(9, 4)});
  CHECK(bellman::gpg(std::vector{1.0, 1.0}, grouping::consecutive(2, 2)) == std::vector{0.0, 0.0});
}

TEST_CASE("the best of a group leads the second, and two best lead nobody") {
  CHECK(true_at_both_times([] {
    using bellman::best_of_group;
    return best_of_group(std::array{1, 0, 5, 2}) == std::array{0.0, 0.0, 3.0, 0.0} &&
           best_of_group(std::array{5, 2, 1}) == std::array{3.0, 0.0, 0.0} &&
           best_of_group(std::array{-3, -1}) == std::array{0.0, 2.0} &&
           best_of_group(std::array{rational(1), rational(1), rational(0)}) ==
               std::array{rational(0), rational(0), rational(0)};
  }));
  bellman::best_of_group_advantages const scaled{bellman::standard_deviation{}};
  CHECK(approx_equal(scaled(std::array{1.0, 0.0, 0.5})[0], 1.0, 1e-15));
  CHECK(scaled(std::array{0.1f, 0.1f, 0.1f}) == std::array{0.0f, 0.0f, 0.0f});
  CHECK(bellman::best_of_group(std::vector{1.0, 7.0, 3.0, 4.0}, grouping(std::vector{0, 1, 0, 1})) ==
        std::vector{0.0, 3.0, 2.0, 0.0});
  CHECK(bellman::best_of_group(std::vector<double>{}).empty());
  std::vector<std::vector<double>> const groups{{1, 3}, {0, 0, 7}, {}};
  CHECK(bellman::best_of_group(groups) == std::vector<std::vector<double>>{{0, 2}, {0, 0, 7}, {}});
  CHECK_THROWS_AS(bellman::best_of_group(std::vector{1.0, 2.0}, grouping(std::vector{0, 0, 1, 1})), invalid_value);
  CHECK_THROWS_AS(bellman::best_of_group(std::vector{1.0, 2.0, 3.0}, grouping(std::vector{0, 0})), invalid_value);
  CHECK_THROWS_AS(bellman::best_of_group(std::array{1.0}), invalid_value);
  CHECK_THROWS_AS(bellman::best_of_group(std::array{1.0, std::numeric_limits<double>::quiet_NaN()}), invalid_value);
}

TEST_CASE("several rewards are normalised then summed, or summed then normalised") {
  // Two groups of two, in each of which the first objective says +-1 / sqrt 2 and the second the same or the opposite.
  std::vector<std::vector<double>> const objectives{{1, 0, 0, 1}, {100, 0, 100, 0}};
  std::array const weights{3.0, 1.0};
  auto const groups = grouping::consecutive(4, 2);
  double const unit = std::sqrt(0.5);

  auto const normalised_first =
      bellman::several_rewards{bellman::grpo, bellman::reinforce}(objectives, weights, groups);
  std::vector const expected{4 * unit, -4 * unit, -2 * unit, 2 * unit};
  for (std::size_t i = 0; i < 4; ++i) CHECK(approx_equal(normalised_first[i], expected[i], 1e-15));

  // The larger objective drowns the other.
  auto const summed_first = bellman::several_rewards{bellman::reinforce, bellman::grpo}(objectives, weights, groups);
  std::vector const drowned{unit, -unit, unit, -unit};
  for (std::size_t i = 0; i < 4; ++i) CHECK(approx_equal(summed_first[i], drowned[i], 1e-15));

  // Mean 0, squares 2 (8 + 2) of 4
  auto const whitened = bellman::gdpo(objectives, weights, groups);
  for (std::size_t i = 0; i < 4; ++i) CHECK(approx_equal(whitened[i], expected[i] / std::sqrt(20.0 / 3), 1e-14));

  CHECK_THROWS_AS(bellman::gdpo(objectives, std::array{1.0}, groups), invalid_value);
  CHECK_THROWS_AS(bellman::gdpo(objectives, weights, grouping::consecutive(6, 2)), invalid_value);
}

TEST_CASE("REINFORCE++ whitens the returns of all tokens") {
  std::vector<std::vector<double>> const rewards{{0, 0, 4}, {2}};
  // Returns 1, 2, 4 and 2: mean 9 / 4, squares 25 / 16 + 1 / 16 + 49 / 16 + 1 / 16
  auto const a = bellman::reinforce_plus_plus(rewards, 0.5);
  double const width = std::sqrt(76.0 / 16 / 3);
  CHECK(approx_equal(a[0][0], -1.25 / width, 1e-15));
  CHECK(approx_equal(a[0][2], 1.75 / width, 1e-15));
  CHECK(approx_equal(a[1][0], -0.25 / width, 1e-15));
}

TEST_CASE("REINFORCE++ with a baseline whitens centred rewards as often as there are tokens") {
  std::vector const rewards{1.0, 0.0, 5.0, 5.0};
  std::vector const lengths{3, 1, 2, 2};
  auto const a = bellman::reinforce_plus_plus_baseline(rewards, lengths, grouping::consecutive(4, 2));
  // What comes of 0.5, 0.5, 0.5, -0.5, 0, 0, 0, 0
  auto const tokens = bellman::whiten(std::array{0.5, 0.5, 0.5, -0.5, 0.0, 0.0, 0.0, 0.0});
  CHECK(approx_equal(a[0], tokens[0], 1e-15));
  CHECK(approx_equal(a[1], tokens[3], 1e-15));
  CHECK(approx_equal(a[2], tokens[4], 1e-15));
  CHECK(a[2] == a[3]);
}

TEST_CASE("pass at k counts the draws without a correct answer") {
  CHECK(true_at_both_times([] {
    using bellman::pass_at_k;
    // 1 - C(3, 2) / C(5, 2) = 1 - 3 / 10
    return pass_at_k<rational>(5, 2, 2) == rational(7, 10) && pass_at_k<rational>(5, 2, 1) == rational(2, 5) &&
           pass_at_k<rational>(5, 2, 4) == rational(1) && pass_at_k<rational>(5, 0, 5) == rational(0) &&
           pass_at_k<rational>(5, 3, 0) == rational(0) && approx_equal(pass_at_k(5, 2, 2), 0.7, 1e-15);
  }));
  CHECK(approx_equal(bellman::pass_at_k(200, 1, 100), 0.5, 1e-13));
  CHECK_THROWS_AS(bellman::pass_at_k(5, 6, 1), invalid_value);
  CHECK_THROWS_AS(bellman::pass_at_k(5, 1, 6), invalid_value);
}

TEST_CASE("the norm of a score is what the derivatives of a softmax add up to") {
  // Probabilities 1/2, 1/3, 1/6: for the first (1/2)^2 + (1/3)^2 + (1/6)^2
  CHECK(true_at_both_times([] {
    rational const squares = rational(1, 4) + rational(1, 9) + rational(1, 36);
    return bellman::squared_score_norm(rational(1, 2), squares) == rational(7, 18) &&
           bellman::squared_score_norm(rational(1), rational(1)) == rational(0);
  }));
}

TEST_CASE("the optimal token baseline weighs the returns of a position by what led there") {
  std::vector<std::vector<rational>> const returns{{1, 1}, {0}, {4, 2}};
  std::vector<std::vector<rational>> const norms{{1, 1}, {2}, {1, 3}};
  // (1 + 0 + 4) / 4, and (2 1 + 4 2) / 6
  std::vector<std::vector<rational>> const expected{
      {rational(-1, 4), rational(-2, 3)}, {rational(-5, 4)}, {rational(11, 4), rational(1, 3)}};
  CHECK(bellman::optimal_token_advantages(returns, norms) == expected);

  SECTION("rows of several groups, and a row that belongs to none") {
    std::vector<std::vector<rational>> const all{returns[0], {7}, returns[1], {9, 9}, returns[2]};
    std::vector<std::vector<rational>> const all_norms{norms[0], {1}, norms[1], {1, 1}, norms[2]};
    auto const groups = grouping(std::vector{0, 1, 0, 2, 0}).only_rows([](std::size_t row) { return row != 3; });
    std::vector<std::vector<rational>> const of_rows{expected[0], {0}, expected[1], {0, 0}, expected[2]};
    CHECK(bellman::optimal_token_advantages(all, all_norms, groups) == of_rows);
  }
  SECTION("equal returns, and a token without a peer, have no advantage") {
    std::vector<std::vector<float>> const equal{{0.1f, 0.1f}, {0.1f}, {0.1f}};
    std::vector<std::vector<float>> const weights{{0.3f, 0.7f}, {0.9f}, {0.0f}};
    std::vector<std::vector<float>> const none{{0, 0}, {0}, {0}};
    CHECK(bellman::optimal_token_advantages(equal, weights) == none);
  }
  SECTION("lengths that differ and negative norms are errors") {
    auto short_row = norms;
    short_row[0].pop_back();
    auto few = norms;
    few.pop_back();
    auto negative = norms;
    negative[2][1] = -1;
    CHECK_THROWS_AS(bellman::optimal_token_advantages(returns, short_row), invalid_value);
    CHECK_THROWS_AS(bellman::optimal_token_advantages(short_row, norms), invalid_value);
    CHECK_THROWS_AS(bellman::optimal_token_advantages(returns, few), invalid_value);
    CHECK_THROWS_AS(bellman::optimal_token_advantages(returns, negative), invalid_value);
    grouping const four(std::vector{0, 0, 0, 0});
    grouping const three(std::vector{0, 0, 0});
    CHECK_THROWS_AS(bellman::optimal_token_advantages(returns, norms, four), invalid_value);
    CHECK_THROWS_AS(bellman::optimal_token_advantages(returns, few, three), invalid_value);
  }
  SECTION("returns and norms that are not finite are errors, and norms whose sum is not") {
    using numbers = std::vector<std::vector<double>>;
    double const bad = GENERATE(std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity());
    numbers const ones{{1.0}, {1.0}, {1.0}};
    CHECK_THROWS_AS(bellman::optimal_token_advantages(numbers{{bad}, {2}, {3}}, ones), invalid_value);
    CHECK_THROWS_AS(bellman::optimal_token_advantages(ones, numbers{{1}, {bad}, {1}}), invalid_value);
    CHECK_THROWS_AS(bellman::optimal_token_advantages(numbers{{1, 2}}, numbers{{1e308, 1e308}}), invalid_value);
    CHECK_THROWS_AS(bellman::optimal_token_advantages(numbers{{-1e308}, {1e308}}, numbers{{1}, {1}}), invalid_value);
  }
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
