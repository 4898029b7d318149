// SPDX-License-Identifier: BSL-1.0

// What one use of an estimator costs a compiler over including its header: of one episode, and with BELLMAN_STEPS of a
// recording of flags.
#include <bellman/estimation/gae.hpp>

#include <span>
#include <vector>

#if defined(BELLMAN_USE)
float first_advantage(std::vector<float> const& rewards, std::vector<float> const& values) {
  return bellman::gae(rewards, values, bellman::terminated{}, {.gamma = 0.99, .lambda = 0.95}).advantages[0];
}
#elif defined(BELLMAN_STEPS)
float first_advantage(std::vector<float> const& rewards, std::vector<float> const& values,
                      std::span<unsigned char const> ends, std::span<unsigned char const> cuts,
                      std::span<float const> values_after, std::span<unsigned char const> mask) {
  bellman::recorded_steps const steps{.terminated = ends, .truncated = cuts, .value_after = values_after, .own = mask};
  return bellman::gae(rewards, values, steps, {.gamma = 0.99, .lambda = 0.95}).advantages[0];
}
#endif
