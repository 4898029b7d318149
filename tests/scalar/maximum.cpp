// SPDX-License-Identifier: BSL-1.0

#include <bellman/scalar/maximum.hpp>
#include <array>

#include <boost/rational.hpp>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::test::true_at_both_times;
using rational = boost::rational<long long>;

// Knows `<` and nothing else.
struct archetype {
  int rank;
  int name;
  friend constexpr bool operator<(archetype a, archetype b) { return a.rank < b.rank; }
};

// Ordered by divisibility: the least upper bound is the least common multiple here, and may be neither of the two.
struct divisor_of_12 {
  int n;
  friend constexpr bool operator==(divisor_of_12, divisor_of_12) = default;
};

template <class T>
constexpr bool is_associative_commutative_and_idempotent(std::array<T, 4> const& samples) {
  using bellman::maximum;
  for (auto const& a : samples) {
    if (!(maximum(a, a) == a)) return false;
    for (auto const& b : samples) {
      if (!(maximum(a, b) == maximum(b, a))) return false;
      for (auto const& c : samples) {
        if (!(maximum(maximum(a, b), c) == maximum(a, maximum(b, c)))) return false;
      }
    }
  }
  return true;
}

}  // namespace

template <>
struct bellman::scalar_traits<divisor_of_12> : bellman::plain_scalar<divisor_of_12> {
  static constexpr divisor_of_12 maximum(divisor_of_12 a, divisor_of_12 b) {
    int multiple = a.n;
    while (multiple % b.n != 0) multiple += a.n;
    return {multiple};
  }
};

TEST_CASE("the maximum of two numbers is the larger one") {
  CHECK(true_at_both_times([] { return bellman::maximum(2, 3) == 3 && bellman::maximum(3, 2) == 3; }));
  CHECK(true_at_both_times([] { return bellman::maximum(-0.5, -0.25) == -0.25; }));
  CHECK(true_at_both_times([] { return bellman::maximum(rational(2, 7), rational(1, 3)) == rational(1, 3); }));
}

TEST_CASE("a maximum needs nothing but an order, and takes the first of equals") {
  CHECK(true_at_both_times([] { return bellman::maximum(archetype{1, 10}, archetype{2, 20}).name == 20; }));
  CHECK(true_at_both_times([] { return bellman::maximum(archetype{1, 10}, archetype{1, 20}).name == 10; }));
}

TEST_CASE("a type whose order is partial has a maximum in its traits") {
  CHECK(true_at_both_times([] { return bellman::maximum(divisor_of_12{4}, divisor_of_12{6}).n == 12; }));
}

TEST_CASE("a maximum is associative, commutative and idempotent") {
  CHECK(true_at_both_times([] {
    return is_associative_commutative_and_idempotent(std::array{1.5, -2.0, 0.0, 1e300});
  }));
  CHECK(true_at_both_times([] {
    return is_associative_commutative_and_idempotent(
        std::array{rational(1, 2), rational(-1, 3), rational(0), rational(7, 5)});
  }));
  CHECK(true_at_both_times([] {
    return is_associative_commutative_and_idempotent(
        std::array{divisor_of_12{2}, divisor_of_12{3}, divisor_of_12{4}, divisor_of_12{6}});
  }));
}
