// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/verl/groups.hpp>

#include <array>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace verl = bellman::conventions::verl;
using table = std::vector<std::vector<double>>;
using mask = std::vector<std::vector<int>>;

using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("verl's advantages are constant expressions") {
  CHECK(true_at_both_times([] {
    table const rewards{{0, 1}, {0, 3}};
    mask const masks{{1, 1}, {0, 1}};
    auto const a = verl::dr_grpo_advantages(rewards, masks, std::array{4, 4});
    auto const b = verl::grpo_vectorized_advantages(rewards, masks, std::array{4, 4});
    return a[0][0] == -1.0 && a[1][0] == 0.0 && a[1][1] == 1.0 && approx_equal(b[1][1], 0.70710678118654752, 1e-6);
  }));
}

TEST_CASE("rewards that are integers give verl what the same numbers give") {
  std::vector<std::vector<int>> const integers{{0, 0, 1}, {0, 0, 0}, {0, 2, 0}};
  table const numbers{{0, 0, 1}, {0, 0, 0}, {0, 2, 0}};
  mask const masks{{1, 1, 1}, {1, 1, 0}, {1, 1, 1}};
  std::array const ids{0, 0, 0};
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
}
