// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/computed.hpp>

#include <cstddef>
#include <ranges>
#include <type_traits>

#include "conventions/arrays/holds.hpp"
#include "support/catch.hpp"

namespace {

using bellman::conventions::computed;
using bellman::test::holds;

}  // namespace

TEST_CASE("a computed column is a view with random access") {
  auto const squares = computed(4, [](std::size_t t) { return static_cast<double>(t * t); });
  using column = decltype(squares);
  STATIC_REQUIRE(std::ranges::view<std::remove_const_t<column>>);
  STATIC_REQUIRE(std::ranges::random_access_range<column const>);
  STATIC_REQUIRE(std::ranges::common_range<column const>);
  CHECK(holds(squares, {0, 1, 4, 9}));
  CHECK(squares.begin()[3] == 9);
  CHECK(*(squares.end() - 2) == 4);
  CHECK(holds(squares | std::views::reverse, {9, 4, 1, 0}));
  auto copy = squares;
  copy = squares;
  CHECK(holds(copy, {0, 1, 4, 9}));
}
