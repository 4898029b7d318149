// SPDX-License-Identifier: BSL-1.0

// What is special to each library about groups of answers, by hand. Its own numbers: tests/golden.
#include <bellman/conventions/openrlhf/groups.hpp>
#include <bellman/conventions/torchrl/groups.hpp>
#include <bellman/conventions/trl/groups.hpp>
#include <bellman/conventions/verl/groups.hpp>
#include <bellman/error.hpp>
#include <bellman/groups/group_advantages.hpp>

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

namespace openrlhf = bellman::conventions::openrlhf;
namespace torchrl = bellman::conventions::torchrl;
namespace trl = bellman::conventions::trl;
namespace verl = bellman::conventions::verl;

using bellman::invalid_value;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

using table = std::vector<std::vector<double>>;
using mask = std::vector<std::vector<int>>;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("verl gives a group of one its score, and masked positions nothing") {
  table const rewards{{0, 1}, {0, 3}, {2, 5}};
  mask const masks{{1, 1}, {0, 1}, {1, 0}};
  std::vector<std::string> const ids{"a", "a", "b"};
  CHECK(verl::dr_grpo_advantages(rewards, masks, ids) == table{{-1, -1}, {0, 1}, {7, 0}});
  CHECK(verl::rloo_advantages(rewards, masks, ids) == table{{-2, -2}, {0, 2}, {7, 0}});
  CHECK(verl::rloo_vectorized_advantages(rewards, masks, ids) == table{{-2, -2}, {0, 2}, {0, 0}});
  auto const g = verl::grpo_advantages(rewards, masks, ids);
  CHECK(approx_equal(g[0][0], -1 / (std::sqrt(2.0) + 1e-6), 1e-14));
  CHECK(approx_equal(g[2][0], 7 / static_cast<double>(1.0f + 1e-6f), 1e-14));
  // (2 1 + 1 3) / 3
  auto const o = verl::opo_advantages(rewards, masks, ids);
  CHECK(approx_equal(o[0][0], -2.0 / 3, 1e-15));
  CHECK(o[2][0] == 7);
  CHECK_THROWS_AS(verl::grpo_passk_advantages(rewards, masks, ids), invalid_value);
}

TEST_CASE("verl's advantages are constant expressions") {
  CHECK(true_at_both_times([] {
    table const rewards{{0, 1}, {0, 3}};
    mask const masks{{1, 1}, {0, 1}};
    auto const a = verl::dr_grpo_advantages(rewards, masks, std::array{4, 4});
    auto const b = verl::grpo_vectorized_advantages(rewards, masks, std::array{4, 4});
    return a[0][0] == -1.0 && a[1][0] == 0.0 && a[1][1] == 1.0 && approx_equal(b[1][1], 0.70710678118654752, 1e-6);
  }));
}

TEST_CASE("verl's vectorised variance is lost under a large offset, and never below its epsilon") {
  table const rewards{{4096}, {4097}};
  mask const masks{{1}, {1}};
  // In floats 4096^2 + 4097^2 has a unit of 4, and the square of the sum by two is the same number.
  auto const a = verl::grpo_vectorized_advantages(rewards, masks, std::array{0, 0});
  CHECK(a[1][0] > 100);
  CHECK(verl::dr_grpo_vectorized_advantages(rewards, masks, std::array{0, 0}) == table{{-0.5}, {0.5}});
}

TEST_CASE("a token that is masked inside an answer lets the return pass") {
  table const rewards{{0, 0, 0, 8}, {0, 4, 0, 0}};
  mask const masks{{1, 0, 1, 1}, {1, 1, 0, 0}};
  auto const [advantages, returns] = verl::reinforce_plus_plus_advantages(rewards, masks, 0.5);
  CHECK(returns == table{{2, 0, 4, 8}, {2, 4, 0, 0}});
  CHECK(advantages[0][1] == 0);
  CHECK(advantages[1][3] == 0);
  CHECK(advantages[0][0] == advantages[1][0]);
  CHECK(verl::remax_advantages(rewards, std::array{1.0, 2.0}, masks).advantages == table{{7, 8, 7, 7}, {2, 2, 0, 0}});
}

