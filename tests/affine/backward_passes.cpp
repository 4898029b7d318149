// SPDX-License-Identifier: BSL-1.0
#include <bellman/affine/backward_passes.hpp>

#include <bellman/affine/affine.hpp>
#include <bellman/affine/backward_pass.hpp>
#include <bellman/affine/column.hpp>
#include <bellman/affine/order.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <tuple>
#include <vector>

#include "support/catch.hpp"
#include "support/rationals.hpp"

namespace backward_passes_test {

using bellman::backward_passes;
using bellman::column;
using bellman::column_of_rows;
using bellman::in_register;
using bellman::rational;

// What comes after the last steps; the last row of the numbers may count for nothing.
template <class Column>
struct reader {
  Column after;
  bool skips_the_last = false;
  static constexpr bool may_lack_the_last = true;

  constexpr bool lacks_the_last() const { return skips_the_last; }
  static constexpr bool read(auto const&) { return true; }
  static constexpr bool read_last(auto const&) { return false; }
  constexpr Column after_last() const { return after; }
};

// Adds up what stands in the rows, halved at each step; gives the sums and the numbers themselves.
template <class Rows>
struct halved_sums {
  Rows rows;

  template <class X>
  static constexpr X start(X const& after) {
    return after;
  }
  template <class Here, class X>
  constexpr auto operator()(Here const& here, bool counts, X& carry) const {
    using V = typename Here::value_type;
    V own = here.read(rows);
    if (!counts) own = V(0);
    carry = V(bellman::affine<V, V>{own, V(rational_half<V>())}(carry));
    return bellman::emitted<V, 2>{{carry, own}, true};
  }

 private:
  template <class V>
  static constexpr V rational_half() {
    return V(1) / V(2);
  }
};

// Rows of `stride` numbers, of which the first `sequences` count.
template <class V, class Order>
auto sums(Order order, std::vector<V> const& x, std::size_t steps, std::size_t first, std::size_t last,
                    std::size_t stride, bool skips_the_last = false) {
  std::vector<V> out(x.size(), V(-1));
  std::vector<V> same(x.size(), V(-1));
  std::vector<V> after(stride, V(8));
  column_of_rows const rows{x.begin(), stride};
  backward_passes<V>(order, steps, first, last, reader<column<decltype(x.begin())>>{column{after.cbegin()}, skips_the_last},
                     bellman::side_by_side{halved_sums<decltype(rows)>{rows},
                                           std::tuple{column_of_rows{out.begin(), stride},
                                                      column_of_rows{same.begin(), stride}}});
  return std::pair{out, same};
}

TEST_CASE("every sequence is a pass by itself, in registers of any width, exactly for exact numbers") {
  std::vector<rational> few;
  for (int k = 0; k < 12; ++k) few.push_back(rational(k + 1));
  // Columns 1, 5, 9 and so on: 9 + 8/2, 5 + 13/2, 1 + 23/4; the last of four belongs to nobody.
  auto const by_hand = sums(in_register<1>{}, few, 3, 0, 3, 4);
  CHECK(by_hand.first[8] == rational(13));
  CHECK(by_hand.first[4] == rational(23, 2));
  CHECK(by_hand.first[0] == rational(27, 4));
  CHECK(by_hand.first[3] == rational(-1));
  CHECK(by_hand.first[11] == rational(-1));
  CHECK(by_hand.second[5] == rational(6));
  CHECK(sums(in_register<2>{}, few, 3, 0, 3, 4) == by_hand);
  for (std::size_t n : {1u, 3u, 4u, 5u, 7u, 8u, 9u, 70u, 300u, 9000u}) {
    std::vector<rational> x;
    for (std::size_t k = 0; k < 2 * n; ++k) x.push_back(rational(static_cast<long>(k % 7)));
    auto const one = sums(in_register<1>{}, x, 2, 0, n, n);
    CHECK(sums(in_register<2>{}, x, 2, 0, n, n) == one);
    CHECK(sums(in_register<4>{}, x, 2, 0, n, n) == one);
  }
}

TEST_CASE("a part of the sequences leaves the others alone") {
  std::vector<float> const x(40, 2.0f);
  auto const part = sums(in_register<4>{}, x, 2, 3, 17, 20);
  for (std::size_t i = 0; i < 20; ++i) {
    CHECK(part.first[20 + i] == (i >= 3 && i < 17 ? 6.0f : -1.0f));  // 2 + 8/2
    CHECK(part.first[i] == (i >= 3 && i < 17 ? 5.0f : -1.0f));
  }
}

TEST_CASE("the last row may be read apart") {
  std::vector<double> const x(6, 2.0);
  auto const apart = sums(in_register<2>{}, x, 2, 0, 3, 3, true);
  CHECK(apart.first == std::vector{4.0, 4.0, 4.0, 4.0, 4.0, 4.0});
  CHECK(apart.second == std::vector{2.0, 2.0, 2.0, 0.0, 0.0, 0.0});
}

TEST_CASE("what is not finite stays in its lane") {
  std::vector<float> x(3 * 17, 2.0f);
  x[17 + 4] = std::numeric_limits<float>::quiet_NaN();
  x[34 + 16] = std::numeric_limits<float>::infinity();
  auto const found = sums(in_register<4>{}, x, 3, 0, 17, 17).first;
  for (std::size_t i = 0; i < 17; ++i) {
    if (i == 4) {
      CHECK(found[i] != found[i]);
    } else {
      CHECK(found[i] == (i == 16 ? std::numeric_limits<float>::infinity() : 4.5f));  // 2 + (2 + 6/2) / 2
    }
  }
}

TEST_CASE("no steps and no sequences are nothing") {
  std::vector<double> const none;
  CHECK(sums(in_register<4>{}, none, 0, 0, 0, 1).first.empty());
  CHECK(sums(in_register<4>{}, std::vector<double>(3, 1.0), 1, 2, 2, 3).first == std::vector<double>(3, -1.0));
}

}  // namespace backward_passes_test
