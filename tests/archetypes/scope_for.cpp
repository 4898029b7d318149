// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/shared/every_row.hpp>
#include <bellman/loss/mean_over.hpp>
#include <bellman/loss/policy_loss.hpp>
#include <bellman/loss/scope.hpp>

#include <array>
#include <concepts>
#include <vector>

#include "archetypes/archetypes.hpp"
#include "archetypes/tokens.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using archetypes::number;
using archetypes::token_row;
using archetypes::token_rows;
using bellman::batch_mean;
using bellman::token_mean;
using bellman::test::true_at_both_times;

// A scope of one kind of number, which can be moved and called only: every sequence counts twice.
class twice {
 public:
  constexpr explicit twice(number its_factor) : factor_(its_factor) {}
  twice(twice const&) = delete;
  constexpr twice(twice&&) = default;

  constexpr batch_mean<twice, number> operator()(batch_mean<token_mean, number> const& tokens) const {
    if (tokens.count == 0) return {};
    return {factor_ * tokens.total, 2};
  }

 private:
  number factor_;
};

constexpr std::vector<token_row> three_rows() {
  std::vector<token_row> rows;
  rows.emplace_back(std::vector{number(1), number(3)});
  rows.emplace_back(std::vector<number>{});
  rows.emplace_back(std::vector{number(4)});
  return rows;
}

}  // namespace

TEST_CASE("the archetype of a scope is one, and no more") {
  STATIC_REQUIRE(bellman::scope_for<twice, number> && !bellman::scope_for<twice> && !std::copyable<twice>);
}

TEST_CASE("means and losses ask for no more than a scope") {
  CHECK(true_at_both_times([] {
    auto const mean = bellman::mean_over(three_rows(), twice(number(1, 2)));
    return mean.total == number(4) && mean.count == 4;
  }));
  CHECK(true_at_both_times([] {
    return bellman::mean_over(three_rows(), bellman::conventions::every_row{twice(number(1, 2))}).total == number(4);
  }));
  CHECK(true_at_both_times([] {
    std::array<token_rows, 1> const all{token_rows{token_row(std::vector{number(1)}), token_row(std::vector{number(1)}),
                                                   token_row(std::vector{number(5)})}};
    auto const one = [](token_rows const&) { return bellman::common_ratio{number(1)}; };
    return bellman::policy_loss(all, one, bellman::unclipped{}, twice(number(1))).total == number(-5);
  }));
}
