// SPDX-License-Identifier: BSL-1.0
#include <bellman/affine/one_step.hpp>

#include <bellman/affine/affine.hpp>

#include <array>
#include <limits>

#include "support/catch.hpp"

using bellman::column;
using bellman::one_step;

namespace {

constexpr std::array numbers{1, 0, 4};

}  // namespace

TEST_CASE("a step reads numbers in the type of the values, and flags") {
  one_step<double> const here(2);
  column const c{numbers.begin()};
  CHECK(here.first() == 2);
  CHECK(here.read(c) == 4.0);
  CHECK(here.read_scalar(c) == 4.0);
  CHECK(here.flags(c));
  CHECK(!one_step<double>(1).flags(c));
  CHECK(here.flags_where(c, [](int x) { return x == 4; }));
  CHECK(here.read_as(c, [](int x) { return x * 2; }) == 8.0);
}

TEST_CASE("where nothing is to be read, the number is 0") {
  column const c{numbers.begin()};
  CHECK(one_step<double>(2).read_unless(true, c) == 0.0);
  CHECK(one_step<double>(2).read_unless(false, c) == 4.0);
  CHECK(one_step<double>(2).read_scalar_unless(true, c) == 0.0);
}

TEST_CASE("a scan makes of what comes after a step what comes before it, and knows both") {
  double carry = 4;
  auto const x = one_step<double>(0).scan(carry, bellman::affine{1.0, 0.5});
  CHECK(x.before == 3.0);
  CHECK(x.after == 4.0);
  CHECK(carry == 3.0);
}

TEST_CASE("a slope of zero hides what comes after") {
  double carry = std::numeric_limits<double>::quiet_NaN();
  CHECK(one_step<double>(0).scan(carry, bellman::affine{1.0, 0.0}).before == 1.0);
  CHECK(carry == 1.0);
}

TEST_CASE("what is written stands at the step, in the type of the output") {
  std::array<float, 3> out{};
  one_step<double>(1).write(column{out.begin()}, 2.5);
  CHECK(out == std::array{0.0f, 2.5f, 0.0f});
}
