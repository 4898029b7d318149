// SPDX-License-Identifier: BSL-1.0
#include <bellman/affine/sequences_at_once.hpp>

#include <bellman/affine/affine.hpp>
#include <bellman/affine/column.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>


#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/rationals.hpp"

namespace sequences_at_once_test {

using bellman::column;
using bellman::column_of_rows;
using bellman::constant_column;
using bellman::sequences_at_once;

// Rows of six, of which four sequences from the second on are seen at the second step.
constexpr std::array numbers{0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0};
constexpr std::array<std::uint8_t, 12> flags{0, 0, 0, 0, 0, 0, 1, 0, 3, 0, 0, 1};

TEMPLATE_TEST_CASE("a lane is a sequence", "", float, double, long double) {
  using V = TestType;
  sequences_at_once<V, 4> const here(1, 1);
  CHECK(here.first() == 1);
  auto const x = here.read(column_of_rows{numbers.begin(), 6});
  auto const shared = here.read(column{numbers.begin()});
  auto const constant = here.read(constant_column<V>{V(7)});
  auto const of_sequences = here.read_of_sequences(column{numbers.begin()});
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(x[i] == V(11 + i));
    CHECK(shared[i] == V(1));
    CHECK(constant[i] == V(7));
    CHECK(of_sequences[i] == V(1 + i));
  }
  auto const m = here.flags(column_of_rows{flags.begin(), 6});
  CHECK_FALSE(static_cast<bool>(m[0]));
  CHECK(static_cast<bool>(m[1]));
  CHECK_FALSE(static_cast<bool>(m[2]));
  auto const unless = here.read_unless(m, column_of_rows{numbers.begin(), 6});
  CHECK(unless[0] == V(11));
  CHECK(unless[1] == V(0));

  std::array<V, 12> out{};
  here.write(column_of_rows{out.begin(), 6}, x);
  CHECK(out == std::array<V, 12>{0, 0, 0, 0, 0, 0, 0, 11, 12, 13, 14, 0});
}

TEST_CASE("a scan takes each lane by itself, and a slope of zero hides what comes after") {
  sequences_at_once<float, 4> const here(0, 0);
  using pack = decltype(here)::value_type;
  pack carry(2.0f);
  carry.set(3, std::numeric_limits<float>::quiet_NaN());
  pack slope(0.5f);
  slope.set(3, 0.0f);
  auto const x = here.scan(carry, bellman::affine<pack, pack>{pack(1.0f), slope});
  CHECK(x.before[0] == 2.0f);
  CHECK(x.before[3] == 1.0f);
  CHECK(x.after[0] == 2.0f);
  CHECK(x.is_finite);
}

TEST_CASE("one sequence is a number, exact ones too") {
  CHECK(bellman::test::true_at_both_times([] {
    using bellman::rational;
    sequences_at_once<rational, 1> const here(1, 2);
    std::array const x{rational(1), rational(2), rational(3), rational(4), rational(5), rational(6)};
    std::array<rational, 6> out{};
    rational carry(8);
    auto const seen = here.scan(carry, bellman::affine{here.read(column_of_rows{x.begin(), 3}), rational(1, 2)});
    here.write(column_of_rows{out.begin(), 3}, seen.before);
    std::array const ends{false, false, false, false, false, true};
    return out[5] == rational(10) && here.flags(column_of_rows{ends.begin(), 3}) &&
           here.read_unless(true, column_of_rows{x.begin(), 3}) == rational(0);
  }));
  STATIC_REQUIRE(std::is_same_v<sequences_at_once<double, 1>::value_type, double>);
  STATIC_REQUIRE(std::is_same_v<sequences_at_once<double, 1>::mask, bool>);
}

}  // namespace sequences_at_once_test
