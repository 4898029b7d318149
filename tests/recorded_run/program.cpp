// SPDX-License-Identifier: BSL-1.0
#include <cmath>
#include <cstddef>
#include <sstream>
#include <string>
#include <vector>

#include "recorded_run/program.hpp"
#include "support/answered.hpp"
#include "support/catch.hpp"
#include "support/folder.hpp"

namespace {

auto run(std::vector<std::string> const& arguments) {
  return bellman::test::answered(
      [](auto const& given, auto&... streams) { return recorded_run::run(given, streams...); }, arguments);
}

std::string const header = "reward,value,terminated,truncated,value_after\n";

// Whether a line of the text has these cells, whatever lies between them.
bool has_row(std::string const& text, std::vector<std::string> const& cells) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::vector<std::string> found;
    for (std::string word; words >> word;) found.push_back(word);
    if (found == cells) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a run is judged step by step and episode by episode") {
  folder const here;
  here.write("run.csv", header + "1,2,0,0,\n2,0,0,0,\n4,4,1,0,\n1,1,0,1,8\n");
  auto const a = run({here.file("run.csv"), "--gamma", "0.5", "--lambda", "1", "--window", "2"});
  CHECK(a.status == 0);
  CHECK(a.err.empty());
  // TD errors 1 + 0/2 - 2, 2 + 4/2 - 0, 4 - 4; two steps: 1 + 2/2 + 4/4, ...; lambda 1: the returns.
  CHECK(has_row(a.out, {"0", "0", "+1.000", "+2.000", "-1.000", "+3.000", "+3.000", "+3.000", "+1.000"}));
  CHECK(has_row(a.out, {"0", "1", "+2.000", "+0.000", "+4.000", "+4.000", "+4.000", "+4.000", "+4.000"}));
  CHECK(has_row(a.out, {"0", "2", "+4.000", "+4.000", "+0.000", "+4.000", "+4.000", "+4.000", "+0.000"}));
  CHECK(has_row(a.out, {"1", "0", "+1.000", "+1.000", "+4.000", "+5.000", "+5.000", "+5.000", "+4.000"}));
  // The root of (1 + 16 + 0) / 3.
  CHECK(has_row(a.out, {"0", "3", "+3.000", "+2.000", "2.380", "+1.667", "terminated"}));
  CHECK(has_row(a.out, {"1", "1", "+5.000", "+1.000", "4.000", "+4.000", "truncated,", "value", "8.000"}));
}

TEST_CASE("no more steps are shown than were asked for, over the ends of episodes too") {
  folder const here;
  here.write("run.csv", header + "1,0,1,0,\n2,0,0,0,\n3,0,1,0,\n");
  auto const shown = [&](std::string const& steps) {
    return run({here.file("run.csv"), "--steps", steps, "--gamma", "0"}).out;
  };
  CHECK(has_row(shown("2"), {"1", "0", "+2.000", "+0.000", "+2.000", "+2.000", "+2.000", "+2.000", "+2.000"}));
  CHECK(!has_row(shown("2"), {"1", "1", "+3.000", "+0.000", "+3.000", "+3.000", "+3.000", "+3.000", "+3.000"}));
  CHECK(has_row(shown("3"), {"1", "1", "+3.000", "+0.000", "+3.000", "+3.000", "+3.000", "+3.000", "+3.000"}));
  CHECK(shown("0").find("TD error ") == std::string::npos);
}

TEST_CASE("a run that the program makes is read as it was made") {
  folder const here;
  auto const made = run({"--make", here.file("run.csv")});
  CHECK(made.status == 0);
  auto const read = run({here.file("run.csv"), "--make", here.file("again.csv")});
  CHECK(read.status == 0);
  CHECK(read.out == made.out);
  CHECK(read_whole(here.file("run.csv")) == read_whole(here.file("again.csv")));
  CHECK(made.out.find("truncated, value") != std::string::npos);
  CHECK(made.out.find("terminated") != std::string::npos);
}

