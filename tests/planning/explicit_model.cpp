// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/explicit_model.hpp>

#include <bellman/decision/environment.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/model_builder.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/scalar/interval.hpp>

#include <algorithm>
#include <array>
#include <type_traits>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace explicit_model_tests {

using bellman::explicit_model;
using bellman::index_t;
using bellman::model_builder;
using bellman::rational;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

// In state 0, action 2 stays for 1 or leads to 1 for 3 or 5, action 9 ends for 2; state 1 is terminal.
template <class R>
constexpr explicit_model<R> two_rooms() {
  model_builder<R> builder(2);
  R const quarter = R(1) / R(4);
  builder.add(0, 2, 1, quarter, R(5)).add_end(0, 9, R(1), R(2)).add(0, 2, 0, R(1) / R(2), R(1));
  builder.add(0, 2, 1, quarter, R(3));
  return builder.build();
}

TEST_CASE("a model is a finite environment over numbers of any kind") {
  STATIC_REQUIRE(bellman::finite_environment<explicit_model<double>>);
  STATIC_REQUIRE(bellman::finite_environment<explicit_model<float>>);
  STATIC_REQUIRE(bellman::finite_environment<explicit_model<rational>>);
  STATIC_REQUIRE(bellman::finite_environment<explicit_model<double, bellman::interval<double>>>);
  STATIC_REQUIRE(std::is_same_v<explicit_model<double>::action_type, index_t>);
}

TEST_CASE("each outcome has its own reward, and actions have the numbers that they were given") {
  CHECK(true_at_both_times([] {
    auto const m = two_rooms<rational>();
    auto const row = m.transition(0, 2);
    auto const first = *row.begin();
    auto const last = row.at(2);
    return m.size() == 3 && m.slots() == 2 && m.transitions() == 4 && m.end() == 2 && m.terminal(1) && m.terminal(2) &&
           !m.terminal(0) && m.actions(0).size() == 2 && m.actions(0)[1] == 9 && m.actions(1).empty() &&
           row.size() == 3 && first.value == bellman::outcome<rational, index_t>{rational(1), 0} &&
           first.probability == rational(1, 2) && last.value.reward == rational(5) && last.value.next == 1 &&
           m.slot(0, 9) == 1 && m.slot(0, 3) == bellman::no_index && m.slot(1, 0) == bellman::no_index;
  }));
}

TEST_CASE("a model is tabulated, solved and evaluated like any environment") {
  CHECK(true_at_both_times([] {
    auto const m = two_rooms<rational>();
    auto const t = bellman::tabulate(m);
    auto const [v, pi] = bellman::solve(m, rational(1, 2));
    auto const stay = bellman::state_value(
        m, [](index_t) { return index_t{2}; }, rational(1, 2));
    // 1/2 (1 + v / 2) + 1/4 5 + 1/4 3 = v
    return t.size() == 3 && t.transitions() == 3 && t.reward(0) == rational(5, 2) && t.action(0) == 2 &&
           v(0) == rational(10, 3) && v(1) == rational(0) && pi.optimal_actions(0).front() == 2 &&
           stay(0) == rational(10, 3);
  }));
}

TEST_CASE("copies share one model, and models are equal number by number") {
  auto const m = two_rooms<double>();
  auto const copy = m;
  CHECK(copy.rewards().data() == m.rewards().data());
  CHECK(copy == m);
  CHECK(two_rooms<double>() == m);
  model_builder<double> builder;
  builder.add(0, 0, 1, 1.0, 0.0);
  CHECK_FALSE(builder.build() == m);
}

TEST_CASE("the flat arrays of a model") {
  auto const m = two_rooms<double>();
  CHECK(std::ranges::equal(m.first_slots(), std::array<index_t, 4>{0, 2, 2, 2}));
  CHECK(std::ranges::equal(m.slot_actions(), std::array<index_t, 2>{2, 9}));
  CHECK(std::ranges::equal(m.first_transitions(), std::array<index_t, 3>{0, 3, 4}));
  CHECK(std::ranges::equal(m.next_states(), std::array<index_t, 4>{0, 1, 1, 2}));
  CHECK(std::ranges::equal(m.probabilities(), std::array{0.5, 0.25, 0.25, 1.0}));
  CHECK(std::ranges::equal(m.rewards(), std::array{1.0, 3.0, 5.0, 2.0}));
}

TEST_CASE("an action that a state does not have is refused") {
  auto const m = two_rooms<double>();
  CHECK(message_of([&] { static_cast<void>(m.transition(0, 3)); }) == "bellman: state 0 has no action 3");
  CHECK(message_of([&] { static_cast<void>(m.transition(1, 0)); }) == "bellman: state 1 has no action 0");
}

}  // namespace explicit_model_tests
