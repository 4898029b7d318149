// SPDX-License-Identifier: BSL-1.0
#include <bellman/views/episodes.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/views/discounted_returns.hpp>

#include <algorithm>
#include <array>
#include <forward_list>
#include <ranges>
#include <utility>
#include <vector>

#include "recording.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace views = bellman::views;
using bellman::continues;
using bellman::rational;
using bellman::skipped;
using bellman::step;
using bellman::terminated;
using bellman::trace_parameters;
using bellman::truncated;
using bellman::test::random_recording;
using bellman::test::true_at_both_times;

template <class Episodes>
constexpr std::vector<std::vector<int>> listed(Episodes episodes) {
  std::vector<std::vector<int>> all;
  for (auto const& episode : episodes) {
    std::vector<int> one;
    for (int x : episode) one.push_back(x);
    all.push_back(one);
  }
  return all;
}

struct row {
  int reward;
  bool done;
};

}  // namespace

TEST_CASE("a recording is cut after each end") {
  CHECK(true_at_both_times([] {
    std::array const numbers{0, 1, 2, 3, 4, 5};
    std::array<step<>, 6> const steps{continues{}, terminated{}, truncated{1.0}, skipped{}, continues{}, terminated{}};
    return listed(numbers | views::episodes(steps)) == std::vector<std::vector<int>>{{0, 1}, {2}, {3, 4, 5}};
  }));
}

TEST_CASE("ends are steps, flags or a property of the elements") {
  CHECK(true_at_both_times([] {
    std::vector<std::vector<int>> const expected{{7}, {8, 9}};
    std::array const numbers{7, 8, 9};
    std::array const flags{1, 0, 1};
    std::array const rows{row{7, true}, row{8, false}, row{9, true}};
    auto const rewards = [](auto episode) { return episode | std::views::transform(&row::reward); };
    return listed(numbers | views::episodes(flags)) == expected &&
           listed(views::episodes(numbers, flags)) == expected &&
           listed(numbers | views::episodes([](int x) { return x != 8; })) == expected &&
           listed(rows | views::episodes(&row::done) | std::views::transform(rewards)) == expected;
  }));
}

TEST_CASE("an episode that goes on is the last one, and of nothing there are none") {
  CHECK(true_at_both_times([] {
    std::array const numbers{7, 8, 9};
    std::array const flags{false, true, false};
    return listed(numbers | views::episodes(flags)) == std::vector<std::vector<int>>{{7, 8}, {9}} &&
           listed(std::vector<int>{} | views::episodes(std::vector<bool>{})).empty();
  }));
}

TEST_CASE("a recording need not be more than a forward range") {
  std::forward_list<int> const numbers{1, 2, 3};
  CHECK(listed(numbers | views::episodes([](int x) { return x == 2; })) ==
        std::vector<std::vector<int>>{{1, 2}, {3}});
}

TEST_CASE("an episode by itself has the estimates that it has in the recording") {
  auto const r = random_recording<rational>(60);
  trace_parameters const p{.gamma = rational(1, 2), .lambda = rational(1)};
  auto const all = bellman::gae(r.rewards, r.values, r.steps, p);

  std::vector<rational> one_by_one;
  auto rewards = r.rewards | views::episodes(r.steps);
  auto values = r.values | views::episodes(r.steps);
  auto steps = r.steps | views::episodes(r.steps);
  auto v = values.begin();
  auto s = steps.begin();
  for (auto const& episode : rewards) {
    auto const estimates = bellman::gae(episode, *v++, *s++, p);
    one_by_one.insert(one_by_one.end(), estimates.advantages.begin(), estimates.advantages.end());
  }
  CHECK(one_by_one == all.advantages);
}

TEST_CASE("episodes are a view, which may be copied and begun again") {
  std::vector<int> const numbers{1, 2, 3, 4};
  auto episodes = numbers | views::episodes([](int x) { return x % 2 == 0; });
  STATIC_REQUIRE(std::ranges::view<decltype(episodes)>);
  STATIC_REQUIRE(std::ranges::forward_range<decltype(episodes)>);
  CHECK(listed(episodes) == listed(episodes));
  CHECK(std::ranges::distance(episodes) == 2);
  auto moved = std::move(episodes);
  CHECK(std::ranges::distance(moved | std::views::drop(1)) == 1);

  CHECK(listed(std::vector{5, 6, 7} | views::episodes([n = 6](int x) { return x == n; })) ==
        std::vector<std::vector<int>>{{5, 6}, {7}});

  auto const pipeline = views::episodes([](int x) { return x % 2 == 0; }) | std::views::transform([](auto episode) {
                          auto returns = episode | views::discounted_returns(0.5);
                          return returns[0];
                        });
  CHECK(std::ranges::equal(numbers | pipeline, std::vector{2.0, 5.0}));
}

TEST_CASE("ends of another number are refused") {
  std::vector<int> const numbers{1, 2, 3};
  std::vector<int> const flags{0, 1};
  auto episodes = numbers | views::episodes(flags);
  CHECK_THROWS_AS(episodes.begin(), bellman::invalid_value);
}
