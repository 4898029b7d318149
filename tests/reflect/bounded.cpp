// SPDX-License-Identifier: BSL-1.0
#include <bellman/reflect/bounded.hpp>

#include <bellman/decision/state.hpp>
#include <bellman/error.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/planning/state_index.hpp>

#include <climits>
#include <compare>
#include <concepts>
#include <cstdint>
#include <string>
#include <type_traits>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace test_bounded {

using bellman::reflect::bounded;
using bellman::test::true_at_both_times;

using die = bounded<1, 6>;

template <die Face>
inline constexpr int face = Face;

// What is thrown where x is made from y, or nothing.
template <class X, class Y>
std::string refusal(Y y) {
  try {
    X const x = y;
    return "made: " + std::to_string(int(x));
  } catch (bellman::invalid_value const& e) {
    return e.what();
  }
}

}  // namespace test_bounded

TEST_CASE("a bounded integer is an int where one is asked for") {
  using namespace test_bounded;
  CHECK(true_at_both_times([] {
    die d = 3;
    d = d + 2;
    int const twice = 2 * d;
    return twice == 10 && d == 5 && 5 == d && d != 4 && d < 6 && die() == 1 && d == die(5) && d <=> 4 > 0 &&
           d == bounded<0, 9>(5);
  }));
  STATIC_REQUIRE(std::convertible_to<die, int>);
  STATIC_REQUIRE(std::three_way_comparable<die, std::strong_ordering>);
  STATIC_REQUIRE(bellman::state<die>);
  STATIC_REQUIRE(std::totally_ordered<die>);
}

TEST_CASE("a bounded integer can be an argument of a template") {
  STATIC_REQUIRE(test_bounded::face<4> == 4);
  STATIC_REQUIRE(std::is_trivially_copyable_v<test_bounded::die>);
}

TEST_CASE("a bounded integer takes as few bytes as hold it") {
  using namespace test_bounded;
  STATIC_REQUIRE(std::same_as<bounded<0, 255>::value_type, std::uint8_t>);
  STATIC_REQUIRE(std::same_as<bounded<-1, 127>::value_type, std::int8_t>);
  STATIC_REQUIRE(std::same_as<bounded<-128, 0>::value_type, std::int8_t>);
  STATIC_REQUIRE(std::same_as<bounded<0, 256>::value_type, std::uint16_t>);
  STATIC_REQUIRE(std::same_as<bounded<-1, 128>::value_type, std::int16_t>);
  STATIC_REQUIRE(std::same_as<bounded<0, 65536>::value_type, std::int32_t>);
  STATIC_REQUIRE(sizeof(bounded<INT_MIN, INT_MAX>) == 4);
  STATIC_REQUIRE(sizeof(die[6]) == 6);
}

TEST_CASE("a bounded integer is made of integers within its bounds alone") {
  using namespace test_bounded;
  CHECK(refusal<die>(0) == "bellman: a bounded integer cannot be 0; it must lie in [1, 6]");
  CHECK(refusal<die>(7) == "bellman: a bounded integer cannot be 7; it must lie in [1, 6]");
  CHECK(refusal<die>(-4000000000LL) == "bellman: a bounded integer cannot be -4000000000; it must lie in [1, 6]");
  CHECK(refusal<die>(4294967296ULL + 3) == "bellman: a bounded integer cannot be 4294967299; it must lie in [1, 6]");
  CHECK(refusal<die>(3U) == "made: 3");
  CHECK(refusal<die>(0U) == "bellman: a bounded integer cannot be 0; it must lie in [1, 6]");
  CHECK(refusal<bounded<-5, -2>>(3U) == "bellman: a bounded integer cannot be 3; it must lie in [-5, -2]");
  CHECK(refusal<bounded<-5, -2>>(-5) == "made: -5");
  CHECK(refusal<die>(bounded<0, 9>(6)) == "made: 6");
  CHECK(refusal<die>(bounded<0, 9>(7)) == "bellman: a bounded integer cannot be 7; it must lie in [1, 6]");
  CHECK(refusal<bounded<INT_MIN, INT_MAX>>(INT_MIN) == "made: -2147483648");
  CHECK(refusal<bounded<0, 200>>(static_cast<unsigned char>(200)) == "made: 200");
  STATIC_REQUIRE_FALSE(std::convertible_to<double, die>);
  STATIC_REQUIRE_FALSE(std::constructible_from<die, double>);
  STATIC_REQUIRE_FALSE(std::constructible_from<die, char const*>);
}

TEST_CASE("a bounded integer is found in a table and printed in messages") {
  using namespace test_bounded;
  using large = bounded<-100000, 100000>;
  CHECK(bellman::internal::describe(die(4)) == "4");
  CHECK(bellman::internal::describe(large(-70000)) == "-70000");
  CHECK(true_at_both_times([] {
    bellman::state_index<large> index;
    for (int i = 0; i < 50; ++i) {
      if (index.insert(large(77 * i - 1900)) != static_cast<bellman::index_t>(i)) return false;
    }
    return index.find(77 * 31 - 1900) == 31 && index.find(5) == bellman::no_index;
  }));
}
