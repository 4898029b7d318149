// SPDX-License-Identifier: BSL-1.0

// Numbers, states and actions of a namespace that has functions with all names of the library: none of them is called.
#include "strangers/names.hpp"

#include <bellman/bellman.hpp>

#include <cmath>

#include "strangers/calls.hpp"
#include "support/catch.hpp"

namespace stranger {

struct number {
  double x = 0;
  constexpr number() = default;
  constexpr number(int n) : x(n) {}
  static constexpr number of(double d) {
    number result;
    result.x = d;
    return result;
  }
  friend constexpr number operator+(number a, number c) { return of(a.x + c.x); }
  friend constexpr number operator-(number a, number c) { return of(a.x - c.x); }
  friend constexpr number operator-(number a) { return of(-a.x); }
  friend constexpr number operator*(number a, number c) { return of(a.x * c.x); }
  friend constexpr number operator/(number a, number c) { return of(a.x / c.x); }
  friend constexpr bool operator==(number a, number c) { return a.x == c.x; }
  friend constexpr bool operator<(number a, number c) { return a.x < c.x; }
  friend number sqrt(number a) { return of(std::sqrt(a.x)); }
  friend number exp(number a) { return of(std::exp(a.x)); }
  friend number log(number a) { return of(std::log(a.x)); }
};
struct room {
  int i;
  friend constexpr bool operator==(room, room) = default;
};
struct act {
  bool go;
  friend constexpr bool operator==(act, act) = default;
};

// Functions that are likely, and a better match than any template.
constexpr bool is_zero(number a, double tolerance = 1e9) { return a.x < tolerance; }
constexpr bool is_finite(number) { return false; }
constexpr number sum(number, number) { return 7; }
constexpr number product(number, number) { return 7; }
constexpr number maximum(number, number) { return 7; }
constexpr number magnitude(number) { return 7; }
constexpr number clamp(number, number, number) { return 7; }
constexpr number at_most(number, number) { return 7; }
constexpr number select(bool, number, number) { return 7; }
constexpr number primal(number) { return 7; }
constexpr double to_double(number) { return 7; }
constexpr bool is_not_negative(number) { return false; }
constexpr bool is_in_the_unit_interval(number) { return false; }
constexpr bool terminal(room) { return true; }

}  // namespace stranger

TEST_CASE("no call is answered by a function of a stranger's namespace") {
  auto const is = [](char const* what, stranger::number expected, stranger::number got) {
    INFO(what);
    CHECK(std::abs(expected.x - got.x) < 1e-12);
  };
  calls::all<stranger::number, stranger::room, stranger::act>(is);
  calls::all_of_real_numbers<stranger::number>(is);
}

TEST_CASE("the calls are right for double as well") {
  enum class act : bool {};
  auto const is = [](char const* what, double expected, double got) {
    INFO(what);
    CHECK(std::abs(expected - got) < 1e-12);
  };
  calls::all<double, int, act>(is);
  calls::all_of_real_numbers<double>(is);
}
