// SPDX-License-Identifier: BSL-1.0
#include "whose_numbers/program.hpp"

#include <sstream>
#include <string>
#include <vector>

#include "support/answered.hpp"
#include "support/catch.hpp"
#include "support/folder.hpp"

namespace whose_numbers_program {

auto run(std::vector<std::string> const& arguments) {
  return bellman::test::answered(
      [](auto const& given, auto&... streams) { return whose_numbers::run(given, streams...); }, arguments);
}

bool contains(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

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

// The page's trajectory: gamma 0.9, lambda 0.8, by hand. 2 + 9 - 1 = 10, and before it 1 + 9/10 - 1/2 + 18/25 * 10.
std::string const trajectory =
    R"("rewards": [1, 2, 3, 4], "values": [0.5, 1, 1.5, 2], "next_values": [1, 10, 2, 0],
       "terminated": [0, 0, 0, 1], "truncated": [0, 1, 0, 0])";

TEST_CASE("the right numbers are printed as fractions, beside what was printed") {
  folder const here;
  here.write("a.json", "{" + trajectory + R"(, "advantages": [2.12, 1, 4.74, 2]})");
  auto const a = run({here.file("a.json")});
  CHECK(a.status == 1);
  CHECK(a.err.empty());
  CHECK(a.out.starts_with("advantages: A MISTAKE: a cut is taken for an end.\n"));
  CHECK(contains(a.out, "GAE with gamma = 0.9, lambda = 0.8."));
  CHECK(contains(a.out, "CleanRL"));
  CHECK(contains(a.out, "step 1: printed 1, right 10."));
  CHECK(has_row(a.out, {"0", "1", "0.5", "2.12", "*", "8.6", "43/5"}));
  CHECK(has_row(a.out, {"1", "2", "1", "cut,", "then", "10", "1", "*", "10", "10"}));
  CHECK(has_row(a.out, {"2", "3", "1.5", "4.74", "4.74", "237/50"}));
  CHECK(has_row(a.out, {"3", "4", "2", "end", "2", "2", "2"}));
  CHECK(bellman::test::longest_line(a.out) <= 120);
}

TEST_CASE("numbers that are right end the program with 0") {
  folder const here;
  here.write("a.json", "{" + trajectory + R"(, "advantages": [8.6, 10, 4.74, 2], "returns": [9.1, 11, 6.24, 4]})");
  auto const a = run({here.file("a.json")});
  CHECK(a.status == 0);
  CHECK(contains(a.out, "advantages: RIGHT. GAE with gamma = 0.9, lambda = 0.8."));
  CHECK(contains(a.out, "returns: RIGHT. lambda-returns (GAE + values) with gamma = 0.9, lambda = 0.8."));
  CHECK(!contains(a.out, "First departure"));
  CHECK(contains(a.out, "torchrl"));
}

TEST_CASE("values that the right numbers need are asked for") {
  folder const here;
  here.write("a.json", R"({"rewards": [1, 2, 3, 4], "values": [0.5, 1, 1.5, 2], "terminated": [0, 0, 0, 1],
                           "truncated": [0, 1, 0, 0], "advantages": [2.12, 1, 4.74, 2]})");
  auto const a = run({here.file("a.json")});
  CHECK(a.status == 1);
  CHECK(contains(a.out, "a cut is taken for an end"));
  CHECK(contains(a.out, "need the value of the state after step 1"));
  CHECK(!contains(a.out, "right  "));
}

TEST_CASE("numbers that are not there are not compared, and a NaN is one of the numbers") {
  folder const here;
  here.write("a.json", "{" + trajectory + R"(, "advantages": [8.6, null, 4.74, 2]})");
  CHECK(run({here.file("a.json")}).status == 0);
  here.write("a.json", "{" + trajectory + R"(, "advantages": [8.6, "NaN", 4.74, 2]})");
  CHECK(run({here.file("a.json")}).status == 1);
}

