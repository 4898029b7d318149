// SPDX-License-Identifier: BSL-1.0
#include <bellman/experience/minibatches.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <random>
#include <ranges>
#include <set>
#include <vector>

#include "experience/walk.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace minibatches_test {

using bellman::minibatches;
using bellman::test::message_of;
using bellman::test::true_at_both_times;
using experience::quick_generator;

static_assert(std::ranges::forward_range<bellman::shuffled_minibatches const>);

template <class Minibatches>
constexpr std::vector<std::size_t> one_after_another(Minibatches const& all) {
  std::vector<std::size_t> places;
  for (auto const piece : all) {
    for (std::size_t const place : piece) places.push_back(place);
  }
  return places;
}

TEST_CASE("each place is in one piece, and the last piece has what is left") {
  CHECK(true_at_both_times([] {
    quick_generator urbg;
    auto const all = minibatches(11, 4, urbg);
    std::array<std::size_t, 3> sizes{9, 9, 9};
    std::size_t k = 0;
    for (auto const piece : all) sizes[k++] = piece.size();
    auto places = one_after_another(all);
    bool const moved = !std::ranges::equal(places, std::views::iota(0u, 11u));
    std::ranges::sort(places);
    return k == 3 && all.size() == 3 && sizes == std::array<std::size_t, 3>{4, 4, 3} && moved &&
           std::ranges::equal(places, std::views::iota(0u, 11u));
  }));
  std::mt19937 urbg(1);
  CHECK(minibatches(12, 4, urbg).size() == 3);
  CHECK(minibatches(12, 12, urbg).size() == 1);
  CHECK(minibatches(1, 1, urbg).size() == 1);
}

TEST_CASE("the places of a range are drawn as they are") {
  std::mt19937 urbg(1);
  std::vector<std::size_t> const places{3, 5, 8, 13, 21};
  auto drawn = one_after_another(minibatches(places, 2, urbg));
  std::ranges::sort(drawn);
  CHECK(drawn == places);
  CHECK(minibatches(std::views::iota(3, 9), 2, urbg).size() == 3);
}

// Of 24 000 shuffles each of the 24 orders of four places comes 1000 times, with a variance of 1000 (1 - 1/24). The sum
// of squared distances by expectation has 23 degrees of freedom: it is beyond 49.7 once in a thousand times.
template <class G>
double distance_from_all_orders_alike(G urbg) {
  std::map<std::vector<std::size_t>, int> seen;
  for (int k = 0; k < 24'000; ++k) ++seen[one_after_another(minibatches(4, 3, urbg))];
  double total = 0;
  for (auto const& [order, times] : seen) total += (times - 1000.0) * (times - 1000.0) / 1000.0;
  return seen.size() == 24 ? total : 1e9;
}

TEST_CASE("all orders are as probable, with generators of any range") {
  CHECK(distance_from_all_orders_alike(std::mt19937(1)) < 49.7);
  CHECK(distance_from_all_orders_alike(std::mt19937_64(1)) < 49.7);
  CHECK(distance_from_all_orders_alike(std::minstd_rand(1)) < 49.7);
}

TEST_CASE("the same order with every compiler") {
  // Drawn by a program of its own, in Python.
  CHECK(true_at_both_times([] {
    quick_generator urbg{42};
    return std::ranges::equal(one_after_another(minibatches(8, 3, urbg)), std::array{0, 2, 1, 3, 7, 6, 4, 5});
  }));
}

TEST_CASE("another epoch has another order, the same seed the same") {
  std::mt19937 one(7), other(7);
  auto const first = one_after_another(minibatches(50, 8, one));
  CHECK(first == one_after_another(minibatches(50, 8, other)));
  CHECK(first != one_after_another(minibatches(50, 8, one)));
}

TEST_CASE("fewer places than a minibatch has are refused") {
  std::mt19937 urbg(1);
  CHECK(message_of([&] { (void)minibatches(3, 4, urbg); }) ==
        "bellman: minibatches of 4 places from 3; there must be enough for one");
  CHECK(message_of([&] { (void)minibatches(std::vector<int>{}, 1, urbg); }) ==
        "bellman: minibatches of 1 places from 0; there must be enough for one");
  CHECK(message_of([&] { (void)minibatches(3, 0, urbg); }) ==
        "bellman: minibatches of 0 places; there must be at least 1");
  CHECK(message_of([&] { (void)minibatches(-3, 1, urbg); }) != "");
  CHECK(message_of([&] { (void)minibatches(std::array{1, -2}, 1, urbg); }) != "");
}

}  // namespace minibatches_test
