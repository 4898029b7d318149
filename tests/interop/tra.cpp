// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/tra.hpp>

#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/interval.hpp>

#include <cstddef>
#include <sstream>
#include <string>
#include <vector>

#include "interop/files.hpp"
#include "support/catch.hpp"
#include "support/folder.hpp"
#include "support/message_of.hpp"

namespace tra_tests {

using bellman::deadlock;
using bellman::rational;
using bellman::read_tra;
using bellman::tra_header;
using bellman::test::message_of;

template <class R, class P = R>
auto tra_of(std::string const& text, deadlock choice = deadlock::ends) {
  return bellman::test::read_text(text, [&](std::istream& in) { return read_tra<R, P>(in, "f.tra", choice); });
}
std::string tra_refusal(std::string const& text, deadlock choice = deadlock::ends) {
  return bellman::test::refusal_of(text, [&](std::istream& in) { return read_tra<double>(in, "f.tra", choice); });
}
template <class R, class P>
std::string tra_written(bellman::explicit_model<R, P> const& model, tra_header header) {
  std::ostringstream out;
  bellman::write_tra(out, model, header);
  return out.str();
}

TEST_CASE("a chain and a process in Storm's words") {
  auto const chain = tra_of<double>("dtmc\n0 1 0.25\n0 0 0.75\n");
  CHECK(chain.size() == 2);
  CHECK(chain.transition(0, 0).at(1).probability == 0.25);
  CHECK(chain.transition(0, 0).at(1).value.reward == 0);
  CHECK(chain.terminal(1));
  auto const process = tra_of<double>("mdp\n0 3 1 1\n0 1 0 1\n1 0 0 1\n");
  CHECK(process.actions(0).size() == 2);
  CHECK(process.actions(0)[1] == 3);
}

TEST_CASE("blanks, empty lines, the case of the first word and the order of lines do not matter") {
  auto const model = tra_of<double>("dTmC\r\n\n\n2\t 1  1 \r\n  0 1 0.5\n\t0 2\t0.5 \t\n 1 1 1\n 1 0 0\n\n");
  CHECK(model == tra_of<double>("dtmc\n0 1 0.5\n0 2 0.5\n1 1 1\n2 1 1"));
  CHECK(model.transitions() == 4);
}

TEST_CASE("a chain and a process with PRISM's numbers, and without any first line") {
  CHECK(tra_of<double>("3 3\n0 1 0.5\n0 0 0.5\n1 1 1\n").size() == 3);
  auto const process = tra_of<double>("3 3 4\n0 0 1 0.5 go\n0 0 0 0.5 go\n0 1 2 1\n1 0 1 1 stay\n");
  CHECK(process.size() == 3);
  CHECK(process.slots() == 3);
  CHECK(tra_of<double>("0 0 1\n") == tra_of<double>("dtmc\n0 0 1\n"));
  CHECK(tra_of<double>("0 1 0.5\n0 0 0.5\n") == tra_of<double>("dtmc\n0 1 0.5\n0 0 0.5\n"));
  CHECK(tra_of<double>("0 0 1 1\n0 1 0 1\n") == tra_of<double>("mdp\n0 0 1 1\n0 1 0 1\n"));
}

TEST_CASE("numbers are decimals, fractions, and intervals where they are asked for") {
  auto const exact = tra_of<rational>("dtmc\n0 0 0.1\n0 1 9/10\n");
  CHECK(exact.transition(0, 0).at(0).probability == rational(1, 10));
  auto const decimals = tra_of<rational>("dtmc\n0 0 2.5e-1\n0 1 .25\n0 2 +0.50000000000000000000000000\n");
  CHECK(decimals.transition(0, 0).at(2).probability == rational(1, 2));
  auto const wide =
      tra_of<bellman::rational512>("dtmc\n0 0 1/30000000000000000000000\n0 1 29999999999999999999999/3e22\n");
  CHECK(wide.transitions() == 2);
  auto const uncertain = tra_of<double, bellman::interval<double>>("dtmc\n0 0 [0.25, 0.5]\n0 1 [0.5,0.75]\n1 1 1\n");
  CHECK(uncertain.transition(0, 0).at(1).probability == bellman::interval<double>(0.5, 0.75));
  auto const narrow = tra_of<float>("dtmc\n0 0 1/3\n0 1 2/3\n");
  CHECK(narrow.transition(0, 0).at(0).probability == 1.0f / 3.0f);
  // What no double is near enough to is 0, and leads nowhere.
  CHECK(tra_of<double>("dtmc\n0 0 1\n0 1 1e-999\n").size() == 2);
}

TEST_CASE("what is no file of transitions is refused by line, with what was expected") {
  CHECK(tra_refusal("") ==
        "bellman: f.tra, line 1: expected `dtmc`, `mdp`, or the numbers of states and transitions, and the file ends");
  CHECK(tra_refusal("\n\n  \n").find("line 4") != std::string::npos);
  CHECK(tra_refusal("ctmc\n0 0 1\n") ==
        "bellman: f.tra, line 1: expected `dtmc`, `mdp`, or the numbers of states and transitions, found \"ctmc\"");
  CHECK(tra_refusal("dtmc 3\n") != "");
  CHECK(tra_refusal("7\n") != "");
  CHECK(tra_refusal("dtmc\n0 0\n") == "bellman: f.tra, line 2: expected `from to probability`, found \"0 0\"");
  CHECK(tra_refusal("dtmc\n\n0 0 0 1\n") ==
        "bellman: f.tra, line 3: expected `from to probability`, found \"0 0 0 1\"");
  CHECK(tra_refusal("mdp\n0 0 1\n") ==
        "bellman: f.tra, line 2: expected `from action to probability`, found \"0 0 1\"");
  CHECK(tra_refusal("dtmc\n-1 0 1\n") == "bellman: f.tra, line 2: expected `from to probability`, found \"-1 0 1\"");
  CHECK(tra_refusal("dtmc\n0 1.5 1\n") != "");
  CHECK(tra_refusal("dtmc\n0 4294967295 1\n") != "");
  CHECK(tra_refusal("dtmc\n0 99999999999999999999 1\n") != "");
  CHECK(tra_refusal("dtmc\n0 0 -0.5\n") ==
        "bellman: f.tra, line 2: expected a probability from 0 to 1, found \"0 0 -0.5\"");
  CHECK(tra_refusal("dtmc\n0 0 nan\n") == "bellman: f.tra, line 2: expected `from to probability`, found \"0 0 nan\"");
  for (char const* number :
       {"inf", "-inf", "0x1", "1e", "1.2.3", "1/0", "1/", "/2", ".", "e5", "--1", "[0,1]", "1,5"}) {
    CHECK(tra_refusal(std::string("dtmc\n0 0 ") + number + "\n").find("line 2: expected `from to prob") !=
          std::string::npos);
  }
  CHECK(tra_refusal("dtmc\n0 0 1e999\n") ==
        "bellman: f.tra, line 2: expected a number that its type can hold, found \"1e999\"");
  CHECK(tra_refusal("dtmc\n0 0 1 go 7\n").find("line 2: expected") != std::string::npos);
  for (char const* behind : {"0.5", "[x]", "1/2", "-", "7up", "\"go\""}) {
    CHECK(tra_refusal(std::string("dtmc\n0 0 1 ") + behind + "\n") ==
          std::string("bellman: f.tra, line 2: expected `from to probability`, found \"0 0 1 ") + behind + "\"");
  }
  CHECK(tra_refusal("dtmc\n0 0 0.5 go\n0 1 0.5 _go1\n").empty());
  CHECK(tra_refusal(std::string("dtmc\n0 0 \x01\0\xff 1\n", 15)).find("found \"0 0 ???") != std::string::npos);
  CHECK(tra_refusal("dtmc\n" + std::string(1000, 'x')).size() < 200);
}

TEST_CASE("a transition that is given twice is refused by its second line") {
  CHECK(tra_refusal("dtmc\n0 0 0.25\n1 1 1\n\n0 0 0.75\n") ==
        "bellman: f.tra, line 5: expected each transition once, found \"0 0\"");
  CHECK(tra_refusal("mdp\n0 3 1 0.5\n0 2 1 1\n0 3 1 0.5\n") ==
        "bellman: f.tra, line 4: expected each transition once, found \"0 3 1\"");
  CHECK(tra_refusal("0 0 0.5\n0 0 0.5\n") == "bellman: f.tra, line 2: expected each transition once, found \"0 0\"");
  CHECK(tra_refusal("mdp\n0 0 1 1\n0 1 1 1\n1 0 1 1\n1 1 0 1\n").empty());
}

TEST_CASE("a decimal is too large or near to 0 by its first digit, whatever its exponent says") {
  std::string const zeros(400, '0');
  auto const said = [](std::string const& p) { return tra_refusal("dtmc\n0 0 1\n0 1 " + p + "\n"); };
  for (std::string const& tiny :
       std::vector<std::string>{"1e-999", "0." + zeros + "1", "0." + zeros + "1e10", "." + zeros + "99e+60",
                                "1" + zeros + "e-999", "1/1e300", "1e-99999999999999999999", "4e-324/3"}) {
    CHECK(said(tiny).empty());
  }
  for (std::string const& large : std::vector<std::string>{"1" + zeros, "1" + zeros + "e-10", "0." + zeros + "1e999",
                                                           "1e99999999999999999999", "1e300/1e-300", "1/1e-999"}) {
    CHECK(said(large).find("bellman: f.tra, line 3: expected a number that its type can hold, found \"") == 0);
  }
  CHECK(said("0e99999999999999999999").empty());
  // A number below the normal ones is rounded, as arithmetic rounds it.
  auto const model = tra_of<double>("dtmc\n0 0 1\n0 1 7e-324\n");
  CHECK(model.transition(0, 0).at(1).probability == 5e-324);
}

TEST_CASE("what cannot be a model is refused by state and action, or by its sizes") {
  CHECK(tra_refusal("mdp\n0 3 1 0.5\n0 3 0 0.25\n") ==
        "bellman: f.tra: in state 0, the outcomes of action 3 have probabilities that sum to 0.75; they must sum to 1");
  CHECK(tra_refusal("2 3\n0 1 1\n1 1 1\n") == "bellman: f.tra: it says that there are 3 transitions, and there are 2");
  CHECK(tra_refusal("2 3 3\n0 0 1 1\n0 1 1 1\n1 0 1 1\n") == "");
  CHECK(tra_refusal("2 4 3\n0 0 1 1\n0 1 1 1\n1 0 1 1\n") ==
        "bellman: f.tra: it says that there are 4 choices, and there are 3");
  CHECK(tra_refusal("2 2\n0 2 1\n1 1 1\n") == "bellman: f.tra, line 2: expected states below 2, found \"0 2 1\"");
  CHECK(tra_refusal("2 2\n2 0 1\n1 1 1\n") != "");
  CHECK(tra_refusal("dtmc\n0 1 1\n1 2 1\n", deadlock::refused) ==
        "bellman: f.tra: state 2 has no transition; to read it as one that stays or ends, say deadlock::stays or "
        "deadlock::ends");
}

TEST_CASE("a few bytes do not make a model of four billion states") {
  for (deadlock choice : {deadlock::refused, deadlock::stays, deadlock::ends}) {
    CHECK(tra_refusal("dtmc\n0 4294967290 1\n", choice) ==
          "bellman: f.tra: there are 4294967291 states and only 1 transitions: most states are named nowhere");
    CHECK(tra_refusal("4294967290 1\n0 0 1\n", choice).find("4294967290 states and only 1") != std::string::npos);
  }
  CHECK(tra_of<double>("dtmc\n0 65000 1\n").size() == 65001);
}

TEST_CASE("what an exact number cannot hold is refused by line") {
  auto const exact = [](std::string const& p) {
    return bellman::test::refusal_of("dtmc\n0 0 " + p + "\n",
                                     [](std::istream& in) { return read_tra<rational>(in, "f"); });
  };
  CHECK(exact("0.12345678901234567890123") ==
        "bellman: f, line 2: expected a number that its type can hold, found \"0.12345678901234567890123\"");
  CHECK(exact("1e30") != "");
  CHECK(exact("1e-30") != "");
  CHECK(exact("1e999999999999") != "");
  CHECK(exact("1/99999999999999999999") != "");
  CHECK(exact("1").empty());
  CHECK(exact("10000000000e-10").empty());
}

TEST_CASE("transitions that are written are read again") {
  auto const process =
      tra_of<double>("mdp\n0 3 1 0.1\n0 3 0 0.9\n0 7 2 1\n1 0 1 0.333333333333333\n1 0 0 0.666666666666667\n");
  auto const chain = tra_of<double>("dtmc\n0 1 0.1\n0 0 0.9\n1 1 1\n");
  for (tra_header header : {tra_header::storm, tra_header::prism}) {
    CHECK(tra_of<double>(tra_written(process, header)) == process);
    CHECK(tra_of<double>(tra_written(chain, header)) == chain);
    auto const exact = tra_of<rational>("dtmc\n0 1 1/3\n0 0 2/3\n");
    CHECK(tra_of<rational>(tra_written(exact, header)) == exact);
    auto const uncertain = tra_of<double, bellman::interval<double>>("dtmc\n0 0 [0.1, 0.5]\n0 1 [0.5,0.9]\n");
    CHECK(tra_of<double, bellman::interval<double>>(tra_written(uncertain, header)) == uncertain);
  }
  CHECK(tra_written(chain, tra_header::storm) == "dtmc\n0 0 0.9\n0 1 0.1\n1 1 1\n");
  CHECK(tra_written(chain, tra_header::prism) == "2 3\n0 0 0.9\n0 1 0.1\n1 1 1\n");
  CHECK(tra_written(process, tra_header::prism).substr(0, 6) == "3 3 5\n");
  // Outcomes that differ by their rewards alone are one transition.
  bellman::model_builder<double> builder;
  builder.add(0, 0, 0, 0.25, 1.0).add(0, 0, 0, 0.5, 2.0).add(0, 0, 1, 0.25, 1.0);
  CHECK(tra_written(builder.build(), tra_header::storm) == "dtmc\n0 0 0.75\n0 1 0.25\n");
}

TEST_CASE("transitions that could not be read again are not written") {
  bellman::model_builder<double> builder(5);
  builder.add(0, 0, 3, 1.0, 0.0);
  auto const model = builder.build();
  CHECK(message_of([&] { tra_written(model, tra_header::storm); }) ==
        "bellman: state 4 is named by no transition, so that a file without the number of states lacks it; say "
        "tra_header::prism");
  CHECK(tra_of<double>(tra_written(model, tra_header::prism)) == model);
  auto const large = bellman::model_builder<double>(70'000).build();
  CHECK(message_of([&] { tra_written(large, tra_header::prism); }).find("70000 states and only 0 transitions") !=
        std::string::npos);
}

TEST_CASE("a stream that takes no more is refused, and so is a file that is not there") {
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  CHECK(message_of([&] { bellman::write_tra(out, tra_of<double>("dtmc\n0 0 1\n")); }) ==
        "bellman: a model cannot be written: the stream takes no more");
  CHECK(message_of([] { read_tra<double>("/there/is/no/f.tra"); }) == "bellman: /there/is/no/f.tra cannot be opened");
  folder const files;
  files.write("two.tra", "dtmc\n0 0 0.5\n0 1 0.5\n1 1 2\n");
  CHECK(message_of([&] { read_tra<double>(files.file("two.tra")); }) ==
        "bellman: " + files.file("two.tra") +
            ": in state 1, the outcomes of action 0 have probabilities that sum to 2; they must sum to 1");
}

TEST_CASE("files of transitions with mistakes are read or refused") {
  auto const reader = [](std::istream& in) { return read_tra<double>(in, "f.tra", deadlock::stays); };
  auto const exact = [](std::istream& in) { return read_tra<rational>(in, "f.tra", deadlock::ends); };
  for (char const* good : {"mdp\n0 0 1 0.5\n0 0 0 0.5\n0 1 1 1\n1 0 0 1e0\n", "2 3\n0 1 1/2\n0 0 .5\n1 1 1 a\n",
                           "2 3 3\n0 0 1 1\n0 1 1 1\n1 0 1 1\n"}) {
    CHECK(bellman::test::read_mutations(good, 2000, reader) > 20);
    CHECK(bellman::test::read_mutations(good, 2000, exact) > 20);
  }
}

}  // namespace tra_tests
