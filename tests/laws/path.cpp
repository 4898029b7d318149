// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <cstddef>
#include <vector>

#include "laws/check_laws.hpp"
#include "laws/sample.hpp"
#include "models/path.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;

constexpr auto onwards = [](std::size_t) { return 0; };

constexpr auto walk = [] {
  models::path const env{std::array{rational(1, 2), rational(-3), rational(0), rational(7, 3), rational(1)}};
  std::vector<std::size_t> const all{0, 1, 2, 3, 4, 5};
  return laws::sample{env, onwards, all, all, all, rational(5, 6), 5};
};

constexpr auto undiscounted_walk = [] {
  auto all = walk();
  all.gamma = rational(1);
  return all;
};

}  // namespace

TEST_CASE("a path obeys the laws") { laws::check_laws<decltype(walk)>(); }

TEST_CASE("the value of a path is its return") {
  using bellman::test::true_at_both_times;
  CHECK(true_at_both_times([] { return laws::the_value_of_a_path_is_its_return(walk(), onwards); }));
  CHECK(true_at_both_times([] { return laws::the_value_of_a_path_is_its_return(undiscounted_walk(), onwards); }));
}
