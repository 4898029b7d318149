// SPDX-License-Identifier: BSL-1.0
#include <bellman/views/range_v3.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/td_errors.hpp>
#include <bellman/views/discounted_returns.hpp>
#include <bellman/views/episodes.hpp>
#include <bellman/views/lambda_returns.hpp>
#include <bellman/views/n_step_returns.hpp>
#include <bellman/views/td_errors.hpp>

#include <range/v3/numeric/accumulate.hpp>
#include <range/v3/range/conversion.hpp>
#include <range/v3/view/chunk.hpp>
#include <range/v3/view/reverse.hpp>
#include <range/v3/view/take.hpp>
#include <range/v3/view/transform.hpp>
#include <range/v3/view/zip.hpp>

#include <ranges>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "support/catch.hpp"

namespace {

namespace views = bellman::views;
namespace rv = ranges::views;
using bellman::continues;
using bellman::step;
using bellman::terminated;
using bellman::truncated;

using doubles = std::vector<double>;

}  // namespace

TEST_CASE("our views are views to range-v3, and its views to us") {
  using returns = decltype(std::declval<doubles&>() | views::discounted_returns(0.5));
  using errors = decltype(std::declval<doubles&>() | views::td_errors(std::declval<doubles&>(), terminated{}, 0.5));
  using episodes = decltype(std::declval<doubles&>() | views::episodes(std::declval<std::vector<int>&>()));
  using taken = decltype(std::declval<doubles&>() | rv::take(3));
  STATIC_REQUIRE(ranges::view_<returns>);
  STATIC_REQUIRE(ranges::random_access_range<returns>);
  STATIC_REQUIRE(ranges::sized_range<returns>);
  STATIC_REQUIRE(ranges::view_<errors>);
  STATIC_REQUIRE(ranges::random_access_range<errors>);
  STATIC_REQUIRE(ranges::view_<episodes>);
  STATIC_REQUIRE(ranges::forward_range<episodes>);
  STATIC_REQUIRE(std::ranges::view<taken>);
  STATIC_REQUIRE(std::same_as<std::views::all_t<taken>, taken>);
  STATIC_REQUIRE(ranges::view_<std::string_view>);
  STATIC_REQUIRE(!ranges::enable_view<doubles>);
  STATIC_REQUIRE(!std::ranges::view<doubles>);
}

TEST_CASE("pipelines of ours, of range-v3 and of the standard library are mixed") {
  doubles const rewards{1, 2, 4, 8};
  auto const half = [](double x) { return x / 2; };
  CHECK((rewards | rv::take(3) | views::discounted_returns(0.5) | ranges::to<std::vector>()) == doubles{3, 4, 4});
  CHECK((rewards | views::discounted_returns(0.5) | rv::transform(half) | rv::reverse | ranges::to<std::vector>()) ==
        doubles{4, 4, 3, 2});
  CHECK((rewards | rv::transform(half) | views::discounted_returns(1.0) | std::views::take(2) |
         ranges::to<std::vector>()) == doubles{7.5, 7});
  CHECK(ranges::accumulate(rewards | std::views::transform(half) | views::discounted_returns(0.0), 0.0) == 7.5);

  auto const pipeline = rv::take(3) | views::discounted_returns(0.5) | rv::reverse | std::views::take(2);
  CHECK((rewards | pipeline | ranges::to<std::vector>()) == doubles{4, 4});
}

TEST_CASE("columns that range-v3 makes are columns of an estimator") {
  std::vector<std::pair<double, double>> const rows{{1, 2}, {2, 0}, {4, 4}};
  auto const rewards = rows | rv::transform(&std::pair<double, double>::first);
  auto const values = rows | rv::transform(&std::pair<double, double>::second);
  CHECK((rewards | views::td_errors(values, terminated{}, 0.5) | ranges::to<std::vector>()) == doubles{-1, 4, 0});
  CHECK((rewards | views::n_step_returns(values, terminated{}, 2, 0.5) | ranges::to<std::vector>()) ==
        doubles{3, 4, 4});
  CHECK((rewards | views::lambda_returns(values, terminated{}, {.gamma = 0.5, .lambda = 1.0}) |
         ranges::to<std::vector>()) == doubles{3, 4, 4});
}

TEST_CASE("columns that are zipped are cut into episodes together") {
  doubles const rewards{1, 2, 4};
  std::vector<step<>> const steps{continues{}, truncated{6.0}, terminated{}};
  auto const first_return = [](auto episode) {
    auto const own_rewards = episode | rv::transform([](auto const& row) { return std::get<0>(row); });
    auto const own_steps = episode | rv::transform([](auto const& row) { return std::get<1>(row); });
    auto returns = own_rewards | views::lambda_returns(own_rewards, own_steps, {.gamma = 0.5, .lambda = 1.0});
    return returns[0];
  };
  auto firsts = rv::zip(rewards, steps) | views::episodes([](auto const& row) { return std::get<1>(row); }) |
                std::views::transform(first_return);
  CHECK((firsts | ranges::to<std::vector>()) == doubles{1 + 0.5 * (2 + 0.5 * 6), 4});
}
