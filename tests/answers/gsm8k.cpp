// SPDX-License-Identifier: BSL-1.0

#include "answers/gsm8k.hpp"

#include "support/catch.hpp"
#include "support/folder.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace {

using answers::gsm8k::final_number;
using answers::gsm8k::is_right;
using answers::gsm8k::rational;
using answers::gsm8k::read_number;

std::string complaint(std::string const& lines) {
  folder const f;
  f.write("questions.jsonl", lines);
  try {
    answers::gsm8k::read(f.path() / "questions.jsonl");
  } catch (support::bad_input const& e) {
    return std::filesystem::path(e.what()).filename().string();
  }
  return "";
}

std::string const model = R"("small": {"solution": "5 + 13 = 18\nA: 18", "is_correct": true})";
std::string const good = R"({"question": "How many?", "ground_truth": "Some.\nA: 18", )" + model + "}\n";

}  // namespace

TEST_CASE("a number is read as people write it") {
  CHECK(read_number("18") == rational(18));
  CHECK(read_number(" 18 \r") == rational(18));
  CHECK(read_number("018") == rational(18));
  CHECK(read_number("18.0") == rational(18));
  CHECK(read_number("$2.50") == rational(5, 2));
  CHECK(read_number("-3") == rational(-3));
  CHECK(read_number("-$3") == rational(-3));
  CHECK(read_number("-0") == rational(0));
  CHECK(read_number("1,250") == rational(1250));
  CHECK(read_number("1,450,000") == rational(1'450'000));
  CHECK(read_number("1,250.5") == rational(2501, 2));
  CHECK(read_number("0.1") == rational(1, 10));
}

TEST_CASE("what is not just a number is none") {
  for (std::string const text : {"",
                                 " ",
                                 "-",
                                 "$",
                                 "None",
                                 "18 dollars",
                                 "1 8",
                                 "1e3",
                                 "18.",
                                 ".5",
                                 "1,25",
                                 "1,25,000",
                                 "1,2500",
                                 ",250",
                                 "1,,250",
                                 "12,",
                                 "1250,000",
                                 "1,250,00",
                                 "1,2 50",
                                 "1.5,000",
                                 "--3",
                                 "3-",
                                 "+3",
                                 "-1.5 billion",
                                 "1/2",
                                 "50%",
                                 "0x12",
                                 "inf",
                                 "99999999999999999999",
                                 "18\n19"}) {
    INFO(text);
    CHECK(!read_number(text));
  }
}

TEST_CASE("the final number stands on the last line behind its mark") {
  CHECK(final_number("5 + 13 = 18\nA: 18") == rational(18));
  CHECK(final_number("A:18\n\n \r\n") == rational(18));
  CHECK(final_number("  A: 18") == rational(18));
  CHECK(final_number("so\n#### 18") == rational(18));
  CHECK(final_number("A: 17\nA: 18") == rational(18));
  for (std::string const text :
       {"", "\n", "18", "A: 18\nDone.", "It is A: 18", "A:", "A: ", "A:\n18", "B: 18", "### 18", "A: 18 A: 19"}) {
    INFO(text);
    CHECK(!final_number(text));
  }
}

TEST_CASE("an answer is right when its final number is the true one exactly") {
  CHECK(is_right(rational(18), "A: 18"));
  CHECK(is_right(rational(18), "A: 18.00"));
  CHECK(is_right(rational(2125), "A: 2,125"));
  CHECK(is_right(rational(1, 10), "A: 0.1"));
  CHECK(!is_right(rational(18), "A: 18.0000000000001"));
  CHECK(!is_right(rational(18), "A: -18"));
  CHECK(!is_right(rational(18), "A: 1.8"));
  CHECK(!is_right(rational(18), "The answer is 18"));
  CHECK(!is_right(rational(1, 3), "A: 0.3333333333333333"));
}

TEST_CASE("calculations are found with what the calculator wrote of them") {
  std::string const text = "so <<16-3-4=9>>9, $<<1,000*2=2000>>2,000 and <<10/3=3.3333333333333335>>3.3";
  auto const all = answers::gsm8k::calculations(text);
  REQUIRE(all.size() == 3);
  CHECK(text.substr(all[0].result_begins, all[0].ends - all[0].result_begins) == "9>>");
  CHECK(text.substr(all[1].result_begins, all[1].ends - all[1].result_begins) == "2000>>");
  CHECK(text.substr(all[2].result_begins, all[2].ends - all[2].result_begins) == "3.3333333333333335>>");
  for (auto const& c : all) CHECK(c.right);
}

TEST_CASE("a calculation may be wrong") {
  for (std::string const text : {"<<3+4=8>>", "<<10*(2/3)=8>>", "<<10/3=3.3333>>", "<<3+4=>>", "<<3+4=7 eggs>>"}) {
    INFO(text);
    auto const all = answers::gsm8k::calculations(text);
    REQUIRE(all.size() == 1);
    CHECK(!all[0].right);
  }
}

