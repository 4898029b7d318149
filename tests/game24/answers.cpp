// SPDX-License-Identifier: BSL-1.0

#include "game24/answers.hpp"

#include "game24/numbers.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using game24::numbers;
using game24::position;
using game24::rational;
using game24::read_expression;
using game24::read_step;

namespace {

std::string repeated(std::size_t n, std::string_view what) {
  std::string text;
  for (std::size_t i = 0; i < n; ++i) text += what;
  return text;
}

}  // namespace

TEST_CASE("expressions are worth what arithmetic says") {
  std::vector<std::pair<std::string, rational>> const cases{
      {"1 + 2 * 3", rational(7)},  {"(1 + 2) * 3", rational(9)}, {"10 - 4 - 3", rational(3)},
      {"24 / 4 / 2", rational(3)}, {"2 / 3 * 6", rational(4)},   {"8 / (3 - 8 / 3)", rational(24)},
      {"-3 + 5", rational(2)},     {"5 - -3", rational(8)},      {"-(1 + 2) * -(4)", rational(12)},
      {"1.25 * 4", rational(5)},   {" ( ( 7 ) ) ", rational(7)}, {"1/3+1/6", rational(1, 2)}};
  for (auto const& [text, value] : cases) {
    INFO(text);
    auto const e = read_expression(text);
    REQUIRE(e);
    CHECK(e->value == value);
  }
  CHECK(read_expression("10 - (4 * 5)")->numbers == std::vector<rational>{10, 4, 5});
}