TEST_CASE("a walk judged with the true values has TD errors of mean zero") {
  // With gamma 1 the value of place s is s / 8 and every step is worth 1 / 8 more or less, the same as its TD error.
  recorded_run::options o;
  o.gamma = 1.0;
  o.lambda = 0.5;
  double sum = 0;
  for (auto const& episode : recorded_run::walk(2000, 1.0) | bellman::views::episodes(&recorded_run::row::step)) {
    for (auto const& s : recorded_run::judged(o)(episode)) {
      CHECK(std::fabs(std::fabs(s.td_error) - 0.125) < 1e-12);
      sum += s.td_error;
    }
  }
  // Each episode ends above or below its start by at most 1/2, and 2000 of them by 22 or so.
  CHECK(std::fabs(sum) < 90);
}

TEST_CASE("what is wrong with a file is said with its line and what was expected") {
  folder const here;
  auto const error = [&](std::string const& text) {
    here.write("run.csv", text);
    auto const a = run({here.file("run.csv")});
    CHECK(a.status == 2);
    CHECK(a.out.empty());
    std::string const start = "recorded_run: " + here.file("run.csv") + ":";
    CHECK(a.err.substr(0, start.size()) == start);
    return a.err.substr(start.size());
  };
  CHECK(error("") == "1: expected the header reward,value,terminated,truncated,value_after\n");
  CHECK(error("reward,value\n") == "1: expected the header reward,value,terminated,truncated,value_after\n");
  CHECK(error(header) == "1: expected a step after the header\n");
  CHECK(error(header + "1,2,1,0\n") ==
        "2: expected 5 cells (reward,value,terminated,truncated,value_after), found 4\n");
  CHECK(error(header + "1,2,1,0,,\n") ==
        "2: expected 5 cells (reward,value,terminated,truncated,value_after), found 6\n");
  CHECK(error(header + "1,2,0,0,\none,2,1,0,\n") == "3: reward: expected a number, found \"one\"\n");
  CHECK(error(header + "1,nan,1,0,\n") == "2: value: expected a number, found \"nan\"\n");
  CHECK(error(header + "1,2,2,0,\n") == "2: terminated: expected 0 or 1, found \"2\"\n");
  CHECK(error(header + "1,2,0,,\n") == "2: truncated: expected 0 or 1, found \"\"\n");
  CHECK(error(header + "1,2,0,1,\n") == "2: value_after of a truncated step: expected a number, found \"\"\n");
  CHECK(error(header + "1,2,1,0,3\n") ==
        "2: value_after: expected nothing in a step that is not truncated, found \"3\"\n");
  CHECK(error(header + "1,2,1,0,\n1,2,0,0,\n") == "3: expected the last step to be terminated or truncated\n");
}

TEST_CASE("what is wrong with the arguments is said") {
  auto const error = [](std::vector<std::string> const& arguments) {
    auto const a = run(arguments);
    CHECK(a.status == 2);
    return a.err;
  };
  CHECK(error({"--gamma", "1.5"}) == "recorded_run: --gamma: expected a number in [0, 1], found \"1.5\"\n");
  CHECK(error({"--lambda"}) == "recorded_run: --lambda: needs a value\n");
  CHECK(error({"--window", "0"}) == "recorded_run: --window: expected a whole number from 1 on, found \"0\"\n");
  CHECK(error({"--steps", "-1"}) == "recorded_run: --steps: expected a whole number from 0 on, found \"-1\"\n");
  CHECK(error({"--speed"}) == "recorded_run: --speed: no such option; --help lists them\n");
  CHECK(error({"a.csv", "b.csv"}) == "recorded_run: b.csv: a run was given already\n");
  CHECK(error({"no/such.csv"}) == "recorded_run: no/such.csv: cannot be read\n");
  CHECK(run({"--help"}).out == recorded_run::usage);
}
