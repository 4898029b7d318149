// SPDX-License-Identifier: BSL-1.0
#include <bellman/experience/minibatches.hpp>

#include <bellman/error.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <type_traits>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace minibatches_tests {

namespace {

using bellman::minibatches;
using bellman::test::message_of;

// Draws the k-th of n - i numbers at the i-th draw, for all combinations of these: the digits of a number.
struct all_draws {
  using result_type = std::uint64_t;
  std::uint64_t left;
  std::uint64_t n;

  static constexpr std::uint64_t min() { return 0; }
  static constexpr std::uint64_t max() { return ~std::uint64_t{0}; }
  constexpr std::uint64_t operator()() {
    double const u = (static_cast<double>(left % n) + 0.5) / static_cast<double>(n);
    left /= n;
    n -= 1;
    return static_cast<std::uint64_t>(u * 18446744073709551616.0);
  }
};

}  // namespace

TEST_CASE("all orders come with the same probability") {
  std::map<std::vector<std::size_t>, int> times;
  for (std::uint64_t k = 0; k < 24; ++k) ++times[minibatches(4, 4, all_draws{k, 4}).at(0)];
  CHECK(times.size() == 24);
}

TEST_CASE("each number is in one minibatch, once") {
  std::mt19937 chance(2);
  for (std::size_t n = 1; n <= 12; ++n) {
    for (std::size_t size = 1; size <= n; ++size) {
      std::set<std::size_t> seen;
      auto const batches = minibatches(n, size, chance);
      CHECK(batches.size() == (n + size - 1) / size);
      for (std::size_t i = 0; i < batches.size(); ++i) {
        CHECK(batches[i].size() == (i + 1 < batches.size() || n % size == 0 ? size : n % size));
        for (std::size_t const x : batches[i]) CHECK(seen.insert(x).second);
      }
      CHECK(seen.size() == n);
      CHECK(*seen.rbegin() == n - 1);
    }
  }
  CHECK(bellman::test::same_at_both_times([] { return minibatches(4, 3, all_draws{11, 4})[1][0]; }));
}

TEST_CASE("a minibatch is no longer than what there is, and not empty") {
  std::mt19937 chance(2);
  std::mt19937 const before = chance;
  CHECK(message_of([&] { minibatches(3, 4, chance); }) ==
        "bellman: a minibatch of 4 is drawn from 3; it must not be longer");
  CHECK(message_of([&] { minibatches(3, 0, chance); }) ==
        "bellman: minibatches of size 0; each must have something in it");
  CHECK_THROWS_AS(minibatches(0, 1, chance), bellman::invalid_value);
  CHECK(chance == before);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(minibatches), int, int, int>);
}

}  // namespace minibatches_tests