TEST_CASE("what the calculator cannot calculate the model wrote itself") {
  for (std::string const text : {"", "<<", "<<>>", "<<3+4>>", "<<3+4=7", "3+4=7>>", "<<x+4=7>>", "<<3 + 4=7>>",
                                 "<<3/0=0>>", "<3+4=7>", "<<=7>>"}) {
    INFO(text);
    CHECK(answers::gsm8k::calculations(text).empty());
  }
  for (std::string const text : {"<<3+<<4+5=9>>", "<<<4+5=9>>", "<<4+5=9>>>>", "<<1+=<<4+5=9>>"}) {
    INFO(text);
    auto const all = answers::gsm8k::calculations(text);
    REQUIRE(all.size() == 1);
    CHECK(text.substr(all[0].result_begins, all[0].ends - all[0].result_begins) == "9>>");
    CHECK(all[0].right);
  }
}

TEST_CASE("a file as it should be is read") {
  folder const f;
  f.write("questions.jsonl", good + good);
  auto const questions = answers::gsm8k::read(f.path() / "questions.jsonl");
  REQUIRE(questions.size() == 2);
  CHECK(questions[1].truth == rational(18));
  REQUIRE(questions[1].answers.size() == 1);
  CHECK(questions[1].answers[0].model == "small");
  CHECK(questions[1].answers[0].text == "5 + 13 = 18\nA: 18");
  CHECK(questions[1].answers[0].label);
}

TEST_CASE("a broken file is refused with its name and the line") {
  CHECK(complaint(good) == "");
  CHECK(complaint("") == "questions.jsonl:1: the file is empty");
  CHECK(complaint(good + "\n") == "questions.jsonl:2: not JSON from byte 1 on");
  CHECK(complaint(good + "{\"question\": \"x") == "questions.jsonl:2: not JSON from byte 16 on");
  CHECK(complaint("[]") == "questions.jsonl:1: not a JSON object");
  CHECK(complaint("{\"a\": \"\xff\"}") == "questions.jsonl:1: not JSON from byte 8 on");
  CHECK(complaint("{}") == "questions.jsonl:1: has no \"question\"");
  CHECK(complaint(R"({"question": "x"})") == "questions.jsonl:1: has no \"ground_truth\"");
  CHECK(complaint(R"({"question": 1, "ground_truth": "A: 1"})") == "questions.jsonl:1: \"question\" must be a text");
  CHECK(complaint(R"({"question": "x", "ground_truth": 1})") == "questions.jsonl:1: \"ground_truth\" must be a text");
  CHECK(complaint(R"({"question": "x", "ground_truth": "one"})") ==
        "questions.jsonl:1: the last line of \"ground_truth\" must be \"A:\" and a number");
  std::string const start = R"({"question": "x", "ground_truth": "A: 1")";
  CHECK(complaint(start + "}") == "questions.jsonl:1: has no model's answer");
  for (std::string const member : {"1", "null", "[]", "{}", R"({"solution": 1})", R"({"is_correct": true})"}) {
    INFO(member);
    CHECK(complaint(start + ", \"m\": " + member + "}") ==
          "questions.jsonl:1: \"m\" has no \"solution\" that is a text");
  }
  for (std::string const label : {"", R"(, "is_correct": 1)", R"(, "is_correct": "true")", R"(, "is_correct": null)"}) {
    INFO(label);
    CHECK(complaint(start + R"(, "m": {"solution": "")" + label + "}}") ==
          "questions.jsonl:1: \"m\" has no \"is_correct\" that is true or false");
  }
}

TEST_CASE("neither texts nor bytes at random end the program") {
  std::mt19937 random(8);
  std::string const letters = "0123456789 .,$-+*/()=<>A:#\n\r\xff";
  for (int round = 0; round < 20'000; ++round) {
    std::string text = round % 2 == 0 ? "" : "a <<1+2=3>>3\nA: 3";
    for (auto n = random() % 30; n > 0; --n) {
      text.insert(random() % (text.size() + 1), 1, letters[random() % letters.size()]);
    }
    is_right(rational(3), text);
    std::size_t last = 0;
    for (auto const& c : answers::gsm8k::calculations(text)) {
      CHECK((last <= c.result_begins && c.result_begins < c.ends && c.ends <= text.size()));
      last = c.result_begins;
    }
  }
  for (int round = 0; round < 500; ++round) {
    std::string lines = good + good;
    for (auto n = 1 + random() % 3; n > 0; --n) {
      lines[random() % lines.size()] = static_cast<char>(random() % 256);
    }
    auto const said = complaint(lines);
    CHECK((said.empty() || said.starts_with("questions.jsonl:")));
  }
}
