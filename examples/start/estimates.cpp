// SPDX-License-Identifier: BSL-1.0
// The README's second block, and what comes of it.

// clang-format off
// [block]
#include <bellman/bellman.hpp>
#include <array>
#include <span>
#include <vector>

namespace b = bellman;

// A recording as a training code keeps it, [T][N]: a row for each step of N environments. The first environment was
// reset after its first step, where a time limit cut the episode off in a state worth 10; the second ended there.
constexpr std::size_t T = 2, N = 2;
std::vector<float> const rewards{1, 1, 2, 2}, values{0.5, 0.5, 1, 1}, next_values{3, 3};
std::vector<unsigned char> const ends{0, 1, 0, 0}, cuts{1, 0, 0, 0};
std::vector<float> const values_at_cuts{10, 0, 0, 0};
std::vector<float> advantages(T * N), returns(T * N);
auto const written = b::gae(b::time_major(rewards, N), b::time_major(values, N),
                            b::recorded_steps{.terminated = b::time_major(ends, N),
                                              .truncated = b::time_major(cuts, N),
                                              .value_after = b::time_major(values_at_cuts, N),
                                              .value_after_last = std::span(next_values)},
                            {.gamma = 0.9, .lambda = 0.8}, b::time_major(advantages, N), b::time_major(returns, N));

// One sequence, step by step: a tool wrote the second token, and the answer ended with the third.
std::array const token_rewards{0.0, 0.0, 1.0};
std::array const steps{b::step<>(b::continues{}), b::step<>(b::skipped{}), b::step<>(b::terminated{})};
auto const of_tokens = b::returns_to_go(token_rewards, steps, 1);

// A group of answers to one prompt; were they all right or all wrong, each would get exactly 0.
constexpr auto of_group = b::rloo(std::array{1.0, 0.0, 0.0, 1.0});
static_assert(of_group == std::array{2 / 3.0, -2 / 3.0, -2 / 3.0, 2 / 3.0});
// [block]
// clang-format on

int main() {
  // Of the step that was cut off, 1 + 0.9 * 10; of the one that ended, 1; of the last, 2 + 0.9 * 3.
  auto const near_to = [](float x, float y) { return y - 1e-6f < x && x < y + 1e-6f; };
  bool const right = returns[0] == 10 && returns[1] == 1 && near_to(returns[2], 4.7f) && near_to(returns[3], 4.7f) &&
                     advantages[0] == 9.5f && advantages[1] == 0.5f && near_to(advantages[3], 3.7f);
  return right && written.returns.sequence(1)[0] == 1 && of_tokens == std::array{1.0, 0.0, 1.0} ? 0 : 1;
}
