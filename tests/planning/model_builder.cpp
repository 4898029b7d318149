// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/model_builder.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/interval.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <random>
#include <vector>

#include "models/listed_mdp.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace model_builder_tests {

using bellman::explicit_model;
using bellman::index_t;
using bellman::interval;
using bellman::model_builder;
using bellman::rational;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

TEST_CASE("transitions come in any order and those that are alike add up") {
  CHECK(true_at_both_times([] {
    model_builder<rational> builder;
    builder.add(2, 1, 0, rational(1), rational(0));
    builder.add(0, 5, 2, rational(1, 4), rational(7));
    builder.add(0, 1, 1, rational(1), rational(1));
    builder.add(0, 5, 2, rational(1, 2), rational(8));
    builder.add(0, 5, 2, rational(1, 4), rational(7));
    builder.add(2, 1, 1, rational(0), rational(3));
    auto const m = builder.build();
    auto const row = m.transition(0, 5);
    return m.size() == 3 && m.end() == bellman::no_index && m.slots() == 3 && m.transitions() == 4 &&
           m.actions(0)[0] == 1 && m.actions(0)[1] == 5 && row.size() == 2 && row.at(0).probability == rational(1, 2) &&
           row.at(0).value.reward == rational(7) && row.at(1).value.reward == rational(8) && builder.size() == 6 &&
           builder.states() == 3;
  }));
}

TEST_CASE("a model does not depend on the order of its transitions") {
  std::mt19937 urbg(7);
  std::vector<models::listed_row<rational>> rows;
  for (int s = 0; s < 12; ++s) {
    for (int a = 0; a < 3; ++a) {
      for (int k = 0; k < 8; ++k) {
        rows.push_back({s, (a * 5 + s) % 17, rational(1, 8), static_cast<int>(urbg() % 4), rational(urbg() % 2)});
      }
    }
  }
  auto const build = [&] {
    model_builder<rational> builder(12);
    for (auto const& r : rows) builder.add(r.s, r.a, r.next, r.p, r.reward);
    return builder.build();
  };
  auto const in_order = build();
  for (int i = 0; i < 20; ++i) {
    std::shuffle(rows.begin(), rows.end(), urbg);
    CHECK(build() == in_order);
  }
  for (index_t k = 0; k < in_order.slots(); ++k) CHECK(in_order.outcomes(k).size() <= 8);
}

TEST_CASE("a model is worth what the same transitions are worth in another environment") {
  std::mt19937 urbg(11);
  for (int i = 0; i < 30; ++i) {
    std::vector<models::listed_row<double>> rows;
    for (int s = 0; s < 9; ++s) {
      for (int a = 0; a < 1 + s % 3; ++a) {
        for (int k = 0; k < 4; ++k) {
          int const next = static_cast<int>(urbg() % 10);
          rows.push_back({s, a, 0.25, next, static_cast<double>(urbg() % 5)});
        }
      }
    }
    auto const listed = bellman::solve(models::mdp_of_rows(10, rows), 0.9).value;
    std::shuffle(rows.begin(), rows.end(), urbg);
    model_builder<double> builder(10);
    for (auto const& r : rows) builder.add(r.s, r.a, r.next, r.p, r.reward);
    auto const built = bellman::solve(builder.build(), 0.9).value;
    for (int s = 0; s < 10; ++s) CHECK(std::abs(built(static_cast<index_t>(s)) - listed(s)) < 1e-10);
  }
}

TEST_CASE("what ends leads to one last state, and what stays does not") {
  CHECK(true_at_both_times([] {
    model_builder<rational> builder(2);
    builder.add_end(0, 0, rational(1, 2), rational(3)).add(0, 0, 0, rational(1, 2), rational(3));
    builder.add_end(1, 4, rational(1), rational(10));
    auto const m = builder.build();
    auto const v = bellman::solve(m, rational(1)).value;
    return m.size() == 3 && m.end() == 2 && m.terminal(2) && v(0) == rational(6) && v(1) == rational(10) &&
           v(2) == rational(0);
  }));
}

