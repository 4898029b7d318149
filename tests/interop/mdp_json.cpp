// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/mdp_json.hpp>

#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/model_builder.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/scalar/interval.hpp>

#include <sstream>
#include <string>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>

#include "interop/files.hpp"
#include "support/catch.hpp"
#include "support/folder.hpp"
#include "support/message_of.hpp"

namespace mdp_json_tests {

using bellman::rational;
using bellman::read_mdp_json;
using bellman::test::message_of;

template <class R>
auto json_of(std::string const& text) {
  return bellman::test::read_text(text, [](std::istream& in) { return read_mdp_json<R>(in, "f.json"); });
}
std::string json_refusal(std::string const& text) {
  return message_of([&] { json_of<double>(text); });
}
template <class Model>
std::string json_written(Model const& m) {
  std::ostringstream out;
  bellman::write_mdp_json(out, m.model, m.start);
  return out.str();
}

std::string const lake = R"({
"name": "lake", "source": {"transitions": [1, {"states": "no"}], "rows": [[[]]]},
"states": 3,
"actions": 2,
"columns": ["s", "a", "p", "s_next", "r", "done"],
"initial_distribution": [0.75, 0.25, 0.0],
"n_transitions": 4,
"transitions": [
 [0, 0, 0.33333333333333337, 1, 0.5, false],
 [0, 0, "2/3", 0, -1, false], [0, 1, 1, 2, 1.5, true],
 [1, 0, 1.0, 1, 0, true]
],
"expected": [{"gamma": 0.5, "V": [null, true, "x"]}]
}
)";

TEST_CASE("a model in rows, and where it begins") {
  auto const m = json_of<double>(lake);
  CHECK(m.model.size() == 4);
  CHECK(m.model.end() == 3);
  CHECK(m.model.terminal(2));
  CHECK(m.model.transition(0, 0).at(0).probability == 2.0 / 3.0);
  CHECK(m.model.transition(0, 1).at(0).value.next == 3);
  CHECK(m.model.transition(0, 1).at(0).value.reward == 1.5);
  CHECK(m.start.size() == 2);
  CHECK(m.start[1] == bellman::weighted<bellman::index_t, double>{1, 0.25});
  CHECK(json_of<double>(R"({"transitions": [[0, 0, 1, 1, 0, false]], "states": 2})").start.empty());
}

