// SPDX-License-Identifier: BSL-1.0

// Numbers, states and actions of a namespace that has functions with all names of the library: none of them is called.
#include "strangers/names.hpp"

#include <bellman/bellman.hpp>

#include <cmath>

#include "strangers/calls.hpp"
#include "support/catch.hpp"

namespace stranger {

struct amount {
  double x = 0;
  constexpr amount() = default;
  constexpr amount(int n) : x(n) {}
  static constexpr amount of(double d) {
    amount result;
    result.x = d;
    return result;
  }
  friend constexpr amount operator+(amount a, amount c) { return of(a.x + c.x); }
  friend constexpr amount operator-(amount a, amount c) { return of(a.x - c.x); }
  friend constexpr amount operator-(amount a) { return of(-a.x); }
  friend constexpr amount operator*(amount a, amount c) { return of(a.x * c.x); }
  friend constexpr amount operator/(amount a, amount c) { return of(a.x / c.x); }
  friend constexpr bool operator==(amount a, amount c) { return a.x == c.x; }
  friend constexpr bool operator<(amount a, amount c) { return a.x < c.x; }
  friend amount sqrt(amount a) { return of(std::sqrt(a.x)); }
  friend amount exp(amount a) { return of(std::exp(a.x)); }
  friend amount log(amount a) { return of(std::log(a.x)); }
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
constexpr bool is_zero(amount a, double tolerance = 1e9) { return a.x < tolerance; }
constexpr bool is_finite(amount) { return false; }
constexpr amount sum(amount, amount) { return 7; }
constexpr amount product(amount, amount) { return 7; }
constexpr amount maximum(amount, amount) { return 7; }
constexpr amount magnitude(amount) { return 7; }
constexpr amount clamp(amount, amount, amount) { return 7; }
constexpr amount at_most(amount, amount) { return 7; }
constexpr amount select(bool, amount, amount) { return 7; }
constexpr amount primal(amount) { return 7; }
constexpr double to_double(amount) { return 7; }
constexpr bool is_not_negative(amount) { return false; }
constexpr bool is_in_the_unit_interval(amount) { return false; }
constexpr bool terminal(room) { return true; }

}  // namespace stranger

TEST_CASE("no call is answered by a function of a stranger's namespace") {
  auto const is = [](char const* what, stranger::amount expected, stranger::amount got) {
    INFO(what);
    CHECK(std::abs(expected.x - got.x) < 1e-12);
  };
  calls::all<stranger::amount, stranger::room, stranger::act>(is);
  calls::all_of_real_numbers<stranger::amount>(is);
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
