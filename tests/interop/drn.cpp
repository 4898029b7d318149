// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/drn.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/scalar/interval.hpp>

#include <algorithm>
#include <array>
#include <sstream>
#include <string>
#include <string_view>

#include "interop/files.hpp"
#include "support/catch.hpp"
#include "support/folder.hpp"
#include "support/message_of.hpp"

namespace drn_tests {

using bellman::deadlock;
using bellman::rational;
using bellman::read_drn;
using bellman::test::message_of;
using uncertain = bellman::interval<double>;

template <class R, class P = R>
auto drn_of(std::string const& text, std::string_view rewards = {}, deadlock choice = deadlock::refused) {
  return bellman::test::read_text(text, [&](std::istream& in) { return read_drn<R, P>(in, "f.drn", rewards, choice); });
}
template <class R = double, class P = R>
std::string drn_refusal(std::string const& text, std::string_view rewards = {}) {
  return message_of([&] { drn_of<R, P>(text, rewards); });
}
template <class R, class P>
std::string drn_written(bellman::explicit_model<R, P> const& model, bellman::state_labels const& labels = {}) {
  std::ostringstream out;
  bellman::write_drn(out, model, labels);
  return out.str();
}

std::string const drn_of_two_states = "@type: MDP\n@nr_states\n2\n@model\n";
std::string const whole_drn = R"(// Exported by storm
// Original model type: MDP
@type: MDP
@value_type: double
@parameters

@reward_models
coins tosses 
@nr_states
3
@nr_choices
4
@model
state 0 [0.5, 0] init "two words"
	action go [1, 7]
		1 : 0.5
		2 : 1/2
	action __NOLABEL__ [0, 2]
		2 : 1
// between
state 1 odd [2, 3]
	action 0
		1 : 1
state 2 done odd
	action 0 [0, 0]
		2 : 1
)";

TEST_CASE("a process with rewards, labels, comments and names of actions") {
  auto const m = drn_of<double>(whole_drn, "coins");
  CHECK(m.model.size() == 3);
  CHECK(m.model.slots() == 4);
  CHECK(m.model.transition(0, 0).at(0).value.reward == 1.5);
  CHECK(m.model.transition(0, 0).at(1).probability == 0.5);
  CHECK(m.model.transition(0, 1).at(0).value.reward == 0.5);
  CHECK(m.model.transition(1, 0).at(0).value.reward == 2);
  CHECK(m.labels.has("two words", 0));
  CHECK(m.labels.has("odd", 1));
  CHECK(m.labels.states("odd").size() == 2);
  CHECK(std::ranges::equal(m.action_names, std::array<std::string, 4>{"go", "__NOLABEL__", "0", "0"}));
  auto const tosses = drn_of<double>(whole_drn, "tosses").model;
  CHECK(tosses.transition(0, 0).at(0).value.reward == 7);
  CHECK(tosses.transition(1, 0).at(0).value.reward == 3);
}

TEST_CASE("a chain may leave its actions out, and numbers may be exact") {
  auto const m = drn_of<rational>(
      "@type: DTMC\n@value_type: rational\n@nr_states\n2\n@model\nstate 0\n0 : 1/3\n 1:2/3\nstate 1\n\taction a\n1 : "
      "1\n");
  CHECK(m.model.transition(0, 0).at(1).probability == rational(2, 3));
  CHECK(std::ranges::equal(m.action_names, std::array<std::string, 2>{"", "a"}));
}

