// SPDX-License-Identifier: BSL-1.0

#include "answers/program.hpp"

#include "support/answered.hpp"
#include "support/catch.hpp"
#include "support/folder.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <map>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using answers::data_set;
using answers::method;
using bellman::test::longest_line;
using nlohmann::json;

auto run(std::vector<std::string> const& arguments) {
  return bellman::test::answered([](auto const& given, auto&... streams) { return answers::run(given, streams...); },
                                 arguments);
}

std::vector<json> lines_of(std::string const& path) {
  std::vector<json> lines;
  std::istringstream in(read_whole(path));
  for (std::string line; std::getline(in, line);) lines.push_back(json::parse(line));
  return lines;
}

// An answer of so many tokens in one step.
answers::answer answer_of(bool right, bool well_formed, bool greedy, std::size_t tokens) {
  answers::answer a;
  a.right = a.label = right;
  a.well_formed = well_formed;
  a.greedy = greedy;
  a.tokens = std::vector<answers::token>(tokens, 7);
  a.own = std::vector<bool>(tokens, true);
  a.steps = {{tokens, right}};
  return a;
}

// Two questions: of the answers to the first one the first is right, all to the second one are right.
data_set small() {
  return {
      "small",
      "",
      {{"a", {answer_of(true, true, false, 2), answer_of(false, true, false, 1), answer_of(false, false, false, 1)}},
       {"b", {answer_of(true, true, true, 3), answer_of(true, true, true, 1)}}}};
}

// The advantages of one method, of the first token of every answer.
std::vector<double> first_tokens(answers::batch const& b, std::string_view name) {
  auto const m = std::ranges::find(answers::methods, name, &method::name);
  REQUIRE(m != std::end(answers::methods));
  auto const of_tokens = m->of_tokens(b);
  REQUIRE(of_tokens);
  std::vector<double> firsts;
  std::size_t at = 0;
  for (std::size_t const length : b.lengths) {
    firsts.push_back(of_tokens->at(at));
    for (std::size_t t = 0; t < length; ++t) CHECK((name == "grpo_of_steps" || of_tokens->at(at + t) == firsts.back()));
    at += length;
  }
  CHECK(of_tokens->size() == at);
  return firsts;
}

bool near(std::vector<double> const& a, std::vector<double> const& b) {
  return std::ranges::equal(a, b, [](double x, double y) { return std::abs(x - y) < 1e-12; });
}

// Cuts a text into bytes.
answers::answer cut(std::string_view text, bool right, std::vector<answers::detail::judged_line> const& lines,
                    std::vector<answers::gsm8k::calculation> const& tool = {}) {
  answers::answer a;
  a.right = right;
  answers::detail::cut(a, answers::byte_pair_encoder{}, text, lines, tool);
  return a;
}

std::vector<std::pair<std::size_t, bool>> steps_of(answers::answer const& a) {
  std::vector<std::pair<std::size_t, bool>> steps;
  for (auto const& s : a.steps) steps.emplace_back(s.tokens, s.good);
  return steps;
}

using steps = std::vector<std::pair<std::size_t, bool>>;

std::string const puzzles = "Rank,Puzzles,AMT (s),Solved rate,1-sigma Mean (s)\n1,4 5 6 10,4.4,90.3%,4.67\n";
std::string const won =
    R"("10 - 4 = 6 (left: 5 6 6)\n6 * 5 = 30 (left: 6 30)\n30 - 6 = 24 (left: 24)\nAnswer: (10 - 4) * 5 - 6 = 24")";
std::string const games = R"({"idx": 0, "ys": [)" + won +
                          R"(, "10 - 4 = 7 (left: 5 6 7)\nAnswer: None"], "infos": [{"r": 1}, {"r": 0}]})" + "\n";
std::string const questions = R"({"question": "?", "ground_truth": "A: 5", )"
                              R"("6b_finetuning": {"solution": "<<2+3=6>>6\nA: 6", "is_correct": false}, )"
                              R"("6b_verification": {"solution": "so <<2+3=5>>5\nA: 5", "is_correct": true}})"
                              "\n";

void write_data(folder const& f) {
  f.write("gpt2-bpe/vocab.bpe", "#version: 0.2\n< <\n> >\n");
  f.write("game24/24.csv", puzzles);
  f.write("game24/cot.jsonl", games);
  f.write("gsm8k/example_model_solutions_0_659.jsonl", questions);
}

}  // namespace

