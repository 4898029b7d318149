// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/state_index.hpp>

#include <array>
#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::index_t;
using bellman::no_index;
using bellman::state_index;
using bellman::test::true_at_both_times;

enum class colour : unsigned char { red, green, blue };

// Found by its own hash, which has many collisions.
struct hashed {
  int x;
  constexpr std::size_t hash() const { return static_cast<std::size_t>(x % 3); }
  friend constexpr bool operator==(hashed, hashed) = default;
};
// Found by its order.
struct ordered {
  int x;
  friend constexpr auto operator<=>(ordered, ordered) = default;
};
// Found by looking at all.
struct plain {
  int x;
  friend constexpr bool operator==(plain const&, plain const&) = default;
};
// Found by std::hash, at run time.
struct named {
  std::string name;
  friend bool operator==(named const&, named const&) = default;
};

template <class S, class Make>
constexpr bool numbers_states_in_their_order(Make make, int n) {
  state_index<S> index;
  if (index.find(make(0)) != no_index) return false;
  for (int i = 0; i < n; ++i) {
    if (index.insert(make(17 * i % n)) != static_cast<index_t>(i)) return false;
  }
  for (int i = 0; i < n; ++i) {
    S const s = make(17 * i % n);
    if (index.insert(s) != static_cast<index_t>(i) || index.find(s) != static_cast<index_t>(i)) return false;
    if (!(index[static_cast<index_t>(i)] == s)) return false;
  }
  return index.size() == static_cast<index_t>(n) && index.find(make(n)) == no_index;
}

}  // namespace

template <>
struct std::hash<named> {
  std::size_t operator()(named const& s) const { return std::hash<std::string>{}(s.name); }
};

TEST_CASE("states that hash themselves, that have an order, or only equality are found") {
  CHECK(true_at_both_times([] { return numbers_states_in_their_order<int>([](int i) { return i; }, 60); }));
  CHECK(true_at_both_times([] { return numbers_states_in_their_order<hashed>([](int i) { return hashed{i}; }, 40); }));
  CHECK(
      true_at_both_times([] { return numbers_states_in_their_order<ordered>([](int i) { return ordered{i}; }, 40); }));
  CHECK(true_at_both_times([] { return numbers_states_in_their_order<plain>([](int i) { return plain{i}; }, 40); }));
}

TEST_CASE("arrays and pairs of what is found are found") {
  CHECK(true_at_both_times([] {
    using grid = std::array<colour, 3>;
    auto const make = [](int i) {
      return grid{static_cast<colour>(i % 3), static_cast<colour>(i / 3 % 3), static_cast<colour>(i / 9 % 4)};
    };
    return numbers_states_in_their_order<grid>(make, 32);
  }));
  CHECK(true_at_both_times([] {
    return numbers_states_in_their_order<std::pair<int, char>>(
        [](int i) { return std::pair(i / 4, static_cast<char>('a' + i % 4)); }, 40);
  }));
}

TEST_CASE("states with a std::hash are found at run time") {
  CHECK(numbers_states_in_their_order<std::string>([](int i) { return std::to_string(i); }, 100));
  CHECK(numbers_states_in_their_order<named>([](int i) { return named{std::to_string(i)}; }, 100));
}

TEST_CASE("many states are found as quickly as few") {
  state_index<std::array<int, 2>> index;
  for (int i = 0; i < 200'000; ++i) index.insert({i % 1000, i / 1000});
  CHECK(index.size() == 200'000);
  CHECK(index.find({999, 199}) == 199'999);
  CHECK(index.find({1000, 0}) == no_index);
}
