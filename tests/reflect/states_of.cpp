// SPDX-License-Identifier: BSL-1.0
#include <bellman/reflect/states_of.hpp>

#include <bellman/decision/environment.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/error.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/uniform.hpp>

#include <boost/hana/define_struct.hpp>
#include <boost/rational.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <string>
#include <type_traits>
#include <vector>

#include "depot.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace test_states_of {

using namespace bellman::test::structs;
using bellman::index_t;
using bellman::reflect::bounded;
using bellman::reflect::states_of;
using bellman::test::same_at_both_times;
using bellman::test::true_at_both_times;

// All values of `fleet`, from nested loops: the first member is the slowest.
std::vector<fleet> all_fleets() {
  std::vector<fleet> all;
  for (int stock = -1; stock <= 2; ++stock)
    for (int today = 0; today < 3; ++today)
      for (int open = 0; open < 2; ++open)
        for (int first = 0; first < 2; ++first)
          for (int second = 0; second < 2; ++second)
            for (int left = 5; left <= 7; ++left)
              for (int right = 5; right <= 7; ++right)
                all.push_back({{stock, static_cast<day>(today), open == 1},
                               {static_cast<color>(first), static_cast<color>(second)},
                               {left, right}});
  return all;
}

// How many of the numbers from `first` to before `last` come back from their states.
template <class States>
constexpr index_t returning(States states, index_t first, index_t last) {
  index_t n = 0;
  for (index_t i = first; i < last; ++i) {
    if (states.index_of(states.state_at(i)) == i && states.contains(states[i])) ++n;
  }
  return n;
}

template <class F>
std::string refusal(F f) {
  try {
    f();
    return "";
  } catch (bellman::invalid_value const& e) {
    return e.what();
  }
}

// Numbers of three digits, some of which exist: in blocks of the table where many, few or none do.
struct digits {
  BOOST_HANA_DEFINE_STRUCT(digits, (bounded<0, 9>, hundreds), (bounded<0, 9>, tens), (bounded<0, 9>, ones));

  constexpr int value() const { return 100 * hundreds + 10 * tens + ones; }
  friend constexpr bool operator==(digits const&, digits const&) = default;
};
constexpr bool is_square(digits const& s) {
  for (int i = 0; i < 32; ++i) {
    if (i * i == s.value()) return true;
  }
  return false;
}
constexpr auto none = [](digits const&) { return false; };
constexpr auto is_last = [](digits const& s) { return s.value() == 999; };
constexpr auto is_small = [](digits const& s) { return s.value() < 600; };
constexpr auto all_but_few = [](digits const& s) { return s.value() % 300 > 20; };
struct is_multiple {
  int of;
  constexpr bool operator()(digits const& s) const { return s.value() % of == 0; }
};

template <auto Exists>
bool lists_what_exists() {
  constexpr auto states = states_of<digits, Exists>();
  index_t n = 0;
  for (int x = 0; x < 1000; ++x) {
    digits const s{x / 100, x / 10 % 10, x % 10};
    if (states.contains(s) != static_cast<bool>(Exists(s))) return false;
    if (!Exists(s)) continue;
    if (states.index_of(s) != n || !(states[n] == s) || !(states.begin()[n] == s)) return false;
    ++n;
  }
  return n == states.size() && std::ranges::distance(states) == n;
}

// As many states as there may be, nearly.
struct long_number {
  using part = bounded<0, 32767>;
  BOOST_HANA_DEFINE_STRUCT(long_number, (bounded<0, 2>, first), (part, second), (part, third));
};

// A state that counts how often it is compared.
struct compared {
  BOOST_HANA_DEFINE_STRUCT(compared, (bounded<0, 63>, row), (bounded<0, 63>, column));
  static inline int comparisons = 0;

  friend bool operator==(compared const& a, compared const& b) {
    ++comparisons;
    return a.row == b.row && a.column == b.column;
  }
};

}  // namespace test_states_of