TEST_CASE("intervals of probabilities are kept as they are") {
  std::string const text =
      "@type: MDP\n@value_type: double-interval\n@nr_states\n2\n@nr_choices\n2\n@model\n"
      "state 0\n\taction 0\n\t\t0 : [0.1, 0.9]\n\t\t1 : [0.5,0.75]\nstate 1\n\taction 0\n\t\t1 : [1, 1]";
  auto const m = drn_of<double, uncertain>(text).model;
  CHECK(m.transition(0, 0).at(0).probability == uncertain(0.1, 0.9));
  CHECK(m.transition(0, 0).at(1).probability == uncertain(0.5, 0.75));
  auto const exact = drn_of<rational, bellman::interval<rational>>(text).model;
  CHECK(exact.transition(0, 0).at(0).probability == bellman::interval<rational>(rational(1, 10), rational(9, 10)));
  CHECK(drn_refusal<double>(text) ==
        "bellman: f.drn, line 2: expected numbers; intervals are read by read_drn<R, bellman::interval<R>>, found "
        "\"@value_type: double-interval\"");
  CHECK(drn_refusal<double>(drn_of_two_states + "state 0\n1 : [0, 1]\n") ==
        "bellman: f.drn, line 6: expected a number; intervals are read by read_drn<R, bellman::interval<R>>, found "
        "\"1 : [0, 1]\"");
  CHECK(drn_refusal<double, uncertain>(drn_of_two_states + "state 0\n1 : [0.6, 0.4]\n") != "");
  CHECK(drn_refusal<double, uncertain>(drn_of_two_states + "state 0\n1 : [0.5, 0.75]\nstate 1\n1 : 1\n")
            .find("sum to [0.5, 0.75]") != std::string::npos);
  CHECK(drn_refusal<double, uncertain>(drn_of_two_states + "state 0\n1 : [-0.1, 1]\n") != "");
}

TEST_CASE("placeholders stand for numbers") {
  std::string const text =
      "@type: DTMC\n@placeholders\n$p : 0.25\n$q : 3/4\n@nr_states\n2\n@model\n"
      "state 0\n0 : $p\n1 : $q\nstate 1\n1 : 1\n";
  auto const m = drn_of<double>(text).model;
  CHECK(m.transition(0, 0).at(1).probability == 0.75);
  auto const paid = drn_of<double>(
      "@type: DTMC\n@placeholders\n$p : 1/4\n$r : -3\n$again : $r\n@reward_models\na b\n"
      "@nr_states\n2\n@model\nstate 0 [$again, 7]\naction 0 [ 1 ,$p]\n0 : $p\n1 : 3/4\n"
      "state 1\n1 : 1\n",
      "a");
  CHECK(paid.model.transition(0, 0).at(0).value.reward == -2);
  CHECK(paid.model.transition(0, 0).at(0).probability == 0.25);
  // Rewards are numbers of their own type, also where probabilities are intervals.
  std::string const head = "@type: DTMC\n@placeholders\n$r : 0.1\n$i : [0, 1]\n@nr_states\n1\n@model\n";
  auto const of_intervals = drn_of<double, uncertain>(head + "state 0 [$r]\n0 : $i\n");
  CHECK(of_intervals.model.rewards()[0] == 0.1);
  CHECK(drn_refusal<double, uncertain>(head + "state 0 [$i]\n0 : $i\n") ==
        "bellman: f.drn, line 8: expected rewards, as `[1, 0.5]`, found \"state 0 [$i]\"");
  CHECK(drn_refusal(drn_of_two_states + "state 0 [$r]\n") ==
        "bellman: f.drn, line 5: expected a placeholder that was given a number, found \"state 0 [$r]\"");
  CHECK(drn_refusal("@type: DTMC\n@placeholders\n$p : x*y\n@nr_states\n") != "");
  CHECK(drn_refusal("@type: DTMC\n@placeholders\n$p : 1\n$p : 1\n@nr_states\n") ==
        "bellman: f.drn, line 4: expected each placeholder once, found \"$p : 1\"");
  CHECK(drn_refusal("@type: DTMC\n@nr_states\n1\n@model\nstate 0\n0 : $p\n") ==
        "bellman: f.drn, line 6: expected a placeholder that was given a number, found \"0 : $p\"");
}