TEST_CASE("each method gives a small batch what its formula says") {
  auto const b = answers::as_batch(small());
  CHECK(b.right == std::vector<double>{1, 0, 0, 1, 1});
  CHECK(b.lengths == std::vector<std::size_t>{2, 1, 1, 3, 1});
  double const third = 1.0 / 3;
  CHECK(near(first_tokens(b, "reinforce"), {1, 0, 0, 1, 1}));
  CHECK(near(first_tokens(b, "dr_grpo"), {2 * third, -third, -third, 0, 0}));
  CHECK(near(first_tokens(b, "rloo"), {1, -0.5, -0.5, 0, 0}));
  // The deviation of 1, 0, 0 is the root of 1/3.
  double const root = std::sqrt(3.0);
  CHECK(near(first_tokens(b, "grpo"), {2 * third * root, -third * root, -third * root, 0, 0}));
  CHECK(near(first_tokens(b, "opo"), {0.5, -0.5, -0.5, 0, 0}));
  CHECK(near(first_tokens(b, "gpg"), {10 * third / 3, -5 * third / 3, -5 * third / 3, 0, 0}));
  CHECK(near(first_tokens(b, "best_of_group"), {1, 0, 0, 0, 0}));
  CHECK(near(first_tokens(b, "remax"), {1, 0, 0, 0, 0}));
  // Of the 8 tokens 6 belong to right answers: the mean is 3/4, the deviation the root of 8 * 3/16 / 7.
  double const deviation = std::sqrt(1.5 / 7);
  CHECK(near(first_tokens(b, "reinforce_plus_plus"),
             {0.25 / deviation, -0.75 / deviation, -0.75 / deviation, 0.25 / deviation, 0.25 / deviation}));
  // Rewards less the mean of the group: 2/3 twice, -1/3 twice, 0 four times; their mean is 1/12, the squares 19/18.
  double const centred = std::sqrt(19.0 / 18 / 7);
  CHECK(near(
      first_tokens(b, "reinforce_plus_plus_baseline"),
      {(8 - 1) / 12.0 / centred, -5 / 12.0 / centred, -5 / 12.0 / centred, -1 / 12.0 / centred, -1 / 12.0 / centred}));
  // The second reward is 1, 1, 0 in the first group: the sums over both are root times 1, 0, -1, the mean 0, the
  // squares 6, over 5 answers.
  double const spread = std::sqrt(6.0 / 4);
  CHECK(near(first_tokens(b, "gdpo"), {root / spread, 0, -root / spread, 0, 0}));
  CHECK(near(first_tokens(b, "grpo_of_steps"), first_tokens(b, "grpo")));
}

TEST_CASE("the rewards of later steps add up, after they were normalised over all steps of the group") {
  data_set data{"small", "", {{"a", {answer_of(true, true, true, 5), answer_of(false, true, true, 1)}}}};
  data.questions[0].answers[0].steps = {{2, false}, {3, true}};
  auto const b = answers::as_batch(data);
  // The rewards are 0 and 1, and 0: less the mean and divided by the deviation, -1/root 3, 2/root 3, -1/root 3.
  auto const m = std::ranges::find(answers::methods, "grpo_of_steps", &method::name);
  double const unit = 1 / std::sqrt(3.0);
  CHECK(near(m->of_tokens(b).value(), {unit, unit, 2 * unit, 2 * unit, 2 * unit, -unit}));
}

TEST_CASE("without a greedy answer to every question there is no remax") {
  auto data = small();
  data.questions[1].answers[1].greedy.reset();
  for (auto const& m : answers::advantages_of(answers::as_batch(data))) {
    CHECK(m.of_tokens.has_value() == (m.by->name != "remax"));
  }
}

TEST_CASE("groups of one and answers without tokens are no trouble") {
  data_set const data{
      "small",
      "",
      {{"a", {answer_of(true, true, false, 3)}}, {"b", {answers::answer{}, answer_of(true, true, true, 1)}}}};
  auto const b = answers::as_batch(data);
  for (auto const& m : answers::advantages_of(b)) {
    if (m.of_tokens) CHECK(m.of_tokens->size() == 4);
  }
  std::ostringstream out;
  answers::progress bar(nullptr);
  answers::write_json_lines(out, data, answers::advantages_of(b), bar);
  answers::print_methods(out, data, b, answers::advantages_of(b));
  answers::draw_methods(out, {data}, {b}, {answers::advantages_of(b)});
  CHECK(answers::summarize(data).without_signal == 1);
}

