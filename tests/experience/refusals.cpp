// SPDX-License-Identifier: BSL-1.0

#include <bellman/decision/rollout.hpp>
#include <bellman/experience/autoreset.hpp>
#include <bellman/experience/minibatches.hpp>
#include <bellman/experience/reward_scaling.hpp>
#include <bellman/experience/vectorised_environment.hpp>

#include <cstddef>
#include <functional>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include "experience/walk.hpp"
#include "models/two_state_cycle.hpp"
#include "support/catch.hpp"
#include "support/refusals.hpp"

namespace experience_refusals {

using bellman::test::arguments;
using bellman::test::except;
using bellman::test::word;
using bellman::test::wrong_answers;
using experience::walk;
using random = std::mt19937&;

TEST_CASE("copies are of an environment with a start, so many, with an autoreset and a generator") {
  CHECK(wrong_answers<bellman::vectorised>(arguments<walk, int, bellman::next_step_autoreset, random>{},
                                           except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::vectorised>(
            arguments<walk, long, bellman::same_step_autoreset, random, bellman::step_limit>{}, except<1, int>{}) ==
        "");
  using vectorised = decltype(bellman::vectorised);
  using cycle = models::two_state_cycle<double>;  // it has no start
  STATIC_REQUIRE_FALSE(std::is_invocable_v<vectorised, cycle, int, bellman::next_step_autoreset, random>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<vectorised, walk, double, bellman::next_step_autoreset, random>);
  STATIC_REQUIRE(
      std::is_invocable_v<vectorised, std::reference_wrapper<walk const>, int, bellman::next_step_autoreset, random>);
}

TEST_CASE("minibatches are of places, so many each, with a generator") {
  CHECK(wrong_answers<bellman::minibatches>(arguments<int, int, random>{}, except<0, int>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::minibatches>(arguments<std::vector<std::size_t>, int, random>{}, except<0, int>{},
                                            except<1, int>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::minibatches), int, double, random>);
}

template <class Rewards, class Steps>
concept scales = requires(bellman::reward_scaling<double> scaling, Rewards rewards, Steps steps) {
  scaling(rewards, steps);
};

TEST_CASE("rewards that are scaled lie in rows of steps, with what each step is") {
  using rows = bellman::time_major_view<double const*>;
  using flags = bellman::recorded_steps<bellman::time_major_view<int const*>>;
  STATIC_REQUIRE(scales<rows, flags>);
  STATIC_REQUIRE_FALSE(scales<std::vector<double>, flags>);
  STATIC_REQUIRE_FALSE(scales<bellman::batch_major_view<double const*>, flags>);
  STATIC_REQUIRE_FALSE(scales<int, flags>);
  STATIC_REQUIRE_FALSE(scales<bellman::time_major_view<word const*>, flags>);
  STATIC_REQUIRE_FALSE(scales<rows, int>);
  STATIC_REQUIRE_FALSE(scales<rows, bellman::terminated>);
}

}  // namespace experience_refusals
