// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/as_number.hpp>

#include <bellman/error.hpp>

#include <concepts>
#include <cstddef>
#include <limits>
#include <type_traits>

#include <boost/rational.hpp>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::as_number;
using bellman::test::true_at_both_times;
using rational = boost::rational<long long>;

struct made_of_int {
  int n;
  constexpr explicit made_of_int(std::same_as<int> auto i) : n(i) {}
};
// Takes a wider integer as well, and cuts it off.
struct narrowing {
  int n;
  constexpr narrowing(int i) : n(i) {}
};

}  // namespace

TEST_CASE("integers are computed in double, other numbers in their own type") {
  STATIC_REQUIRE(std::is_same_v<bellman::number_t<int>, double>);
  STATIC_REQUIRE(std::is_same_v<bellman::number_t<bool>, double>);
  STATIC_REQUIRE(std::is_same_v<bellman::number_t<float>, float>);
  STATIC_REQUIRE(std::is_same_v<bellman::number_t<rational>, rational>);
}

TEST_CASE("a count is a number of any field") {
  CHECK(true_at_both_times([] {
    return as_number<double>(std::size_t{3}) == 3.0 && as_number<rational>(std::size_t{3}) == rational(3) &&
           as_number<made_of_int>(std::size_t{3}).n == 3 && as_number<float>(0.5) == 0.5f;
  }));
  constexpr long long most = std::numeric_limits<long long>::max();
  CHECK(as_number<rational>(most) == rational(most));
}

TEST_CASE("a count that does not fit into the int that a number is made of is refused") {
  CHECK(as_number<narrowing>(std::size_t{2147483647}).n == 2147483647);
  CHECK_THROWS_AS(as_number<narrowing>(std::size_t{2147483648}), bellman::invalid_value);
  CHECK_THROWS_AS(as_number<made_of_int>(std::size_t{4294967299}), bellman::invalid_value);
}
