// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/matches.hpp>

#include <bellman/error.hpp>
#include <bellman/language/answer_text.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/vocabulary.hpp>

#include <array>
#include <string>
#include <string_view>

#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace matches_of_interop {

namespace {

using bellman::matches;

}  // namespace

TEST_CASE("a text matches a regular expression as a whole") {
  matches const format{"<think>[^]*</think>\\s*<answer>(-?\\d+)</answer>"};
  CHECK(format("<think>\n2 + 2\n</think>\n<answer>4</answer>"));
  CHECK(!format("<think>2 + 2</think><answer>four</answer>"));
  CHECK(!format("so <think></think><answer>4</answer>"));
  CHECK(!format("<think></think><answer>4</answer>."));
  CHECK(matches{""}(""));
  CHECK(!matches{"a"}("A"));
  CHECK(matches{"a.c"}(std::string("a\0c", 3)));
}

TEST_CASE("it is a rule of answers") {
  constexpr bellman::vocabulary words(std::array<std::string_view, 3>{"a", "b", "."}, 2);
  auto const rule = bellman::of_answer(words, matches{"a+b*"});
  CHECK(rule(bellman::concat(bellman::concat(bellman::context{}, 0), 1)));
  CHECK(!rule(bellman::concat(bellman::concat(bellman::context{}, 1), 0)));
}

TEST_CASE("what is no regular expression is refused, and so are back-references") {
  CHECK(bellman::test::message_of([] {
          matches{"(a"};
        }).starts_with("bellman: matches{pattern}: \"(a\" is no regular expression: "));
  CHECK_THROWS_AS(matches{"[b-a]"}, bellman::invalid_value);
  CHECK_THROWS_AS(matches{"*"}, bellman::invalid_value);
#if defined(__GLIBCXX__)
  CHECK_THROWS_AS(matches{"(a)\\1"}, bellman::invalid_value);
#endif
}

#if defined(__GLIBCXX__)
TEST_CASE("no text is too long for the stack or for the time, whatever the pattern") {
  std::string const many(100'000, 'a');
  CHECK(matches{"(((((a|b)|c)|d)|e)*|x)*"}(many));
  CHECK(matches{"(((a)))*"}(many));
  CHECK(!matches{"(((a)))*"}(many + "b"));
  CHECK(!matches{"(a+)+b"}(many));
  CHECK(matches{"(a|aa)*"}(many));
  CHECK(matches{"<think>[^]*</think>\\s*<answer>\\d+</answer>"}("<think>" + many + "</think>\n<answer>7</answer>"));
}
#endif

TEST_CASE("a text is any bytes, and a pattern looks at its ends and ahead") {
  CHECK(matches{""}(std::string_view()));
  CHECK(matches{"a*"}(std::string_view()));
  CHECK(matches{"(?=.*\\d)[a-z\\d]+"}("abc1"));
  CHECK(!matches{"(?=.*\\d)[a-z\\d]+"}("abcd"));
  CHECK(matches{"a.*?b{2,3}"}("aabbbb"));
  CHECK(!matches{"a.c"}("a\nc"));
  CHECK(matches{"\\d+\r\n"}("12\r\n"));
  CHECK(matches{"\u00E9+"}("\u00E9"));  // byte by byte: the last byte of the letter, repeated
  CHECK(!matches{"\u00E9+"}("\u00E9\u00E9"));
}

}  // namespace matches_of_interop
