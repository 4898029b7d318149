// SPDX-License-Identifier: BSL-1.0
// refused: batches_of_tokens_are_ranges_that_are_walked_twice_of_rows_of_numbers

#include <bellman/loss/mean_loss.hpp>
#include <bellman/loss/value_loss.hpp>

#include <array>

using row = std::array<double, 2>;
#ifdef CONTROL
using batch = std::array<row, 1>;
#else
using batch = row;
#endif

constexpr double loss_of(batch const& values) {
  std::array<row, 1> gradients{};
  return bellman::mean_loss(bellman::squared_error, bellman::token_mean{}, gradients, values, values).value();
}
constexpr double loss = loss_of({});