TEST_CASE("one of several reward models is named") {
  CHECK(drn_refusal(whole_drn) ==
        "bellman: f.drn: there are several reward models, of which one must be named: coins, tosses");
  CHECK(drn_refusal(whole_drn, "steps") == "bellman: f.drn: there is no reward model \"steps\"");
  auto const only = drn_of<double>(drn_of_two_states + "state 0 [3]\n0 : 1\nstate 1\n1 : 1\n").model;
  CHECK(only.transition(0, 0).at(0).value.reward == 3);
  CHECK(drn_refusal(drn_of_two_states + "state 0 [3, 4]\n0 : 1\nstate 1\n1 : 1\n") ==
        "bellman: f.drn, line 5: expected one reward, for there is no `@reward_models`, found \"state 0 [3, 4]\"");
}

TEST_CASE("a list has one reward for each reward model") {
  auto const listed = [](std::string const& names, std::string const& of_state, std::string const& of_action,
                         std::string const& which) {
    return drn_refusal("@type: DTMC\n@reward_models\n" + names + "\n@nr_states\n1\n@model\nstate 0 " + of_state +
                           "\naction 0 " + of_action + "\n0 : 1\n",
                       which);
  };
  CHECK(listed("a b", "[1, 2]", "[3, 4]", "b").empty());
  CHECK(listed("a b", "[1, 2]", "[3]", "a") ==
        "bellman: f.drn, line 8: expected 2 rewards, one for each name of `@reward_models`, found \"action 0 [3]\"");
  CHECK(listed("a b", "[1, 2, 3]", "", "a") != "");
  CHECK(listed("a b", "[1]", "", "b") != "");
  CHECK(listed("a", "[1, 2]", "", "") != "");
  CHECK(listed("a", "[1, 2]", "", "a") != "");
  CHECK(listed("a", "[1]", "[2]", "").empty());
  CHECK(listed("", "[1]", "", "") ==
        "bellman: f.drn, line 7: expected 0 rewards, one for each name of `@reward_models`, found \"state 0 [1]\"");
}

TEST_CASE("a state without actions is refused, stays or ends, and its names stay in step") {
  std::string const text = drn_of_two_states + "state 0\nstate 1\naction b\n0 : 1\n";
  CHECK(drn_refusal(text).find("state 0 has no transition") != std::string::npos);
  CHECK(drn_of<double>(text, "", deadlock::ends).model.terminal(0));
  auto const stays = drn_of<double>(text, "", deadlock::stays);
  CHECK(stays.model.slots() == 2);
  CHECK(std::ranges::equal(stays.action_names, std::array<std::string, 2>{"", "b"}));
}