TEST_CASE("an answer is cut into steps at the ends of judged lines") {
  CHECK(steps_of(cut("ab\ncd\nef", true, {{3, false}, {6, true}})) == steps{{3, false}, {3, true}, {2, true}});
  CHECK(steps_of(cut("ab\ncd\nef", false, {{6, true}})) == steps{{6, true}, {2, false}});
  CHECK(steps_of(cut("ab", true, {})) == steps{{2, true}});
  CHECK(steps_of(cut("", true, {})).empty());
  auto const lines = answers::detail::judge_lines("Steps:\n1 = 1\n1 = 2\nA: 3\n\n", [](std::string_view line) {
    return line.find('=') == line.npos ? std::nullopt : std::optional(line == "1 = 1");
  });
  REQUIRE(lines.size() == 2);
  CHECK((lines[0].ends == 13 && lines[0].good));
  CHECK((lines[1].ends == 19 && !lines[1].good));
  CHECK(answers::detail::judge_lines("A: 3", [](std::string_view) { return std::optional(true); }).empty());
  CHECK(answers::detail::judge_lines("\n\n", [](std::string_view) { return std::optional(true); }).empty());
}

TEST_CASE("the tokens that a calculator wrote are not the model's own") {
  std::string const text = "<<2+3=5>>5 <<1+1=2>>2";
  auto const a = cut(text, true, {}, answers::gsm8k::calculations(text));
  std::string own;
  for (std::size_t i = 0; i < text.size(); ++i) own += a.own[i] ? text[i] : '_';
  CHECK(own == "<<2+3=___5 <<1+1=___2");
  CHECK(a.own_tokens() == text.size() - 6);
  CHECK(steps_of(a) == steps{{text.size() - 6, true}});
  std::string const wrong = "<<2+3=6>>6";
  CHECK(cut(wrong, false, {}, answers::gsm8k::calculations(wrong)).own_tokens() == wrong.size());
}

TEST_CASE("a game's steps are good up to the first illegal one") {
  folder const f;
  f.write("24.csv", puzzles);
  f.write("cot.jsonl", R"({"idx": 0, "ys": [)" + won +
                           R"(, "10 - 4 = 6 (left: 5 6 6)\nso\n6 * 5 = 31 (left: 6 31)\nNo."],)" +
                           R"("infos": [{"r": 1}, {"r": 0}]})");
  answers::progress bar(nullptr);
  auto const data = answers::read_game24(f.path(), answers::byte_pair_encoder{}, bar);
  CHECK(steps_of(data.questions[0].answers[0]) == steps{{25, true}, {24, true}, {23, true}, {29, true}});
  CHECK(steps_of(data.questions[0].answers[1]) == steps{{25, true}, {27, false}, {3, false}});
}

TEST_CASE("the lines of the file hold the advantages token by token") {
  auto data = small();
  auto& first = data.questions[0].answers[0];
  first.own = {true, false, true, true, false};
  first.tokens = {1, 2, 3, 4, 5};
  first.steps = {{1, false}, {2, true}};
  auto const b = answers::as_batch(data);
  auto const all = answers::advantages_of(b);
  answers::progress bar(nullptr);
  std::ostringstream out;
  answers::write_json_lines(out, data, all, bar);
  std::istringstream in(out.str());
  std::size_t at = 0;
  for (auto const& q : data.questions) {
    for (auto const& a : q.answers) {
      std::string line;
      REQUIRE(std::getline(in, line));
      auto const j = json::parse(line);
      CHECK(j["tokens"] == json(a.tokens));
      CHECK(j["question"] == q.id);
      for (std::size_t t = 0; t < a.own.size(); ++t) {
        CHECK(j["own"][t] == (a.own[t] ? 1 : 0));
        for (auto const& m : all) {
          auto const written = j["advantages"][std::string(m.by->name)][t].get<float>();
          CHECK(written == (a.own[t] ? static_cast<float>(m.of_tokens->at(at)) : 0.0f));
        }
        at += a.own[t] ? 1 : 0;
      }
    }
  }
  CHECK(in.peek() == std::istringstream::traits_type::eof());
}