TEST_CASE("the examples show what they are named after, and without a file there is one too") {
  std::string const folder = std::string(BELLMAN_EXAMPLES_DIR) + "/whose_numbers/";
  auto const cut = run({folder + "cut_taken_for_an_end.json"});
  CHECK(cut.status == 1);
  CHECK(contains(cut.out, "A MISTAKE: a cut is taken for an end."));
  // 1 + 0.99 * 5.25 - 4.75.
  CHECK(has_row(cut.out, {"5", "1", "4.75", "cut,", "then", "5.25", "-3.75", "*", "1.4475", "579/400"}));
  auto const tool = run({folder + "tool_tokens.json"});
  CHECK(tool.status == 1);
  CHECK(contains(tool.out, "A MISTAKE: each masked token costs a gamma"));
  CHECK(has_row(tool.out, {"0", "0", "0", "0.59049", "*", "0.729", "729/1000"}));
  auto const groups = run({folder + "interleaved_answers.json"});
  CHECK(groups.status == 1);
  CHECK(contains(groups.out, "A MISTAKE: rows are taken 4 at a time, whatever their groups."));
  CHECK(has_row(groups.out, {"0", "sum", "1", "1", "*", "0.3333333", "1/3"}));
  auto const none = run({});
  CHECK(none.status == 0);
  CHECK(contains(none.out, "A MISTAKE: a cut is taken for an end."));
}

TEST_CASE("the README shows what the program prints") {
  std::string const folder = std::string(BELLMAN_EXAMPLES_DIR) + "/whose_numbers/";
  std::string const page = read_whole(folder + "README.md");
  for (char const* const name : {"cut_taken_for_an_end.json", "tool_tokens.json", "interleaved_answers.json"}) {
    INFO(name);
    CHECK(contains(page, name));
  }
  CHECK(contains(page, run({folder + "cut_taken_for_an_end.json"}).out));
}

TEST_CASE("a long recording is shown around its first departure") {
  folder const here;
  std::string rewards = "1", advantages = "2";
  for (int t = 1; t < 100; ++t) {
    rewards += ", 1";
    advantages += ", 2";
  }
  here.write("a.json", "{\"rewards\": [" + rewards + "], \"returns\": [" + advantages + "]}");
  auto const a = run({here.file("a.json"), "--steps", "5"});
  CHECK(a.status == 1);
  CHECK(contains(a.out, "UNKNOWN"));
  CHECK(contains(a.out, "5 of 100 numbers"));
}