TEST_CASE("a discount of a transition is the probability of going on") {
  CHECK(true_at_both_times([] {
    // V(0) = 1/2 (2 + 1/3 V(1)) + 1/2 (4 + V(0) / 2), V(1) = 6
    model_builder<rational> builder(2);
    builder.add(0, 0, 1, rational(1, 2), rational(2), rational(1, 3));
    builder.add(0, 0, 0, rational(1, 2), rational(4), rational(1, 2));
    builder.add_end(1, 0, rational(1), rational(6));
    auto const m = builder.build();
    return bellman::solve(m, rational(1)).value(0) == rational(16, 3) &&
           bellman::state_value(
               m, [](index_t) { return index_t{0}; }, rational(1))(0) == rational(16, 3) &&
           m.transition(0, 0).size() == 4;
  }));
}

TEST_CASE("a discount of an action holds for all its outcomes") {
  CHECK(true_at_both_times([] {
    auto const model = [](bool by_slot) {
      model_builder<rational> builder(2);
      if (by_slot) {
        builder.discount(0, 2, rational(1, 2)).add(0, 2, 1, rational(1, 3), rational(9));
        builder.add(0, 2, 0, rational(1, 3), rational(2)).add_end(0, 2, rational(1, 3), rational(2));

      } else {
        builder.add(0, 2, 1, rational(1, 3), rational(9), rational(1, 2));
        builder.add(0, 2, 0, rational(1, 3), rational(2), rational(1, 2)).add_end(0, 2, rational(1, 3), rational(2));
      }
      builder.add_end(1, 0, rational(1), rational(4));
      return builder.build();
    };
    // V(0) = 13/3 + (4 + V(0)) / 6
    return model(true) == model(false) && bellman::solve(model(true), rational(1)).value(0) == rational(6);
  }));
}

TEST_CASE("discounts of one action multiply, and 0 and 1 are discounts") {
  model_builder<double> builder(2);
  builder.add(0, 0, 1, 1.0, 1.0).discount(0, 0, 0.5).discount(0, 0, 0.5);
  builder.add(0, 1, 1, 1.0, 1.0).discount(0, 1, 0.0);
  builder.add(1, 0, 1, 1.0, 1.0).discount(1, 0, 1.0);
  auto const m = builder.build();
  CHECK(m.transition(0, 0).at(0).probability == 0.25);
  CHECK(m.transition(0, 0).at(1).probability == 0.75);
  CHECK(m.transition(0, 1).size() == 1);
  CHECK(m.transition(0, 1).at(0).value.next == m.end());
  CHECK(m.transition(1, 0).size() == 1);
}

TEST_CASE("discounts are exact in floating point where their products are") {
  model_builder<double> builder(1);
  builder.add(0, 0, 0, 1.0, 1.0, 0.5);
  CHECK(bellman::solve(builder.build(), 1.0).value(0) == 2.0);
  model_builder<float> narrow(1);
  narrow.add(0, 0, 0, 1.0f, 1.0f, 0.5f);
  CHECK(bellman::solve(narrow.build(), 1.0f).value(0) == 2.0f);
}

TEST_CASE("an action that is forbidden is not there, whenever that was said") {
  CHECK(true_at_both_times([] {
    model_builder<rational> builder(2);
    builder.forbid(0, 1).forbid(1, 7);
    for (int a = 0; a < 3; ++a) builder.add(0, a, 1, rational(1), rational(a));
    builder.forbid(0, 2).discount(0, 2, rational(1, 2));
    auto const m = builder.build();
    return m.slots() == 1 && m.actions(0)[0] == 0 && m.terminal(1);
  }));
}

TEST_CASE("more may be added after a model was built") {
  model_builder<double> builder;
  builder.reserve(2).states(2).add(0, 0, 1, 1.0, 1.0);
  auto const before = builder.build();
  builder.add_end(1, 0, 1.0, 2.0);
  auto const after = builder.build();
  CHECK(before.terminal(1));
  CHECK(bellman::solve(after, 1.0).value(0) == 3.0);
  CHECK(model_builder<double>().build().size() == 0);
  CHECK(model_builder<double>(3).build().size() == 3);
  CHECK(model_builder<double>().states(3).build().size() == 3);
  CHECK(model_builder<double>(3).states(2).build().size() == 3);
  CHECK(message_of([] { model_builder<double>(3).states(4); }) ==
        "bellman: there are to be 4 states; it was said that there are 3");
}