TEST_CASE("exact numbers take decimals of machines for the fractions that they are near") {
  auto const m = json_of<rational>(lake);
  CHECK(m.model.transition(0, 0).at(1).probability == rational(1, 3));
  CHECK(m.model.transition(0, 0).at(1).value.reward == rational(1, 2));
  CHECK(m.start[0].probability == rational(3, 4));
  auto const wide = json_of<bellman::rational512>(lake);
  CHECK(wide.model.transition(0, 0).at(1).probability == bellman::rational512(1, 3));
  for (long long d : {3LL, 7LL, 300LL, 999'983LL}) {
    std::ostringstream text;
    text.precision(17);
    text << "{\"states\": 2, \"transitions\": [[0, 0, " << 1.0 / static_cast<double>(d) << ", 1, 0, false], [0, 0, "
         << static_cast<double>(d - 1) / static_cast<double>(d) << ", 0, 0, false]]}";
    auto const one = json_of<rational>(text.str()).model;
    CHECK(one.transition(0, 0).at(1).probability == rational(1, d));
  }
}

TEST_CASE("what is no model in JSON is refused by line, with what was expected") {
  CHECK(json_refusal("").find("bellman: f.json, line 1: expected JSON") == 0);
  CHECK(json_refusal("[1]") == "bellman: f.json, line 1: expected an object, found \"an array\"");
  CHECK(json_refusal("7") == "bellman: f.json, line 1: expected an object, found \"7\"");
  CHECK(json_refusal("{\"states\": 2,\n\"transitions\": [}").find("bellman: f.json, line 2: expected JSON") == 0);
  CHECK(json_refusal("{\"states\": 2}") == "bellman: f.json: the key \"transitions\" is missing");
  CHECK(json_refusal("{\"transitions\": []}") == "bellman: f.json: the key \"states\" is missing");
  CHECK(json_refusal("{\n\"states\": 1.5}") == "bellman: f.json, line 2: expected a number of states, found \"1.5\"");
  CHECK(json_refusal("{\"states\":\n-1\n}") == "bellman: f.json, line 2: expected a number of states, found \"-1\"");
  CHECK(json_refusal("{\n\n\"states\"\n:\n1.5\n\n}").find("line 5") != std::string::npos);
  CHECK(json_refusal("{\"states\": true}") != "");
  CHECK(json_refusal("{\"states\": [1]}") ==
        "bellman: f.json, line 1: expected a number of states, found \"an array\"");
  CHECK(json_refusal("{\"states\": {}}") != "");
  CHECK(json_refusal("{\"states\": 4294967295}") != "");
  CHECK(json_refusal("{\"states\": 1, \"states\": 1}") ==
        "bellman: f.json, line 1: expected each key once, found \"states\"");
  CHECK(json_refusal("{\"states\": 2, \"transitions\": [], \"transitions\": []}") != "");
  CHECK(json_refusal("{\"transitions\": 1}") == "bellman: f.json, line 1: expected an array, found \"1\"");
  CHECK(json_refusal("{\"columns\": [\"s\", \"b\"]}") ==
        "bellman: f.json, line 1: expected the columns s, a, p, s_next, r, done, found \"others\"");
  CHECK(json_refusal("{\"columns\": [\"s\"]}") != "");
  auto const rows = [](std::string const& text) {
    return json_refusal("{\"states\": 2, \"actions\": 2,\n\"initial_distribution\": [1, 0],\n\"transitions\": [\n" +
                        text + "\n]}");
  };
  std::string const row = "a row [s, a, p, s_next, r, done]";
  CHECK(rows("[0, 0, 1, 1, 0, false]").empty());
  CHECK(rows("7") == "bellman: f.json, line 4: expected " + row + ", found \"7\"");
  CHECK(rows("{}") != "");
  CHECK(rows("[0, 0, 1, 1, 0, false],\n[0, 0, 1, 1, 0]") ==
        "bellman: f.json, line 5: expected " + row + ", found \"5 elements\"");
  CHECK(rows("[0, 0, 1, 1, 0, false, 1]") == "bellman: f.json, line 4: expected " + row + ", found \"more\"");
  CHECK(rows("[0, 0, 1, 1, [0], false]") != "");
  CHECK(rows("[0, 0, 1, 1, {}, false]") != "");
  CHECK(rows("[7, [], 0, 0, 1, 1, 0, false]") == "bellman: f.json, line 4: expected " + row + ", found \"more\"");
  CHECK(rows("[0, 0, 1, 1, [], false]") == "bellman: f.json, line 4: expected a reward, found \"another value\"");
  CHECK(rows("[-1, 0, 1, 1, 0, false]") == "bellman: f.json, line 4: expected a state, found \"-1\"");
  CHECK(rows("[0, 0.0, 1, 1, 0, false]") == "bellman: f.json, line 4: expected an action, found \"0.0\"");
  CHECK(rows("[0, 2, 1, 1, 0, false]") == "bellman: f.json, line 4: expected an action below 2, found \"2\"");
  CHECK(rows("[0, 0, 1, 2, 0, false]") == "bellman: f.json, line 4: expected states below 2, found \"2\"");
  CHECK(rows("[2, 0, 1, 1, 0, false]") == "bellman: f.json, line 4: expected states below 2, found \"2\"");
  CHECK(rows("[0, 0, -0.5, 1, 0, false]") ==
        "bellman: f.json, line 4: expected a probability from 0 to 1, found \"-0.5\"");
  CHECK(rows("[0, 0, \"x\", 1, 0, false]") != "");
  CHECK(rows("[0, 0, 1, 1, null, false]") == "bellman: f.json, line 4: expected a reward, found \"null\"");
  CHECK(rows("[0, 0, 1, 1, \"NaN\", false]") != "");
  for (std::string const large : {"1e999", "\"1e999\"", "\"1e200/1e-200\""}) {
    CHECK(rows("[0, 0, 1, 1, " + large + ", false]").find("expected a number that its type can hold, found \"") !=
          std::string::npos);
  }
  CHECK(rows("[0, 0, 1, 1, 1e-999, false]").empty());
  CHECK(rows("[0, 0, 1, 1, 0, 1]") == "bellman: f.json, line 4: expected done, which is true or false, found \"1\"");
  CHECK(rows("[0, 0, 0.5, 1, 0, false]") ==
        "bellman: f.json: in state 0, the outcomes of action 0 have probabilities that sum to 0.5; they must sum to 1");
  CHECK(json_refusal("{\"transitions\": [[0, 0, 1, 5, 0, false]], \"states\": 2}") ==
        "bellman: f.json: there is no state 5, for \"states\" is 2");
  CHECK(json_refusal("{\"transitions\": [[0, 0, 1, 5, 0, true]], \"states\": 2}") != "");
  CHECK(json_refusal("{\"states\": 4000000000, \"transitions\": [[0, 0, 1, 1, 0, false]]}").find("named nowhere") !=
        std::string::npos);
  CHECK(json_refusal("{\"states\": 2, \"initial_distribution\": [1], \"transitions\": []}") ==
        "bellman: f.json: \"initial_distribution\" has 1 numbers for 2 states");
  CHECK(json_refusal("{\"states\": 2, \"initial_distribution\": [0.5, 0.25], \"transitions\": []}") ==
        "bellman: f.json: \"initial_distribution\" sums to 0.75; it must sum to 1");
  CHECK(json_refusal("{\"states\": 2, \"initial_distribution\": [[1]], \"transitions\": []}") != "");
  CHECK(json_refusal(std::string(100'000, '[')) != "");
  CHECK(json_refusal("{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}") ==
        "bellman: f.json: the key \"states\" is missing");
}

TEST_CASE("rewards and probabilities in dense arrays") {
  auto const m = json_of<rational>(R"({"states": 2, "actions": 2, "R": [[0, 1], [1, null]],
      "Q": [[[0.5, 0.5], [0, 1]], [["1/3", "2/3"], [0, 0]]], "beta": 0.5, "sigma_star": [1, 0]})")
                     .model;
  CHECK(m.slots() == 3);
  CHECK(m.transitions() == 5);
  CHECK(m.transition(1, 0).at(1).probability == rational(2, 3));
  CHECK(m.transition(0, 1).at(0).value == bellman::outcome<rational, bellman::index_t>{rational(1), 1});
  auto const everywhere = json_of<rational>(R"({"states": 3, "R": [[0], [1], [2]], "Q": "1/3 everywhere"})").model;
  CHECK(everywhere.transitions() == 9);
  auto const pairs = json_of<double>(R"({"states": 2, "s_indices": [1, 0, 0], "a_indices": [0, 4, 2],
      "R": [5, 6, "-Infinity"], "Q": [[0.25, 0.75], [1, 0], [1, 0]]})")
                         .model;
  CHECK(pairs.slots() == 2);
  CHECK(pairs.actions(0)[0] == 4);
  CHECK(pairs.transition(1, 0).at(0).value.reward == 5);
}

TEST_CASE("dense arrays of other sizes are refused") {
  auto const dense = [](std::string const& text) { return json_refusal("{\"states\": 2, " + text + "}"); };
  std::string const q = R"("Q": [[[0.5, 0.5], [0, 1]], [[1, 0], [0, 1]]])";
  CHECK(dense(R"("R": [[0, 1], [1, 0]], )" + q).empty());
  CHECK(dense(R"("R": [[0, 1], [1, 0]])") == "bellman: f.json: the key \"transitions\" is missing");
  CHECK(dense(R"("R": 7)") == "bellman: f.json, line 1: expected an array, found \"7\"");
  CHECK(dense(R"("R": [[0, 1], [1]], )" + q) ==
        "bellman: f.json, line 1: expected numbers of \"R\", as many in one bracket as in every other, found \"1\"");
  CHECK(dense(R"("R": [[0, 1], 1], )" + q) != "");
  CHECK(dense(R"("R": [[0, 1], [[1, 2]]], )" + q) != "");
  CHECK(dense(R"("R": [[[[0]]]], )" + q) != "");
  CHECK(dense(R"("R": [[0, {}], [1, 1]], )" + q) != "");
  CHECK(dense(R"("R": [0, 1], )" + q) == "bellman: f.json: \"R\" must have a number for each action of each state");
  CHECK(dense(R"("R": [], )" + q) != "");
  CHECK(dense(R"("R": [[0, 1], [1, 0], [1, 0]], )" + q) != "");
  CHECK(dense(R"("actions": 3, "R": [[0, 1], [1, 0]], )" + q) != "");
  CHECK(dense(R"("R": [[0], [1]], )" + q) ==
        "bellman: f.json: \"Q\" must have a number for each next state of each number of \"R\"");
  CHECK(dense(R"("R": [[0, 1], [1, 0]], "Q": "1/2")") != "");
  CHECK(dense(R"("R": [[0, 1], [1, 0]], "Q": "1/3 everywhere")").find("sum to 0.66") != std::string::npos);
  CHECK(dense(R"("s_indices": [0], "R": [1], "Q": [[1, 0]])") ==
        "bellman: f.json: \"a_indices\" must have an action for each number of \"R\"");
  CHECK(dense(R"("a_indices": [0], "R": [1], "Q": [[1, 0]])") != "");
  // Brackets without numbers before the first number.
  CHECK(dense(R"("s_indices": [[], 0], "a_indices": [0, 0], "R": [1, 2], "Q": [[1, 0], [1, 0]])") ==
        "bellman: f.json: \"s_indices\" must have a state for each number of \"R\"");
  CHECK(dense(R"("s_indices": [0, 1], "a_indices": [[[]], 0], "R": [1, 2], "Q": [[1, 0], [1, 0]])") ==
        "bellman: f.json: \"a_indices\" must have an action for each number of \"R\"");
  CHECK(dense(R"("s_indices": [0, 1], "a_indices": [0, 0], "R": [1, 2], "Q": [[[], 0], [1, 0]])") ==
        "bellman: f.json: \"Q\" must have a number for each next state of each number of \"R\"");
  CHECK(dense(R"("R": [[[], 1], [1, 0]], )" + q) ==
        "bellman: f.json: \"R\" must have a number for each action of each state");
  CHECK(dense(R"("R": [[1], [1]], "Q": [[[[]]], [[1, 0]]])") != "");
  CHECK(dense(R"("R": [[1], [1]], "Q": [[[[], 1]], [[1, 0]]])") != "");
  CHECK(dense(R"("s_indices": [2], "a_indices": [0], "R": [1], "Q": [[1, 0]])") ==
        "bellman: f.json: there is no state 2, for \"states\" is 2");
  CHECK(dense(R"("s_indices": [0.5], "a_indices": [0], "R": [1], "Q": [[1, 0]])") ==
        "bellman: f.json, line 1: expected a state, found \"0.5\"");
  CHECK(json_refusal(R"({"states": 4000000000, "R": [[1]], "Q": "1 everywhere"})") != "");
  CHECK(json_refusal(R"({"states": 4000000000, "s_indices": [0], "a_indices": [0], "R": [1], "Q": "1 everywhere"})")
            .find("more than a million transitions") != std::string::npos);
}

TEST_CASE("a model that is written in JSON is read again") {
  auto const m = json_of<double>(lake);
  auto const again = json_of<double>(json_written(m));
  CHECK(again.model == m.model);
  CHECK(again.start == m.start);
  auto const exact = json_of<rational>(lake);
  auto const exact_again = json_of<rational>(json_written(exact));
  CHECK(exact_again.model == exact.model);
  CHECK(exact_again.start == exact.start);
}

TEST_CASE("quotients of integers of any size are read from JSON as they are, and written so") {
  using fraction = boost::multiprecision::cpp_rational;
  auto const m = json_of<fraction>(
      R"({"states": 2, "initial_distribution": [0.3333333333333333, "2/3"], "transitions":
          [[0, 0, "1/3", 0, 0.1, false], [0, 0, 0.6666666666666667, 1, "1/7", false], [1, 0, 1, 1, 2, true]]})");
  CHECK(m.model.transition(0, 0).at(0).value.reward == fraction(1, 10));
  CHECK(m.model.transition(0, 0).at(1).value.reward == fraction(1, 7));
  CHECK(m.model.transition(0, 0).at(1).probability == fraction(2, 3));
  CHECK(m.start[0].probability == fraction(1, 3));
  CHECK(json_written(m).find("[0, 0, \"1/3\", 0, \"1/10\", false]") != std::string::npos);
  CHECK(json_of<fraction>(json_written(m)).model == m.model);
}

TEST_CASE("intervals are written in JSON as strings, and read again") {
  using uncertain = bellman::interval<double>;
  bellman::model_builder<uncertain> builder;
  builder.add(0, 0, 1, uncertain(0.25, 0.5), uncertain(-1, 2)).add_end(0, 0, uncertain(0.5, 0.75), uncertain(3));
  builder.add(1, 0, 0, uncertain(1), uncertain(0.1));
  bellman::mdp_json<uncertain> const m{builder.build(), {{1, uncertain(0.25, 1)}, {0, uncertain(0, 0.5)}}};
  auto const again = json_of<uncertain>(json_written(m));
  CHECK(again.model == m.model);
  CHECK(again.start.size() == 2);
  CHECK(again.start[1] == m.start[0]);
}

TEST_CASE("what ends with probability 0, and an action of the largest number, are read again") {
  bellman::model_builder<double> builder;
  builder.add(0, 4'294'967'293u, 1, 1.0, 2.0).add_end(0, 4'294'967'293u, 0.0, 0.0);
  bellman::mdp_json<double> const m{builder.build(), {}};
  CHECK(m.model.end() == 2);
  CHECK(json_of<double>(json_written(m)).model == m.model);
}

TEST_CASE("what cannot be read again is not written in JSON") {
  auto const refused = [](auto const& model, std::vector<bellman::weighted<bellman::index_t, double>> const& start) {
    return message_of([&] { json_written(bellman::mdp_json<double>{model, start}); });
  };
  auto const model = json_of<double>(lake).model;
  CHECK(refused(model, {{0, 0.5}, {2, 0.5}}).empty());
  CHECK(
      refused(model, {{0, 0.5}, {3, 0.5}}) ==
      "bellman: state 3, in which it may begin, cannot be written; there are 3 states but for that in which what ends "
      "is left");
  CHECK(refused(model, {{0, 1.0}, {7, 0.0}}) != "");
  CHECK(refused(model, {{0, 1.5}, {1, -0.5}}) ==
        "bellman: to begin in state 1 has probability -0.5; it must lie in [0, 1]");
  CHECK(refused(model, {{0, 0.5}, {1, 0.25}}) ==
        "bellman: the states to begin in have probabilities that sum to 0.75; they must sum to 1");
  CHECK(refused(bellman::model_builder<double>(70'000).build(), {}) ==
        "bellman: a file in JSON: there are 70000 states and only 0 transitions: most states are named nowhere");
  CHECK(refused(bellman::model_builder<double>(60'000).build(), {}).empty());
}

TEST_CASE("a model in JSON is read from a path") {
  folder const files;
  files.write("f.json", lake);
  CHECK(read_mdp_json<double>(files.file("f.json")).model == json_of<double>(lake).model);
  CHECK(message_of([&] { read_mdp_json<double>(files.file("g.json")); }) ==
        "bellman: " + files.file("g.json") + " cannot be opened");
}

TEST_CASE("files in JSON with mistakes are read or refused") {
  auto const reader = [](std::istream& in) { return read_mdp_json<double>(in, "f.json"); };
  auto const exact = [](std::istream& in) { return read_mdp_json<rational>(in, "f.json"); };
  CHECK(bellman::test::read_mutations(lake, 4000, reader) > 50);
  CHECK(bellman::test::read_mutations(lake, 4000, exact) > 50);
  CHECK(bellman::test::read_mutations(R"({"states": 2, "R": [[0, 1], [1, null]],
      "Q": [[[0.5, 0.5], [0, 1]], [["1/3", "2/3"], [0, 0]]], "beta": 0.5})",
                                      4000, reader) > 50);
  CHECK(bellman::test::read_mutations(R"({"states": 2, "s_indices": [1, 0], "a_indices": [0, 4],
      "R": [5, 6], "Q": [[0.25, 0.75], [1, 0]]})",
                                      4000, reader) > 20);
}

}  // namespace mdp_json_tests