TEST_CASE("the states of a struct are all its values in lexicographic order") {
  using namespace test_states_of;
  auto const all = all_fleets();
  constexpr auto states = states_of<fleet>();
  STATIC_REQUIRE(states.size() == 4 * 3 * 2 * 2 * 2 * 3 * 3);
  REQUIRE(all.size() == states.size());
  CHECK(std::ranges::equal(states, all));
  CHECK(std::ranges::is_sorted(states));
  for (index_t i = 0; i < states.size(); ++i) {
    CHECK(states[i] == all[i]);
    CHECK(states.index_of(all[i]) == i);
  }
}

TEST_CASE("members are numbered in the order in which Hana was told them") {
  using namespace test_states_of;
  CHECK(true_at_both_times([] {
    constexpr auto states = states_of<corner>();
    return states.size() == 12 && states.index_of({.y = 3, .x = 0}) == 3 && states.index_of({.y = 0, .x = 1}) == 4;
  }));
}

TEST_CASE("a number comes back from its state, at both times") {
  using namespace test_states_of;
  CHECK(same_at_both_times([] { return returning(states_of<depot>(), 0, 24); }));
  CHECK(returning(states_of<depot>(), 0, 24) == 24);
  CHECK(same_at_both_times([] { return returning(states_of<fleet>(), 0, 400); }));
  CHECK(same_at_both_times([] { return returning(states_of<fleet>(), 400, 864); }));
  CHECK(returning(states_of<fleet>(), 0, 864) == 864);
  CHECK(same_at_both_times([] { return returning(states_of<digits, is_small>(), 0, 600); }));
  CHECK(returning(states_of<digits, is_small>(), 0, 600) == 600);
}

// g++ 12 computes some constants wrongly of arrays that are filled part by part.
TEST_CASE("a state is the same at both times") {
  using namespace test_states_of;
  CHECK(same_at_both_times([] {
    std::array<int, 5> sums{};
    int weight = 1;
    for (fleet const& s : states_of<fleet>()) {
      weight = weight * 7 % 101;
      sums[0] += weight * s.home.stock;
      sums[1] += weight * static_cast<int>(s.home.today) + s.home.open;
      sums[2] += weight * static_cast<int>(s.painted[0]) + static_cast<int>(s.painted[1]);
      sums[3] += weight * s.parked[0];
      sums[4] += weight * s.parked[1];
    }
    return sums;
  }));
}

TEST_CASE("values without members have states too") {
  using namespace test_states_of;
  CHECK(std::ranges::equal(states_of<bool>(), std::array{false, true}));
  CHECK(std::ranges::equal(states_of<day>(), std::array{day::friday, day::saturday, day::sunday}));
  CHECK(std::ranges::equal(states_of<bounded<-1, 1>>(), std::array<bounded<-1, 1>, 3>{-1, 0, 1}));
  CHECK(states_of<std::array<bool, 0>>().size() == 1);
}

TEST_CASE("states are a range that holds nothing") {
  using namespace test_states_of;
  using all = decltype(states_of<depot>());
  using some = decltype(states_of<corner, &corner::is_below_the_diagonal>());
  STATIC_REQUIRE(std::ranges::random_access_range<all const>);
  STATIC_REQUIRE(std::ranges::sized_range<all const>);
  STATIC_REQUIRE(std::ranges::common_range<all const>);
  STATIC_REQUIRE(std::ranges::borrowed_range<all>);
  STATIC_REQUIRE(std::ranges::view<all>);
  STATIC_REQUIRE(std::ranges::random_access_range<some const>);
  STATIC_REQUIRE(std::ranges::sized_range<some const>);
  STATIC_REQUIRE(std::ranges::common_range<some const>);
  STATIC_REQUIRE(std::ranges::borrowed_range<some>);
  STATIC_REQUIRE(std::ranges::view<some>);
  STATIC_REQUIRE(std::is_empty_v<all>);
  STATIC_REQUIRE(std::is_empty_v<some>);
  CHECK(*std::ranges::find_if(states_of<depot>(), [](depot const& s) { return s.open; }) ==
        depot{-1, day::friday, true});
  auto const it = states_of<depot>().end();
  CHECK(it - states_of<depot>().begin() == 24);
  CHECK(it[-1] == depot{2, day::sunday, true});
}

