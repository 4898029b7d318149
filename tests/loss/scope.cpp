// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/scope.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/mean_over.hpp>

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
using bellman::test::ragged;
using bellman::test::true_at_both_times;

// The axioms of a scope: linear in the total, a count that depends on the count, nothing of nothing.
template <class Scope>
constexpr bool is_scope(Scope const& scope) {
  using tokens = batch_mean<token_mean, rational>;
  for (std::size_t n = 1; n < 4; ++n) {
    auto const a = scope(tokens{rational(7, 3), n});
    auto const b = scope(tokens{rational(-2), n});
    auto const both = scope(tokens{rational(7, 3) + 5 * rational(-2), n});
    if (both.total != a.total + 5 * b.total || a.count != b.count || both.count != a.count) return false;
  }
  return scope(tokens{}).total == 0 && scope(tokens{}).count == 0;
}

}  // namespace

TEST_CASE("the four denominators of a loss") {
  CHECK(true_at_both_times([] { return mean_over(ragged(), token_mean{}).value() == rational(7, 6); }));
  CHECK(true_at_both_times([] { return mean_over(ragged(), sequence_mean{}).value() == rational(5, 3); }));
  CHECK(true_at_both_times([] { return mean_over(ragged(), sequence_sum{}).value() == rational(7, 3); }));
  CHECK(true_at_both_times([] { return mean_over(ragged(), fixed_length{10}).value() == rational(7, 30); }));
}

TEST_CASE("a scope is linear in the sum over the tokens, and makes nothing of none") {
  CHECK(true_at_both_times([] {
    return is_scope(token_mean{}) && is_scope(sequence_mean{}) && is_scope(sequence_sum{}) &&
           is_scope(fixed_length{7});
  }));
  STATIC_REQUIRE(bellman::scope_for<token_mean> && bellman::scope_for<sequence_mean, float> &&
                 bellman::scope_for<sequence_sum, rational> && bellman::scope_for<fixed_length>);
  STATIC_REQUIRE(!bellman::scope_for<int>);
}

TEST_CASE("a length must be above 0") { CHECK_THROWS_AS(fixed_length{0}, bellman::invalid_value); }