TEST_CASE("what is no model in this format is refused by line, with what was expected") {
  std::string const keys =
      "`@type:`, `@value_type:`, `@parameters`, `@placeholders`, `@reward_models`, `@nr_states`, `@nr_choices` or "
      "`@model`";
  CHECK(drn_refusal("") == "bellman: f.drn, line 1: expected `@model`, and the file ends");
  CHECK(drn_refusal("@typ: MDP\n") == "bellman: f.drn, line 1: expected " + keys + ", found \"@typ: MDP\"");
  CHECK(drn_refusal("@type: CTMC\n") ==
        "bellman: f.drn, line 1: expected `@type: DTMC` or `@type: MDP`, found \"@type: CTMC\"");
  CHECK(drn_refusal("@value_type: parametric\n") != "");
  CHECK(drn_refusal("@type: MDP\n@parameters\np q\n") ==
        "bellman: f.drn, line 3: expected no parameters: the probabilities must be numbers, found \"p q\"");
  CHECK(drn_refusal("@model\n").find("before `@model`") != std::string::npos);
  CHECK(drn_refusal("@type: MDP\n@model\n").find("`@nr_states` before `@model`") != std::string::npos);
  CHECK(drn_refusal("@type: MDP\n@nr_states\nmany\n") ==
        "bellman: f.drn, line 3: expected a number of states, found \"many\"");
  CHECK(drn_refusal("@type: MDP\n@nr_states\n-1\n") != "");
  CHECK(drn_refusal("@type: MDP\n@nr_states\n99999999999\n") != "");
  CHECK(drn_refusal("@type: MDP\n@nr_states\n") != "");
  CHECK(drn_refusal(drn_of_two_states + "state 1\n") == "bellman: f.drn, line 5: expected state 0, found \"state 1\"");
  CHECK(drn_refusal(drn_of_two_states + "state 0\n0 : 1\nstate 1\n1 : 1\nstate 2\n") ==
        "bellman: f.drn, line 9: expected no more states, found \"state 2\"");
  CHECK(drn_refusal(drn_of_two_states + "state 0\n0 : 1\n") ==
        "bellman: f.drn: it says that there are 2 states, and there are 1");
  CHECK(drn_refusal("@type: MDP\n@nr_states\n1\n@nr_choices\n2\n@model\nstate 0\n0 : 1\n") ==
        "bellman: f.drn: it says that there are 2 choices, and there are 1");
  CHECK(drn_refusal(drn_of_two_states + "state 0 !3\n") ==
        "bellman: f.drn, line 5: expected a state without a rate and an observation, as a DTMC or an MDP has it, found "
        "\"state 0 !3\"");
  CHECK(drn_refusal(drn_of_two_states + "state 0 {3}\n") != "");
  CHECK(drn_refusal(drn_of_two_states + "state 0 [1\n") ==
        "bellman: f.drn, line 5: expected rewards, as `[1, 0.5]`, found \"state 0 [1\"");
  CHECK(drn_refusal(drn_of_two_states + "state 0 [x]\n") != "");
  CHECK(drn_refusal(drn_of_two_states + "state 0 []\n") != "");
  CHECK(drn_refusal(drn_of_two_states + "state 0 \"a\n") ==
        "bellman: f.drn, line 5: expected a label, in \" if it is more than one word, found \"state 0 \"a\"");
  CHECK(drn_refusal(drn_of_two_states + "state 0 \"\"\n") != "");
  CHECK(drn_refusal(drn_of_two_states + "action 0\n") ==
        "bellman: f.drn, line 5: expected `action name` of a state, with its rewards, found \"action 0\"");
  CHECK(drn_refusal(drn_of_two_states + "state 0\naction\n") != "");
  CHECK(drn_refusal(drn_of_two_states + "state 0\naction 0 more\n") != "");
  CHECK(drn_refusal(drn_of_two_states + "state 0\naction 0\naction 1\n0 : 1\n") ==
        "bellman: f.drn, line 6: expected transitions of the action \"0\", and there are none");
  CHECK(drn_refusal(drn_of_two_states + "state 0\n0 : 1\naction 1\n0 : 1\n") ==
        "bellman: f.drn, line 7: expected `action name` before the transitions of a state, found \"action 1\"");
  CHECK(drn_refusal("@type: DTMC\n@nr_states\n1\n@model\nstate 0\naction 0\n0 : 1\naction 1\n0 : 1\n") ==
        "bellman: f.drn, line 8: expected one action for each state, as a DTMC has it, found \"action 1\"");
  CHECK(drn_refusal(drn_of_two_states + "0 : 1\n") == "bellman: f.drn, line 5: expected `state 0`, found \"0 : 1\"");
  CHECK(drn_refusal(drn_of_two_states + "state 0\n0 1\n") ==
        "bellman: f.drn, line 6: expected `state`, `action` or a transition `target : probability`, found \"0 1\"");
  CHECK(drn_refusal(drn_of_two_states + "state 0\n2 : 1\n") ==
        "bellman: f.drn, line 6: expected a target below 2, found \"2 : 1\"");
  CHECK(drn_refusal(drn_of_two_states + "state 0\n0 : -1\n") ==
        "bellman: f.drn, line 6: expected a probability from 0 to 1, found \"0 : -1\"");
  CHECK(drn_refusal(drn_of_two_states + "state 0\n0 : p\n") ==
        "bellman: f.drn, line 6: expected a number, as 0.5, 1/2 or [0.4, 0.6], found \"0 : p\"");
  CHECK(drn_refusal(drn_of_two_states + "state 0 [1e308]\naction 0 [1e308]\n0 : 1\n")
            .find("rewards whose sum is finite") != std::string::npos);
  CHECK(drn_refusal(drn_of_two_states + "state 0\n0 : 0.5\nstate 1\n1 : 1\n") ==
        "bellman: f.drn: in state 0, the outcomes of action 0 have probabilities that sum to 0.5; they must sum to 1");
  CHECK(drn_refusal("@type: MDP\n@nr_states\n4294967000\n@model\nstate 0\n0 : 1\n") ==
        "bellman: f.drn: it says that there are 4294967000 states, and there are 1");
}

