// SPDX-License-Identifier: BSL-1.0

// What one use of an estimator costs a compiler over including its header and having the data: BELLMAN_USE is 0 for no
// use, 1 for that of one episode, 2 for that of a recording of flags.
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/recorded_steps.hpp>

#include <span>
#include <vector>

float first_advantage(std::vector<float> const& rewards, std::vector<float> const& values,
                      std::vector<unsigned char> const& flags) {
  auto const ends = std::span(flags);
  auto const values_after = std::span(values);
#if BELLMAN_USE == 0
  return static_cast<float>(ends[0]) + values_after[0] + std::vector<float>(rewards)[0];
#elif BELLMAN_USE == 1
  return bellman::gae(rewards, values, bellman::terminated{}, {.gamma = 0.99, .lambda = 0.95}).advantages[ends[0]] +
         values_after[0];
#else
  bellman::recorded_steps const steps{.terminated = ends, .truncated = ends, .value_after = values_after, .own = ends};
  return bellman::gae(rewards, values, steps, {.gamma = 0.99, .lambda = 0.95}).advantages[0];
#endif
}