TEST_CASE("what is wrong with a file is said with its field, its row and what was expected") {
  folder const here;
  auto const error = [&](std::string const& text) {
    here.write("a.json", text);
    auto const a = run({here.file("a.json")});
    CHECK(a.status == 2);
    CHECK(a.out.empty());
    std::string const start = "whose_numbers: a.json: ";
    CHECK(a.err.substr(0, start.size()) == start);
    return a.err.substr(start.size(), a.err.size() - start.size() - 1);
  };
  CHECK(error("") == "line 1: not JSON");
  CHECK(error("{\n\"rewards\": [1,\n2,, 3]}") == "line 3: not JSON near 2,, 3]}");
  CHECK(error("{\"rewards\": [1, 2,]}") ==
        "line 1: not JSON near rds\": [1, 2,]}; a comma stands between two numbers only");
  CHECK(error("{'rewards': [1]}") ==
        "line 1: not JSON near {'rewards': [; this is Python's own text: json.dump writes lists as JSON");
  // As json.dump writes them.
  CHECK(error("{\"rewards\": [NaN]}") == "rewards: row 0, step 0: expected a number, found \"NaN\"");
  CHECK(error("{\"rewards\": [1, -Infinity]}") == "rewards: row 0, step 1: expected a number, found \"-Infinity\"");
  CHECK(error("{\"rewards\": [1], \"advantages\": [Infinity]}") ==
        "advantages: row 0, step 0: expected a number, null or \"NaN\", found \"Infinity\"");
  CHECK(error("{\"rewards\":\n[1e999]}") == "line 2: expected a number no greater than 1e100, found 1e999");
  CHECK(error("{\"rewards\": [1" + std::string(400, '0') + "]}") ==
        "line 1: expected a number no greater than 1e100, found 10000000000000000000...");
  CHECK(error("{\"rewards\": [1], \"gamma\": 1, \"rewards\": [2]}") == "\"rewards\": expected once, found twice");
  CHECK(error("[1]") == "expected an object {\"rewards\": [...], ...}, found a list");
  CHECK(error("[[[[[[[1]]]]]]]") == "expected lists of lists of numbers, found deeper ones");
  CHECK(error("{}") == "rewards: expected a list of numbers, found nothing");
  CHECK(
      error("{\"lamda\": 1}").starts_with("\"lamda\": no such field. Is lambda meant? There are about, rows, rewards"));
  CHECK(contains(error("{\"gae_lambda\": 1}"), "Is lambda meant?"));
  CHECK(contains(error("{\"response_mask\": 1}"), "Is mask meant?"));
  CHECK(contains(error("{\"truncations\": 1}"), "Is truncated meant?"));
  CHECK(contains(error("{\"xyz\": 1}"), "\"xyz\": no such field. There are about"));
  CHECK(error("{\"rewards\": 1}") == "rewards: expected a list, found 1");
  CHECK(error("{\"rewards\": []}") == "rewards: expected a list, found an empty list");
  CHECK(error("{\"rewards\": [1]}") == "expected advantages or returns, the numbers that were printed");
  CHECK(error("{\"rewards\": [1, \"2\"]}") == "rewards: row 0, step 1: expected a number, found \"2\"");
  CHECK(error("{\"rewards\": [1, null]}") == "rewards: row 0, step 1: expected a number, found null");
  CHECK(error("{\"rewards\": [[1], 2]}") == "rewards: row 1: expected a list, found 2");
  CHECK(error("{\"rewards\": [1, [2]]}") == "rewards: row 0, step 1: expected a number, found a list");
  CHECK(error("{\"rewards\": [1e101]}") ==
        "rewards: row 0, step 0: expected a number no greater than 1e100, found 1e+101");
  CHECK(error("{\"rewards\": [1, 2], \"values\": [1]}") ==
        "values: row 0: expected 2 numbers, as in rewards, or one more, of the state after the last step, found 1");
  CHECK(error("{\"rewards\": [1, 2], \"terminated\": [0, 2]}") ==
        "terminated: row 0, step 1: expected 0, 1, true or false, found 2");
  CHECK(error("{\"rewards\": [1, 2], \"mask\": [[1, 1], [1, 0]]}") == "mask: expected 1 row, as in rewards, found 2");
  CHECK(error("{\"rewards\": [1, 2], \"dones\": [0, 1], \"starts\": [1, 0]}") ==
        "starts: expected no dones beside it, which say the same");
  CHECK(error("{\"rewards\": [1, 2], \"ratios\": [1, -1]}") ==
        "ratios: row 0, step 1: expected a number from 0 on, found -1");
  CHECK(error("{\"rewards\": [1, 2], \"last_value\": [1, 2]}") ==
        "last_value: expected a number, one for each row, found 2");
  CHECK(error("{\"rewards\": [[1, 2], [3, 4], [5, 6]], \"last_value\": [1, 2]}") ==
        "last_value: expected a list of 3 numbers, one for each row, found 2; where rows are time steps, say \"rows\": "
        "\"steps\"");
  CHECK(error("{\"rewards\": [1, 2], \"greedy\": [1, 2]}") == "greedy: expected groups beside it");
  CHECK(error("{\"rewards\": [1, 2], \"groups\": [1, 1], \"objectives\": [[1, 2], [3]]}") ==
        "objectives: row 1: expected a list of numbers, one for each function as in row 0, found a list");
  CHECK(error("{\"rows\": \"columns\"}") == "rows: expected \"sequences\" or \"steps\", found \"columns\"");
  CHECK(error("{\"rows\": \"steps\", \"rewards\": [[1, 2], [3]]}") ==
        "rewards: row 1: expected 2 numbers, one for each environment, found 1");
  CHECK(error("{\"rows\": \"steps\", \"rewards\": [[1, 2], [3, \"x\"]]}") ==
        "rewards: row 1, environment 1: expected a number, found \"x\"");
  CHECK(error("{\"rewards\": [1, 2], \"groups\": [1]}") ==
        "groups: expected a list of 2, one for each row of rewards, found 1");
  CHECK(error("{\"rewards\": [1, 2], \"groups\": [1, 0.5]}") ==
        "groups: row 1: expected a whole number or a text, found 0.5");
  CHECK(error("{\"rewards\": [1, \"x\"], \"groups\": [1, 1]}") == "rewards: row 1: expected a number, found \"x\"");
  CHECK(error("{\"rewards\": [1], \"gamma\": 1.5}") == "gamma: expected a number in [0, 1], found 1.5");
  CHECK(error("{\"rewards\": [1], \"lambda\": \"x\"}") == "lambda: expected a number in [0, 1], found \"x\"");
  CHECK(error("{\"rewards\": [1], \"n\": 0}") == "n: expected a whole number from 1 to 1000000, found 0");
  CHECK(error("{\"rewards\": [1], \"clip_rho\": 0}") == "clip_rho: expected a number above 0, found 0");
  CHECK(error("{\"rewards\": [1], \"about\": 1}") == "about: expected a text, found 1");
  CHECK(error("{\"rewards\": [1], \"advantages\": [\"x\"]}") ==
        "advantages: row 0, step 0: expected a number, null or \"NaN\", found \"x\"");
  CHECK(error("{\"rewards\": [1], \"advantages\": [null]}") ==
        "advantages: expected at least one number, found only null");
  CHECK(error("{\"rewards\": [[1]], \"mask\": [[0]], \"returns\": [[1]]}") ==
        "returns: expected at least one number where the mask is 1, found none");
  CHECK(error("{\"rewards\": [[1]], \"mask\": [[0]], \"scores\": [1]}") ==
        "scores: row 0: expected a token of the answer in mask, found none");
}

