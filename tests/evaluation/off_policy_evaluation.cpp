// SPDX-License-Identifier: BSL-1.0
#include <bellman/evaluation/off_policy_evaluation.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <ranges>
#include <string>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "evaluation/episodes.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::direct_method;
using bellman::doubly_robust;
using bellman::importance_sampling;
using bellman::invalid_value;
using bellman::logged_episode;
using bellman::modelled_episode;
using bellman::per_decision_importance_sampling;
using bellman::rational;
using bellman::terminated;
using bellman::truncated;
using bellman::weighted_importance_sampling;
using bellman::weighted_per_decision_importance_sampling;
using bellman::test::cut_episodes;
using bellman::test::numbers;
using bellman::test::one;
using bellman::test::squared_influences;
using bellman::test::true_at_both_times;
using bellman::test::two_episodes;

}  // namespace

TEST_CASE("with ratios of one every form is the mean return and has its error") {
  CHECK(true_at_both_times([] {
    std::vector batch{logged_episode{numbers{1, 0, 2}, numbers{1, 1, 1}}, logged_episode{numbers{4}, numbers{1}},
                      logged_episode{numbers{0, 6}, numbers{1, 1}}};
    rational const gamma(1, 2);
    // Returns 3/2, 4, 3: mean 17/6; deviations -8/6, 7/6, 1/6.
    auto const right = [](auto const& e) {
      return e.value == rational(17, 6) && e.squared_deviations == rational(114, 36) &&
             e.variance() == rational(114, 36 * 6) && e.effective_sample_size == rational(3) && e.episodes == 3;
    };
    return right(importance_sampling(batch, gamma)) && right(per_decision_importance_sampling(batch, gamma)) &&
           right(weighted_importance_sampling(batch, gamma)) &&
           right(weighted_per_decision_importance_sampling(batch, gamma));
  }));
}

TEST_CASE("the error of the weighted forms is that of the delta method") {
  auto const same = [](auto const& estimate, auto const& batch, rational gamma) {
    return estimate(batch, gamma).squared_deviations == squared_influences(estimate, batch, gamma);
  };
  auto cut = cut_episodes();
  cut.pop_back();  // an episode without a step has no ratio to vary
  for (rational const gamma : {rational(0), rational(1, 2), one}) {
    CHECK(same(weighted_importance_sampling, two_episodes(), gamma));
    CHECK(same(weighted_per_decision_importance_sampling, two_episodes(), gamma));
    CHECK(same(weighted_importance_sampling, cut, gamma));
    CHECK(same(weighted_per_decision_importance_sampling, cut, gamma));
  }
  CHECK(true_at_both_times([] {
    // w = 3/4, 9/25 with returns 3 and 1: both move the value by (3/4 9/25 2 / (3/4 + 9/25)) / ((3/4 + 9/25) / 2).
    rational const moves(rational(27, 50) / rational(111, 100) / rational(111, 200));
    return weighted_importance_sampling(two_episodes(), one).squared_deviations == rational(2) * moves * moves;
  }));
}

TEST_CASE("what a cut off episode is worth counts as a reward after its last step") {
  CHECK(true_at_both_times([] {
    auto const batch = cut_episodes();
    rational const gamma(1, 2);
    auto longer = std::vector<logged_episode<numbers, numbers>>{};
    for (auto const& e : batch) {
      longer.push_back({e.rewards, e.ratios});
      longer.back().rewards.push_back(e.ending.value);
      longer.back().ratios.push_back(one);
    }
    auto const same = [&](auto const& estimate) {
      auto const cut = estimate(batch, gamma);
      auto const whole = estimate(longer, gamma);
      return cut.value == whole.value && cut.squared_deviations == whole.squared_deviations;
    };
    return same(importance_sampling) && same(per_decision_importance_sampling) && same(weighted_importance_sampling) &&
           same(weighted_per_decision_importance_sampling);
  }));
}

