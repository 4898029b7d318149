// SPDX-License-Identifier: BSL-1.0
#include <bellman/affine/column.hpp>

#include <bellman/affine/one_step.hpp>

#include <array>

#include "support/catch.hpp"

TEST_CASE("a column is read from its first number on, a constant one is the same everywhere") {
  std::array const numbers{1.0, 2.0, 4.0};
  bellman::column const column{numbers.begin()};
  bellman::constant_column const constant{0.5};
  CHECK(bellman::one_step<double>(2).read(column) == 4.0);
  CHECK(bellman::one_step<double>(2).read(constant) == 0.5);
}
