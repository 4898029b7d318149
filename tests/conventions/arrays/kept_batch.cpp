// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/kept_batch.hpp>

#include <bellman/error.hpp>

#include <algorithm>
#include <array>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::conventions::kept_batch;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a row of a batch is a sequence of the tokens that its mask keeps") {
  CHECK(true_at_both_times([] {
    std::vector<std::vector<double>> const now{{-1, 9}, {9, 9}};
    std::vector<std::vector<double>> const old{{-2, 9}, {9, 9}};
    std::vector<std::vector<double>> const advantages{{3, 9}, {9, 9}};
    std::vector<std::vector<int>> const masks{{1, 0}, {0, 0}};
    auto const batch = kept_batch(now, old, advantages, masks);
    return batch.size() == 2 && std::ranges::equal(batch[0].log_probs, std::array{-1.0}) &&
           std::ranges::equal(batch[0].old_log_probs, std::array{-2.0}) &&
           std::ranges::equal(batch[0].advantages, std::array{3.0}) && std::ranges::empty(batch[1].log_probs);
  }));
  std::vector<std::vector<double>> const one{{0.0}};
  std::vector<std::vector<double>> const two{{0.0}, {0.0}};
  CHECK_THROWS_AS(kept_batch(one, one, two, one), bellman::invalid_value);
}