TEST_CASE("states for which a predicate does not hold are left out and not numbered") {
  using namespace test_states_of;
  CHECK(lists_what_exists<is_square>());
  CHECK(lists_what_exists<&is_square>());
  CHECK(lists_what_exists<none>());
  CHECK(lists_what_exists<is_last>());
  CHECK(lists_what_exists<is_small>());
  CHECK(lists_what_exists<all_but_few>());
  CHECK(lists_what_exists<is_multiple{3}>());
  CHECK(lists_what_exists<is_multiple{257}>());
  CHECK(std::ranges::equal(states_of<corner, &corner::is_below_the_diagonal>(),
                           std::array{corner{0, 1}, corner{0, 2}, corner{1, 2}}));
  CHECK(std::ranges::equal(states_of<depot, &depot::open>(), states_of<depot>() | std::views::filter(&depot::open)));
}

TEST_CASE("a member that is out of its bounds is refused with its name") {
  using namespace test_states_of;
  constexpr auto states = states_of<fleet>();
  fleet s;
  s.parked[1].value = 9;
  CHECK(refusal([&] { (void)states.index_of(s); }) == "bellman: parked[1] is 9; it must lie in [5, 7]");
  CHECK_FALSE(states.contains(s));
  s.parked[1].value = 4;
  CHECK(refusal([&] { (void)states.index_of(s); }) == "bellman: parked[1] is 4; it must lie in [5, 7]");
  s.home.today = day{-1};
  CHECK(refusal([&] { (void)states.index_of(s); }) == "bellman: home.today is -1; it must lie in [0, 2]");
  s = {};
  s.painted[0] = color{2};
  CHECK(refusal([&] { (void)states.index_of(s); }) == "bellman: painted[0] is 2; it must lie in [0, 1]");
  s.painted[0] = color{(1ULL << 32) + 1};
  CHECK_FALSE(states.contains(s));
  CHECK(refusal([] { (void)states_of<day>().index_of(day{3}); }) == "bellman: the value is 3; it must lie in [0, 2]");
  digits d;
  d.tens.value = 200;
  CHECK_FALSE(states_of<digits, is_small>().contains(d));
  CHECK(refusal([&] { (void)states_of<digits, is_small>().index_of(d); }) ==
        "bellman: tens is 200; it must lie in [0, 9]");
}

TEST_CASE("a first member that is out of its bounds is seen whatever comes behind it") {
  using namespace test_states_of;
  constexpr auto states = states_of<long_number>();
  STATIC_REQUIRE(states.size() == 3U << 30);
  for (int second : {0, 1, 32767}) {
    for (int third : {0, 1, 32767}) {
      long_number s{2, second, third};
      CHECK(states.index_of(s) == (2U << 30) + (static_cast<index_t>(second) << 15) + static_cast<index_t>(third));
      s.first.value = 3;
      CHECK_FALSE(states.contains(s));
      s.first.value = 255;
      CHECK_FALSE(states.contains(s));
    }
  }
}

TEST_CASE("numbers and states that there are not are refused") {
  using namespace test_states_of;
  CHECK(refusal([] { (void)states_of<corner>()[12]; }) ==
        "bellman: there is no state 12 among 12; they are numbered from 0 on");
  CHECK(refusal([] { (void)states_of<corner>().state_at(1ULL << 32); }) ==
        "bellman: there is no state 4294967296 among 12; they are numbered from 0 on");
  CHECK(refusal([] { (void)states_of<digits, none>()[0]; }) ==
        "bellman: there is no state 0 among 0; they are numbered from 0 on");
  CHECK(refusal([] { (void)states_of<corner, &corner::is_below_the_diagonal>().index_of({3, 1}); }) ==
        "bellman: the state {x: 1, y: 3} does not exist: the predicate of the states does not hold for it");
}

TEST_CASE("structs are the keys of an index") {
  using namespace test_states_of;
  CHECK(true_at_both_times([] {
    bellman::state_index<corner> index;
    for (corner const& s : states_of<corner>()) index.insert(s);
    index.insert({2, 2});
    index_t n = 0;
    for (corner const& s : states_of<corner>()) n += index.find(s) == states_of<corner>().index_of(s) ? 1 : 0;
    return n == 12 && index.size() == 12;
  }));
  bellman::state_index<digits> index;
  for (digits const& s : states_of<digits, is_small>()) index.insert(s);
  digits const absent{9, 9, 9};
  digits outside{};
  outside.tens.value = 10;  // its digits are those of 100
  CHECK(index.find(absent) == bellman::no_index);
  CHECK(index.find(outside) == bellman::no_index);
}