TEST_CASE("what was left out of a file is guessed, and said") {
  folder const here;
  auto const of = [&](std::string const& text) {
    here.write("a.json", text);
    return run({here.file("a.json")});
  };
  // Two environments of the page's trajectory, a row a time step.
  std::string const by_steps =
      R"("rewards": [[1, 1], [2, 2], [3, 3], [4, 4]], "values": [[0.5, 0.5], [1, 1], [1.5, 1.5], [2, 2]],
         "next_values": [[1, 1], [10, 10], [2, 2], [0, 0]], "terminated": [[0, 0], [0, 0], [0, 0], [1, 1]],
         "truncated": [[0, 0], [1, 1], [0, 0], [0, 0]],
         "advantages": [[8.6, 8.6], [10, 10], [4.74, 4.74], [2, 2]])";
  auto const steps = of("{" + by_steps + "}");
  CHECK(steps.status == 0);
  CHECK(contains(steps.out, "It does with \"rows\": \"steps\""));
  CHECK(contains(steps.out, "advantages: RIGHT. GAE with gamma = 0.9, lambda = 0.8."));
  auto const said = of("{\"rows\": \"steps\", " + by_steps + "}");
  CHECK(said.status == 0);
  CHECK(!contains(said.out, "It does with"));
  CHECK(has_row(said.out, {"0", "0", "1", "0.5", "8.6", "8.6", "43/5"}));
  // 1 of 4 answers is right: 1 - 1/4 and -1/4; 2 of 4.
  for (char const* const text :
       {R"({"rewards": [1, 0, 0, 0, 1, 1, 0, 0], "advantages": [0.75, -0.25, -0.25, -0.25, 0.5, 0.5, -0.5, -0.5]})",
        R"({"rewards": [[1, 0, 0, 0], [1, 1, 0, 0]],
            "advantages": [[0.75, -0.25, -0.25, -0.25], [0.5, 0.5, -0.5, -0.5]]})"}) {
    auto const groups = of(text);
    CHECK(groups.status == 0);
    CHECK(contains(groups.out, "It does with groups"));
    CHECK(contains(groups.out, "RIGHT. GRPO without the deviation"));
  }
}

TEST_CASE("numbers with a dimension of their own, and NaN as json.dump writes it, are read") {
  folder const here;
  here.write("a.json", R"({"rewards": [[[1], [2], [3], [4]]], "values": [[[0.5], [1], [1.5], [2]]],
      "next_values": [[[1], [10], [2], [NaN]]], "terminated": [[[0], [0], [0], [1]]],
      "truncated": [[[false], [true], [false], [false]]], "advantages": [[[8.6], [10], [4.74], [2]]]})");
  CHECK(run({here.file("a.json")}).status == 0);
  here.write("a.json", R"({"about": "NaN \" NaN", "rewards": [[1, 2, NaN]], "values": [[0.5, 1, NaN]],
      "mask": [[1, 1, 0]], "advantages": [[2.4, 1, NaN]]})");  // 1 + 0.9 - 0.5 + 1 with gamma 0.9 and lambda 1/0.9
  CHECK(run({here.file("a.json")}).status != 2);
}

TEST_CASE("what is wrong with the arguments is said") {
  auto const error = [](std::vector<std::string> const& arguments) {
    auto const a = run(arguments);
    CHECK(a.status == 2);
    return a.err;
  };
  CHECK(error({"no/such.json"}) == "whose_numbers: no/such.json: cannot be read\n");
  CHECK(error({"a.json", "b.json"}) == "whose_numbers: b.json: a file was given already\n");
  CHECK(error({"--steps", "0"}) == "whose_numbers: --steps: expected a whole number from 1 on, found \"0\"\n");
  CHECK(error({"--speed"}) == "whose_numbers: --speed: no such option; --help lists them\n");
  CHECK(run({"--help"}).out == whose_numbers::usage);
}

}  // namespace whose_numbers_program
