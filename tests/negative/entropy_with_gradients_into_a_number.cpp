// SPDX-License-Identifier: BSL-1.0
// refused: gradients_are_a_range_that_numbers_can_be_written_to

#include <bellman/probability/entropy.hpp>

#include <array>

#ifdef CONTROL
using memory = std::array<double, 2>;
#else
using memory = double;
#endif

constexpr double entropy_of() {
  memory gradients{};
  return bellman::entropy(std::array{0.0, 0.0}, gradients);
}
constexpr double entropy = entropy_of();
