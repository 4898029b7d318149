// SPDX-License-Identifier: BSL-1.0
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "sepsis/program.hpp"
#include "support/answered.hpp"
#include "support/catch.hpp"
#include "support/folder.hpp"

namespace {

auto run(std::vector<std::string> const& arguments) {
  return bellman::test::answered([](auto const& given, auto&... streams) { return sepsis::run(given, streams...); },
                                 arguments);
}

template <class Word>
std::string little_endian(Word x) {
  std::string bytes;
  for (std::size_t i = 0; i < sizeof(Word); ++i) bytes += static_cast<char>(x >> (8 * i) & 0xff);
  return bytes;
}
std::string bytes_of(double x) { return little_endian(std::bit_cast<std::uint64_t>(x)); }
std::string u16(unsigned x) { return little_endian(static_cast<std::uint16_t>(x)); }
std::string u32(unsigned x) { return little_endian(static_cast<std::uint32_t>(x)); }

// A unit of one state, 0, and the three in which nothing is done: 1 died, 2 survived, 3 gone. Treatment 0 keeps the
// patient with 1/2, else half survive; treatment 1 cures 3 of 4; the others are not admissible.
struct files {
  std::vector<std::vector<std::pair<unsigned, double>>> rows{
      {{0, 0.5}, {1, 0.25}, {2, 0.25}}, {{1, 0.25}, {2, 0.75}}, {{0, 0.25}, {1, 0.25}, {2, 0.5}}, {{3, 1}}};
  std::string before = "ICUSEPS1", after;
  std::string clinicians, admissible = "2 0 0 0\n0 1\n\n\n\n", start = "1,0,0,0\n", reward = "0,0,1,0\n",
                          severity = "4.5,0,0,0\n";

  files() {
    clinicians = "0.5,0.5";
    for (int a = 2; a < 25; ++a) clinicians += ",0.0";
    clinicians += '\n';
    for (int s = 1; s < 4; ++s) {
      for (int a = 0; a < 25; ++a) clinicians += a == 0 ? "0.0" : ",0.0";
      clinicians += '\n';
    }
  }

  std::string transitions() const {
    std::string text = before;
    unsigned count = 0;
    for (auto const& row : rows) count += static_cast<unsigned>(row.size());
    text += u32(4) + u32(25) + u32(static_cast<unsigned>(rows.size())) + u32(count);
    for (unsigned s = 0; s < 4; ++s) {
      for (unsigned a = 0; a < 25; ++a) text += u16(s > 0 ? 3 : a < 2 ? a : 2);
    }
    unsigned first = 0;
    for (auto const& row : rows) {
      text += u32(first);
      first += static_cast<unsigned>(row.size());
    }
    text += u32(first);
    for (auto const& row : rows) {
      for (auto const& e : row) text += u16(e.first);
    }
    for (auto const& row : rows) {
      for (auto const& e : row) text += bytes_of(e.second);
    }
    return text + after;
  }

  // As the authors have it: all rows, with all states.
  std::string table() const {
    std::string text;
    for (unsigned s = 0; s < 4; ++s) {
      for (unsigned a = 0; a < 25; ++a) {
        std::vector<double> p(4);
        for (auto const& [next, probability] : rows[s > 0 ? 3 : a < 2 ? a : 2]) p[next] = probability;
        for (unsigned next = 0; next < 4; ++next) text += (next == 0 ? "" : ",") + std::to_string(p[next]);
        text += '\n';
      }
    }
    return text;
  }

  void write(folder const& here) const {
    here.write("icu_sepsis_compact.bin", transitions());
    here.write("expertPolicy.csv", clinicians);
    here.write("admissibleActions.txt", admissible);
    here.write("initialStateDistribution.csv", start);
    here.write("rewardFunction.csv", reward);
    here.write("sofaScores.csv", severity);
  }
};

}  // namespace

