// SPDX-License-Identifier: BSL-1.0
#include <bellman/reflect/number_of_values.hpp>

#include <array>
#include <cstddef>
#include <string_view>

#include "support/catch.hpp"

namespace test_number_of_values {

enum class unknown { none };
enum class counted { a, b, c };
enum class named { x, y };

}  // namespace test_number_of_values

template <>
inline constexpr std::size_t bellman::reflect::number_of_values_v<test_number_of_values::counted> = 3;
template <>
inline constexpr auto bellman::reflect::names_of_values_v<test_number_of_values::named> = std::array{"x", "y"};

TEST_CASE("an enumeration has as many values as it says or has names for") {
  using namespace test_number_of_values;
  using bellman::reflect::names_of_values_v;
  using bellman::reflect::number_of_values_v;
  STATIC_REQUIRE(number_of_values_v<unknown> == 0);
  STATIC_REQUIRE(number_of_values_v<counted> == 3);
  STATIC_REQUIRE(number_of_values_v<named> == 2);
  STATIC_REQUIRE(names_of_values_v<counted>.empty());
  STATIC_REQUIRE(std::string_view(names_of_values_v<named>[1]) == "y");
}
