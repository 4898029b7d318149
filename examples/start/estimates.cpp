// SPDX-License-Identifier: BSL-1.0
// The README's second block, and what comes of it.

// clang-format off
// [block]
#include <bellman/bellman.hpp>
#include <array>
#include <span>
#include <vector>

namespace b = bellman;

// Two episodes in one recording: a tool wrote the second step, a time limit cut the first episode off, where the next
// state was worth 10.
std::vector<float> const rewards{1, 0, 2, 4};
std::vector<float> const values{0.5, 9, 1, 2};
std::vector<b::step<float>> const steps{b::continues{}, b::skipped{}, b::truncated{10.0f}, b::terminated{}};
auto const [advantages, returns] = b::gae(rewards, values, steps, {.gamma = 0.9, .lambda = 0.8});

// The same from the flags and masks of a training code, as they stand in memory; written where the caller says.
std::vector<unsigned char> const ends{0, 0, 0, 1}, cuts{0, 0, 1, 0}, mask{1, 0, 1, 1};
std::vector<float> const after{0, 0, 10, 0};
std::vector<float> a(4), g(4);
auto const ends_of = b::gae(rewards, values,
                            b::recorded_steps{.terminated = std::span(ends),
                                              .truncated = std::span(cuts),
                                              .value_after = std::span(after),
                                              .own = std::span(mask)},
                            {.gamma = 0.9, .lambda = 0.8}, a.begin(), g.begin());

// A group of answers to one prompt; were they all right or all wrong, each would get exactly 0.
constexpr auto of_group = b::rloo(std::array{1.0, 0.0, 0.0, 1.0});
static_assert(of_group == std::array{2 / 3.0, -2 / 3.0, -2 / 3.0, 2 / 3.0});
// [block]
// clang-format on

int main() {
  // Of the step that was cut off, 2 + 0.9 * 10 - 1; before it, through the tool's step,
  // 1 + 0.9 * 1 - 0.5 + 0.9 * 0.8 * 10.
  bool const right = advantages[2] == 10 && advantages[3] == 2 && advantages[1] == 0 && advantages[0] > 8.599f &&
                     advantages[0] < 8.601f && returns[3] == 4;
  return right && a == advantages && g == returns && ends_of.advantages == a.end() ? 0 : 1;
}