TEST_CASE("verl's optimal token baseline keeps the tail of the longest answer, or compares it with nothing") {
  table const rewards{{0, 0, 6}, {2, 0, 0}, {1, 1, 1}};
  mask const masks{{1, 1, 1}, {1, 0, 0}, {1, 1, 0}};
  std::array const ids{0, 0, 1};
  // exp(0) = 1: norms 1 - 2 + 2 = 1 at every token
  table const log_probs(3, std::vector<double>(3, 0.0));
  table const squares(3, std::vector<double>(3, 2.0));
  auto const kept = verl::optimal_token_baseline_advantages(rewards, masks, ids, log_probs, squares);
  CHECK(kept.returns == table{{6, 6, 6}, {2, 0, 0}, {2, 1, 0}});
  CHECK(approx_equal(kept.advantages[0][0], 2.0, 1e-7));
  CHECK(std::abs(kept.advantages[0][1]) < 1e-7);
  CHECK(kept.advantages[2] == std::vector{2.0, 1.0, 0.0});
  auto const cut = verl::optimal_token_baseline_advantages(rewards, masks, ids, log_probs, squares, verl::zero_tail{});
  CHECK(approx_equal(cut.advantages[0][0], 2.0, 1e-7));
  CHECK(cut.advantages[0][1] == 6);
  CHECK(cut.advantages[0][2] == 6);
  CHECK(cut.advantages[1][0] == kept.advantages[1][0]);
  // Weights 2 and 1, squared
  table const rollout{{2, 2, 2}, {1, 1, 1}, {1, 1, 1}};
  auto const weighed = verl::optimal_token_baseline_advantages(rewards, masks, ids, log_probs, squares, rollout);
  CHECK(approx_equal(weighed.advantages[0][0], 6 - (4 * 6 + 2) / 5.0, 1e-7));
}

TEST_CASE("verl's optimal token baseline needs the rows of a group padded to one length") {
  table const rewards{{0, 0, 6}, {2}, {1, 1}};
  mask const masks{{1, 1, 1}, {1}, {1, 1}};
  table const ones{{0, 0, 0}, {0}, {0, 0}};
  for (auto const& ids : {std::array{0, 0, 1}, std::array{1, 0, 0}}) {
    CHECK_THROWS_AS(verl::optimal_token_baseline_advantages(rewards, masks, ids, ones, ones), invalid_value);
  }
  CHECK(verl::optimal_token_baseline_advantages(rewards, masks, std::array{0, 1, 2}, ones, ones).returns[0][0] == 6);
}

TEST_CASE("rewards that are integers give what the same numbers give") {
  std::vector<std::vector<int>> const integers{{0, 0, 1}, {0, 0, 0}, {0, 2, 0}};
  table const numbers{{0, 0, 1}, {0, 0, 0}, {0, 2, 0}};
  mask const masks{{1, 1, 1}, {1, 1, 0}, {1, 1, 1}};
  std::array const ids{0, 0, 0};
  std::array const weights{0.5, 1.0, 0.3};
  auto const same = [&](auto const& method) { return method(integers) == method(numbers); };
  CHECK(same([&](auto const& r) { return verl::outcome_scores(r); }));
  CHECK(same([&](auto const& r) { return verl::grpo_advantages(r, masks, ids); }));
  CHECK(same([&](auto const& r) { return verl::grpo_vectorized_advantages(r, masks, ids); }));
  CHECK(same([&](auto const& r) { return verl::dr_grpo_vectorized_advantages(r, masks, ids); }));
  CHECK(same([&](auto const& r) { return verl::grpo_passk_advantages(r, masks, ids); }));
  CHECK(same([&](auto const& r) { return verl::opo_advantages(r, masks, ids); }));
  CHECK(same([&](auto const& r) { return verl::gpg_advantages(r, masks, ids, 2.0); }));
  CHECK(same([&](auto const& r) { return verl::masked_whiten(r, masks); }));
  CHECK(same([&](auto const& r) { return verl::masked_whiten_around_mean(r, masks); }));
  CHECK(same([&](auto const& r) { return verl::reinforce_plus_plus_advantages(r, masks, 0.5).advantages; }));
  CHECK(same([&](auto const& r) { return verl::reinforce_plus_plus_advantages(r, masks, 0.5).returns; }));
  CHECK(same([&](auto const& r) { return verl::reinforce_plus_plus_baseline_advantages(r, masks, ids); }));
  CHECK(same([&](auto const& r) { return verl::remax_advantages(r, std::array{0.5, 0.5, 0.5}, masks).advantages; }));
  table const zeros(3, std::vector<double>(3, 0.0));
  table const twos(3, std::vector<double>(3, 2.0));
  CHECK(same(
      [&](auto const& r) { return verl::optimal_token_baseline_advantages(r, masks, ids, zeros, twos).advantages; }));
  CHECK(same([&](auto const& r) { return trl::grpo_advantages(r, weights, 3); }));
  CHECK(same([&](auto const& r) { return trl::gdpo_advantages(r, weights, 3); }));
  CHECK(same([&](auto const& r) { return trl::masked_whiten(r, masks); }));
  CHECK(same([&](auto const& r) { return openrlhf::masked_normalize(r, masks); }));
}

