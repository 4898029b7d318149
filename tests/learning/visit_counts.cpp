// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/visit_counts.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/learning/step_sizes.hpp>

#include <cstddef>
#include <map>
#include <random>
#include <string>
#include <utility>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace visit_counts_tests {

namespace {

using bellman::visit_counts;

// A state that can be compared, and nothing else.
struct place {
  int row;
  int column;
  friend constexpr bool operator==(place const&, place const&) = default;
};

}  // namespace

TEST_CASE("what was never seen was seen 0 times, and counts go up one by one") {
  CHECK(bellman::test::true_at_both_times([] {
    visit_counts<int, bool> counts;
    visit_counts<place> of_places;
    bool const none = counts(3, true) == 0 && of_places({1, 2}) == 0;
    bool const first = counts.add(3, true) == 1 && counts.add(3, false) == 1 && of_places.add({1, 2}) == 1;
    bool const second = counts.add(3, true) == 2 && of_places.add({1, 2}) == 2;
    return none && first && second && counts(3, true) == 2 && counts(3, false) == 1 && counts(-3, true) == 0 &&
           of_places({1, 2}) == 2 && of_places({2, 1}) == 0;
  }));
}

TEST_CASE("counts are those of a map") {
  std::mt19937 chance(7);
  visit_counts<std::string, long> counts;
  std::map<std::pair<std::string, long>, std::size_t> expected;
  for (int i = 0; i < 3000; ++i) {
    std::string const s(chance() % 5, 'x');
    long const a = static_cast<long>(chance() % 40) - 20;
    CHECK(counts.add(s, a) == ++expected[{s, a}]);
  }
  for (auto const& [key, n] : expected) CHECK(counts(key.first, key.second) == n);
  CHECK(counts("y", 0) == 0);
}

TEST_CASE("steps that fall for each state by themselves learn each state's mean") {
  CHECK(bellman::test::true_at_both_times([] {
    using bellman::rational;
    visit_counts<int> counts;
    rational v[2] = {0, 0};
    for (auto const& [s, g] : {std::pair{0, 1}, {1, 5}, {0, 2}, {0, 6}, {1, -4}}) {
      v[s] += bellman::step_size_of<rational>(bellman::harmonic_step{}, counts.add(s)) * (g - v[s]);
    }
    return v[0] == 3 && v[1] == rational(1, 2);
  }));
}

}  // namespace visit_counts_tests