TEST_CASE("without data the program makes answers and writes what a trainer needs") {
  folder const f;
  auto const r = run({"--out", f.file("a.jsonl"), "--svg", f.file("a.svg")});
  CHECK(r.err == "");
  REQUIRE(r.status == 0);
  CHECK(longest_line(r.out) <= 100);
  CHECK(read_whole(f.file("a.svg")).starts_with("<svg "));
  auto const lines = lines_of(f.file("a.jsonl"));
  REQUIRE(lines.size() == 480);
  answers::byte_pair_encoder const bytes;
  std::map<std::string, double> total;
  std::size_t right = 0;
  for (json const& line : lines) {
    auto const text = bytes.decode(line["tokens"].get<std::vector<answers::token>>());
    CHECK(text.find(" + ") != std::string::npos);
    CHECK(line["own"].size() == line["tokens"].size());
    REQUIRE(line["advantages"].size() == std::size(answers::methods));
    for (auto const& of_tokens : line["advantages"]) CHECK(of_tokens.size() == line["tokens"].size());
    total[line["question"]] += line["advantages"]["dr_grpo"][0].get<double>();
    right += line["right"].get<std::size_t>();
  }
  CHECK(total.size() == 60);
  for (auto const& [question, sum] : total) CHECK(std::abs(sum) < 1e-6);
  CHECK(right > 100);
  CHECK(right < 380);
  folder const other;
  REQUIRE(run({"--out", other.file("a.jsonl")}).status == 0);
  CHECK(read_whole(f.file("a.jsonl")) == read_whole(other.file("a.jsonl")));
}

TEST_CASE("the answers that the program makes are as right as the one who made them knows") {
  answers::progress bar(nullptr);
  auto const n = answers::summarize(answers::make_sums(answers::byte_pair_encoder{}, bar));
  CHECK(n.answers == 480);
  CHECK(n.label_disagreements == 0);
  CHECK(n.well_formed < n.answers);
  CHECK(n.without_signal > 0);
}

TEST_CASE("with data the program reads, verifies and cuts into tokens") {
  folder const f;
  write_data(f);
  auto const r = run({"--data", f.path().string(), "--out", f.file("a.jsonl"), "--svg", f.file("a.svg")});
  CHECK(r.err == "");
  REQUIRE(r.status == 0);
  CHECK(longest_line(r.out) <= 100);
  auto const lines = lines_of(f.file("a.jsonl"));
  REQUIRE(lines.size() == 4);
  CHECK(lines[0]["question"] == "game24/0");
  CHECK(lines[0]["answer"] == "0");
  CHECK(lines[0]["right"] == 1);
  CHECK(lines[0]["well_formed"] == 1);
  CHECK(lines[1]["right"] == 0);
  CHECK(lines[1]["well_formed"] == 0);
  CHECK(lines[1]["advantages"]["dr_grpo"][3] == -0.5);
  CHECK(lines[1]["advantages"]["remax"].is_null());
  // `<<2+3=6>>6`, a line's end, `A: 6`, where `<<` and `>>` are one token each. The calculator did not write the 6.
  CHECK(lines[2]["question"] == "gsm8k/0");
  CHECK(lines[2]["answer"] == "6b_finetuning");
  CHECK(lines[2]["tokens"] == json{256, 17, 10, 18, 28, 21, 257, 21, 198, 32, 25, 220, 21});
  CHECK(lines[2]["own"] == json(std::vector<int>(13, 1)));
  CHECK(lines[2]["right"] == 0);
  CHECK(lines[2]["well_formed"] == 0);
  CHECK(lines[2]["advantages"]["remax"] == json(std::vector<int>(13, 0)));
  // `so <<2+3=`, by the calculator `5>>`, then `5`, a line's end, `A: 5`.
  CHECK(lines[3]["own"] == json{1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1});
  CHECK(lines[3]["advantages"]["rloo"] == json{1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1});
  CHECK(lines[3]["right"] == 1);
  CHECK(lines[3]["well_formed"] == 1);
  CHECK(lines[3]["advantages"]["remax"][0] == 1);
  for (std::string const name : {"game24", "gsm8k"}) {
    REQUIRE(run({"--data", f.path().string(), "--only", name, "--out", f.file("b.jsonl")}).status == 0);
    auto const some = lines_of(f.file("b.jsonl"));
    REQUIRE(some.size() == 2);
    CHECK(some[0]["data"] == name);
  }
}

