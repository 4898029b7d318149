// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/rew.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/interop/tra.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/scalar/interval.hpp>

#include <cstddef>
#include <sstream>
#include <string>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>

#include "interop/files.hpp"
#include "support/catch.hpp"
#include "support/folder.hpp"
#include "support/message_of.hpp"

namespace rew_tests {

using bellman::rational;
using bellman::test::message_of;

template <class R>
auto model_of(std::string const& text) {
  return bellman::test::read_text(
      text, [](std::istream& in) { return bellman::read_tra<R>(in, "f.tra", bellman::deadlock::ends); });
}
template <class R>
auto chain() {
  return model_of<R>("dtmc\n0 0 1/2\n0 1 1/4\n0 2 1/4\n1 2 1\n");
}
template <class R>
auto process() {
  return model_of<R>("mdp\n0 0 0 1/2\n0 0 1 1/2\n0 4 2 1\n1 0 2 1\n");
}

template <class Model>
Model of_states(std::string const& text, Model const& model) {
  return bellman::test::read_text(text,
                                  [&](std::istream& in) { return bellman::read_state_rewards(in, "f.rew", model); });
}
template <class Model>
Model of_transitions(std::string const& text, Model const& model) {
  return bellman::test::read_text(
      text, [&](std::istream& in) { return bellman::read_transition_rewards(in, "f.rew", model); });
}
template <class Model>
std::string refused_states(std::string const& text, Model const& model) {
  return message_of([&] { of_states(text, model); });
}
template <class Model>
std::string refused_transitions(std::string const& text, Model const& model) {
  return message_of([&] { of_transitions(text, model); });
}

TEST_CASE("rewards of states are paid on each step out of them") {
  auto const m = of_states("0 3/2\n\n 2\t7 \n", process<rational>());
  CHECK(m.transition(0, 0).at(0).value.reward == rational(3, 2));
  CHECK(m.transition(0, 0).at(1).value.reward == rational(3, 2));
  CHECK(m.transition(0, 4).at(0).value.reward == rational(3, 2));
  CHECK(m.transition(1, 0).at(0).value.reward == rational(0));
  CHECK(m.terminal(2));
}

TEST_CASE("rewards of transitions are paid on those alone, and add up with others") {
  auto const m = of_transitions("0 1 2\n1 2 -1.5\n", chain<rational>());
  CHECK(m.transition(0, 0).at(0).value.reward == rational(0));
  CHECK(m.transition(0, 0).at(1).value.reward == rational(2));
  CHECK(m.transition(1, 0).at(0).value.reward == rational(-3, 2));
  auto const both = of_states("0 1\n", m);
  CHECK(both.transition(0, 0).at(1).value.reward == rational(3));
  CHECK(bellman::solve(both, rational(1)).value(0) == rational(9, 4));  // 1 + 2/4 + v/2 - 3/8
  auto const p = of_transitions("0 0 1 2\n0 4 2 1\n", process<rational>());
  CHECK(p.transition(0, 4).at(0).value.reward == rational(1));
  CHECK(p.transition(0, 0).at(1).value.reward == rational(2));
}

TEST_CASE("PRISM's first lines are passed over") {
  std::string const comment = "# Reward structure: \"steps\"\n# State rewards\n";
  CHECK(of_states(comment + "3 1\n0 5\n", chain<double>()) == of_states("0 5\n", chain<double>()));
  CHECK(of_transitions(comment + "3 1\n0 1 5\n", chain<double>()) == of_transitions("0 1 5\n", chain<double>()));
  CHECK(of_transitions(comment + "3 3 1\n0 0 1 5\n", process<double>()) ==
        of_transitions("0 0 1 5\n", process<double>()));
  CHECK(of_transitions("", chain<double>()) == chain<double>());
  CHECK(of_transitions("3 0\n", chain<double>()) == chain<double>());
  CHECK(of_states("3 0\n", chain<double>()) == chain<double>());
  CHECK(of_states("2 1\n", chain<double>()) == of_states("3 1\n2 1\n", chain<double>()));
}

TEST_CASE("a first line is PRISM's if it begins with the number of states, and says how much there is") {
  auto const c = chain<double>();
  auto const p = process<double>();
  CHECK(refused_states("3 2\n0 1\n", c) == "bellman: f.rew: it says that there are 2 rewards, and there are 1");
  CHECK(refused_states("3 0\n0 1\n", c) == "bellman: f.rew: it says that there are 0 rewards, and there are 1");
  CHECK(refused_states("3 0.5\n", c) ==
        "bellman: f.rew, line 1: expected the numbers of states and of rewards, found \"3 0.5\"");
  CHECK(refused_states("3 3 0\n", c) != "");
  CHECK(refused_states("4 1\n0 1\n", c) == "bellman: f.rew, line 1: expected a state below 3, found \"4 1\"");
  CHECK(refused_transitions("3 2\n0 1 5\n", c) == "bellman: f.rew: it says that there are 2 rewards, and there are 1");
  CHECK(refused_transitions("3 3 2\n0 0 1 5\n", p) ==
        "bellman: f.rew: it says that there are 2 rewards, and there are 1");
  CHECK(refused_transitions("3 4 1\n0 0 1 5\n", p) ==
        "bellman: f.rew: it says that there are 4 choices, and there are 3");
  CHECK(refused_transitions("3 2 1\n0 0 1 5\n", p) ==
        "bellman: f.rew: it says that there are 2 choices, and there are 3");
  // Two numbers are no line of rewards, nor are three of which the first is another number of states.
  CHECK(refused_transitions("2 1\n0 1 5\n", c) == "bellman: f.rew, line 1: expected `from to reward`, found \"2 1\"");
  CHECK(refused_transitions("9 3 1\n0 0 1 5\n", p) != "");
  CHECK(refused_transitions("0 1 5\n1 2 3 4\n", c) ==
        "bellman: f.rew, line 2: expected a transition of the model, found "
        "\"1 2 3 4\"");
}

TEST_CASE("PRISM's first line for another number of states is refused, be it a reward of the model") {
  auto const four = model_of<double>("dtmc\n0 1 1\n1 2 1\n2 3 1\n3 3 1\n");
  std::string const refused =
      "expected the numbers of PRISM for 4 states, or rewards in the order of their states, found ";
  CHECK(refused_states("3 1\n0 2\n", four) == "bellman: f.rew, line 1: " + refused + "\"3 1\"");
  CHECK(refused_states("# of three\n\n3 2\n0 2\n2 5\n", four) == "bellman: f.rew, line 3: " + refused + "\"3 2\"");
  // Rewards: of a state behind the last that it would count, as many as it would not, none, or of no whole number.
  auto const pays = [&](std::string const& text) {
    auto const m = of_states(text, four);
    std::vector<double> rewards;
    for (bellman::index_t s : m.states()) rewards.push_back(m.transition(s, m.actions(s)[0]).at(0).value.reward);
    return rewards;
  };
  CHECK(pays("0 1\n1 5\n") == std::vector<double>{1, 5, 0, 0});
  CHECK(pays("2 1\n3 5\n") == std::vector<double>{0, 0, 1, 5});
  CHECK(pays("2 2\n3 5\n0 7\n") == std::vector<double>{7, 0, 2, 5});
  CHECK(pays("3 2\n0 5\n") == std::vector<double>{5, 0, 0, 2});
  CHECK(pays("3 0\n") == std::vector<double>{0, 0, 0, 0});
  CHECK(pays("3 1.0\n0 5\n") == std::vector<double>{5, 0, 0, 1});
  CHECK(pays("4 2\n3 1\n0 5\n") == std::vector<double>{5, 0, 0, 1});

  // `3 0 1` is also the reward 1 of the transition from state 3 to state 0.
  auto const process_of_four = model_of<double>("mdp\n0 0 1 1\n0 1 2 1\n1 0 3 1\n2 0 0 1\n3 0 0 1\n");
  auto const paid = [&](std::string const& text, std::size_t transition) {
    auto const m = of_transitions(text, process_of_four);
    return m.rewards()[transition];
  };
  CHECK(refused_transitions("3 0 1\n0 1 2 5\n", process_of_four) == "bellman: f.rew, line 1: " + refused + "\"3 0 1\"");
  CHECK(paid("3 0 2\n0 1 2 5\n", 4) == 2);
  CHECK(paid("3 0 1\n2 0 5\n", 4) == 1);
  CHECK(paid("2 0 1\n3 0 0 5\n", 3) == 1);
}

TEST_CASE("choices are counted with or without those of states that stay") {
  auto const stays = bellman::test::read_text("mdp\n0 0 0 1/2\n0 0 1 1/2\n0 4 2 1\n1 0 2 1\n", [](std::istream& in) {
    return bellman::read_tra<double>(in, "f.tra", bellman::deadlock::stays);
  });
  CHECK(of_transitions("3 3 1\n0 0 1 5\n", stays) == of_transitions("0 0 1 5\n", stays));
  CHECK(of_transitions("3 4 1\n0 0 1 5\n", stays) == of_transitions("0 0 1 5\n", stays));
  CHECK(refused_transitions("3 2 1\n0 0 1 5\n", stays) != "");
  CHECK(refused_transitions("3 5 1\n0 0 1 5\n", stays) != "");
}

TEST_CASE("rewards that are no rewards of the model are refused by line") {
  auto const c = chain<double>();
  auto const p = process<double>();
  CHECK(refused_states("0 1\n0 2\n", c) == "bellman: f.rew, line 2: expected each state once, found \"0 2\"");
  CHECK(refused_states("0 1\n3 2\n", c) == "bellman: f.rew, line 2: expected a state below 3, found \"3 2\"");
  CHECK(refused_states("0\n", c) == "bellman: f.rew, line 1: expected `state reward`, found \"0\"");
  CHECK(refused_states("0 1 2\n", c) != "");
  CHECK(refused_states("0 nan\n", c) != "");
  CHECK(refused_states("0 1e400\n", c) ==
        "bellman: f.rew, line 1: expected a number that its type can hold, found \"1e400\"");
  CHECK(refused_states("-1 2\n", c) != "");
  CHECK(refused_transitions("0 1 1\n0 1 2\n", c) ==
        "bellman: f.rew, line 2: expected each transition once, found \"0 1 2\"");
  CHECK(refused_transitions("1 1 1\n", c) ==
        "bellman: f.rew, line 1: expected a transition of the model, found \"1 1 1\"");
  CHECK(refused_transitions("2 0 1\n", c) != "");  // it has no action
  CHECK(refused_transitions("0 3 1\n0 0 0\n", c) != "");
  CHECK(refused_transitions("5 0 1\n", c) == "bellman: f.rew, line 1: expected a state below 3, found \"5 0 1\"");
  CHECK(refused_transitions("0 1 2 1\n", p) != "");
  CHECK(refused_transitions("0 1 2\n1 2 2\n", p) ==
        "bellman: f.rew, line 1: expected `from action to reward`, for the state has several actions, found \"0 1 2\"");
  CHECK(refused_transitions("0 0 1\n0 0\n", c) == "bellman: f.rew, line 2: expected `from to reward`, found \"0 0\"");
  CHECK(refused_transitions("0 0 1 x\n", p) ==
        "bellman: f.rew, line 1: expected `from action to reward`, found \"0 0 1 x\"");
  CHECK(refused_transitions("0 0 1e308\n", of_transitions("0 0 1.7e308\n", c)) ==
        "bellman: f.rew, line 1: expected rewards whose sum is finite, found \"0 0 1e308\"");
}

TEST_CASE("rewards that are written are read again") {
  auto const check = [](auto const& model, auto const& silent) {
    std::ostringstream out;
    bellman::write_transition_rewards(out, model);
    CHECK(of_transitions(out.str(), silent) == model);
    return out.str();
  };
  CHECK(check(of_transitions("0 1 2\n1 2 -1.5\n", chain<double>()), chain<double>()) == "0 1 2\n1 2 -1.5\n");
  CHECK(check(of_transitions("0 0 1 0.1\n0 4 2 1\n", process<double>()), process<double>()) == "0 0 1 0.1\n0 4 2 1\n");
  check(of_transitions("0 0 1 1/3\n0 4 2 1\n", process<rational>()), process<rational>());
  std::ostringstream out;
  bellman::write_state_rewards(out, std::vector{rational(0), rational(1, 3), rational(2)});
  CHECK(out.str() == "1 1/3\n2 2\n");
}

TEST_CASE("rewards that are quotients of integers of any size are read as they are, and written so") {
  using fraction = boost::multiprecision::cpp_rational;
  auto const m = of_states("0 0.1\n", chain<fraction>());
  CHECK(m.transition(0, 0).at(0).value.reward == fraction(1, 10));
  CHECK(m.transition(0, 0).at(1).probability == fraction(1, 4));
  std::ostringstream out;
  bellman::write_transition_rewards(out, m);
  CHECK(out.str() == "0 0 1/10\n0 1 1/10\n0 2 1/10\n");
  CHECK(of_transitions(out.str(), chain<fraction>()) == m);
}

TEST_CASE("rewards of one transition that differ are written as their mean, if there is one") {
  bellman::model_builder<rational> builder;
  builder.add(0, 0, 0, rational(1, 4), rational(1)).add(0, 0, 0, rational(1, 2), rational(4));
  builder.add(0, 0, 1, rational(1, 4), rational(1));
  std::ostringstream out;
  bellman::write_transition_rewards(out, builder.build());
  CHECK(out.str() == "0 0 3\n0 1 1\n");
  using uncertain = bellman::interval<double>;
  bellman::model_builder<double, uncertain> intervals;
  intervals.add(0, 0, 1, uncertain(0.25, 0.5), 1.0).add(0, 0, 1, uncertain(0.5, 0.75), 2.0);
  CHECK(message_of([&] { bellman::write_transition_rewards(out, intervals.build()); }) ==
        "bellman: in state 0, action 0 leads to state 1 for rewards that differ; the file has one number for them");
}

TEST_CASE("rewards are read from paths") {
  folder const files;
  files.write("f.rew", "0 2\n");
  files.write("f.trans.rew", "0 1 2\n");
  auto const c = chain<double>();
  CHECK(bellman::read_state_rewards(files.file("f.rew"), c) == of_states("0 2\n", c));
  CHECK(bellman::read_transition_rewards(files.file("f.trans.rew"), c) == of_transitions("0 1 2\n", c));
  CHECK(message_of([&] { bellman::read_state_rewards(files.file("g"), c); }) != "");
}

TEST_CASE("files of rewards with mistakes are read or refused") {
  auto const p = process<double>();
  auto const states = [&](std::istream& in) { return bellman::read_state_rewards(in, "f.rew", p); };
  auto const transitions = [&](std::istream& in) { return bellman::read_transition_rewards(in, "f.rew", p); };
  CHECK(bellman::test::read_mutations("# State\n3 2\n0 1/2\n1 2.5\n", 2000, states) > 50);
  CHECK(bellman::test::read_mutations("3 3 3\n0 0 1 0.5\n0 4 2 1e3\n1 0 2 1\n", 2000, transitions) > 50);
}

}  // namespace rew_tests
