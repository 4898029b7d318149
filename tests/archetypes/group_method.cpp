// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/group_method.hpp>

#include <bellman/groups/batch_method.hpp>
#include <bellman/groups/by_group.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/several_rewards.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <cstddef>
#include <ranges>
#include <vector>

#include "archetypes/line.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using archetypes::line;
using archetypes::writer;
using bellman::grouping;
using bellman::rational;
using bellman::test::true_at_both_times;

// The function of an answer is moved, called, and nothing else; it counts.
class place_in_group {
 public:
  constexpr explicit place_in_group(int first) : next_(first) {}
  place_in_group(place_in_group const&) = delete;
  constexpr place_in_group(place_in_group&&) = default;

  constexpr rational operator()(rational const& reward) { return reward + rational(next_++); }

 private:
  int next_;
};

class method {
 public:
  constexpr explicit method(int first) : first_(first) {}
  method(method const&) = delete;
  constexpr method(method&&) = default;

  template <class Rewards>
  constexpr place_in_group of_group(Rewards const&) const {
    return place_in_group(first_);
  }

 private:
  int first_;
};

// A method of rows: called, and what it gives can be looked at anywhere.
class rows {
 public:
  constexpr explicit rows(int times) : times_(times) {}

  template <class Rewards>
  constexpr line<rational> operator()(Rewards const& rewards, grouping const& groups) const {
    std::vector<rational> all(groups.rows(), rational());
    for (std::size_t g = 0; g < groups.size(); ++g) {
      for (std::size_t const row : groups[g]) {
        all[row] = rational(times_) * std::ranges::begin(rewards)[static_cast<std::ptrdiff_t>(row)];
      }
    }
    return line(std::move(all));
  }

 private:
  int times_;
};

}  // namespace

TEST_CASE("a call by group asks for no more of a method than a function of a group") {
  CHECK(true_at_both_times([] {
    bellman::by_group const places{method(10)};
    auto const rewards = [] { return line(std::vector{rational(1), rational(3), rational(5)}); };
    bool good =
        places(rewards()) == std::vector{rational(11), rational(14), rational(17)} &&
        places(rewards(), grouping(std::array{1, 2, 1})) == std::vector{rational(11), rational(13), rational(16)} &&
        places(std::vector{std::array{rational(1)}, std::array{rational(3)}}) ==
            std::vector{std::array{rational(11)}, std::array{rational(13)}};
    std::vector<rational> out(3, rational());
    places(rewards(), writer<rational>(out.data()));
    return good && out == std::vector{rational(11), rational(14), rational(17)};
  }));
}

TEST_CASE("several rewards ask for no more of their methods than that they are called with rewards and a grouping") {
  STATIC_REQUIRE(bellman::batch_method<rows, std::vector<rational>>);
  CHECK(true_at_both_times([] {
    bellman::several_rewards const both{rows(2), rows(3)};
    std::vector<std::vector<rational>> const objectives{{rational(1), rational(0)}, {rational(1), rational(4)}};
    auto const a = both(objectives, std::array{rational(1), rational(1, 2)}, grouping(std::array{1, 1}));
    // 6 (1 + 1/2), 6 (0 + 2)
    return a.begin()[0] == rational(9) && a.begin()[1] == rational(12);
  }));
}