TEST_CASE("structs are found by a hash of their members") {
  using namespace test_states_of;
  bellman::state_index<compared> index;
  for (compared const& s : states_of<compared>()) index.insert(s);
  REQUIRE(index.size() == 4096);
  compared::comparisons = 0;
  for (compared const& s : states_of<compared>()) CHECK(index.find(s) != bellman::no_index);
  CHECK(compared::comparisons < 2 * 4096);
}

namespace test_states_of {

using fraction = boost::rational<long long>;

// A walk on a grid of 3 x 3 to its far corner, by steps that are structs too; a step costs 1.
struct step {
  BOOST_HANA_DEFINE_STRUCT(step, (bool, down), (bool, right));
  constexpr bool moves() const { return down != right; }
  friend constexpr bool operator==(step const&, step const&) = default;
};
struct square {
  BOOST_HANA_DEFINE_STRUCT(square, (bounded<0, 2>, row), (bounded<0, 2>, column));
  friend constexpr bool operator==(square const&, square const&) = default;
};
struct walk {
  using state_type = square;
  using action_type = step;
  using reward_type = fraction;

  constexpr auto states() const { return states_of<square>(); }
  constexpr auto actions(square const&) const { return states_of<step, &step::moves>(); }
  constexpr bool terminal(square const& s) const { return s == square{2, 2}; }
  constexpr auto transition(square s, step a) const {
    if (a.down && s.row < 2) s.row = s.row + 1;
    if (a.right && s.column < 2) s.column = s.column + 1;
    return bellman::dirac{bellman::outcome{fraction(-1), s}};
  }
};

// The same, with a step out of the corner that is listed as a state of 2 x 2.
struct leaves_what_is_listed : walk {
  static constexpr auto is_small = [](square const& s) { return s.row < 2 && s.column < 2; };
  constexpr auto states() const { return states_of<square, is_small>(); }
};
struct stuck : walk {
  static constexpr auto nowhere = [](step const&) { return false; };
  constexpr auto actions(square const&) const { return states_of<step, nowhere>(); }
};

}  // namespace test_states_of

TEST_CASE("environments of structs are tabulated, evaluated and solved") {
  using namespace test_states_of;
  STATIC_REQUIRE(bellman::finite_environment<walk>);
  CHECK(true_at_both_times([] {
    constexpr walk env;
    auto const table = bellman::tabulate(env);
    auto const [v, policy] = bellman::solve(env, fraction(1));
    bool right = table.size() == 9;
    for (square const& s : env.states()) {
      right = right && v(s) == fraction(s.row + s.column - 4);
      right = right && table.state(env.states().index_of(s)) == s;
    }
    return right && policy.action({2, 0}) == step{false, true};
  }));
  // From one step away a fair coin needs 2 steps.
  constexpr walk env;
  auto const coin = [](square const&) { return bellman::uniform(states_of<step, &step::moves>()); };
  CHECK(bellman::state_value(env, coin, fraction(1))({2, 1}) == -2);
}

TEST_CASE("messages print a state by the names of its members") {
  using namespace test_states_of;
  CHECK(refusal([] { (void)bellman::tabulate(leaves_what_is_listed{}); }) ==
        "bellman: in state 1 ({row: 0, column: 1}), action 0 leads to a state that states() does not list");
  CHECK(refusal([] { (void)bellman::tabulate(stuck{}); }) ==
        "bellman: state 0 ({row: 0, column: 0}) is not terminal and has no actions; it needs at least one");
  auto const value = bellman::solve(walk{}, fraction(1)).value;
  square outside;
  outside.row.value = 7;
  CHECK(refusal([&] { (void)value(outside); }) ==
        "bellman: the state {row: 7, column: 0} is not among the 9 states of the table");
  CHECK(refusal([&] {
          auto const backwards = [](square const&) { return step{true, true}; };
          (void)bellman::state_value(walk{}, backwards, fraction(1));
        }) == "bellman: in state 0 ({row: 0, column: 0}) the policy names action {down: true, right: true}, which is "
              "not among the actions of that state");
}