TEST_CASE("what is no expression has no value") {
  std::vector<std::string> const texts{"",
                                       " ",
                                       "None",
                                       "1 +",
                                       "1 2",
                                       "(1",
                                       "1)",
                                       "()",
                                       "1 / 0",
                                       "1 / (2 - 2)",
                                       "+1",
                                       "2 ** 3",
                                       "2 ^ 3",
                                       "1 = 1",
                                       "2x",
                                       "1..2",
                                       "99999999999999999999",
                                       "9999999999 * 9999999999 * 9999999999",
                                       "0.00000000000000000001",
                                       std::string("\0", 1),
                                       repeated(100'000, "("),
                                       repeated(100'000, "-"),
                                       repeated(100'000, "(-") + "1"};
  for (std::string const& text : texts) {
    INFO(text.substr(0, 40));
    CHECK(!read_expression(text));
  }
}

TEST_CASE("parentheses side by side are not deep") {
  CHECK(read_expression(repeated(10'000, "(1)-") + "1")->value == rational(-9'999));
}

TEST_CASE("a legal step takes numbers that are left, is exact, and lists what is left") {
  position const s = numbers({4, 5, 6, 10});
  for (std::string const line :
       {"10 - 4 = 6 (left: 5 6 6)", "10 - 4 = 6 (left: 6 6 5)", "  10-4=6(left: 5 6 6)",
        "(10) - (4) = (6) (left: 5 6 6)", "(10 - 4) = 6 (left: 5 6 6)", "10 - 4 = 6 (left: 5 6 6) which is good",
        "4 - 10 = -6 (left: -6 5 6)", "4 - 10 = (-6) (left: (-6) 5 6)", "6 / 4 = 1.5 (left: 1.5 5 10)",
        "6 / 4 = 3/2 (left: 3/2 5 10)", "6/4 = 6/4 (left: 6/4 5 10)", "4 / 6 = 2/3 (left: 2/3 5 10)",
        "5 * 4 = 20 (left: 6 10 20)", "4 * 5 = 20 (left: 6 10 20)\r", "10 - 4 = 6.0 (left: 5 6 6)"}) {
    INFO(line);
    CHECK(read_step(s, line));
  }
  CHECK(read_step(s, "10 - 4 = 6 (left: 5 6 6)") == game24::move{3, 0, '-'});
  CHECK(read_step(numbers({rational(2, 3), 9, -1}), "(2/3) * 9 = 6 (left: 6 -1)"));
  CHECK(read_step(numbers({rational(2, 3), 9, -1}), "9 - (-1) = 10 (left: 2/3 10)"));
  CHECK(read_step(numbers({10, 6}), "10/6 = 5/3 (left: 5/3)"));
  CHECK(read_step(numbers({6, 6}), "6 - 6 = 0 (left: 0)"));
}

TEST_CASE("any other step is illegal") {
  position const s = numbers({4, 5, 6, 10});
  std::vector<std::string> const lines{"",
                                       "left:",
                                       "(left: 5 6 6)",
                                       "10 - 4 = 6",
                                       "10 - 4 = 7 (left: 5 6 7)",
                                       "10 - 4 = 6 (left: 5 6)",
                                       "10 - 4 = 6 (left: 5 6 6 6)",
                                       "10 - 4 = 6 (left: 5 6 6 6 6 6 6)",
                                       "10 - 4 = 6 (left: 4 5 6)",
                                       "10 - 4 = 6 (left: 5 6 6",
                                       "10 - 4 = 6 (left: 5, 6, 6)",
                                       "10 - 4 = 6 (left: none)",
                                       "4 + 4 = 8 (left: 5 6 8)",
                                       "10 - 3 = 7 (left: 5 6 7)",
                                       "10 / 6 = 1.666 (left: 1.666 4 5)",
                                       "10 - 4 - 5 = 1 (left: 1 6)",
                                       "10 * (6 - 4) = 20 (left: 5 20)",
                                       "10 % 4 = 2 (left: 2 5 6)",
                                       "10 / 0 = 0 (left: 0 4 5)",
                                       "10 - 4 = 6/0 (left: 5 6 6)",
                                       "99999999999999999999 - 4 = 6 (left: 5 6 6)",
                                       "10 - 4 = 6 (left: 5 6 0.00000000000000000001)",
                                       "9223372036854775807/9223372036854775806 - 4 = 6 (left: 5 6 6)",
                                       repeated(10'000, "(") + "10"};
  for (std::string const& line : lines) {
    INFO(line.substr(0, 60));
    CHECK(!read_step(s, line));
  }
  CHECK(!read_step(numbers({0, 5}), "5 / 0 = 0 (left: 0)"));
  CHECK(!read_step(numbers({24}), "24 + 0 = 24 (left: 24)"));
}

TEST_CASE("an answer is right when it uses exactly the numbers of the puzzle and equals 24") {
  position const s = numbers({4, 5, 6, 10});
  for (std::string const text : {"Answer: (10 - 4) * 5 - 6 = 24", "(10 - 4) * 5 - 6", "x\ny\nAnswer:(10-4)*5-6=24\n\n",
                                 "Answer: 5 * (10 - 4) - 6 = 99", "  Answer: (10 - 4) * 5 - 6 = 24 \r\n"}) {
    INFO(text);
    CHECK(game24::is_right(s, text));
  }
  for (std::string const text :
       {"", "\n\n", "Answer: None", "Answer: 24 = 24", "Answer: (10 - 4) * 5 = 30", "Answer: 4 * 6 = 24",
        "Answer: 4 * 6 + 10 - 5 - 5 = 24", "Answer: (10 - 4) * 5 - 6 = 24\nDone.", "Answer: = 24", "=",
        "Answer: 4 * 6 / (10 - 5 - 5)"}) {
    INFO(text);
    CHECK(!game24::is_right(s, text));
  }
}

TEST_CASE("the steps of an answer count up to its first illegal one") {
  position const s = numbers({4, 5, 6, 10});
  auto const whole = game24::read_answer(s,
                                         "Steps:\n10 - 4 = 6 (left: 5 6 6)\nprose\n6 * 5 = 30 (left: 6 30)\n"
                                         "30 - 6 = 24 (left: 24)\nAnswer: (10 - 4) * 5 - 6 = 24");
  CHECK(whole.right);
  CHECK(whole.steps.size() == 3);
  CHECK(whole.fully_legal());
  auto const beyond = game24::read_answer(s,
                                          "10 - 4 = 6 (left: 5 6 6)\n6 * 5 = 30 (left: 6 30)\n30 / 6 = 5 (left: 5)\n"
                                          "5 * 5 = 24 (left: 24)");
  CHECK(beyond.steps.size() == 3);
  CHECK(!beyond.fully_legal());
  auto const broken =
      game24::read_answer(s, "10 - 4 = 6 (left: 5 6 6)\n6 * 5 = 31 (left: 6 31)\n6 * 5 = 30 (left: 6 30)");
  CHECK(broken.steps.size() == 1);
  CHECK(broken.written_steps == 3);
  CHECK(game24::read_answer(s, "").written_steps == 0);
}

TEST_CASE("no text ends the program") {
  position const s = numbers({4, 5, 6, 10});
  std::mt19937 random(24);
  std::string const letters = "0123456789 .()+-*/=left:Answer\n\r\t\0\xff\xc3";
  std::string const good =
      "10 - 4 = 6 (left: 5 6 6)\n6 * 5 = 30 (left: 6 30)\n30 - 6 = 24 (left: 24)\nAnswer: (10 - 4) * 5 - 6 = 24";
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    if (round % 2 == 0) {
      for (auto n = random() % 60; n > 0; --n) text += letters[random() % letters.size()];
    } else {
      text = good;
      for (auto n = 1 + random() % 4; n > 0; --n) {
        auto const at = random() % text.size();
        if (random() % 3 == 0) {
          text.erase(at, 1 + random() % 5);
          if (text.empty()) text += ' ';
        } else {
          text.insert(at, 1 + random() % 25, letters[random() % letters.size()]);
        }
      }
    }
    auto const a = game24::read_answer(s, text);
    CHECK(a.steps.size() <= 3);
    read_expression(text);
  }
}
