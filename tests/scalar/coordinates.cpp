// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/coordinates.hpp>

#include <bellman/scalar/dual.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <limits>
#include <stdexcept>
#include <type_traits>

#include <boost/rational.hpp>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::coordinates;
using bellman::dual;
using bellman::test::true_at_both_times;
using rational = boost::rational<long long>;

template <class F, class V>
constexpr bool obeys_the_axioms_of_a_vector_space(std::array<F, 3> const& scalars, std::array<V, 3> const& vectors) {
  for (V const& v : vectors) {
    if (!(v + V{} == v) || !(v - v == V{}) || !(v + (-v) == V{}) || !(F(1) * v == v)) return false;
    for (V const& w : vectors) {
      if (!(v + w == w + v) || !(v - w == v + (-w))) return false;
      for (V const& u : vectors) {
        if (!((v + w) + u == v + (w + u))) return false;
      }
      for (F const& f : scalars) {
        if (!(f * (v + w) == f * v + f * w)) return false;
      }
    }
    for (F const& f : scalars) {
      if (!(f * v == v * f) || !((f * v) / f == v)) return false;
      for (F const& g : scalars) {
        if (!((f * g) * v == f * (g * v)) || !((f + g) * v == f * v + g * v)) return false;
      }
    }
  }
  return true;
}

}  // namespace

TEST_CASE("coordinates are a vector space over the scalars of their components") {
  STATIC_REQUIRE(bellman::vector_space_over<coordinates<double, 2>, double>);
  STATIC_REQUIRE(bellman::vector_space_over<coordinates<rational, 3>>);
  STATIC_REQUIRE(bellman::vector_space_over<coordinates<dual<rational>, 2>, dual<rational>>);
  STATIC_REQUIRE(bellman::vector_space_over<coordinates<coordinates<double, 2>, 3>, double>);
  STATIC_REQUIRE(std::same_as<bellman::scalar_t<coordinates<rational, 3>>, rational>);
  STATIC_REQUIRE(std::same_as<bellman::scalar_t<coordinates<coordinates<float, 2>, 3>>, float>);
}

TEST_CASE("coordinates are no field and have no order") {
  STATIC_REQUIRE(!bellman::field<coordinates<double, 2>>);
  STATIC_REQUIRE(!bellman::ordered_field<coordinates<double, 1>>);
  STATIC_REQUIRE(!bellman::vector_space_over<coordinates<double, 2>, coordinates<double, 2>>);
}

TEST_CASE("coordinates obey the axioms of a vector space") {
  CHECK(true_at_both_times([] {
    using v = coordinates<rational, 3>;
    return obeys_the_axioms_of_a_vector_space(
        std::array{rational(2, 3), rational(-1), rational(5, 7)},
        std::array{v{1, rational(1, 2), -3}, v{0, 0, rational(2, 9)}, v{rational(-7, 3), 4, 1}});
  }));
  CHECK(true_at_both_times([] {
    using w = coordinates<rational, 2>;
    using v = coordinates<w, 2>;
    return obeys_the_axioms_of_a_vector_space(
        std::array{rational(2, 3), rational(-1), rational(5, 7)},
        std::array{v{w{1, 2}, w{3, 4}}, v{w{0, rational(1, 3)}, w{}}, v{w{-1, 5}, w{rational(1, 2), 0}}});
  }));
}

TEST_CASE("coordinates are written as a list, and are zero by default") {
  STATIC_REQUIRE(std::same_as<decltype(coordinates{1.0, 2.0}), coordinates<double, 2>>);
  STATIC_REQUIRE(std::same_as<decltype(coordinates{1.0f}), coordinates<float, 1>>);
  STATIC_REQUIRE(std::is_aggregate_v<coordinates<double, 2>>);
  STATIC_REQUIRE(std::is_trivially_copyable_v<coordinates<double, 2>>);
  CHECK(true_at_both_times([] {
    return coordinates<double, 2>{} == coordinates{0.0, 0.0} &&
           coordinates<rational, 2>{} == coordinates{rational(0), rational(0)} &&
           coordinates<rational, 2>{1, 2} == coordinates{rational(1), rational(2)} &&
           coordinates{1.0, 2.0} != coordinates{1.0, 3.0};
  }));
}

TEST_CASE("coordinates are read and written like an array") {
  CHECK(true_at_both_times([] {
    coordinates v{3.0, 1.0, 2.0};
    v[1] = 7.0;
    for (double& x : v) x += 1.0;
    auto const [x, y, z] = v;
    return v.size() == 3 && x == 4.0 && y == 8.0 && z == 3.0 && v[2] == 3.0 && std::ranges::max(v) == 8.0 &&
           v.get<0>() == 4.0;
  }));
}

TEST_CASE("an operation on coordinates is that of every component") {
  CHECK(true_at_both_times([] {
    coordinates const v{1.0, -2.0};
    coordinates const w{0.5, 4.0};
    coordinates u = v;
    u += w;
    u *= 2;
    u -= coordinates{1.0, 1.0};
    u /= 4;
    return v + w == coordinates{1.5, 2.0} && v - w == coordinates{0.5, -6.0} && -v == coordinates{-1.0, 2.0} &&
           +v == v && 2 * v == coordinates{2.0, -4.0} && v * 0.5 == coordinates{0.5, -1.0} &&
           w / 2 == coordinates{0.25, 2.0} && u == coordinates{0.5, 0.75};
  }));
}

TEST_CASE("a scalar of another type converts to the scalars of the components") {
  CHECK(true_at_both_times([] {
    auto const x = dual<double>::variable(2.0);
    coordinates const v{x, dual<double>(1.0)};
    auto const scaled = 0.5 * v;
    auto const moved = x * v;
    return scaled[0].value == 1.0 && scaled[0].derivative[0] == 0.5 && moved[0].derivative[0] == 4.0 &&
           moved[1].derivative[0] == 1.0;
  }));
}

TEST_CASE("overflow of an exact component is an error") {
  coordinates const v{rational(1), rational(std::numeric_limits<long long>::max())};
  CHECK_THROWS_AS(v + v, std::overflow_error);
  CHECK_THROWS_AS(v - (-v), std::overflow_error);
  CHECK_THROWS_AS(2 * v, std::overflow_error);
  CHECK_THROWS_AS(v / rational(1, 2), std::overflow_error);
}

TEST_CASE("coordinates are exact when their components are") {
  STATIC_REQUIRE(bellman::is_exact_v<coordinates<rational, 2>>);
  STATIC_REQUIRE(!bellman::is_exact_v<coordinates<double, 2>>);
}

TEST_CASE("coordinates as text show every component") {
  CHECK(bellman::internal::describe(coordinates{rational(1, 2), rational(3)}) == "(1/2, 3/1)");
}
