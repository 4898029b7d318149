// SPDX-License-Identifier: BSL-1.0
#include "story_model/products.hpp"

#include <algorithm>
#include <cstddef>
#include <random>
#include <vector>

#include "support/catch.hpp"

namespace story_model_products_test {

// Small whole numbers, so that every sum is exact in whatever order it is made.
template <class Number>
std::vector<Number> whole_numbers(std::size_t n, unsigned seed) {
  std::mt19937 urbg(seed);
  std::vector<Number> all;
  for (std::size_t k = 0; k < n; ++k) all.push_back(Number(static_cast<int>(urbg() % 9) - 4));
  return all;
}

template <class Number>
void check(std::size_t rows, std::size_t inner, std::size_t columns) {
  std::size_t const a_row = inner + 3, b_row = columns + 2, c_row = columns + 5;
  auto const a = whole_numbers<Number>(rows * a_row, 1), b = whole_numbers<Number>(inner * b_row, 2);
  auto const before = whole_numbers<Number>(rows * c_row, 3);
  auto expected = before;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      for (std::size_t k = 0; k < inner; ++k) expected[i * c_row + j] += a[i * a_row + k] * b[k * b_row + j];
    }
  }
  auto c = before;
  story_model::add_product<Number>({a.data(), a_row, 1}, {b.data(), b_row}, {c.data(), c_row}, {rows, inner, columns});
  CHECK(c == expected);

  // The same with a's columns one behind the other.
  std::vector<Number> turned(inner * rows);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t k = 0; k < inner; ++k) turned[k * rows + i] = a[i * a_row + k];
  }
  c = before;
  story_model::add_product<Number>({turned.data(), 1, rows}, {b.data(), b_row}, {c.data(), c_row},
                                   {rows, inner, columns});
  CHECK(c == expected);
}

TEST_CASE("products of matrices of every size are those of three loops, and write nothing beside") {
  for (std::size_t const rows : {0u, 1u, 2u, 3u, 4u, 7u, 9u}) {
    for (std::size_t const columns : {0u, 1u, 2u, 3u, 5u, 8u, 15u, 16u, 31u, 32u, 37u, 67u}) {
      check<float>(rows, 6, columns);
      check<double>(rows, 5, columns);
    }
  }
  check<float>(3, 0, 5);
}

TEST_CASE("pieces cover all places once, from wide to narrow") {
  for (std::size_t n = 0; n < 40; ++n) {
    std::vector<int> seen(n, 0);
    std::size_t last = 1000;
    story_model::in_pieces<float>(n, [&]<std::size_t Width>(std::size_t at) {
      CHECK(Width <= last);
      last = Width;
      for (std::size_t k = 0; k < Width; ++k) ++seen[at + k];
    });
    CHECK(std::ranges::all_of(seen, [](int times) { return times == 1; }));
  }
}

}  // namespace story_model_products_test