TEST_CASE("rewards may be vectors or duals, and probabilities intervals") {
  using vec = bellman::coordinates<double, 2>;
  model_builder<vec, double> vectors(2);
  vectors.add(0, 0, 1, 0.5, vec{{1.0, 2.0}}).add(0, 0, 1, 0.25, vec{{0.0, 2.0}}).add(0, 0, 1, 0.25, vec{{1.0, 2.0}});
  CHECK(vectors.build().transitions() == 2);

  using dual = bellman::dual<double>;
  model_builder<dual> duals(2);
  duals.add(0, 0, 1, dual(0.5), dual(1.0)).add(0, 0, 1, dual(0.5), dual::variable(1.0));
  CHECK(duals.build().transitions() == 2);  // they compare equal and are not the same

  model_builder<double, interval<double>> intervals(3);
  intervals.add(0, 0, 1, interval<double>(0.4, 0.9), 1.0).add(0, 0, 2, interval<double>(0.5, 0.8), 0.0);
  auto const uncertain = intervals.build();
  CHECK(uncertain.probabilities()[0] == interval<double>(0.4, 0.9));
  CHECK(message_of([] {
          model_builder<double, interval<double>> wrong(3);
          wrong.add(0, 0, 1, interval<double>(0.1, 0.2), 1.0).add(0, 0, 2, interval<double>(0.5, 0.75), 0.0);
          wrong.build();
        }).find("bellman: in state 0, the outcomes of action 0 have probabilities that sum to [0.5") == 0);
}

TEST_CASE("decimals of a fixed point of intervals are near enough to one") {
  model_builder<double, interval<double>> builder(11);
  for (int i = 1; i <= 10; ++i) builder.add(0, 0, i, interval<double>(0.1), 0.0);
  builder.add(1, 0, 0, interval<double>(0.333333333), 0.0).add(1, 0, 2, interval<double>(0.666666666), 0.0);
  CHECK(builder.build().slots() == 2);
}

TEST_CASE("what is no transition is refused by state, action and value") {
  auto const added = [](auto const& body) {
    return message_of([&] {
      model_builder<double> builder(3);
      body(builder);
      builder.build();
    });
  };
  CHECK(added([](auto& b) { b.add(3, 0, 0, 1.0, 0.0); }) ==
        "bellman: a transition leads from state 3; there are 3 states");
  CHECK(added([](auto& b) { b.add(0, 0, 3, 1.0, 0.0); }) ==
        "bellman: a transition leads to state 3; there are 3 states");
  CHECK(added([](auto& b) { b.add(-1, 0, 0, 1.0, 0.0); }) ==
        "bellman: a transition leads from state -1; it must be from 0 to 4294967293");
  CHECK(added([](auto& b) { b.add(0, -2, 0, 1.0, 0.0); }) ==
        "bellman: a transition has action -2; it must be from 0 to 4294967293");
  CHECK(added([](auto& b) { b.add(0, 0, 4294967294u, 1.0, 0.0); }) ==
        "bellman: a transition leads to state 4294967294; it must be from 0 to 4294967293");
  CHECK(added([](auto& b) { b.add(1, 2, 0, -0.5, 0.0); }) ==
        "bellman: in state 1, action 2 has an outcome of probability -0.5; it must lie in [0, 1]");
  CHECK(added([](auto& b) { b.add(1, 2, 0, std::numeric_limits<double>::quiet_NaN(), 0.0); }).find("probability nan") !=
        std::string::npos);
  CHECK(added([](auto& b) { b.add(1, 2, 0, 1.0, std::numeric_limits<double>::infinity()); }) ==
        "bellman: in state 1, action 2 has an outcome of reward inf; it must be a finite number");
  CHECK(added([](auto& b) { b.add(1, 2, 0, 1.0, 0.0, 1.5); }) ==
        "bellman: in state 1, action 2 has the discount 1.5; it must lie in [0, 1]");
  CHECK(added([](auto& b) { b.discount(1, 2, -0.5); }) ==
        "bellman: in state 1, action 2 has the discount -0.5; it must lie in [0, 1]");
  CHECK(added([](auto& b) { b.add(1, 2, 0, 0.5, 0.0).add(1, 2, 1, 0.25, 0.0).add(1, 1, 1, 1.0, 0.0); }) ==
        "bellman: in state 1, the outcomes of action 2 have probabilities that sum to 0.75; they must sum to 1");
  CHECK(added([](auto& b) { b.add(1, 2, 0, 0.0, 0.0); }) ==
        "bellman: in state 1, the outcomes of action 2 have probabilities that sum to 0; they must sum to 1");
  CHECK(added([](auto& b) { b.add(1, 2, 0, std::numeric_limits<double>::infinity(), 0.0); }).find("sum to inf") !=
        std::string::npos);
  CHECK(added([](auto& b) { b.discount(1, 2, 0.5); }) ==
        "bellman: in state 1, action 2 has a discount and no outcomes; add its transitions, or forbid it");
  CHECK(added([](auto& b) { b.discount(1, 2, 0.5).add(1, 3, 0, 1.0, 0.0); }) ==
        "bellman: in state 1, action 2 has a discount and no outcomes; add its transitions, or forbid it");
  CHECK(
      added([](auto& b) { b.add(1, 2, 0, 1.0, 0.0).forbid(1, 2); }) ==
      "bellman: every action of state 1 is forbidden; it needs one, or no transitions at all, which makes it terminal");
  CHECK(added([](auto& b) { b.add(0, 0, 1, 1.0, 0.0); }).empty());
  CHECK(message_of([] { model_builder<double>(-1); }) ==
        "bellman: the number of states is -1; it must be from 0 to 4294967293");
}