TEST_CASE("an episode without steps is worth what comes after it") {
  CHECK(true_at_both_times([] {
    numbers none{};  // not const: g++ 12 takes a constant expression for one that writes to it
    modelled_episode ended{none, none, none, none};
    modelled_episode cut{none, none, none, none, truncated{rational(7)}};
    return importance_sampling(ended, one) == rational(0) && importance_sampling(cut, one) == rational(7) &&
           doubly_robust(cut, rational(1, 2)) == rational(7) && direct_method(cut) == rational(7) &&
           direct_method(ended) == rational(0);
  }));
}

TEST_CASE("estimates are of the wider of the types, and episodes any that have the members") {
  struct mine {
    std::vector<int> rewards;
    std::span<float const> ratios;
    terminated ending;
  };
  std::array const ratios{0.5f, 2.0f};
  mine const e{{1, 3}, ratios, {}};
  STATIC_REQUIRE(std::same_as<decltype(importance_sampling(e, 1.0)), double>);
  CHECK(importance_sampling(e, 1.0) == 4.0);
  CHECK(per_decision_importance_sampling(e, 1.0) == 3.5);
  logged_episode const single{std::array{1.0f}, std::array{0.5f}};
  STATIC_REQUIRE(std::same_as<decltype(importance_sampling(single, 0.5)), float>);
  logged_episode const dual{std::array{1.0}, std::array{bellman::dual<double>(0.5)}};
  STATIC_REQUIRE(std::same_as<decltype(importance_sampling(dual, 0.5)), bellman::dual<double>>);
  auto const lazily = std::views::iota(1, 4) | std::views::transform([](int i) {
                        return logged_episode{std::array{static_cast<double>(i)}, std::array{1.0}};
                      });
  CHECK(importance_sampling(lazily, 1.0).value == 2.0);
}