TEST_CASE("a model that is written in the format of Storm is read again") {
  auto const check = [](auto const& m, auto const& again) {
    CHECK(again.model == m.model);
    CHECK(again.labels == m.labels);
  };
  auto const process = drn_of<double>(whole_drn, "coins");
  check(process, drn_of<double>(drn_written(process.model, process.labels)));
  auto const exact = drn_of<rational>(
      "@type: DTMC\n@nr_states\n2\n@model\nstate 0 \"0 [x]\" [1/3]\n0 : 1/3\n 1:2/3\nstate 1\n1 : 1\n");
  check(exact, drn_of<rational>(drn_written(exact.model, exact.labels)));
  auto const intervals =
      drn_of<double, uncertain>(drn_of_two_states + "state 0\n0 : [0.1, 0.9]\n1 : 0.5\nstate 1 [2]\n1 : 1\n");
  check(intervals, drn_of<double, uncertain>(drn_written(intervals.model, intervals.labels)));
  CHECK(drn_written(exact.model).find("@type: DTMC\n@value_type: rational\n") == 0);
}

TEST_CASE("rewards of an action are written as their mean, if there is one") {
  bellman::model_builder<double> builder;
  builder.add(0, 0, 0, 0.5, 1.0).add(0, 0, 1, 0.25, 2.0).add(0, 0, 1, 0.25, 4.0).add(1, 0, 1, 1.0, 0.0);
  auto const m = drn_of<double>(drn_written(builder.build())).model;
  CHECK(m.transition(0, 0).at(0).value.reward == 2.0);
  CHECK(m.transition(0, 0).size() == 2);
  bellman::model_builder<double, uncertain> intervals;
  intervals.add(0, 0, 0, uncertain(0.25, 0.5), 1.0).add(0, 0, 1, uncertain(0.5, 0.75), 2.0);
  CHECK(message_of([&] { drn_written(intervals.build()); }) ==
        "bellman: in state 0, action 0 has outcomes of different rewards, and their mean is an interval; the file has "
        "one number for it");
  bellman::state_labels labels;
  labels.add("a\"b", 0);
  CHECK(message_of([&] { drn_written(builder.build(), labels); }).find("cannot be written") != std::string::npos);
  bellman::state_labels elsewhere;
  elsewhere.add("far", 2);
  CHECK(message_of([&] { drn_written(builder.build(), elsewhere); }) ==
        "bellman: the label \"far\" cannot be written; it is of state 2, and there are 2 states");
}

TEST_CASE("a model in Storm's format is read from a path") {
  folder const files;
  files.write("f.drn", whole_drn);
  CHECK(read_drn<double>(files.file("f.drn"), "coins").model == drn_of<double>(whole_drn, "coins").model);
  CHECK(message_of([&] { read_drn<double>(files.file("g.drn")); }) ==
        "bellman: " + files.file("g.drn") + " cannot be opened");
}

TEST_CASE("files in Storm's format with mistakes are read or refused") {
  auto const reader = [](std::istream& in) { return read_drn<double>(in, "f.drn", "coins", deadlock::stays); };
  auto const intervals = [](std::istream& in) { return read_drn<double, uncertain>(in, "f.drn", "", deadlock::ends); };
  CHECK(bellman::test::read_mutations(whole_drn, 4000, reader) > 100);
  CHECK(bellman::test::read_mutations(
            drn_of_two_states + "state 0 a\n0 : [0.1, 0.9]\n1 : 0.5\nstate 1 [2]\naction 1\n1 : 1\n", 4000, intervals) >
        50);
}

}  // namespace drn_tests
