// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/stable_baselines3/gae.hpp>

#include <array>

#include "conventions/one_trajectory.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace conventions = bellman::conventions;

using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("stable-baselines3 adds the value of the final observation to the reward, which comes to the same") {
  using namespace one_trajectory;
  CHECK(true_at_both_times([] {
    auto const stored = conventions::stable_baselines3::bootstrapped_rewards(rewards, cuts, next_values, p.gamma);
    auto const a = conventions::stable_baselines3::gae(stored, values, starts, true, rational(0), p);
    return stored.begin()[1] == rational(11) && stored.begin()[0] == rational(1) && a.advantages[0] == right[0] &&
           a.advantages[1] == right[1] && a.advantages[2] == right[2] && a.advantages[3] == right[3];
  }));
}

TEST_CASE("stable-baselines3 takes rewards that are integers for numbers") {
  std::array const paid{0, 1};
  std::array const at_limit{0, 1};
  std::array const worth{0.0, 1.5};
  auto const stored = conventions::stable_baselines3::bootstrapped_rewards(paid, at_limit, worth, 0.5);
  CHECK(stored.begin()[0] == 0.0);
  CHECK(stored.begin()[1] == 1.75);
}
