// SPDX-License-Identifier: BSL-1.0
#include <bellman/experience/batch_policy.hpp>

#include <bellman/experience/autoreset.hpp>
#include <bellman/experience/vectorised_environment.hpp>
#include <bellman/probability/softmax.hpp>

#include <array>
#include <cstddef>
#include <random>
#include <ranges>
#include <span>
#include <vector>

#include "experience/walk.hpp"
#include "support/catch.hpp"
#include "support/refusals.hpp"

namespace batch_policy_test {

using bellman::batch_policy;

auto const in_a_vector = [](std::span<int const> states) { return std::vector<int>(states.size(), 1); };
auto const computed = [](std::span<int const> states) {
  return states | std::views::transform([](int s) { return s < 3 ? -1 : 1; });
};
auto const distributions = [](std::span<int const> states) {
  return states | std::views::transform([](int s) {
           return bellman::softmax(std::array{-1, 1}, std::array{0.0, 0.5 * s});
         });
};

template <class Policy>
concept acts = requires(bellman::vectorised_environment<experience::walk, bellman::same_step_autoreset> together,
                        Policy policy, std::mt19937 urbg) {
  together.record(1, policy, urbg);
};

TEST_CASE("answers may lie in a container or be computed where they are read, and be actions or distributions") {
  std::mt19937 urbg(1);
  auto together = bellman::vectorised(experience::walk{}, 4, bellman::same_step_autoreset{}, urbg);
  auto const ahead = together.record(5, batch_policy{in_a_vector}, urbg);
  for (int const a : ahead.actions().step(4)) CHECK(a == 1);
  auto const outwards = together.record(5, batch_policy{computed}, urbg);
  for (std::size_t const place : outwards.transitions()) {
    CHECK(outwards.action(place) == (outwards.state(place) < 3 ? -1 : 1));
  }
  CHECK(together.record(5, batch_policy{distributions}, urbg).shape().steps == 5);
}

TEST_CASE("what answers otherwise is no policy of the copies") {
  STATIC_REQUIRE(acts<batch_policy<decltype(computed)>>);
  STATIC_REQUIRE(acts<decltype(experience::either_way)>);
  STATIC_REQUIRE_FALSE(acts<int>);
  STATIC_REQUIRE_FALSE(acts<bellman::test::word>);
  STATIC_REQUIRE_FALSE(acts<batch_policy<int (*)(int)>>);
  STATIC_REQUIRE_FALSE(acts<batch_policy<int (*)(std::span<int const>)>>);
  STATIC_REQUIRE_FALSE(acts<batch_policy<std::vector<double> (*)(std::span<int const>)>>);
  STATIC_REQUIRE_FALSE(acts<decltype(in_a_vector)>);
}

}  // namespace batch_policy_test
