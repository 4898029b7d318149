// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/mean_over.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <cstddef>
#include <vector>

#include "loss/ragged.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::batch_mean;
using bellman::fixed_length;
using bellman::mean_over;
using bellman::rational;
using bellman::sequence_mean;
using bellman::sequence_sum;
using bellman::token_mean;
using bellman::test::batch;
using bellman::test::ragged;
using bellman::test::sequence;
using bellman::test::true_at_both_times;

// Whether every way to cut the batch in two gives the mean of the whole.
template <class Scope>
constexpr bool splits(Scope const& scope) {
  batch const all = ragged();
  auto const whole = mean_over(all, scope);
  for (std::size_t cut = 0; cut <= all.size(); ++cut) {
    batch const first(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(cut));
    batch const rest(all.begin() + static_cast<std::ptrdiff_t>(cut), all.end());
    if (!(mean_over(first, scope) + mean_over(rest, scope) == whole)) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("it makes no difference where a batch is split") {
  CHECK(true_at_both_times([] { return splits(token_mean{}); }));
  CHECK(true_at_both_times([] { return splits(sequence_mean{}); }));
  CHECK(true_at_both_times([] { return splits(sequence_sum{}); }));
  CHECK(true_at_both_times([] { return splits(fixed_length{7}); }));
}

TEST_CASE("the mean of two means would make a difference") {
  batch const all = ragged();
  batch const first(all.begin(), all.begin() + 2);
  batch const rest(all.begin() + 2, all.end());
  CHECK((mean_over(first, token_mean{}).value() + mean_over(rest, token_mean{}).value()) / 2 != rational(7, 6));
}

TEST_CASE("of an empty batch there is no mean") {
  CHECK_THROWS_AS(mean_over(batch{}, token_mean{}).value(), bellman::invalid_value);
  CHECK_THROWS_AS(mean_over(batch{sequence{}}, sequence_mean{}).value(), bellman::invalid_value);
  CHECK_THROWS_AS(mean_over(batch{sequence{}}, fixed_length{3}).value(), bellman::invalid_value);
  CHECK(mean_over(batch{}, sequence_sum{}) == batch_mean<sequence_sum, rational>{});
}