TEST_CASE("a unit of one state, by hand") {
  folder const here;
  files{}.write(here);
  auto const f = sepsis::find_out(sepsis::read_records(here.path()), false);
  CHECK(f.claims.all_hold());
  // Half of the blocks with treatment 0, which keeps with 1/2: v = 1/2 (1/4 + v / 2) + 1/2 * 3/4.
  CHECK(std::fabs(f.clinicians.survival[0] - 2.0 / 3) < 1e-12);
  CHECK(std::fabs(f.clinicians.blocks() - 4.0 / 3) < 1e-12);
  CHECK(std::fabs(f.clinicians.share(0, 1) - 0.5) < 1e-12);
  // All treatments at random do what these two do.
  CHECK(std::fabs(f.random.survival[0] - 2.0 / 3) < 1e-12);
  CHECK(std::fabs(f.random.share(4, 4) - 1.0 / 25) < 1e-12);
  // Treatment 1 cures 3/4; so would treatment 0 only if the patient stayed for ever.
  CHECK(std::fabs(f.best.survival[0] - 0.75) < 1e-12);
  CHECK(f.best_treatment == std::vector<int>{1, -1, -1, -1});
  CHECK(f.best.expected.lower <= f.best.expected.upper);
}

TEST_CASE("the authors' own files are read too") {
  folder const packed, tables;
  files const f;
  f.write(packed);
  f.write(tables);
  std::filesystem::remove(tables.path() / "icu_sepsis_compact.bin");
  std::filesystem::create_directory(tables.path() / "extras");
  for (char const* name : {"admissibleActions.txt", "sofaScores.csv"}) {
    std::filesystem::rename(tables.path() / name, tables.path() / "extras" / name);
  }
  auto const said = [&](std::string const& text) {
    tables.write("transitionFunction.csv", text);
    auto const err = run({"--data", tables.path().string()}).err;
    return err.substr(err.rfind('/') + 1);
  };
  std::string const right = f.table();
  CHECK(said(right) == "");
  // Of these patients not as many survive as of the recorded ones, and the program says so.
  auto const judged = run({"--data", tables.path().string()});
  CHECK(judged.status == 1);
  CHECK(judged.out.find("NO   of patients survive") != std::string::npos);
  auto const one = sepsis::read_records(packed.path());
  auto const other = sepsis::read_records(tables.path());
  for (int s = 0; s < one.states(); ++s) {
    for (int a = 0; a < 25; ++a) CHECK(one.after(s, a) == other.after(s, a));
  }
  CHECK(said("") == "transitionFunction.csv:1: the file ends; expected 25 lines, 25 for each state\n");
  CHECK(said("1,0,0,0\n").find("transitionFunction.csv:1: the file ends; expected 100 lines") == 0);
  CHECK(said("1,0,0,0\n1,0\n") ==
        "transitionFunction.csv:2: expected 4 probabilities, as in the first line, found 2\n");
  CHECK(said("0.5,0,0,0\n").find("transitionFunction.csv:1: expected a row that sums to 1, found 0.5") == 0);
  CHECK(said(right + "1,0,0,0\n").find("transitionFunction.csv:101: expected no more") == 0);
}

TEST_CASE("a unit by rules, and everything that is said of it holds") {
  folder const here;
  auto const a = run({"--svg", here.file("sepsis.svg")});
  CHECK(a.err == "");
  CHECK(a.status == 0);
  CHECK(a.out.find("NO ") == std::string::npos);
  CHECK(read_whole(here.file("sepsis.svg")).find("<svg") == 0);
  // The best treatment of a degree of illness is what the rules made the best.
  auto const f = sepsis::find_out(sepsis::unit_by_rules(), false);
  for (int s = 0; s < sepsis::degrees_of_rules; ++s) {
    CHECK(f.best_treatment[static_cast<std::size_t>(s)] == sepsis::needed_by_rules(s));
  }
}