TEST_CASE("what is refused leaves the builder as it was") {
  static constexpr double infinity = std::numeric_limits<double>::infinity();
  auto const is_left = [](auto const& body) {
    model_builder<double> builder;
    builder.add(0, 0, 1, 1.0, 2.0);
    bool const refused = message_of([&] { body(builder); }) != "";
    return refused && builder.states() == 2 && builder.size() == 1 && builder.build().end() == bellman::no_index;
  };
  CHECK(is_left([](auto& b) { b.add(0, 0, 7, -1.0, 0.0); }));
  CHECK(is_left([](auto& b) { b.add(7, 0, 0, 1.0, infinity); }));
  CHECK(is_left([](auto& b) { b.add(-1, 0, 7, 1.0, 0.0); }));
  CHECK(is_left([](auto& b) { b.add(7, -1, 0, 1.0, 0.0); }));
  CHECK(is_left([](auto& b) { b.add(0, 0, 7, 1.0, 0.0, 1.5); }));
  CHECK(is_left([](auto& b) { b.add(0, 0, 7, -1.0, 0.0, 0.0); }));
  CHECK(is_left([](auto& b) { b.add_end(0, 0, -1.0, 0.0); }));
  CHECK(is_left([](auto& b) { b.add_end(0, 0, 1.0, infinity); }));
  CHECK(is_left([](auto& b) { b.discount(7, 0, 1.5); }));
  CHECK(is_left([](auto& b) { b.forbid(7, -1); }));
}

TEST_CASE("exact probabilities of a model must sum to one exactly") {
  model_builder<rational> builder(2);
  builder.add(0, 0, 1, rational(1, 3), rational(0)).add(0, 0, 0, rational(2, 3), rational(0));
  CHECK(builder.build().slots() == 1);
  builder.add(1, 0, 0, rational(999'999'999, 1'000'000'000), rational(0));
  CHECK(message_of([&] { builder.build(); }).find("sum to 999999999/1000000000") != std::string::npos);
}

TEST_CASE("many rewards of one transition are sorted, not compared with each other") {
  model_builder<double> builder(2);
  int const n = 200'000;
  for (int i = 0; i < n; ++i) builder.add(0, 0, 1, 1.0 / n, static_cast<double>((i * 7919LL) % n));
  builder.discount(0, 0, 0.5);
  auto const m = builder.build();
  CHECK(m.transitions() == 2u * n);
  CHECK(m.rewards()[1] == 1.0);
}

}  // namespace model_builder_tests