TEST_CASE("a ratio below zero is refused with its step, and so is one that is not finite") {
  CHECK(bellman::test::message_of([] {
          return importance_sampling(logged_episode{std::array{1.0, 1.0}, std::array{1.0, -0.5}}, 1.0);
        }) == "bellman: ratio 1 is -0.5; it must be 0 or above, and finite");
  for (double ratio : {-0.1, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    modelled_episode const e{std::array{1.0}, std::array{ratio}, std::array{0.0}, std::array{0.0}};
    CHECK_THROWS_AS(importance_sampling(e, 1.0), invalid_value);
    CHECK_THROWS_AS(per_decision_importance_sampling(e, 1.0), invalid_value);
    CHECK_THROWS_AS(doubly_robust(e, 1.0), invalid_value);
    CHECK_THROWS_AS(weighted_importance_sampling(std::array{e}, 1.0), invalid_value);
    CHECK_THROWS_AS(weighted_per_decision_importance_sampling(std::array{e}, 1.0), invalid_value);
  }
}

TEST_CASE("lengths that differ and discounts outside of 0 to 1 are refused") {
  logged_episode const short_of_ratios{std::vector{1.0, 2.0}, std::vector{1.0}};
  CHECK(bellman::test::message_of([&] { return importance_sampling(short_of_ratios, 1.0); }) ==
        "bellman: 1 ratios and 2 rewards; there must be one for each reward");
  CHECK_THROWS_AS(per_decision_importance_sampling(short_of_ratios, 1.0), invalid_value);
  CHECK_THROWS_AS(weighted_per_decision_importance_sampling(std::array{short_of_ratios}, 1.0), invalid_value);
  CHECK_THROWS_AS(weighted_importance_sampling(std::array{short_of_ratios}, 1.0), invalid_value);
  modelled_episode const short_of_values{std::vector{1.0}, std::vector{1.0}, std::vector{1.0}, std::vector<double>{}};
  CHECK_THROWS_AS(doubly_robust(short_of_values, 1.0), invalid_value);
  CHECK_THROWS_AS(direct_method(short_of_values), invalid_value);
  modelled_episode const short_of_q{std::vector{1.0}, std::vector{1.0}, std::vector<double>{}, std::vector{1.0}};
  CHECK_THROWS_AS(doubly_robust(short_of_q, 1.0), invalid_value);
  for (double gamma : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    modelled_episode const e{std::array{1.0}, std::array{1.0}, std::array{0.0}, std::array{0.0}};
    CHECK_THROWS_AS(importance_sampling(e, gamma), invalid_value);
    CHECK_THROWS_AS(per_decision_importance_sampling(e, gamma), invalid_value);
    CHECK_THROWS_AS(doubly_robust(e, gamma), invalid_value);
    CHECK_THROWS_AS(weighted_importance_sampling(std::array{e}, gamma), invalid_value);
    CHECK_THROWS_AS(weighted_per_decision_importance_sampling(std::array{e}, gamma), invalid_value);
  }
}

TEST_CASE("of a batch the episode is named, and the step") {
  using row = std::vector<double>;
  using episode = modelled_episode<row, row, row, row>;
  std::vector<episode> const good(3, episode{{1, 1}, {1, 1}, {0, 0}, {0, 0}, {}});
  auto const all_say = [](auto const& batch, std::string const& expected) {
    CHECK(bellman::test::message_of([&] { return importance_sampling(batch, 1.0); }) == expected);
    CHECK(bellman::test::message_of([&] { return per_decision_importance_sampling(batch, 1.0); }) == expected);
    CHECK(bellman::test::message_of([&] { return doubly_robust(batch, 1.0); }) == expected);
    CHECK(bellman::test::message_of([&] { return weighted_importance_sampling(batch, 1.0); }) == expected);
    CHECK(bellman::test::message_of([&] { return weighted_per_decision_importance_sampling(batch, 1.0); }) == expected);
  };
  auto batch = good;
  batch[2].ratios[1] = -0.5;
  all_say(batch, "bellman: episode 2: ratio 1 is -0.5; it must be 0 or above, and finite");
  batch[2].ratios.pop_back();
  all_say(batch, "bellman: episode 2: 1 ratios and 2 rewards; there must be one for each reward");
  batch = good;
  batch[1].state_values.pop_back();
  CHECK(bellman::test::message_of([&] { return doubly_robust(batch, 1.0); }) ==
        "bellman: episode 1: 1 state values and 2 rewards; there must be one for each reward");
  CHECK(bellman::test::message_of([&] { return direct_method(batch); }) ==
        "bellman: episode 1: 1 state values and 2 rewards; there must be one for each reward");
  batch = good;
  batch[1].action_values.pop_back();
  CHECK(bellman::test::message_of([&] { return doubly_robust(batch, 1.0); }) ==
        "bellman: episode 1: 1 action values and 2 rewards; there must be one for each reward");
  batch = good;
  batch[2].ratios = {1e200, 1e200};
  CHECK(bellman::test::message_of([&] { return weighted_per_decision_importance_sampling(batch, 1.0); }) ==
        "bellman: episode 2: the product of the ratios up to step 1 is too large to be a number");
}

TEST_CASE("a batch without a weight is worth nothing, and cannot be normalised") {
  std::vector const batch{logged_episode{numbers{1, 1}, numbers{1, 0}}, logged_episode{numbers{2, 2}, numbers{0, 3}}};
  auto const e = importance_sampling(batch, one);
  CHECK(e.value == rational(0));
  CHECK(e.effective_sample_size == rational(0));
  CHECK_THROWS_AS(weighted_importance_sampling(batch, one), invalid_value);
  CHECK(bellman::test::message_of([&] { return weighted_per_decision_importance_sampling(batch, one); }) ==
        "bellman: up to step 1 the target policy would have done what no episode of the batch shows: every product of "
        "ratios is 0, and a weighted form divides by their sum");
}

TEST_CASE("a NaN among the rewards makes the estimate a NaN") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector const batch{logged_episode{std::array{1.0}, std::array{1.0}},
                          logged_episode{std::array{nan}, std::array{0.0}}};
  auto const is_nan = [](double x) { return x != x; };
  CHECK(is_nan(importance_sampling(batch, 1.0).value));
  CHECK(is_nan(per_decision_importance_sampling(batch, 1.0).value));
  CHECK(is_nan(weighted_importance_sampling(batch, 1.0).value));
  CHECK(is_nan(weighted_per_decision_importance_sampling(batch, 1.0).value));
}