TEST_CASE("what the program is not given rightly ends it with a message and exit code 2") {
  folder const f;
  write_data(f);
  auto const path = f.path().string();
  auto const check = [&](std::vector<std::string> const& arguments, std::string const& message) {
    auto const r = run(arguments);
    CHECK(r.status == 2);
    CHECK(r.err == "answers: " + message + "\n");
  };
  check({"--nothing"}, "--nothing: no such option; --help lists them");
  check({"--data"}, "--data: needs a value");
  check({"--only", "gsm8k"}, "--only: needs --data");
  check({"--data", path, "--only", "sums"}, "--only sums: game24 or gsm8k");
  check({"--data", f.file("none")}, f.file("none") + ": not a folder");
  check({"--out", f.file("none/a")}, f.file("none/a") + ": cannot be written");
  check({"--svg", f.file("none/a")}, f.file("none/a") + ": cannot be written");
  f.write("gsm8k/example_model_solutions_0_659.jsonl", questions + "{\n");
  check({"--data", path}, f.file("gsm8k/example_model_solutions_0_659.jsonl") + ":2: not JSON from byte 2 on");
  f.write("game24/cot.jsonl", "{}\n");
  check({"--data", path}, f.file("game24/cot.jsonl") + ":1: has no \"idx\"");
  f.write("gpt2-bpe/vocab.bpe", "#version: 0.2\nxx y\n");
  check({"--data", path}, f.file("gpt2-bpe/vocab.bpe") + ":2: \"xx\" is no byte and no earlier line makes it");
  std::filesystem::remove(f.path() / "gpt2-bpe" / "vocab.bpe");
  check({"--data", path}, f.file("gpt2-bpe/vocab.bpe") + ": cannot be read");
  auto const help = run({"--help"});
  CHECK(help.status == 0);
  CHECK(help.out == answers::usage);
}

TEST_CASE("bytes at random in the files never end the program but with a message") {
  std::mt19937 random(5);
  std::vector<std::pair<std::string, std::string>> const files{
      {"gpt2-bpe/vocab.bpe", "#version: 0.2\n< <\n> >\n"},
      {"game24/24.csv", puzzles},
      {"game24/cot.jsonl", games},
      {"gsm8k/example_model_solutions_0_659.jsonl", questions}};
  folder const f;
  for (int round = 0; round < 400; ++round) {
    write_data(f);
    auto [name, text] = files[random() % files.size()];
    for (auto n = 1 + random() % 3; n > 0; --n) text[random() % text.size()] = static_cast<char>(random() % 256);
    f.write(name, text);
    auto const r = run({"--data", f.path().string(), "--out", f.file("a.jsonl")});
    CHECK((r.status == 0 || (r.status == 2 && r.err.starts_with("answers: " + f.file(name) + ":"))));
  }
}

TEST_CASE("the bar is drawn on a terminal only and wiped away") {
  std::ostringstream out, err, terminal;
  REQUIRE(answers::run({}, out, err, &terminal) == 0);
  CHECK(err.str() == "");
  CHECK(out.str().find('\r') == std::string::npos);
  CHECK(terminal.str().starts_with("\r\x1b[Ksums ["));
  CHECK(terminal.str().ends_with("\r\x1b[K"));
}

// Hidden: CTest runs it where the data is. The labels are those of the data's authors, 254 and 1,008 of them say right;
// the tokens are as many as gpt-3-encoder 1.1.4 makes of the same texts.
TEST_CASE("the recorded answers are as right as their labels say", "[.][recorded]") {
  char const* const data = std::getenv("BELLMAN_DATA");
  REQUIRE(data != nullptr);
  folder const f;
  auto const r = run({"--data", data, "--out", f.file("a.jsonl"), "--svg", f.file("a.svg")});
  CHECK(r.err == "");
  REQUIRE(r.status == 0);
  CHECK(longest_line(r.out) <= 100);
  std::map<std::string, std::array<std::size_t, 3>> counts;  // answers, right ones, tokens
  std::istringstream in(read_whole(f.file("a.jsonl")));
  for (std::string line; std::getline(in, line);) {
    auto const j = json::parse(line);
    auto& n = counts[j["data"]];
    ++n[0];
    n[1] += j["right"].get<std::size_t>();
    n[2] += j["tokens"].size();
    for (auto const& of_tokens : j["advantages"]) {
      if (!of_tokens.is_null() && of_tokens.size() != j["tokens"].size()) FAIL("a token without an advantage");
    }
  }
  CHECK(counts["game24"] == std::array<std::size_t, 3>{5'000, 254, 282'887});
  CHECK(counts["gsm8k"] == std::array<std::size_t, 3>{2'640, 1'008, 258'458});
  CHECK(r.out.find("labels that say otherwise        0        0\n") != std::string::npos);
  CHECK(r.out.find("groups without signal           22      307\n") != std::string::npos);
}