TEST_CASE("rows, masks and ids that do not match are errors") {
  table const rewards{{0, 1}, {0, 3}};
  mask const masks{{1, 1}, {0, 1}};
  mask const short_row{{1, 1}, {0}};
  mask const few{{1, 1}};
  std::array const ids{1, 1};
  CHECK_THROWS_AS(verl::grpo_advantages(rewards, few, ids), invalid_value);
  CHECK_THROWS_AS(verl::grpo_advantages(rewards, masks, std::array{1}), invalid_value);
  CHECK_THROWS_AS(verl::grpo_vectorized_advantages(rewards, masks, std::array{1, 1, 2}), invalid_value);
  CHECK_THROWS_AS(verl::reinforce_plus_plus_advantages(rewards, short_row, 1.0), invalid_value);
  CHECK_THROWS_AS(verl::remax_advantages(rewards, std::array{1.0}, masks), invalid_value);
  CHECK_THROWS_AS(verl::masked_whiten(rewards, short_row), invalid_value);
  CHECK_THROWS_AS(verl::masked_whiten(rewards, mask{{0, 0}, {0, 1}}), invalid_value);
  CHECK_THROWS_AS(trl::masked_whiten(rewards, mask{{0, 0}, {0, 1}}), invalid_value);
  CHECK_THROWS_AS(trl::grpo_advantages(rewards, std::array{1.0}, 2), invalid_value);
  CHECK_THROWS_AS(trl::rloo_advantages(std::vector{1.0, 2.0, 3.0}, 2), invalid_value);
}

TEST_CASE("what a mask leaves out is not read where a value is whitened") {
  table const values{{1, missing}, {3, 5}};
  mask const masks{{1, 0}, {1, 1}};
  auto const v = verl::masked_mean_and_variance(values, masks);
  CHECK(approx_equal(v.mean, 9 / (3 + 1e-8), 1e-15));
  CHECK(approx_equal(trl::masked_whiten(values, masks)[1][1], 2 / std::sqrt(4 + 1e-8), 1e-15));
  auto const o = openrlhf::masked_normalize(values, masks);
  CHECK(o == table{{0, 0}, {-1, 1}});
}

TEST_CASE("TRL leaves out rewards that were not given, and answers without any") {
  table const rewards{{1, missing}, {missing, missing}, {0, 2}, {5, 5}, {missing, 7}, {missing, missing}};
  std::array const weights{1.0, 0.5};
  // Sums 1, -, 1 and 7.5, 3.5, -
  auto const none = trl::grpo_advantages(rewards, weights, 3, bellman::unscaled{});
  CHECK(none == std::vector{0.0, 0.0, 0.0, 2.0, -2.0, 0.0});
  auto const group = trl::grpo_advantages(rewards, weights, 3);
  CHECK(approx_equal(group[3], 2 / (std::sqrt(8.0) + 1e-4), 1e-14));
  // 1, 1, 7.5, 3.5: mean 3.25, squares 28.25
  auto const batch = trl::grpo_advantages(rewards, weights, 3, bellman::over_batch{trl::deviation});
  CHECK(approx_equal(batch[3], 2 / (std::sqrt(28.25 / 3) + 1e-4), 1e-7));
  CHECK(trl::rloo_advantages(std::vector{1.0, missing, 4.0, missing, missing, 2.0}, 3) ==
        std::vector{-3.0, 0.0, 3.0, 0.0, 0.0, 0.0});
}

TEST_CASE("OpenRLHF adds 1e-9 to the deviation, torchrl has a floor of 1e-6, and equal rewards are 0 in both") {
  std::array const rewards{1.0, 3.0};
  CHECK(approx_equal(openrlhf::group_norm_advantages(rewards)[1], 1 / (std::sqrt(2.0) + 1e-9), 1e-15));
  CHECK(approx_equal(torchrl::mc_advantage(rewards)[1], 1 / std::sqrt(2.0), 1e-15));
  CHECK(approx_equal(torchrl::mc_advantage(std::array{0.0, 0x1p-30})[1], 0x1p-31 / 1e-6, 1e-15));
  std::array const equal{0.1f, 0.1f, 0.1f};
  CHECK(openrlhf::group_norm_advantages(equal) == std::array{0.0f, 0.0f, 0.0f});
  CHECK(torchrl::mc_advantage(equal) == std::array{0.0f, 0.0f, 0.0f});
  CHECK(openrlhf::group_norm_advantages(std::array{5.0})[0] == 0.0);
}