TEST_CASE("what is wrong with a file is said by file, line or byte, and what was expected") {
  auto const said = [](auto const& change) {
    files f;
    change(f);
    folder const here;
    f.write(here);
    auto const a = run({"--data", here.path().string()});
    CHECK(a.status == 2);
    CHECK(a.out == "");
    return a.err.substr(a.err.rfind('/') + 1);
  };
  CHECK(said([](files& f) { f.before = "ICUSEPS2"; }) == "icu_sepsis_compact.bin: byte 0: expected ICUSEPS1\n");
  CHECK(said([](files& f) { f.before = ""; }).find("expected ICUSEPS1") != std::string::npos);
  CHECK(said([](files& f) { f.after = "x"; }).find("expected the end, found 1 bytes more") != std::string::npos);
  CHECK(said([](files& f) { f.rows[1][0].first = 7; }).find("expected a state below 4") != std::string::npos);
  CHECK(said([](files& f) { f.rows[1][0].second = 0.5; }).find("sums to 1, found 1.25") != std::string::npos);
  CHECK(said([](files& f) { f.rows[1][0].second = -0.25; }).find("expected a probability") != std::string::npos);
  CHECK(said([](files& f) { f.rows.push_back({}); }).find("begin one after another") != std::string::npos);
  CHECK(said([](files& f) { f.clinicians = "0.5\n"; }) ==
        "expertPolicy.csv:1: expected 25 frequencies, one for each treatment, found 1\n");
  CHECK(said([](files& f) { f.clinicians[0] = 'x'; }) ==
        "expertPolicy.csv:1: expected a number from 0 on, found \"x.5\"\n");
  CHECK(said([](files& f) { f.clinicians[2] = '4'; }).find("expertPolicy.csv:1: expected frequencies that sum to 1") ==
        0);
  CHECK(said([](files& f) { f.clinicians += "0\n"; }).find("expertPolicy.csv:5: expected no more") == 0);
  CHECK(said([](files& f) { f.admissible = "2 0 0\n"; }) ==
        "admissibleActions.txt:1: expected 4 numbers, one for each state, found 3\n");
  CHECK(said([](files& f) { f.admissible = "2 0 0 0\n0\n"; }) ==
        "admissibleActions.txt:2: expected 2 treatments, as the first line says, found 1\n");
  CHECK(said([](files& f) { f.admissible = "2 0 0 0\n1 0\n"; }).find("admissibleActions.txt:2: ") == 0);
  CHECK(said([](files& f) { f.admissible = "0 0 0 0\n\n\n\n\n"; }) ==
        "admissibleActions.txt:2: expected a treatment at least\n");
  CHECK(said([](files& f) { f.start = "1,0,0\n"; }).find("initialStateDistribution.csv:1: expected 4 numbers") == 0);
  CHECK(said([](files& f) { f.start = "0.5,0,0,0\n"; }).find("sum to 1, found 0.5") != std::string::npos);
  CHECK(said([](files& f) { f.start = "0.5,0,0.5,0\n"; }).find("no patient to come in state 2") != std::string::npos);
  CHECK(said([](files& f) { f.reward = "0,0,1,1\n"; }).find("a reward can still be earned") != std::string::npos);
  CHECK(said([](files& f) { f.severity = ""; }) ==
        "sofaScores.csv:1: the file is empty; expected a number for each "
        "state\n");
}

TEST_CASE("a folder that is not there and an option that is none are refused") {
  CHECK(run({"--data", "/no/such/folder"}).status == 2);
  CHECK(run({"--data"}).status == 2);
  CHECK(run({"--what"}).err.find("--what") != std::string::npos);
  CHECK(run({"--help"}).out.find("--svg") != std::string::npos);
}

TEST_CASE("of the recorded patients as many survive as is known", "[.][recorded]") {
  char const* const data = std::getenv("BELLMAN_DATA");
  REQUIRE(data != nullptr);
  auto const a = run({"--data", std::string(data) + "/icu-sepsis"});
  CHECK(a.err == "");
  CHECK(a.status == 0);
  CHECK(a.out.find("78.007090 %") != std::string::npos);
  CHECK(a.out.find("78.184489 %") != std::string::npos);
  CHECK(a.out.find("87.514170 %") != std::string::npos);
}
