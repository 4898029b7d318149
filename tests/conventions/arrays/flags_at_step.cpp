// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/flags_at_step.hpp>

#include <bellman/conventions/arrays/flags_at_next_step.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/returns_to_go.hpp>

#include <vector>

#include "conventions/unread.hpp"
#include "support/catch.hpp"

namespace {

using bellman::invalid_value;
using bellman::returns_to_go;
using bellman::conventions::flags_at_next_step;
using bellman::conventions::flags_at_step;
using bellman::test::unread;

}  // namespace

TEST_CASE("flags at the step and at the next step say the same") {
  std::vector<double> const rewards{1, 2, 4, 8};
  std::vector<double> const next{10, 20, 30, 40};
  std::vector<bool> const ends{false, true, false, false};
  std::vector<bool> const starts{true, false, true, false};
  auto const at_step = returns_to_go(rewards, flags_at_step(ends, ends, next), 0.5);
  auto const at_next = returns_to_go(rewards, flags_at_next_step(starts, false, 40), 0.5);
  CHECK(at_step == std::vector<double>{2, 2, 18, 28});
  CHECK(at_next == at_step);
}

TEST_CASE("flags at the step tell a time limit from a termination") {
  std::vector<double> const rewards{1, 2, 4};
  std::vector<double> const next{unread, 20, unread};
  std::vector<int> const done{0, 1, 1};
  std::vector<int> const ends{0, 0, 1};
  CHECK(returns_to_go(rewards, flags_at_step(done, ends, next), 0.5) == std::vector<double>{7, 12, 4});
}

TEST_CASE("flags at no step give no estimates") {
  std::vector<double> const none;
  CHECK(returns_to_go(none, flags_at_step(none, none, none), 0.5).empty());
}

TEST_CASE("flags and values of two lengths are refused") {
  std::vector<double> const two{1, 2};
  std::vector<double> const three{1, 2, 3};
  CHECK_THROWS_AS(flags_at_step(two, two, three), invalid_value);
}
