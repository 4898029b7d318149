// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/ucb1.hpp>

#include "learning/exploration.hpp"

namespace exploration {

TEST_CASE("UCB1 takes each action once, and then what may be best") {
  CHECK(true_at_both_times([] {
    visit_counts<int, std::size_t> counts;
    values_of const q{std::array{0.5, 0.9, 0.5}};
    arms<3> const env;
    auto const next = [&] { return ucb1{env, q, counts}(0); };
    std::size_t const first = next();
    counts.add(0, first);
    std::size_t const second = next();
    counts.add(0, second);
    std::size_t const third = next();
    counts.add(0, third);
    return first == 0 && second == 1 && third == 2 && next() == 1;
  }));
  // Bounds by hand, t = 100: 0.5 + sqrt(2 ln 100 / 4) = 2.017, 0.9 + sqrt(2 ln 100 / 10) = 1.860,
  // 0.2 + sqrt(2 ln 100 / 86) = 0.527. With c = 1 the roots are by sqrt 2 smaller: 1.573, 1.579, 0.431.
  values_of const q{std::array{0.5, 0.9, 0.2}};
  auto const counts = [](int, std::size_t a) { return std::array{4, 10, 86}[a]; };
  CHECK(ucb1{arms<3>{}, q, counts}(0) == 0);
  CHECK(ucb1{arms<3>{}, q, counts, 1}(0) == 1);
  CHECK(ucb1{arms<3>{}, q, counts, 0}(0) == 1);
  CHECK(ucb1{arms<3>{}, q, counts, 100}(0) == 0);
  // Of equal bounds the first; of what was taken once t = 1 adds nothing.
  CHECK(ucb1{arms<3>{}, values_of{std::array{1, 1, 1}}, [](int, std::size_t) { return 5u; }}(0) == 0);
  CHECK(ucb1{arms<1>{}, values_of{std::array{1.0f}}, [](int, std::size_t) { return 1; }}(0) == 0);
}

TEST_CASE("values to begin with that are too good make a greedy policy try every action") {
  std::array<double, 4> q{5.0, 5.0, 5.0, 5.0};
  std::array<int, 4> tried{};
  auto const of = [&q](int, std::size_t a) { return q[a]; };
  std::mt19937 chance(1);
  for (int i = 0; i < 4; ++i) {
    auto const a = bellman::sample(epsilon_greedy{arms<4>{}, of, 0.0}(0), chance);
    ++tried[a];
    q[a] += 0.1 * (1.0 - q[a]);
  }
  CHECK(tried == std::array{1, 1, 1, 1});
}

}  // namespace exploration
